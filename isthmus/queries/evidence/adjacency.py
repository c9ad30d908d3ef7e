"""Ties as an adjacency that paths are looked up in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]


class Adjacency(NamedTuple):
    """Nodes 0..n-1; arcs by the node they leave (CSR): those of node i are start[i]:start[i + 1]."""

    n: int
    start: Ints
    to: Ints
    tie: Ints  # the tie that an arc belongs to; both directions of a tie have the same
    ties: int

    def arcs(self, node: int) -> range:
        """Arcs that leave a node."""
        return range(int(self.start[node]), int(self.start[node + 1]))

    def matrix(self, length: NDArray[np.float64]) -> csr_matrix[np.float64]:
        """The arcs as a sparse matrix whose entries are the lengths of their ties."""
        from scipy.sparse import csr_matrix

        return csr_matrix((length[self.tie], self.to, self.start), shape=(self.n, self.n))

    @property
    def origin(self) -> Ints:
        """The node that each arc leaves."""
        return np.repeat(np.arange(self.n), np.diff(self.start))

    def without(self, blocked: NDArray[np.bool_]) -> Adjacency:
        """The same nodes without the ties where `blocked` is true; ties keep their numbers."""
        keep = ~blocked[self.tie]
        count = np.bincount(self.origin[keep], minlength=self.n)
        return Adjacency(self.n, _offsets(count), self.to[keep], self.tie[keep], self.ties)


def adjacency(n: int, source: ArrayLike, target: ArrayLike) -> Adjacency:
    """Arcs of the ties between `source` and `target`, both ways. Several ties of a pair stay apart.

    Raises
    ------
    IndexError
        An end is no node.
    """
    tail, head = np.asarray(source, np.int64), np.asarray(target, np.int64)
    if len(tail) and (min(tail.min(), head.min()) < 0 or max(tail.max(), head.max()) >= n):
        raise IndexError(f"an end lies outside 0..{n - 1}")
    tie = np.concatenate([np.arange(len(tail))] * 2)
    tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
    order = np.argsort(tail, kind="stable")
    return Adjacency(n, _offsets(np.bincount(tail, minlength=n)), head[order], tie[order], tie.max(initial=-1) + 1)


def _offsets(count: Ints) -> Ints:
    start = np.zeros(len(count) + 1, np.int64)
    np.cumsum(count, out=start[1:])
    return start


def hops_to(graph: Adjacency, target: int) -> Ints:
    """Number of ties from each node to `target`; -1 where it cannot be reached."""
    hops = np.full(graph.n, -1, np.int64)
    hops[target] = 0
    front = np.array([target])
    while len(front):
        counts = graph.start[front + 1] - graph.start[front]
        ends = np.cumsum(counts)
        within = np.arange(ends[-1]) - np.repeat(ends - counts, counts)
        found = np.unique(graph.to[np.repeat(graph.start[front], counts) + within])
        found = found[hops[found] < 0]
        hops[found] = hops[front[0]] + 1
        front = found
    return hops
