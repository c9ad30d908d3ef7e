"""Brokers between groups: who stands between two who are not tied, and whose groups those are.

Gould & Fernandez (1989), Sociological Methodology 19: 89-126. For a, b, c with b tied to both and a, c not tied:
two people are of one group if they have a country in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.queries.measures.network import Ints, Network

    Reals = NDArray[np.float64]
    Flags = NDArray[np.bool_]

ROLES: dict[str, str] = {
    "internal broker": "all three of one group (their coordinator)",
    "outside broker": "two of one group, joined by one of another (itinerant or consultant)",
    "gatekeeper": "from another group into one's own (gatekeeper)",
    "representative": "from one's own group to another (representative): the same pairs from the other end",
    "liaison": "three of three groups (liaison)",
    "joint member": "two of different groups, both of which one belongs to (none of theirs)",
}
BETWEEN = tuple(role for role in ROLES if role != "internal broker")
"""The roles that join different groups."""
_AT_ONCE = 2_000_000  # pairs of contacts looked at together


def brokerage(graph: Network, of: Ints, apart: Flags) -> dict[str, Reals]:
    """Ordered pairs of contacts that each node brokers in each of `ROLES`.

    `of` is the number of each node's group, -1 where none is known: such a node brokers nothing and is no contact.
    `apart` says which groups have nothing in common. Every open pair counts in both directions, so gatekeeper and
    representative are equal.
    """
    counts = {role: np.zeros(graph.n) for role in ROLES}
    inside = (of[graph.source] >= 0) & (of[graph.target] >= 0)
    source, target = graph.source[inside], graph.target[inside]
    keys = np.sort(np.minimum(source, target) * graph.n + np.maximum(source, target))
    for middle, a, c in _wedges(graph.n, source, target):
        wanted = np.minimum(a, c) * graph.n + np.maximum(a, c)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        untied = (keys[at] != wanted) & (a != c)
        middle, a, c = middle[untied], a[untied], c[untied]
        left, right, ends = ~apart[of[middle], of[a]], ~apart[of[middle], of[c]], ~apart[of[a], of[c]]
        for role, found in _roles(left, right, ends).items():
            counts[role] += np.bincount(middle[found], minlength=graph.n)
    return counts


def between_groups(graph: Network, of: Ints, apart: Flags) -> Reals:
    """Ordered pairs of contacts that each node joins across groups: all roles but the internal broker."""
    counts = brokerage(graph, of, apart)
    total: Reals = np.sum([counts[role] for role in BETWEEN], axis=0)
    return total


def _roles(left: Flags, right: Flags, ends: Flags) -> dict[str, Flags]:
    """Which role each open pair gives, by whether its middle is alike its left, its right, and they each other."""
    return {
        "internal broker": left & right & ends,
        "joint member": left & right & ~ends,
        "outside broker": ~left & ~right & ends,
        "liaison": ~left & ~right & ~ends,
        "gatekeeper": ~left & right,
        "representative": left & ~right,
    }


def _wedges(n: int, source: Ints, target: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Every node with every ordered pair of its contacts, the two the same included, some nodes at a time."""
    tail, head = np.concatenate([source, target]), np.concatenate([target, source])
    order = np.argsort(tail, kind="stable")
    head = head[order]
    degree = np.bincount(tail, minlength=n)
    start = np.concatenate([[0], np.cumsum(degree)])
    total = np.cumsum(degree**2)
    begin = 0
    while begin < n:
        done = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + _AT_ONCE, side="right")))
        nodes = np.arange(begin, end)
        first = np.repeat(nodes, degree[nodes])  # one row a contact, then that contact beside each of the others
        size = degree[first]
        middle = np.repeat(first, size)
        a = np.repeat(head[start[begin] : start[end]], size)
        within = np.arange(len(middle)) - np.repeat(np.cumsum(size) - size, size)
        yield middle, a, head[start[middle] + within]
        begin = end
