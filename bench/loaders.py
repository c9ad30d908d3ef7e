"""Loading a table in the Global Terrorism Database's layout, beside what pandas needs to read the columns used.

    python bench/loaders.py [ROWS]

The table is invented: 135 columns under the publisher's names, most of them empty as in the real one. Printed are the
seconds of `pandas.read_csv` over the columns that the loader makes claims of, of reading and claim making, and of the
whole load into a case, with the size of the case's tables and the highest memory use. Targets: reading and claim making
at most 12 times pandas; 200,000 rows into a case within 60 s on two cores; the tables without the rows' text at most
2.5 GB.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pandas as pd
import yaml

from isthmus import loaders
from isthmus.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
ROWS = 200_000
META = Path(loaders.__file__).parent / "gtd" / "source.yml"
FIXTURE = Path(__file__).parent.parent / "tests" / "fixtures" / "gtd" / "globalterrorism_invented.csv"
COUNTRIES = [("Iraq", 95), ("Syria", 200), ("Pakistan", 153), ("Afghanistan", 4), ("India", 92), ("Nigeria", 147),
             ("Turkey", 209), ("France", 69), ("Belgium", 21), ("United Kingdom", 603)]  # fmt: skip
WORDS = ["police", "patrol", "market", "bridge", "road", "house", "convoy", "assailants", "device", "village", "group"]
TOWNS = 40_000  # the real table has about as many


def columns() -> list[str]:
    with FIXTURE.open(encoding="latin-1", newline="") as stream:
        return next(csv.reader(stream))


def generate(path: Path, rows: int, seed: int = 20151113) -> None:
    """An invented table: half the groups unknown, a tenth of the rows in a series, texts as long as the real ones."""
    meta = yaml.safe_load(META.read_text(encoding="utf-8"))["categories"]
    chance = random.Random(seed)  # noqa: S311  not for secrets
    names = columns()
    towns = [f"Town {number}" for number in range(TOWNS)]
    groups = [f"Group {number}" for number in range(2_500)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="")
        writer.writeheader()
        for number in range(rows):
            writer.writerow(_row(number, chance, meta, towns, groups))


def _row(
    number: int, chance: random.Random, meta: dict[str, dict[int, str]], towns: list[str], groups: list[str]
) -> dict[str, object]:
    at = chance.randrange(TOWNS)
    country, code = COUNTRIES[at % len(COUNTRIES)]
    year, month, day = 1970 + number * 50 // 200_000, chance.randint(1, 12), chance.randint(0, 28)
    key = f"{year}{month:02}{day:02}{number % 10_000:04}"
    attack, target, weapon = chance.randint(1, 9), chance.randint(1, 22), chance.choice([5, 6, 6, 8, 13])
    known = chance.random() < 0.54
    others = [f"{year}{month:02}{day:02}{(number + step) % 10_000:04}" for step in (0, 1)]
    return {
        "eventid": key, "iyear": year, "imonth": month, "iday": day, "extended": 0, "country": code, "country_txt": country,
        "region": 10, "region_txt": "Middle East & North Africa", "provstate": f"Province {at % 300}", "city": towns[at],
        "latitude": round(chance.uniform(-60, 60), 6), "longitude": round(chance.uniform(-180, 180), 6), "specificity": 1,
        "vicinity": 0, "summary": " ".join(chance.choices(WORDS, k=45)), "crit1": 1, "crit2": 1, "crit3": 1,
        "doubtterr": int(chance.random() < 0.15), "multiple": 0, "success": 1, "suicide": int(chance.random() < 0.04),
        "attacktype1": attack, "attacktype1_txt": meta["attacktype"][attack], "targtype1": target,
        "targtype1_txt": meta["targtype"][target], "targsubtype1": 25, "targsubtype1_txt": "Police Security Forces/Officers",
        "corp1": "An invented office", "target1": " ".join(chance.choices(WORDS, k=3)), "natlty1": code, "natlty1_txt": country,
        "gname": chance.choice(groups) if known else "Unknown", "guncertain1": int(chance.random() < 0.1), "individual": 0,
        "nperps": -99, "nperpcap": 0, "claimed": int(known and chance.random() < 0.3), "weaptype1": weapon,
        "weaptype1_txt": meta["weaptype"][weapon], "weapdetail": " ".join(chance.choices(WORDS, k=6)),
        "nkill": chance.randint(0, 5), "nkillus": 0, "nkillter": 0, "nwound": chance.randint(0, 9), "nwoundus": 0,
        "nwoundte": 0, "property": 1, "propextent": 4, "propextent_txt": "Unknown", "ishostkid": 0,
        "scite1": " ".join(chance.choices(WORDS, k=14)), "scite2": " ".join(chance.choices(WORDS, k=12)),
        "dbsource": "invented", "INT_LOG": 0 if known else -9, "INT_IDEO": 0 if known else -9, "INT_MISC": 0,
        "INT_ANY": 0 if known else -9, "related": ", ".join(others) if chance.random() < 0.14 else "",
    }  # fmt: skip


def used() -> list[str]:
    """The columns that become claims, as the header writes them."""
    wanted = set(yaml.safe_load(META.read_text(encoding="utf-8"))["used"])
    return [name for name in columns() if name.lower() in wanted]


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(path: Path) -> dict[str, int]:
    reading = loaders.source("gtd", [path])
    deque(reading.watch(loaders.rows(reading)), maxlen=0)
    return reading.counts


def timed(work: Callable[[], T]) -> tuple[float, float, T]:
    """Seconds by the clock, seconds of processor time, and the result."""
    clock, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - clock, time.process_time() - cpu, result


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gtd.csv"
        generate(path, rows)
        print(f"{rows:,} rows x {len(columns())} columns, {path.stat().st_size / 1e6:,.0f} MB")
        claims, claims_cpu, counts = timed(lambda: read(path))
        print(f"reading and claim making {claims:6.2f} s  ({counts}), highest memory {megabytes():,.0f} MB")
        peer, peer_cpu, _ = timed(lambda: pd.read_csv(path, usecols=used(), low_memory=False))
        print(f"pandas.read_csv          {peer:6.2f} s  ({len(used())} columns)")
        print(
            f"ratio                    {claims / peer:6.1f}    (target 12; by processor time {claims_cpu / peer_cpu:.1f})"
        )
        with Case.create(Path(folder) / "gtd.case") as case:
            whole, whole_cpu, _ = timed(lambda: loaders.run("gtd", [path], case.file))
            text = case.file.connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM record").fetchone()[0]
        size = sum(part.stat().st_size for part in Path(folder).glob("gtd.case*"))
        print(
            f"into a case              {whole:6.2f} s  (target {60 * rows / ROWS:.0f} s; of processor time {whole_cpu:.2f} s)"
        )
        print(
            f"case {size / 1e6:,.0f} MB, without the rows' text {(size - text) / 1e6:,.0f} MB (target {2500 * rows / ROWS:,.0f})"
        )


if __name__ == "__main__":
    main()
