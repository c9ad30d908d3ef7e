from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.queries.evidence.adjacency import Adjacency, adjacency
from isthmus.queries.evidence.best import best_paths
from isthmus.queries.evidence.joined import noisy_or
from isthmus.queries.evidence.reliability import connection, draws_for, wilson
from isthmus.queries.evidence.shortest import all_shortest
from isthmus.queries.evidence.widest import weakest, widest
from tests.drawing import drawn

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Drawn by hand. Two ways from 0 to 3: by 1 (chances .9 and .9) and by 2 (.5 and 1); a third by 4 and 5.
#     0 -.9- 1 -.9- 3      0 -.5- 2 -1- 3      0 -.8- 4 -.8- 5 -.8- 3
SOURCE = np.array([0, 1, 0, 2, 0, 4, 5])
TARGET = np.array([1, 3, 2, 3, 4, 5, 3])
CHANCE = np.array([0.9, 0.9, 0.5, 1.0, 0.8, 0.8, 0.8])
DIAMOND = adjacency(6, SOURCE, TARGET)


def random_graph(seed: int, n: int, m: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    pairs = np.array(list(itertools.combinations(range(n), 2)))
    chosen = random.choice(len(pairs), size=min(m, len(pairs)), replace=False)
    return pairs[chosen], random.uniform(0.05, 0.95, len(chosen))


def test_a_copy_adds_nothing_and_another_origin_does() -> None:
    assert noisy_or([0], [7], [0.6], 2).tolist() == pytest.approx([0.6, 0.0])
    assert noisy_or([0, 0], [7, 7], [0.6, 0.6], 1)[0] == pytest.approx(0.6)
    assert noisy_or([0, 0], [7, 8], [0.6, 0.5], 1)[0] == pytest.approx(0.8)
    assert noisy_or([0, 0, 0], [7, 8, 7], [0.6, 0.5, 0.7], 1)[0] == pytest.approx(0.85)


def test_best_and_widest_differ_where_they_should() -> None:
    paths = best_paths(DIAMOND, CHANCE, 0, 3, k=9)
    assert [path.nodes for path in paths] == [(0, 1, 3), (0, 4, 5, 3), (0, 2, 3)]
    assert [path.chance for path in paths] == pytest.approx([0.81, 0.512, 0.5])
    wide = widest(DIAMOND, CHANCE, 0, 3)
    assert wide is not None
    assert wide.nodes == (0, 1, 3)
    assert weakest(paths[2], CHANCE) == 2
    without = widest(DIAMOND.without(np.array([True, *[False] * 6])), CHANCE, 0, 3)
    assert without is not None
    assert without.nodes == (0, 4, 5, 3)


def test_certain_ties_give_plain_shortest_paths() -> None:
    paths = best_paths(DIAMOND, np.ones(7), 0, 3, k=3)
    assert [len(path.ties) for path in paths] == [2, 2, 3]


@pytest.mark.parametrize("seed", range(8))
def test_best_paths_equal_networkx(seed: int) -> None:
    pairs, chance = random_graph(seed, 14, 30)
    reference: nx.Graph[int] = nx.Graph()
    reference.add_nodes_from(range(14))
    for (a, b), p in zip(pairs.tolist(), chance.tolist(), strict=True):
        reference.add_edge(a, b, length=-np.log(p))
    found = best_paths(adjacency(14, pairs[:, 0], pairs[:, 1]), chance, 0, 13, k=12)
    if not nx.has_path(reference, 0, 13):
        assert found == []
        return
    expected = list(itertools.islice(nx.shortest_simple_paths(reference, 0, 13, weight="length"), 12))
    assert [list(path.nodes) for path in found] == expected


@pytest.mark.parametrize("seed", range(6))
def test_shortest_and_widest_equal_networkx(seed: int) -> None:
    pairs, chance = random_graph(seed, 20, 32)
    graph = adjacency(20, pairs[:, 0], pairs[:, 1])
    reference: nx.Graph[int] = nx.Graph()
    reference.add_nodes_from(range(20))
    for (a, b), p in zip(pairs.tolist(), chance.tolist(), strict=True):
        reference.add_edge(a, b, p=p)
    tree = nx.maximum_spanning_tree(reference, weight="p")
    for target in range(1, 20):
        listed, count = all_shortest(graph, 0, target)
        wide = widest(graph, chance, 0, target)
        if not nx.has_path(reference, 0, target):
            assert (listed, count, wide) == ([], 0, None)
            continue
        expected = sorted(tuple(path) for path in nx.all_shortest_paths(reference, 0, target))
        assert (listed, count) == (expected, len(expected))
        along = nx.utils.pairwise(nx.shortest_path(tree, 0, target))
        assert wide is not None
        assert min(chance[list(wide.ties)]) == min(tree.edges[edge]["p"] for edge in along)


def test_shortest_list_is_cut_and_counted() -> None:
    source, target = np.array([0, 0, 0, 1, 2, 3]), np.array([1, 2, 3, 4, 4, 4])
    listed, count = all_shortest(adjacency(5, source, target), 0, 4, limit=2)
    assert listed == [(0, 1, 4), (0, 2, 4)]
    assert count == 3


def enumerated(graph: Adjacency, pairs: NDArray[np.int64], chance: NDArray[np.float64], target: int) -> float:
    total = 0.0
    for world in itertools.product([False, True], repeat=len(pairs)):
        holds = np.array(world)
        sample: nx.Graph[int] = nx.Graph()
        sample.add_nodes_from(range(graph.n))
        sample.add_edges_from(pairs[holds].tolist())
        if nx.has_path(sample, 0, target):
            total += float(np.prod(np.where(holds, chance, 1 - chance)))
    return total


def test_connection_on_paper() -> None:
    series = connection(adjacency(3, [0, 1], [1, 2]), np.array([0.5, 0.4]), 0, 2)
    parallel = connection(adjacency(2, [0, 0], [1, 1]), np.array([0.5, 0.4]), 0, 1)
    assert series.chance == pytest.approx(0.2)
    assert parallel.chance == pytest.approx(0.7)
    # three ways that share nothing: 1 - (1 - .81)(1 - .5)(1 - .512)
    assert connection(DIAMOND, CHANCE, 0, 3).chance == pytest.approx(1 - 0.19 * 0.5 * 0.488)
    assert connection(DIAMOND, CHANCE, 2, 2) == (1.0, 1.0, 1.0, 0)
    assert connection(adjacency(3, [0], [1]), np.array([0.5]), 0, 2).chance == 0.0


def test_what_hangs_off_does_not_matter() -> None:
    """One tie, and a thicket behind its end: the answer is that of the tie, and exact."""
    pairs, chance = random_graph(2, 12, 40)
    graph = adjacency(13, [12, *pairs[:, 0]], [0, *pairs[:, 1]])
    assert connection(graph, np.array([0.6, *chance]), 12, 0) == (0.6, 0.6, 0.6, 0)


@pytest.mark.parametrize("seed", range(4))
def test_exact_equals_enumeration(seed: int) -> None:
    pairs, chance = random_graph(seed, 6, 9)
    graph = adjacency(6, pairs[:, 0], pairs[:, 1])
    assert connection(graph, chance, 0, 5).chance == pytest.approx(enumerated(graph, pairs, chance, 5), abs=1e-12)


def test_drawn_equals_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    from isthmus.queries.evidence import reliability

    for seed in range(10):
        pairs, chance = random_graph(seed, 9, 16)
        graph = adjacency(9, pairs[:, 0], pairs[:, 1])
        exact = connection(graph, chance, 0, 8)
        assert exact.draws == 0
        with monkeypatch.context() as patch:
            patch.setattr(reliability, "EXACT", -1)
            drawn = connection(graph, chance, 0, 8, half_width=0.004, seed=seed)
        assert drawn.draws >= draws_for(0.004)
        assert abs(drawn.chance - exact.chance) < 0.008  # four standard errors at worst


def test_same_seed_same_answer_whatever_the_workers() -> None:
    pairs, chance = random_graph(3, 60, 150)
    graph = adjacency(60, pairs[:, 0], pairs[:, 1])
    one, four = (connection(graph, chance, 0, 59, seed=5, workers=count) for count in (1, 4))
    assert one == four
    assert one.draws > 0
    assert one.high - one.low <= 0.04


@drawn(40)
@given(st.integers(0, 10_000), st.integers(0, 39), st.floats(0.0, 1.0))
def test_raising_a_chance_never_lowers_the_connection(seed: int, tie: int, share: float) -> None:
    pairs, chance = random_graph(seed, 14, 40)
    graph = adjacency(14, pairs[:, 0], pairs[:, 1])
    raised = chance.copy()
    raised[tie] += share * (1 - raised[tie])
    before, after = (connection(graph, p, 0, 13, half_width=0.05) for p in (chance, raised))
    if before.draws == after.draws:  # a tie made certain can bring the exact answer within reach
        assert after.chance >= before.chance - 1e-12


def test_wilson() -> None:
    low, high = wilson(8, 10)  # Newcombe (1998) and R's binom.confint give 0.4902, 0.9433
    assert (low, high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert draws_for(0.03) == 1068
