"""What a person gives, read once for every face: an option, a query's parameter, an argument in Python.

A list is a text with separators or any number of texts; a word counts in any case, with blanks, hyphens or
underscores; a day is a text or what Python knows as one. Countries are read by `isthmus.graph.countries`.
What is not known is refused, never passed over: no rows would read as "there is none".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from numpy import integer

from isthmus.graph import dates
from isthmus.graph.errors import BadDate, BadQuestion
from isthmus.graph.suggestion import choices, suggestion

Texts = str | Iterable[str]
"""One text, or several."""
Numbers = float | str | Iterable[float | str]
"""One number, or several; a number may be a text."""
Day = str | int | date
"""EDTF, a year, or a day: `datetime.date`, `datetime.datetime`, `pandas.Timestamp`."""

Word = TypeVar("Word", bound=str)
_SEPARATORS = re.compile(r"[,;|/\n\t]")
_JOINTS = re.compile(r"[\s_-]+")


def names(given: Texts | None) -> tuple[str, ...]:
    """Texts as they were given, each once, never split: a person's name may hold a comma.

    Raises
    ------
    BadQuestion
        What is given is neither a text nor made of texts, or a text is blank.
    """
    if given is None:
        return ()
    if isinstance(given, str):
        given = (given,)
    if isinstance(given, (bytes, Mapping)) or not isinstance(given, Iterable):
        raise BadQuestion(f"{given!r} is neither a text nor a list of texts")
    found = sorted(given) if isinstance(given, (set, frozenset)) else list(given)
    for text in found:
        if not isinstance(text, str) or not text.strip():
            raise BadQuestion(f"{text!r} is no text with a word in it; leave the option out, or say which")
    return tuple(dict.fromkeys(str(text).strip() for text in found))


def texts(given: Texts | None) -> tuple[str, ...]:
    """The same, each text split at commas, semicolons, bars, slashes and line ends."""
    found = names(given)
    parts = [part.strip() for text in found for part in _SEPARATORS.split(text)]
    if found and not any(parts):
        raise BadQuestion(f"{found[0]!r} has nothing in it but separators; leave the option out, or name something")
    return tuple(dict.fromkeys(part for part in parts if part))


def words(given: Texts | None, known: Collection[Word], what: str, *, harmless: bool = False) -> tuple[Word, ...]:
    """Words of a vocabulary, in the case in which it has them.

    `what` is what they are, for the error; it lists the vocabulary, or offers the nearest word where that is
    `harmless`: where a wrong guess accuses no one.

    Raises
    ------
    BadQuestion
        One that is not in the vocabulary.
    """
    spelt = {_bare(word): word for word in known}
    found = []
    for text in texts(given):
        word = spelt.get(_bare(text))
        if word is None:
            offer = suggestion(text, known) if harmless else choices(known)
            raise BadQuestion(f"{text!r} is no {what}; {offer}")
        found.append(word)
    return tuple(dict.fromkeys(found))


def word(given: str, known: Collection[Word], what: str, *, harmless: bool = False) -> Word:
    """The one word of a vocabulary that is meant; see `words`."""
    found = words((given,), known, what, harmless=harmless)
    if len(found) != 1:
        raise BadQuestion(f"{given!r} is more than one {what}; give one")
    return found[0]


def day(given: Day) -> str:
    """EDTF text of a date; "" for none.

    A moment counts as its day, an integer as a year; what `numpy.datetime64` has keeps its precision.

    Raises
    ------
    BadDate
        No date, or none that EDTF has.
    """
    text = _date_text(given)
    dates.parse(text)
    return text


def day_or_none(given: Day | None) -> str | None:
    """The same; None where nothing is given."""
    return None if given is None else day(given)


def numbers(given: Numbers | None) -> tuple[float, ...]:
    """One number or several, each as a number or as its text.

    Raises
    ------
    BadQuestion
        Something that is no number.
    """
    if given is None:
        return ()
    parts = texts(given) if isinstance(given, str) else given if isinstance(given, Iterable) else (given,)
    found = []
    for part in parts:
        try:
            found.append(float(part))
        except (TypeError, ValueError):
            raise BadQuestion(f"{part!r} is no number") from None
    return tuple(found)


def _bare(text: str) -> str:
    """What two ways of writing a word have in common."""
    return _JOINTS.sub(" ", text.strip()).casefold()


def _date_text(given: object) -> str:
    if isinstance(given, str):
        return given.strip()
    if isinstance(given, date) and given == given:  # NaT is a date for Python, and unlike itself
        return f"{given.year:04d}-{given.month:02d}-{given.day:02d}"
    if isinstance(given, (int, integer)) and not isinstance(given, bool):
        return f"{int(given):04d}"
    if type(given).__name__ in ("datetime64", "Period") and given == given:
        return str(given).partition("T")[0]
    raise BadDate(f"{given!r} is no date; give 2015, 2015-11, 2015-11-12, or a day of Python's datetime")
