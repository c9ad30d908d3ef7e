"""Writing sources and their grades: what they were before is remembered, so that a load can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.force import in_force
from isthmus.graph.record.rows import SourceRow

if TYPE_CHECKING:
    import sqlite3

    from isthmus.graph.record.rows import Assessment

_MARKS = ", ".join("?" * len(SourceRow._fields))
_UPSERT = (
    f"INSERT INTO source VALUES ({_MARKS}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in SourceRow._fields[1:])
    + " WHERE "
    + " OR ".join(f"source.{name} <> excluded.{name}" for name in SourceRow._fields[1:])
)


class SourceRows:
    """The sources of one load. `before` has those it changed as they were."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.before: dict[str, tuple[str, ...]] = {}
        self._grades: dict[str, str] = {}  # before this load, of those that it grades
        self._stands = in_force(connection)

    def write(self, rows: list[SourceRow]) -> None:
        """Put rows in, each in the place of the one with its id."""
        for row in rows:
            old = self.db.execute("SELECT * FROM source WHERE id = ?", (row.id,)).fetchone()
            if old is not None and tuple(old) != tuple(row):
                self.before.setdefault(row.id, tuple(old))
        self.db.executemany(_UPSERT, rows)

    def grade(self, rows: list[Assessment], load: int) -> None:
        """Add assessments, each unless the last one by the same hand and of the same day says so already."""
        for row in rows:
            if row.id not in self._grades:
                self._grades[row.id] = self.reliability(row.id)
            last = self.db.execute(
                f"SELECT grade, why FROM source_assessment WHERE source = ? AND by = ? AND at = ? AND {self._stands} "
                "ORDER BY load DESC, rowid DESC LIMIT 1",
                (row.id, row.by, row.at),
            ).fetchone()
            if last != (row.grade, row.why):
                self.db.execute("INSERT OR IGNORE INTO source_assessment VALUES (?, ?, ?, ?, ?, ?)", (*row[1:], load))

    def regraded(self) -> dict[str, tuple[str, str]]:
        """Sources that had a grade before this load and have another now: from what to what."""
        now = {source: (old, self.reliability(source)) for source, old in self._grades.items()}
        return {source: grades for source, grades in now.items() if grades[0] and grades[0] != grades[1]}

    def reliability(self, source: str) -> str:
        """The latest grade of a source; "" where none was given."""
        found = self.db.execute(
            f"SELECT grade FROM source_assessment WHERE source = ? AND {in_force(self.db)} "
            "ORDER BY at DESC, load DESC, rowid DESC LIMIT 1",
            (source,),
        ).fetchone()
        return str(found[0]) if found else ""
