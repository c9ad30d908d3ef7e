from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from isthmus.queries import measures
from isthmus.queries.measures import Network, brandes, network
from isthmus.queries.measures.cutting import cut_off, cut_ties
from isthmus.queries.measures.lengths import weighted_moments

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

# Krackhardt's kite, Administrative Science Quarterly 35 (1990) 342-369: the textbook case where degree, betweenness
# and closeness name three different people.
KITE = nx.krackhardt_kite_graph()


def of(reference: nx.Graph[int]) -> Network:
    pairs = np.array(list(reference.edges), dtype=np.int64).reshape(-1, 2)
    weights = [data.get("weight", 1.0) for *_, data in reference.edges(data=True)]
    return network(reference.number_of_nodes(), pairs[:, 0], pairs[:, 1], weights)


def random_reference(n: int, m: int, seed: int) -> nx.Graph[int]:
    made: nx.Graph[int] = nx.gnm_random_graph(n, m, seed=seed)
    random = np.random.default_rng(seed)
    for a, b in made.edges:
        made.edges[a, b]["weight"] = float(random.uniform(0.1, 2))
    return made


def listed(values: dict[int, float]) -> NDArray[np.float64]:
    return np.array([values[node] for node in sorted(values)])


def test_kite_names_three_people() -> None:
    kite = of(KITE)
    assert int(np.argmax(measures.degree_centrality(kite))) == 3  # Diane
    assert int(np.argmax(measures.betweenness_centrality(kite))) == 7  # Heather
    close = measures.closeness_centrality(kite)
    assert sorted(np.argsort(close)[-2:].tolist()) == [5, 6]  # Fernando and Garth
    assert close[5] == pytest.approx(9 / 14)
    assert measures.betweenness_centrality(kite)[7] == pytest.approx(14 / 36)


def with_two_neighbours(graph: nx.Graph[int]) -> dict[int, float]:
    """NetworkX's clustering, which is 0 where no pair of neighbours is: NaN there."""
    shares: Any = nx.clustering(graph)
    return {node: share if graph.degree(node) > 1 else np.nan for node, share in shares.items()}


NODE: list[tuple[Callable[[Network], NDArray[np.float64]], Callable[..., Any]]] = [
    (measures.degree_centrality, nx.degree_centrality),
    (measures.strength, lambda g: dict(g.degree(weight="weight"))),
    (measures.betweenness_centrality, nx.betweenness_centrality),
    (measures.closeness_centrality, nx.closeness_centrality),
    (measures.pagerank, lambda g: nx.pagerank(g, tol=1e-14, max_iter=2000)),
    (measures.clustering, lambda g: with_two_neighbours(g)),
    (lambda g: measures.core_number(g).astype(float), nx.core_number),
    (measures.constraint, lambda g: nx.constraint(g, weight="weight")),
    (measures.effective_size, nx.effective_size),
]


@pytest.mark.parametrize(("n", "m"), [(12, 9), (60, 150), (400, 1600)])
@pytest.mark.parametrize("at", range(len(NODE)))
def test_nodes_equal_networkx(at: int, n: int, m: int) -> None:
    ours, theirs = NODE[at]
    reference = random_reference(n, m, seed=n)
    np.testing.assert_allclose(ours(of(reference)), listed(theirs(reference)), atol=1e-9, rtol=1e-9)


