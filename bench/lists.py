"""Loading the Security Council's list and FollowTheMoney lines, each beside a peer in the same run.

    python bench/lists.py [FTM_LINES] [MEGABYTES]

All input is invented. Printed are: a list of 1,000 entries into a case, beside lxml alone reading it as a tree
(target 1.5 s); FollowTheMoney lines a second, read and into a case, beside the model's own library making its entities
of them (target 8,000 into a case); and the highest memory use of reading a small
and a large XML file and JSON-lines file, which must not differ by the difference in size (limit 700 MB at 1 GB).
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from followthemoney import model
from lxml import etree

from isthmus import loaders
from isthmus.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINES, MEGABYTES, ENTRIES = 200_000, 100, 1_000
NAMES = ["Omar", "Zayd", "Yusuf", "Karim", "Salim", "Idris", "Hamza", "Bilal", "Nadia", "Salma"]
PLACES = ["Tunisia", "Iraq", "Syrian Arab Republic", "France", "Belgium", "Indonesia", "Morocco"]
STATED = ["Member of Invented Front {0} (QDe.{0:03}).", "Brother of Omar Invented (QDi.{0:03}).",
          "Associated with Zayd Invented (QDi.{0:03}) and Invented Front (QDe.{1:03}).",
          "Facilitator for Invented Front, listed as Old Front (QDe.{0:03}), since March 2015."]  # fmt: skip


def entry(number: int, chance: random.Random) -> str:
    """One entry with as much in it as the real list's have on average (1.6 kB)."""
    name, place = chance.choice(NAMES), chance.choice(PLACES)
    words = chance.choice(STATED).format(chance.randrange(1, 999), chance.randrange(1, 999))
    alias = "".join(
        f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name} {number}{quality}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        for quality in ("Good", "Good", "Low")
    )
    return (
        f"<INDIVIDUAL><DATAID>{number}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME>"
        f"<SECOND_NAME>INVENTED {number}</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>XX{number}</REFERENCE_NUMBER><LISTED_ON>2014-05-02</LISTED_ON>"
        f"<NAME_ORIGINAL_SCRIPT>اسم {number}</NAME_ORIGINAL_SCRIPT><COMMENTS1>{words} "
        "Review pursuant to Security Council resolution 2253 (2015) was concluded on 21 Feb. 2019. INTERPOL-UN Security "
        "Council Special Notice web link: https://example.org/How-we-work/Notices/View-UN-Notices-Individuals</COMMENTS1>"
        f"<DESIGNATION><VALUE>Commander</VALUE></DESIGNATION><NATIONALITY><VALUE>{place}</VALUE></NATIONALITY>"
        "<LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE><LAST_DAY_UPDATED><VALUE>2016-02-01</VALUE></LAST_DAY_UPDATED>"
        f"{alias}<INDIVIDUAL_ADDRESS><CITY>Town {number}</CITY><COUNTRY>{place}</COUNTRY></INDIVIDUAL_ADDRESS>"
        "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1979-03-09</DATE></INDIVIDUAL_DATE_OF_BIRTH>"
        f"<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Town</CITY><COUNTRY>{place}</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>"
        f"<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X{number}</NUMBER></INDIVIDUAL_DOCUMENT>"
        "<SORT_KEY/></INDIVIDUAL>\n"
    )


def un_list(path: Path, entries: int) -> None:
    chance = random.Random(20151113)  # noqa: S311  not for secrets
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2020-11-30"><INDIVIDUALS>\n'
        )
        for number in range(entries):
            stream.write(entry(number, chance))
        stream.write("</INDIVIDUALS></CONSOLIDATED_LIST>\n")


