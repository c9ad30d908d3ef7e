"""Pairs joined by a chain of any length: components of what each coalition sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.reach import Bools, Network

NODES_AT_ONCE = 2_000_000


def joined_pairs(network: Network, seen: Bools) -> NDArray[np.int64]:
    """Pairs that count and lie in one component, for each column of `seen`."""
    step = max(1, NODES_AT_ONCE // max(1, network.size))
    parts = [_joined(network, seen[:, i : i + step]) for i in range(0, seen.shape[1], step)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _joined(network: Network, seen: Bools) -> NDArray[np.int64]:
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


def _apart(network: Network, node: NDArray[np.int64], coalitions: int) -> NDArray[np.int64]:
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
