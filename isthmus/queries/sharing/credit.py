"""Fair credit: what each party adds to what all see together, averaged over every order of joining.

Shapley (1953), in Contributions to the Theory of Games II, 307-317. Interaction of two parties: Grabisch and Roubens
(1999), International Journal of Game Theory 28: 547-565. Games of connectivity between people are valued so by
Lindelauf, Hamers and Husslage (2013), European Journal of Operational Research 229: 230-238; here the players are
those who hold the ties, not the people tied.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

EXACT_PARTIES = 12


@dataclass(frozen=True)
class Credit:
    """A credit for each party, and how sure it is.

    `error` is the standard error (0 where exact); `rank_low` and `rank_high` are the 5 % and 95 % points of the rank
    over resampled draws, 1 being the largest credit.
    """

    value: Floats
    error: Floats
    rank_low: Floats
    rank_high: Floats
    draws: int = 0  # 0: exact


def shapley(worth: Floats) -> Floats:
    """Credit of each party from the worth of every coalition, `worth[r]` with bit i of r for party i."""
    parties = _parties(worth)
    sizes = np.bitwise_count(np.arange(len(worth)))
    weight = np.array([factorial(k) * factorial(parties - k - 1) for k in range(parties)]) / factorial(parties)
    shares = np.zeros(parties)
    for i in range(parties):
        without, joined = _split(worth, i)
        shares[i] = (weight[_split(sizes, i)[0]] * (joined - without)).sum()
    return shares


def interaction(worth: Floats) -> Floats:
    """Parties × parties: what two add together beyond what each adds alone; the diagonal is 0.

    Above 0 they need each other; below 0 they hold the same.
    """
    parties = _parties(worth)
    result = np.zeros((parties, parties))
    if parties < 2:
        return result
    total = factorial(parties - 1)
    weight = np.array([factorial(k) * factorial(parties - k - 2) for k in range(parties - 1)]) / total
    sizes = np.bitwise_count(np.arange(len(worth)))
    for j in range(parties):
        without, joined = _split(worth, j)
        gain, smaller = joined - without, _split(sizes, j)[0]
        for i in range(j):
            gain_without, gain_joined = _split(gain, i)
            result[i, j] = result[j, i] = (weight[_split(smaller, i)[0]] * (gain_joined - gain_without)).sum()
    return result


def exact(worth: Floats) -> Credit:
    """Credit by enumeration of all coalitions."""
    value = shapley(worth)
    rank = ranks(value)
    return Credit(value, np.zeros_like(value), rank, rank)


def from_draws(draws: Floats, *, seed: int = 0, resamples: int = 400) -> Credit:
    """Credit from independent draws (draws × parties), each an unbiased estimate of all credits."""
    count = len(draws)
    value = draws.mean(axis=0)
    error = draws.std(axis=0, ddof=1) / np.sqrt(count) if count > 1 else np.full_like(value, np.inf)
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, count, size=(resamples, count))
    weights = np.zeros((resamples, count))
    np.add.at(weights, (np.arange(resamples)[:, None], picks), 1.0 / count)
    again = np.apply_along_axis(ranks, 1, weights @ draws)
    low, high = np.percentile(again, [5, 95], axis=0)
    return Credit(value, error, low, high, count)


def ranks(value: Floats) -> Floats:
    """1 for the largest; equal values share the mean of their places."""
    order = np.sort(value)
    above = len(value) - np.searchsorted(order, value, side="right")
    equal = np.searchsorted(order, value, side="right") - np.searchsorted(order, value, side="left")
    return np.asarray(above + (equal + 1) / 2)


def _parties(worth: Floats) -> int:
    return len(worth).bit_length() - 1


def _split(values: NDArray[Any], party: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The same coalitions without and with a party, in the same order."""
    halves = values.reshape(-1, 2, 1 << party)
    return halves[:, 0].ravel(), halves[:, 1].ravel()
