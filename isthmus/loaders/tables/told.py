"""What a publication can have told: nothing of a time after it. A row joins what several have told, of several years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.dates import MAX_DAY, parse
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.loaders.tables.making import Said

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)


def could_tell(one: Said, published: str, others: Iterable[str]) -> Said | None:
    """The statement as a publication of that date can have told it; None where it cannot.

    What names a later year is left to `others`, the dates of the other publications of the row; where none of them is
    late enough it stays, for then the row is wrong, and not which of its publications tells it. An end that was still to
    come is open.
    """
    latest = max((_last(other) for other in others), default=0)
    last = _last(published)

    def only_later(*texts: str) -> bool:
        days = [parse(f"{year}").first for text in texts for year in _YEAR.findall(text)]
        return last < max(days, default=0) <= latest

    declared = schema().properties.get(one.property)
    if only_later(one.valid.partition("/")[0], one.value if declared and declared.type == "text" else ""):
        return None
    told = {name: text for name, text in one.qualifiers.items() if not only_later(text)}
    return one._replace(valid=_still_open(one.valid, last), qualifiers=told)


def _last(published: str) -> int:
    return parse(published).last if published else MAX_DAY


def _still_open(valid: str, last: int) -> str:
    start, slash, end = valid.partition("/")
    if not slash or not end.strip(".") or start in ("", "..") or parse(end).first <= last:
        return valid
    return f"{start}/.."
