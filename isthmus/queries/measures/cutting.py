"""What falls apart without a node or a tie, and how many people that concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.measures.cohesion import bridges, connected_components
from isthmus.queries.measures.network import Network

if TYPE_CHECKING:
    from isthmus.queries.measures.network import Ints, Reals


def cut_ties(graph: Network, cut: Ints | None = None) -> Reals:
    """For each tie the people on the smaller side if it is a bridge, else 0. Harary (1969), Graph Theory, chapter 3.

    `cut` are the rows of the bridges where they are known already.
    """
    values = np.zeros(graph.m)
    cut = bridges(graph) if cut is None else cut
    if not len(cut):
        return values
    kept = np.ones(graph.m, dtype=bool)
    kept[cut] = False
    piece = connected_components(Network(graph.n, graph.source[kept], graph.target[kept], graph.weight[kept]))
    a, b = piece[graph.source[cut]], piece[graph.target[cut]]
    parent, below, total = _forest(np.bincount(piece), a, b)
    child = np.where(parent[a] == b, a, b)
    values[cut] = np.minimum(below[child], total[child] - below[child])
    return values


def cut_off(graph: Network) -> Reals:
    """For each node the people parted, without it, from the largest piece that is left of its component."""
    import rustworkx

    values = np.zeros(graph.n)
    if not graph.m:
        return values
    blocks: dict[int, set[int]] = {}
    for (a, b), number in rustworkx.biconnected_components(graph.compiled).items():
        blocks.setdefault(int(number), set()).update((a, b))
    several = np.zeros(graph.n, dtype=np.int64)
    for members in blocks.values():
        several[list(members)] += 1
    # the tree of blocks and cut-points: nodes 0..n-1 are cut-points, those from n on are blocks
    links = [
        (node, graph.n + at) for at, members in enumerate(blocks.values()) for node in members if several[node] > 1
    ]
    weight = np.concatenate([(several > 1).astype(np.int64), [sum(several[list(m)] == 1) for m in blocks.values()]])
    if not links:
        return values
    ends = np.array(links)
    parent, below, total = _forest(weight, ends[:, 0], ends[:, 1])
    for node in np.flatnonzero(several > 1):
        around = ends[ends[:, 0] == node, 1]
        pieces = [total[node] - below[node] if parent[node] == block else below[block] for block in around]
        values[node] = sum(pieces) - max(pieces)
    return values


def _forest(weight: Ints, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
    """Of a forest with these edges: each node's parent (-1 for a root), the weight from it down, and of its tree."""
    near: list[list[int]] = [[] for _ in weight]
    for left, right in zip(a.tolist(), b.tolist(), strict=True):
        near[left].append(right)
        near[right].append(left)
    parent, root = np.full(len(weight), -1), np.arange(len(weight))
    seen = [False] * len(weight)
    order: list[int] = []
    for start in range(len(weight)):
        if seen[start]:
            continue
        seen[start] = True
        queue = [start]
        for node in queue:
            for other in near[node]:
                if not seen[other]:
                    seen[other] = True
                    parent[other], root[other] = node, start
                    queue.append(other)
        order += queue
    below = weight.astype(np.int64).copy()
    for node in reversed(order):
        if parent[node] >= 0:
            below[parent[node]] += below[node]
    return parent, below, below[root]
