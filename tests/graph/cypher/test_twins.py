"""The named queries that have a twin in Python give its rows, on either engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.country_rules import COUNTRY_RULES
from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import named
from isthmus.queries.cross_border import cross_border
from isthmus.queries.cypher import twins
from isthmus.queries.cypher.twins import TWINS
from isthmus.queries.layers import layer_counts
from isthmus.queries.query import query
from tests.graph.cypher.compare import canonical, difference
from tests.graph.make import rows

if TYPE_CHECKING:
    from typing import Any

    import pytest

    from isthmus.case import Case
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.cypher.engine import Engine
    from isthmus.graph.graph import Graph
    from tests.graph.cypher.conftest import Open

ASKED: dict[str, list[dict[str, str]]] = {
    "brokers_by_country_span": [{}, {"limit": "3"}],
    "coordinators": [{}, {"countries": "3"}],
    "cross_border_ties": [{}, {"rule": "residence"}],
    "members_abroad": [{}, {"country": "BE"}],
    "pairs_by_event_across_border": [{"kind": "attack"}, {}],
    "ties_valid_on": [{"day": "2015-11-13"}],
}
TIE_COLUMNS = ["kind", "tie", "countries", "object_countries", "overlap", "first", "last", "grade", "origins"]


def _rows(engine: Engine, name: str, **given: Any) -> list[dict[str, Any]]:
    query = named(name)
    return engine.read(query.text, query.bind(given), Limits()).rows


def check_cross_border(engine: Engine, graph: Graph, rule: CountryRule) -> int:
    table = cross_border(graph, country_rule=rule).table
    python = table[[*TIE_COLUMNS, "subject_id", "object_id"]].rename(
        columns={"subject_id": "subject", "object_id": "object"}
    )
    assert not difference(_rows(engine, "cross_border_ties", rule=rule), python.to_dict("records"))
    return len(python)


def check_coordinators(engine: Engine, graph: Graph) -> int:
    spans = cross_border(graph, kinds=["span"]).table
    cypher = [
        {"subject_id": row["person"], "subject": row["label"], "status": row["status"],
         "countries": "/".join(row["own_countries"]), "tie": ", ".join(row["ties"]),
         "object": f"{row['events']} events in {len(row['event_countries'])} countries",
         "object_countries": "/".join(row["event_countries"]), "first": row["first"], "last": row["last"]}
        for row in _rows(engine, "coordinators")
    ]  # fmt: skip
    columns = ["subject_id", "subject", "status", "countries", "tie", "object", "object_countries", "first", "last"]
    assert not difference(cypher, spans[columns].to_dict("records"))
    return len(cypher)


def check_layers(engine: Engine, graph: Graph) -> int:
    python = layer_counts(graph)
    assert not difference(_rows(engine, "layer_counts"), python)
    return len(python)


def check_arrays(engine: Engine, graph: Graph) -> dict[str, int]:
    """Every twin over arrays gives the rows of its query in their order; gives how many."""
    found: dict[str, int] = {}
    for name, twin in TWINS.items():
        for given in ASKED.get(name, [{}]):
            asked = named(name)
            bound = asked.bind(given)
            found_there = engine.read(asked.text, bound, Limits(rows=100_000)).rows
            ours = [canonical([row]) for row in twin(graph, bound, 100_000)]
            assert ours == [canonical([row]) for row in found_there], name
            for most in (0, 1, 3):
                assert len(twin(graph, bound, most)) == min(most, len(found_there)), name
            found[name] = len(found_there)
    return found


def test_a_large_case_is_answered_over_arrays(shipped_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    by_engine = query(shipped_graph, "country_matrix")
    monkeypatch.setattr(twins, "LARGE", 10)
    by_twin = query(shipped_graph, "country_matrix", rows=3)
    assert by_twin.parameters["asked_of"] == twins.OVER_ARRAYS
    assert by_engine.parameters["asked_of"] == "arcadedb"
    assert by_twin.table.to_dict("records") == by_engine.table.to_dict("records")[:3]
    assert by_twin.caveats[0].startswith("Cut after 3 rows")


def test_twins_agree_on_the_shipped_case(engine_of: Open, shipped_graph: Graph) -> None:
    engine = engine_of(shipped_graph)
    for rule in COUNTRY_RULES:
        assert check_cross_border(engine, shipped_graph, rule) > 20
    assert check_coordinators(engine, shipped_graph) > 3
    assert check_layers(engine, shipped_graph) > 20
    assert all(check_arrays(engine, shipped_graph).values())


TIMES = (
    "p1 citizen_of FR", "p2 citizen_of BE", "p3 citizen_of DE", "p4 citizen_of MA", "e1 occurred_in FR",
    "p1 member_of c1 2004/2005", "p2 member_of c1 2014/2015", "p3 member_of c1 2005-02/2014-03?", "p4 leader_of c1",
    "p4 member_of c1 2015", "p1 stayed_at o1 2006-02-01/2006-03-01", "p2 stayed_at o1 2006-03-01/2006-04", "p3 used o1 2006",
    "p3 used o1 2007", "e1 date 2015-11-13", "p2 took_part_in e1", "p4 took_part_in e1", "p3 planned e1 2015-06",
    "p3 directed e1", "p3 located_in BE 2015-11", "p1 visited l1", "p2 visited l1 2009", "p1 killed_in l2 2001",
    "p2 visited l2 2002", "p3 took_part_in e2", "p4 took_part_in e2",
)  # fmt: skip


def test_who_was_together_is_the_same_everywhere(engine_of: Open, case: Case) -> None:
    case.load(rows(*TIMES), source="s")
    graph = case.graph
    engine = engine_of(graph)
    assert check_cross_border(engine, graph, "citizenship") == 11
    assert check_arrays(engine, graph)["country_matrix"] == 6
    together = _rows(engine, "cross_border_ties")
    assert [row["tie"] for row in together if row["kind"] == "pair" and row["subject"] == "p1"] == [
        "shared object, shared place", "same cell, shared object (possibly together)",
        "same cell (possibly together)",
    ]  # fmt: skip
    common = _rows(engine, "common_associates", person="p1", other="p2")
    assert [(row["id"], row["ties_to_person"]) for row in common] == [
        ("p3", ["same cell", "shared object"]),
        ("p4", ["same cell"]),
    ]


def test_a_timeline_since_a_year_has_all_of_the_year(shipped_graph: Graph) -> None:
    """141 events since 2015: 73 where only its last day counted."""

    def events(**given: Any) -> set[str]:
        return set(query(shipped_graph, "timeline", **given).table["event"])

    assert events(since="2015") == events(since="2015-01-01")
    assert len(events(since="2015")) == 141
    assert events(until="2015") == events(until="2015-12-31")
    assert events(since="2015", until="2015") == events(since="2015-01-01", until="2015-12-31")
