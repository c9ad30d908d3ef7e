"""What the case said by a date: which loads had been made, and which records were current after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph import dates
from isthmus.graph.record.force import in_force

if TYPE_CHECKING:
    import sqlite3

Parameters = tuple[str, ...]


def loaded(recorded_by: str | None, load: str = "load") -> tuple[str, Parameters]:
    """An SQL condition on the number of a load: made by then, on its last day at the latest; all if no date is given."""
    if not recorded_by:
        return "1", ()
    return f"{load} IN (SELECT num FROM load WHERE at <= ?)", (moment(recorded_by),)


def current(recorded_by: str | None, record: str = "r") -> tuple[str, Parameters]:
    """An SQL condition on a row of the table of records: current now, or after the last load made by then."""
    if not recorded_by:
        return f"{record}.current", ()
    return (
        f"(SELECT h.what FROM record_change h JOIN load l ON l.num = h.load WHERE h.record = {record}.num AND l.at <= ? "
        "ORDER BY l.num DESC LIMIT 1) IN ('added', 'restored')",
        (moment(recorded_by),),
    )


def in_force_then(connection: sqlite3.Connection, recorded_by: str | None) -> str:
    """An SQL condition on the column `load`: not taken back by then."""
    return in_force(connection, until=moment(recorded_by)) if recorded_by else in_force(connection)


def moment(recorded_by: str | None) -> str:
    """The moment by which it was said: the end of the last day of a date, the end of time if none is given."""
    return dates.iso(dates.day(recorded_by)) + "T~" if recorded_by else "9"
