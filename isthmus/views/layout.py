"""Positions for a picture of a graph: each community has a region of its own, and nothing in it overlaps.

Seeded: the same graph gives the same picture. Units are those of the page, where a node is 10 to 25 across.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from isthmus.views.grouping import adjacency, communities
from isthmus.views.regions import place_regions

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Ints = NDArray[np.int64]
    Points = NDArray[np.float64]

SPACE = 34.0  # room a node asks for, side to side
_LARGE = 220  # regions above this size are divided into their own communities
_FULL = 150  # communities up to this size are laid out by all distances, larger ones by pivots
_PIVOTS = 40
_STARTERS = 20  # pivots that the first positions are made from
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


class Placed(NamedTuple):
    """Positions and the region of each node; region -1 is for nodes without a tie."""

    points: Points  # n × 2
    groups: Ints


def layout(n: int, source: Ints, target: Ints, *, groups: Ints | None = None, seed: int = 1) -> Placed:
    """Positions of `n` nodes with ties between `source` and `target`.

    `groups` gives the regions, -1 for none; without it they are the graph's communities. An empty graph gives
    empty arrays.
    """
    matrix = adjacency(n, source, target)
    if groups is None:
        groups = communities(matrix, seed)
    points = _placed(matrix, groups, seed)
    tied = np.flatnonzero(groups >= 0)
    points[tied] = _spread(points[tied], SPACE * 0.86)
    _shelve(points, np.flatnonzero(groups < 0))
    return Placed(points, groups)


def _placed(matrix: sparse.csr_matrix, groups: Ints, seed: int) -> Points:
    """Regions beside each other, each laid out by itself and turned towards what it is tied to."""
    points = np.zeros((len(groups), 2))
    members = _members(groups)
    inner = [_region(matrix[own][:, own], seed) for own in members]
    radii = np.array([np.hypot(placed[:, 0], placed[:, 1]).max() + SPACE * 0.5 for placed in inner])
    centres = place_regions(_between(matrix, groups, len(members)), radii, SPACE, seed)
    for own, placed, centre in zip(members, inner, centres, strict=True):
        points[own] = centre + placed
    for own, centre in zip(members, centres, strict=True):
        points[own] = centre + _turned(points, own, centre, matrix, groups)
    return points


def _region(matrix: sparse.csr_matrix, seed: int) -> Points:
    """One region about its centre: a disc, or, if it is large, its own communities as smaller regions."""
    n = matrix.shape[0]
    if n > _LARGE:
        parts = communities(matrix, seed)
        if 1 < parts.max() + 1 < n / 4:
            points = _placed(matrix, parts, seed)
            centred: Points = points - (points.min(axis=0) + points.max(axis=0)) / 2.0
            return centred
    return _fitted(_inside(matrix, seed), SPACE * (0.72 * np.sqrt(n) + 0.1))


def _members(groups: Ints) -> list[Ints]:
    order = np.argsort(groups, kind="stable")
    order = order[groups[order] >= 0]
    return np.split(order, np.flatnonzero(np.diff(groups[order])) + 1) if len(order) else []


def _between(matrix: sparse.csr_matrix, groups: Ints, k: int) -> NDArray[np.float64]:
    """Number of ties between each two regions."""
    tied = matrix.tocoo()
    inside = (groups[tied.row] >= 0) & (groups[tied.col] >= 0)
    pairs = groups[tied.row[inside]] * k + groups[tied.col[inside]]
    counts = np.bincount(pairs, weights=tied.data[inside], minlength=k * k).astype(np.float64)
    square = counts.reshape(k, k)
    np.fill_diagonal(square, 0.0)
    return square


def _spiral(n: int) -> Points:
    at = np.arange(n, dtype=np.float64)
    reach, angle = np.sqrt(at + 0.5), at * _GOLDEN
    spiral: Points = np.column_stack([reach * np.cos(angle), reach * np.sin(angle)])
    return spiral


def _inside(matrix: sparse.csr_matrix, seed: int) -> Points:
    """A community by itself: distances in the picture follow distances in the graph."""
    n = matrix.shape[0]
    if n <= 2:
        ends: Points = np.array([[-0.5, 0.0], [0.5, 0.0]], dtype=np.float64)
        return ends if n == 2 else np.zeros((n, 2))
    pivots = np.arange(n) if n <= _FULL else _spread_pivots(matrix, _PIVOTS, seed)
    distance = csgraph.shortest_path(matrix, unweighted=True, indices=pivots)
    finite = distance[np.isfinite(distance)].max(initial=1.0)
    distance = np.where(np.isfinite(distance), distance, finite + 1.0)
    start = _pivot_mds(distance[:: max(1, len(pivots) // _STARTERS)], seed)
    return _stress(start, distance, pivots, matrix if n > _FULL else None)


def _spread_pivots(matrix: sparse.csr_matrix, count: int, seed: int) -> Ints:
    return np.sort(np.random.default_rng(seed).choice(matrix.shape[0], count, replace=False))


def _pivot_mds(distance: NDArray[np.float64], seed: int) -> Points:
    """Brandes and Pich (2007), Eigensolver methods for progressive multidimensional scaling, LNCS 4372."""
    squared = distance.T**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    points = centred @ _leading(centred.T @ centred, seed)
    points *= distance.mean() / max(float(np.hypot(points[:, 0], points[:, 1]).mean()), 1e-9)
    jitter = np.random.default_rng(seed).normal(scale=0.05, size=points.shape)  # nodes at equal distances coincide
    start: Points = points + jitter + 0.02 * _spiral(len(points))
    return start


def _leading(matrix: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Two leading eigenvectors by power iteration: for thousands of tiny matrices a library's set-up costs more."""
    pair = np.random.default_rng(seed).normal(size=(len(matrix), 2))
    for _ in range(30):
        pair = matrix @ pair
        pair[:, 0] /= max(float(np.sqrt(pair[:, 0] @ pair[:, 0])), 1e-12)
        pair[:, 1] -= pair[:, 0] * (pair[:, 0] @ pair[:, 1])
        pair[:, 1] /= max(float(np.sqrt(pair[:, 1] @ pair[:, 1])), 1e-12)
    return pair


