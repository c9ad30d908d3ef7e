"""What is told of an earlier day, as it could be told then: without what was learned after it."""

from __future__ import annotations

import json

from isthmus.graph.dates import MAX_DAY, parse
from isthmus.graph.record.rows import pack
from isthmus.graph.schema import schema


def ended(text: str) -> bool:
    """Whether a date states an end."""
    _, slash, right = text.partition("/")
    return bool(slash) and right not in ("", "..")


def valid(text: str, day: int) -> str:
    """The date as it could be given on `day`: what had begun by then and ended afterwards was still open.

    >>> from isthmus.graph.dates import day
    >>> valid("2015-08/2015-11-18", day("2015-11-12"))
    '2015-08/..'
    """
    if not ended(text) or not day < parse(text).end_hi < MAX_DAY:
        return text
    left = text.partition("/")[0]
    return f"{left}/.." if left not in ("", "..") else ""


def remarked(qualifiers: str) -> bool:
    """Whether a source remarks on the claim."""
    return bool(qualifiers) and not schema().remarks.isdisjoint(json.loads(qualifiers))


def without_remarks(qualifiers: str) -> str:
    """Qualifiers without the remarks that the source makes."""
    told = json.loads(qualifiers) if qualifiers else {}
    return pack({name: value for name, value in told.items() if name not in schema().remarks})
