"""The chance that two nodes are connected at all, by many sampled worlds in one machine word."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.queries.evidence.adjacency import hops_to

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.evidence.adjacency import Adjacency

    Words = NDArray[np.uint64]
    Reals = NDArray[np.float64]

EXACT = 20
"""Up to so many uncertain ties every world is looked at."""
_BITS = 20  # chances are drawn to 2**-20
_SMALL = 5000  # up to so many ties it pays to look for those that matter
_WORDS = 16  # 1,024 worlds at a time
_ALL = ~np.uint64(0)


class Connection(NamedTuple):
    """Chance that two nodes are connected, with its interval; `draws` is 0 where it is exact."""

    chance: float
    low: float
    high: float
    draws: int


def connection(
    graph: Adjacency, chance: Reals, source: int, target: int, *, half_width: float = 0.02, seed: int = 1,
    workers: int | None = None,
) -> Connection:  # fmt: skip
    """Chance that a path of ties that are so joins `source` and `target`, ties being independent.

    Two-terminal reliability (Colbourn 1987; Ke, Khan & Lim 2019, arXiv 1904.05300). Exact with up to `EXACT`
    uncertain ties between the two; beyond, drawn often enough for a 95 % Wilson interval of `half_width` to each
    side at most. The same seed gives the same answer whatever the number of `workers`.
    """
    if source == target:
        return Connection(1.0, 1.0, 1.0, 0)
    graph = graph.without(chance <= 0)
    if hops_to(graph, target)[source] < 0:
        return Connection(0.0, 0.0, 0.0, 0)
    graph = relevant(graph, source, target)
    used = np.unique(graph.tie)
    uncertain = used[chance[used] < 1]
    if len(uncertain) <= EXACT:
        exact = _exact(graph, chance, uncertain, source, target)
        return Connection(exact, exact, exact, 0)
    worlds = draws_for(half_width)
    blocks = math.ceil(worlds / (64 * _WORDS))
    arcs = _Arcs(graph)

    def count(block: int) -> int:
        random = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, block])))
        words = min(_WORDS, math.ceil(worlds / 64) - block * _WORDS)
        state = np.zeros((graph.ties, words), np.uint64)
        state[used] = draw_words(chance[used], words, random)
        return int(np.bitwise_count(_spread(arcs, state, source)[target]).sum())

    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        joined = sum(pool.map(count, range(blocks)))
    drawn = 64 * math.ceil(worlds / 64)
    return Connection(joined / drawn, *wilson(joined, drawn), drawn)


def draws_for(half_width: float, z: float = 1.959964) -> int:
    """Draws after which a proportion's interval reaches no further than `half_width` to a side, at worst."""
    return math.ceil((z / (2 * half_width)) ** 2)


