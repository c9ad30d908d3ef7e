from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadCase, BadDate, BadInput, UnknownWord
from isthmus.graph.record import rows as records
from isthmus.graph.record import writing
from isthmus.graph.record.rows import Assessment, Claim, Holding, Record, SourceRow
from tests.graph.make import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row

FACTS = ("p1 citizen_of FR", "p2 citizen_of BE", "p1 met p2 2015-11", "p1 name Alpha")


def _dump(case: Case) -> dict[str, list[object]]:
    return {table: list(case.rows(table)) for table in records.TABLES}


def test_loading_again_changes_nothing(case: Case) -> None:
    first = case.load(rows(*FACTS), source="s")
    before, version = _dump(case), case.file.version
    again = case.load(rows(*FACTS), source="s")
    assert first.changed
    assert not again.changed
    assert (_dump(case), case.file.version) == (before, version)


def test_what_is_loaded_is_what_is_read(case: Case) -> None:
    given = list(rows(*FACTS))
    case.load(given, source="s")
    for table, kind in records.TABLES.items():
        assert sorted(case.rows(table)) == sorted({row for row in given if isinstance(row, kind)})


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Claim("{record}", "p1", "mett", "p2"), UnknownWord),
        (Claim("{record}", "p1", "met", "p2", "2015-13"), BadDate),
        (Claim("nowhere", "p1", "met", "p2"), BadInput),
    ],
)
def test_a_load_that_fails_leaves_the_case_as_it_was(case: Case, bad: Claim, error: type[Exception]) -> None:
    case.load(rows("p1 name Alpha"), source="s")
    before = _dump(case)
    record = Record("s", "row")

    def broken() -> Iterator[Row]:
        yield from rows(*FACTS)
        yield bad._replace(record=bad.record.format(record=record.id))

    with pytest.raises(error):
        case.load(broken(), source="s")
    assert _dump(case) == before


def test_a_record_with_the_same_key_supersedes_and_a_missing_one_is_withdrawn(case: Case) -> None:
    def edition(*texts: str) -> Iterator[Row]:
        yield SourceRow("list")
        for key, text in enumerate(texts):
            if text:
                record = Record("list", f"k{key}", text=text)
                yield record
                yield Claim(record.id, f"p{key}", "kind", "Person")
                yield Claim(record.id, f"p{key}", "name", text)

    case.load(edition("a", "b", "c"), source="list", complete=True)
    report = case.load(edition("a", "B", ""), source="list", complete=True)
    assert (report.superseded, report.withdrawn, report.added["records"]) == (1, 1, 1)
    assert sorted(case.graph.names) == ["B", "a"]
    back = case.load(edition("a", "b", "c"), source="list", complete=True)
    assert (back.restored, back.superseded, back.withdrawn) == (2, 1, 0)
    assert sorted(case.graph.names) == ["a", "b", "c"]


def test_what_the_case_said_then_is_kept(case: Case) -> None:
    old, new = Record("s", "k", text="old"), Record("s", "k", text="new")
    for record, at in ((old, "2016-01-05T00:00:00"), (new, "2016-02-05T00:00:00")):
        claims = [Claim(record.id, "p1", "kind", "Person"), Claim(record.id, "p1", "name", record.text)]
        case.load([SourceRow("s"), record, *claims], source="s", at=at)
    assert list(case.through(recorded_by="2016-01-31").graph.names) == ["old"]
    assert list(case.through(recorded_by="2016-02-05").graph.names) == ["new"]
    assert list(case.through(recorded_by="2015").graph.names) == []


def test_grades_and_holdings_are_those_of_then(case: Case) -> None:
    old, new = Record("s", "k", text="old"), Record("s", "k", text="new")
    met = [Claim(record.id, "p1", "met", "p2") for record in (old, new)]
    people = [Claim(old.id, who, "kind", "Person") for who in ("p1", "p2")]
    held = Holding("p1", "met", "p2", "FR", old.id, valid="2015/..")
    case.load([SourceRow("s"), Assessment("source", "s", "E", "x"), old, *people, met[0], held,
               Assessment("claim", met[0].id, "4", "x")], source="s", at="2016-01-05T00:00:00")  # fmt: skip
    later: list[Row] = [SourceRow("s", derived_from="agency"), Assessment("source", "s", "A", "y", "2016-02-05"),
             Assessment("claim", met[0].id, "2", "y", "2016-02-05")]  # fmt: skip
    case.load(later, source="s", at="2016-02-05T00:00:00")
    case.load([new, *(claim._replace(record=new.id) for claim in people), met[1]], source="s", at="2016-03-05T00:00:00")
    assert case.graph.holdings.empty  # the record that told of it is superseded
    then = case.through(recorded_by="2016-01-31").graph
    assert then.ties["grade"].tolist() == ["E4"]
    assert then.holdings["country"].tolist() == ["FR"]
    assert case.through(recorded_by="2016-02-28").graph.ties["grade"].tolist() == ["A2"]
    assert case.through(known_by="2016-01-01", holders=["FR"], recorded_by="2016-01-31").graph.ties.shape[0] == 1
    assert case.through(known_by="2016-01-01", holders=["FR"]).graph.ties.empty
    told = "sources whose derivation is that known now, since the case keeps no older one"
    assert then.left_out[told] == 1
    assert told not in case.graph.left_out


