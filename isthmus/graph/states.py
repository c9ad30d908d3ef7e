"""States that ended, and whether two people's countries can be told apart when one of them is of such a state."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph import dates
from isthmus.graph.country_tables import text_of

if TYPE_CHECKING:
    from collections.abc import Collection


class Ended(NamedTuple):
    """The last day of a state (a proleptic ordinal), the states its citizens may be of since, and which of them stood
    beside it.
    """

    day: int
    successors: frozenset[str]
    stood: frozenset[str]


@cache
def ended() -> dict[str, Ended]:
    """By code; see `states.yml`. A successor that ended too is there with its own successors."""
    import yaml

    told = yaml.safe_load(text_of("states.yml"))
    last = {code: dates.day(str(state["day"])) for code, state in told.items()}
    return {
        code: Ended(last[code], frozenset(_after(code, told)), frozenset(state.get("stood", ())))
        for code, state in told.items()
    }


def _after(code: str, told: dict[str, dict[str, list[str]]]) -> set[str]:
    direct = told[code]["successors"] if code in told else []
    return set(direct).union(*(_after(one, told) for one in direct))


def overlap(left: Collection[str], right: Collection[str], day: int) -> str:
    """How two sets of countries stand to each other on a day: `disjoint`, `partly shared`, `same`, `unknown` where one
    is empty, or `unknown (successor)` where they may share a country and no one can tell.

    A state that ended and has one successor is that state after its last day. Of one with several no one can tell
    which: a Yugoslav and a Serb in 2015 may be of one country. Before that day it was what it was; a state that came
    after it (a Serb's in 1985) was then part of it.
    """
    one, other = _on(left, day), _on(right, day)
    if not one or not other:
        return "unknown"
    told = {code for code in one & other if not _open(code, day)}
    if told:
        return "same" if one == other and len(told) == len(one) else "partly shared"
    if any(_meet(a, b) for a in one for b in other):
        return "unknown (successor)"
    return "disjoint"


def _on(codes: Collection[str], day: int) -> set[str]:
    """With the only successor in place of a state that had ended."""
    found: set[str] = set()
    for code in codes:
        state = ended().get(code)
        single = state is not None and day > state.day and len(state.successors) == 1
        found |= state.successors if state is not None and single else {code}
    return found


def _open(code: str, day: int) -> bool:
    """Whether it had ended, and what became of its citizens is not told by it."""
    return code in ended() and day > ended()[code].day


def _meet(one: str, other: str) -> bool:
    """Whether a citizen of one may have been one of the other too."""
    return bool((_reach(one) | {one}) & (_reach(other) | {other}))


def _reach(code: str) -> frozenset[str]:
    state = ended().get(code)
    return state.successors - state.stood if state else frozenset()
