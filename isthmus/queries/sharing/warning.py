"""When something could first be known: to some holders, and to all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import MAX_DAY
from isthmus.graph.schema import schema
from isthmus.queries.sharing.chains import chains
from isthmus.queries.sharing.sampled import Neighbours, arrival

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.facts import Facts
    from isthmus.queries.sharing.setting import Setting

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

NEVER = MAX_DAY + 1


@dataclass(frozen=True)
class Firsts:
    """Days by entity: from which some concern about it stands, for the holders and for anyone; `MAX_DAY` undated,
    `NEVER` never.
    """

    holders: Ints
    anyone: Ints


def first_concern(setting: Setting, holders: tuple[str, ...]) -> Firsts:
    """First day of a concern about each person: status, membership, direction, travel."""
    return Firsts(*(_first(setting.facts, since) for since in _since(setting, holders)))


def first_chain(setting: Setting, holders: tuple[str, ...], aims: Bools) -> Firsts:
    """First day on which a chain of at most `within` steps to one of the aims stands; the aims themselves at 0."""
    network = chains(setting)
    people = np.flatnonzero(setting.graph.kinds == "Person")
    found = []
    for since in _since(setting, holders):
        days = network.both(since, np.maximum).astype(np.int64)
        ends = np.flatnonzero(aims[people])
        when = np.full(len(setting.graph.ids), NEVER, dtype=np.int64)
        if len(ends) and len(people):
            reached = arrival(len(people), Neighbours.of(network), days, ends, setting.within).min(axis=1)
            when[people] = np.minimum(reached, NEVER)
        found.append(when)
    return Firsts(found[0], found[1])


def _since(setting: Setting, holders: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Per fact: first day of holding by the holders, and by anyone but in Syria and Iraq; `NEVER` where there is none."""
    everyone = tuple(dict.fromkeys((*holders, *setting.parties)))
    days = setting.ledger.since(everyone)
    return days[:, : len(holders)].min(axis=1, initial=NEVER), days.min(axis=1, initial=NEVER)


def _first(facts: Facts, since: Ints) -> Ints:
    found = np.full(len(facts.graph.ids), NEVER, dtype=np.int64)
    fact, who = facts.about
    bears = np.isin(facts.words[fact], sorted(schema().worth("concern")))
    np.minimum.at(found, who[bears], since[fact[bears]])
    return found


def next_events(setting: Setting) -> dict[int, int]:
    """For each person the first dated event after the day in which the record gives them a part."""
    facts, (began, _) = setting.facts, setting.facts.days
    day = 0 if setting.day is None else setting.day
    part = np.flatnonzero(np.isin(facts.words, sorted(schema().crossing)) & (facts.target >= 0))
    found: dict[int, int] = {}
    for fact in part[np.argsort(began[facts.target[part]], kind="stable")].tolist():
        event = int(facts.target[fact])
        if facts.kinds[event] == "Event" and began[event] > day and began[event] < MAX_DAY:
            found.setdefault(int(facts.subject[fact]), event)
    return found
