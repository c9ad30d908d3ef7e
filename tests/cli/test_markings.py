"""Markings on every way out: what is marked stands in no answer below it, and is said on every answer that shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.disclosure.marking import strictest
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.record.rows import Assessment, Claim, Holding, Marking, Record, SourceRow
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from tests.servers import Server

TOLD = "Quellenschutz"
"""What the RED record alone says."""


def _rows() -> list[Row]:
    opened, red = Record("press", "1"), Record("service", "1", text=TOLD)
    return [
        SourceRow("press", title="Press"),
        SourceRow("service", title=f"Report {TOLD}"),
        Assessment("source", "press", "B", "t"),
        Assessment("source", "service", "B", "t"),
        opened,
        Claim(opened.id, "p1", "kind", "Person"),
        Claim(opened.id, "p1", "name", "Karim Attar"),
        Claim(opened.id, "p1", "status", "convicted"),
        Claim(opened.id, "e1", "kind", "Event"),
        Claim(opened.id, "p1", "took_part_in", "e1"),
        Claim(opened.id, "p2", "kind", "Person"),
        Claim(opened.id, "p2", "name", "Ilyas Noor"),
        Claim(opened.id, "p2", "status", "convicted"),
        red,
        Claim(red.id, "p1", "alias", TOLD),
        Claim(red.id, "p1", "directed", "e1"),
        Holding("p1", "took_part_in", "e1", "FR", red.id, valid="2015-01-01", note=TOLD),
        Marking(red.id, "RED"),
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.case"
    with Case.create(made) as case:
        case.load(_rows(), source="press")
    return made


ASKED = [
    ("find", "Karim"),
    ("find", TOLD),
    ("show", "p1"),
    ("cypher", "MATCH (n) RETURN properties(n) AS all"),
    ("cypher", "MATCH (n:Record) OPTIONAL MATCH (c:Claim) OPTIONAL MATCH (h:Holding) RETURN n, c, h"),
    ("query", "ego", "person=p1", "depth=2"),
    ("origins", "p1"),
    ("gap", "--rule=declared", "--table=statements"),
    ("knowable", "2016-01-01"),
    ("changes", "--added"),
    ("info", "--sources"),
]


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_above_is_read_by_no_answer(path: Path, asked: tuple[str, ...], form: tuple[str, ...]) -> None:
    done = isthmus("--case", path, *asked, "--tlp", "GREEN", *form)
    assert done.returncode == 0, done.stderr
    said = done.stdout.replace(asked[1], "") + done.stderr
    assert TOLD not in said
    assert "directed" not in said.lower().replace("directed ties", "")
    assert "TLP:RED" not in said
    if form == ("--json",):
        assert json.loads(done.stdout)["left_out"]["records marked above TLP:GREEN"] == 1
        assert json.loads(done.stdout)["tlp"] is None
    else:
        assert "1 records marked above TLP:GREEN" in said


@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_says_the_marking_of_what_it_shows(path: Path, asked: tuple[str, ...]) -> None:
    assert isthmus("--case", path, *asked).stdout.splitlines()[-1] == "Marking: TLP:RED"
    assert isthmus("--case", path, *asked, "--csv").stderr.splitlines()[-1] == "Marking: TLP:RED"
    assert json.loads(isthmus("--case", path, *asked, "--json").stdout)["tlp"] == "RED"


def test_an_answer_about_another_is_not_marked(path: Path) -> None:
    for asked in (("show", "p2"), ("find", "Ilyas")):
        assert "TLP" not in isthmus("--case", path, *asked).stdout
        assert json.loads(isthmus("--case", path, *asked, "--json").stdout)["tlp"] is None


LEAVING = [
    ("view", "--plain", "--out", "x"),
    ("view", "--quick", "--out", "x"),
    ("export", "graphml", "--out", "x"),
    ("export", "neo4j-import", "--out", "x"),
]


@pytest.mark.parametrize("asked", LEAVING)
def test_nothing_leaves_above_its_marking(path: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    refused = isthmus("--case", path, *asked[:-1], out)
    assert (refused.returncode, out.exists()) == (1, False)
    assert "TLP:RED" in refused.stderr
    done = isthmus("--case", path, *asked[:-1], out, "--tlp", "GREEN")
    assert done.returncode == 0, done.stderr
    files = [out] if out.is_file() else [file for file in out.iterdir() if file.is_file()]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert "Karim Attar" in text
    assert TOLD not in text
    whole = tmp_path / "whole"
    assert isthmus("--case", path, *asked[:-1], whole, "--tlp", "RED").returncode == 0


def test_publish_looks_before_it_calls_the_server(path: Path) -> None:
    done = isthmus("--case", path, "publish", "bolt://127.0.0.1:1")
    assert done.returncode == 1
    assert "TLP:RED" in done.stderr


@pytest.mark.neo4j
@pytest.mark.parametrize(("tlp", "there"), [("RED", True), ("GREEN", False)])
def test_what_is_above_is_in_no_row_of_a_server(path: Path, neo4j_server: Server, tlp: str, there: bool) -> None:
    done = isthmus("--case", path, "publish", neo4j_server.url, "--tlp", tlp)
    assert done.returncode == 0, done.stderr
    with neo4j_server.driver() as driver:
        rows = driver.execute_query("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN properties(n), properties(r)").records
    assert "Karim Attar" in str(rows)
    assert (TOLD in str(rows)) == there


def test_what_is_unmarked_is_not_called_clear(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert isthmus("--case", path, "view", "--quick", "--tlp", "GREEN", "--out", page).returncode == 0
    assert "not marked" in page.read_text(encoding="utf-8")
    with Case.open(path) as case:
        assert strictest(case.through(tlp="GREEN").graph) == ""
        case.mark("press", "CLEAR", why="the publisher's terms")
        assert strictest(case.through(tlp="GREEN").graph) == "CLEAR"
        other = Record("blog", "1")
        case.load([other, Claim(other.id, "p1", "role", "driver")], source="blog")
        assert strictest(case.through(tlp="GREEN").graph) == ""  # in part nobody has cleared it


def test_a_mark_makes_stricter_and_is_undone(path: Path) -> None:
    with Case.open(path) as case:
        record = next(row.id for row in case.rows("records") if row.source == "press")
        before = case.through(tlp="GREEN").graph.left_out["records marked above TLP:GREEN"]
        case.mark(record[:10], "AMBER", why="asked by its author", by="ana")
        assert strictest(case.through(tlp="AMBER").graph) == "AMBER"
        assert case.through(tlp="GREEN").graph.left_out["records marked above TLP:GREEN"] == before + 1
        with pytest.raises(BadQuestion, match="TLP:AMBER already"):
            case.mark(record, "GREEN", why="wider", by="ana")
        assert "marked TLP:AMBER" in case.undo(by="ana").says
        assert case.through(tlp="GREEN").graph.left_out["records marked above TLP:GREEN"] == before
        case.mark(record, "GREEN", why="wider", by="ana")
        assert strictest(case.through(tlp="AMBER").graph) == "GREEN"
        with pytest.raises(NoSuchEntity):
            case.mark("0123456789", "RED", why="none such")
        with pytest.raises(BadQuestion, match="reason"):
            case.mark(record, "RED", why=" ")


def test_a_mark_on_a_source_holds_for_what_comes_later(path: Path) -> None:
    done = isthmus("--case", path, "mark", "press", "AMBER+STRICT", "--why", "agreed with the publisher")
    assert done.returncode == 0, done.stderr
    assert "press is marked TLP:AMBER+STRICT" in done.stdout
    with Case.open(path) as case:
        later = Record("press", "2")
        case.load([later, Claim(later.id, "p1", "role", "driver")], source="press")
        assert not list(case.through(tlp="AMBER").graph.said("role"))
        assert {row.tlp for row in case.rows("markings") if row.record == later.id} == {"AMBER+STRICT"}


def test_what_was_taken_back_by_a_marked_record_stays_so(path: Path) -> None:
    with Case.open(path) as case:
        wrong = next(row.id for row in case.rows("claims") if row.property == "took_part_in")
        taken = case.retract(wrong, why="another man")
        case.mark(taken.id, "RED", why="from the service")
        assert not len(case.through(tlp="GREEN").graph.ties)
