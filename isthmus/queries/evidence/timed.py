"""Paths in time order: what could have passed from one to the other."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.evidence.best import Path

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.evidence.adjacency import Adjacency

    Ints = NDArray[np.int64]


def foremost(
    graph: Adjacency, chance: NDArray[np.float64], first: Ints, last: Ints, source: int, target: int
) -> tuple[Path, int] | None:
    """The path that arrives first when each tie is used while it lasts and none before the one ahead of it.

    `first` and `last` are the outer bounds of each tie as days; a tie without dates can be used at any time. Of
    paths that arrive on the same day the one with fewer ties wins, then the more likely. Gives the path and its
    day of arrival; None if no path respects time.

    Kempe, Kleinberg & Kumar (2002), J. Comput. Syst. Sci. 64: 820-842; Bui-Xuan, Ferreira & Jarry (2003), Int. J.
    Found. Comput. Sci. 14: 267-285.
    """
    came: dict[int, tuple[int, int]] = {}
    done: set[int] = set()
    doubt = np.where(chance > 0, -np.log(np.where(chance > 0, chance, 1.0)), np.inf)
    start = int(first.min(initial=0))
    best: dict[int, tuple[int, int, float]] = {source: (start, 0, 0.0)}
    heap = [(start, 0, 0.0, source)]
    while heap:
        day, hops, far, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node == target:
            return _trace(came, chance, source, target), day
        for arc in graph.arcs(node):
            step, tie = int(graph.to[arc]), int(graph.tie[arc])
            if last[tie] < day or not np.isfinite(doubt[tie]):
                continue
            key = (max(day, int(first[tie])), hops + 1, far + float(doubt[tie]))
            if step not in done and (step not in best or key < best[step]):
                best[step] = key
                came[step] = (node, tie)
                heappush(heap, (*key, step))
    return None


def _trace(came: dict[int, tuple[int, int]], chance: NDArray[np.float64], source: int, target: int) -> Path:
    nodes, ties = [target], []
    while nodes[-1] != source:
        node, tie = came[nodes[-1]]
        nodes.append(node)
        ties.append(tie)
    ties.reverse()
    return Path(tuple(reversed(nodes)), tuple(ties), float(np.prod(chance[ties])))
