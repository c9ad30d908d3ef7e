"""Dates as the pages need them: outer and inner bounds in ordinal days, `None` where a bound is open."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import ALWAYS, MAX_DAY, MIN_DAY, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

Bounds = tuple[int | None, int | None, int | None, int | None]
NAMES = ("first", "last", "from", "until")


@lru_cache(maxsize=65536)
def bounds(texts: str) -> Bounds:
    """Bounds of EDTF texts joined by ";": earliest and latest day of any, then what is certainly covered.

    The inner bounds of a date such as `2015` cross (from > until): it lay somewhere within, on no certain day.
    """
    spans = [span for span in map(parse, texts.split(";")) if span != ALWAYS]
    if not spans:
        return None, None, None, None
    return (
        open_day(min(span.start_lo for span in spans)),
        open_day(max(span.end_hi for span in spans)),
        open_day(min(span.start_hi for span in spans)),
        open_day(max(span.end_lo for span in spans)),
    )


def open_day(day: int) -> int | None:
    """A day, or `None` where it stands for an open end."""
    return None if day <= MIN_DAY or day >= MAX_DAY else day


def columns(texts: Iterable[str]) -> dict[str, list[int | None]]:
    """Bounds of each text, by column."""
    rows = [bounds(text) for text in texts]
    return {name: [row[at] for row in rows] for at, name in enumerate(NAMES)}


def event_dates(graph: Graph) -> list[str]:
    """The dates claimed for each entity that has any, joined by ";"."""
    found: list[list[str]] = [[] for _ in graph.ids]
    rows = graph.values("date")
    for at, text in zip(rows["subject"], rows["value"], strict=True):
        found[at].append(str(text))
    return [";".join(texts) for texts in found]


def published_days(graph: Graph) -> NDArray[np.object_]:
    """For each statement the first day by which an outsider could certainly read it, or `None`."""
    texts = graph.claims["published"].to_numpy(dtype=object)
    if not len(texts):
        return np.empty(0, dtype=object)
    distinct, codes = np.unique(texts.astype(str), return_inverse=True)
    days = np.array([parse(text).last if text else MAX_DAY for text in distinct], dtype=np.int64)[codes]
    first = np.minimum.reduceat(days, graph.offsets[:-1])
    out = first.astype(object)
    out[first >= MAX_DAY] = None
    return out
