"""Writing rows into a case: one transaction, idempotent, with supersession by native key."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from isthmus.graph.dates import parse
from isthmus.graph.errors import BadCase, BadDate, BadInput, BadRow
from isthmus.graph.record import book, erasing, log
from isthmus.graph.record.door import Door, Stood, added
from isthmus.graph.record.force import ANALYST
from isthmus.graph.record.ids import ClaimIds
from isthmus.graph.record.rows import (
    AFFIRMED,
    DENIED,
    Assessment,
    Claim,
    Holding,
    Judgement,
    Marking,
    Record,
    SourceRow,
    digest,
)
from isthmus.graph.record.sources import SourceRows
from isthmus.graph.record.storage import WAIT, remedy
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row

_BATCH = 10_000
_SELDOM = (50_000, 20, 100)  # allocations between two looks for garbage that refers to itself
# What records that came in this load take the place of.
_REPLACED = """
SELECT DISTINCT o.num FROM seen_record s JOIN record n USING (num) JOIN record o ON o.source = n.source
AND o.native_key = n.native_key AND o.current AND o.num <> n.num
WHERE n.native_key <> '' AND o.num NOT IN (SELECT num FROM seen_record)
"""
_WORDS = {
    SourceRow: "sources",
    Record: "records",
    Claim: "claims",
    Assessment: "assessments",
    Holding: "holdings",
    Judgement: "judgements",
    Marking: "markings",
}


@dataclass
class LoadReport:
    """What a load did. `seen` counts the rows that came, `added` those that were new."""

    load: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    superseded: int = 0
    withdrawn: int = 0
    restored: int = 0
    regraded: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Sources whose reliability changed: from what to what."""
    door: Stood = field(default_factory=Stood)
    """Whose names did not come in, and how many people have no birth."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What the table `load` keeps of it besides counts: what it undoes, and source rows as they were before."""

    @property
    def changed(self) -> bool:
        """Whether the case differs from before."""
        ended = self.superseded or self.withdrawn or self.restored
        return bool(sum(self.added.values()) or ended or self.kept or self.door.decided)


Also = Callable[[LoadReport], None]


def write(
    file: CaseFile,
    rows: Iterable[Row],
    *,
    source: str,
    loader: str = "",
    complete: bool = False,
    at: str | None = None,
    also: Also | None = None,
    where: Callable[[], str] | None = None,
) -> LoadReport:
    """Add `rows` in one transaction: all of them or, if anything goes wrong, none.

    A record supersedes the one with the same source and native key. `complete` says that the rows are a whole
    edition of `source`: its records that are missing from it are withdrawn. `at` is the moment of the load
    (ISO 8601, UTC), now if not given. `also` is done within the same transaction, after the rows are written; it may
    add to the report's `kept`. `where` says at which place of the files the last row was read.

    The door (see `door`) decides in the same transaction whose names come in; `report.door` has those that did not.

    Raises
    ------
    BadCase
        The file cannot be written now.
    BadInput, BadRow, BadDate, UnknownWord
        A row that the case cannot hold.
    """
    connection = file.connection
    thresholds = gc.get_threshold()
    log.check_writable(file.path)
    _begin(file, connection)
    gc.set_threshold(*_SELDOM)  # rows are made by the million, and hardly one is part of a loop
    try:
        writer = _Writer(file, at or datetime.now(UTC).isoformat(timespec="microseconds"), source, loader, complete)
        report = writer.run(rows, also, where)
        _finish(file, connection, report, loader)
    except sqlite3.Error as error:
        raise BadCase(f"{file.path}: the load failed ({error}); {remedy(error)}. The case is as it was") from error
    finally:
        if connection.in_transaction:  # a COMMIT for which there is no room ends it too
            connection.execute("ROLLBACK")
        gc.set_threshold(*thresholds)
    if report.door.rewritten or erasing.owes(file):
        report.door.wiped = erasing.wipe(file)
    return report


def _finish(file: CaseFile, connection: sqlite3.Connection, report: LoadReport, loader: str) -> None:
    """Note and keep what was written; nothing where nothing changed."""
    if not report.changed:
        connection.execute("ROLLBACK")
        return
    act, facts = _noted(report, loader)
    log.enter(connection, file.path, act, facts)
    if report.door.erased:
        log.enter(connection, file.path, "erase", {"load": report.load, "people": len(report.door.entries)})
    try:
        connection.execute("COMMIT")
    except sqlite3.Error:
        with suppress(sqlite3.Error, BadCase):
            log.enter(connection, file.path, "failed", {"load": report.load})
        raise


