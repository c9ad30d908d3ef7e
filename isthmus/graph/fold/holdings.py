"""Who held which statement, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph import dates
from isthmus.graph.fold.table import objects
from isthmus.graph.record import reading
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile

_COLUMNS = ["subject", "property", "value", "country", "body", "valid", "how", "from_country", "state", "used",
            "group", "note", "record", "published"]  # fmt: skip


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


def told(holdings: Columns, lens: Lens) -> Columns:
    """Those of which someone who looks through `lens` may know: held by then, by the countries asked for, or published."""
    keep = np.ones(len(holdings["country"]), dtype=bool)
    if lens.known_by:
        keep &= holdings["start_first"] <= dates.day(lens.known_by)
    if lens.holders:
        keep &= np.isin(holdings["country"], list(lens.holders))
    if lens.published_by:
        last = [dates.parse(text).last if text else dates.MAX_DAY for text in holdings["published"]]
        keep &= np.array(last, dtype=np.int64) <= dates.day(lens.published_by)
    return {name: column[keep] for name, column in holdings.items()}


def claimed(file: CaseFile, lens: Lens, same: dict[str, str]) -> set[tuple[str, str, str]]:
    """Subject, property and value of what is held and some claim, in view or not, has made."""
    return {
        (same.get(subject, subject), name, same.get(value, value) if schema().is_tie(name) else value)
        for subject, name, value in reading.held_and_claimed(file, lens.recorded_by, lens.tlp)
    }


def joined(holdings: Columns, same: dict[str, str]) -> Columns:
    """Holdings of the entities that stand for those they name."""
    if not same:
        return holdings
    ties, named = schema().ties, zip(holdings["value"], holdings["property"], strict=True)
    return holdings | {
        "subject": objects(same.get(one, one) for one in holdings["subject"]),
        "value": objects(same.get(one, one) if name in ties else one for one, name in named),
    }
