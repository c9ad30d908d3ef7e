"""The index of claims' ids, which the first load of a case makes at its end.

Ids are digests: each goes to another place of the index. Sorting them once is about a third faster than putting a few
million in one by one.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isthmus.graph.record.rows import Assessment

_WAITING = 100_000  # assessments of claims that are out of sight; more, and the index is made at once


class ClaimIds:
    """Numbers claims and knows the ids of the last ones while the index is put off. `late` says whether it is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.late = connection.execute("SELECT 1 FROM claim LIMIT 1").fetchone() is None
        self.waiting: list[Assessment] = []
        self._next = 1
        self._last: dict[str, int] = {}
        if self.late:
            connection.execute("DROP INDEX IF EXISTS claim_id")

    @property
    def too_many(self) -> bool:
        """Whether so many assessments wait that the index is better made now."""
        return len(self.waiting) > _WAITING

    def numbered(self, claims: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Claims with their number at the end, each id of this batch and the one before once."""
        fresh: dict[str, int] = {}
        made = []
        for claim in claims:
            identity = claim[0]
            if identity in fresh or identity in self._last:
                continue
            fresh[identity] = self._next
            made.append((*claim, self._next))
            self._next += 1
        self._last = {**dict(list(self._last.items())[-1000:]), **fresh}
        return made

    def graded(self, rows: list[Assessment], load: int) -> list[Assessment]:
        """Write the assessments of the last claims; those of earlier ones wait for the index. None is left over."""
        known = [(self._last[row.id], *row[2:], load) for row in rows if row.id in self._last]
        self.db.executemany("INSERT OR IGNORE INTO claim_assessment VALUES (?, ?, ?, ?, ?, ?)", known)
        self.waiting += [row for row in rows if row.id not in self._last]
        return []

    def index(self) -> int:
        """Make the index; how many claims went because they stood twice."""
        self.late = False
        self._last = {}
        make = "CREATE UNIQUE INDEX IF NOT EXISTS claim_id ON claim (id)"
        try:
            self.db.execute(make)
        except sqlite3.IntegrityError:
            gone = self._drop_repeated()
            self.db.execute(make)
            return gone
        return 0

    def _drop_repeated(self) -> int:
        repeated = self.db.execute(
            "SELECT c.num, first.num FROM claim c JOIN (SELECT id, min(num) AS num FROM claim GROUP BY id "
            "HAVING count(*) > 1) first ON first.id = c.id WHERE c.num <> first.num"
        ).fetchall()
        self.db.executemany(
            "UPDATE OR REPLACE claim_assessment SET claim = ? WHERE claim = ?",
            [(first, num) for num, first in repeated],
        )
        self.db.executemany("DELETE FROM claim WHERE num = ?", [(num,) for num, _ in repeated])
        return len(repeated)