def _noted(report: LoadReport, loader: str) -> tuple[str, dict[str, int | str]]:
    """The line in the log for what was written: which act it was, and how much."""
    told: dict[str, int | str] = {name: report.kept[name] for name in ("admits", "forgets") if name in report.kept}
    counts = {name: count for name, count in report.added.items() if count}
    ended = {name: getattr(report, name) for name in ("superseded", "withdrawn", "restored") if getattr(report, name)}
    act = loader if loader in ("pull", "undo", "withdraw", "admit", "forget") else "load"
    if loader == ANALYST:
        act = "judgement" if counts.get("judgements") else "add"
        act = {"marks": "mark", "basis": "basis"}.get(next(iter(report.kept), ""), act)
    verdicts = Counter(entry.verdict.replace(" ", "_") for entry in report.door.entries)
    return act, {"load": report.load, **counts, **ended, **verdicts, **told}


def _begin(file: CaseFile, connection: sqlite3.Connection) -> None:
    """Begin to write, after whoever writes now."""
    try:
        wait = connection.execute("PRAGMA busy_timeout").fetchone()[0]
        connection.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
        try:
            connection.execute("BEGIN IMMEDIATE")
        finally:
            connection.execute(f"PRAGMA busy_timeout = {wait}")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise BadCase(f"{file.path}: can't be written now ({error}); {remedy(error)}. Nothing was loaded") from error
    if not file.there:
        connection.execute("ROLLBACK")
        raise BadCase(f"{file.path}: the file was taken away or another put in its place meanwhile; load again")


