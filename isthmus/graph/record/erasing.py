"""No trace of what was taken out of a case: not in the file, beside it, nor in what was made of it."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from isthmus.graph import places

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile


_LOG, _ALL = "log", "all"


def owe(connection: sqlite3.Connection, *, everything: bool) -> None:
    """Note in the case, within the transaction that takes rows out, that their traces have to be wiped after it."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('wipe', ?)", (_ALL if everything else _LOG,))


def wipe(file: CaseFile) -> bool:
    """Overwrite what rows that were taken out left behind; whether all of it could be.

    Rows that SQLite deletes are overwritten (`secure_delete`), but copies of pages lie in the write-ahead log until it is
    cut off, and where the file was laid out anew until it is written again (`VACUUM`). Where the rows came with an
    earlier load, what was made of the case for speed goes too, and so do the rows that loads set aside. As long as
    another program reads the case, the log cannot be cut off: the next load, and `isthmus door`, try again.
    """
    connection = file.connection
    owed = connection.execute("SELECT value FROM meta WHERE key = 'wipe'").fetchone()
    if owed is not None and owed[0] == _ALL:
        places.forget(file.id)
        for old in file.path.parent.glob(f"{file.path.name}.*.quarantine.jsonl"):
            with suppress(OSError):
                old.unlink()
    try:
        if owed is not None:
            connection.execute("DELETE FROM meta WHERE key = 'wipe'")
            if owed[0] == _ALL:
                connection.execute("VACUUM")
        if not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return True
        reason = owed or (_LOG,)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('wipe', ?)", reason)
    except sqlite3.Error:
        if owed is not None:
            with suppress(sqlite3.Error):
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('wipe', ?)", owed)
    return False


def owes(file: CaseFile) -> bool:
    """Whether traces of what was taken out still have to be wiped."""
    return file.connection.execute("SELECT 1 FROM meta WHERE key = 'wipe'").fetchone() is not None
