"""Whom to ask: given that someone is concerned with a person, an event or a country, who holds something on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.schema import schema
from isthmus.queries.sharing.chains import chains
from isthmus.queries.sharing.ranking import expected_reciprocal_rank, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.facts import Facts
    from isthmus.queries.sharing.setting import Setting

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Toward:
    """Per party: facts on the aim itself, facts on people near it, and the score that puts the first above all."""

    setting: Setting
    aim: int
    needer: str | None
    own_facts: Bools  # facts × parties
    near_facts: Bools

    @property
    def own(self) -> Ints:
        """Facts on the aim."""
        return np.asarray(self.own_facts.sum(axis=0), dtype=np.int64)

    @property
    def near(self) -> Ints:
        """Facts on people within so many steps of it."""
        return np.asarray(self.near_facts.sum(axis=0), dtype=np.int64)

    @property
    def score(self) -> Floats:
        """Facts on the aim decide; among equals, facts near it."""
        near = self.near.astype(float)
        return np.asarray(self.own + near / (near.sum() + 1.0))

    @property
    def asked(self) -> Bools:
        """Parties that can be asked: all but the one who asks."""
        return np.array([party != self.needer for party in self.setting.parties], dtype=bool)

    def order(self) -> tuple[Ints, Ints, Ints, Floats]:
        """Parties that can be asked, best first; first and last place among equals; expected reciprocal rank."""
        parties = np.flatnonzero(self.asked)
        score = self.score[parties]
        first, last = places(score)
        expected = expected_reciprocal_rank(score)
        best = np.argsort(-score, kind="stable")
        return parties[best], first[best], last[best], expected[best]


def toward(setting: Setting, aim: int, needer: str | None = None) -> Toward:
    """Holders of what bears on `aim` (a position in the graph) that `needer` does not hold itself.

    Near are the people within `setting.within` steps, over ties that had begun by the day, held or not: the question
    is asked of today's corpus. Toward a country, that country asks, and the aim is all that it would want to know of.

    Raises
    ------
    BadQuestion
        An aim that is no person, event, cell, network or country.
    """
    graph = setting.graph
    kind = str(graph.kinds[aim])
    if kind not in schema().kind_sets.aims:
        raise BadQuestion(f"{graph.shown.coded('label')[aim]} is a {kind}; ask toward a person, an event or a country")
    if kind != "Country":
        return _toward(setting, with_parts(setting.facts, aim), aim, needer)
    asks = str(graph.ids[aim])
    wanted = (
        setting.wanted[:, setting.parties.index(asks)] if asks in setting.parties else np.zeros(len(graph.ids), bool)
    )
    return _toward(setting, np.asarray(wanted, dtype=bool), aim, asks)


def toward_all(setting: Setting, aims: list[int], needer: str | None = None) -> Toward:
    """The same toward several people at once; toward nobody, nothing bears on the aim."""
    mask = np.zeros(len(setting.graph.ids), dtype=bool)
    mask[aims] = True
    return _toward(setting, mask, aims[0] if aims else -1, needer)


def _toward(setting: Setting, aims: Bools, aim: int, needer: str | None) -> Toward:
    facts = setting.facts
    around = near(setting, aims) & ~aims
    mine = np.zeros((len(facts), 1), dtype=bool)
    if needer in setting.parties:
        mine = setting.held[:, [setting.parties.index(needer)]]
    spare = setting.held & ~mine & setting.counted[:, None]
    on = aims[facts.subject] | (aims[facts.target] & (facts.target >= 0))
    beside = (around[facts.subject] | (around[facts.target] & (facts.target >= 0))) & ~on
    columns = [np.asarray(spare & rows[:, None], dtype=bool) for rows in (on, beside)]
    return Toward(setting, aim, needer, columns[0], columns[1])


def with_parts(facts: Facts, aim: int) -> Bools:
    """Entities: the aim, and the events that are part of it."""
    aims = np.zeros(len(facts.graph.ids), dtype=bool)
    aims[aim] = True
    if facts.kinds[aim] == "Event":
        aims[facts.subject[(facts.prop == "part_of") & (facts.target == aim)]] = True
    return aims


def near(setting: Setting, aims: Bools, *, later: bool = False) -> Bools:
    """People within so many steps of the aims; those tied to an event or cell are one step from it.

    With `later` also those who are tied to it only after the day: a question asked in hindsight.
    """
    graph, facts = setting.graph, setting.facts
    people = graph.kinds == "Person"
    reached = aims & people
    steps = setting.within
    if not reached.any():
        tied = (facts.target >= 0) & aims[facts.target] & people[facts.subject]
        if setting.day is not None and not later:
            tied &= facts.first <= setting.day
        reached = np.zeros_like(aims)
        reached[facts.subject[tied]] = True
        steps -= 1
    network, positions = chains(setting), np.flatnonzero(people)
    around = reached[positions]
    for _ in range(steps):
        after = around.copy()
        after[network.target[around[network.source]]] = True
        after[network.source[around[network.target]]] = True
        around = after
    found: Bools = reached
    found[positions] = around
    return found
