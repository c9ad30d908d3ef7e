"""Paths in time order, against every path of small networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph.dates import MAX_DAY, MIN_DAY, parse
from isthmus.queries.evidence.timed import Timed, foremost, order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Moment = tuple[int, int, int, int, float]  # two nodes, first and last day, chance


def timed(moments: Sequence[Moment]) -> Timed:
    one, other, first, last = (np.array([moment[at] for moment in moments], dtype=np.int64) for at in range(4))
    chance = np.array([moment[4] for moment in moments])
    place = np.arange(len(moments))
    none = np.zeros(len(moments), dtype=bool)
    return Timed(one, other, place, place, chance, chance, chance, first, first, last, last, none, place * 0 - 1)


def every_path(
    moments: Sequence[Moment], at: int, target: int, day: int, seen: tuple[int, ...]
) -> Iterator[tuple[int, int, float]]:
    """Day, ties and chance of every path that respects time and comes to no node twice."""
    if at == target:
        yield day, 0, 1.0
        return
    for one, other, first, last, chance in moments:
        step = {one: other, other: one}.get(at)
        if step is not None and step not in seen and last >= day and chance > 0:
            for arrival, ties, rest in every_path(moments, step, target, max(day, first), (*seen, step)):
                yield arrival, ties + 1, chance * rest


@st.composite
def networks(draw: st.DrawFn) -> list[Moment]:
    found = []
    for _ in range(draw(st.integers(1, 9))):
        one, other = draw(st.lists(st.integers(0, 4), min_size=2, max_size=2, unique=True))
        first, length = draw(st.integers(1, 8)), draw(st.sampled_from([0, 0, 1, 3]))
        bounds = draw(st.sampled_from([(first, first + length)] * 4 + [(MIN_DAY, MAX_DAY)]))
        found.append((one, other, *bounds, draw(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9]))))
    return found


@given(networks())
def test_the_path_found_is_the_best_of_all(moments: list[Moment]) -> None:
    best = min(
        ((day, ties, -chance) for day, ties, chance in every_path(moments, 0, 4, MIN_DAY, (0,))), default=None
    )  # fmt: skip
    found = foremost(timed(moments), 5, 0, 4)
    if best is None:
        assert found is None
        return
    assert found is not None
    chance = float(np.prod([moments[at][4] for at in found.moments]))
    assert (found.day, len(found.moments)) == best[:2]
    assert chance == pytest.approx(-best[2])
    day = MIN_DAY
    for at, (here, there) in zip(found.moments, zip(found.nodes, found.nodes[1:], strict=False), strict=True):
        assert {here, there} == {*moments[at][:2]}
        assert moments[at][3] >= day
        day = max(day, moments[at][2])
    assert day == found.day


def test_a_later_arrival_on_the_way_may_give_fewer_ties() -> None:
    """s-a-b-c-t and s-d-t arrive on one day; the second waits on the way, and has fewer ties."""
    moments = [(0, 1, 1, 1, 0.2), (1, 2, 2, 2, 0.2), (2, 3, 3, 3, 0.2), (3, 4, 50, 50, 0.2), (0, 3, 40, 40, 0.4)]
    found = foremost(timed(moments), 5, 0, 4)
    assert found is not None
    assert (found.nodes, found.day) == ((0, 3, 4), 50)


def test_an_end_is_reached_from_itself() -> None:
    assert foremost(timed([(0, 1, 1, 1, 0.5)]), 2, 1, 1) == ((1,), (), MIN_DAY)


@pytest.mark.parametrize(
    ("dates", "answer"),
    [
        (["2014", "2014-03-01"], "possibly"), (["2013", "2014-03-01"], "certainly"), (["2014-03-01"] * 2, "certainly"),
        (["2014/2018", "2014-06-01"], "possibly"), (["2010/2018-07", "2012-06"], "certainly"), (["2013?", "2014"], "possibly"),
        (["", "2014"], "possibly"), (["2013-01-01/2014-12-31", "2012/2013-06-01"], "certainly"),
    ],
)  # fmt: skip
def test_whether_moments_came_in_their_order(dates: list[str], answer: str) -> None:
    spans = [parse(text) for text in dates]
    columns = [np.array([span[at] for span in spans]) for at in range(5)]
    made = timed([(0, 1, 1, 1, 0.5)] * len(dates))._replace(
        start_lo=columns[0],
        start_hi=columns[1],
        end_lo=columns[2],
        end_hi=columns[3],
        uncertain=columns[4].astype(bool),
    )
    assert order(made, range(len(dates))) == answer
    of_one_event = made._replace(event=np.zeros(len(dates), dtype=np.int64))
    same = len({*dates}) == 1
    assert order(of_one_event, range(len(dates))) == ("certainly" if same else answer)
