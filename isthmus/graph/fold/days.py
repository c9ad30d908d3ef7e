"""The days of each claim of a whole record: when it was so, and from when on the public could read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.graph.dates import MAX_DAY, parse
from isthmus.graph.errors import BadDate
from isthmus.graph.fold.columns import spans
from isthmus.graph.fold.holdings import joined, read_holdings
from isthmus.graph.fold.table import objects
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.fold.table import Coded

    Bools = NDArray[np.bool_]
    Days = NDArray[np.int32]

NEVER = MAX_DAY + 1


class Dates(NamedTuple):
    """Dates that claims affirm of events: row of the claim, position of the event, and bounds in ordinal days."""

    row: NDArray[np.int64]
    event: NDArray[np.int64]
    first: NDArray[np.int64]
    begun: NDArray[np.int64]
    last: NDArray[np.int64]


def claim_days(whole: Folded) -> Columns:
    """One entry a claim, in ordinal days.

    `first` and `last` bound its own date (`dated` says whether it has one); from `public` on it was public: when its
    record was published, or from its day where it tells kind, date or place of an event that the vocabulary calls
    public; `NEVER` where no one says when it was published. `naming` and `timeless` are what comes along with whom it
    is about.
    """
    claims = whole.claim_table
    first, last, undated = spans(claims.coded("valid"))
    _, told, unknown = spans(claims.coded("published"))
    told = np.where(unknown, NEVER, told)
    naming, timeless = _along(whole)
    public = _from_its_day(whole, told)
    return {
        "first": first.astype(np.int32), "last": last.astype(np.int32), "dated": ~undated,
        "public": public.astype(np.int32), "naming": naming, "timeless": timeless,
    }  # fmt: skip


def _along(whole: Folded) -> tuple[Bools, Bools]:
    """Which claims name, and which are timeless, some of them only for some kinds of subject."""
    kind = whole.claim_table.coded("property")
    timeless = kind.among(schema().timeless)
    of_kinds = {name: word.timeless_of for name, word in schema().words_of_claims.items() if word.timeless_of}
    rows = np.flatnonzero(kind.among(of_kinds))
    subject = whole.kinds[whole.claim_table["subject_at"][rows]].tolist()
    timeless[rows] = [who in of_kinds[name] for who, name in zip(subject, kind.texts(rows).tolist(), strict=True)]
    return kind.among(schema().naming), timeless


def _from_its_day(whole: Folded, told: NDArray[np.int64]) -> NDArray[np.int64]:
    claims, public = whole.claim_table, schema().public
    open_kind = np.zeros(len(whole.ids), dtype=bool)
    kinds = _affirmed(claims.coded("property"), claims.coded("polarity"), "event_kind")
    of_public = kinds[claims.coded("value").take(kinds).among(public.kinds)]
    open_kind[claims["subject_at"][of_public]] = True
    dates = event_claims(whole)
    day = np.full(len(whole.ids), NEVER, dtype=np.int64)
    np.minimum.at(day, dates.event, dates.begun)
    subject = claims["subject_at"]
    rows = np.flatnonzero(claims.coded("property").among(public.properties) & open_kind[subject])
    found = told.copy()
    found[rows] = np.minimum(told[rows], day[subject[rows]])
    own = open_kind[dates.event]  # a date is public from the day that it tells
    found[dates.row[own]] = np.minimum(told[dates.row[own]], dates.begun[own])
    return found


def _affirmed(kind: Coded, polarity: Coded, name: str) -> NDArray[np.int64]:
    return np.flatnonzero(kind.among({name}) & polarity.among({"affirmed"}))


def event_claims(whole: Folded) -> Dates:
    """The dates that are affirmed of events; what is no date is none."""
    claims = whole.claim_table
    rows = _affirmed(claims.coded("property"), claims.coded("polarity"), "date")
    value = claims.coded("value").take(rows)
    bounds = {code: _bounds(str(value.distinct[code])) for code in np.unique(value.codes).tolist()}
    found = np.array([bounds[code] for code in value.codes.tolist()], dtype=np.int64).reshape(-1, 3)
    good = whole.of_kind("Event")[claims["subject_at"][rows]] & (found[:, 0] > 0)
    event = claims["subject_at"][rows[good]].astype(np.int64)
    return Dates(rows[good], event, *found[good].T)


def _bounds(text: str) -> tuple[int, int, int]:
    try:
        span = parse(text) if text else None
    except BadDate:
        span = None
    return (span.first, span.start_hi, span.last) if span else (0, 0, 0)


def held_days(whole: Folded) -> Columns:
    """Declared holdings of what is in the record, an entry each: statement, country, and the day from which it was
    certainly held.
    """
    lens = whole.lens
    holdings = read_holdings(whole.file, lens.recorded_by, lens.tlp)
    held = holdings["state"] == "held"
    columns = joined({name: column[held] for name, column in holdings.items()}, whole.same)
    rows = rows_of_holdings(whole, columns)
    there = rows >= 0
    return {
        "statement": rows[there], "country": objects(columns["country"][there]), "day": columns["start"][there],
    }  # fmt: skip


def rows_of_holdings(graph: Folded, holdings: Columns) -> NDArray[np.int64]:
    """Row of the statement that each holding is of; -1 where it is not in view."""
    told = zip(*(holdings[name].tolist() for name in ("subject", "property", "value")), strict=True)
    return np.array([graph.row(*parts) for parts in told], dtype=np.int64)
