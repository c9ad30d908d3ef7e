"""What texts say of someone's age, in eight languages: an age, or a word such as schoolboy. Lists are in `ages.yml`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from isthmus.graph.typed import Typed, typed

_FILE = "ages.yml"
OF_AGE = 18
_OLDEST = 120
_LEAST = 10  # a lower number in brackets counts something else
_DERIVED = re.compile(r"\bage[d]? (\d{1,2})(?:-(\d{1,2}))? (?:in|on) (\d{4}(?:-(?:0\d|1[0-2])(?:-[0-3]\d)?)?)(?![\d-])")
_NUMBER = r"(\d{1,3})(?:\s?(?:-|–|or|ou|oder|of|o|to)\s?(\d{1,3}))?"
_AGED = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


class Ages(Typed, frozen=True):
    """The lists, named as in the file."""

    young: dict[str, tuple[str, ...]]
    victim: dict[str, tuple[str, ...]]
    informer: dict[str, tuple[str, ...]]
    ages: tuple[str, ...]
    then: tuple[str, ...]
    bare: tuple[str, ...]
    sentences: tuple[str, ...]
    age_columns: tuple[str, ...]
    birth_columns: tuple[str, ...]


def young(text: str) -> bool:
    """Whether a text says that someone is, or may be, under 18: by a word, or a number that may be an age."""
    if text.strip().casefold() in ("minor", "a minor") or _said("young", text):
        return True
    return bool(_AGED.search(text)) and any(_LEAST <= low < OF_AGE for low, _ in _numbers(_bare(), text))


def harmed(part: str) -> bool:
    """Whether a part that someone had is that of a victim."""
    return _said("victim", part)


def informs(part: str) -> bool:
    """Whether a part that someone had is that of an informer."""
    return _said("informer", part)


def stated(text: str) -> tuple[int, int] | None:
    """The least and the greatest age that a text states, in years; None where it states none.

    An age of another time (active *since he was* 14 years old) says nothing of the age now, and may be that at an act: of
    age now, and under 18 then, are both possible.
    """
    if not _AGED.search(text):
        return None
    now, then = _numbers(_ages(), _earlier().sub(" ", text)), _numbers(_earlier(), text)
    highest = max((high for _, high in now), default=OF_AGE)
    lowest = min((low for low, _ in now + then), default=None)
    return (lowest, max(highest, lowest)) if lowest is not None else None


def in_column(name: str, text: str) -> tuple[int, int] | None:
    """The age that a publisher's column states: a number, where the column is one of ages."""
    words = re.split(r"[^\w]+", name.casefold().replace("_", " "))
    number = re.fullmatch(r"(\d{1,3})(?:\.0)?", text.strip())
    if number and int(number[1]) <= _OLDEST and not set(words).isdisjoint(_lists().age_columns):
        return int(number[1]), int(number[1])
    return stated(text)


def birth_years(name: str, text: str) -> tuple[int, int] | None:
    """The first and the last year that a column of births names where it could not be read as a date."""
    if not any(word in name.casefold() for word in _lists().birth_columns):
        return None
    years = [int(year) for year in _YEAR.findall(text)]
    return (min(years), max(years)) if years else None


def derived(basis: str) -> list[tuple[int, int, str]]:
    """The ages, least and greatest, from which a birth was worked out, and the day each was so.

    >>> derived("derived from age 19 in 2017-07")
    [(19, 19, '2017-07')]
    """
    return [(int(low), int(high or low), day) for low, high, day in _DERIVED.findall(basis)]


@cache
def _lists() -> Ages:
    text = files("isthmus.graph").joinpath(_FILE).read_text(encoding="utf-8")
    return typed(text, Ages, _FILE)


def _said(what: str, text: str) -> bool:
    exact, single, several = _words(what)
    words = _WORD.findall(text)
    return (
        not exact.isdisjoint(words)
        or not single.isdisjoint(word.casefold() for word in words)
        or any(phrase in f" {' '.join(words).casefold()} " for phrase in several)
    )


@cache
def _words(what: str) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Those that count only as they are written, those of one word, and those of several with a blank at either end."""
    words = {" ".join(_WORD.findall(word)): word for of in getattr(_lists(), what).values() for word in of}
    several = tuple(f" {plain.casefold()} " for plain in words if " " in plain)
    capital = frozenset(plain for plain in words if " " not in plain and plain[:1].isupper())
    return capital, frozenset(plain for plain in words if " " not in plain) - capital, several


def _numbers(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    found = [[int(part) for part in match.groups() if part] for match in pattern.finditer(text)]
    return [(ages[0], ages[-1]) for ages in found if ages[0] <= ages[-1] <= _OLDEST]


@cache
def _ages() -> re.Pattern[str]:
    """An age with the words beside it. Its numbers are two of the groups, the greatest age being empty where it is one."""
    return re.compile(_beside(_lists().ages), re.IGNORECASE)


@cache
def _earlier() -> re.Pattern[str]:
    """An age of another time: what says so stands before it, with at most two words between them."""
    before = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in _lists().then)
    return re.compile(
        rf"(?<!\w)(?:{before})[\s']+(?:[^\W\d]+[\s']+){{0,2}}?(?:{_beside(_lists().ages)})", re.IGNORECASE
    )


@cache
def _bare() -> re.Pattern[str]:
    bare = _beside(tuple(one for one in _lists().bare if one != "N"))
    return re.compile(rf"[(,]\s*(?:{bare})\s*[),]|\(\s*{_NUMBER}\s*\)", re.IGNORECASE)


def _beside(listed: tuple[str, ...]) -> str:
    made = []
    for words in listed:
        left, right = (re.escape(text.strip()).replace(r"\ ", r"[\s-]+") for text in words.split("N"))
        before, after = (
            rf"(?<!\w){left}\s*:?\s*" if left else r"(?<![\w.])",
            rf"[\s-]*{right}(?!\w)" if right else r"(?!\d)",
        )
        made.append(rf"{before}{_NUMBER}{after}")
    punished = "|".join(_lists().sentences)
    return rf"(?:{'|'.join(made)})(?![\s\w]{{0,12}}(?:{punished}))"
