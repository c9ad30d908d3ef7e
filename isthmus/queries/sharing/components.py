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
    """One block-diagonal search over many coalitions: node p of coalition s is s × size + p."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size, coalitions = network.size, seen.shape[1]
    tie, coalition = np.nonzero(seen)
    rows, cols = coalition * size + network.source[tie], coalition * size + network.target[tie]
    shape = (size * coalitions, size * coalitions)
    matrix = coo_array((np.ones(len(rows), dtype=np.int8), (rows, cols)), shape=shape).tocsr()
    count, label = connected_components(matrix, directed=False)
    return _apart(network, np.asarray(label), count, coalitions)


def _apart(network: Network, label: NDArray[np.int32], count: int, coalitions: int) -> NDArray[np.int64]:
    """Within each component, pairs of groups that lie apart; those without anyone of interest are taken off."""
    pairs, groups = network.pairs, len(network.pairs.apart)
    where = np.zeros(count, dtype=np.int64)
    where[label] = np.repeat(np.arange(coalitions), network.size)
    known = np.tile(pairs.groups >= 0, coalitions)
    group = np.tile(pairs.groups, coalitions)
    total = _products(label[known], group[known], (count, groups), pairs.apart)
    if pairs.wanted is not None:
        others = known & ~np.tile(pairs.wanted, coalitions)
        total = total - _products(label[others], group[others], (count, groups), pairs.apart)
    return np.bincount(where, weights=total, minlength=coalitions).astype(np.int64)


def _products(
    label: NDArray[np.int32], group: NDArray[np.int64], shape: tuple[int, int], apart: Bools
) -> NDArray[np.float64]:
    tally = np.bincount(label * shape[1] + group, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    return np.asarray(((tally @ apart) * tally).sum(axis=1) / 2)
