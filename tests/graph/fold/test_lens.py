"""What passes a lens, rule by rule, on rows made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.dates import day
from isthmus.graph.fold import clipping
from isthmus.graph.record.rows import Holding, Judgement, Record, SourceRow
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph


def told(graph: Graph) -> set[str]:
    """Statements in view but for kinds, as `subject property value`."""
    table = graph.statement_table
    parts = zip(graph.ids[table["subject"]], table["property"], table["value"], strict=True)
    return {" ".join(map(str, part)) for part in parts if part[1] != "kind"}


def seen(graph: Graph) -> set[str]:
    return set(graph.ids.tolist())


def span(graph: Graph, statement: str) -> tuple[str, str]:
    table = graph.statement_table
    row = graph.row(*statement.split())
    return str(table["first"][row]), str(table["last"][row])


def holds(country: str, *, since: str, statement: str) -> list[Any]:
    record = Record("inquiry", f"{country} {since} {statement}", published="2019-01")
    subject, name, value = statement.split()
    return [SourceRow("inquiry", published="2019-01"), record,
            Holding(subject, name, value, country, record.id, valid=since)]  # fmt: skip


def test_what_was_so_all_along_comes_along_with_whom_it_is_about_and_brings_no_one(case: Case) -> None:
    case.load(rows("p1 role recruiter", published="2014-05"), source="s")
    case.load(
        rows("p1 citizen_of BE", "p1 birth 1990", "p1 alias Abu", "p2 citizen_of FR", "p1 sibling_of p2",
             "p1 resident_of FR", source="t", published="2018"), source="t",
    )  # fmt: skip
    graph = case.through(published_by="2015").graph
    assert told(graph) == {"p1 role recruiter", "p1 citizen_of BE", "p1 birth 1990", "p1 alias Abu"}
    assert seen(graph) == {"p1", "BE"}
    assert "p1 sibling_of p2" in told(case.through(published_by="2018").graph)


def test_one_of_whom_nothing_else_is_told_is_in_view_once_that_is(case: Case) -> None:
    case.load(rows("p1 name Anyone", "p1 citizen_of BE", published="2015-03"), source="s")
    assert seen(case.through(published_by="2015-02").graph) == set()
    assert seen(case.through(published_by="2015-03").graph) == {"p1", "BE"}
    assert seen(case.graph) == {"p1", "BE"}


def test_an_event_is_in_view_by_its_own_date_and_takes_with_it_what_is_tied_to_it_alone(case: Case) -> None:
    case.load(
        rows("e1 date 2015-11-13", "e2 date 2016-03-22", "e2 city Anytown", "p1 took_part_in e1", "p1 took_part_in e2",
             "p2 took_part_in e2", "p2 role driver", "p2 resident_of BE", "p3 took_part_in e2", "p3 met p1 2015",
             "p6 took_part_in e2", "p6 status arrested 2015-08-11/..",
             "e3 city Elsewhere", "p4 took_part_in e3", "p5 planned e2 2015-12"), source="s",
    )  # fmt: skip
    graph = case.through(valid="2015").graph
    assert seen(graph) == {"e1", "p1", "p3", "e3", "p4", "p6"}
    assert told(graph) == {
        "p6 status arrested", "e1 date 2015-11-13", "p1 took_part_in e1", "p3 met p1", "e3 city Elsewhere", "p4 took_part_in e3",
    }  # fmt: skip
    assert span(graph, "p1 took_part_in e1") == ("2015-11-13", "2015-11-13")
    assert {"e2", "p2"} <= seen(case.through(valid="2016").graph)


def test_a_membership_without_an_end_is_open_and_a_part_is_bounded_by_its_event(case: Case) -> None:
    case.load(
        rows("e1 date 2015-11-13/2015-11-14", "p1 supplied e1 2015-08/", "p1 member_of c1 2014/",
             "p2 acquitted_of e1 2016/"), source="s",
    )  # fmt: skip
    assert span(case.graph, "p1 supplied e1") == ("2015-08-01", "2015-11-14")
    assert span(case.graph, "p1 member_of c1") == ("2014-01-01", "")
    assert span(case.graph, "p2 acquitted_of e1") == ("2016-01-01", "")
    assert "p1 member_of c1" in told(case.through(valid="2017").graph)


@pytest.mark.parametrize(("kind", "public"), [("attack", True), ("trial", True), ("plot", False), ("arrest", False)])
def test_kind_date_and_place_of_an_attack_are_public_from_its_day_and_nothing_else(
    case: Case, kind: str, public: bool
) -> None:
    facts = {f"e1 event_kind {kind}", "e1 date 2015-11-13", "e1 occurred_in FR"}
    case.load(rows(*facts, "p1 took_part_in e1", "e1 killed 130", published="2016-02"), source="s")
    for clock in ("published_by", "known_by"):
        assert told(case.through(**{clock: "2015-11-12"}).graph) == set()
        assert told(case.through(**{clock: "2015-11-13"}).graph) == (facts if public else set())
        assert told(case.through(**{clock: "2016-02"}).graph) == facts | {"p1 took_part_in e1", "e1 killed 130"}


def test_through_known_by_is_what_was_held_and_what_was_public(case: Case) -> None:
    case.load(rows("p1 met p2 2015-01", "p1 member_of c1 2014/2015-11-18 note=killed_that_day end_bound=death",
                   published="2017"), source="s")  # fmt: skip
    case.load(rows("p3 met p4 2015-01", source="press", published="2015-06-01"), source="press")
    case.load([*holds("FR", since="2015-03", statement="p1 member_of c1"),
               *holds("BE", since="2015-03", statement="p1 met p2")], source="inquiry")  # fmt: skip
    france = case.through(known_by="2015-10", holders=["FR"]).graph
    assert told(france) == {"p1 member_of c1", "p3 met p4"}
    assert told(case.through(known_by="2015-10").graph) == {"p1 member_of c1", "p1 met p2", "p3 met p4"}
    assert told(case.through(known_by="2015-04", holders=["FR"]).graph) == {"p1 member_of c1"}
    assert span(france, "p1 member_of c1") == ("2014-01-01", ""), "that it ended was not known yet"
    (claim,) = france.claim_table.records(france.claim_table.coded("property").among({"member_of"}))
    assert (claim["valid"], claim["qualifiers"]) == ("2014/..", "")
    assert set(france.holding_table["country"]) == {"FR"}


def test_what_is_held_does_not_tell_what_came_after(case: Case) -> None:
    case.load(rows("p1 entered TR 2015-06", published="2017"), source="s")
    case.load(rows("p1 entered TR 2016-01", source="t", published="2017"), source="t")
    case.load(holds("TR", since="2015-06-10", statement="p1 entered TR"), source="inquiry")
    graph = case.through(known_by="2015-12").graph
    assert span(graph, "p1 entered TR") == ("2015-06-01", "2015-06-30")
    assert span(case.graph, "p1 entered TR") == ("2015-06-01", "2016-01-31")


def test_evidence_is_that_of_the_claims_in_view(case: Case) -> None:
    case.load(rows("p1 met p2 2015", published="2015"), source="s")
    case.load(rows("p1 met p2 2016", source="t", published="2017", reliability="A"), source="t")
    then, now = (desk.graph.statement_table for desk in (case.through(published_by="2016"), case))
    one, both = (table.records(table.coded("property").among({"met"}))[0] for table in (then, now))
    assert (one["origins"], one["grade"], one["last"]) == (1, "B2", "2015-12-31")
    assert (both["origins"], both["last"]) == (2, "2016-12-31")
    assert one["probability"] < both["probability"]


def test_a_merge_is_made_by_who_could_know_of_it(case: Case) -> None:
    case.load(rows("p1 role one", "p2 role two", published="2014"), source="s")
    known = '{"FR":"2015-01","BE":"2016-01"}'
    case.load([Judgement("p1", "p2", "same", "me", "2017-01-01", known_from=known)], source="me")
    for lens, people in (
        ({"known_by": "2015-06", "holders": "FR"}, 1), ({"known_by": "2015-06", "holders": "BE"}, 2),
        ({"known_by": "2015-06"}, 1), ({"published_by": "2015-06"}, 2), ({"published_by": "2016-06"}, 1), ({}, 1),
    ):  # fmt: skip
        assert len(case.through(**lens).graph.ids) == people, lens


def test_holders_are_one_lens_in_any_order(case: Case) -> None:
    case.load(rows("p1 met p2"), source="s")
    assert (
        case.through(known_by="2015", holders=["FR", "BE"]).lens == case.through(known_by="2015", holders="BE,FR").lens
    )


@pytest.mark.parametrize(
    ("valid", "as_then"),
    [("2014/2015-11-18", "2014/.."), ("2014/2015-11-12", "2014/2015-11-12"), ("2014/", "2014/"), ("2014/..", "2014/.."),
     ("2015", "2015"), ("", ""), ("../2016", ""), ("2015/[2018..]", "2015/[2018..]")],
)  # fmt: skip
def test_an_end_after_the_day_was_still_open(valid: str, as_then: str) -> None:
    assert clipping.valid(valid, day("2015-11-12")) == as_then


def test_what_gets_a_name_later_is_not_called_so_before(case: Case) -> None:
    case.load(rows("c1 operates_in BE 2012", "c1 name Old", published="2013"), source="s")
    case.load(rows("c1 name New 2014", source="t", published="2014", reliability="A"), source="t")
    then, now = case.through(known_by="2013").graph, case.graph
    assert [str(graph.names[graph.place("c1")]) for graph in (then, now)] == ["Old", "New"]
