"""Communities as regions of a picture: numbered by size, none for who is tied to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from isthmus.queries.structure.communities import Weighted, partition

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def adjacency(n: int, source: Ints, target: Ints) -> sparse.csr_matrix:
    """Symmetric counts of ties, without loops."""
    apart = source != target
    ends = (np.concatenate([source[apart], target[apart]]), np.concatenate([target[apart], source[apart]]))
    matrix = sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(n, n))
    matrix.sum_duplicates()  # and orders each row: at the floor scipy does neither by itself, and a picture hangs on both
    return matrix


def communities(matrix: sparse.csr_matrix, seed: int = 1) -> Ints:
    """A community number for each node, numbered by falling size; nodes without a tie get -1.

    See `queries.structure.communities`; the same seed gives the same communities.
    """
    out = np.full(matrix.shape[0], -1, dtype=np.int64)
    tied = np.flatnonzero(np.diff(matrix.indptr))
    if len(tied):
        start, neighbours = (part.astype(np.int64) for part in (matrix.indptr, matrix.indices))
        level = Weighted(start, neighbours, matrix.data.astype(np.float64), np.zeros(matrix.shape[0]))
        out[tied] = _by_size(partition(level, np.random.default_rng(seed))[tied])
    return out


def _by_size(labels: Ints) -> Ints:
    _, first, inverse, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    return rank[inverse]