def test_a_load_killed_in_the_middle_is_not_there(tmp_path: Path) -> None:
    path, ready = tmp_path / "killed.case", tmp_path / "ready"
    with Case.create(path) as made:
        made.load(rows(*FACTS), source="s")
    script = f"""
import time, pathlib
from isthmus.case import Case
from isthmus.graph.record.rows import Claim, Record, SourceRow
def endless():
    yield SourceRow("big")
    for number in range(10**9):
        record = Record("big", str(number))
        yield record
        yield Claim(record.id, f"q{{number}}", "kind", "Person")
        if number == 60_000:
            pathlib.Path({str(ready)!r}).touch()
Case.open({str(path)!r}).load(endless(), source="big")
"""
    child = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 60
    while not ready.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert ready.exists()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    with Case.open(path) as opened:
        assert opened.file.connection.execute("SELECT count(*) FROM record WHERE source = 'big'").fetchone() == (0,)
        assert opened.file.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.file.version == 1


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\x00" * 2000])
def test_a_file_that_is_no_case_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.case"
    path.write_bytes(content)
    with pytest.raises(BadCase, match=r"odd\.case"):
        Case.open(path)


def test_another_programs_database_and_an_unknown_version_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.execute("INSERT INTO meta VALUES ('schema', '99')")
    connection.close()
    with pytest.raises(BadCase, match="99"):
        Case.open(other)
    with pytest.raises(BadCase, match="no such case"):
        Case.open(tmp_path / "missing.case")


def test_a_cut_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "whole.case"
    with Case.create(path) as made:
        made.load(rows(*FACTS), source="s")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(BadCase), Case.open(path) as cut:
        _ = cut.graph


def test_a_case_that_is_being_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "busy.case"
    monkeypatch.setattr(writing, "WAIT", 0.05)
    with Case.create(path) as first, Case.open(path) as second:
        first.file.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(BadCase, match=r"busy\.case"):
            second.load(rows(*FACTS), source="s")
        first.file.connection.execute("ROLLBACK")
        assert second.file.version == 0


def test_copies_that_go_different_ways_have_different_states(case: Case, tmp_path: Path) -> None:
    case.load(rows(*FACTS), source="s")
    with sqlite3.connect(tmp_path / "copy.case") as target:
        case.file.connection.backup(target)
    target.close()
    with Case.open(tmp_path / "copy.case") as copy:
        assert copy.file.state == case.file.state
        copy.load(rows("p3 name Gamma"), source="t")
        case.load(rows("p3 name Delta"), source="t")
        assert copy.file.version == case.file.version
        assert copy.file.state != case.file.state


def test_loading_again_leaves_the_state(case: Case) -> None:
    case.load(rows(*FACTS), source="s")
    before = case.file.state
    case.load(rows(*FACTS), source="s")
    assert case.file.state == before


_LEFT_OPEN = """
import gc, sqlite3, sys
from pathlib import Path
import isthmus
from isthmus.graph.errors import BadCase
from isthmus.graph.record.file import CaseFile
from isthmus.loaders.networks import Repeats

class Watched(sqlite3.Connection):
    made = closed = 0
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        Watched.made += 1
    def close(self):
        Watched.closed += 1
        super().close()

connect = sqlite3.connect
sqlite3.connect = lambda *arguments, **named: connect(*arguments, factory=Watched, **named)
place = Path(sys.argv[1])
isthmus.create(place / "left.case")
isthmus.open(place / "left.case")
(place / "odd.case").write_bytes(b"SQLite format 3\\0" + bytes(2000))
(place / "none.case").write_bytes(b"nothing" * 100)
for name in ("odd.case", "none.case"):
    try:
        CaseFile.open(place / name)
    except BadCase:
        pass
seen = Repeats(room=2)
for number in range(9):
    seen.before(str(number))
del seen
gc.collect()
print(Watched.made, Watched.made - Watched.closed)
kept = isthmus.open(place / "left.case")  # closed when the program ends
"""


def test_what_is_left_open_is_closed_when_nobody_has_it(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", _LEFT_OPEN, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[1] == "0"
    assert int(done.stdout.split()[0]) >= 5
