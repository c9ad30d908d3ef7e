"""What no exchange counts is counted by reason, and adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.queries.gap import gap

if TYPE_CHECKING:
    from isthmus.case import Case

IDLE = "facts on no one whom a country without them would want to know of; --need all counts them"


@pytest.mark.parametrize("day", [None, "2015-11-12"])
def test_facts_of_no_interest_are_told_and_add_up(shipped: Case, day: str | None) -> None:
    graph = shipped.through(known_by=day).graph
    wanted = gap(graph, table="statements")
    everything = gap(graph, table="statements", need="all")
    told = wanted.left_out[IDLE]
    assert told > 20
    assert IDLE not in everything.left_out
    assert everything.table["fact"].nunique() == wanted.table["fact"].nunique() + told


def test_facts_that_bear_on_nothing_asked_are_told(shipped: Case) -> None:
    left = gap(shipped.graph, value="threat").left_out
    assert left["facts that bear on no threat; --value chooses others"] > 0
    assert not [reason for reason in gap(shipped.graph, value="pairs").left_out if "--value" in reason]
