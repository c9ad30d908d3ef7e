"""How large a gap has to be to be found: a hidden channel planted in made-up holdings.

People have a country; facts on them are held by it with some chance, and now and then by another country that met
them. In one channel, a country holds so many facts on another's nationals that the other lacks. The channel is found
if it ranks first among all exchanges; equals share the chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.sharing.exchanges import across
from isthmus.queries.sharing.ranking import expected_reciprocal_rank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """A made-up case. `size` is the facts in the hidden channel; `missing` the share of facts that nobody recorded;
    `wrong` the share of holdings that the rule gives to the wrong country; `value` the share of the channel's facts
    that bear on the value asked for. `met` is the chance that some other country holds a fact too.
    """

    people: int = 180
    countries: int = 31
    facts: int = 900
    own: float = 0.35
    met: float = 0.15
    size: int = 10
    missing: float = 0.0
    wrong: float = 0.0
    value: float = 1.0


@dataclass(frozen=True)
class Detection:
    """Share of draws in which the channel comes first, with its standard error, and the mean reciprocal rank."""

    first: float
    error: float
    reciprocal: float


def detect(plan: Plan, *, draws: int = 100, seed: int = 1) -> Detection:
    """Detection of the planted channel over `draws` made-up cases."""
    rng = np.random.default_rng(seed)
    results = np.array([_draw(plan, rng) for _ in range(draws)])
    first, reciprocal = results.mean(axis=0)
    return Detection(float(first), float(results[:, 0].std(ddof=1) / np.sqrt(draws)), float(reciprocal))


def sweep(base: Plan, *, draws: int = 100, seed: int = 1) -> list[tuple[str, float, Detection]]:
    """Detection against the size of the gap, the share of missing facts, a wrong rule, and the value."""
    grid: dict[str, tuple[float, ...]] = {
        "size": (3, 5, 10, 20, 40), "missing": (0.0, 0.2, 0.4, 0.6), "wrong": (0.0, 0.1, 0.3, 0.5, 0.8),
        "value": (1.0, 0.7, 0.4, 0.2),
    }  # fmt: skip
    found = []
    for name, levels in grid.items():
        for level in levels:
            number = int(level) if name == "size" else level
            plan = replace(base, **{name: number})  # type: ignore[arg-type]
            found.append((name, level, detect(plan, draws=draws, seed=seed)))
    return found


def _draw(plan: Plan, rng: np.random.Generator) -> tuple[float, float]:
    weight = 1.0 / np.arange(1, plan.countries + 1)
    country = rng.choice(plan.countries, plan.people, p=weight / weight.sum())
    about = rng.integers(0, plan.people, plan.facts)
    held = np.zeros((plan.facts, plan.countries), dtype=bool)
    at = np.arange(plan.facts)
    own = rng.random(plan.facts) < plan.own
    held[at[own], country[about[own]]] = True
    met = rng.random(plan.facts) < plan.met
    held[at[met], rng.choice(plan.countries, int(met.sum()), p=weight / weight.sum())] = True
    giver, receiver, hidden = _channel(plan, country, rng)
    about, held, counted = _with_channel(plan, about, held, hidden, giver, rng)
    held = _misplaced(held, plan.wrong, rng)
    keep = rng.random(len(about)) >= plan.missing
    needed = country[about][:, None] == np.arange(plan.countries)[None, :]
    gain = across(held & keep[:, None], needed & ~held & (counted & keep)[:, None])
    off = ~np.eye(plan.countries, dtype=bool)
    score = gain[off].astype(float)
    place = int(np.flatnonzero(off.ravel()).tolist().index(giver * plan.countries + receiver))
    best = score.max()
    first = 1.0 / float((score == best).sum()) if score[place] == best and best > 0 else 0.0
    return first, float(expected_reciprocal_rank(score)[place])


def _channel(plan: Plan, country: Ints, rng: np.random.Generator) -> tuple[int, int, Ints]:
    """A giver, a receiver with nationals, and the people that the hidden facts are about."""
    receiver = int(rng.choice(country))
    giver = int(rng.choice([c for c in range(plan.countries) if c != receiver]))
    return giver, receiver, rng.choice(np.flatnonzero(country == receiver), plan.size)


def _with_channel(
    plan: Plan, about: Ints, held: Bools, hidden: Ints, giver: int, rng: np.random.Generator
) -> tuple[Ints, Bools, Bools]:
    extra = np.zeros((plan.size, plan.countries), dtype=bool)
    extra[:, giver] = True
    counted = np.append(np.ones(len(about), dtype=bool), rng.random(plan.size) < plan.value)
    return np.append(about, hidden), np.append(held, extra, axis=0), counted


def _misplaced(held: Bools, share: float, rng: np.random.Generator) -> Bools:
    """Some facts go to a country drawn at random instead of their holders."""
    moved = held.copy()
    wrong = np.flatnonzero((rng.random(len(held)) < share) & held.any(axis=1))
    moved[wrong] = False
    moved[wrong, rng.integers(0, held.shape[1], len(wrong))] = True
    return moved
