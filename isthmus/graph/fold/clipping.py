"""What a claim that was published later says of an earlier day: without what was learned after it."""

from __future__ import annotations

import json

from isthmus.graph.dates import MAX_DAY, parse
from isthmus.graph.record.rows import pack
from isthmus.graph.schema import schema


def valid(text: str, day: int) -> str:
    """The date as it could be given on `day`: what had begun by then and ended afterwards was still open.

    >>> from isthmus.graph.dates import day
    >>> valid("2015-08/2015-11-18", day("2015-11-12"))
    '2015-08/..'
    """
    left, slash, right = text.partition("/")
    if not slash or right in ("", "..") or parse(text).end_hi <= day or parse(text).end_hi == MAX_DAY:
        return text
    return f"{left}/.." if left not in ("", "..") else ""


def qualifiers(text: str) -> str:
    """Qualifiers without the remarks that the later source makes."""
    told = json.loads(text) if text else {}
    return pack({name: value for name, value in told.items() if name not in schema().remarks})
