"""Admiralty grades: reliability A-F of a source beside credibility 1-6 of a claim.

FM 2-22.3, appendix B; the numbers are the project's own and are stated in `schema.yml`. F and 6 mean that
nothing can be said: they widen the interval and never mean an even chance.
"""

from __future__ import annotations

import re
from functools import cache

from isthmus.graph.errors import BadQuestion
from isthmus.graph.schema import schema

UNGRADED = "F6"
_FORM = re.compile(r"^[A-F][1-6]$")

# Europol's 4 x 4 codes, both ways (Regulation (EU) 2016/794, Article 29).
FROM_EUROPOL = {"A": "A", "B": "B", "C": "D", "X": "F", "1": "1", "2": "2", "3": "3", "4": "6"}
TO_EUROPOL = {
    "A": "A", "B": "B", "C": "B", "D": "C", "E": "C", "F": "X",
    "1": "1", "2": "2", "3": "3", "4": "4", "5": "4", "6": "4",
}  # fmt: skip


def check(grade: str) -> str:
    """The grade, in capitals, if it is one.

    Raises
    ------
    BadQuestion
        Not a letter A-F with a digit 1-6.
    """
    found = grade.strip().upper() if isinstance(grade, str) else ""
    if not _FORM.match(found):
        raise BadQuestion(f"{grade!r} is no grade; write a letter A-F and a digit 1-6, such as C3")
    return found


def passes(grade: str, least: str) -> bool:
    """Whether `grade` is at least `least` in both parts. F and 6 pass only where they are asked for."""
    return grade[0] <= least[0] and grade[1] <= least[1]


@cache
def probability(grade: str) -> tuple[float, float, float]:
    """Chance that a claim so graded is so, and the interval its reader should allow for, in 0.05..0.99."""
    table = schema().grades
    reliability, credibility, unknown = (
        table.reliability[grade[0]],
        table.credibility[grade[1]],
        table.unknown,
    )
    factor = unknown.factor if reliability.factor is None else reliability.factor
    chance = unknown.p if credibility.p is None else credibility.p
    return (
        _clip(factor * chance),
        _clip(reliability.low * credibility.low),
        _clip(reliability.high * credibility.high),
    )


def _clip(value: float) -> float:
    return round(min(max(value, 0.05), 0.99), 6)


def rank(grade: str) -> int:
    """Order of strength: 0 is A1; unknown parts come last."""
    return "123456".index(grade[1]) * 6 + "ABCDEF".index(grade[0])
