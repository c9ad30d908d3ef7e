"""Whether a person was of age: three values, from what the record says of the birth, of an age, or in a word.

Of age on a day is who had turned 18 by the latest possible birth; under 18 who had not by the earliest. `~` and `%`
widen a birth by a year at either end, but not where the age is stated from which it was worked out, with its day: that
bounds it better (decision 0021).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from isthmus.graph import ages, dates
from isthmus.graph.errors import BadDate

OUT, HELD, FREE = "kept out", "held back", ""
_YEAR = 366  # days, the longer one
Days = tuple[int, int]


class Time(NamedTuple):
    """A day on which someone's age counts: the first and the last that it can be, and whether it is an act's."""

    first: int
    last: int
    act: bool = False


@dataclass
class Evidence:
    """What the record says by which someone's name is kept out, held back or let in."""

    births: list[Days] = field(default_factory=list)
    ages: list[tuple[int, int]] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    young: bool = False
    victim: bool = False
    minor: bool = False
    informer: bool = False
    told: list[str] = field(default_factory=list)
    """The claims that say so, whatever their order: a decision is about them."""

    @property
    def speaks(self) -> bool:
        """Whether anything says how old the person is, or that the name has to stay out."""
        return bool(self.births or self.ages or self.young or self.victim or self.minor or self.informer)

    def add(self, other: Evidence) -> None:
        """Take in what else is said."""
        self.births += other.births
        self.ages += other.ages
        self.times += other.times
        self.told += other.told
        self.young |= other.young
        self.victim |= other.victim
        self.minor |= other.minor
        self.informer |= other.informer

    def verdict(self, today: int) -> tuple[str, str]:
        """`OUT`, `HELD` or `FREE`, and why. `today` counts where the record has no day of its own."""
        if self.victim:
            return OUT, "a victim"
        if self.minor:
            return OUT, "a minor, as the source says"
        by_age = self._by_birth(today) if self.births else self._by_words()
        if by_age[0] == FREE and self.informer:
            return HELD, "an informer, whom naming may endanger"
        return by_age

    def _by_birth(self, today: int) -> tuple[str, str]:
        first, last = min(first for first, _ in self.births), max(last for _, last in self.births)
        times = self.times or [Time(today, today)]
        grown = any(time.act and time.first >= _of_age(last) for time in times)
        if any(time.last < _of_age(first) for time in times):
            mixed = (HELD, "certainly under 18 at one time, of age at an act")
            return mixed if grown else (OUT, "certainly under 18 at an act or when recorded")
        if any(time.first < _of_age(last) for time in times) and not grown:
            return HELD, "possibly under 18 at an act or when recorded"
        return FREE, ""

    def _by_words(self) -> tuple[str, str]:
        if self.ages and max(high for _, high in self.ages) < ages.OF_AGE:
            return OUT, "under 18 by the age that is stated"
        if self.ages and min(low for low, _ in self.ages) < ages.OF_AGE:
            return HELD, "possibly under 18 by the age that is stated"
        if self.young and not self.ages:
            return HELD, "perhaps under 18: a word such as schoolboy, and no birth"
        return FREE, ""


def born(value: str, basis: str = "") -> Days | None:
    """The first and the last day on which someone was born; None where the value is no date."""
    found = [_from_age(*age) for age in ages.derived(basis)]
    if found:
        return min(first for first, _ in found), max(last for _, last in found)
    try:
        span = dates.parse(value)
    except BadDate:
        return None
    if span == dates.ALWAYS:
        return None
    wider = _YEAR if "~" in value or "%" in value else 0
    return max(span.first - wider, dates.MIN_DAY), min(span.last + wider, dates.MAX_DAY)


def born_between(years: tuple[int, int]) -> Days:
    """The days of these years."""
    return date(years[0], 1, 1).toordinal(), date(years[1], 12, 31).toordinal()


def when(valid: str, *, act: bool = False, start: bool = False) -> Time | None:
    """The days at which an age counts for what was so at `valid`; None where it is undated.

    What lasted counts at its end, for who was of age then did it as an adult; with `start` (a status is given on one day)
    at its start.
    """
    try:
        span = dates.parse(valid)
    except BadDate:
        return None
    if span == dates.ALWAYS or span.start_lo == dates.MIN_DAY:
        return None
    if start or "/" not in valid:
        return Time(span.start_lo, span.start_hi, act)
    return Time(span.start_lo if span.end_hi == dates.MAX_DAY else span.end_lo, span.end_hi, act)


def _of_age(birth: int) -> int:
    """The day on which who was born on `birth` turns 18."""
    day = date.fromordinal(birth)
    year = min(day.year + ages.OF_AGE, date.max.year)
    return (day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 3, 1)).toordinal()


def _from_age(low: int, high: int, day: str) -> Days:
    """Who was `low` to `high` years old on `day` was born in these days."""
    span = dates.parse(day)
    return _years_before(span.first, high + 1) + 1, _years_before(span.last, low)


def _years_before(day: int, years: int) -> int:
    then = date.fromordinal(day)
    year = max(then.year - years, 1)
    return (then.replace(year=year) if (then.month, then.day) != (2, 29) else date(year, 2, 28)).toordinal()
