"""Ranks when several score the same: no order is made up among equals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def places(score: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last place that each score may take among its equals; 1 is the highest."""
    order = np.sort(score)
    last = len(score) - np.searchsorted(order, score, side="left")
    first = len(score) - np.searchsorted(order, score, side="right") + 1
    return first.astype(np.int64), last.astype(np.int64)


def expected_reciprocal_rank(score: Floats) -> Floats:
    """Mean of 1/rank over every order of the equals (McSherry and Najork 2008, ECIR, LNCS 4956: 414-421)."""
    if not len(score):
        return np.zeros(0)
    first, last = places(score)
    sums = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, len(score) + 1))])
    return np.asarray((sums[last] - sums[first - 1]) / (last - first + 1))
