"""The first day from which each statement and entity of a whole record is in view, to the public and to each country.

What the clocks of a lens let through (`fold.passing`), told as days, for whoever compares days and knows no rule: a page,
a query in another program. A statement is in view through `published_by`, or `known_by` with one holder, from its day on
and not before; grades, kinds of tie and the time when it was so are not of it. A claim that was taken back is not in the
record and gives no day. Days are proleptic ordinals; `NEVER` where none comes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from isthmus.graph import dates
from isthmus.graph.fold.days import NEVER
from isthmus.graph.fold.identity import days_known, deciding
from isthmus.graph.fold.whole import whole
from isthmus.graph.record import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from isthmus.graph.fold.passing import Ground
    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile

    Days = NDArray[np.int64]

PUBLIC = ""
"""Who an outsider is, among the countries that hold."""


class FirstDays(NamedTuple):
    """By row of the claims and statements, and by position of the entities, of a whole record."""

    claims: Days
    statements: Days
    entities: Days


class Joined(NamedTuple):
    """Two ids that were judged the same, or different, and the day from which each holder (`PUBLIC`: anyone) knew it."""

    left: str
    right: str
    verdict: str
    known: dict[str, int]


def tables(file: CaseFile, lens: Lens) -> dict[str, pd.DataFrame]:
    """The days as frames; `lens` says which record is read, its other parts are not of it.

    `statements` (`subject`, `property`, `value`), `entities` (`id`), `statuses` (`entity`, `status`, and `first` and `last`,
    the days between which it came) and `judgements` (`left`, `right`, `verdict`), each row with a column `public` and one
    for each country that declares what it held: the ISO date from which it is in view; missing where it never is.
    """
    import pandas as pd

    from isthmus.graph.fold.status import changes

    with file.snapshot():
        ground = whole(file, lens)
        record, seen = ground.whole, {one: first_days(ground, one) for one in (PUBLIC, *holders(ground))}
        changed = [(at, change) for at, several in enumerate(changes(record)) for change in several]
        pairs = list(judged(file, lens))
    told, ids = record.statement_table, record.ids
    columns: dict[str, dict[str, Any]] = {
        "statements": {"subject": ids[told["subject"]], "property": told["property"], "value": told["value"]},
        "entities": {"id": ids},
        "statuses": {
            "entity": [ids[at] for at, _ in changed],
            "status": [change.code for _, change in changed],
            "first": [_iso(change.first) for _, change in changed],
            "last": [_iso(change.last) for _, change in changed],
        },
        "judgements": {name: [getattr(one, name) for one in pairs] for name in ("left", "right", "verdict")},
    }
    for one, days in seen.items():
        name = one or "public"
        columns["statements"][name] = _dates(days.statements)
        columns["entities"][name] = _dates(days.entities)
        # Of two arrests, one statement, each is told by claims of its own.
        columns["statuses"][name] = [_iso(int(days.claims[list(change.claims)].min())) for _, change in changed]
        columns["judgements"][name] = [_iso(_joined(pair.known, one)) for pair in pairs]
    return {table: pd.DataFrame(found) for table, found in columns.items()}


def _joined(known: dict[str, int], holder: str) -> int:
    """When a holder could know a judgement; the public, when who was told last was."""
    return known.get(holder, known.get(PUBLIC, NEVER)) if holder else max(known.values())


def _dates(days: Days) -> list[str | None]:
    return [_iso(day) for day in days.tolist()]


def _iso(day: int) -> str | None:
    return date.fromordinal(max(day, dates.MIN_DAY)).isoformat() if day < NEVER else None


def holders(ground: Ground) -> list[str]:
    """The countries of which a holding is declared, in order."""
    return sorted(str(code) for code in ground.held.coded("country").used())


def first_days(ground: Ground, holder: str = PUBLIC) -> FirstDays:
    """The days for the public, or for one country that declares what it held."""
    known = ground.days["public"].astype(np.int64)
    first = ground.days["first"].astype(np.int64)
    if holder != PUBLIC:
        known = np.minimum(known, np.maximum(_held(ground, holder), first))
    there = _by_themselves(ground, known)
    along = _along(ground, first, there)
    day = np.where(ground.along, along, known)
    offsets = ground.whole.offsets[:-1]
    told = np.minimum.reduceat(day, offsets) if len(offsets) else day
    return FirstDays(day, told, there)


def judged(file: CaseFile, lens: Lens) -> Iterator[Joined]:
    """The judgements that decide a pair, with the days on which they were known."""
    for one in deciding(reading.judgements(file, lens.recorded_by)):
        left, right = one.pair
        yield Joined(left, right, one.row.verdict, days_known(one.row.known_from) or {PUBLIC: dates.MIN_DAY})


def _held(ground: Ground, holder: str) -> Days:
    """The day from which each claim's statement was certainly held."""
    held = ground.held
    rows = np.flatnonzero(held.coded("country").among({holder}))
    day = np.full(len(ground.whole.offsets) - 1, NEVER, dtype=np.int64)
    np.minimum.at(day, held["statement"][rows], held["day"][rows])
    found: Days = day[ground.statement]
    return found


def _by_themselves(ground: Ground, known: Days) -> Days:
    """When each entity comes into view by what does not come along with another."""
    there = np.full(len(ground.whole.ids), NEVER, dtype=np.int64)
    rows = np.flatnonzero(~ground.along)
    np.minimum.at(there, ground.subject[rows], known[rows])
    ties = rows[ground.value[rows] >= 0]
    np.minimum.at(there, ground.value[ties], known[ties])
    rows = np.flatnonzero(ground.along)
    rows = rows[ground.quiet[ground.subject[rows]]]
    np.minimum.at(there, ground.subject[rows], known[rows])
    return there


def _along(ground: Ground, first: Days, there: Days) -> Days:
    """When each claim that comes along does; `there` takes in the places and countries that come with it."""
    day = np.full(len(ground.subject), NEVER, dtype=np.int64)
    rows = ground.timeless_rows
    subject, value = ground.subject[rows], ground.value[rows]
    tie, always = value >= 0, ground.always[value] & (value >= 0)
    waits = tie & ~always
    before = -1
    while before != (before := int(there.sum())):  # a place that comes along brings its own country
        day[rows] = np.maximum(first[rows], there[subject])
        day[rows[waits]] = np.maximum(day[rows[waits]], there[value[waits]])
        np.minimum.at(there, value[always], day[rows[always]])
    names = np.flatnonzero(ground.days["naming"])
    day[names] = np.minimum(day[names], np.maximum(first[names], there[ground.subject[names]]))
    return day
