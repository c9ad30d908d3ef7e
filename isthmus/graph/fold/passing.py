"""Which claims pass a lens. Every rule of what a lens lets through stands here.

What names a thing, and what was so all along (`timeless` in the vocabulary), comes along with whom it is about,
whenever it was published; a thing is in view by what else is told of it. A thing of which nothing else is told at all
is in view where that passes by itself. Countries and places are there whoever knows of them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph import dates, grading
from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.fold import clipping
from isthmus.graph.fold.days import NEVER, claim_days, event_claims, held_days
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.days import Dates
    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.fold.table import Table
    from isthmus.graph.lens import Lens

    Bools = NDArray[np.bool_]
    Rows = NDArray[np.int64]


class Ground:
    """What every lens asks of a whole record, worked out once."""

    def __init__(self, whole: Folded) -> None:
        self.whole = whole

    @cached_property
    def days(self) -> Table:
        """See `days.claim_days`."""
        return self.whole.kept("days", lambda: claim_days(self.whole))

    @cached_property
    def subject(self) -> NDArray[np.int32]:
        """Positions of the subjects of claims."""
        return self.whole.claim_table["subject_at"]

    @cached_property
    def value(self) -> NDArray[np.int32]:
        """Positions of the values of claims, -1 for a literal."""
        return self.whole.claim_table["value_at"]

    @cached_property
    def statement(self) -> Rows:
        """Rows of the statements that claims make."""
        return self.whole.claim_table["statement"]

    @cached_property
    def affirming(self) -> Bools:
        """Which claims affirm."""
        return self.whole.claim_table.coded("polarity").among({"affirmed"})

    @cached_property
    def ended(self) -> Bools:
        """Which claims state an end."""
        found: Bools = self.whole.claim_table.coded("valid").of(clipping.ended, bool)
        return found

    @cached_property
    def remarked(self) -> Bools:
        """Which claims carry a remark of their source."""
        found: Bools = self.whole.claim_table.coded("qualifiers").of(clipping.remarked, bool)
        return found

    @cached_property
    def name_rows(self) -> Rows:
        """Claims of a name."""
        return np.flatnonzero(self.whole.claim_table.coded("property").among({"name"}))

    @cached_property
    def dates(self) -> Dates:
        """The dates of events."""
        return event_claims(self.whole)

    @cached_property
    def held(self) -> Table:
        """Who held what from when on."""
        return self.whole.kept("held", lambda: held_days(self.whole))

    @cached_property
    def along(self) -> Bools:
        """Claims that come along with whom they are about."""
        found: Bools = self.days["naming"] | self.days["timeless"]
        return found

    @cached_property
    def timeless_rows(self) -> Rows:
        """Claims that are timeless."""
        return np.flatnonzero(self.days["timeless"])

    @cached_property
    def events(self) -> Bools:
        """Which entities are events."""
        return self.whole.of_kind("Event")

    @cached_property
    def at_events(self) -> Rows:
        """Claims with an event at an end."""
        return np.flatnonzero(self.events[self.subject] | ((self.value >= 0) & self.events[self.value]))

    @cached_property
    def always(self) -> Bools:
        """Which entities are there whoever knows of them."""
        return self.whole.of_kind(*schema().kind_sets.always)

    @cached_property
    def quiet(self) -> Bools:
        """Entities of which nothing is told but what comes along."""
        told = np.zeros(len(self.whole.ids), dtype=bool)
        mark(told, self, ~self.along)
        return ~told

    @cached_property
    def dated_rows(self) -> Rows:
        """Claims with a date of their own and no event at an end, that do not come along."""
        dated = self.days["dated"] & ~self.along
        dated[self.at_events] = False
        return np.flatnonzero(dated)

    @cached_property
    def tie_rows(self) -> Rows:
        """Claims of ties that place nothing and are not timeless."""
        kind = self.whole.claim_table.coded("property")
        return np.flatnonzero((self.value >= 0) & ~self.along & ~kind.among(schema().placing))


def mark(found: Bools, ground: Ground, claims: Bools | Rows) -> None:
    """Mark the entities at the ends of these claims."""
    found[ground.subject[claims]] = True
    value = ground.value[claims]
    found[value[value >= 0]] = True


class Passing:
    """The claims of a whole record that pass a lens; `left_out` counts those that do not, by the first reason."""

    def __init__(self, ground: Ground, lens: Lens) -> None:
        self.ground, self.lens = ground, lens
        self.left_out: dict[str, int] = {}
        self._rest = np.ones(len(ground.subject), dtype=bool)  # of what needs to pass by itself
        self._by_hand = self._rest.copy()  # of what comes along too
        self._choose()
        known = self._know()
        if lens.valid:
            self._hold_then(lens.valid, known)
        self.keep = self._in_view()

    def _drop(self, passes: Bools, reason: str, *, along: bool = False) -> None:
        gone = int(np.count_nonzero(self._rest & ~passes & (along | ~self.ground.along)))
        if gone:
            self.left_out[reason] = gone
        self._rest &= passes
        if along:
            self._by_hand &= passes

    def _choose(self) -> None:
        """By grade and kind of tie."""
        lens, kind = self.lens, self.ground.whole.claim_table.coded("property")
        if lens.min_grade:
            least = lens.min_grade
            fits = self.ground.whole.claim_table.coded("grade").of(lambda grade: grading.passes(grade, least), bool)
            self._drop(fits | self.ground.days["naming"], f"claims graded below {least} or ungraded", along=True)
        if lens.ties:
            other = kind.among(schema().ties) & ~kind.among(schema().placing.union(lens.ties))
            self._drop(~other, "ties of other kinds", along=True)

    def _know(self) -> Bools:
        """By what was known; and which claims were, of whatever grade and kind."""
        lens, known = self.lens, np.ones(len(self._rest), dtype=bool)
        if lens.published_by:
            known &= self.ground.days["public"] <= dates.day(lens.published_by)
            self._drop(known, f"claims published after {lens.published_by} or at an unknown date")
        if lens.known_by:
            known &= (self.ground.days["public"] <= dates.day(lens.known_by)) | self._held(lens.known_by)
            self._drop(known, f"claims that were neither public by {lens.known_by} nor declared to be held by then")
        if self.day < MAX_DAY:
            self._by_hand &= self.ground.days["first"] <= self.day
        return known

    @property
    def day(self) -> int:
        """See `Lens.day`."""
        return self.lens.day

    def _held(self, known_by: str) -> Bools:
        """Claims that make a statement held by then, and tell of nothing after it."""
        held, day = self.ground.held, dates.day(known_by)
        rows = held["day"] <= day
        if self.lens.holders is not None:
            rows &= held.coded("country").among(self.lens.holders)
        by_then = np.zeros(len(self.ground.whole.offsets) - 1, dtype=bool)
        by_then[held["statement"][rows]] = True
        found: Bools = by_then[self.ground.statement] & (self.ground.days["first"] <= day)
        return found

    @cached_property
    def public(self) -> Bools:
        """Claims that were public by the day that is asked about: all of them where none is."""
        found: Bools = self.ground.days["public"] <= (self.day if self.day < MAX_DAY else NEVER)
        return found

    def _hold_then(self, valid: str, known: Bools) -> None:
        """By when it was so. Which events were then is decided on all that was `known`, of whatever grade and kind."""
        asked, days, ground = dates.parse(valid), self.ground.days, self.ground
        overlap = (days["last"] >= asked.first) & (days["first"] <= asked.last)
        self._drop(overlap, f"claims not valid in {valid}")
        self._by_hand &= overlap | days["naming"]
        out = self._out_of_view(known, asked.first, asked.last)
        if not out.any():
            return
        at = ground.at_events
        value = ground.value[at]
        there = out[ground.subject[at]] | (out[value] & (value >= 0))
        passes = known & overlap
        passes[at[there]] = False
        out |= self._tied_to_nothing_else(at[there & known[at] & (value >= 0)], passes)
        passes = ~(out[ground.subject] | (out[ground.value] & (ground.value >= 0)))
        self._drop(passes, f"claims on events out of view in {valid}, or on what is tied only to them")
        self._by_hand &= passes

    def _out_of_view(self, known: Bools, first: int, last: int) -> Bools:
        """Events that certainly were not in that time, by the dates of them that were known."""
        told, count = self.ground.dates, len(self.ground.whole.ids)
        rows = known[told.row]
        begin, end = np.full(count, MAX_DAY, dtype=np.int64), np.full(count, MIN_DAY, dtype=np.int64)
        np.minimum.at(begin, told.event[rows], told.first[rows])
        np.maximum.at(end, told.event[rows], told.last[rows])
        found: Bools = (begin <= end) & ((end < first) | (begin > last))
        return found

    def _tied_to_nothing_else(self, ties: Rows, passes: Bools) -> Bools:
        """Entities at the ends of `ties`, to events out of view, whom no other tie that `passes` joins to another, and of
        which nothing dated is told that was so then.
        """
        ground = self.ground
        lost, has = (np.zeros(len(ground.whole.ids), dtype=bool) for _ in range(2))
        mark(lost, ground, ties)
        left = ground.tie_rows[passes[ground.tie_rows]]
        mark(has, ground, left[~(ground.always[ground.subject[left]] | ground.always[ground.value[left]])])
        has[ground.subject[ground.dated_rows[passes[ground.dated_rows]]]] = True
        found: Bools = lost & ~has & ~ground.always
        return found

    def _in_view(self) -> Bools:
        """What passes by itself, and what comes along with the entities that are in view by it."""
        ground = self.ground
        by_itself = self._rest & ~ground.along
        there = np.zeros(len(ground.whole.ids), dtype=bool)
        mark(there, ground, by_itself)
        if ground.quiet.any():
            rows = np.flatnonzero(self._rest & ground.along)
            there[ground.subject[rows[ground.quiet[ground.subject[rows]]]]] = True
        rows = ground.timeless_rows[self._by_hand[ground.timeless_rows]]
        subject, value = ground.subject[rows], ground.value[rows]
        ends = (value < 0) | ground.always[value]
        fits, count = np.zeros(len(rows), dtype=bool), -1
        while count < (count := int(np.count_nonzero(fits))):  # a place that comes along brings its own country
            fits = there[subject] & (ends | there[value])
            there[value[fits & (value >= 0)]] = True
        keep = by_itself
        keep[rows[fits]] = True
        keep |= ground.days["naming"] & self._by_hand & there[ground.subject]
        along = int(np.count_nonzero(ground.along & ~keep))
        if along:
            self.left_out["claims that name or describe what is not in view"] = along
        return keep
