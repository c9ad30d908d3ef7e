"""Each part of the lens on rows made by hand, with the right answer beside them: `rows.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from isthmus.graph.record.rows import Holding, Judgement, Marking, Record, SourceRow
from tests.graph.make import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row

Entry = dict[str, Any]
# Every cell is text, as in a sheet: 2015 is a year and no number.
ENTRIES: list[Entry] = yaml.load(Path(__file__).with_name("rows.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  makes texts, lists and tables alone


def _parameters() -> Iterator[Any]:
    for entry in ENTRIES:
        awaits = entry.get("awaits")
        marks = [pytest.mark.xfail(strict=True, reason=awaits)] if awaits else []
        yield pytest.param(entry, id=entry["says"], marks=marks)


def _part(part: Entry, source: str) -> Iterator[Row]:
    published = part.get("published", "")
    yield from rows(*part["facts"], source=source, published=published, reliability=part.get("reliability", "B"))
    if "tlp" in part:
        yield Marking(Record(source, "row", published=published).id, part["tlp"])


def _load(case: Case, entry: Entry) -> None:
    for number, part in enumerate(entry["record"]):
        source = part.get("key", f"source-{number}")
        case.load(_part(part, source), source=source, at=part.get("at"))
    for holder in entry.get("holds", []):
        case.load(_holds(holder), source="inquiry")
    for judged in entry.get("same", []):
        left, right = judged["ids"]
        case.load([Judgement(left, right, "same", "analyst", "2020-01-01", judged["known_from"])], source="analyst")


def _holds(holder: Entry) -> Iterator[Row]:
    record = Record("inquiry", f"{holder['country']} {holder['facts']}", published="2019")
    yield SourceRow("inquiry", published="2019")
    yield record
    for fact in holder["facts"]:
        state = holder.get("state", "held")
        subject, name, value = fact.split()
        yield Holding(subject, name, value, holder["country"], record.id, valid=holder["since"], state=state)


def told(graph: Graph) -> set[str]:
    """Statements in view but for kinds, as `subject property value`."""
    table = graph.statement_table
    parts = zip(graph.ids[table["subject"]], table["property"], table["value"], strict=True)
    return {" ".join(map(str, part)) for part in parts if part[1] != "kind"}


def _of(graph: Graph, statement: str, *columns: str) -> list[str]:
    row = graph.row(*statement.split())
    assert row >= 0, f"{statement} is not in view"
    return [str(graph.statement_table[column][row]) for column in columns]


@pytest.mark.parametrize("entry", list(_parameters()))
def test_a_lens_lets_through_what_is_right(case: Case, entry: Entry) -> None:
    _load(case, entry)
    graph = case.through(**entry["through"]).graph
    if "told" in entry:
        assert told(graph) == set(entry["told"])
    if "there" in entry:
        assert set(graph.ids.tolist()) == set(entry["there"])
    for statement, span in entry.get("dates", {}).items():
        assert _of(graph, statement, "first", "last") == span
    for statement, grade in entry.get("grades", {}).items():
        assert _of(graph, statement, "grade") == [grade]
    for one, name in entry.get("names", {}).items():
        assert graph.names[graph.place(one)] == name
    for person, status in entry.get("status", {}).items():
        assert graph.shown["status"][graph.place(person)] == status


def test_each_part_of_the_lens_has_its_rows() -> None:
    asked = {part for entry in ENTRIES for part in entry["through"]}
    assert asked == {"valid", "known_by", "holders", "published_by", "recorded_by", "min_grade", "ties", "tlp"}
    said = [entry["says"] for entry in ENTRIES]
    assert len(said) == len(set(said))
