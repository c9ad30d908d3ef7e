"""Credit for cases too large to enumerate: random orders of joining, each with its reverse, and sampled people.

In one order, a tie is seen once its first holder has joined. The step at which two people become joined is then the
smallest, over their chains, of the largest step on the chain: one pass of minimum and maximum over small integers
gives what every party adds, with no coalition looked at twice. Orders come in antithetic pairs (Mitchell, Cooper,
Frank and Holmes 2022, Journal of Machine Learning Research 23(43)); people are taken in shuffled blocks, without
replacement until all have had a turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.sharing.credit import Credit, from_draws

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.queries.sharing.components import HeldNetwork

NEVER = 255  # more parties than this need a wider integer
MOST_DRAWS = 20_000
FEWEST_DRAWS = 16


@dataclass(frozen=True)
class Neighbours:
    """Ends of ties in rounds: round j has the j-th tie of everyone who has that many, most tied first.

    One vectorised minimum a round is many times faster than a reduction person by person.
    """

    person: NDArray[np.int64]  # people with a tie, by falling number of ties
    other: NDArray[np.int64]
    tie: NDArray[np.int64]
    rounds: tuple[tuple[int, int], ...]  # slices of `other` and `tie`; round j covers the first people of `person`

    @classmethod
    def of(cls, network: HeldNetwork) -> Neighbours:
        """Both ends of each tie."""
        ends = np.concatenate([network.source, network.target])
        other = np.concatenate([network.target, network.source])
        degree = np.bincount(ends, minlength=network.size)
        place = np.empty(network.size, dtype=np.int64)
        place[np.argsort(-degree, kind="stable")] = np.arange(network.size)
        by_person = np.argsort(place[ends], kind="stable")
        turn = np.arange(len(ends)) - np.searchsorted(place[ends][by_person], place[ends][by_person])
        order = by_person[np.argsort(turn, kind="stable")]
        stops = np.concatenate([[0], np.cumsum(np.bincount(turn))])
        rounds = tuple((int(i), int(j)) for i, j in pairwise(stops))
        person = np.argsort(-degree, kind="stable")[: int((degree > 0).sum())]
        return cls(person, other[order], np.tile(np.arange(len(network.source)), 2)[order], rounds)


def sampled(
    network: HeldNetwork,
    within: int | None,
    *,
    seed: int = 0,
    error: float = 0.03,
    floor: float = 0.01,
    people: int = 64,
    seconds: float = 120.0,
) -> Credit:
    """Credit of each party until every credit above `floor` of the whole has a relative standard error ≤ `error`.

    Stops after `seconds` or `MOST_DRAWS` draws all the same: read `Credit.error`. `people` are sampled a draw.

    Raises
    ------
    ValueError
        More than 254 parties.
    """
    parties = network.held.shape[1]
    if parties >= NEVER:
        message = f"{parties} parties: sampled credit takes at most {NEVER - 1}"
        raise ValueError(message)
    rng = np.random.default_rng(seed)
    neighbours, blocks = Neighbours.of(network), _blocks(network.size, people, rng)
    rows: list[NDArray[np.float64]] = []
    stop = monotonic() + seconds
    while len(rows) < MOST_DRAWS:
        rows.append(_draw(network, neighbours, next(blocks), within, rng))
        if len(rows) >= FEWEST_DRAWS and len(rows) % 8 == 0 and (monotonic() > stop or _sure(rows, error, floor)):
            break
    return from_draws(np.array(rows), seed=seed)


def _sure(rows: list[NDArray[np.float64]], error: float, floor: float) -> bool:
    draws = np.array(rows)
    mean, spread = draws.mean(axis=0), draws.std(axis=0, ddof=1) / np.sqrt(len(draws))
    large = mean > floor * mean.sum()
    return bool((spread[large] <= error * mean[large]).all())


def _blocks(size: int, people: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    while True:
        order = rng.permutation(size)
        yield from np.array_split(order, max(1, round(size / people)))


def _draw(
    network: HeldNetwork,
    neighbours: Neighbours,
    people: NDArray[np.int64],
    within: int | None,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """What each party adds in one order and its reverse, as seen from some people, scaled to all."""
    order = rng.permutation(network.held.shape[1])
    wanted = network.pairs.columns(people)
    both = [_added(network, neighbours, people, wanted, within, turn) for turn in (order, order[::-1])]
    return (both[0] + both[1]) * (network.size / (4.0 * len(people)))


def _added(
    network: HeldNetwork,
    neighbours: Neighbours,
    people: NDArray[np.int64],
    wanted: NDArray[np.bool_],
    within: int | None,
    order: NDArray[np.int64],
) -> NDArray[np.float64]:
    held = network.held[:, order]
    first = np.where(held.any(axis=1), held.argmax(axis=1), NEVER).astype(np.uint8)
    first = network.both(first, np.maximum)
    when = arrival(network.size, neighbours, first, people, within)
    added = np.zeros(len(order))
    added[order] = np.bincount(when[wanted], minlength=256)[: len(order)]
    return added


def arrival(
    size: int, neighbours: Neighbours, first: NDArray[Any], people: NDArray[np.int64], within: int | None
) -> NDArray[Any]:
    """All people × given people: when the two become joined, if each tie comes at `first`.

    The largest number that the type of `first` holds means never. Steps of an order and days both serve.
    """
    now = np.full((size, len(people)), np.iinfo(first.dtype).max, dtype=first.dtype)
    now[people, np.arange(len(people))] = 0
    cost = first.take(neighbours.tie)[:, None]
    for _ in range(size if within is None else within):
        offers = np.maximum(now.take(neighbours.other, axis=0), cost)
        best = now.take(neighbours.person, axis=0)
        for begin, end in neighbours.rounds:
            rows = best[: end - begin]
            np.minimum(rows, offers[begin:end], out=rows)
        after = now.copy()
        after[neighbours.person] = best
        if np.array_equal(after, now):
            break
        now = after
    return now
