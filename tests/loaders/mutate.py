"""Broken inputs for loaders, and what must be true of a loader that meets one.

    outcomes = try_mutants("gtd", {"gtd.csv": content}, tmp_path, count=60)

`count` mutants are made of the files, one file at a time in turn, from a seed. For each the loader must end within
ten seconds, either refusing the whole (an `IsthmusError`) or with books that add up: rows read = loaded + set aside +
skipped, as many lines in the quarantine file as rows set aside, and, for a CSV file, as many rows read as a plain CSV
reader counts. Anything else, such as another exception, fails the test with the seed and a description.
"""

from __future__ import annotations

import csv
import io
import random
import signal
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from isthmus import loaders
from isthmus.graph.errors import IsthmusError
from isthmus.graph.record.rows import Claim, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from isthmus.loaders.source import Source

SECONDS = 10
ABSURD = [
    "", " ", "-1", "0", "-9", "-99", "1e308", "nan", "inf", "99999999999999999999", "0x41", "٣", "½", "NULL", "N/A", "'",
    "=1+1", "@SUM(A1)", "<script>", "\ufeff", "\u202e", "é" * 300, "a" * 5000, "9999-99-99", "0000-00-00", "31/02/2015",
    "2015-02-30", "-88", "1;2;3", "\x1f", "\t", "\n", "TRUE", "1.5", "900719925474099312", "2E+11", "../..", "Atlantis",
    "91", "181", "-181", "\x85", "😀", "None", "[]", "{}", "..", "100..1",
]  # fmt: skip


class Mutant(NamedTuple):
    """A broken file and how it came about."""

    what: str
    content: bytes


