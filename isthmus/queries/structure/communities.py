"""Communities by the Louvain method, and their modularity."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from isthmus.queries.structure.simple import Simple

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

_LEAST = 1e-12  # gain below which a move is none: it keeps rounding from moving a node for ever


class Partition(NamedTuple):
    """`community[i]`: number of node i's community. `lowest`: modularity of the poorest of the runs."""

    community: Ints
    modularity: float
    lowest: float


def modularity(graph: Simple, community: ArrayLike) -> float | None:
    """Share of ties within communities, less what the degrees alone lead to expect; None without ties.

    Newman & Girvan (2004), Physical Review E 69: 026113.
    """
    if not graph.m:
        return None
    of = np.asarray(community, np.int64)
    within = float((of[graph.source] == of[graph.target]).sum()) / graph.m
    ends = np.bincount(of, weights=graph.degree)
    return within - float(((ends / (2 * graph.m)) ** 2).sum())


def louvain(graph: Simple, *, seed: int, runs: int = 10) -> Partition | None:
    """The partition of highest modularity among `runs` runs with seeds `seed`, `seed` + 1, …; None without ties.

    Nodes are gone through in an order that the seed decides. Blondel, Guillaume, Lambiotte & Lefebvre (2008), Journal
    of Statistical Mechanics P10008; resolution 1. A node is looked at again when a neighbour has moved: Ozaki, Tezuka &
    Inaba (2016), Int. J. Computer and Electrical Engineering 8: 207-214.
    """
    if not graph.m:
        return None
    level = Weighted(graph.start, graph.neighbours, np.ones(len(graph.neighbours)), np.zeros(graph.n))
    found = [partition(level, np.random.default_rng(seed + run)) for run in range(runs)]
    rated = [(modularity(graph, of) or 0.0, of) for of in found]
    best = max(rated, key=lambda one: one[0])
    return Partition(best[1], best[0], min(rate for rate, _ in rated))


class Weighted(NamedTuple):
    """An undirected graph with weights, by node (CSR); `loops` are ties within each node, counted both ways."""

    start: Ints
    neighbours: Ints
    weight: Reals
    loops: Reals


def partition(graph: Weighted, chance: np.random.Generator) -> Ints:
    """One run of the method: the number of each node's community. Its weights must sum to more than 0."""
    level, total = graph, float(graph.weight.sum() + graph.loops.sum())
    of = np.arange(len(graph.loops))
    while True:
        moved = _moved(level, total, chance)
        of = moved[of]
        if moved.max() + 1 == len(level.loops):
            return of
        level = _folded(level, moved)


def _moved(level: Weighted, total: float, chance: np.random.Generator) -> Ints:
    """Each node in the neighbouring community where it adds most, until none in a thousand moves; numbered from 0."""
    count = len(level.loops)
    ends = np.repeat(np.arange(count), np.diff(level.start))
    strength = (level.loops + np.bincount(ends, weights=level.weight, minlength=count)).tolist()
    start, neighbours, weight = level.start.tolist(), level.neighbours.tolist(), level.weight.tolist()
    community, sums = list(range(count)), list(strength)
    order = chance.permutation(count).tolist()
    restless = bytearray(b"\x01") * count  # a neighbour moved since they were looked at
    moves, enough = count + 1, count // 1000
    while moves > enough:
        moves = 0
        for node in order:
            if not restless[node]:
                continue
            restless[node] = 0
            links: dict[int, float] = {}
            for at in range(start[node], start[node + 1]):
                other = community[neighbours[at]]
                links[other] = links.get(other, 0.0) + weight[at]
            here, own = community[node], strength[node] / total
            sums[here] -= strength[node]
            best, gain = here, links.get(here, 0.0) - sums[here] * own + _LEAST
            for other, link in links.items():
                if link - sums[other] * own > gain:
                    best, gain = other, link - sums[other] * own
            sums[best] += strength[node]
            if best != here:
                community[node] = best
                moves += 1
                for at in range(start[node], start[node + 1]):
                    restless[neighbours[at]] = 1
    return np.unique(np.array(community), return_inverse=True)[1].astype(np.int64)


def _folded(level: Weighted, community: Ints) -> Weighted:
    """The graph of the communities."""
    count = int(community.max()) + 1
    source = community[np.repeat(np.arange(len(level.loops)), np.diff(level.start))]
    target = community[level.neighbours]
    inside = source == target
    loops = np.bincount(community, weights=level.loops, minlength=count).astype(np.float64)
    loops += np.bincount(source[inside], weights=level.weight[inside], minlength=count)
    keys, place = np.unique(source[~inside] * count + target[~inside], return_inverse=True)
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys // count, minlength=count), out=start[1:])
    weight = np.bincount(place, weights=level.weight[~inside], minlength=len(keys)).astype(np.float64)
    return Weighted(start, keys % count, weight, loops)
