"""Brokers between groups: who stands between two who are not tied, and whose groups those are.

Gould & Fernandez (1989), Sociological Methodology 19: 89-126. For a, b, c with b tied to both and a, c not tied:
two people are of one group if they have a country in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
_DENSE = 2_000  # nodes up to which a matrix says who is tied


def brokerage(graph: Network, of: Ints, apart: Flags) -> dict[str, Reals]:
    """Ordered pairs of contacts that each node brokers in each of `ROLES`.

    `of` is the number of each node's group, -1 where none is known: such a node brokers nothing and is no contact.
    `apart` says which groups have nothing in common. Every open pair counts in both directions, so gatekeeper and
    representative are equal.
    """
    counts = {role: np.zeros(graph.n) for role in ROLES}
    inside = (of[graph.source] >= 0) & (of[graph.target] >= 0)
    source, target = graph.source[inside], graph.target[inside]
    tied = _tied(graph.n, source, target)
    contacts = _Contacts.of(graph.n, source, target)
    alike = ~apart[of[contacts.middle], of[contacts.head]] if len(contacts.head) else np.zeros(0, dtype=bool)
    for one, other in contacts.pairs():
        a, c = contacts.head[one], contacts.head[other]
        untied = ~tied(a, c)
        one, other, a, c = one[untied], other[untied], a[untied], c[untied]
        kinds = _ROLE_OF[alike[one].astype(np.int64) * 4 + alike[other] * 2 + ~apart[of[a], of[c]]]
        found = np.bincount(contacts.middle[one] * len(ROLES) + kinds, minlength=graph.n * len(ROLES))
        for role, number in zip(ROLES, found.reshape(graph.n, len(ROLES)).T, strict=True):
            counts[role] += number * (1 if role in _ONE_WAY else 2)
    counts["representative"] = counts["gatekeeper"].copy()
    return counts


def _tied(n: int, source: Ints, target: Ints) -> Callable[[Ints, Ints], Flags]:
    """Says which of many pairs of nodes are tied."""
    low, high = np.minimum(source, target), np.maximum(source, target)
    if n <= _DENSE:
        matrix = np.zeros((n, n), dtype=bool)
        matrix[low, high] = matrix[high, low] = True
        return lambda a, c: matrix[a, c]
    keys = np.append(np.sort(low * n + high), -1)  # the last is no pair

    def tied(a: Ints, c: Ints) -> Flags:
        wanted = np.minimum(a, c) * n + np.maximum(a, c)
        there: Flags = keys[np.searchsorted(keys[:-1], wanted)] == wanted
        return there

    return tied


def between_groups(graph: Network, of: Ints, apart: Flags) -> Reals:
    """Ordered pairs of contacts that each node joins across groups: all roles but the internal broker."""
    counts = brokerage(graph, of, apart)
    total: Reals = np.sum([counts[role] for role in BETWEEN], axis=0)
    return total


def _role(left: bool, right: bool, ends: bool) -> str:
    """Which role an open pair gives, by whether its middle is alike its left, its right, and they each other.

    A pair is met once: the gatekeeper of one direction is the representative of the other.
    """
    if left != right:
        return "gatekeeper"
    if left:
        return "internal broker" if ends else "joint member"
    return "outside broker" if ends else "liaison"


_ROLE_OF = np.array([list(ROLES).index(_role(bool(at & 4), bool(at & 2), bool(at & 1))) for at in range(8)])
_ONE_WAY = {"gatekeeper"}


class _Contacts(NamedTuple):
    """Every node's contacts, those of one node together: row i says that `middle[i]` is tied to `head[i]`."""

    middle: Ints
    head: Ints
    end: Ints  # where the rows of the same node end

    @classmethod
    def of(cls, n: int, source: Ints, target: Ints) -> _Contacts:
        middle, head = np.concatenate([source, target]), np.concatenate([target, source])
        order = np.argsort(middle, kind="stable")
        middle = middle[order]
        return cls(middle, head[order], np.cumsum(np.bincount(middle, minlength=n))[middle])

    def pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Rows of every two contacts of a node, each two once, some at a time."""
        behind = self.end - np.arange(len(self.head)) - 1
        total = np.cumsum(behind)
        begin = 0
        while begin < len(behind):
            done = total[begin] - behind[begin]
            stop = max(begin + 1, int(np.searchsorted(total, done + _AT_ONCE, side="right")))
            rows = np.arange(begin, stop)
            one = np.repeat(rows, behind[rows])
            yield one, one + 1 + np.arange(len(one)) - np.repeat(total[rows] - behind[rows] - done, behind[rows])
            begin = stop
