"""Taking a load back: `undo` and `withdraw` write a load that undoes another, in one transaction.

What the load taken back brought is read no more (see `force`). Which records are current, which the case keeps for
speed, is worked out again for those that it touched: as if the loads taken back had never been.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.acts.claims import in_words
from isthmus.graph.acts.own import Act, desk, source_of, write_own
from isthmus.graph.disclosure.guard import at_desk
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.record.force import ANALYST, in_force, undone
from isthmus.graph.record.judgements import standing
from isthmus.graph.record.rows import Claim, SourceRow
from isthmus.graph.record.sources import SourceRows

if TYPE_CHECKING:
    import sqlite3

    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport

UNDO, WITHDRAW = "undo", "withdraw"
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


def undo(file: CaseFile, *, by: str = "", why: str = "undone") -> Act:
    """Take back the analyst's last act that is in force: a claim, retraction, judgement or withdrawal; in words.

    Raises
    ------
    NoSuchEntity
        There is nothing to undo.
    """
    source = source_of(by)
    last = file.connection.execute(
        f"SELECT num FROM load WHERE source = ? AND loader IN (?, ?) AND {in_force(file.connection, 'num')} "
        "ORDER BY num DESC LIMIT 1",
        (source.id, ANALYST, WITHDRAW),
    ).fetchone()
    if last is None:
        raise NoSuchEntity(f"{source.publisher!r} has done nothing in this case that could be undone")
    return take_back(file, int(last[0]), by=by, why=why, loader=UNDO)


def take_back(file: CaseFile, load: int, *, by: str, why: str, loader: str) -> Act:
    """Undo a load as if it had never been; what was undone, in words."""
    graph = desk(file)
    said = _said(file, graph, load)
    stood = {one.row for one in standing(file.connection)}
    write_own(file, by, [], loader=loader, also=lambda db, report: reverse(db, report, load, why))
    back = [one for one in standing(file.connection) if one.row not in stood]
    said += [at_desk(graph, f"{one} stands again") for one in back]
    return Act("", "; ".join(said))


def reverse(connection: sqlite3.Connection, report: LoadReport, load: int, why: str) -> None:
    """Let `report.load` undo `load`, within the transaction that writes it."""
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
    change_records(connection, report, [record for record, current in flips if current], current=1)
    change_records(connection, report, [record for record, current in flips if not current], current=0)


def change_records(connection: sqlite3.Connection, report: LoadReport, records: list[int], *, current: int) -> None:
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


def _said(file: CaseFile, graph: Graph, load: int) -> list[str]:
    """What a load brought, in words; where it is long, how much."""
    ask = file.connection.execute
    loader, source, kept = ask(
        "SELECT loader, source, json_extract(counts, '$.withdraws') FROM load WHERE num = ?", (load,)
    ).fetchone()
    if loader in (UNDO, WITHDRAW):
        return [f"{loader} by {source.removeprefix('analyst:')}" + (f" of {kept}" if kept else f" (load {load})")]
    if loader != ANALYST:
        return [f"load {load} of {source}"]
    claims = ask(
        "SELECT '', subject, property, value, valid, polarity, qualifiers FROM claim WHERE load = ? ORDER BY num",
        (load,),
    ).fetchall()
    judged = ask("SELECT left, verdict, right FROM judgement WHERE load = ?", (load,)).fetchall()
    said = [in_words(graph, Claim(*row)) for row in claims]
    return [*said, *(at_desk(graph, " ".join(row)) for row in judged)]
