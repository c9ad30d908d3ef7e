"""EDTF dates (ISO 8601-2, level 1) as spans of days, and three-valued tests on them.

ISO forms, which are nearly all of them, go through a small parser; `tests/graph/test_dates.py` holds it to the
`edtf` library, which takes milliseconds a date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from isthmus.graph.errors import BadDate

MIN_DAY = 1
MAX_DAY = date.max.toordinal()
Truth = Literal["certainly", "possibly", "not"]

_PLAIN = re.compile(r"^(\d{4}|\d{3}X|\d{2}XX|X{4})(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([?~%]?)$")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}


class Span(NamedTuple):
    """Bounds of a start and of an end, in proleptic ordinal days, both inclusive.

    A single date is something that happened or held at some time within it.
    """

    start_lo: int
    start_hi: int
    end_lo: int
    end_hi: int
    uncertain: bool = False

    @property
    def first(self) -> int:
        """Earliest day at which it may have begun."""
        return self.start_lo

    @property
    def last(self) -> int:
        """Latest day at which it may have ended."""
        return self.end_hi


ALWAYS = Span(MIN_DAY, MAX_DAY, MIN_DAY, MAX_DAY, True)


@lru_cache(maxsize=65536)
def parse(text: str) -> Span:
    """Bounds of an EDTF text; the empty text is undated (`ALWAYS`).

    Raises
    ------
    BadDate
        Not EDTF level 1, a day that no calendar has, or an end before its start.
    """
    if not text:
        return ALWAYS
    if "/" not in text:
        lo, hi, uncertain = _single(text)
        return Span(lo, hi, lo, hi, uncertain)
    left, _, right = text.partition("/")
    return _interval(text, left, right)


def _interval(text: str, left: str, right: str) -> Span:
    if not left and not right:
        raise BadDate(f"{text!r} names neither a start nor an end")
    start = (MIN_DAY, MIN_DAY, False) if left == ".." else None if not left else _single(left)
    end = (MAX_DAY, MAX_DAY, False) if right == ".." else None if not right else _single(right)
    if start is None and end is not None:
        return Span(MIN_DAY, end[1], end[0], end[1], True)
    if end is None and start is not None:
        return Span(start[0], start[1], start[0], MAX_DAY, True)
    assert start is not None and end is not None  # noqa: S101, PT018  both are set here
    if end[1] < start[0]:
        raise BadDate(f"{text!r} ends before it starts; did you swap the two?")
    return Span(start[0], start[1], max(end[0], start[0]), end[1], start[2] or end[2])


def _single(text: str) -> tuple[int, int, bool]:
    found = _PLAIN.match(text)
    if found is None:
        raise BadDate(f"{text!r} is no EDTF date such as 2015, 2015-11, 2015-11-13 or 2015-08/2015-11-18")
    year, month, day, sign = found.groups()
    try:
        lo, hi = _bounds(year, month, day)
    except ValueError as error:
        raise BadDate(f"{text!r} is no day of the calendar") from error
    return lo, hi, bool(sign)


def _bounds(year: str, month: str | None, day: str | None) -> tuple[int, int]:
    first_year, last_year = (max(1, int(year.replace("X", "0"))), int(year.replace("X", "9")))
    if month in _SEASONS and day is None:
        low, high = _SEASONS[month]
        if month == "24":  # winter runs into the next year
            return date(first_year, 12, 1).toordinal(), _month_end(last_year + 1, 2)
        return date(first_year, low, 1).toordinal(), _month_end(last_year, high)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(day)
        return date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
    if day is None or day == "XX":
        return date(first_year, int(month), 1).toordinal(), _month_end(last_year, int(month))
    return date(first_year, int(month), int(day)).toordinal(), date(last_year, int(month), int(day)).toordinal()


def _month_end(year: int, month: int) -> int:
    return date(year, month, monthrange(year, month)[1]).toordinal()


def at(span: Span, day: int) -> Truth:
    """Whether what `span` dates held on `day`.

    >>> at(parse("2015-08/2015-11-18"), date(2015, 8, 5).toordinal())
    'possibly'
    """
    return during(span, day, day)


def during(span: Span, first: int, last: int) -> Truth:
    """Whether what `span` dates held at some day from `first` to `last`; an uncertain date says at most possibly."""
    if span.end_hi < first or span.start_lo > last:
        return "not"
    if span.uncertain:
        return "possibly"
    within = span.start_lo >= first and span.end_hi <= last
    return "certainly" if within or (span.start_hi <= last and span.end_lo >= first) else "possibly"


def day(text: str) -> int:
    """Last day of an EDTF date: what `by DATE` means."""
    return parse(text).last


def iso(ordinal: int) -> str:
    """ISO form of a day; open ends give the empty text."""
    return "" if ordinal <= MIN_DAY or ordinal >= MAX_DAY else date.fromordinal(int(ordinal)).isoformat()
