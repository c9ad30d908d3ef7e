"""People, their ties and who holds them; and the pairs joined by a chain of any length, in what each coalition sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

NODES_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Pairs:
    """Which pairs of people count: those whose groups lie apart and that touch someone of interest.

    A group is a set of countries; -1 (no country known) lies apart from nobody.
    """

    groups: NDArray[np.int64]
    apart: Bools  # groups × groups, symmetric
    wanted: Bools | None = None  # people; None: everyone

    @classmethod
    def of_countries(cls, countries: list[frozenset[str]], wanted: Bools | None = None) -> Pairs:
        """Pairs whose countries are known on both sides and share none."""
        sets = sorted({c for c in countries if c}, key=sorted)
        number = {c: i for i, c in enumerate(sets)}
        groups = np.array([number.get(c, -1) for c in countries], dtype=np.int64)
        apart = np.array([[not (a & b) for b in sets] for a in sets], dtype=bool).reshape(len(sets), len(sets))
        return cls(groups, apart, wanted)

    def columns(self, people: NDArray[np.int64]) -> Bools:
        """All people × the given people: whether the pair counts."""
        if self.apart.size == 0:
            return np.zeros((len(self.groups), len(people)), dtype=bool)
        cols = self.groups[people]
        counts = self.apart.take(cols, axis=1).take(self.groups, axis=0) & (self.groups >= 0)[:, None]
        counts &= (cols >= 0)[None, :]
        if self.wanted is not None:
            counts &= self.wanted[:, None] | self.wanted[people][None, :]
        return np.asarray(counts, dtype=bool)


@dataclass(frozen=True)
class HeldNetwork:
    """People joined by ties, and who holds what each tie rests on.

    Row i of `source`, `target`, `left`, `right` is one way in which two people are tied: by fact `left[i]`, or by
    `left[i]` and `right[i]` together (two memberships of one cell), each of which a coalition has to hold; `right`
    is -1 where one fact is enough. `held` is facts × parties. Without `left`, row i rests on fact i.
    """

    size: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    held: Bools
    pairs: Pairs
    left: NDArray[np.int64] | None = None
    right: NDArray[np.int64] | None = None

    def seen(self, coalitions: Bools) -> Bools:
        """Ties × coalitions: what the members of a coalition hold together. `coalitions` is coalitions × parties."""
        facts = (self.held.astype(np.float32) @ coalitions.T.astype(np.float32)) > 0
        return np.asarray(self.both(facts, np.logical_and), dtype=bool)

    def both(self, facts: NDArray[Any], together: np.ufunc) -> NDArray[Any]:
        """A value of each fact carried over to the ties, joined by `together` where a tie rests on two."""
        if self.left is None:
            return facts
        found: NDArray[Any] = facts[self.left]
        if self.right is not None:
            two = self.right >= 0
            found[two] = together(found[two], facts[self.right[two]])
        return found


def every_coalition(parties: int) -> Bools:
    """All subsets, 2**parties × parties; row r holds party i where bit i of r is set."""
    return np.asarray((np.arange(1 << parties)[:, None] >> np.arange(parties)) & 1, dtype=bool)


def joined_pairs(network: HeldNetwork, seen: Bools) -> NDArray[np.int64]:
    """Pairs that count and lie in one component, for each column of `seen`."""
    step = max(1, NODES_AT_ONCE // max(1, network.size))
    parts = [_joined(network, seen[:, i : i + step]) for i in range(0, seen.shape[1], step)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _joined(network: HeldNetwork, seen: Bools) -> NDArray[np.int64]:
    """One search over many coalitions at once: node p of coalition s is s × size + p."""
    size, coalitions = network.size, seen.shape[1]
    tie, coalition = np.nonzero(seen)
    rows, cols = coalition * size + network.source[tie], coalition * size + network.target[tie]
    return _apart(network, components(size * coalitions, rows, cols), coalitions)


def components(size: int, rows: NDArray[np.int64], cols: NDArray[np.int64]) -> NDArray[np.int64]:
    """The smallest node of each node's component: hooks and jumps (Shiloach and Vishkin 1982, J. Algorithms 3: 57-67).

    Written here because the import of scipy.sparse takes longer than the whole question.
    """
    label = np.arange(size)
    while True:
        low = np.minimum(label[rows], label[cols])
        after = label.copy()
        np.minimum.at(after, label[rows], low)
        np.minimum.at(after, label[cols], low)
        while not np.array_equal(jump := after[after], after):
            after = jump
        if np.array_equal(after, label):
            return label
        label = after


def _apart(network: HeldNetwork, node: NDArray[np.int64], coalitions: int) -> NDArray[np.int64]:
    """Within each component, pairs of groups that lie apart; those without anyone of interest are taken off."""
    pairs, groups = network.pairs, len(network.pairs.apart)
    roots, label = np.unique(node, return_inverse=True)
    count, where = len(roots), roots // max(1, network.size)
    known = np.tile(pairs.groups >= 0, coalitions)
    group = np.tile(pairs.groups, coalitions)
    total = _products(label[known], group[known], (count, groups), pairs.apart)
    if pairs.wanted is not None:
        others = known & ~np.tile(pairs.wanted, coalitions)
        total = total - _products(label[others], group[others], (count, groups), pairs.apart)
    return np.bincount(where, weights=total, minlength=coalitions).astype(np.int64)


def _products(
    label: NDArray[np.int64], group: NDArray[np.int64], shape: tuple[int, int], apart: Bools
) -> NDArray[np.float64]:
    tally = np.bincount(label * shape[1] + group, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    return np.asarray(((tally @ apart) * tally).sum(axis=1) / 2)
