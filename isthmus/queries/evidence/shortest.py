"""All shortest paths between two nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.queries.evidence.adjacency import hops_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.queries.evidence.adjacency import Adjacency, Ints


def all_shortest(graph: Adjacency, source: int, target: int, *, limit: int = 100) -> tuple[list[tuple[int, ...]], int]:
    """Paths with the fewest ties, as nodes, in rising order of their nodes; and how many there are in all.

    At most `limit` are listed. No path gives an empty list; from a node to itself there is one, without a tie.
    """
    hops = hops_to(graph, target)
    if hops[source] < 0:
        return [], 0
    listed = []
    for path in _down(graph, hops, source, target):
        listed.append(path)
        if len(listed) == limit:
            break
    return listed, _count(graph, hops, source, target)


def _down(graph: Adjacency, hops: Ints, source: int, target: int) -> Iterator[tuple[int, ...]]:
    stack: list[tuple[int, ...]] = [(source,)]
    while stack:
        path = stack.pop()
        node = path[-1]
        if node == target:
            yield path
            continue
        stack.extend((*path, step) for step in reversed(_steps(graph, hops, node)))


def _steps(graph: Adjacency, hops: Ints, node: int) -> list[int]:
    near = graph.to[graph.start[node] : graph.start[node + 1]]
    return sorted({int(step) for step in near[hops[near] == hops[node] - 1]})


def _count(graph: Adjacency, hops: Ints, source: int, target: int) -> int:
    """Number of shortest paths, by counting level by level."""
    counts = {source: 1}
    for _ in range(int(hops[source])):
        further: dict[int, int] = {}
        for node, ways in counts.items():
            for step in _steps(graph, hops, node):
                further[step] = further.get(step, 0) + ways
        counts = further
    return counts.get(target, 0)
