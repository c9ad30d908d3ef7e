"""Undoing and withdrawing: one transaction, as if what is taken back had never been, and undone in their turn."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.case import Case
from isthmus.graph.errors import BadCase, BadQuestion, NoSuchEntity
from isthmus.graph.record.rows import TABLES, Claim, Judgement, Record, SourceRow
from isthmus.loaders import run
from isthmus.queries.changes import changes
from tests.drawing import drawn
from tests.graph.acts.test_claims import FIELD, WHY, loaded
from tests.graph.make import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row


def state(case: Case) -> dict[str, list[Any]]:
    """Everything that a case says; the sources that no record names say nothing."""
    said = {table: list(case.rows(table)) for table in TABLES}
    used = {record.source for record in said["records"]}
    return said | {"sources": [row for row in said["sources"] if row.id in used]}


class Failing:
    """A connection whose statement number `at` fails, as on a full disk."""

    def __init__(self, connection: sqlite3.Connection, at: int) -> None:
        self._real, self.left = connection, at

    def _count(self, sql: str) -> None:
        if sql not in ("BEGIN", "ROLLBACK", "COMMIT") and not sql.startswith("SELECT"):
            self.left -= 1
            if self.left == 0:
                raise sqlite3.OperationalError("disk is full")

    def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        self._count(sql)
        return self._real.execute(sql, *rest)

    def executemany(self, sql: str, *rest: Any) -> sqlite3.Cursor:
        self._count(sql)
        return self._real.executemany(sql, *rest)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.mark.parametrize("act", ["retract", "different", "withdraw"])
def test_an_undo_that_fails_at_any_statement_blocks_nothing(tmp_path: Path, act: str) -> None:
    with loaded(tmp_path, "merge_undo/data") as case:
        case.same("a", "a2", why=WHY)
        before = state(case)
        met = next(claim for claim in case.rows("claims") if claim.property == "met")
        about = {"retract": (met.id,), "different": ("a", "a2"), "withdraw": ("s2",)}[act]
        getattr(case, act)(*about, why=WHY)
        after, real = state(case), case.file.connection
        for at in range(1, 100):
            case.file._own.connection = Failing(real, at)
            try:
                case.undo()
            except BadCase:
                case.file._own.connection = real
                assert state(case) == after
                continue
            assert case.file.connection.left > 0  # type: ignore[attr-defined]
            break
        case.file._own.connection = real
        assert at > 5, "statements failed one by one before it was done"
        assert state(case) == before
        case.undo()
        with pytest.raises(NoSuchEntity):
            case.undo()


def test_an_undo_that_is_killed_blocks_nothing(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    with loaded(tmp_path, "merge_undo/data") as case:
        case.same("a", "a2", why=WHY, by="me")
        after = state(case)
    script = f"""
import pathlib, time
from isthmus.case import Case
from isthmus.graph.acts import taking_back
done = taking_back.reverse
def stop(*given):
    done(*given)
    pathlib.Path({str(ready)!r}).touch()
    time.sleep(60)
