"""Counts that have no room in memory, in a file of SQLite's own that ends with whoever made it."""

from __future__ import annotations

import sqlite3
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class CountsOnDisk:
    """A number for each key; 0 for one that was never put."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._db.close)
        self._db.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, count INTEGER) WITHOUT ROWID")

    def put(self, counts: Mapping[bytes, int]) -> None:
        """Set the counts of these keys."""
        self._db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", sorted(counts.items()))

    def __getitem__(self, key: bytes) -> int:
        """The count of a key."""
        row = self._db.execute("SELECT count FROM seen WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0