class _Writer:
    def __init__(self, file: CaseFile, at: str, source: str, loader: str, complete: bool) -> None:
        self.file, self.db = file, file.connection
        self.source, self.complete = source, complete
        self.report = LoadReport()
        self.buffer: dict[type, list[Any]] = {kind: [] for kind in _WORDS}
        self.nums: dict[str, int] = {}
        self.reading_again = False  # whether the last batch of records was in the case already
        cursor = self.db.execute(
            "INSERT INTO load (at, source, loader, complete) VALUES (?, ?, ?, ?)", (at, source, loader, int(complete))
        )
        self.load = self.report.load = int(cursor.lastrowid or 0)
        self.next_record = int(self.db.execute("SELECT coalesce(max(num), 0) + 1 FROM record").fetchone()[0])
        self.first_record = self.next_record
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS seen_record (num INTEGER PRIMARY KEY)")
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS ending (num INTEGER PRIMARY KEY)")
        for table in ("seen_record", "ending"):
            self.db.execute(f"DELETE FROM {table}")
        book.prepare(self.db)
        self.first_claim = int(self.db.execute("SELECT coalesce(max(num), 0) + 1 FROM claim").fetchone()[0])
        self.places: dict[str, str] = {}  # of people: where in the files they stand
        self.ids = ClaimIds(self.db)
        self.sources = SourceRows(self.db)
        self.properties = frozenset(schema().properties) | frozenset(schema().ties)
        self.dates: set[str] = set()  # those found good

    def run(self, rows: Iterable[Row], also: Also | None, where: Callable[[], str] | None) -> LoadReport:
        waiting = 0
        for row in rows:
            if where is not None and isinstance(row, Claim) and row[3] == "Person":
                self.places.setdefault(row[1], where())
            self.buffer[type(row)].append(row)
            waiting += 1
            if waiting >= _BATCH:
                self.flush()
                waiting = 0
        self.flush()
        self._index()
        self._door()
        self._supersede()
        if self.complete:
            self._withdraw()
        if also is not None:
            also(self.report)
            if self.report.door.rewritten:
                erasing.owe(self.db, everything=self.report.door.erased)
        self.report.regraded |= self.sources.regraded()
        if self.sources.before:
            self.report.kept["sources"] = self.sources.before
        counts = {"seen": self.report.seen, "added": self.report.added, "superseded": self.report.superseded,
                  "withdrawn": self.report.withdrawn, "restored": self.report.restored, **self.report.kept,
                  "regraded": self.report.regraded}  # fmt: skip
        self.db.execute("UPDATE load SET counts = ? WHERE num = ?", (json.dumps(counts, sort_keys=True), self.load))
        if self.report.changed:
            self.db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'")
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (uuid4().hex,))
        return self.report

    def _door(self) -> None:
        """Let the door decide; what it took out was not added, and what is about to be replaced does not count."""
        self.db.execute(f"INSERT INTO ending {_REPLACED}")
        stood = self.report.door = Door(self.file, self.load, lambda one: self.places.get(one, "")).stand(
            self.first_claim
        )
        if stood.rewritten:
            erasing.owe(self.db, everything=stood.erased)
            for gone, kept in stood.merged.items():
                self.db.execute("UPDATE OR REPLACE seen_record SET num = ? WHERE num = ?", (kept, gone))
            self.report.added = Counter({"sources": self.report.added["sources"], **added(self.db, self.load)})

    def flush(self) -> None:
        for kind, write_rows in (
            (SourceRow, self.sources.write),
            (Record, self._records),
            (Claim, self._claims),
            (Assessment, self._assessments),
            (Holding, self._holdings),
            (Judgement, self._judgements),
            (Marking, self._markings),
        ):
            rows = self.buffer[kind]
            if rows:
                self.report.seen[_WORDS[kind]] += len(rows)
                before = self.db.total_changes
                added = write_rows(rows)
                self.report.added[_WORDS[kind]] += self.db.total_changes - before if added is None else added
                rows.clear()

    def _records(self, rows: list[Record]) -> int:
        ids = [row.id for row in rows]
        known = self._lookup("record", ids)
        self.reading_again = bool(known)
        fresh: list[tuple[Any, ...]] = []
        for identity, row in zip(ids, rows, strict=True):
            if identity not in known:
                known[identity] = self.next_record
                fresh.append((self.next_record, identity, *row, self.load))
                self.next_record += 1
        self.db.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", fresh)
        self.db.executemany("INSERT INTO record_change VALUES (?, ?, 'added')", [(row[0], self.load) for row in fresh])
        self.db.executemany("INSERT OR IGNORE INTO seen_record VALUES (?)", [(num,) for num in known.values()])
        self.nums = {**dict(list(self.nums.items())[-1:]), **known}  # the last record's claims may come yet
        return len(fresh)

    def _lookup(self, table: str, ids: list[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(ids), 900):
            part = ids[start : start + 900]
            marks = ", ".join("?" * len(part))
            found.update(self.db.execute(f"SELECT id, num FROM {table} WHERE id IN ({marks})", part).fetchall())
        return found

    def _record_num(self, identity: str) -> int:
        num = self.nums.get(identity)
        if num is None:
            row = self.db.execute("SELECT num FROM record WHERE id = ?", (identity,)).fetchone()
            if row is None:
                raise BadInput(f"a row names record {identity!r}, which isn't in the case; load its record first")
            num = self.nums[identity] = int(row[0])
        return num

    def _claims(self, rows: list[Claim]) -> None:
        nums = self.nums
        given = [(nums.get(row[0]) or self._record_num(row[0]), *row[1:]) for row in rows]
        known = self._known_claims(given) if self.reading_again else frozenset()
        if known is None:
            return
        values = []
        for row, columns in zip(rows, given, strict=True):
            if not known or columns not in known:
                self._check(row)
                values.append((digest(*row), *columns, self.load))
        if self.ids.late:
            values = self.ids.numbered(values)
        self.db.executemany(
            "INSERT OR IGNORE INTO claim (id, record, subject, property, value, valid, polarity, qualifiers, load, num) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            if self.ids.late
            else "INSERT OR IGNORE INTO claim (id, record, subject, property, value, valid, polarity, qualifiers, load) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )

    def _check(self, row: Claim) -> None:
        """Let a claim pass whose property and date passed before; look at any other closely."""
        if row[2] in self.properties and row[1] and row[3] and row[5] == AFFIRMED and row[4] in self.dates:
            return
        _check_claim(row)
        self.dates.add(row[4])

    def _known_claims(self, given: list[tuple[Any, ...]]) -> frozenset[tuple[Any, ...]] | None:
        """Claims that the batch's records have already; None if they are just those given, in the same order.

        Comparing claims as they are is faster than making their ids again.
        """
        found: list[tuple[Any, ...]] = []
        nums = sorted({columns[0] for columns in given})
        for start in range(0, len(nums), 900):
            part = nums[start : start + 900]
            found += self.db.execute(
                "SELECT record, subject, property, value, valid, polarity, qualifiers FROM claim "
                f"WHERE record IN ({', '.join('?' * len(part))}) ORDER BY num",
                part,
            ).fetchall()
        first = found.index(given[0]) if given[0] in found else 0
        return None if found[first : first + len(given)] == given else frozenset(found)

    def _assessments(self, rows: list[Assessment]) -> None:
        self.sources.grade([row for row in rows if row.target == "source"], self.load)
        graded = [row for row in rows if row.target == "claim"]
        if self.ids.late:
            graded = self.ids.graded(graded, self.load)
        self.db.executemany(
            "INSERT OR IGNORE INTO claim_assessment SELECT num, ?, ?, ?, ?, ? FROM claim WHERE id = ?",
            [(*row[2:], self.load, row.id) for row in graded],
        )
        if self.ids.too_many:
            self._index()

    def _index(self) -> None:
        """Make the index of claims' ids, if this load put it off; then add the assessments that waited for it."""
        if self.ids.late:
            self.report.added["claims"] -= self.ids.index()
            waiting, self.ids.waiting = self.ids.waiting, []
            before = self.db.total_changes
            self._assessments(waiting)
            self.report.added["assessments"] += self.db.total_changes - before

    def _holdings(self, rows: list[Holding]) -> None:
        values = []
        for row in rows:
            parse(row.valid)
            num = self._record_num(row.record)
            values.append((digest(*row), num, *row[:4], *row[5:], self.load))
        self.db.executemany(
            "INSERT OR IGNORE INTO holding (id, record, subject, property, value, country, body, valid, how, "
            "from_country, state, used, grouped, note, load) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )

    def _judgements(self, rows: list[Judgement]) -> None:
        self.db.executemany(
            "INSERT OR IGNORE INTO judgement (left, right, verdict, by, judged_at, known_from, why, load) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row, self.load) for row in rows],
        )

    def _markings(self, rows: list[Marking]) -> None:
        self.db.executemany(
            "INSERT OR IGNORE INTO marking VALUES (?, ?, ?)",
            [(self._record_num(row.record), row.tlp, self.load) for row in rows],
        )

    def _supersede(self) -> None:
        """A record read again is current; an older one with its native key is not any more."""
        restored = self.db.execute("SELECT num FROM record JOIN seen_record USING (num) WHERE NOT current").fetchall()
        self._end(restored, "restored", current=1)
        self.report.restored = len(restored)
        old = self.db.execute(_REPLACED).fetchall()
        old += [(num,) for num in self.report.door.ended]
        self._end(old, "superseded", current=0)
        self.report.superseded = len(old)

    def _withdraw(self) -> None:
        """A complete edition lacks them: records of its source, and of the publications that came with it."""
        gone = self.db.execute(
            "SELECT num FROM record WHERE source IN (SELECT ? UNION SELECT source FROM record JOIN seen_record USING (num)) "
            "AND current AND num NOT IN (SELECT num FROM seen_record)",
            (self.source,),
        ).fetchall()
        self._end(gone, "withdrawn", current=0)
        self.report.withdrawn = len(gone)

    def _end(self, nums: list[tuple[int]], what: str, *, current: int) -> None:
        self.db.executemany("UPDATE record SET current = ? WHERE num = ?", [(current, num) for (num,) in nums])
        self.db.executemany(
            "INSERT OR IGNORE INTO record_change VALUES (?, ?, ?)", [(num, self.load, what) for (num,) in nums]
        )


def _check_claim(claim: Claim) -> None:
    """A last gate: what a claim is made of must be declared, and its date must be a date."""
    schema().declared(claim[2])
    if not claim[1] or not claim[3]:
        raise BadRow(f"a claim of {claim[2]!r} has no {'subject' if not claim[1] else 'value'}: {claim!r}")
    if claim[5] not in (AFFIRMED, DENIED):
        raise BadRow(f"polarity {claim[5]!r} is neither {AFFIRMED!r} nor {DENIED!r}: {claim!r}")
    try:
        parse(claim[4])
    except BadDate as error:
        raise BadDate(f"{error} ({claim.subject} {claim.property} {claim.value})") from error