def test_two_thousand_nodes_equal_networkx() -> None:
    reference = random_reference(2000, 5000, seed=4)
    ours = of(reference)
    for name in ("degree_centrality", "clustering", "core_number", "constraint"):
        theirs = getattr(nx, name)(reference, **({"weight": "weight"} if name == "constraint" else {}))
        theirs = with_two_neighbours(reference) if name == "clustering" else theirs
        np.testing.assert_allclose(getattr(measures, name)(ours), listed(theirs), atol=1e-9)
    some = np.arange(0, 2000, 20)  # the paths that begin at a hundred of them: all would take NetworkX a minute
    theirs = nx.betweenness_centrality_subset(reference, some.tolist(), list(reference))
    found = brandes.dependencies(ours, some)
    assert found is not None
    np.testing.assert_allclose(found / 2, listed(theirs), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("n", [30, 300])
def test_eigenvector_equals_networkx(n: int) -> None:
    reference = random_reference(n, 4 * n, seed=2)
    assert nx.is_connected(reference)
    theirs = nx.eigenvector_centrality(reference, max_iter=5000, tol=1e-13)
    np.testing.assert_allclose(measures.eigenvector_centrality(of(reference)), listed(theirs), atol=1e-9)


def test_eigenvector_in_parts() -> None:
    apart = network(6, [0, 0, 1, 3, 3], [1, 2, 2, 4, 5])  # a triangle (eigenvalue 2) and a path of three (root of 2)
    assert measures.eigenvector_centrality(apart) == pytest.approx([3**-0.5] * 3 + [0] * 3)
    assert measures.eigenvector_centrality(network(3, [], [])).tolist() == [0, 0, 0]


def test_equal_parts_share_the_leading_eigenvector() -> None:
    """Two triangles and an edge: in whatever order they come, six share and two have 0."""
    for order in ([0, 1, 2, 3, 4, 5, 6, 7], [7, 3, 1, 5, 6, 0, 2, 4]):
        ends = np.array(order)[np.array([[0, 1, 0, 3, 4, 3, 6], [1, 2, 2, 4, 5, 5, 7]])]
        found = measures.eigenvector_centrality(network(8, *ends))[order]
        assert found == pytest.approx([6**-0.5] * 6 + [0, 0])


def test_weights_decide_which_part_leads() -> None:
    triangle_and_pair = network(5, [0, 1, 0, 3], [1, 2, 2, 4], [1, 1, 1, 5])
    found = measures.eigenvector_centrality(triangle_and_pair, weighted=True)
    assert found == pytest.approx([0, 0, 0, 0.5**0.5, 0.5**0.5])


@pytest.mark.parametrize(("n", "m"), [(12, 9), (60, 150), (400, 1200)])
def test_weighted_paths_equal_networkx(n: int, m: int) -> None:
    """Lengths are 60/w there: NetworkX compares sums of 1/w as they come out, and misses paths that are equally long."""
    reference: nx.Graph[int] = nx.gnm_random_graph(n, m, seed=n)
    random = np.random.default_rng(n)
    for a, b in reference.edges:
        weight = int(random.integers(1, 6))
        reference.edges[a, b].update(weight=weight, length=60 // weight)
    ours = of(reference)
    theirs = nx.betweenness_centrality(reference, weight="length")
    np.testing.assert_allclose(measures.weighted_betweenness(ours), listed(theirs), atol=1e-12)
    pairs = list(zip(ours.source.tolist(), ours.target.tolist(), strict=True))
    over = nx.edge_betweenness_centrality(reference, weight="length")
    expected = [over.get(pair, over.get(pair[::-1], np.nan)) for pair in pairs]
    np.testing.assert_allclose(measures.weighted_edge_betweenness(ours), expected, atol=1e-12)
    total, squares = weighted_moments(ours, np.arange(n))
    np.testing.assert_allclose(total, measures.weighted_betweenness(ours, normalized=False) * 2, atol=1e-9)
    assert (squares * n >= total**2 - 1e-6).all()


def test_weighted_paths_of_several_networks_at_a_time() -> None:
    parts = [of(random_reference(n, 2 * n, seed=n)) for n in (7, 12, 9)]
    starts = np.array([0, 7, 19])
    source, target = (
        np.concatenate([getattr(part, end) + at for part, at in zip(parts, starts, strict=True)])
        for end in ("source", "target")
    )
    joined = Network(28, source, target, np.concatenate([part.weight for part in parts]), starts)
    expected = [measures.weighted_betweenness(part, normalized=False) for part in parts]
    found = measures.weighted_betweenness(joined, normalized=False)
    np.testing.assert_allclose(found, np.concatenate(expected), atol=1e-9)
    assert measures.weighted_betweenness(network(3, [], [])).tolist() == [0, 0, 0]


@pytest.mark.parametrize("pairs", [[(0, 1), (0, 2), (0, 3)], [(3, 0), (1, 0), (0, 2)]])
def test_every_tie_of_a_star_is_a_bridge(pairs: list[tuple[int, int]]) -> None:
    """Releases of rustworkx before 0.18 miss those that they meet first."""
    star = network(4, *np.array(pairs).T)
    assert measures.bridges(star).tolist() == [0, 1, 2]
    assert cut_ties(star).tolist() == [1, 1, 1]


def test_ties_equal_networkx() -> None:
    reference = random_reference(70, 90, seed=8)
    ours = of(reference)
    pairs = list(zip(ours.source.tolist(), ours.target.tolist(), strict=True))
    theirs = nx.edge_betweenness_centrality(reference)
    found = measures.edge_betweenness_centrality(ours)
    np.testing.assert_allclose(found, [theirs.get(pair, theirs.get(pair[::-1], np.nan)) for pair in pairs], atol=1e-9)
    cut: Any = nx.bridges(reference)
    assert {pairs[row] for row in measures.bridges(ours)} == {(min(pair), max(pair)) for pair in cut}
    assert measures.articulation_points(ours).tolist() == sorted(nx.articulation_points(reference))
    parts = [set(np.flatnonzero(measures.connected_components(ours) == part).tolist()) for part in range(200)]
    assert {frozenset(part) for part in parts if part} == {
        frozenset(part) for part in nx.connected_components(reference)
    }


def test_mixing_equals_networkx() -> None:
    reference = random_reference(80, 200, seed=5)
    colour = {node: node % 3 for node in reference}
    nx.set_node_attributes(reference, colour, "colour")
    ours = of(reference)
    assert measures.degree_assortativity_coefficient(ours) == pytest.approx(
        nx.degree_assortativity_coefficient(reference), abs=1e-9
    )
    assert measures.attribute_assortativity_coefficient(ours, list(colour.values())) == pytest.approx(
        nx.attribute_assortativity_coefficient(reference, "colour"), abs=1e-9
    )


@pytest.mark.parametrize(("n", "m"), [(1200, 3000), (1100, 6000)])
def test_many_sources_at_a_time_equal_one_by_one(n: int, m: int) -> None:
    ours = of(random_reference(n, m, seed=6))
    found = brandes.dependencies(ours, np.arange(n))
    assert found is not None
    exact = measures.betweenness_centrality(ours)
    np.testing.assert_allclose(found / (n - 1) / (n - 2), exact, atol=1e-12)


@pytest.mark.parametrize(("n", "m", "k"), [(1500, 4000, 300), (300, 320, 100)])
def test_estimated_betweenness_is_as_near_as_it_says(n: int, m: int, k: int) -> None:
    ours = of(random_reference(n, m, seed=9))
    exact = measures.betweenness_centrality(ours)
    inside = []
    for seed in range(20):
        value, margin = measures.betweenness_estimate(ours, k, seed=seed)
        inside.append(np.abs(value - exact) <= margin)
        assert np.corrcoef(value, exact)[0, 1] > 0.9
    assert np.mean(inside) >= 0.95


def test_an_estimate_is_right_on_average_and_its_margin_shrinks() -> None:
    ours = of(random_reference(200, 400, seed=3))
    exact = measures.betweenness_centrality(ours)
    many = np.mean([measures.betweenness_estimate(ours, 100, seed=seed)[0] for seed in range(200)], axis=0)
    assert np.abs(many - exact).max() < 0.01
    wide, narrow = (measures.betweenness_estimate(ours, k)[1].max() for k in (100, 1000))
    assert narrow < wide / 3
    assert measures.betweenness_estimate(network(2, [0], [1]), 10)[0].tolist() == [0, 0]


def test_an_estimate_of_long_paths() -> None:
    ring = network(1500, np.arange(1500), (np.arange(1500) + 1) % 1500)
    value, margin = measures.betweenness_estimate(ring, 60)
    assert np.all(np.abs(value - measures.betweenness_centrality(ring)) <= margin)


def test_long_paths_are_left_to_the_other_way() -> None:
    ring = network(1500, np.arange(1500), (np.arange(1500) + 1) % 1500)
    assert brandes.dependencies(ring, np.arange(1500)) is None
    value = measures.betweenness_centrality(ring, single=True)
    assert value == pytest.approx(value[0])


def test_renaming_changes_nothing() -> None:
    reference = random_reference(50, 120, seed=3)
    order = np.random.default_rng(1).permutation(50)
    ours = of(reference)
    renamed = network(50, order[ours.source], order[ours.target], ours.weight)
    for measure, _ in NODE:
        np.testing.assert_allclose(measure(renamed)[order], measure(ours), atol=1e-9)


def test_empty_and_isolated() -> None:
    nothing, alone = network(0, [], []), network(3, [], [])
    for measure, _ in NODE:
        assert len(measure(nothing)) == 0
        assert len(measure(alone)) == 3
    assert measures.betweenness_centrality(alone).tolist() == [0, 0, 0]
    assert np.isnan(measures.constraint(alone)).all()
    assert measures.bridges(alone).tolist() == []
    assert np.isnan(measures.degree_assortativity_coefficient(alone))


def test_pairs_are_joined_and_loops_left_out() -> None:
    made = network(3, [0, 1, 2], [1, 0, 2], [0.5, 1.0, 9.0])
    assert (made.source.tolist(), made.target.tolist(), made.weight.tolist()) == ([0], [1], [1.5])
    with pytest.raises(IndexError, match=r"0\.\.2"):
        network(3, [0], [3])


@pytest.mark.parametrize("seed", range(6))
def test_what_falls_apart_equals_taking_it_away(seed: int) -> None:
    reference = random_reference(40, 42, seed=seed)
    ours = of(reference)
    whole = {node: len(part) for part in nx.connected_components(reference) for node in part}
    for node, value in enumerate(cut_off(ours)):
        rest = reference.subgraph(nx.node_connected_component(reference, node) - {node})
        sizes = [len(part) for part in nx.connected_components(rest)] or [0]
        assert value == sum(sizes) - max(sizes)
    cut = set(measures.bridges(ours).tolist())
    for row, value in enumerate(cut_ties(ours)):
        rest = reference.copy()
        a, b = int(ours.source[row]), int(ours.target[row])
        rest.remove_edge(a, b)
        side = len(nx.node_connected_component(rest, a))
        assert value == (min(side, whole[a] - side) if row in cut else 0)


def test_single_precision_keeps_the_order() -> None:
    from isthmus.queries.robustness.agreement import ranks, tau

    ours = of(random_reference(1200, 5000, seed=9))
    double, single = (measures.betweenness_centrality(ours, single=choice) for choice in (False, True))
    assert np.abs(double - single).max() < 1e-6 * double.max()
    assert tau(ranks(double), ranks(single)[None])[0] > 0.9999
