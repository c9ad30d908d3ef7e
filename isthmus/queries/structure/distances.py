"""Shortest paths between all pairs, counted by length.

Breadth-first search from many nodes at once, one bit a start (Then et al. 2014, "The more the merrier", PVLDB 8(4)):
memory grows with the nodes, not with their pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.structure.simple import Simple

_WORDS = 16  # of 64 starts each, at once


class Distances(NamedTuple):
    """`pairs[d]`: ordered pairs of nodes at distance d (`pairs[0]` is 0). Of each of `starts`, where paths begin: `reach`,
    the distance of the farthest node that it reaches, 0 without ties; how many it reaches; the sum of their distances
    and that of one over each.
    """

    pairs: NDArray[np.int64]
    starts: NDArray[np.int64]
    reach: NDArray[np.int64]
    reached: NDArray[np.int64]
    total: NDArray[np.int64]
    inverse: NDArray[np.float64]

    @property
    def mean(self) -> float | None:
        """Mean distance over the pairs that a path joins; None if there are none."""
        joined = int(self.reached.sum())
        return float(self.total.sum()) / joined if joined else None

    def margins(self, n: int) -> tuple[float, float]:
        """Half the width of 95 % intervals of the mean distance and of the global efficiency among `n` nodes.

        For starts drawn at random without replacement; the first is a ratio of two means (Cochran 1977, Sampling
        Techniques, eq. 6.13).
        """
        count = len(self.reached)
        still = 1.96 * np.sqrt(max(1 - count / n, 0.0) / count)
        off = self.total - (self.mean or 0.0) * self.reached
        mean = float(still * off.std(ddof=1) / self.reached.mean()) if self.reached.any() else 0.0
        return mean, float(still * self.inverse.std(ddof=1) / (n - 1))


def distances(graph: Simple, starts: NDArray[np.int64] | None = None) -> Distances:
    """Distances in ties between all pairs that a path joins, or from the nodes `starts` to all."""
    reach = np.zeros(graph.n, np.int64)
    reached, total, inverse = reach.copy(), reach.copy(), np.zeros(graph.n)
    chosen = np.arange(graph.n) if starts is None else starts
    tied = np.flatnonzero(graph.degree)  # reduceat needs at least one neighbour a node
    if not len(tied):
        return Distances(np.zeros(1, np.int64), chosen, reach[chosen], reached[chosen], total[chosen], inverse[chosen])
    place = np.zeros(graph.n, np.int64)
    place[tied] = np.arange(len(tied))
    neighbours, start = place[graph.neighbours], graph.start[tied]
    totals: list[int] = [0]
    begun = place[chosen[graph.degree[chosen] > 0]]
    for first in range(0, len(begun), 64 * _WORDS):
        block = begun[first : first + 64 * _WORDS]
        for length, found in enumerate(_levels(neighbours, start, block, len(tied)), start=1):
            if length == len(totals):
                totals.append(0)
            totals[length] += int(found.sum())
            nodes = tied[block]
            reach[nodes[found > 0]] = length
            reached[nodes] += found
            total[nodes] += length * found
            inverse[nodes] += found / length
    return Distances(np.array(totals, np.int64), chosen, reach[chosen], reached[chosen], total[chosen], inverse[chosen])


def _levels(
    neighbours: NDArray[np.int64], start: NDArray[np.int64], block: NDArray[np.int64], n: int
) -> list[NDArray[np.int64]]:
    """For each length, how many nodes each start of `block` meets first at that length."""
    bit = np.arange(len(block))
    front = np.zeros((n, -(-len(block) // 64)), np.uint64)
    front[block, bit // 64] = np.left_shift(np.uint64(1), (bit % 64).astype(np.uint64))
    seen = front.copy()
    levels: list[NDArray[np.int64]] = []
    while True:
        front = np.bitwise_or.reduceat(front[neighbours], start, axis=0) & ~seen
        if not front.any():
            return levels
        seen |= front
        levels.append(_by_start(front, len(block)))


def _by_start(front: NDArray[np.uint64], count: int) -> NDArray[np.int64]:
    """How many nodes have the bit of each start."""
    found = np.zeros(front.shape[1] * 64, np.int64)
    for word in range(front.shape[1]):
        column = front[:, word]
        column = column[column != 0]
        octets = column.astype("<u8").view(np.uint8).reshape(-1, 8)
        found[word * 64 : word * 64 + 64] = np.unpackbits(octets, axis=1, bitorder="little").sum(axis=0)
    return found[:count]
