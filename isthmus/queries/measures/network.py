"""A network as arrays, and the forms that the compiled libraries read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import rustworkx
    from numpy.typing import ArrayLike
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """Nodes 0..n-1 and one row a tied pair; no pair twice, none of a node with itself. See `network`."""

    n: int
    source: Ints
    target: Ints
    weight: Reals
    starts: Ints | None = None  # where each of several networks begins that were joined into one

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.source)

    @property
    def unweighted(self) -> Network:
        """The same with a weight of 1 on every tie."""
        return replace(self, weight=np.ones(self.m))

    @cached_property
    def degree(self) -> Ints:
        """Number of neighbours of each node."""
        found: Ints = np.bincount(np.concatenate([self.source, self.target]), minlength=self.n)
        return found

    @cached_property
    def weights(self) -> csr_matrix[np.float64]:
        """Symmetric matrix of weights."""
        return self._matrix(self.weight)

    @cached_property
    def tied(self) -> csr_matrix[np.float64]:
        """Symmetric matrix that is 1 where two are tied."""
        return self._matrix(np.ones(self.m))

    @cached_property
    def closed(self) -> Reals:
        """Twice the number of ties among each node's neighbours."""
        counts = (self.tied @ self.tied).multiply(self.tied).sum(axis=1)
        found: Reals = np.asarray(counts, dtype=np.float64).ravel()
        return found

    @cached_property
    def compiled(self) -> rustworkx.PyGraph[None, None]:
        """The same for rustworkx, nodes and ties in the same order."""
        import rustworkx

        made: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(
            multigraph=True, node_count_hint=self.n, edge_count_hint=self.m
        )
        made.add_nodes_from([None] * self.n)
        made.extend_from_edge_list(list(zip(self.source.tolist(), self.target.tolist(), strict=True)))
        return made

    def _matrix(self, values: Reals) -> csr_matrix[np.float64]:
        from scipy.sparse import csr_matrix

        rows = np.concatenate([self.source, self.target]), np.concatenate([self.target, self.source])
        return csr_matrix((np.concatenate([values, values]), rows), shape=(self.n, self.n))


def network(n: int, source: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None) -> Network:
    """The network of these ties: several ties of a pair become one whose weight is their sum, loops are left out.

    Raises
    ------
    IndexError
        An end is no node.
    """
    ends = np.stack([np.asarray(source, np.int64), np.asarray(target, np.int64)])
    values = np.ones(ends.shape[1]) if weight is None else np.asarray(weight, np.float64)
    if ends.size and (ends.min() < 0 or ends.max() >= n):
        raise IndexError(f"an end lies outside 0..{n - 1}")
    low, high = ends.min(axis=0), ends.max(axis=0)
    kept = low != high
    keys, where = np.unique(low[kept] * n + high[kept], return_inverse=True)
    total = np.bincount(where, weights=values[kept], minlength=len(keys))
    return Network(n, keys // n if n else keys, keys % n if n else keys, total.astype(np.float64))
