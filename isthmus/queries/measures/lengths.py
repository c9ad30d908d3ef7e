"""Shortest paths where ties have lengths: a tie of weight w is 1/w long, as one who is often met is near.

Newman (2001), Phys. Rev. E 64, 016132; Brandes (2001), J. Math. Sociol. 25: 163-177. Many sources are done at a time:
scipy finds the distances, sparse products count the paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.queries.measures.network import Ints, Network, Reals

_CELLS = 400_000  # nodes times sources that are held at a time
_EQUAL = 1e-10  # lengths that differ by less, relative to the longer, are equal: sums of 1/w are not exact


class Share(NamedTuple):
    """Of some sources: what runs through each node and over each tie, one row a source."""

    nodes: Reals
    ties: Reals


def weighted_betweenness(graph: Network, *, normalized: bool = True) -> Reals:
    """Share of the shortest paths between others that run through each node, 0..1; a tie is 1/weight long.

    Weights are above 0. Normalised by (n-1)(n-2)/2.
    """
    total = _total(graph).nodes
    pairs = max((graph.n - 1) * (graph.n - 2), 1)  # each seen from both ends
    return total / pairs if normalized else total / 2


def weighted_edge_betweenness(graph: Network) -> Reals:
    """Share of all pairs' shortest paths that run over each tie, in the order of the ties; a tie is 1/weight long."""
    return _total(graph).ties / max(graph.n * (graph.n - 1), 1)


def weighted_moments(graph: Network, sources: Ints) -> tuple[Reals, Reals]:
    """For each node the sum, over `sources`, of what runs through it, and of its squares."""
    total, squares = np.zeros(graph.n), np.zeros(graph.n)
    for share in _shares(graph, list(sources[:, None])):
        total += share.nodes.sum(axis=0)
        squares += (share.nodes**2).sum(axis=0)
    return total, squares


def _total(graph: Network) -> Share:
    nodes, ties = np.zeros(graph.n), np.zeros(graph.m)
    for share in _shares(graph, _fronts(graph)):
        nodes += share.nodes.sum(axis=0)
        ties += share.ties.sum(axis=0)
    return Share(nodes, ties)


def _fronts(graph: Network) -> list[Ints]:
    """Every node as a source; of networks joined into one, which do not meet, one of each at a time."""
    if graph.starts is None:
        return list(np.arange(graph.n)[:, None])
    size = np.diff(np.append(graph.starts, graph.n))
    return [graph.starts[size > at] + at for at in range(int(size.max(initial=0)))]


def _shares(graph: Network, fronts: list[Ints]) -> Iterator[Share]:
    together = max(1, _CELLS // max(graph.n + 2 * graph.m, 1))
    ends = np.concatenate([graph.source, graph.target]), np.concatenate([graph.target, graph.source])
    length = 1.0 / np.concatenate([graph.weight, graph.weight])
    for at in range(0, len(fronts), together):
        some = fronts[at : at + together]
        yield _share(graph, some, _distances(graph, some), ends, length)


def _distances(graph: Network, fronts: list[Ints]) -> Reals:
    """From each front to every node, infinite where no path is."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    there = graph.weights
    far = csr_matrix((1.0 / there.data, there.indices, there.indptr), shape=there.shape)
    if all(len(front) == 1 for front in fronts):
        return np.asarray(dijkstra(far, indices=np.concatenate(fronts)))
    return np.stack([dijkstra(far, indices=front, min_only=True) for front in fronts])


def _share(graph: Network, fronts: list[Ints], far: Reals, ends: tuple[Ints, Ints], length: Reals) -> Share:
    """Brandes's accumulation along the ties that lie on shortest paths, every row of `far` for itself."""
    n, rows = graph.n, len(fronts)
    here, there = far[:, ends[0]], far[:, ends[1]]
    with np.errstate(invalid="ignore"):
        on_path = (here < there) & (np.abs(here + length - there) <= _EQUAL * there)
    row, tie = np.nonzero(on_path)
    before, after = row * n + ends[0][tie], row * n + ends[1][tie]
    start = np.zeros(rows * n)
    for at, front in enumerate(fronts):
        start[at * n + front] = 1.0
    paths = _summed(_matrix(after, before, np.ones(len(row)), rows * n), start)
    share = paths[before] / paths[after]
    back = _matrix(before, after, share, rows * n)
    owed = _summed(back, back @ np.ones(rows * n))
    over = share * (1.0 + owed[after])
    flat = np.asarray(
        np.bincount(row * graph.m + tie % max(graph.m, 1), weights=over, minlength=rows * graph.m), np.float64
    )
    owed[start > 0] = 0.0
    return Share(owed.reshape(rows, n), flat.reshape(rows, graph.m))


def _matrix(to: Ints, of: Ints, values: NDArray[np.float64], size: int) -> Any:  # a sparse matrix
    from scipy.sparse import csr_matrix

    return csr_matrix((values, (to, of)), shape=(size, size))


def _summed(step: Any, first: Reals) -> Reals:
    """first + step first + step² first + …: it ends, as no path comes back."""
    total, part = first.copy(), first
    while True:
        part = step @ part
        if not part.any():
            return total
        total += part
