"""What can be wrong with a network: six error models, and two ways in which errors are not random.

The six are those of Wang, Shi, McFarland & Leskovec (2012), Social Networks 34: 396-409, after Borgatti, Carley &
Krackhardt (2006), Social Networks 28: 124-136. `level` is the share of people or ties concerned, 0..1; above 0 at
least one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.queries.measures.network import Ints, Network

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Random = np.random.Generator
    Flags = NDArray[np.bool_]


class Draw(NamedTuple):
    """A network with errors. `home` is the node that stands for each person, -1 for one who is missing; `of` the
    person each node stands for, -1 for one who is made up."""

    network: Network
    home: Ints
    of: Ints


def missing_people(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001  one form for all
    """People drop out with their ties."""
    gone = np.zeros(graph.n, dtype=bool)
    gone[random.choice(graph.n, _count(level, graph.n), replace=False)] = True
    own = np.arange(graph.n)
    return Draw(_kept(graph, ~(gone[graph.source] | gone[graph.target])), np.where(gone, -1, own), own)


def missing_ties(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001
    """Ties drop out, each as likely as the other."""
    return _dropped(graph, random.random(graph.m), _count(level, graph.m))


def false_people(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001
    """Made-up people, each tied to random others, as many as some real person is."""
    new = _count(level, graph.n)
    ties = random.choice(graph.degree, new) if graph.n else np.zeros(0, np.int64)
    source = np.repeat(np.arange(graph.n, graph.n + new), ties)
    target = random.integers(0, max(graph.n, 1), len(source))
    own = np.arange(graph.n)
    made = _added(graph, graph.n + new, target, source, random)
    return Draw(made, own, np.concatenate([own, np.full(new, -1)]))


def false_ties(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001
    """Ties between random people who have none."""
    own = np.arange(graph.n)
    wanted = min(_count(level, graph.m), graph.n * (graph.n - 1) // 2 - graph.m)
    present = np.append(np.sort(graph.source * graph.n + graph.target), -1)  # the last is no pair
    found = np.zeros(0, np.int64)
    while len(found) < wanted:
        ends = random.integers(0, graph.n, (2, 2 * wanted + 8))
        low, high = ends.min(axis=0), ends.max(axis=0)
        keys = (low * graph.n + high)[low != high]
        keys = np.concatenate([found, keys[present[np.searchsorted(present[:-1], keys)] != keys]])
        found = keys[np.sort(np.unique(keys, return_index=True)[1])]
    found = found[:wanted]
    size = max(graph.n, 1)
    return Draw(_added(graph, graph.n, found // size, found % size, random), own, own)


def merged_people(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001
    """Pairs of people are taken for one: both stand where the one stands. `level` is the share of people in pairs."""
    pairs = min(max(1, round(level * graph.n / 2)), graph.n // 2) if level > 0 else 0
    chosen = random.choice(graph.n, 2 * pairs, replace=False)
    home = np.arange(graph.n)
    home[chosen[pairs:]] = chosen[:pairs]
    return Draw(_unique(graph.n, home[graph.source], home[graph.target], graph.weight), home, np.arange(graph.n))


def split_people(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001
    """People are taken for two: each tie goes to the one who keeps the name or to the other, by a coin."""
    chosen = random.choice(graph.n, _count(level, graph.n), replace=False)
    other = np.arange(graph.n)
    other[chosen] = np.arange(graph.n, graph.n + len(chosen))
    coin = random.random((2, graph.m)) < 0.5
    source = np.where(coin[0], other[graph.source], graph.source)
    target = np.where(coin[1], other[graph.target], graph.target)
    own = np.arange(graph.n)
    return Draw(Network(graph.n + len(chosen), source, target, graph.weight), own, np.concatenate([own, chosen]))


def hiding(graph: Network, level: float, random: Random, lit: Flags) -> Draw:  # noqa: ARG001
    """Ties drop out in proportion to the degrees of both ends: the central hide best."""
    weight = (graph.degree[graph.source] + graph.degree[graph.target]).astype(float)
    return _dropped(graph, _weighted(random, weight), _count(level, graph.m))


def spotlight(graph: Network, level: float, random: Random, lit: Flags) -> Draw:
    """Ties drop out of those outside the spotlight (`lit` are inside): ties between two in it never do."""
    dark = (~lit[graph.source]).astype(float) + ~lit[graph.target]
    count = min(_count(level, graph.m), int((dark > 0).sum()))
    return _dropped(graph, _weighted(random, dark), count)


ERRORS: dict[str, Callable[[Network, float, Random, Flags], Draw]] = {
    "missing people": missing_people,
    "missing ties": missing_ties,
    "false people": false_people,
    "false ties": false_ties,
    "merged people": merged_people,
    "split people": split_people,
}
MODELS = {**ERRORS, "hiding": hiding, "spotlight": spotlight}


def _count(level: float, total: int) -> int:
    return min(total, max(1, round(level * total))) if level > 0 and total else 0


def _weighted(random: Random, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keys whose smallest are a sample without replacement by weight. Efraimidis & Spirakis (2006)."""
    with np.errstate(divide="ignore"):
        return random.standard_exponential(len(weight)) / weight


def _dropped(graph: Network, keys: NDArray[np.float64], count: int) -> Draw:
    kept = np.ones(graph.m, dtype=bool)
    if count:
        kept[np.argpartition(keys, count - 1)[:count]] = False
    own = np.arange(graph.n)
    return Draw(_kept(graph, kept), own, own)


def _kept(graph: Network, kept: Flags) -> Network:
    return Network(graph.n, graph.source[kept], graph.target[kept], graph.weight[kept])


def _added(graph: Network, n: int, source: Ints, target: Ints, random: Random) -> Network:
    weight = random.choice(graph.weight, len(source)) if graph.m else np.ones(len(source))
    sources, targets = np.concatenate([graph.source, source]), np.concatenate([graph.target, target])
    return _unique(n, sources, targets, np.concatenate([graph.weight, weight]))


def _unique(n: int, source: Ints, target: Ints, weight: NDArray[np.float64]) -> Network:
    """Each pair once, with the largest weight that it has; loops left out."""
    low, high = np.minimum(source, target), np.maximum(source, target)
    apart = np.flatnonzero(low != high)
    keys = low[apart] * n + high[apart]
    order = np.argsort(keys, kind="stable")  # most come in order
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    size, keys = max(n, 1), keys[first]
    heaviest = np.maximum.reduceat(weight[apart][order], first) if len(first) else np.zeros(0)
    return Network(n, keys // size, keys % size, heaviest)
