"""Thousands of damaged sheets: no crash, no hang, and every row read is loaded, set aside or skipped."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from isthmus.data import folder
from isthmus.graph.errors import IsthmusError
from isthmus.loaders import Source, check, rows, sources
from tests.loaders.test_tables import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

TIMES = 2200
ABSURD = ["", "=1+1", "9" * 400, "-1", "\x00", "2015-99-99", "é" * 50, '"', "\n", "NaN", "../..", "<script>", ";;;"]


def mutate(text: str, chance: random.Random) -> bytes:
    """One to three ways of damage at once."""
    content = text.encode()
    for _ in range(chance.randint(1, 3)):
        content = chance.choice([_flip, _cut, _columns, _cells, _repeat])(content, chance)
    return content


def _flip(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.choice([0, chance.randrange(len(content) + 1)])
    return content[start : chance.randrange(start, len(content) + 1)]


def _columns(content: bytes, chance: random.Random) -> bytes:
    table = [line.split(b",") for line in content.split(b"\n")]
    at, other = chance.randrange(12), chance.randrange(12)
    what = chance.choice(["drop", "swap", "repeat"])
    for line in table:
        if what == "drop" and at < len(line):
            del line[at]
        elif what == "swap" and max(at, other) < len(line):
            line[at], line[other] = line[other], line[at]
        elif what == "repeat" and at < len(line):
            line.insert(at, line[at])
    return b"\n".join(b",".join(line) for line in table)


def _cells(content: bytes, chance: random.Random) -> bytes:
    table = [line.split(b",") for line in content.split(b"\n")]
    line = chance.choice(table)
    line[chance.randrange(len(line))] = chance.choice(ABSURD).encode()
    return b"\n".join(b",".join(line) for line in table)


def _repeat(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join([*lines, chance.choice(lines), chance.choice(lines)])


def outcome(*paths: Path) -> str:
    """`refused`, or `read` with books that add up."""
    source = Source("tables", list(paths), sources()["tables"], {"quarantine_share": "1"})
    try:
        for _ in source.watch(rows(source)):
            pass
    except IsthmusError:
        return "refused"
    tally = source.tally
    assert tally.read == tally.loaded + tally.quarantined + tally.skipped
    return "read"


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    path = tmp_path / "sheets"
    path.mkdir()
    for name, text in SHEETS.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def test_damaged_sheets(sheets: Path) -> None:
    chance = random.Random(20151113)  # noqa: S311  no secret
    seen = dict.fromkeys(("refused", "read"), 0)
    for _ in range(TIMES):
        name = chance.choice(list(SHEETS))
        (sheets / f"{name}.csv").write_bytes(mutate(SHEETS[name], chance))
        seen[outcome(*{sheets / "sources.csv", sheets / f"{name}.csv"})] += 1
        (sheets / f"{name}.csv").write_text(SHEETS[name], encoding="utf-8")
    assert outcome(sheets) == "read"
    assert min(seen.values()) > TIMES // 20, seen


def test_damaged_sheets_never_crash_the_check(sheets: Path) -> None:
    chance = random.Random(20160322)  # noqa: S311  no secret
    for _ in range(200):
        name = chance.choice(list(SHEETS))
        (sheets / f"{name}.csv").write_bytes(mutate(SHEETS[name], chance))
        assert isinstance(check("tables", [sheets]), list)
        (sheets / f"{name}.csv").write_text(SHEETS[name], encoding="utf-8")


def test_damage_to_the_shipped_events_is_met_too(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  no secret
    with folder() as shipped:
        text = (shipped / "events.csv").read_text(encoding="utf-8")
    path = tmp_path / "events.csv"
    for _ in range(60):
        path.write_bytes(mutate(text, chance))
        outcome(path)
