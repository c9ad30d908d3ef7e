"""What a real server measures is what is measured here."""

from __future__ import annotations

from pathlib import Path as File
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from isthmus.graph.cypher.gds import sent
from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.table import Table
from isthmus.queries import measures
from isthmus.queries.evidence.best import best_paths, lengths
from isthmus.queries.evidence.steps import Steps
from isthmus.queries.gds.communities import TOLERANCE, leiden
from isthmus.queries.gds.measures import COUNTERPARTS, measured
from isthmus.queries.gds.paths import TOLERANCE as LENGTH
from isthmus.queries.gds.paths import k_shortest
from isthmus.queries.measures.catalogue import MEASURES
from isthmus.queries.measures.network import Network, network
from isthmus.queries.path import path
from isthmus.queries.profile import profile
from isthmus.queries.rank import rank
from isthmus.queries.structure.communities import louvain
from isthmus.queries.structure.simple import simple
from tests.drawing import drawn

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph

pytestmark = pytest.mark.neo4j
on_one_server = drawn(6, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Networks of up to 40 people with at least one tie, often in parts, with isolates and bridges."""
    n = draw(st.integers(2, 40))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m = draw(st.integers(1, 2 * n))
    source, target = chance.integers(0, n, m), chance.integers(0, n, m)
    return network(n, [0, *source], [1, *target], [1.0, *chance.uniform(0.01, 3, m)])


def _same(name: str, graph: Network, url: str) -> None:
    for weighted in (False, COUNTERPARTS[name].weighted is None):
        there = measured(name, graph, url, weighted=weighted)
        here = MEASURES[name].reading(weighted).value(graph)
        assert COUNTERPARTS[name].procedure in there.said
        np.testing.assert_allclose(there.values, here, rtol=0, atol=COUNTERPARTS[name].tolerance)


@pytest.mark.parametrize("name", COUNTERPARTS)
def test_the_shipped_case_ranks_alike(shipped_graph: Graph, gds: str, name: str) -> None:
    here = rank(shipped_graph, name, top=0, draws=5, levels=[0.1])
    there = rank(shipped_graph, name, top=0, draws=5, levels=[0.1], on=gds)
    keys = ["id", "other_id"] if MEASURES[name].of_ties else ["id"]
    for column in (*keys, "rank", "rank_low", "rank_high"):
        pd.testing.assert_series_equal(there.table[column], here.table[column])
    assert there.table["value"].tolist() == pytest.approx(here.table["value"].tolist(), abs=1e-6, nan_ok=True)
    assert there.robustness == here.robustness
    assert there.left_out == here.left_out
    assert there.claims == here.claims
    assert there.parameters["asked_of"].startswith("Graph Data Science 2.")
    assert there.parameters["asked_of"].endswith(gds)
    assert "asked_of" not in here.parameters


@on_one_server
@given(graph=networks())
def test_generated_networks_measure_alike(gds: str, graph: Network) -> None:
    for name in COUNTERPARTS:
        _same(name, graph, gds)


def test_equally_long_paths_count_alike(gds: str) -> None:
    """Weights 1 to 5, as people give them: many paths are equally long, but for the last digit of a sum of 1/w."""
    chance = np.random.default_rng(3)
    graph = network(60, chance.integers(0, 60, 150), chance.integers(0, 60, 150), chance.integers(1, 6, 150))
    there = measured("betweenness", graph, gds, weighted=True)
    np.testing.assert_allclose(there.values, measures.weighted_betweenness(graph), atol=1e-9)
    odd = network(3, [0, 1], [1, 2], [0.3, 1])
    with pytest.raises(BadQuestion, match="add --unweighted"):
        measured("betweenness", odd, gds, weighted=True)


def test_a_larger_network_measures_alike(gds: str) -> None:
    chance = np.random.default_rng(5)
    graph = network(1500, chance.integers(0, 1500, 2500), chance.integers(0, 1500, 2500), chance.uniform(0.1, 2, 2500))
    for name in COUNTERPARTS:
        _same(name, graph, gds)


@on_one_server
@given(graph=networks())
def test_cut_points_and_bridges_are_those_of_a_third_program(gds: str, graph: Network) -> None:
    reference: nx.Graph[int] = nx.Graph(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    with sent(gds, graph.source, graph.target, graph.weight, np.flatnonzero(graph.degree == 0)) as to:
        points = set(to.gds.articulation_points.stream(to.graph)["nodeId"])
        rows = to.gds.bridges.stream(to.graph)
        bridges = {frozenset(pair) for pair in zip(rows["from"].tolist(), rows["to"].tolist(), strict=True)}
    assert points == set(nx.articulation_points(reference))
    expected: list[Any] = list(nx.bridges(reference))  # pairs, whatever the stub says
    assert bridges == {frozenset(pair) for pair in expected}


def test_leiden_is_as_good_as_louvain_and_comes_again(shipped_graph: Graph, gds: str) -> None:
    here, there = profile(shipped_graph), profile(shipped_graph, on=gds)
    values = [dict(zip(one.table["measure"], one.table["value"], strict=True)) for one in (here, there)]
    assert values[1].pop("modularity") == pytest.approx(values[0].pop("modularity"), abs=TOLERANCE)
    assert values[0] == values[1]
    assert "Leiden" in there.method
    assert gds in there.method
    chance = np.random.default_rng(2)
    graph = simple(400, chance.integers(0, 400, 900), chance.integers(0, 400, 900))
    first, again = leiden(graph, gds, seed=3, runs=3)[0], leiden(graph, gds, seed=3, runs=3)[0]
    best = louvain(graph, seed=3, runs=3)
    assert best is not None
    assert first.modularity == pytest.approx(best.modularity, abs=TOLERANCE)
    assert first.community.tolist() == again.community.tolist()


@pytest.mark.parametrize(
    "target", ["najim-laachraoui", "brussels-airport-2016", "salzburg-arrests-2015", "mehdi-nemmouche"]
)
def test_paths_of_the_shipped_case(shipped_graph: Graph, gds: str, target: str) -> None:
    ends = ("Abdelhamid Abaaoud", target)
    for by in ("shortest", "evidence"):
        options: dict[str, Any] = {"by": by, "k": 8, "half_width": 0.1}
        here, there = path(shipped_graph, *ends, **options), path(shipped_graph, *ends, on=gds, **options)
        assert _chances(there) == pytest.approx(_chances(here), abs=1e-4)
        assert there.robustness["connected at all"] == here.robustness["connected at all"]
        assert there.parameters["asked_of"].endswith(gds)
        if by == "shortest":  # there are fewer than eight to each of these
            assert "further paths of the same length; -k shows more" not in here.left_out
            assert there.table.equals(here.table)
            assert there.robustness == here.robustness


def _chances(found: Any) -> list[float]:
    return sorted(found.robustness[key]["p"] for key in found.robustness if key.startswith("path "))


def test_more_equally_short_paths_than_shown_are_said(shipped_graph: Graph, gds: str) -> None:
    ends = ("Abdelhamid Abaaoud", "brussels-airport-2016")
    assert "further paths of the same length; -k shows more" in path(shipped_graph, *ends, k=1).left_out
    there = path(shipped_graph, *ends, k=1, on=gds)
    assert len(set(there.table["path"])) == 1
    assert "more paths of this length than the 1 shown" in there.caveats[-1]


@on_one_server
@given(graph=networks(), k=st.integers(1, 8))
def test_k_shortest_of_generated_networks(gds: str, graph: Network, k: int) -> None:
    chance = graph.weight / (graph.weight.max() + 1)
    none = np.zeros(graph.m, np.int64)
    walk = Steps(
        graph.n, graph.source, graph.target, chance, chance, chance, none, none, [[0]] * graph.m, {}, Table({})
    )
    ends = (0, graph.n - 1)
    here = best_paths(walk.graph, chance, *ends, k=k)
    there, _ = k_shortest(walk, lengths(chance), ends, k, gds)
    long: nx.Graph[int] = nx.Graph()
    long.add_weighted_edges_from(zip(graph.source, graph.target, lengths(chance), strict=True))
    expected = [nx.path_weight(long, list(found.nodes), "weight") for found in here]
    assert [nx.path_weight(long, list(nodes), "weight") for nodes in there] == pytest.approx(expected, abs=LENGTH)
    assert len(set(there)) == len(there)


def test_the_documentation_has_every_counterpart_and_its_tolerance() -> None:
    text = (File(__file__).parents[3] / "docs" / "cypher.md").read_text(encoding="utf-8")
    for name, there in COUNTERPARTS.items():
        agrees = f"{there.tolerance:g}" if there.tolerance else "exact"
        assert any(
            f"`rank {name}`" in line and f"`{there.procedure}`" in line and line.rstrip(" |").endswith(agrees)
            for line in text.splitlines()
        ), name