def ftm_lines(count: int) -> Iterator[str]:
    """Half people, a tenth organisations, a fifth kin, a fifth memberships."""
    for number in range(count):
        place = number % 10
        shared = {"id": f"Q{number}", "datasets": ["invented"], "referents": [], "target": True,
                  "first_seen": "2024-03-14T11:31:42", "last_change": "2024-03-14T11:31:42"}  # fmt: skip
        if place < 5:
            stated = {"schema": "Person", "caption": f"Person {number}", "properties": {
                "name": [f"Person {number}", f"P. {number}"], "weakAlias": [f"Abu {number}"], "nationality": ["fr"],
                "birthDate": [f"19{50 + number % 50}-0{1 + number % 9}-11"], "gender": ["male"],
                "topics": ["crime.terror"]}}  # fmt: skip
        elif place == 5:
            stated = {"schema": "Organization", "caption": f"Front {number}", "properties": {
                "name": [f"Front {number}"], "country": ["sy"], "topics": ["sanction"]}}  # fmt: skip
        elif place < 8:
            stated = {"schema": "Family", "properties": {
                "person": [f"Q{number - 6}"], "relative": [f"Q{number - 7}"], "relationship": ["brother"]}}  # fmt: skip
        else:
            stated = {"schema": "Membership", "properties": {
                "member": [f"Q{number - 8}"], "organization": [f"Q{number - 3}"], "role": ["facilitator"],
                "startDate": ["2014-05"]}}  # fmt: skip
        yield json.dumps(shared | stated) + "\n"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def read(name: str, path: Path) -> None:
    reading = loaders.source(name, [path], options={"any_count": "yes"})
    deque(reading.watch(loaders.rows(reading)), maxlen=0)


def into_a_case(name: str, path: Path, folder: Path) -> None:
    with Case.create(folder / f"{name}-{time.monotonic_ns()}.case") as case:
        loaders.run(name, [path], case.file, options={"any_count": "yes"})


def memory(name: str, path: Path) -> float:
    """Megabytes that a process of its own takes at most to read a file."""
    told = subprocess.run([sys.executable, __file__, "--read", name, path], check=True, capture_output=True, text=True)
    return float(told.stdout)


def peak() -> float:
    """Highest memory of this process. Linux counts that of the one which started it in `ru_maxrss`."""
    status = Path("/proc/self/status")
    if status.exists():
        found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return float(found.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def lists(folder: Path) -> None:
    path = folder / "list.xml"
    un_list(path, ENTRIES)
    peer, _ = timed(lambda: [len(child) for child in etree.parse(path).getroot().iter()])
    runs = [timed(lambda: into_a_case("un_list", path, folder)) for _ in range(3)]
    clock, cpu = min(runs)
    print(f"UN list, {ENTRIES:,} entries, into a case {clock:6.2f} s (processor {cpu:.2f} s; target 1.5 s)")
    print(f"  lxml alone, as a tree              {peer:6.2f} s")


def follow_the_money(folder: Path, count: int) -> None:
    path = folder / "lines.ftm.json"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(ftm_lines(count))
    reading, reading_cpu = timed(lambda: read("ftm", path))
    case, case_cpu = timed(lambda: into_a_case("ftm", path, folder))
    sample = path.read_text(encoding="utf-8").splitlines()[:20_000]
    peer, _ = timed(lambda: [model.get_proxy(json.loads(line), cleaned=True) for line in sample])
    print(
        f"FollowTheMoney, {count:,} lines, read   {count / reading:8,.0f} a second ({count / reading_cpu:,.0f} of processor time)"
    )
    print(f"  into a case                        {count / case:8,.0f} a second ({count / case_cpu:,.0f}; target 8,000)")
    print(f"  followthemoney's own entities      {len(sample) / peer:8,.0f} a second")


def growth(folder: Path, megabytes: int) -> None:
    for name, make in (("un_list", large_list), ("ftm", large_lines)):
        used = []
        for size in (1, megabytes):
            path = folder / f"{name}-{size}"
            make(path, size)
            used.append((path.stat().st_size / 1e6, memory(name, path)))
            path.unlink()
        print(f"{name:7} highest memory: " + ", ".join(f"{peak:,.0f} MB for {size:,.0f} MB" for size, peak in used))


def large_list(path: Path, megabytes: int) -> None:
    un_list(path, megabytes * 650)


def large_lines(path: Path, megabytes: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(ftm_lines(megabytes * 3000))


def main() -> None:
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[2], Path(sys.argv[3]))
        print(peak())
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else MEGABYTES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists(folder)
        follow_the_money(folder, count)
        growth(folder, megabytes)


if __name__ == "__main__":
    main()
