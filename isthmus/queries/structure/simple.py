"""A simple undirected graph as arrays: what the measures read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Ints = NDArray[np.int64]


class Simple(NamedTuple):
    """Nodes 0..n-1; one pair a tie, `source` < `target`; and the same both ways, by node (CSR)."""

    n: int
    source: Ints
    target: Ints
    start: Ints  # neighbours of node i are neighbours[start[i]:start[i + 1]], in rising order
    neighbours: Ints

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.source)

    @property
    def degree(self) -> Ints:
        """Number of neighbours of each node."""
        return np.diff(self.start)


def simple(n: int, source: ArrayLike, target: ArrayLike) -> Simple:
    """The graph in which two nodes are tied once if they are tied at all; ties of a node to itself are left out.

    Raises
    ------
    IndexError
        An end is no node.
    """
    ends = np.stack([np.asarray(source, np.int64), np.asarray(target, np.int64)])
    if ends.size and (ends.min() < 0 or ends.max() >= n):
        raise IndexError(f"an end lies outside 0..{n - 1}")
    low, high = ends.min(axis=0), ends.max(axis=0)
    keys = np.unique((low * n + high)[low != high])
    first, second = (keys // n, keys % n) if n else (keys, keys)
    both = np.concatenate([first, second]), np.concatenate([second, first])
    order = np.lexsort((both[1], both[0]))
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(both[0], minlength=n), out=start[1:])
    return Simple(n, first, second, start, both[1][order])
