"""Which nodes hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def parts(n: int, source: Ints, target: Ints) -> Ints:
    """Number of the component of each of `n` nodes, from 0, in the order of the components' first nodes.

    Every root hangs itself on the lowest root across a tie until none is left to do so, each time at most half as many
    (Shiloach & Vishkin 1982, Journal of Algorithms 3: 57-67). Written here because the import of scipy.sparse.csgraph
    takes longer than most questions.
    """
    root = np.arange(n)
    while True:
        a, b = root[source], root[target]
        if (a == b).all():
            return np.unique(root, return_inverse=True)[1].astype(np.int64)
        low = np.minimum(a, b)
        for end in (a, b):
            np.minimum.at(root, end, low)
        while ((further := root[root]) != root).any():
            root = further
