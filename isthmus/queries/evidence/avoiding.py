"""What a path must do without: entities by name, and the people of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.graph.countries import country
from isthmus.graph.errors import BadQuestion
from isthmus.graph.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.graph import Graph


class Avoided(NamedTuple):
    """Positions of what is avoided, and how many people are for their country, or are not since theirs is unknown."""

    positions: list[int]
    left_out: dict[str, int]


def avoided(graph: Graph, texts: Iterable[str], ends: tuple[int, int], rule: CountryRule) -> Avoided:
    """What `texts` name: a country stands for its people by `rule`, but for the two ends of the path.

    Raises
    ------
    NoSuchEntity, AmbiguousName
        Nothing in view, or several things, are so called.
    BadQuestion
        A text names a country and something else, or an end of the path.
    """
    entities, codes = [], set()
    for text in texts:
        code, at = _country(text), graph.place(text)
        if at is None and not code:
            at = graph.index(text)
        if at is not None and graph.kinds[at] != "Country":
            entities.append(at)
        else:
            codes.add(str(graph.ids[at]) if at is not None else code)
            _refuse_namesake(graph, text)
    if {*ends} & {*entities}:
        raise BadQuestion("a path cannot avoid its own ends")
    return _with_people(graph, entities, codes, ends, rule)


def _with_people(
    graph: Graph, entities: list[int], codes: set[str], ends: tuple[int, int], rule: CountryRule
) -> Avoided:
    if not codes:
        return Avoided(entities, {})
    people, countries = graph.of_kind("Person"), graph.countries(rule)
    theirs = [at for at in np.flatnonzero(people).tolist() if countries[at] & codes and at not in ends]
    unknown = sum(1 for at in np.flatnonzero(people).tolist() if not countries[at] and at not in ends)
    places = [at for code in codes if (at := graph.place(code)) is not None]
    said = {
        f"people of {', '.join(sorted(codes))} by {rule}, avoided": len(theirs),
        f"people of no known country by {rule}, not avoided": unknown,
    }
    return Avoided([*entities, *theirs, *places], {reason: count for reason, count in said.items() if count})


def _country(text: str) -> str:
    try:
        return country(text)
    except BadQuestion:
        return ""


def _refuse_namesake(graph: Graph, text: str) -> None:
    """Whether a country's name is somebody's too: neither is guessed."""
    wanted = folded(text)
    for at in np.flatnonzero(~graph.of_kind("Country")).tolist():
        if wanted and folded(str(graph.names[at])) == wanted:
            raise BadQuestion(
                f"{text!r} names a country and {graph.ids[at]} (a {graph.kinds[at]}); give the code or the id"
            )
