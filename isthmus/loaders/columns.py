"""Reading the coded columns that event data bases share: unknown values, numbers, categories, dates, keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadInput, BadRow, UnknownWord
from isthmus.graph.suggestion import nearest
from isthmus.loaders.stated import Columnar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source

_EXCEL = frozenset({".xlsx", ".xlsm"})
UNKNOWN = frozenset({"", "N/A", "NULL"})  # how exports write an empty cell
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465  # 1 March 1900 and 31 December 9999
_SERIAL_EPOCH = date(1899, 12, 30)  # so that the 29 February 1900 that Excel counts does no harm
_MONTHS = {name: at for at, name in enumerate(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), 1)}
_ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_WORD_DAY = re.compile(r"^(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{2}|\d{4})$")
_SLASH_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_PACKED_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_DECIMAL = re.compile(r"^\d+\.\d+$", re.ASCII)
_SERIAL_DAY = re.compile(r"^\d{2,7}(?:\.\d+)?$")


class Columns:
    """Column names as they ought to be: folded to lower case, with the aliases that `source.yml` lists."""

    def __init__(self, source: Source) -> None:
        self.aliases = source.stated(Columnar).aliases
        self.required = source.stated(Columnar).required

    def rows(self, source: Source, path: Path) -> Iterator[dict[str, str]]:
        """The rows of a CSV file or of the first sheet of a workbook, under their proper names.

        Raises `BadInput` for a column that is missing, or that stands under two of its names.
        """
        read = source.excel_rows if path.suffix.lower() in _EXCEL else source.csv_rows
        renamed: dict[str, str] | None = None
        for row in read(path, lower=True):
            if renamed is None:
                renamed = self._fit(path, row)
            if renamed:
                for given, proper in renamed.items():
                    row[proper] = row.pop(given)
            values = row.values()
            if "N/A" in values or "NULL" in values:
                row = {name: "" if value in UNKNOWN else value for name, value in row.items()}
            yield row

    def _fit(self, path: Path, row: Mapping[str, str]) -> dict[str, str]:
        found = {name: self.aliases[name] for name in row if name in self.aliases}
        names = [found.get(name, name) for name in row]
        for name in found.values():
            if names.count(name) > 1:
                raise BadInput(f"{path}, line 1: column {name!r} stands twice, once under another name; take one out")
        for name in self.required:
            if name not in names:
                near = nearest(name, names)
                raise BadInput(f"{path}, line 1: column {name!r} is missing{f'; is {near!r} it?' if near else ''}")
        return found


class Category(dict["str | tuple[str, str]", str]):
    """A coded column: `category[code]`, or `category[text, code]` where the table has both, is the word for it.

    Nothing gives nothing. Spellings that `source.yml` corrects count as the word they stand for.

    Raises
    ------
    UnknownWord
        The category isn't known: it could change the meaning, so the run stops.
    BadRow
        Text and code contradict each other.
    """

    def __init__(self, name: str, words: Collection[str] | Mapping[Any, str], corrected: Mapping[str, str]) -> None:
        super().__init__()
        self.name = name
        self.by_code: dict[str, str] = {}
        if isinstance(words, Mapping):
            self.by_code = {str(code): word for code, word in words.items()}
        known: Collection[str] = self.by_code.values() if self.by_code else words
        self.words: dict[str, str] = {word: word for word in known} | dict(corrected)

    def __missing__(self, key: str | tuple[str, str]) -> str:
        """What is met for the first time: looked up once, and then as fast as any dictionary."""
        text, code = ("", key) if isinstance(key, str) else key
        word = self[key] = self._look_up(text, code)
        return word

    def word(self, text: str) -> str:
        """The word for a text, where the table has no codes."""
        return self[text, ""]

    def _look_up(self, text: str, code: str) -> str:
        if text:
            word = self.words.get(text)
            if word is None:
                raise UnknownWord(f"{self.name} {text[:80]!r} isn't in source.yml; add it there")
            if code and self.by_code and self.by_code.get(code) != word:
                raise BadRow(f"{self.name}: code {code!r} is {self.by_code.get(code, 'unknown')!r}, the text {text!r}")
            return word
        if code and code not in self.by_code:
            raise UnknownWord(f"{self.name} has code {code[:20]!r}, which source.yml doesn't know; add it there")
        return self.by_code[code] if code else ""


def category(source: Source, name: str) -> Category:
    """A category of `source.yml`: `categories` has its words, `corrections` the dirty values that are known."""
    return Category(name, source.stated(Columnar).categories[name], source.stated(Columnar).corrections.get(name, {}))


class Met:
    """What was met in the rows before: keys that may stand once, groups and places that are described once.

    A row that is set aside leaves no trace: what it named is met for good with `keep`.
    """

    def __init__(self) -> None:
        self._before: set[int] = set()  # hashes: a set of the texts takes five times as much
        self._now: list[int] = []

    def start(self) -> None:
        """A new row begins."""
        self._now.clear()

    def keep(self) -> None:
        """The row was read to its end."""
        self._before.update(self._now)

    def first(self, name: str) -> bool:
        """Whether this is met for the first time."""
        mark = hash(name)
        if mark in self._before or mark in self._now:
            return False
        self._now.append(mark)
        return True

    def once(self, column: str, key: str) -> str:
        """The key of a row. Raises `BadRow` if it is empty or was met before."""
        if not key:
            raise BadRow(f"{column} is empty")
        if not self.first(f"{column}\0{key}"):
            raise BadRow(f"{column} {key!r} stands twice")
        return key


def count(text: str, name: str, unknown: Collection[str] = ()) -> str:
    """A number of 0 or more as digits; nothing where it is unknown. `3.0` is `3`, and `1.5` stays.

    Raises `BadRow` for anything else.
    """
    if text.isdecimal() and text.isascii():
        return text
    if text in UNKNOWN or text in unknown:
        return ""
    if _DECIMAL.match(text):
        return text.rstrip("0").rstrip(".")
    raise BadRow(f"{name} {text[:40]!r} is no number of 0 or more")


def point(latitude: str, longitude: str) -> str:
    """Latitude and longitude in degrees as a value; nothing where either is unknown.

    Raises `BadRow` for what is no number or lies outside the earth.
    """
    if latitude in UNKNOWN or longitude in UNKNOWN:
        return ""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        raise BadRow(f"{latitude[:30]!r}, {longitude[:30]!r} is no latitude and longitude") from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise BadRow(f"latitude {latitude}, longitude {longitude} lie outside the earth")
    return f"{latitude},{longitude}"


def partial_date(year: str, month: str, day: str) -> str:
    """EDTF of three columns in which 0, nothing or a code below 0 is unknown: `2015`, `2015-11`, `2015-11-13`.

    A day of an unknown month is left out. Raises `BadRow` for a year that isn't one, or a day of no calendar.
    """
    return _partial_date(year, month, day)


@lru_cache(maxsize=32768)
def _partial_date(year: str, month: str, day: str) -> str:
    numbers = [_number_or_zero(part) for part in (year, month, day)]
    if not 1 <= numbers[0] <= 9999:
        raise BadRow(f"year {year[:20]!r} is none")
    if numbers[1] == 0:
        return f"{numbers[0]:04d}"
    try:
        found = date(numbers[0], numbers[1], numbers[2] or 1)
    except (ValueError, OverflowError):
        raise BadRow(f"{year}-{month}-{day} is no day of the calendar") from None
    return found.isoformat() if numbers[2] else found.isoformat()[:7]


def _number_or_zero(text: str) -> int:
    if text in UNKNOWN:
        return 0
    try:
        return max(0, int(text.removesuffix(".0")))
    except ValueError:
        raise BadRow(f"{text[:20]!r} is no part of a date") from None


@lru_cache(maxsize=32768)
def iso_day(text: str, *, month_first: bool = False, serial: bool = False) -> str:
    """ISO day of `2015-11-13`, `20151113`, `13 November 2015`, `13-Nov-15`, `13/11/2015`; of `42321` if `serial`.

    A year of two digits is from 1970 to 2069. `month_first`: `11/13/2015` is meant.

    Raises `BadRow` for any other text, and for a day of no calendar.
    """
    if found := _ISO_DAY.match(text) or _PACKED_DAY.match(text):
        year, month, day = map(int, found.groups())
    elif found := _SLASH_DAY.match(text):
        first, second, year = map(int, found.groups())
        day, month = (second, first) if month_first else (first, second)
    elif (found := _WORD_DAY.match(text)) and found[2][:3].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2][:3].lower()], _full_year(found[3])
    elif serial and _SERIAL_DAY.match(text):
        return serial_day(text)
    else:
        raise BadRow(f"{text[:40]!r} is no date such as 2015-11-13 or 13 November 2015")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise BadRow(f"{text!r} is no day of the calendar") from None


def serial_day(text: str) -> str:
    """ISO day of an Excel serial number, its fraction (the time of day) left out: `42321` is 13 November 2015.

    Raises `BadRow` for what isn't the number of a day from March 1900 on.
    """
    try:
        days = int(float(text))
    except (ValueError, OverflowError):
        raise BadRow(f"{text[:40]!r} is no Excel date such as 42321") from None
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        raise BadRow(f"{text[:40]!r} is no Excel date between March 1900 and the year 9999")
    return (_SERIAL_EPOCH + timedelta(days=days)).isoformat()


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 1900 + year if year >= 70 else 2000 + year


def row_text(row: Mapping[str, str]) -> str:
    """A row as `column: value` lines, without what is empty: what a record keeps of it."""
    return "\n".join([f"{name}: {value}" for name, value in row.items() if value and name != "__line__"])
