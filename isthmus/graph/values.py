"""Checks of a claim's value against the type that `schema.yml` gives its property."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from isthmus.graph import dates
from isthmus.graph.declarations import Tie
from isthmus.graph.errors import BadDate, BadRow, UnknownWord
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_OTHER_CALENDARS = (1300, 1450)  # as years of the Hegira those of 1882 to 2071; as our own no one's in a case
_HEGIRA = 622  # its first year
_LUNAR = 0.970224  # a lunar year in solar ones
_NUMBER = r"-?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"^(?:{_NUMBER}|{_NUMBER}\.\.{_NUMBER}|{_NUMBER}\.\.|\.\.{_NUMBER})$")


def checker(name: str) -> Callable[[str], None] | None:
    """What a value of this property must pass; None where any text does.

    Raises
    ------
    UnknownWord
        The property isn't declared.
    """
    declared = schema().declared(name)
    if isinstance(declared, Tie):
        return partial(_entity, name)
    kind = declared.type
    if kind == "kind":
        return partial(_word, "kind", frozenset(schema().kinds))
    if kind == "code":
        return partial(_word, name, schema().codes[declared.codes])
    if declared.once:
        return partial(_once, name)
    checks: dict[str, Callable[[str], None]] = {"range": _range, "date": _date, "point": _point, "number": _number}
    return checks.get(kind)


def span(low: str, high: str) -> str:
    """A range as a value: `low..high`, one number where they are equal, open where one is missing."""
    low, high = low.strip(), high.strip()
    if low == high or not (low or high):
        return low
    return f"{low}..{high}"


def _word(name: str, known: Collection[str], value: str) -> None:
    if value not in known:
        raise UnknownWord(f"{name} {value!r} isn't in graph/schema; {choices(known)}")


def is_id(text: str) -> bool:
    """Whether a text can be the id of an entity."""
    return bool(text) and text == text.strip() and len(text) <= 300


def _entity(name: str, value: str) -> None:
    if not is_id(value):
        raise BadRow(f"{name} {value[:60]!r} is no entity's id")


def _range(value: str) -> None:
    if not _RANGE.match(value):
        raise BadRow(f"{value!r} is no number or range such as 100..150")
    low, dots, high = value.partition("..")
    if dots and low and high and float(low) > float(high):
        raise BadRow(f"range {value!r} runs backwards")


def _number(value: str) -> None:
    if not re.match(rf"^{_NUMBER}$", value):
        raise BadRow(f"{value!r} is no number")


def _date(value: str) -> None:
    dates.parse(value)


def _once(name: str, value: str) -> None:
    """The day of a person's birth or death. A year of another calendar is told by its number: see `_OTHER_CALENDARS`."""
    span = dates.parse(value)
    first, last = (date.fromordinal(day).year for day in (span.first, span.last))
    if _OTHER_CALENDARS[0] <= first and last <= _OTHER_CALENDARS[1]:
        lunar = round(first * _LUNAR + _HEGIRA)
        raise BadDate(
            f"{name} {value!r} has two readings: {first} in our own calendar, or a year of the Hegira, which is about "
            f"{lunar} by the moon (Hijri) and {first + _HEGIRA - 1} by the sun (Persian); write the year of our calendar"
        )


def _point(value: str) -> None:
    """A latitude and a longitude in degrees (WGS 84), joined by a comma."""
    parts = value.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        raise BadRow(f"{value!r} is no point such as 48.8566,2.3522") from None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise BadRow(f"point {value!r} lies outside the earth")
