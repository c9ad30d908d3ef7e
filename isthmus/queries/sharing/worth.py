"""What is worth knowing: that a person is of concern, that a person is in a country, a threat, a chain.

A fact counts under a value by its property alone; an item is what several facts can show: that one person is of
concern, that one person is in one country, that one thing threatens one country.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import words
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from isthmus.graph.given import Texts
    from isthmus.queries.sharing.facts import Facts

    Bools = NDArray[np.bool_]
    Item = tuple[str, int, str]  # value, position of the person or thing, country or ""

Value = Literal["concern", "presence", "threat", "pairs"]
VALUES: tuple[Value, ...] = get_args(Value)
DEFAULT: tuple[Value, ...] = ("concern", "presence")

_JOURNEY = re.compile(r"\s*>\s*")


def checked(values: Texts) -> tuple[Value, ...]:
    """Values by name, in a fixed order.

    Raises
    ------
    BadQuestion
        One that does not exist, or none at all.
    """
    asked = words(values, VALUES, "value")
    if not asked:
        raise BadQuestion(f"name what is worth knowing: {', '.join(VALUES)}")
    return tuple(value for value in VALUES if value in asked)


def counts(facts: Facts, values: Sequence[Value]) -> Bools:
    """Which facts bear on one of the values (`pairs` is no matter of single facts)."""
    wanted = set[str]().union(*(schema().worth(value) for value in values if value != "pairs"))
    return np.isin(facts.words, sorted(wanted))


def items(facts: Facts, values: Sequence[Value]) -> tuple[list[Item], NDArray[np.int64]]:
    """The items, and which fact shows which as rows (fact, item)."""
    number: dict[Item, int] = {}
    parts = []
    for value in values:
        if value == "pairs":
            continue
        found, rows = _of_value(facts, value)
        at = np.array([number.setdefault(item, len(number)) for item in found], dtype=np.int64)
        parts.append(np.stack([rows[:, 0], at[rows[:, 1]]], axis=1))
    return list(number), np.concatenate(parts) if parts else np.zeros((0, 2), dtype=np.int64)


def _of_value(facts: Facts, value: Value) -> tuple[list[Item], NDArray[np.int64]]:
    if value not in facts.shown:
        number: dict[Item, int] = {}
        rows: list[tuple[int, int]] = []
        for fact in np.flatnonzero(counts(facts, [value])).tolist():
            found = _shown(facts, fact, value, facts.places)
            rows += [(fact, number.setdefault(item, len(number))) for item in found]
        facts.shown[value] = (list(number), np.array(rows, dtype=np.int64).reshape(-1, 2))
    return facts.shown[value]


def _shown(facts: Facts, fact: int, value: Value, places: list[frozenset[str]]) -> list[Item]:
    subject, target = int(facts.subject[fact]), int(facts.target[fact])
    kinds = facts.kinds
    if value == "threat":
        where = places[target] if target >= 0 else frozenset[str]()
        return [("threat", subject, country) for country in sorted(where)] or [("threat", subject, "")]
    people = [at for at in (subject, target) if at >= 0 and kinds[at] == "Person"]
    if value == "concern":
        return [("concern", person, "") for person in people]
    return [("presence", person, country) for person in people[:1] for country in _where(facts, fact, places)]


def _where(facts: Facts, fact: int, places: list[frozenset[str]]) -> list[str]:
    target = int(facts.target[fact])
    if target >= 0:
        return sorted(places[target])
    ends = [country_code(part) for part in _JOURNEY.split(str(facts.value[fact])) if part]
    return sorted({code for code in ends if code})
