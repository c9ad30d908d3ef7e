from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.acts.claims import retract
from isthmus.graph.disclosure.marking import check_marking, strictest
from isthmus.graph.errors import BadQuestion
from isthmus.graph.record.rows import Claim, Marking, Record, SourceRow
from isthmus.views.export import export

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case


def _person(case: Case, identity: str, name: str, *statuses: str, **more: str) -> None:
    record = Record("s", identity)
    claims = [Claim(record.id, identity, "kind", "Person"), Claim(record.id, identity, "name", name)]
    claims += [Claim(record.id, identity, "status", status) for status in statuses]
    claims += [Claim(record.id, identity, key, value) for key, value in more.items()]
    case.load([SourceRow("s"), record, *claims], source="s")


def test_the_acquitted_and_the_merely_present_are_not_ranked(case: Case) -> None:
    _person(case, "a", "A", "acquitted")
    _person(case, "b", "B", "convicted", present_at="place")
    _person(case, "c", "C", "convicted", met="a")
    record = Record("s", "place")
    case.load([SourceRow("s"), record, Claim(record.id, "place", "kind", "Place")], source="s")
    graph = case.graph
    assert {str(i): bool(r) for i, r in zip(graph.ids, graph.shown["ranked"], strict=True)} == {
        "a": False, "b": False, "c": True, "place": True,
    }  # fmt: skip


def test_no_output_above_the_marking_asked_for(case: Case) -> None:
    _person(case, "a", "A", "convicted")
    record = Record("s", "a")
    case.load([Marking(record.id, "AMBER")], source="s")
    assert check_marking(case.graph, "RED") == "AMBER"
    with pytest.raises(BadQuestion, match="AMBER"):
        check_marking(case.graph, "GREEN")


def _marked(case: Case, key: str, tlp: str, text: str = "") -> Claim:
    """A person in a record that is marked."""
    record = Record("s", key, text=text)
    claim = Claim(record.id, key, "kind", "Person")
    case.load([SourceRow("s"), record, claim, Marking(record.id, tlp)], source="s")
    return claim


def test_a_record_marks_only_what_shows_it(case: Case, tmp_path: Path) -> None:
    _marked(case, "a", "GREEN")
    assert strictest(case.graph) == "GREEN"
    taken_back = _marked(case, "b", "RED")
    assert strictest(case.graph) == "RED"
    retract(case.file, taken_back.id, by="t", why="not so")
    assert strictest(case.graph) == "GREEN"
    assert strictest(case.graph, [[(taken_back.id,)]]) == "RED"  # a finding that shows it
    assert strictest(case.graph, whole=True) == "RED"  # the record is in what writes all records
    with pytest.raises(BadQuestion, match="RED"):
        export(case.graph, "neo4j-import", tmp_path / "all", tlp="GREEN")
    assert export(case.graph, "graphml", tmp_path / "view.graphml", tlp="GREEN")


def test_a_superseded_record_marks_what_was_shown_then(case: Case) -> None:
    _marked(case, "a", "AMBER")
    case.file.connection.execute("UPDATE load SET at = '2016-01-01T00:00:00'")
    case.file.connection.commit()
    _marked(case, "a", "GREEN", "a new edition")
    assert strictest(case.graph) == "GREEN"
    assert strictest(case.through(recorded_by="2016-02-01").graph) == "AMBER"
