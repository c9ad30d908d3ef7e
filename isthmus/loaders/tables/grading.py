"""From the words of a sheet to Admiralty grades. The rule is stated in `docs/grading.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from isthmus.graph.record.rows import SourceRow

CONFIDENCES = ("high", "medium", "low")
_WHOLE = ("full-text", "dataset")


def credibility(confidence: str, by_hand: str, extent: str, confirmed: bool) -> tuple[str, str]:
    """Credibility 1-6 of what one publication says in a row, and why.

    `by_hand` is the analyst's own digit; `extent` how much of the publication was seen; `confirmed` whether two
    publications of known and different origins say it.
    """
    if by_hand:
        if by_hand not in schema().grades.credibility:
            raise UnknownWord(f"credibility {by_hand!r}; it is a digit 1-6")
        if by_hand == "1" and not confirmed:
            raise BadRow("credibility 1 needs two sources of known and different origins; see derived_from")
        return by_hand, "graded by hand"
    if not confidence:
        return "6", "no confidence stated"
    if confidence not in CONFIDENCES:
        raise UnknownWord(f"confidence {confidence!r}; {choices(CONFIDENCES)}")
    whole = extent.startswith(_WHOLE)
    why = f"confidence {confidence}, {'whole text seen' if whole else 'part of the text seen'}"
    if confidence == "low":
        return "4", why
    if confidence == "high" and whole:
        return ("1", f"{why}, two independent origins") if confirmed else ("2", why)
    return "3", why


def confirmed(keys: Sequence[str], publications: Mapping[str, SourceRow]) -> bool:
    """Whether at least two of the publications were seen whole and have known origins that do not overlap."""
    known = [
        roots
        for key in keys
        if key in publications
        and publications[key].extent_seen.startswith(_WHOLE)
        and (roots := origins(key, publications))
    ]
    return any(not one & other for at, one in enumerate(known) for other in known[at + 1 :])


def origins(key: str, publications: Mapping[str, SourceRow], seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The publications that a publication goes back to; empty if any step of the way is unknown."""
    row = publications.get(key)
    if row is None or not row.derived_from or key in seen:
        return frozenset()
    if row.derived_from == "own":
        return frozenset({key})
    steps = [origins(step, publications, seen | {key}) for step in row.derived_from.split(";")]
    return frozenset().union(*steps) if all(steps) else frozenset()
