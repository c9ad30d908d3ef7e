"""What the pages are fed with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.errors import BadInput, BadQuestion
from isthmus.graph.record.rows import Holding, Marking, Record, SourceRow
from isthmus.views.chart import read_chart
from isthmus.views.findings import DEFAULT, asked
from isthmus.views.page import inert, packed, write
from isthmus.views.picture import CROSSES, picture
from isthmus.views.spans import bounds
from tests.graph.disclosure.bytes import within
from tests.graph.disclosure.test_release import names_of
from tests.graph.make import rows
from tests.views.conftest import people, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from tests.views.conftest import MakeCase


def test_every_column_of_the_shipped_case_has_its_length(shipped_graph: Graph) -> None:
    drawn = picture(shipped_graph, asked(shipped_graph))
    n, m = len(shipped_graph.ids), len(shipped_graph.ties)
    assert {len(column) for column in drawn["nodes"].values()} == {n}
    assert {len(column) for column in drawn["ties"].values()} == {m}
    assert len(drawn["statements"]["start"]) == len(drawn["statements"]["subject"]) + 1
    assert drawn["statements"]["start"][-1] == len(drawn["claims"]["record"])
    assert [finding["finding"] for finding in drawn["findings"]][:2] == ["cross-border", "layers"]
    json.dumps(drawn, allow_nan=False)


def test_a_picture_of_the_release_holds_no_name_of_who_has_no_basis(unreleased: Case) -> None:
    graph = released_graph(unreleased.graph)
    text = json.dumps(picture(graph, asked(graph)), ensure_ascii=False)
    hidden = set().union(*bases_of(unreleased.file).unnamed.values())
    assert within(text.encode(), names_of(unreleased, hidden)) == {}
    assert "Qanarion" in json.dumps(picture(unreleased.graph))


def test_every_person_has_a_legal_status(shipped_graph: Graph) -> None:
    nodes = picture(shipped_graph)["nodes"]
    person = [at for at, kind in enumerate(shipped_graph.kinds) if kind == "Person"]
    assert all(nodes["status"][at] for at in person)


def test_a_tie_crosses_a_border_where_known_countries_have_none_in_common(make_case: MakeCase) -> None:
    triples = [
        *people("a", "b", "c", "d"), ("a", "citizen_of", "FR"), ("b", "citizen_of", "BE"), ("c", "citizen_of", "BE"),
        ("c", "citizen_of", "FR"), ("a", "met", "b"), ("a", "met", "c"), ("a", "met", "d"),
    ]  # fmt: skip
    drawn = picture(make_case(rows_of(triples)).graph)
    ids = drawn["nodes"]["id"]
    crossing = {
        (ids[s], ids[t])
        for s, t, flags in zip(drawn["ties"]["source"], drawn["ties"]["target"], drawn["ties"]["flags"], strict=True)
        if flags & CROSSES and "a" in (ids[s], ids[t]) and ids[t] != "FR"
    }
    assert crossing == {("a", "b")}


def test_a_holding_that_two_sources_tell_counts_once(make_case: MakeCase) -> None:
    rows = rows_of([*people("a", "b"), ("a", "met", "b")])
    for key in ("t", "u"):
        record = Record(key, "1")
        rows += [SourceRow(key, key), record, Holding("a", "met", "b", "FR", record.id, "DGSI", "2015-01-02")]
    held = picture(make_case(rows).graph)["holdings"]
    assert held["country"] == ["FR"]


def test_a_stricter_marking_refuses_the_page(make_case: MakeCase) -> None:
    rows = rows_of(people("a"))
    record = rows[1]
    assert isinstance(record, Record)
    graph = make_case([*rows, Marking(record.id, "AMBER")]).graph
    with pytest.raises(BadQuestion, match="TLP:AMBER"):
        picture(graph)
    assert picture(graph, tlp="AMBER")["meta"]["tlp"] == "AMBER"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ("", (None, None, None, None)),
        ("2015-11-13", (735915, 735915, 735915, 735915)),
        ("2015", (735599, 735963, 735963, 735599)),
        ("../2014", (None, 735598, None, 735234)),
        ("2015-01-02;2015-11-13", (735600, 735915, 735600, 735915)),
    ],
)
def test_bounds_of_dates(texts: str, expected: tuple[int | None, ...]) -> None:
    assert bounds(texts) == expected


def test_inert_text_cannot_end_its_element() -> None:
    assert "<" not in inert({"a": "</script><!--<script>\u2028"})
    assert json.loads(inert({"a": "</script>\u2028"})) == {"a": "</script>\u2028"}
    assert packed({"a": 1}) == packed({"a": 1})


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("before")
    with pytest.raises(TypeError):
        write(out, None)  # type: ignore[arg-type]
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("text", ["", "[]", '{"chart": 2}', "no json", "\udcff"])
def test_what_is_no_chart_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "chart.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadInput, match="chart"):
        read_chart(path)


def test_a_missing_chart_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="saved from a page"):
        read_chart(tmp_path / "nowhere.json")


@pytest.mark.parametrize("question", ["nope", "path", "layers detail", "layers nope=1", "gap seed=x"])
def test_a_question_that_cannot_be_put_is_refused(shipped_graph: Graph, question: str) -> None:
    with pytest.raises(BadQuestion):
        asked(shipped_graph, [question])


@pytest.mark.parametrize("lens", [{"valid": "2014"}, {"known_by": "2015-11-12", "holders": ["FR"]}], ids=str)
def test_a_page_carries_findings_asked_through_its_lens(shipped: Case, lens: dict[str, Any]) -> None:
    seen = shipped.through(**lens)
    for name, found in zip(DEFAULT, asked(seen.graph), strict=True):
        question, *options = name.split()
        given = dict(pair.split("=") for pair in options)
        wanted = getattr(seen, question.replace("-", "_"))(**given)
        assert found.to_dict() == wanted.to_dict()
        assert all(found.parameters[part] == seen.lens.stated()[part] for part in lens)
    assert picture(seen.graph)["meta"]["arguments"][-1] == ("lens", seen.lens.in_words())
    changed = asked(shipped.through(recorded_by="2000").graph, ["changes"])[0]
    assert changed.table.empty


def test_the_page_counts_whose_age_is_not_known(case: Case) -> None:
    case.load(rows("p1 birth 1990", "p1 met p2", "p3 met p2"), source="s")
    assert ("people whose age is not known", "2") in picture(case.graph)["meta"]["arguments"]