def wilson(successes: int, draws: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % score interval of a proportion. Wilson (1927), J. Am. Stat. Assoc. 22: 209-212."""
    share, z2 = successes / draws, z * z
    middle = (share + z2 / (2 * draws)) / (1 + z2 / draws)
    half = z / (1 + z2 / draws) * math.sqrt(share * (1 - share) / draws + z2 / (4 * draws * draws))
    return max(0.0, middle - half), min(1.0, middle + half)


def relevant(graph: Adjacency, source: int, target: int) -> Adjacency:
    """The ties that can lie on a way between the two: other parts go, and what hangs off."""
    apart = hops_to(graph, target) < 0
    blocked = np.zeros(graph.ties, dtype=bool)
    blocked[graph.tie[apart[graph.origin]]] = True
    graph = graph.without(blocked)
    while True:
        degree = np.diff(graph.start)
        leaf = degree == 1
        leaf[[source, target]] = False
        if not leaf.any():
            return _in_one_block(graph, source, target) if len(graph.to) <= 2 * _SMALL else graph
        blocked = np.zeros(graph.ties, dtype=bool)
        blocked[graph.tie[leaf[graph.origin]]] = True
        graph = graph.without(blocked)


def _in_one_block(graph: Adjacency, source: int, target: int) -> Adjacency:
    """The ties that would lie in one block with a tie between the two: those of some path without a repeated node."""
    import rustworkx

    made: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=False)
    made.add_nodes_from([None] * graph.n)
    made.extend_from_edge_list([(source, target), *zip(graph.origin.tolist(), graph.to.tolist(), strict=True)])
    block = {(min(pair), max(pair)): at for pair, at in rustworkx.biconnected_components(made).items()}
    wanted = block[min(source, target), max(source, target)]
    tail, head = np.minimum(graph.origin, graph.to).tolist(), np.maximum(graph.origin, graph.to).tolist()
    blocked = np.zeros(graph.ties, dtype=bool)
    blocked[graph.tie] = [block[pair] != wanted for pair in zip(tail, head, strict=True)]
    return graph.without(blocked)


def draw_words(chance: Reals, words: int, random: np.random.Generator) -> Words:
    """For each tie `words` x 64 worlds as bits, each set with the tie's chance.

    Bit by bit of the chance's binary form, from the last: the same random bits with a higher chance set every bit
    that they set before.
    """
    whole = np.rint(chance * 2**_BITS).astype(np.uint64)
    state = np.zeros((len(chance), words), np.uint64)
    for bit in range(_BITS):
        drawn = random.integers(0, _ALL, size=state.shape, dtype=np.uint64, endpoint=True)
        mask = np.where((whole >> np.uint64(bit)) & np.uint64(1), _ALL, np.uint64(0))[:, None]
        drawn ^= state
        drawn &= state ^ mask
        state ^= drawn
    state[whole == 2**_BITS] = _ALL
    return state


class _Arcs:
    """Arcs in the order of the node they reach."""

    def __init__(self, graph: Adjacency) -> None:
        order = np.argsort(graph.to, kind="stable")
        self.n = graph.n
        self.tail, self.head, self.tie = graph.origin[order], graph.to[order], graph.tie[order]


def _spread(arcs: _Arcs, state: Words, source: int) -> Words:
    """Worlds in which each node is joined to `source`: words are passed along until nothing changes."""
    open_in = state[arcs.tie]
    reach = np.zeros((arcs.n, state.shape[1]), np.uint64)
    reach[source] = _ALL
    fresh = np.zeros(arcs.n, dtype=bool)
    fresh[source] = True
    while fresh.any():
        live = np.flatnonzero(fresh[arcs.tail])
        heads = arcs.head[live]
        first = np.flatnonzero(np.concatenate([[True], heads[1:] != heads[:-1]])) if len(heads) else live
        fresh[:] = False
        if not len(first):
            break
        came = np.bitwise_or.reduceat(reach[arcs.tail[live]] & open_in[live], first, axis=0)
        nodes = heads[first]
        grown = reach[nodes] | came
        fresh[nodes] = (grown != reach[nodes]).any(axis=1)
        reach[nodes] = grown
    return reach


def _exact(graph: Adjacency, chance: Reals, uncertain: NDArray[np.int64], source: int, target: int) -> float:
    """Sum over every world of its chance, the worlds being bits in the order of their number."""
    worlds = 1 << len(uncertain)
    number = np.arange(worlds, dtype=np.uint32)
    state = np.full((graph.ties, max(1, worlds // 64)), _ALL)
    weight = np.ones(worlds)
    for bit, tie in enumerate(uncertain.tolist()):
        holds = ((number >> np.uint32(bit)) & np.uint32(1)).astype(bool)
        weight *= np.where(holds, chance[tie], 1.0 - chance[tie])
        state[tie] = np.packbits(np.resize(holds, max(64, worlds)), bitorder="little").view(np.uint64)
    joined = np.unpackbits(_spread(_Arcs(graph), state, source)[target].view(np.uint8), bitorder="little")
    return float(weight[joined[:worlds].astype(bool)].sum())