taking_back.reverse = stop
Case.open({str(tmp_path / "own.case")!r}).undo(by="me")
"""
    child = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 60
    while not ready.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert ready.exists()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    with Case.open(tmp_path / "own.case") as case:
        assert state(case) == after
        assert "a same a2" in case.undo(by="me").says
        assert not list(case.rows("judgements"))


def test_a_source_goes_with_what_derives_from_it_alone_and_comes_back(tmp_path: Path) -> None:
    with loaded(tmp_path, "source_retracted/data") as case:
        before = state(case)
        done = case.withdraw("s1", why="withdrawn by its publisher")
        assert done.sources == ("s1", "s2")
        assert "Paper that was withdrawn (invented)" in done.says
        anton, boris = "Anton Alfa (Person; convicted; id a)", "Boris Bravo (Person; convicted; id b)"
        assert f"{anton}: met {boris}" in done.alone
        assert not [line for line in done.alone if line.startswith(anton) and "name" in line]
        graph = case.graph
        assert "b" not in graph.ids
        ties = graph.ties_of(["met"])
        ends = zip(graph.ids[ties["source"]], graph.ids[ties["target"]], strict=True)
        assert list(ends) == [("a", "c")], "what the court file says stays"
        told = changes(case.file).table
        assert set(told[told["what"] == "withdrawn"]["source"]) == {"s1", "s2"}
        with pytest.raises(BadQuestion, match="nothing of source 's1' is in force"):
            case.withdraw("s1", why=WHY)
        assert "withdraw" in case.undo().says
        assert state(case) == before
        case.withdraw("s1", why=WHY)
        run("tables", [FIELD / "source_retracted/data"], case.file)
        assert state(case) == before, "loaded again, it comes back"


def test_a_grade_that_falls_is_said_and_listed_and_rises_again(tmp_path: Path) -> None:
    shutil.copytree(FIELD / "source_retracted/data", tmp_path / "data")
    sheet = tmp_path / "data" / "sources.csv"
    text = sheet.read_text(encoding="utf-8")
    with Case.create(tmp_path / "own.case") as case:
        assert run("tables", [tmp_path / "data"], case.file).report.regraded == {}
        sheet.write_text(text.replace("press,C,2016-01-01", "press,F,2016-01-01"), encoding="utf-8")
        assert run("tables", [tmp_path / "data"], case.file).report.regraded == {"s1": ("C", "F")}
        told = changes(case.file).table
        assert told[told["what"] == "regraded"][["source", "difference"]].to_dict("records") == [
            {"source": "s1", "difference": ["- reliability C", "+ reliability F"]}
        ]
        sheet.write_text(text, encoding="utf-8")
        last = run("tables", [tmp_path / "data"], case.file).report
        assert last.regraded == {"s1": ("F", "C")}
        assert not run("tables", [tmp_path / "data"], case.file).report.changed
        assert [a.grade for a in case.rows("assessments") if (a.target, a.id) == ("source", "s1")][-1:] == ["C"]
        case.withdraw(str(last.load), why=WHY)
        assert set(case.graph.claims.query("source == 's1'")["grade"].str[0]) == {"F"}
        case.undo()
        assert set(case.graph.claims.query("source == 's1'")["grade"].str[0]) == {"C"}


def test_what_has_an_origin_of_its_own_or_another_stays(tmp_path: Path) -> None:
    with Case.create(tmp_path / "own.case") as case:
        for source, origin in (("a", "own"), ("b", "a"), ("c", "b"), ("d", "a;x"), ("e", "a;own"), ("f", "b;c")):
            case.load(rows(f"p1 note {source}", source=source, derived_from=origin), source=source)
        assert case.withdraw("a", why=WHY).sources == ("a", "b", "c", "f")
        assert sorted(case.graph.values("note")["value"]) == ["d", "e"]


@pytest.mark.parametrize("what", ["99", "s9", "load:99", "source:99"])
def test_what_is_no_load_and_no_source_is_refused(tmp_path: Path, what: str) -> None:
    with loaded(tmp_path, "source_retracted/data") as case:
        with pytest.raises(NoSuchEntity, match="last loads: 1 tables"):
            case.withdraw(what, why=WHY)
        case.load(rows("p1 note x", source="1"), source="1")
        with pytest.raises(BadQuestion, match="write load:1 or source:1"):
            case.withdraw("1", why=WHY)
        assert case.withdraw("source:1", why=WHY).sources == ("1",)
        assert case.withdraw("load:1", why=WHY).says == "load 1"
        with pytest.raises(BadQuestion, match="taken back already"):
            case.withdraw("load:1", why=WHY)


def edition(*texts: str, title: str = "") -> Iterator[Row]:
    yield SourceRow("list", title=title)
    for key, text in enumerate(texts):
        if text:
            record = Record("list", f"k{key}", text=text)
            yield record
            yield Claim(record.id, f"p{key}", "kind", "Person")
            yield Claim(record.id, f"p{key}", "name", text)


def test_a_load_taken_back_gives_what_it_ended(tmp_path: Path) -> None:
    with Case.create(tmp_path / "own.case") as case:
        case.load(edition("a", "b", "c", title="first"), source="list", complete=True)
        before = state(case)
        second = case.load(edition("a", "B", "", title="second"), source="list", complete=True)
        after = state(case)
        done = case.withdraw(str(second.load), why=WHY)
        assert (done.records, done.restored) == (1, 2)
        assert state(case) == before
        assert [line for line in done.alone if "name B" in line]
        case.undo()
        assert state(case) == after
        assert sorted(case.through(recorded_by="9999").graph.names) == sorted(case.graph.names)


def test_a_later_edition_stands_when_an_earlier_is_taken_back(tmp_path: Path) -> None:
    with Case.create(tmp_path / "own.case") as case:
        case.load(edition("a", "b", "c"), source="list", complete=True)
        second = case.load(edition("a", "B", ""), source="list", complete=True)
        case.load(edition("a", "bb", ""), source="list", complete=True)
        last = state(case)
        case.withdraw(str(second.load), why=WHY)
        assert state(case) == last
        case.undo()
        assert state(case) == last


@pytest.mark.parametrize("first", [("y", "", ""), ("", "", "")])
def test_what_stood_in_the_way_goes_later(tmp_path: Path, first: tuple[str, ...]) -> None:
    """The one before comes back when both that ended it, or would have, are taken back, whichever goes first."""
    with Case.create(tmp_path / "own.case") as case:
        case.load(edition("x", "", ""), source="list", complete=True)
        before = state(case)
        loads = [case.load(edition(*texts, title="t"), source="list", complete=True).load
                 for texts in (first, ("", "z", ""))]  # fmt: skip
        for load in loads:
            case.withdraw(f"load:{load}", why=WHY)
        assert state(case) == before


EDITIONS = st.lists(
    st.tuples(st.tuples(*(st.sampled_from(["", "x", "y"]) for _ in range(3))), st.booleans()), min_size=1, max_size=5
)


@drawn(25)
@given(EDITIONS, st.data())
def test_loads_taken_back_in_any_order_are_as_if_never_loaded(
    tmp_path_factory: pytest.TempPathFactory, editions: list[tuple[tuple[str, ...], bool]], data: st.DataObject
) -> None:
    """Each edition's texts are its own, so that none reads a record of another again."""
    folder = tmp_path_factory.mktemp("back")
    made = [tuple(f"{text}{at}" if text else "" for text in texts) for at, (texts, _) in enumerate(editions)]
    with Case.create(folder / "own.case") as case:
        loads = [
            case.load([*edition(*texts), Judgement("p0", f"p{1 + at % 2}", "same", "me", f"2020-01-0{at + 1}")],
                      source="list", complete=whole).load
            for at, (texts, (_, whole)) in enumerate(zip(made, editions, strict=True))
        ]  # fmt: skip
        gone = data.draw(st.lists(st.sampled_from(range(len(loads))), unique=True, min_size=1))
        before = state(case)
        for at in gone:
            case.withdraw(f"load:{loads[at]}", why=WHY, by=f"hand {at}")
        with Case.create(folder / "never.case") as never:
            for at, (texts, (_, whole)) in enumerate(zip(made, editions, strict=True)):
                if at not in gone:
                    judged = Judgement("p0", f"p{1 + at % 2}", "same", "me", f"2020-01-0{at + 1}")
                    never.load([*edition(*texts), judged], source="list", complete=whole)
            assert state(case) == state(never)
        for at in data.draw(st.permutations(gone)):
            case.undo(by=f"hand {at}")
        assert state(case) == before