def mutants(content: bytes, count: int, seed: int, *, table: bool) -> Iterator[Mutant]:
    """`count` broken copies of a file; `table` adds those that only a CSV file can suffer."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    ways = [*BYTE_WAYS, *(TABLE_WAYS if table else ())]
    for at in range(count):
        way = ways[at % len(ways)]
        what, broken = way.__name__.strip("_"), way(content, chance)
        if chance.random() < 0.2:  # two things at once
            second = chance.choice(ways)
            what, broken = f"{what} + {second.__name__.strip('_')}", second(broken, chance)
        yield Mutant(f"seed {seed}, mutant {at}: {what}", broken)


def try_mutants(
    name: str, files: Mapping[str, bytes], folder: Path, *, count: int, seed: int = 20151113, orphans: bool = False,
    recover: bool = False,
) -> Counter[str]:  # fmt: skip
    """Let a loader meet `count` broken copies of its files; count what it did with them.

    `orphans` also holds the loader to its ties: with rows set aside, both ends must still be things that some record
    describes (or countries). `recover` has a damaged file read as far as it goes.
    """
    outcomes: Counter[str] = Counter()
    names = sorted(files)
    share = -(-count // len(names))
    for at, broken in enumerate(names):
        table = broken.endswith(".csv")
        for mutant in mutants(files[broken], share, seed + at, table=table):
            inputs = {**files, broken: mutant.content}
            outcomes[_meet(name, inputs, folder, f"{broken}, {mutant.what}", orphans=orphans, recover=recover)] += 1
    return outcomes


def _meet(name: str, files: Mapping[str, bytes], folder: Path, what: str, *, orphans: bool, recover: bool) -> str:
    paths = []
    for file, content in files.items():
        path = folder / file
        path.write_bytes(content)
        paths.append(path)
    aside = folder / "aside.jsonl"
    aside.unlink(missing_ok=True)
    options = {"any_count": "1", "quarantine_share": "1"} | ({"recover": "yes"} if recover else {})
    reading = loaders.source(name, paths, options=options, quarantine_path=aside)
    try:
        with _limit(what):
            made = list(reading.watch(loaders.rows(reading)))
    except IsthmusError:
        return "refused"
    except Exception as crash:
        raise AssertionError(f"{name}, {what}: {type(crash).__name__}: {crash}") from crash
    tally = reading.tally
    assert tally.read == tally.loaded + tally.quarantined + tally.skipped, what
    lines = aside.read_bytes().count(b"\n") if aside.exists() else 0
    assert lines == tally.quarantined + tally.cells, (
        f"{what}: {tally.quarantined} rows and {tally.cells} cells set aside, {lines} written down"
    )
    if all(file.endswith(".csv") for file in files):
        _count_again(reading, files, what)
    if orphans:
        _no_orphans([row for row in made if isinstance(row, Claim)], what)
    assert {row.record for row in made if isinstance(row, Claim)} <= {row.id for row in made if isinstance(row, Record)}
    return "loaded, some set aside" if tally.quarantined else "loaded"


def _count_again(reading: Source, files: Mapping[str, bytes], what: str) -> None:
    """Rows of CSV files as a plain reader counts them, less the headers that the loader took as such."""
    counted = 0
    for file, content in files.items():
        text = content.decode(reading.tally.encodings[file])
        delimiter = max(",;\t|", key="".join(text.splitlines()[0].split('"')[::2]).count)
        try:
            counted += sum(1 for _ in csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True))
        except csv.Error:
            return
    headers = counted - reading.tally.read
    assert 0 <= headers <= 2 * len(files), f"{what}: {counted} rows in, {reading.tally.read} read"


def _no_orphans(claims: list[Claim], what: str) -> None:
    from isthmus.graph.schema import schema

    described = {claim.subject for claim in claims if claim.property == "kind"}
    for claim in claims:
        if schema().is_tie(claim.property):
            ends = {claim.subject, claim.value} - described
            assert all(len(end) in (2, 4) and end.isupper() for end in ends), f"{what}: orphan in {claim}"


@contextmanager
def _limit(what: str) -> Iterator[None]:
    def late(*_: object) -> None:
        raise AssertionError(f"{what}: not done after {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- ways to break bytes ---------------------------------------------------------------------------------------


def _bits_flipped(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        if broken:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _head_gone(content: bytes, chance: random.Random) -> bytes:
    return content[chance.randrange(len(content) + 1) :]


def _hole(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 200) :]


def _part_twice(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    part = content[start : start + chance.randint(1, 2000)]
    return content[:start] + part + content[start:]


def _noise(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.randbytes(chance.randint(1, 40)) + content[start:]


def _sign_swapped(content: bytes, chance: random.Random) -> bytes:
    signs = [b",", b'"', b"\n", b"\r", b";", b"\0", b"\t", b"<", b">", b"{", b"}", b":", b"0", b"-"]
    return content.replace(chance.choice(signs), chance.choice(signs), chance.randint(1, 5))


BYTE_WAYS = [_bits_flipped, _cut, _head_gone, _hole, _part_twice, _noise, _sign_swapped]


# --- ways to break tables --------------------------------------------------------------------------------------


def _table(break_it: Callable[[list[list[str]], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    """Take a CSV file apart, break its cells, and write it again."""

    def way(content: bytes, chance: random.Random) -> bytes:
        text = content.decode("utf-8", "surrogateescape")
        delimiter = max(",;\t|", key=text.partition("\n")[0].count)
        try:
            rows = [row for row in csv.reader(io.StringIO(text, newline=None), delimiter=delimiter) if row]
        except csv.Error:
            return content
        if not rows:
            return content
        break_it(rows, chance)
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator=chance.choice(["\n", "\r\n", "\r"])).writerows(rows)
        return out.getvalue().encode("utf-8", "surrogateescape")

    way.__name__ = break_it.__name__
    return way


def _columns(rows: list[list[str]], chance: random.Random) -> tuple[int, int]:
    width = max(len(row) for row in rows)
    return chance.randrange(width), chance.randrange(width)


def _column_dropped(rows: list[list[str]], chance: random.Random) -> None:
    at, _ = _columns(rows, chance)
    for row in rows:
        del row[at : at + 1]


def _columns_swapped(rows: list[list[str]], chance: random.Random) -> None:
    left, right = _columns(rows, chance)
    start = chance.choice([0, 1])  # with their names, or without
    for row in rows[start:]:
        if max(left, right) < len(row):
            row[left], row[right] = row[right], row[left]


def _column_twice(rows: list[list[str]], chance: random.Random) -> None:
    at, other = _columns(rows, chance)
    for row in rows:
        row[other:other] = row[at : at + 1]


def _column_renamed(rows: list[list[str]], chance: random.Random) -> None:
    at = chance.randrange(len(rows[0]))
    rows[0][at] = chance.choice([rows[0][at].upper(), rows[0][at][::-1], f" {rows[0][at]} ", "x", ""])


def _cell_absurd(rows: list[list[str]], chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(rows[1:] or rows)
        row[chance.randrange(len(row))] = chance.choice(ABSURD)


def _column_absurd(rows: list[list[str]], chance: random.Random) -> None:
    at, _ = _columns(rows, chance)
    for row in rows[1:]:
        if at < len(row):
            row[at] = chance.choice(ABSURD)


def _row_gone(rows: list[list[str]], chance: random.Random) -> None:
    del rows[chance.randrange(len(rows))]


def _row_twice(rows: list[list[str]], chance: random.Random) -> None:
    rows.append(list(chance.choice(rows)))


def _cell_too_many(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    row.insert(chance.randrange(len(row) + 1), chance.choice(ABSURD))


def _cell_missing(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    del row[chance.randrange(len(row))]


TABLE_WAYS = [
    _table(way)
    for way in (
        _column_dropped, _columns_swapped, _column_twice, _column_renamed, _cell_absurd, _cell_absurd, _column_absurd,
        _row_gone, _row_twice, _cell_too_many, _cell_missing,
    )
]  # fmt: skip
