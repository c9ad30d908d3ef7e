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
    """People in the order of the first ranking, so that a pair agrees where the earlier stands before the later."""
    here = np.flatnonzero(~np.isnan(before))
    here = here[np.argsort(before[here], kind="stable")]
    rank, rows = before[here], np.ascontiguousarray(after[:, here].T, dtype=np.float32)  # ranks are whole and few
    there = ~np.isnan(rows)
    agree, untied, untied_before = (np.zeros(rows.shape[1], dtype=np.int64) for _ in range(3))
    for at in range(len(here) - 1):
        ahead, after_it = rows[at] < rows[at + 1 :], rows[at] > rows[at + 1 :]  # neither where one is missing
        apart = int(np.searchsorted(rank, rank[at], side="right")) - at - 1  # those before it are his equals
        before_others, behind_others = _count(ahead[apart:]), _count(after_it[apart:])
        agree += before_others - behind_others
        untied += before_others + behind_others + _count(ahead[:apart]) + _count(after_it[:apart])
        untied_before += _count(there[at + 1 + apart :]) * there[at]
    scale = np.sqrt(untied_before.astype(float) * untied)
    found: Reals = np.divide(agree, scale, out=np.full(len(after), np.nan), where=scale > 0)
    return found


def _count(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of fewer than `_SMALL` rows are true, in each column."""
    count: NDArray[np.int64] = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint8).astype(np.int64)
    return count
