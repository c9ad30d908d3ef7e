"""The best evidenced paths: those whose ties are most likely all so."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from isthmus.queries.evidence.adjacency import Adjacency

    Reals = NDArray[np.float64]

HOP = 1e-9
"""Length of a tie beside -ln p: of paths with equal chance the one with fewer ties is better."""


class Path(NamedTuple):
    """Nodes and ties in their order; `chance` that all ties are so if they are independent."""

    nodes: tuple[int, ...]
    ties: tuple[int, ...]
    chance: float


def lengths(chance: Reals) -> Reals:
    """Length of each tie: -ln p, and a little for the hop; infinite where p is 0."""
    with np.errstate(divide="ignore"):
        long: Reals = -np.log(np.minimum(chance, 1.0)) + HOP
    return long


def best_paths(graph: Adjacency, chance: Reals, source: int, target: int, k: int = 1) -> list[Path]:
    """The `k` best paths without a repeated node, the best first; fewer where there are no more.

    Yen (1971), Management Science 17: 712-716, each deviation found by A* with the distance to the target in the
    whole graph, which never overestimates once ties are blocked (Hart, Nilsson & Raphael 1968). Paths through a
    tie of chance 0 are none.
    """
    long = lengths(chance)
    search = _Search(graph, long, to_target(graph, long, target), target)
    first = search.run((source,), frozenset())
    if first is None:
        return []
    waiting: list[tuple[float, int, tuple[int, ...], tuple[int, ...]]] = []
    heappush(waiting, (first[0], 0, first[1], first[2]))
    found: list[Path] = []
    taken: set[tuple[int, ...]] = set()
    while waiting and len(found) < k:
        _, at, nodes, ties = heappop(waiting)
        if nodes in taken:
            continue
        taken.add(nodes)
        found.append(Path(nodes, ties, float(np.prod(chance[list(ties)]))))
        for spur in range(at, len(nodes) - 1):
            root = nodes[: spur + 1]
            blocked = frozenset(path[spur + 1] for path in taken if path[: spur + 1] == root and len(path) > spur + 1)
            other = search.run(root, blocked)
            if other is not None:
                before = float(long[list(ties[:spur])].sum())
                heappush(waiting, (before + other[0], spur, root + other[1][1:], ties[:spur] + other[2]))
    return found


def to_target(graph: Adjacency, long: Reals, target: int) -> Reals:
    """Length of the shortest way from each node to `target`; infinite where there is none."""
    from scipy.sparse.csgraph import dijkstra

    found: Reals = dijkstra(graph.matrix(long), directed=True, indices=[target])[0]
    return found


class _Search:
    """Shortest ways to one target that avoid the root of a path and some first steps."""

    def __init__(self, graph: Adjacency, long: Reals, left: Reals, target: int) -> None:
        self.graph, self.long, self.left, self.target = graph, long, left, target

    def run(
        self, root: tuple[int, ...], blocked: AbstractSet[int]
    ) -> tuple[float, tuple[int, ...], tuple[int, ...]] | None:
        """Length, nodes and ties from the last node of `root`, whose first step is none of `blocked`."""
        source, closed = root[-1], set(root[:-1])
        if not np.isfinite(self.left[source]):
            return None
        came: dict[int, tuple[int, int]] = {}
        best = {source: 0.0}
        heap = [(float(self.left[source]), 0.0, source)]
        while heap:
            _, minus, node = heappop(heap)
            if node in closed:
                continue
            if node == self.target:
                return (-minus, *self._trace(came, source))
            closed.add(node)
            for step, tie, length in self._arcs(node, blocked if node == source else frozenset()):
                far = length - minus
                if step not in closed and far < best.get(step, np.inf):
                    best[step] = far
                    came[step] = (node, tie)
                    heappush(heap, (far + float(self.left[step]), -far, step))
        return None

    def _arcs(self, node: int, blocked: AbstractSet[int]) -> list[tuple[int, int, float]]:
        part = slice(self.graph.start[node], self.graph.start[node + 1])
        ties = self.graph.tie[part]
        rows = zip(self.graph.to[part].tolist(), ties.tolist(), self.long[ties].tolist(), strict=True)
        return [row for row in rows if row[0] not in blocked and row[2] < np.inf]

    def _trace(self, came: dict[int, tuple[int, int]], source: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        nodes, ties = [self.target], []
        while nodes[-1] != source:
            node, tie = came[nodes[-1]]
            nodes.append(node)
            ties.append(tie)
        return tuple(reversed(nodes)), tuple(reversed(ties))