def _stress(points: Points, distance: NDArray[np.float64], pivots: Ints, matrix: sparse.csr_matrix | None) -> Points:
    """Stress by majorisation, towards the pivots and, where these are few, along the ties.

    Gansner, Koren and North (2005), LNCS 3383; sparse as Ortmann, Klimenta and Brandes (2016), LNCS 9801.
    """
    weight = 1.0 / np.maximum(distance, 1.0) ** 2
    weight[distance == 0] = 0.0
    tied = matrix.tocoo() if matrix is not None else None
    for _ in range(20 if matrix is None else 10):
        gap = points[None, :, :] - points[pivots][:, None, :]
        length = np.maximum(np.sqrt((gap**2).sum(axis=2)), 1e-9)
        goal = points[pivots][:, None, :] + gap * (distance / length)[:, :, None]
        pulled, mass = (weight[:, :, None] * goal).sum(axis=0), weight.sum(axis=0)
        if tied is not None:
            pull, pulls = _along_ties(points, tied.row.astype(np.int64), tied.col.astype(np.int64))
            strength = 4.0 * len(pivots) / max(1.0, float(pulls.mean())) * 0.05
            pulled, mass = pulled + strength * pull, mass + strength * pulls
        points = pulled / np.maximum(mass, 1e-9)[:, None]
    return points


def _along_ties(points: Points, row: Ints, col: Ints) -> tuple[Points, NDArray[np.float64]]:
    gap = points[row] - points[col]
    length = np.maximum(np.sqrt((gap**2).sum(axis=1)), 1e-9)
    goal = points[col] + gap / length[:, None]
    sums = [np.bincount(row, weights=goal[:, axis], minlength=len(points)) for axis in (0, 1)]
    return np.column_stack(sums), np.bincount(row, minlength=len(points)).astype(float)


def _fitted(points: Points, radius: float) -> Points:
    """Centred and scaled so that the points fill a disc evenly: ranks decide how far out each lies, half and half."""
    n = len(points)
    if n < 2:
        return np.zeros((n, 2))
    points = points - points.mean(axis=0)
    reach = np.hypot(points[:, 0], points[:, 1])
    angle = np.arctan2(points[:, 1], points[:, 0])
    rank = np.empty(n)
    rank[np.argsort(reach, kind="stable")] = np.sqrt((np.arange(n) + 0.5) / n)
    far = 0.45 * reach / max(reach.max(), 1e-9) + 0.55 * rank
    return np.column_stack([far * np.cos(angle), far * np.sin(angle)]) * radius


def _turned(points: Points, own: Ints, centre: Points, matrix: sparse.csr_matrix, groups: Ints) -> Points:
    """A region's points turned about its centre, so that those with ties outside lie on that side."""
    local = points[own] - centre
    rows = matrix[own].tocoo()
    outside = (groups[rows.col] != groups[own[0]]) & (groups[rows.col] >= 0)
    if not outside.any():
        return local
    away = points[rows.col[outside]] - centre
    away = away / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)[:, None]
    mine = local[rows.row[outside]]
    turn = np.angle(np.sum((away[:, 0] + 1j * away[:, 1]) * (mine[:, 0] - 1j * mine[:, 1])))
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    turned: Points = local @ spin
    return turned


def _spread(points: Points, least: float) -> Points:
    """Points pushed apart until hardly any two lie closer than `least`."""
    points = points.copy()
    for _ in range(40 if len(points) <= 20000 else 6):
        pairs = cKDTree(points).query_pairs(least, output_type="ndarray")
        if not len(pairs):
            break
        gap = points[pairs[:, 0]] - points[pairs[:, 1]]
        length = np.hypot(gap[:, 0], gap[:, 1])
        same = length < 1e-6
        gap[same] = np.column_stack([np.cos(pairs[same, 0]), np.sin(pairs[same, 0])])
        push = 0.5 * (least - np.where(same, 0.0, length)) / np.where(same, 1.0, length)
        for side, sign in ((0, 0.6), (1, -0.6)):
            for axis in (0, 1):
                points[:, axis] += sign * np.bincount(
                    pairs[:, side], weights=gap[:, axis] * push, minlength=len(points)
                )
    return points


def _shelve(points: Points, alone: Ints) -> None:
    """Nodes without a tie stand in rows under the picture."""
    if not len(alone):
        return
    tied = np.setdiff1d(np.arange(len(points)), alone)
    left, right, bottom = (
        (points[tied, 0].min(), points[tied, 0].max(), points[tied, 1].max()) if len(tied) else (0.0, 0.0, 0.0)
    )
    step = SPACE * 0.6
    columns = max(int((right - left) / step), int(np.ceil(np.sqrt(len(alone) * 2.0))))
    at = np.arange(len(alone))
    points[alone, 0] = left + (at % columns) * step
    points[alone, 1] = bottom + 2.0 * SPACE + (at // columns) * step
