"""Rows of a case written again as others, in their places: what was said of them stays with them.

A row that becomes like another of the case is that other: the earlier stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.rows import Claim, Holding, Judgement, Record, digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

_TEMPORARY = """
CREATE TEMP TABLE IF NOT EXISTS moved (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS touched_record (num INTEGER PRIMARY KEY);
"""
_CLAIM = "SELECT c.num, c.id, r.id, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers, c.record FROM claim c JOIN record r ON r.num = c.record"
_HOLDING = (
    "SELECT h.num, h.id, h.subject, h.property, h.value, h.country, r.id, h.body, h.valid, h.how, h.from_country, "
    "h.state, h.used, h.grouped, h.note, h.record FROM holding h JOIN record r ON r.num = h.record"
)
_ENDS = "subject IN (SELECT id FROM moved) OR (value IN (SELECT id FROM moved) AND property IN ({ties}))"


class Rewriting:
    """Rewrites rows within the transaction that `connection` has begun. `merged` says which record a record became."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.merged: dict[int, int] = {}
        self._renamed: dict[str, str] = {}  # ids of claims and records: what they were, what they are
        for statement in _TEMPORARY.split(";"):
            connection.execute(statement)

    def choose(self, ids: Iterable[str]) -> list[int]:
        """Take these entities in hand; numbers of the records that say or hold something of them."""
        self.db.execute("DELETE FROM moved")
        self.db.execute("DELETE FROM touched_record")
        self.db.executemany("INSERT OR IGNORE INTO moved VALUES (?)", [(one,) for one in ids])
        ends = _ENDS.format(ties=", ".join(f"'{tie}'" for tie in schema().ties))
        for table in ("claim", "holding"):
            self.db.execute(f"INSERT OR IGNORE INTO touched_record SELECT record FROM {table} WHERE {ends}")
        return [num for (num,) in self.db.execute("SELECT num FROM touched_record ORDER BY num")]

    def choose_texts(self, named: Callable[[str], bool]) -> list[int]:
        """Take the records too in whose texts someone is named; numbers of all that are in hand."""
        self.db.create_function("named", 1, named, deterministic=True)
        texts = ", ".join(f"'{name}'" for name, said in schema().properties.items() if said.type == "text")
        for asked in (
            "SELECT num FROM record WHERE named(text) OR named(pointer) OR named(native_key)",
            f"SELECT record FROM claim WHERE qualifiers <> '' AND named(qualifiers) OR property IN ({texts}) AND named(value)",
            "SELECT record FROM holding WHERE named(note) OR named(value)",
        ):
            self.db.execute(f"INSERT OR IGNORE INTO touched_record {asked}")
        return [num for (num,) in self.db.execute("SELECT num FROM touched_record ORDER BY num")]

    def remarks(self) -> None:
        """Take away what else names someone, as `choose_texts` was told: of sources, grades, judgements and loads."""
        for table, column in (
            ("source", "title"), ("source", "publisher"), ("source", "locator"), ("source_assessment", "why"),
            ("claim_assessment", "why"), ("judgement", "why"),
        ):  # fmt: skip
            self.db.execute(f"UPDATE OR REPLACE {table} SET {column} = '' WHERE named({column})")
        self.db.execute("UPDATE load SET counts = json_remove(counts, '$.why', '$.sources') WHERE named(counts)")

    def records_about(self, properties: Iterable[str]) -> set[int]:
        """Numbers of the records that say one of these properties of them."""
        marks = ", ".join(f"'{name}'" for name in properties)
        asked = f"SELECT record FROM claim WHERE subject IN (SELECT id FROM moved) AND property IN ({marks})"
        return {num for (num,) in self.db.execute(asked)}

    def records(self, nums: Iterable[int], change: Callable[[int, Record], Record]) -> None:
        """Write records again."""
        for num in nums:
            asked = "SELECT id, source, native_key, pointer, exact, published, text FROM record WHERE num = ?"
            found = self.db.execute(asked, (num,)).fetchone()
            if found is None:  # it is another by now
                continue
            identity, old = found[0], Record(*found[1:])
            new = change(num, old)
            if new == old:
                continue
            self._renamed[identity] = new.id
            other = self.db.execute("SELECT num FROM record WHERE id = ? AND num <> ?", (new.id, num)).fetchone()
            if other is None:
                self.db.execute(
                    "UPDATE record SET id = ?, native_key = ?, pointer = ?, text = ? WHERE num = ?",
                    (new.id, new.native_key, new.pointer, new.text, num),
                )
            else:
                self._merge(max(num, other[0]), min(num, other[0]), new)

    def _merge(self, gone: int, kept: int, row: Record) -> None:
        self.merged[gone] = kept
        for table in ("claim", "holding"):
            self.db.execute(f"UPDATE {table} SET record = ? WHERE record = ?", (kept, gone))
        self.db.execute("UPDATE OR IGNORE marking SET record = ? WHERE record = ?", (kept, gone))
        self.db.execute("DELETE FROM marking WHERE record = ?", (gone,))
        self.db.execute(
            "UPDATE OR IGNORE record_change SET record = ? WHERE record = ? AND what <> 'added'", (kept, gone)
        )
        self.db.execute("DELETE FROM record_change WHERE record = ?", (gone,))
        self.db.execute("DELETE FROM record WHERE num = ?", (gone,))
        self.db.execute(
            "UPDATE record SET id = ?, native_key = ?, pointer = ?, text = ? WHERE num = ?",
            (row.id, row.native_key, row.pointer, row.text, kept),
        )
        self.db.execute("INSERT OR IGNORE INTO touched_record VALUES (?)", (kept,))

    def claims(self, change: Callable[[Claim], Claim | None]) -> None:
        """Write every claim of the records in hand again, or take it out where `change` gives None."""
        rows = self.db.execute(f"{_CLAIM} WHERE c.record IN (SELECT num FROM touched_record) ORDER BY c.num").fetchall()
        for num, identity, *fields, record in rows:
            self._claim(num, identity, record, change(Claim(*fields)))
        self._retractions()

    def _claim(self, num: int, identity: str, record: int, new: Claim | None) -> None:
        if new is None:
            self._drop_claim(num)
            return
        if new.id == identity:
            return
        self._renamed[identity] = new.id
        other = self.db.execute("SELECT num FROM claim WHERE id = ?", (new.id,)).fetchone()
        if other is not None:
            self.db.execute("UPDATE OR IGNORE claim_assessment SET claim = ? WHERE claim = ?", (other[0], num))
            self._drop_claim(num)
            return
        self.db.execute(
            "UPDATE claim SET id = ?, record = ?, subject = ?, value = ?, qualifiers = ? WHERE num = ?",
            (new.id, record, new.subject, new.value, new.qualifiers, num),
        )

    def _drop_claim(self, num: int) -> None:
        self.db.execute("DELETE FROM claim_assessment WHERE claim = ?", (num,))
        self.db.execute("DELETE FROM claim WHERE num = ?", (num,))

    def _retractions(self) -> None:
        """What takes back a claim that was written again takes back what it is now."""
        waiting = dict(self._renamed)
        while waiting:
            found = self.db.execute(f"{_CLAIM} WHERE c.property = 'retracts'").fetchall()
            before, waiting = waiting, {}
            for num, identity, *fields, record in found:
                old = Claim(*fields)
                if old.value in before:
                    new = old._replace(value=before[old.value])
                    waiting[identity] = new.id
                    self._claim(num, identity, record, new)

    def holdings(self, change: Callable[[Holding], Holding | None]) -> None:
        """The same of the holdings of the records in hand."""
        rows = self.db.execute(
            f"{_HOLDING} WHERE h.record IN (SELECT num FROM touched_record) ORDER BY h.num"
        ).fetchall()
        for num, identity, *fields, _ in rows:
            new = change(Holding(*fields))
            fresh = "" if new is None else digest(*new)
            if fresh == identity:
                continue
            taken = self.db.execute("SELECT 1 FROM holding WHERE id = ?", (fresh,)).fetchone()
            if new is None or taken:
                self.db.execute("DELETE FROM holding WHERE num = ?", (num,))
                continue
            self.db.execute(
                "UPDATE holding SET id = ?, subject = ?, value = ?, note = ? WHERE num = ?",
                (fresh, new.subject, new.value, new.note, num),
            )

    def judgements(self, change: Callable[[Judgement], Judgement]) -> None:
        """Write judgements about those in hand again."""
        rows = self.db.execute(
            "SELECT num, left, right, verdict, by, judged_at, known_from, why FROM judgement "
            "WHERE left IN (SELECT id FROM moved) OR right IN (SELECT id FROM moved)"
        ).fetchall()
        for num, *fields in rows:
            new = change(Judgement(*fields))
            self.db.execute(
                "UPDATE OR IGNORE judgement SET left = ?, right = ?, why = ? WHERE num = ?",
                (new.left, new.right, new.why, num),
            )
        self.db.execute("DELETE FROM judgement WHERE left IN (SELECT id FROM moved) OR right IN (SELECT id FROM moved)")

    def end(self) -> None:
        """Let an analyst's mark of a record follow the record, and what was looked for be forgotten."""
        self.db.create_function("named", 1, None)
        asked = "SELECT num, json_extract(counts, '$.marks.record') FROM load WHERE counts LIKE '%\"marks\"%'"
        for num, record in self.db.execute(asked).fetchall():
            if record in self._renamed:
                self.db.execute(
                    "UPDATE load SET counts = json_set(counts, '$.marks.record', ?) WHERE num = ?",
                    (self._renamed[record], num),
                )
