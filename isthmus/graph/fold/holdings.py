"""Who held which statement, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph import dates
from isthmus.graph.fold.table import objects
from isthmus.graph.record import reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.record.file import CaseFile

_COLUMNS = ["subject", "property", "value", "country", "body", "valid", "how", "from_country", "state", "used",
            "group", "note", "record"]  # fmt: skip


def read_holdings(file: CaseFile, recorded_by: str | None = None, tlp: str | None = None) -> Columns:
    """Declared holdings, an entry each, with `start` and `end` in ordinal days.

    `start` is the latest day from which it was certainly so, `start_first` the earliest that the date allows. A
    date alone means from then on; an undated holding has `start` at the end of time: it was held, no one says when.
    """
    rows = reading.holdings(file, recorded_by, tlp)
    found: Columns = {name: objects(row[at] for row in rows) for at, name in enumerate(_COLUMNS)}
    bounds = np.array([_bounds(valid) for valid in found["valid"]], dtype=np.int64).reshape(-1, 3)
    return found | {name: bounds[:, at] for at, name in enumerate(("start_first", "start", "end"))}


def _bounds(valid: str) -> tuple[int, int, int]:
    span = dates.parse(valid)
    if not valid:
        return dates.MIN_DAY, dates.MAX_DAY, dates.MAX_DAY
    if "/" not in valid:
        return span.start_lo, span.start_hi, dates.MAX_DAY
    return span.start_lo, span.start_hi, span.end_hi


def held_statements(holdings: Columns, day: int, holders: Iterable[str] | None = None) -> set[str]:
    """Keys (subject, property, value joined by U+001F) of what was certainly held on `day`.

    `holders` are countries; none given means any.
    """
    rows = (holdings["state"] == "held") & (holdings["start"] <= day)
    if holders is not None:
        rows &= np.isin(holdings["country"], list(holders))
    said = zip(*(holdings[name][rows].tolist() for name in ("subject", "property", "value")), strict=True)
    return {"\x1f".join(parts) for parts in said}
