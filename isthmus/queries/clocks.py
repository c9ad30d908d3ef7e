"""The four clocks of a graph: from when to when it has something, and how much has no date by each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY, iso, parse
from isthmus.graph.record import history, reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

    Ints = NDArray[np.int64]


def spans(graph: Graph) -> dict[str, str]:
    """What each clock says of what is in view, by the name of its part of the lens.

    `valid`: the days of ties; `known_by`: from when countries are declared to have held something; `published_by`: the
    publication of what claims rest on; `recorded_by`: the days of loads.
    """
    return {
        "valid": _valid(graph),
        "known_by": _said(*_held(graph), "holdings"),
        "published_by": _said(*_published(graph), "claims"),
        "recorded_by": " to ".join(dict.fromkeys(history.days_of_loads(graph.file))) or "never loaded",
    }


def undated(graph: Graph) -> dict[str, str]:
    """For each clock that a lens asks of, how many things have no date by it, and what becomes of them."""
    lens = graph.lens
    found = {}
    if lens.valid and (count := undated_ties(graph)):
        found["valid"] = f"{count:,} ties have no date and stay"
    if lens.known_by and (count := _held(graph)[1]):
        found["known_by"] = f"{count:,} holdings have no date"
    if lens.published_by and (count := reading.unpublished(graph.file)):
        found["published_by"] = f"{count:,} claims have no date of publication and are left out"
    return found


def through(graph: Graph) -> list[str]:
    """The lens that an answer was asked through, on a line of its own, and on another how many things have no date by
    the clocks that it asks; no line where it holds nothing back.
    """
    said = graph.lens.in_words()
    missing = "; ".join(undated(graph).values())
    return [f"Through the lens: {said}", *([f"Without a date: {missing}"] if missing else [])] if said else []


def undated_ties(graph: Graph) -> int:
    """How many ties in view have no date, of their own or of an event."""
    table = graph.statement_table
    tie = (table["value_at"] >= 0) & (table["affirmed"] > 0)
    return int(np.count_nonzero(tie & (table["first_day"] == MIN_DAY) & (table["last_day"] == MAX_DAY)))


def _valid(graph: Graph) -> str:
    table = graph.statement_table
    tie = (table["value_at"] >= 0) & (table["affirmed"] > 0)
    first, last = table["first_day"][tie].astype(np.int64), table["last_day"][tie].astype(np.int64)
    days = np.concatenate([first[first > MIN_DAY], last[last < MAX_DAY]])
    return _said(days, undated_ties(graph), int(tie.sum()), "ties")


def _held(graph: Graph) -> tuple[Ints, int, int]:
    start, end = (np.asarray(graph.holding_table[name], dtype=np.int64) for name in ("start", "end"))
    days = np.concatenate([start[(start > MIN_DAY) & (start < MAX_DAY)], end[(end > MIN_DAY) & (end < MAX_DAY)]])
    return days, int(np.count_nonzero((start >= MAX_DAY) & (end >= MAX_DAY))), len(start)


def _published(graph: Graph) -> tuple[Ints, int, int]:
    column = graph.claim_table.coded("published")
    bounds = np.array([_outer(str(text)) for text in column.distinct], dtype=np.int64).reshape(-1, 2)[column.codes]
    dated = bounds[:, 0] > MIN_DAY
    return bounds[dated].ravel(), int(np.count_nonzero(~dated)), len(bounds)


def _outer(text: str) -> tuple[int, int]:
    span = parse(text)
    return (span.first, span.last) if span.first > MIN_DAY and span.last < MAX_DAY else (MIN_DAY, MAX_DAY)


def _said(days: Ints, undated: int, of: int, what: str) -> str:
    span = f"{iso(int(days.min()))} to {iso(int(days.max()))}" if len(days) else "no date"
    return f"{span}; {undated:,} of {of:,} {what} have no date"
