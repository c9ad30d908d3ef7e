"""What a country would want to know: of its nationals, its residents, people it already holds, threats to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import MAX_DAY
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.facts import Facts

    Bools = NDArray[np.bool_]


def interest(facts: Facts, held: Bools, parties: tuple[str, ...], day: int | None) -> Bools:
    """Entities × parties: whether the party would want to know of the person, event or cell.

    Nationality and residence count whatever their date. A threat counts once it has begun, so that a view before an
    attack is not drawn to those who were to take part in it.
    """
    wanted = np.zeros((len(facts.graph.ids), len(parties)), dtype=bool)
    column = {party: at for at, party in enumerate(parties)}
    _own(facts, wanted, column)
    fact, who = facts.about
    np.logical_or.at(wanted, who, held[fact])
    _threats(facts, wanted, column, MAX_DAY if day is None else day)
    return wanted


def relevant(facts: Facts, wanted: Bools) -> Bools:
    """Facts × parties: whether the fact is on someone, or on a thing, that the party would want to know of."""
    found: Bools = wanted[facts.subject].copy()
    other = facts.target >= 0
    found[other] |= wanted[facts.target[other]]
    return found


def _own(facts: Facts, wanted: Bools, column: dict[str, int]) -> None:
    ids = facts.graph.ids
    for fact in np.flatnonzero(np.isin(facts.words, sorted(schema().belonging)) & (facts.target >= 0)):
        party = column.get(str(ids[facts.target[fact]]))
        if party is not None:
            wanted[facts.subject[fact], party] = True


def _threats(facts: Facts, wanted: Bools, column: dict[str, int], day: int) -> None:
    """Things that menace a party, and the people with a part in them."""
    places, menaced = facts.places, _menaced(facts, column, day)
    for fact in np.flatnonzero(
        np.isin(facts.words, sorted(schema().threatening)) & (facts.target >= 0) & (facts.first <= day)
    ):
        for country in places[facts.target[fact]]:
            if country in column:
                menaced[facts.subject[fact], column[country]] = True
    wanted |= menaced
    for fact in np.flatnonzero(
        np.isin(facts.words, sorted(schema().crossing)) & (facts.target >= 0) & (facts.first <= day)
    ):
        wanted[facts.subject[fact]] |= menaced[facts.target[fact]]


def _menaced(facts: Facts, column: dict[str, int], day: int) -> Bools:
    """Attacks, plots and alerts that had begun by `day`, at the country where they are set."""
    found = np.zeros((len(facts.graph.ids), len(column)), dtype=bool)
    graph = facts.graph
    menacing = {at for at, kind, _ in graph.said("event_kind") if kind in schema().menacing}
    scene = (facts.prop == "occurred_in") & (facts.target >= 0) & (facts.first <= day)
    for fact in np.flatnonzero(scene):
        event, country = int(facts.subject[fact]), str(graph.ids[facts.target[fact]])
        if event in menacing and country in column:
            found[event, column[country]] = True
    return found
