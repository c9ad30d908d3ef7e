"""Taking back what a load brought: by a load that says so, in the transaction that writes it.

What the load taken back brought is read no more (see `force`). Which records are current, which the case keeps for
speed, is worked out again for those that it touched: as if the loads taken back had never been.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadQuestion
from isthmus.graph.record.force import in_force, undone
from isthmus.graph.record.rows import SourceRow
from isthmus.graph.record.sources import SourceRows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport

_CAME = "('added', 'restored')"

# Records that a load, or the load which that one undid, and so on, brought or ended; and those that any other load which
# is not in force did, for what stood in their way may be gone now.
_TOUCHED = """
WITH RECURSIVE chain(num) AS (
  SELECT ? UNION
  SELECT json_extract(l.counts, '$.undoes') FROM load l JOIN chain USING (num)
  WHERE json_extract(l.counts, '$.undoes') IS NOT NULL)
INSERT INTO touched SELECT DISTINCT record, 0 FROM record_change WHERE load IN (SELECT num FROM chain)
OR NOT {stands}
"""

# What was last meant for each by a load in force; loads that undo only follow from others and mean nothing.
_MEANT = """
UPDATE touched SET current = coalesce((
  SELECT c.what IN {came} FROM record_change c JOIN load l ON l.num = c.load
  WHERE c.record = touched.record AND l.{stands} AND json_extract(l.counts, '$.undoes') IS NULL
  ORDER BY c.load DESC LIMIT 1), 0)
"""

# One whose end is taken back stays ended where a later load in force brought another in its place, or a whole edition
# of the same source without it.
_REPLACED = """
UPDATE touched SET current = 0 WHERE current AND EXISTS (
  SELECT 1 FROM record_change e JOIN load g ON g.num = e.load JOIN record r ON r.num = e.record
  WHERE e.record = touched.record AND e.what NOT IN {came} AND NOT g.{stands}
  AND json_extract(g.counts, '$.undoes') IS NULL AND e.load >= (
    SELECT max(b.load) FROM record_change b JOIN load h ON h.num = b.load WHERE b.record = e.record
    AND b.what IN {came} AND h.{stands} AND json_extract(h.counts, '$.undoes') IS NULL)
  AND (EXISTS (
    SELECT 1 FROM record o JOIN record_change c ON c.record = o.num JOIN load l ON l.num = c.load
    WHERE o.source = r.source AND o.native_key = r.native_key AND r.native_key <> '' AND o.num <> r.num
    AND c.what IN {came} AND c.load > e.load AND l.{stands} AND json_extract(l.counts, '$.undoes') IS NULL)
  OR EXISTS (
    SELECT 1 FROM load l WHERE l.complete AND l.num > e.load AND l.source = g.source AND l.{stands})))
"""

# Statements of the records that this load ended, and that no record says any more.
_ALONE = """
SELECT DISTINCT c.subject, c.property, c.value, c.polarity FROM claim c JOIN record_change h ON h.record = c.record
WHERE h.load = ? AND h.what = 'withdrawn' AND c.property NOT IN ('kind', 'retracts')
EXCEPT
SELECT c.subject, c.property, c.value, c.polarity FROM claim c JOIN record r ON r.num = c.record WHERE r.current
"""


def reverse(file: CaseFile, report: LoadReport, load: int, why: str) -> None:
    """Let `report.load` undo `load`, within the transaction that writes it.

    Raises
    ------
    BadQuestion
        It is taken back already.
    """
    connection = file.connection
    if load in undone(connection):
        raise BadQuestion(f"load {load} is taken back already")
    graded = [
        row[0] for row in connection.execute("SELECT DISTINCT source FROM source_assessment WHERE load = ?", (load,))
    ]
    books = SourceRows(connection)
    before = {source: books.reliability(source) for source in graded}
    report.kept |= {"undoes": load, "why": why}
    connection.execute("UPDATE load SET counts = json_object('undoes', ?) WHERE num = ?", (load, report.load))
    _records(connection, report, load)
    books.write(_sources_before(connection, load))
    if books.before:
        report.kept["sources"] = books.before
    after = {source: books.reliability(source) for source in graded}
    report.regraded |= {source: (old, after[source]) for source, old in before.items() if old != after[source]}


def _records(connection: sqlite3.Connection, report: LoadReport, load: int) -> None:
    words = {"came": _CAME, "stands": in_force(connection, "num")}
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (record INTEGER PRIMARY KEY, current INTEGER)")
    connection.execute("DELETE FROM touched")
    connection.execute(_TOUCHED.format(stands=in_force(connection)), (load,))
    connection.execute(_MEANT.format(**words))
    connection.execute(_REPLACED.format(**words))
    flips = connection.execute(
        "SELECT t.record, t.current FROM touched t JOIN record r ON r.num = t.record WHERE t.current <> r.current"
    ).fetchall()
    _change(connection, report, [record for record, current in flips if current], current=1)
    _change(connection, report, [record for record, current in flips if not current], current=0)


def _change(connection: sqlite3.Connection, report: LoadReport, records: list[int], *, current: int) -> None:
    """Make records current, or end them, and write down that this load did."""
    connection.executemany("UPDATE record SET current = ? WHERE num = ?", [(current, num) for num in records])
    connection.executemany(
        "INSERT OR IGNORE INTO record_change VALUES (?, ?, ?)",
        [(num, report.load, "restored" if current else "withdrawn") for num in records],
    )
    if current:
        report.restored += len(records)
    else:
        report.withdrawn += len(records)


def _sources_before(connection: sqlite3.Connection, load: int) -> list[SourceRow]:
    """Sources that the load changed, as they were, but for those that a later load in force changed again."""
    said = "SELECT num, key, value FROM load, json_each(load.counts, '$.sources') WHERE num >= ?"
    before: dict[str, SourceRow] = {}
    later: set[str] = set()
    for num, source, fields in connection.execute(f"{said} AND {in_force(connection, 'num')} OR num = ?", (load, load)):
        if num == load:
            before[source] = SourceRow(*_texts(connection, fields))
        else:
            later.add(source)
    return [row for source, row in before.items() if source not in later]


def _texts(connection: sqlite3.Connection, fields: str) -> list[str]:
    return [str(value) for (value,) in connection.execute("SELECT value FROM json_each(?) ORDER BY key", (fields,))]


def withdraw_sources(file: CaseFile, report: LoadReport, sources: Sequence[str], why: str) -> None:
    """Let `report.load` end every record of these sources, within the transaction that writes it.

    Raises
    ------
    BadQuestion
        None of them is current.
    """
    connection, marks = file.connection, ", ".join("?" * len(sources))
    rows = connection.execute(f"SELECT num, current FROM record WHERE source IN ({marks})", sources).fetchall()
    if not any(current for _, current in rows):
        raise BadQuestion(f"nothing of source {sources[0]!r} is in force; there is nothing to withdraw")
    report.kept |= {"withdraws": list(sources), "why": why}
    _change(connection, report, [num for num, current in rows if current], current=0)
    connection.executemany(  # those of a load taken back too: should that come back, they do not
        "INSERT OR IGNORE INTO record_change VALUES (?, ?, 'withdrawn')",
        [(num, report.load) for num, current in rows if not current],
    )


def alone(file: CaseFile, load: int) -> list[tuple[str, str, str, str]]:
    """Subject, property, value and polarity of what a load ended and no record says any more."""
    return file.connection.execute(_ALONE, (load,)).fetchall()
