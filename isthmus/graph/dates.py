"""EDTF dates (ISO 8601-2) as spans of days, and three-valued tests on them.

Read are level 1, and of level 2 what sources write: one of a set (`[1957,1962]`, `[1980..1985]`), unknown digits
anywhere (`1985-XX-15`, `156X-12-25`), signs on a part (`2004-06~-11`), quarters and other parts of a year. Beyond it a
start or an end may be one of a set: `2014-08-15/[2018-10-29..]` held up to that day at least, and possibly after.
`tests/graph/test_dates.py` holds the parser to the `edtf` library, which takes milliseconds a date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from isthmus.graph.errors import BadDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIN_DAY = 1
MAX_DAY = date.max.toordinal()
Truth = Literal["certainly", "possibly", "not"]

_SIGN = "[?~%]?"
_PLAIN = re.compile(
    rf"^{_SIGN}([\dX]{{4}}){_SIGN}(?:-{_SIGN}([\dX]{{2}}){_SIGN})?(?:-{_SIGN}([\dX]{{2}}){_SIGN})?$", re.ASCII
)
_BEFORE_OUR_ERA = re.compile(r"^[?~%]?(?:-\d{4}|0000(?=$|[-?~%]))", re.ASCII)
# Parts of a year by their number: first month, and how many. Winter (24) begins in December.
_PARTS = {
    "21": (3, 3), "22": (6, 3), "23": (9, 3), "24": (12, 3),
    "25": (3, 3), "26": (6, 3), "27": (9, 3), "28": (12, 3),  # of the north; of the south they are half a year off
    "29": (9, 3), "30": (12, 3), "31": (3, 3), "32": (6, 3),
    "33": (1, 3), "34": (4, 3), "35": (7, 3), "36": (10, 3),
    "37": (1, 4), "38": (5, 4), "39": (9, 4), "40": (1, 6), "41": (7, 6),
}  # fmt: skip
_LEAP = 8
"""Years within which every day of the calendar comes, 29 February round a century too."""


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
    """Bounds of an EDTF text; the empty text is undated (`ALWAYS`). One of a set is one date within its bounds.

    Raises
    ------
    BadDate
        Not EDTF, a day that no calendar has, an end before its start, or before our era.
    """
    if not text:
        return ALWAYS
    if text[0] == "[" and "/" not in text:
        spans = _members(text)
        lo, hi = min(span.start_lo for span in spans), max(span.end_hi for span in spans)
        return Span(lo, hi, lo, hi, any(span.uncertain for span in spans))
    if "/" not in text:
        lo, hi, uncertain = _single(text)
        return Span(lo, hi, lo, hi, uncertain)
    left, _, right = text.partition("/")
    return _interval(text, left, right)


def once(text: str) -> str:
    """The date of what happens on one day, as a birth does: an interval of days is one of a set.

    >>> once("1980/1985")
    '[1980..1985]'
    """
    if "/" not in text:
        return text
    parse(text)
    left, _, right = text.partition("/")
    return f"[{left.strip('.')}..{right.strip('.')}]"


def until_told(day: str, told: str) -> str:
    """From `day` on: certainly until it was last told, on `told`, and possibly after. "" where the day is not known.

    >>> until_told("2014-08-15", "2018-10-29")
    '2014-08-15/[2018-10-29..]'
    """
    later = told if told and parse(told).start_lo > parse(day).end_hi else day
    return f"{day}/[{later}..]" if day else ""


def agree(texts: Iterable[str]) -> bool:
    """Whether there is a day on which all the dates may be: 1957 and 1957-03-05 agree, 1957 and 1958 do not."""
    common = [(MIN_DAY, MAX_DAY)]
    for text in texts:
        spans = _members(text) if text[:1] == "[" and "/" not in text else [parse(text)]
        common = [
            (max(first, span.first), min(last, span.last))
            for first, last in common
            for span in spans
            if max(first, span.first) <= min(last, span.last)
        ]
    return bool(common)


def _members(text: str) -> list[Span]:
    """The dates of which one is meant, each alone."""
    if not text.endswith("]") or not text[1:-1].strip():
        raise BadDate(f"{text!r} is no set of dates such as [1957,1962] or [1980..1985]")
    return [_member(text, part.strip()) for part in text[1:-1].split(",")]


def _member(text: str, part: str) -> Span:
    left, dots, right = part.partition("..")
    if not dots:
        lo, hi, uncertain = _single(part)
    else:
        start, end = (_single(side) if side else None for side in (left, right))
        lo, hi = start[0] if start else MIN_DAY, end[1] if end else MAX_DAY
        uncertain = bool((start and start[2]) or (end and end[2]))
        if hi < lo:
            raise BadDate(f"{text!r} ends before it starts; did you swap the two?")
    return Span(lo, hi, lo, hi, uncertain)


def _interval(text: str, left: str, right: str) -> Span:
    if not left and not right:
        raise BadDate(f"{text!r} names neither a start nor an end")
    start = (MIN_DAY, MIN_DAY, False) if left == ".." else None if not left else _side(left)
    end = (MAX_DAY, MAX_DAY, False) if right == ".." else None if not right else _side(right)
    if start is None and end is not None:
        return Span(MIN_DAY, end[1], end[0], end[1], True)
    if end is None and start is not None:
        return Span(start[0], start[1], start[0], MAX_DAY, True)
    assert start is not None and end is not None  # noqa: S101, PT018  both are set here
    if end[1] < start[0]:
        raise BadDate(f"{text!r} ends before it starts; did you swap the two?")
    return Span(start[0], start[1], max(end[0], start[0]), end[1], start[2] or end[2])


def _side(text: str) -> tuple[int, int, bool]:
    """Bounds of a start or an end, which may be one of a set."""
    if not text.startswith("["):
        return _single(text)
    span = parse(text)
    return span.start_lo, span.end_hi, span.uncertain


def _single(text: str) -> tuple[int, int, bool]:
    if _BEFORE_OUR_ERA.match(text):
        raise BadDate(f"{text!r} lies before our era (0000 is the year 1 before it), where no date is kept")
    found = _PLAIN.match(text)
    if found is None:
        raise BadDate(f"{text!r} is no EDTF date such as 2015, 2015-11, 2015-11-13 or 2015-08/2015-11-18")
    try:
        lo, hi = _bounds(*found.groups())
    except ValueError as error:
        raise BadDate(f"{text!r} is no day of the calendar") from error
    return lo, hi, any(sign in text for sign in "?~%")


def _bounds(year: str, month: str | None, day: str | None) -> tuple[int, int]:
    first_year, last_year = (max(1, int(year.replace("X", "0"))), int(year.replace("X", "9")))
    if day is None and month in _PARTS:
        low, months = _PARTS[month]
        over, high = divmod(low + months - 2, 12)
        return date(first_year, low, 1).toordinal(), _month_end(last_year + over, high + 1)
    if "X" not in f"{year}{month}{day}":
        return _known(first_year, month, day)
    years = [one for one in range(first_year, last_year + 1) if _fits(f"{one:04}", year)]
    if month is None and day is None:
        return date(years[0], 1, 1).toordinal(), date(years[-1], 12, 31).toordinal()
    fit = [number for number in range(1, 13) if _fits(f"{number:02}", month)]
    first = next(_days(years[:_LEAP], fit, day, step=1))
    return first, next(_days(years[-_LEAP:], fit, day, step=-1))


def _known(year: int, month: str | None, day: str | None) -> tuple[int, int]:
    if month is None:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if day is None:
        return date(year, int(month), 1).toordinal(), _month_end(year, int(month))
    at = date(year, int(month), int(day)).toordinal()
    return at, at


def _days(years: list[int], months: list[int], day: str | None, step: int) -> Iterator[int]:
    """The days that fit, from the first of the years on, or from the last back."""
    for year in years[::step]:
        for month in months[::step]:
            days = [number for number in range(1, monthrange(year, month)[1] + 1) if _fits(f"{number:02}", day)]
            yield from (date(year, month, number).toordinal() for number in days[::step])
    raise ValueError(day)


def _fits(number: str, asked: str | None) -> bool:
    """Whether the digits are those asked for, X being any."""
    return asked is None or all(sign in ("X", digit) for digit, sign in zip(number, asked, strict=True))


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
