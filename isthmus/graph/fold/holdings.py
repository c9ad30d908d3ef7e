"""Who held which statement, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from isthmus.graph import dates
from isthmus.graph.record import reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.record.file import CaseFile

_COLUMNS = ["subject", "property", "value", "country", "body", "valid", "how", "from_country", "state", "used",
            "group", "note", "record"]  # fmt: skip


def read_holdings(file: CaseFile, recorded_by: str | None = None) -> pd.DataFrame:
    """Declared holdings, one row each, with `start` and `end` in ordinal days.

    `start` is the latest day from which it was certainly so, `start_first` the earliest that the date allows. A
    date alone means from then on; an undated holding has `start` at the end of time: it was held, no one says when.
    """
    frame = pd.DataFrame(reading.holdings(file, recorded_by), columns=_COLUMNS, dtype=object)
    bounds = [_bounds(valid) for valid in frame["valid"]]
    for at, name in enumerate(("start_first", "start", "end")):
        frame[name] = pd.Series([bound[at] for bound in bounds], dtype="int64")
    return frame


def _bounds(valid: str) -> tuple[int, int, int]:
    span = dates.parse(valid)
    if not valid:
        return dates.MIN_DAY, dates.MAX_DAY, dates.MAX_DAY
    if "/" not in valid:
        return span.start_lo, span.start_hi, dates.MAX_DAY
    return span.start_lo, span.start_hi, span.end_hi


def held_statements(holdings: pd.DataFrame, day: int, holders: Iterable[str] | None = None) -> set[str]:
    """Keys (subject, property, value joined by U+001F) of what was certainly held on `day`.

    `holders` are countries; none given means any.
    """
    rows = holdings[(holdings["state"] == "held") & (holdings["start"] <= day)]
    if holders is not None:
        rows = rows[rows["country"].isin(list(holders))]
    return set(rows["subject"] + "\x1f" + rows["property"] + "\x1f" + rows["value"])
