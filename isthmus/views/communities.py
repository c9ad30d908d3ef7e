"""Communities of a graph, by modularity, on sparse matrices: a hundred thousand nodes in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_ROUNDS = 14
_LEVELS = 8


def adjacency(n: int, source: Ints, target: Ints) -> sparse.csr_matrix:
    """Symmetric counts of ties, without loops."""
    apart = source != target
    ends = (np.concatenate([source[apart], target[apart]]), np.concatenate([target[apart], source[apart]]))
    return sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(n, n))


def communities(matrix: sparse.csr_matrix, seed: int = 1) -> Ints:
    """A community number for each node, numbered by falling size; nodes without a tie get -1.

    Local moves by modularity gain and contraction, level by level, as Blondel et al. (2008), J. Stat. Mech. P10008;
    but all nodes of a random half move at once, which arrays do fast. The same seed gives the same communities.
    """
    n = matrix.shape[0]
    labels = np.arange(n, dtype=np.int64)
    rng = np.random.default_rng(seed)
    level = matrix.astype(float)
    for _ in range(_LEVELS):
        moved = _local_moves(level, rng)
        distinct, moved = np.unique(moved, return_inverse=True)
        if len(distinct) == level.shape[0]:
            break
        labels = moved[labels]
        member = sparse.csr_matrix((np.ones(len(moved)), (np.arange(len(moved)), moved)))
        level = (member.T @ level @ member).tocsr()
    return _numbered(labels, np.diff(matrix.indptr) == 0)


def _numbered(labels: Ints, isolated: NDArray[np.bool_]) -> Ints:
    out = np.full(len(labels), -1, dtype=np.int64)
    if isolated.all():
        return out
    distinct, first, inverse, counts = np.unique(
        labels[~isolated], return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(distinct))
    out[~isolated] = rank[inverse]
    return out


def _local_moves(level: sparse.csr_matrix, rng: np.random.Generator) -> Ints:
    n = level.shape[0]
    degree = np.asarray(level.sum(axis=1), dtype=np.float64).ravel()
    total = max(degree.sum(), 1.0)
    off = (level - sparse.diags(level.diagonal())).tocsr()
    labels = np.arange(n, dtype=np.int64)
    for turn in range(_ROUNDS):
        best, gain = _best_moves(off, labels, degree, total)
        wants = (gain > 1e-9) & (rng.random(n) < 0.5)
        if turn < 2:  # two single nodes that want each other swap for ever: the lower one waits
            wants &= best != labels
            wants &= ~((best > labels) & (best[np.clip(best, 0, n - 1)] == labels))
        if not (gain > 1e-9).any():
            break
        labels = np.where(wants, best, labels)
    return labels


def _best_moves(
    off: sparse.csr_matrix, labels: Ints, degree: NDArray[np.float64], total: float
) -> tuple[Ints, NDArray[np.float64]]:
    """For each node the neighbouring community with the highest gain over staying, and that gain."""
    n = len(labels)
    member = sparse.csr_matrix((np.ones(n), (np.arange(n), labels)), shape=(n, n))
    weights = (off @ member).tocsr()
    volume = np.bincount(labels, weights=degree, minlength=n)
    rows = np.repeat(np.arange(n), np.diff(weights.indptr))
    own = weights.indices == labels[rows]
    gain = weights.data - degree[rows] * (volume[weights.indices] - own * degree[rows]) / total
    stay = -degree * (volume[labels] - degree) / total
    np.add.at(stay, rows[own], weights.data[own])
    best, most = labels.copy(), np.zeros(n)
    if len(rows):
        order = np.lexsort((-weights.indices, gain, rows))
        last = np.flatnonzero(np.append(rows[order][1:] != rows[order][:-1], True))
        top = order[last]
        best[rows[top]] = weights.indices[top]
        most[rows[top]] = gain[top] - stay[rows[top]]
    return best, most
