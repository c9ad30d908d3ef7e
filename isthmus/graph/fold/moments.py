"""When a tie was so: at its own dates, else at those of the event at one of its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY, parse
from isthmus.graph.errors import BadDate
from isthmus.graph.fold.columns import iso_codes
from isthmus.graph.fold.table import Coded, coded, objects
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from isthmus.graph.dates import Span
    from isthmus.graph.fold.columns import Columns

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


class Moments(NamedTuple):
    """Entries of one list of moments; `of` is the place of the tie among those asked for.

    Days are proleptic ordinals: the start lay from `start_lo` to `start_hi`, the end from `end_lo` to `end_hi`.
    """

    of: Ints
    start_lo: Ints
    start_hi: Ints
    end_lo: Ints
    end_hi: Ints
    uncertain: Bools

    @property
    def undated(self) -> Bools:
        """Which say nothing of the time."""
        found: Bools = (self.start_lo == MIN_DAY) & (self.end_hi == MAX_DAY)
        return found


def moments(intervals: Coded) -> Moments:
    """One entry for each date of each tie, in their order; `intervals` has a tie's dates joined by ";"."""
    used, place = np.unique(intervals.codes, return_inverse=True)
    spans = [[parse(text) for text in str(intervals.distinct[code]).split(";")] for code in used]
    lengths = np.array([len(found) for found in spans], dtype=np.int64)
    flat = np.array([span for found in spans for span in found], dtype=np.int64).reshape(-1, 5)
    count = lengths[place]
    begins = (np.cumsum(lengths) - lengths)[place]
    of = np.repeat(np.arange(len(place)), count)
    within = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    found = flat[begins[of] + within]
    return Moments(of, found[:, 0], found[:, 1], found[:, 2], found[:, 3], found[:, 4].astype(bool))


def event_dates(statements: Mapping[str, Any], events: Bools) -> NDArray[np.object_]:
    """The dates that are affirmed of each event, joined by ";"; "" for all else."""
    found = np.full(len(events), "", dtype=object)
    prop, value = coded(statements["property"]), coded(statements["value"])
    subject, affirmed = statements["subject"], statements["affirmed"]
    rows = np.flatnonzero(prop.among({"date"}) & (affirmed > 0) & events[subject])
    value = value.take(rows).compact()
    good = value.of(_is_date, bool)
    for at, text in zip(subject[rows[good]].tolist(), value.texts(good).tolist(), strict=True):
        found[at] = f"{found[at]};{text}" if found[at] else text
    return found


def _is_date(text: str) -> bool:
    try:
        return bool(parse(text))
    except BadDate:
        return False


def by_event(statements: Columns, dates: NDArray[np.object_]) -> Columns:
    """The columns of dates, with those of its event for a tie that has none of its own; `event_dated` says which.

    `dates` are those of `event_dates`. A tie of two events has those of both. Of a part in
    an event whose end no source tells the event is the end; a membership without an end is open.
    """
    subject, target, intervals = statements["subject"], statements["value_at"], coded(statements["intervals"])
    dated = np.append(dates != "", False)  # the last is that of a literal, which has no other end
    near = (target >= 0) & (dated[subject] | dated[target])
    without = near & intervals.among({""})
    part = coded(statements["property"]).among(schema().parts)
    at = np.flatnonzero(near & (without | (part & intervals.of(_endless, bool))))
    ends = zip(intervals.texts(at).tolist(), dates[subject[at]].tolist(), dates[target[at]].tolist(), strict=True)
    texts = coded(objects(_by_event(own, [*filter(None, pair)]) for own, *pair in ends))
    codes = intervals.codes.copy()
    codes[at] = texts.codes + len(intervals.distinct)
    first, last = statements["first_day"].copy(), statements["last_day"].copy()
    first[at] = texts.of(lambda text: min(span.first for span in _spans(text)), np.int64)
    last[at] = texts.of(lambda text: max(span.last for span in _spans(text)), np.int64)
    every = coded(np.append(intervals.distinct, texts.distinct))  # a text of both is one
    return statements | {
        "intervals": Coded(every.codes[codes], every.distinct), "first_day": first, "last_day": last,
        "first": iso_codes(first), "last": iso_codes(last), "event_dated": without,
    }  # fmt: skip


def _endless(text: str) -> bool:
    """Whether an end is unknown in one of the dates."""
    return any(part.endswith("/") for part in text.split(";"))


def _by_event(own: str, dates: list[str]) -> str:
    """The dates of a tie, bounded by those of the events at its ends."""
    told = ";".join(dict.fromkeys(dates))
    if not own:
        return told
    end = max(_spans(told), key=lambda span: span.last).last
    until = next(part for part in told.split(";") if parse(part).last == end).rpartition("/")[2]
    parts = own.split(";")
    return ";".join(
        f"{part}{until}" if part.endswith("/") and until not in ("", "..") and parse(part).start_hi <= end else part
        for part in parts
    )


def _spans(texts: str) -> list[Span]:
    return [parse(text) for text in texts.split(";")]
