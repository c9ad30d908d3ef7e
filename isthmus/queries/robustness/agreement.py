"""How far two rankings of the same people agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

_SMALL = 256  # up to so many people every pair is compared at once
_SAME = 1e-7  # values that differ by less, relative to the largest, are equal: what single precision tells apart


def ranks(values: Reals) -> Reals:
    """Rank of each value in its row, 1 for the highest; equals share the better rank, as 1, 2, 2, 4. NaN stays NaN."""
    rows = np.atleast_2d(values)
    filled = np.where(np.isnan(rows), -np.inf, rows)
    order = np.argsort(-filled, axis=1, kind="stable")
    falling = np.take_along_axis(filled, order, axis=1)
    scale = np.where(np.isfinite(falling), np.abs(falling), 0).max(axis=1, initial=0, keepdims=True)
    place = np.broadcast_to(np.arange(1.0, rows.shape[1] + 1), rows.shape).copy()
    with np.errstate(invalid="ignore"):
        place[:, 1:][falling[:, :-1] - falling[:, 1:] <= _SAME * scale] = 0
    np.maximum.accumulate(place, axis=1, out=place)
    found = np.empty_like(place)
    np.put_along_axis(found, order, place, axis=1)
    found[np.isnan(rows)] = np.nan
    return found.reshape(values.shape)


def overlap(before: Reals, after: Reals, k: int) -> Reals:
    """Jaccard overlap of the first `k` of one ranking with those of each row of others; equals at the end all count."""
    first, others = before <= k, after <= k
    both, either = (first & others).sum(axis=1), (first | others).sum(axis=1)
    shares: Reals = np.divide(both, either, out=np.ones(len(others)), where=either > 0)
    return shares


def tau(before: Reals, after: Reals) -> Reals:
    """Kendall's tau-b of one ranking with each row of others, over the people who are in both.

    NaN where all are equal in one of them. Kendall (1945), Biometrika 33: 239-251.
    """
    if len(before) <= _SMALL:
        return _tau_of_pairs(before, after)
    from scipy.stats import kendalltau

    found = np.full(len(after), np.nan)
    for at, row in enumerate(after):
        here = ~(np.isnan(row) | np.isnan(before))
        if here.sum() > 1 and np.ptp(row[here]) and np.ptp(before[here]):
            found[at] = kendalltau(before[here], row[here]).statistic
    return found


def _tau_of_pairs(before: Reals, after: Reals) -> Reals:
    left, right = np.triu_indices(len(before), 1)
    there = ~np.isnan(before)
    rank = np.where(there, before, 0).astype(np.int16)
    rows = np.where(np.isnan(after), 0, after).astype(np.int16)
    present = ~np.isnan(after) & there
    both = present[:, left] & present[:, right]
    mine = np.sign(rank[left] - rank[right]).astype(np.int8) * both
    theirs = np.sign(rows[:, left] - rows[:, right]).astype(np.int8) * both
    agree = (mine * theirs).sum(axis=1, dtype=np.int64)
    untied = np.abs(mine).sum(axis=1, dtype=np.int64), np.abs(theirs).sum(axis=1, dtype=np.int64)
    scale = np.sqrt(untied[0].astype(float) * untied[1])
    found: Reals = np.divide(agree, scale, out=np.full(len(after), np.nan), where=scale > 0)
    return found
