"""Dates as lists write them, as EDTF with the precision that was given."""

from __future__ import annotations

import re

from isthmus.graph.errors import BadDate

_MONTHS = {
    name: f"{number:02}"
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?(?:T.*|Z|[+-]\d{2}:\d{2})?$")
_NUMBERS = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_WORDS = re.compile(r"^(?:(\d{1,2})\.? )?(?:([A-Za-z]{3,9})\.?,? )?(\d{4})$")
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.) ", re.IGNORECASE)
_RANGE = re.compile(r"^(?:between )?(.+?) (?:to|and|-) (.+)$", re.IGNORECASE)


def edtf(text: str, order: str = "dmy") -> str:
    """EDTF of `2015-11-13`, `13/11/2015`, `13 Nov 2015`, `Nov. 2015`, `circa 1965`, `1965 to 1967`.

    `order` says how `13/11/2015` is meant: `dmy` or `mdy`. A day or month 00 is one that isn't known. A time of day
    is left out.

    Raises
    ------
    BadDate
        The text is none of these.
    """
    text = " ".join(text.split())
    if _ISO.match(text):
        return text[:10].partition("T")[0]
    if about := _ABOUT.match(text):
        return _circa(edtf(text[about.end() :], order))
    if found := _NUMBERS.match(text):
        first, second, year = found.groups()
        day, month = (first, second) if order == "dmy" else (second, first)
        return _join(year, month.zfill(2), day.zfill(2))
    if found := _WORDS.match(text):
        day, word, year = found.groups()
        month = _MONTHS.get((word or "").lower(), "")
        if word and not month:
            raise BadDate(f"{text!r} is no date: no month is called {word!r}")
        if day and not month:
            raise BadDate(f"{text!r} is no date: it has a day and no month")
        return _join(year, month or "00", (day or "00").zfill(2))
    if found := _RANGE.match(text):
        first, last = (edtf(part, order) for part in found.groups())
        return f"{first}/{last}"
    raise BadDate(f"{text!r} is no date such as 2015-11-13, 13/11/2015, 13 Nov 2015 or circa 1965")


def _join(year: str, month: str, day: str) -> str:
    if month == "00":
        return year
    return f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"


def _circa(date: str) -> str:
    return "/".join(f"{part}~" for part in date.split("/"))
