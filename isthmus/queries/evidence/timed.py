"""Paths in time order: what could have passed from one to the other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]


class Timed(NamedTuple):
    """One entry a moment of a tie between two nodes, usable both ways.

    `pair` is the two nodes' place among all pairs, `row` the statement. Days are ordinals: the start lay from
    `start_lo` to `start_hi`, the end from `end_lo` to `end_hi`. `event` is the event whose date it is, -1 where the
    tie's own.
    """

    one: Ints
    other: Ints
    pair: Ints
    row: Ints
    chance: Reals
    low: Reals
    high: Reals
    start_lo: Ints
    start_hi: Ints
    end_lo: Ints
    end_hi: Ints
    uncertain: NDArray[np.bool_]
    event: Ints


class Foremost(NamedTuple):
    """A path that respects time: its nodes, the moments it uses, and the day on which it arrives."""

    nodes: tuple[int, ...]
    moments: tuple[int, ...]
    day: int


class _Arcs(NamedTuple):
    """Moments in both directions."""

    tail: Ints
    head: Ints
    first: Ints
    last: Ints
    moment: Ints


def foremost(timed: Timed, n: int, source: int, target: int) -> Foremost | None:
    """The path among `n` nodes that arrives first when each moment is used while it lasts, none before the one ahead.

    Waiting is allowed, and so are two moments on one day. Of paths that arrive on the same day the one with fewer ties
    wins, then the likelier. Undated ties can be used at any time. None if no path respects time.

    Earliest arrivals by number of ties, as Bellman and Ford have it, give the day and the fewest ties; the likeliest is
    found among the labels (day, chance) of each node that no other beats in both. Kempe, Kleinberg & Kumar (2002), J.
    Comput. Syst. Sci. 64: 820-842; Bui-Xuan, Ferreira & Jarry (2003), Int. J. Found. Comput. Sci. 14: 267-285.
    """
    if source == target:
        return Foremost((source,), (), MIN_DAY)
    arcs = _arcs(timed)
    arrived = _arrivals(arcs, n, source, target)
    if arrived is None:
        return None
    day, hops = arrived
    latest = _departures(arcs, n, target, day, hops)
    return _likeliest(arcs, timed.chance, latest, source, target, day)


def order(timed: Timed, moments: Sequence[int]) -> Literal["certainly", "possibly"]:
    """Whether the moments certainly or only possibly came in this order, or on one day.

    Certainly if each may have begun no later than any after it can have ended. Two of one event are one moment.
    """
    for at, later in enumerate(moments):
        for earlier in moments[:at]:
            if _one(timed, earlier, later):
                continue
            doubted = timed.uncertain[earlier] or timed.uncertain[later]
            if doubted or timed.start_hi[earlier] > timed.end_lo[later]:
                return "possibly"
    return "certainly"


def _one(timed: Timed, earlier: int, later: int) -> bool:
    """Whether two moments are the one time of an event."""
    same = timed.event[earlier] == timed.event[later] and timed.start_lo[earlier] == timed.start_lo[later]
    return bool(timed.event[earlier] >= 0 and same and timed.end_hi[earlier] == timed.end_hi[later])


def _arcs(timed: Timed) -> _Arcs:
    so = np.flatnonzero(timed.chance > 0)
    ends = timed.one[so], timed.other[so]
    twice = np.concatenate([so, so])
    return _Arcs(
        np.concatenate(ends), np.concatenate(ends[::-1]), timed.start_lo[twice], timed.end_hi[twice], twice
    )  # fmt: skip


def _arrivals(arcs: _Arcs, n: int, source: int, target: int) -> tuple[int, int] | None:
    """The first day of arrival at the target, and the fewest ties that keep it."""
    never = MAX_DAY + 1
    at = np.full(n, never, dtype=np.int64)
    at[source] = MIN_DAY
    found: tuple[int, int] | None = None
    for hops in range(1, n):
        here = at[arcs.tail]
        use = (here < never) & (here <= arcs.last)
        nearer = at.copy()
        np.minimum.at(nearer, arcs.head[use], np.maximum(here, arcs.first)[use])
        if nearer[target] < at[target]:
            found = int(nearer[target]), hops
        if (nearer == at).all():
            break
        at = nearer
    return found


def _departures(arcs: _Arcs, n: int, target: int, day: int, hops: int) -> list[Ints]:
    """For each number of ties left, the latest day at each node from which the target is still reached by `day`."""
    late = np.full(n, MIN_DAY - 1, dtype=np.int64)
    late[target] = day
    found = [late]
    for _ in range(hops):
        there = late[arcs.head]
        use = arcs.first <= there
        late = np.full(n, MIN_DAY - 1, dtype=np.int64)
        np.maximum.at(late, arcs.tail[use], np.minimum(there, arcs.last)[use])
        found.append(late)
    return found


class _Label(NamedTuple):
    """One way to a node: the day, -ln of its chance, and how it came."""

    day: int
    doubt: float
    moment: int
    before: _Label | None
    node: int


def _likeliest(arcs: _Arcs, chance: Reals, latest: list[Ints], source: int, target: int, day: int) -> Foremost:
    """The likeliest path with as many ties as `latest` has steps, which arrives by `day`."""
    front = {source: [_Label(MIN_DAY, 0.0, -1, None, source)]}
    for left in reversed(latest[:-1]):
        held = np.zeros(len(left), dtype=bool)
        held[list(front)] = True
        use = np.flatnonzero(held[arcs.tail] & (arcs.first <= left[arcs.head]))
        found: dict[int, list[_Label]] = defaultdict(list)
        for arc in use.tolist():
            head, first, last = int(arcs.head[arc]), int(arcs.first[arc]), int(arcs.last[arc])
            moment, until = int(arcs.moment[arc]), int(left[head])
            doubt = -float(np.log(chance[moment]))
            found[head] += [
                _Label(max(label.day, first), label.doubt + doubt, moment, label, head)
                for label in front[int(arcs.tail[arc])]
                if label.day <= last and max(label.day, first) <= until
            ]
        front = {node: _not_dominated(labels) for node, labels in found.items() if labels}
    best = min(front[target], key=lambda label: label.doubt)
    return _traced(best, day)


def _not_dominated(labels: list[_Label]) -> list[_Label]:
    """The labels than which none is both as early and as likely; in the order of days."""
    kept: list[_Label] = []
    for label in sorted(labels, key=lambda label: (label.day, label.doubt)):
        if not kept or label.doubt < kept[-1].doubt:
            kept.append(label)
    return kept


def _traced(label: _Label, day: int) -> Foremost:
    nodes, moments = [label.node], []
    at = label
    while at.before is not None:
        moments.append(at.moment)
        at = at.before
        nodes.append(at.node)
    return Foremost(tuple(reversed(nodes)), tuple(reversed(moments)), day)
