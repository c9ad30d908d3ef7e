"""Measures of a whole network, held to NetworkX and to graphs worked out on paper."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.queries.structure.cohesion import components, degree_assortativity, transitivity
from isthmus.queries.structure.communities import louvain, modularity
from isthmus.queries.structure.distances import distances
from isthmus.queries.structure.simple import Simple, simple
from tests.drawing import drawn

NEAR = 1e-9


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Simple, nx.Graph[int]]:
    n = draw(st.integers(1, 40))
    ends = st.integers(0, n - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=120))
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(n))
    made.add_edges_from((a, b) for a, b in pairs if a != b)
    return simple(n, [a for a, _ in pairs], [b for _, b in pairs]), made


@drawn(60)
@given(graphs())
def test_measures_agree_with_networkx(both: tuple[Simple, nx.Graph[int]]) -> None:
    graph, made = both
    assert graph.m == made.number_of_edges()
    assert graph.degree.tolist() == [made.degree(node) for node in range(graph.n)]
    assert len(set(components(graph).tolist())) == nx.number_connected_components(made)
    ours = transitivity(graph)
    if ours is None:
        assert all(degree < 2 for _, degree in made.degree())
    else:
        assert ours == pytest.approx(nx.transitivity(made), abs=NEAR)
    lengths = distances(graph)
    inverse = sum(float(count) / length for length, count in enumerate(lengths.pairs) if length)
    if graph.n > 1:
        assert inverse / (graph.n * (graph.n - 1)) == pytest.approx(nx.global_efficiency(made), abs=NEAR)
    for members in nx.connected_components(made):
        if len(members) > 1:
            assert max(lengths.reach[list(members)]) == nx.diameter(made.subgraph(members))


@drawn(60)
@given(graphs())
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NetworkX divides by nought where we give None
def test_assortativity_and_modularity_agree_with_networkx(both: tuple[Simple, nx.Graph[int]]) -> None:
    graph, made = both
    ours = degree_assortativity(graph)
    if ours is not None:
        assert ours == pytest.approx(nx.degree_assortativity_coefficient(made), abs=NEAR)
    parts = [node % 3 for node in range(graph.n)]
    sets = [part for number in range(3) if (part := {node for node in range(graph.n) if node % 3 == number})]
    if graph.m:
        assert modularity(graph, parts) == pytest.approx(nx.community.modularity(made, sets), abs=NEAR)


@pytest.mark.parametrize("seed", range(5))
def test_louvain_is_as_good_as_networkx_and_finds_what_was_planted(seed: int) -> None:
    made: nx.Graph[int] = nx.planted_partition_graph(6, 20, 0.5, 0.02, seed=seed)
    ends = list(made.edges())
    graph = simple(120, [a for a, _ in ends], [b for _, b in ends])
    found = louvain(graph, seed=seed, runs=3)
    assert found is not None
    planted = modularity(graph, [node // 20 for node in range(120)])
    assert planted is not None
    assert found.modularity >= planted - 1e-9
    reference = nx.community.modularity(made, nx.community.louvain_communities(made, seed=seed))
    assert found.modularity >= reference - 0.02
    assert found.lowest <= found.modularity == modularity(graph, found.community)


def test_more_starts_than_one_block_holds() -> None:
    made = nx.gnm_random_graph(1500, 3000, seed=5)
    ends = list(made.edges())
    graph = simple(1500, [a for a, _ in ends], [b for _, b in ends])
    expected = np.zeros(40, np.int64)
    for _, found in nx.all_pairs_shortest_path_length(made):
        expected[: max(found.values()) + 1] += np.bincount(list(found.values()))
    pairs = distances(graph).pairs
    assert pairs[1:].tolist() == expected[1 : len(pairs)].tolist()
    assert pairs[1:].sum() == expected[1:].sum()


def test_distances_from_some_are_as_near_as_they_say() -> None:
    made = nx.gnm_random_graph(600, 900, seed=4)
    source, target = zip(*made.edges, strict=True)
    graph = simple(600, source, target)
    whole = distances(graph)
    exact = float(whole.mean or 0), float(whole.inverse.mean()) / 599
    inside = []
    for seed in range(200):
        some = distances(graph, np.random.default_rng(seed).choice(600, 60, replace=False))
        found, margins = (float(some.mean or 0), float(some.inverse.mean()) / 599), some.margins(600)
        inside.append([abs(one - other) <= margin for one, other, margin in zip(found, exact, margins, strict=True)])
        assert some.reach.tolist() == whole.reach[some.starts].tolist()
    assert np.mean(inside, axis=0) == pytest.approx(0.95, abs=0.04)
    assert whole.margins(600) == (0, 0)


def test_two_triangles_joined_by_one_tie() -> None:
    # On paper: 7 ties; 2 triangles; degrees 2,2,3,3,2,2, so 4*1 + 2*3 = 10 paths of two ties; transitivity 6/10.
    # Modularity of the triangles: 6/7 within; ends 7 and 7 of 14, so 6/7 - 2 * (1/2)^2 = 5/14.
    graph = simple(6, [0, 0, 1, 2, 3, 3, 4], [1, 2, 2, 3, 4, 5, 5])
    assert transitivity(graph) == pytest.approx(0.6)
    assert modularity(graph, [0, 0, 0, 1, 1, 1]) == pytest.approx(5 / 14)
    found = louvain(graph, seed=1)
    assert found is not None
    assert found.modularity == pytest.approx(5 / 14)
    assert louvain(graph, seed=1, runs=1) is not None


def test_nothing_to_measure_gives_none() -> None:
    for graph in (simple(0, [], []), simple(3, [], []), simple(2, [1], [1])):
        assert transitivity(graph) is None
        assert degree_assortativity(graph) is None
        assert modularity(graph, [0] * graph.n) is None
        assert louvain(graph, seed=0) is None
        assert distances(graph).pairs.tolist() == [0]
    assert degree_assortativity(simple(3, [0, 1, 2], [1, 2, 0])) is None  # every end has degree 2


def test_an_end_that_is_no_node_is_refused() -> None:
    with pytest.raises(IndexError):
        simple(2, [0], [2])
