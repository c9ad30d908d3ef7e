"""Positions: the same each time, apart, by community, and staying when the data changes a little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from isthmus.case import Case
from isthmus.graph.record.rows import Claim, Record
from isthmus.views.grouping import adjacency, communities
from isthmus.views.layout import SPACE, layout
from isthmus.views.positions import positions
from tests.views.conftest import people, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def blocks(n: int, size: int, seed: int = 0) -> tuple[Ints, Ints]:
    """Ends of 3n ties, four of five within blocks of `size`."""
    rng = np.random.default_rng(seed)
    source = rng.integers(0, n, 3 * n)
    inside = np.minimum(n - 1, source // size * size + rng.integers(0, size, 3 * n))
    return source, np.where(rng.random(3 * n) < 0.8, inside, rng.integers(0, n, 3 * n))


def test_two_cliques_joined_by_one_tie_are_two_communities() -> None:
    pairs = (
        [(a, b) for a in range(5) for b in range(a)] + [(a, b) for a in range(5, 10) for b in range(5, a)] + [(0, 5)]
    )
    source, target = (np.array(ends) for ends in zip(*pairs, strict=True))
    found = communities(adjacency(11, source, target))
    assert len(set(found[:5])) == 1
    assert len(set(found[5:10])) == 1
    assert found[0] != found[5]
    assert found[10] == -1


def test_the_same_graph_gives_the_same_picture() -> None:
    source, target = blocks(300, 30)
    assert np.array_equal(layout(300, source, target).points, layout(300, source, target).points)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_tiny_graphs_have_positions(n: int) -> None:
    none = np.zeros(0, dtype=np.int64)
    assert layout(n, none, none).points.shape == (n, 2)
    chain = np.arange(max(0, n - 1))
    points = layout(n, chain, chain + 1).points
    assert np.isfinite(points).all()
    if n > 1:
        assert np.asarray(cKDTree(points).query(points, k=2)[0])[:, 1].min() > SPACE / 3


def test_hardly_any_two_nodes_touch_and_regions_lie_apart() -> None:
    source, target = blocks(900, 45)
    placed = layout(900, source, target)
    gaps = np.asarray(cKDTree(placed.points).query(placed.points, k=2)[0])[:, 1]
    assert np.quantile(gaps, 0.01) > SPACE * 0.6
    groups = [placed.points[placed.groups == g] for g in range(placed.groups.max() + 1)]
    centres = np.array([group.mean(axis=0) for group in groups])
    own = np.linalg.norm(placed.points[:, None] - centres[None], axis=2).argmin(axis=1)
    assert (own == placed.groups).mean() > 0.9


def kept_neighbours(points: NDArray[np.float64], distance: NDArray[np.float64]) -> float:
    """Share of each node's neighbours that are among as many nearest in the picture, on average."""
    near = np.linalg.norm(points[:, None] - points[None], axis=2).argsort(axis=1)
    shares = []
    for at, row in enumerate(distance):
        neighbours = np.flatnonzero(row == 1)
        if len(neighbours):
            shares.append(np.isin(near[at, 1 : len(neighbours) + 1], neighbours).mean())
    return float(np.mean(shares))


def stress(points: NDArray[np.float64], distance: NDArray[np.float64]) -> float:
    """Normalised stress after the best scaling: 0 is perfect."""
    drawn = np.linalg.norm(points[:, None] - points[None], axis=2)
    far = np.triu(np.isfinite(distance) & (distance > 0), 1)
    weight = 1.0 / distance[far] ** 2
    scale = (weight * drawn[far] * distance[far]).sum() / (weight * drawn[far] ** 2).sum()
    return float((weight * (scale * drawn[far] - distance[far]) ** 2).sum() / far.sum())


def test_distances_in_the_picture_follow_distances_in_the_graph() -> None:
    source, target = blocks(300, 30)
    distance = csgraph.shortest_path(adjacency(300, source, target), unweighted=True)
    chance = np.random.default_rng(0).random((300, 2))
    points = layout(300, source, target).points
    assert stress(points, distance) < 0.8 * stress(chance, distance)
    assert kept_neighbours(points, distance) > 3 * kept_neighbours(chance, distance)


@pytest.fixture
def ring(tmp_path: Path) -> Any:
    names = [f"p{number:02d}" for number in range(40)]
    triples = [*people(*names), *((a, "friend_of", b) for a, b in zip(names, names[1:] + names[:1], strict=True))]
    with Case.create(tmp_path / "ring.case") as case:
        case.load(rows_of(triples), source="s")
        yield case


def places(case: Case, grouping: str = "community") -> dict[str, tuple[float, float]]:
    graph = case.graph
    found = positions(graph, graph.countries())[grouping]
    return dict(zip(graph.ids, zip(found["x"], found["y"], strict=True), strict=True))


def joined(case: Case, *triples: tuple[str, str, str]) -> None:
    record = Record("s", f"{triples}")
    case.load([record, *(Claim(record.id, *triple) for triple in triples)], source="s")


@pytest.mark.parametrize("grouping", ["community", "country"])
def test_who_was_drawn_before_stays_and_new_people_join_them(ring: Case, grouping: str) -> None:
    before = places(ring, grouping)
    joined(ring, *people("a new one"), ("a new one", "friend_of", "p03"))
    after = places(ring, grouping)
    assert {name: after[name] for name in before} == before
    gap = np.linalg.norm(np.subtract(after["a new one"], after["p03"]))
    assert SPACE * 0.5 < gap < SPACE * 6


@pytest.mark.parametrize("grouping", ["community", "country"])
def test_one_tie_more_moves_no_other_node_by_more_than_its_groups_radius(ring: Case, grouping: str) -> None:
    before = places(ring, grouping)
    joined(ring, ("p03", "friend_of", "p29"))
    after = places(ring, grouping)
    radius = np.ptp(np.array([*before.values()]), axis=0).max() / 2
    assert max(np.linalg.norm(np.subtract(after[name], before[name])) for name in before) <= radius
    assert after == before


def test_who_changes_country_moves_to_its_region_and_the_others_stay(ring: Case) -> None:
    joined(ring, *((f"p{number:02d}", "citizen_of", "FR" if number < 20 else "BE") for number in range(39)))
    before = places(ring, "country")
    joined(ring, ("p39", "citizen_of", "FR"))
    after = places(ring, "country")
    assert {name for name in before if after[name] != before[name]} <= {"p39", "FR", "BE"}
    french, belgian = ([after[f"p{number:02d}"] for number in part] for part in (range(20), range(20, 39)))
    gaps = [np.linalg.norm(np.subtract(np.mean(region, axis=0), after["p39"])) for region in (french, belgian)]
    assert gaps[0] < gaps[1]


def test_a_picture_leaves_the_case_as_it_is(ring: Case) -> None:
    state, changes = ring.file.state, ring.file.connection.total_changes
    assert len(places(ring)) == 40
    assert (ring.file.state, ring.file.connection.total_changes) == (state, changes)


def test_without_a_cache_there_are_positions_too(ring: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(places(ring)) == 40


def test_ties_told_twice_are_one_cell_and_each_row_is_in_order_whatever_release_of_scipy_made_it() -> None:
    matrix = adjacency(4, np.array([3, 0, 3, 2, 1]), np.array([0, 3, 1, 3, 1]))
    assert matrix.indptr.tolist() == [0, 1, 2, 3, 6]
    assert matrix.indices.tolist() == [3, 3, 3, 0, 1, 2]
    assert matrix.data.tolist() == [2, 1, 1, 2, 1, 1]
