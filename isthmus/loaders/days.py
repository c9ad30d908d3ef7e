"""Dates as lists write them, as EDTF with the precision that was given."""

from __future__ import annotations

import re
from typing import Literal

from isthmus.graph import dates
from isthmus.graph.errors import BadDate

Order = Literal["dmy", "mdy", ""]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")
NO_ORDER: Order = ""
_MONTHS = {
    name: f"{number:02}"
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST = re.compile(r"^(\d{4})([-/])(\d{2})(?:\2(\d{2}))?(?:T.*|Z|[+-]\d{2}:\d{2})?$")
_NUMBERS = re.compile(r"^(\d{1,2})([/.])(\d{1,2})\2(\d{4})$")
_WORDS = re.compile(r"^(?:(\d{1,2})\.? )?(?:([A-Za-z]{3,9})\.?,? )?(\d{4})$")
_AMERICAN = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$")
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.) ", re.IGNORECASE)
_EITHER = re.compile(r" or ", re.IGNORECASE)
_BETWEEN = re.compile(r"^between (.+?) (?:to|and|-) (.+)$", re.IGNORECASE)
_RANGE = re.compile(r"^(.+?) (?:to|-) (.+)$", re.IGNORECASE)


def edtf(text: str, order: Order = "dmy") -> str:
    """EDTF of `13/11/2015`, `13 Nov 2015`, `Nov. 2015`, `circa 1965`, `1965 to 1967`, `1957 or 1962`, or EDTF as it is.

    `order` says how `03/04/2015` is meant: `dmy` or `mdy`; where nobody says, it has two readings and is refused. A
    day or month 00 is one that isn't known. A time of day is left out. "Between" two dates is one day of a set.

    Raises
    ------
    BadDate
        The text is none of these; the message has it as it is written.
    """
    text = " ".join(text.split())
    if text and _is_edtf(text):
        return text
    found = _read(text, order)
    if not _is_edtf(found):
        raise BadDate(f"{text!r} is no day of the calendar")
    return found


def _is_edtf(text: str) -> bool:
    try:
        dates.parse(text)
    except BadDate:
        return False
    return True


def _read(text: str, order: Order) -> str:
    if found := _YEAR_FIRST.match(text):
        return _join(text, found[1], found[3], found[4] or "00")
    if about := _ABOUT.match(text):
        return re.sub(r"\d[\dX]{3}[-\dX]*", r"\g<0>~", edtf(text[about.end() :], order))
    if found := _NUMBERS.match(text):
        return _numbers(text, found, "dmy" if found[2] == "." else order)
    if found := _WORDS.match(text):
        return _words(text, found[1] or "", found[2] or "", found[3])
    if found := _AMERICAN.match(text):
        return _words(text, found[2], found[1], found[3])
    return _several(text, order)


def _several(text: str, order: Order) -> str:
    """Texts made of more than one date."""
    if len(parts := _EITHER.split(text)) > 1:
        return f"[{','.join(edtf(part, order) for part in parts)}]"
    for pattern, form in ((_BETWEEN, "[{}..{}]"), (_RANGE, "{}/{}")):
        if found := pattern.match(text):
            return form.format(*(edtf(part, order) for part in found.groups()))
    raise BadDate(f"{text!r} is no date such as 2015-11-13, 13/11/2015, 13 Nov 2015 or circa 1965")


def _numbers(text: str, found: re.Match[str], order: Order) -> str:
    one, other, year = found[1].zfill(2), found[3].zfill(2), found[4]
    if order == NO_ORDER:
        if one <= "12" and other <= "12" and one != other:
            raise BadDate(
                f"{text!r} has two readings, {_join(text, year, other, one)} with the day first and "
                f"{_join(text, year, one, other)} with the month first; say which: dates=dmy or dates=mdy"
            )
        order = "mdy" if other > "12" else "dmy"
    return _join(text, year, *((other, one) if order == "dmy" else (one, other)))


def _words(text: str, day: str, word: str, year: str) -> str:
    month = _MONTHS.get(word.lower(), "")
    if word and not month:
        raise BadDate(f"{text!r} is no date: no month is called {word!r}")
    if day and not month:
        raise BadDate(f"{text!r} is no date: it has a day and no month")
    return _join(text, year, month or "00", day.zfill(2))


def _join(text: str, year: str, month: str, day: str) -> str:
    if year == "0000":
        raise BadDate(f"{text!r} names no year")
    if month == "00":
        return year
    return f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"
