"""Every named query gives the same rows on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import library, named
from tests.graph.cypher.compare import canonical, difference
from tests.graph.cypher.conftest import open_embedded, open_published
from tests.servers import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.cypher.neo4j import Neo4jEngine
    from isthmus.graph.graph import Graph
    from tests.servers import Server

pytestmark = pytest.mark.neo4j

ISSUED = {
    "cross_border_ties", "coordinators", "layer_counts", "members_abroad", "pairs_by_event_across_border",
    "brokers_by_country_span", "travel_corridors", "country_matrix", "arrests_by_country", "attacks_by_direction",
    "plots_and_targets", "threat_level_changes", "foreign_fighter_sources", "ego", "common_associates",
    "shortest_paths", "all_paths_within", "cells_of_country", "kin_ties", "timeline", "ties_valid_on",
    "single_source_ties", "contradicting_claims", "claims_of",
}  # fmt: skip
ASKED = {"person": "abdelhamid-abaaoud", "other": "salah-abdeslam", "entity": "abdelhamid-abaaoud", "country": "FR",
         "day": "2015-11-13"}  # fmt: skip
MORE: dict[str, list[dict[str, Any]]] = {
    "ego": [{"depth": "2"}, {"depth": "3"}],
    "all_paths_within": [{"steps": "2"}, {"steps": "4"}],
    "timeline": [{"since": "2015-11", "until": "2016-03", "country": "BE"}],
    "cross_border_ties": [{"rule": "residence"}],
    "pairs_by_event_across_border": [{"kind": "attack"}],
    "coordinators": [{"countries": "3"}],
    "plots_and_targets": [{"country": "BE"}],
}
MAY_BE_EMPTY = {"contradicting_claims"}


def questions() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, query in library().items():
        required = {p.name: ASKED[p.name] for p in query.parameters if p.required}
        yield name, required
        for more in MORE.get(name, ()):
            yield name, {**required, **more}


def test_the_library_has_what_it_should() -> None:
    assert set(library()) >= ISSUED


@pytest.fixture
def published(neo4j_server: Server, shipped_graph: Graph) -> Iterator[Neo4jEngine]:
    with open_published(shipped_graph, neo4j_server) as engine:
        yield engine


@both
def test_on_the_shipped_case(published: Neo4jEngine, shipped_graph: Graph) -> None:
    embedded = open_embedded(shipped_graph)
    for name, given in questions():
        query = named(name)
        bound = query.bind(given)
        ours = embedded.read(query.text, bound, Limits(rows=100_000))
        theirs = published.read(query.text, bound, Limits(rows=100_000))
        assert not difference(ours.rows, theirs.rows), name
        if name not in MAY_BE_EMPTY:
            assert ours.rows, f"{name} {given} shows nothing of the shipped case"
        if ours.rows:
            assert ours.columns == theirs.columns == list(query.columns), name
        # The order is part of the answer: each query orders by a key that no two rows share.
        same_order = [canonical([row]) for row in ours.rows] == [canonical([row]) for row in theirs.rows]
        assert same_order, name
