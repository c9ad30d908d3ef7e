"""The chance of a tie from the claims on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def noisy_or(tie: ArrayLike, origin: ArrayLike, chance: ArrayLike, ties: int) -> NDArray[np.float64]:
    """Chance of each of `ties`: 1 - product over its origins of (1 - the best of the origin's claims).

    Claims run parallel in `tie`, `origin` and `chance`. A copy, that is a further claim of the same origin, adds
    nothing unless it is better; a claim of another origin always adds. A tie without claims has chance 0.

    Pearl (1988), Probabilistic Reasoning in Intelligent Systems, section 4.3.2.
    """
    rows, roots, p = np.asarray(tie, np.int64), np.asarray(origin, np.int64), np.asarray(chance, np.float64)
    doubt = np.ones(ties)
    if len(rows):
        order = np.lexsort((roots, rows))
        rows, roots, p = rows[order], roots[order], p[order]
        first = np.concatenate([[True], (rows[1:] != rows[:-1]) | (roots[1:] != roots[:-1])])
        best = np.maximum.reduceat(p, np.flatnonzero(first))
        np.multiply.at(doubt, rows[first], 1.0 - best)
    return 1.0 - doubt
