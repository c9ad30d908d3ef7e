"""Generated graphs under the named queries, and generated queries over the shipped case: one answer on both engines."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from isthmus.case import Case
from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import library
from isthmus.queries.cypher import asking
from tests.drawing import drawn
from tests.graph.cypher.compare import canonical, difference
from tests.graph.cypher.conftest import open_embedded, open_published
from tests.graph.cypher.test_twins import check_arrays, check_coordinators, check_cross_border, check_layers
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from tests.servers import Server

pytestmark = pytest.mark.neo4j

PEOPLE, EVENTS, CELLS = ["p1", "p2", "p3", "p4", "p5"], ["e1", "e2", "e3"], ["c1", "c2"]
CODES = ["FR", "BE", "MA", "GR"]
DATES = ["", "2015", "2015-11-13", "2014/2015-03", "../2014", "2015-06/.."]


def _facts() -> st.SearchStrategy[list[str]]:
    def fact(subjects: list[str], kinds: list[str], values: list[str]) -> st.SearchStrategy[str]:
        parts = st.tuples(st.sampled_from(subjects), st.sampled_from(kinds), st.sampled_from(values))
        extra = st.tuples(
            st.sampled_from(DATES), st.sampled_from(["credibility=1", "credibility=3", "polarity=denied"])
        )
        return st.tuples(parts, extra).map(lambda drawn: " ".join(word for group in drawn for word in group if word))

    return st.lists(
        st.one_of(
            fact(PEOPLE, ["citizen_of", "resident_of", "located_in", "entered"], CODES),
            fact(PEOPLE, ["took_part_in", "directed", "travelled_in", "arrested_in", "planned", "stopped_in"], EVENTS),
            fact(PEOPLE, ["member_of", "leader_of", "directed", "supplied"], CELLS),
            fact(PEOPLE, ["met", "sibling_of", "recruited", "directed", "travelled_with"], PEOPLE),
            fact(EVENTS, ["occurred_in", "targets", "threatens"], CODES),
            fact(CELLS, ["operates_in", "based_in"], CODES),
            fact(EVENTS, ["event_kind"], ["attack", "plot", "arrest", "travel"]),
            fact(EVENTS, ["direction"], ["directed", "inspired", "unclear"]),
            fact(EVENTS, ["killed"], ["3", "2..5"]),
            fact(PEOPLE, ["status"], ["convicted", "acquitted", "arrested"]),
        ),
        min_size=5,
        max_size=40,
    )


@drawn(6, suppress_health_check=list(HealthCheck))
@given(facts=_facts())
def test_named_queries_on_generated_graphs(
    facts: list[str], neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    neo4j_server.empty()
    with Case.create(tmp_path_factory.mktemp("drawn") / "drawn.case") as case:
        case.load(rows("p1 met p2", *facts), source="s")
        graph = case.graph
        embedded = open_embedded(graph)
        with open_published(graph, neo4j_server) as published:
            asked = {"person": "p1", "other": "p2", "entity": "p1", "country": "FR", "day": "2015-06-01"}
            for name, query in library().items():
                bound = query.bind({p.name: asked[p.name] for p in query.parameters if p.required})
                answers = [engine.read(query.text, bound, Limits()).rows for engine in (embedded, published)]
                assert not difference(*answers), name
                assert [canonical([row]) for row in answers[0]] == [canonical([row]) for row in answers[1]], name
        check_cross_border(embedded, graph, "citizenship")
        check_coordinators(embedded, graph)
        check_layers(embedded, graph)
        check_arrays(embedded, graph)
        asking.close_all()


NODES = {
    "Person": ["id", "label", "status", "named", "countries", "statuses", "birth"],
    "Event": ["id", "label", "event_kind", "direction", "first", "last", "countries", "killed_low"],
    "Cell": ["id", "label", "countries"],
    "Country": ["id", "label"],
    "Network": ["id", "label", "countries"],
}
TIES = {
    "TOOK_PART_IN": ("Person", "Event"), "DIRECTED": ("Person", "Event"), "MEMBER_OF": ("Person", "Cell"),
    "CITIZEN_OF": ("Person", "Country"), "OCCURRED_IN": ("Event", "Country"), "LINKED_TO": ("Person", "Person"),
    "OPERATES_IN": ("Network", "Country"), "TRAVELLED_IN": ("Person", "Event"), "ARRESTED_IN": ("Person", "Event"),
}  # fmt: skip
TIE_VALUES = ["grade", "probability", "first", "last", "origins", "basis", "joins", "cross", "role"]
SHAPES = 7


def _condition(draw: random.Random, name: str, prop: str) -> str:
    wanted = {
        "first": "{0} >= '2015-01-01'", "last": "{0} < '2016-01-01'", "probability": "{0} > 0.7",
        "origins": "{0} = 1", "countries": "'FR' IN {0}", "statuses": "size({0}) > 1", "named": "{0}",
        "killed_low": "{0} > 2.0", "grade": "{0} STARTS WITH 'B'", "event_kind": "{0} IN ['attack', 'plot']",
    }.get(prop, draw.choice(["{0} IS NOT NULL", "{0} CONTAINS 'a'", "toLower({0}) =~ '.*e.*'"]))  # fmt: skip
    return wanted.format(f"{name}.{prop}")


def generated(seed: int) -> str:
    """A query that reads, by one of seven shapes."""
    draw = random.Random(seed)  # noqa: S311  no secret hangs on it
    tie = draw.choice(sorted(TIES))
    a, b = TIES[tie]
    x, y, z = draw.choice(NODES[a]), draw.choice(NODES[b]), draw.choice(TIE_VALUES)
    where = _condition(draw, *draw.choice([("a", x), ("b", y), ("t", z)]))
    match = f"MATCH (a:{a} {{case: $case}})-[t:{tie}]->(b:{b}) WHERE {where}"
    aggregate = draw.choice(
        ["count(*)", "count(DISTINCT a.id)", "min(t.first)", "max(t.probability)", "avg(t.probability)"]
    )
    other = draw.choice([name for name, ends in sorted(TIES.items()) if ends[0] == a])
    shapes = [
        f"{match} RETURN a.id AS a, b.id AS b, t.{z} AS z ORDER BY a, b LIMIT {draw.randint(1, 40)}",
        f"{match} RETURN b.{y} AS y, {aggregate} AS n ORDER BY n, y",
        f"{match} WITH a, count(b) AS n WHERE n > 1 RETURN a.id AS a, n ORDER BY n DESC, a",
        f"MATCH (a:{a} {{case: $case}}) OPTIONAL MATCH (a)-[t:{tie}]->(b:{b}) WHERE {where} "
        "RETURN a.id AS a, count(b) AS n ORDER BY a",
        f"{match} AND EXISTS {{ MATCH (a)-[:{other}]->() }} RETURN DISTINCT a.id AS a, a.{x} AS x ORDER BY a",
        f"{match} MATCH (a)-[u:{other}]->(c) RETURN a.id AS a, b.id AS b, c.id AS c, type(u) AS u ORDER BY a, b, c",
        f"{match} UNWIND coalesce(a.countries, ['none']) AS code WITH code, b ORDER BY code, b.id "
        "RETURN code, collect(DISTINCT b.id)[0..3] AS some, count(DISTINCT b) AS n ORDER BY code",
    ]  # fmt: skip
    return shapes[seed % SHAPES]


def test_five_hundred_generated_queries(shipped_graph: Graph, neo4j_server: Server) -> None:
    embedded = open_embedded(shipped_graph)
    with open_published(shipped_graph, neo4j_server) as published:
        filled = 0
        for seed in range(500):
            text = generated(seed)
            answers: list[list[dict[str, Any]]] = [
                engine.read(text, {}, Limits()).rows for engine in (embedded, published)
            ]
            assert not difference(*answers), text
            filled += bool(answers[0])
        assert filled > 300
