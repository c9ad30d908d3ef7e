"""Which loads are in force: a load that a later one takes back is not, until that one is taken back in its turn.

Undoing and withdrawing write a load of their own whose `counts` say what it undoes. Whatever a load brought is read
through this, so that nothing has to be edited, and a state is the same by whatever way it was come to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

ANALYST = "analyst"
"""The loader of what an analyst wrote by hand, in the table `load`."""


def undone(connection: sqlite3.Connection, until: str = "9") -> frozenset[int]:
    """Numbers of the loads that are taken back, as it was at the moment `until` (ISO 8601, UTC; now if not given)."""
    rows = connection.execute(
        "SELECT num, json_extract(counts, '$.undoes') FROM load "
        "WHERE json_extract(counts, '$.undoes') IS NOT NULL AND at <= ? ORDER BY num DESC",
        (until,),
    ).fetchall()
    gone: set[int] = set()
    for num, target in rows:
        if num not in gone:
            gone.add(int(target))
    return frozenset(gone)


def in_force(connection: sqlite3.Connection, column: str = "load", until: str = "9") -> str:
    """A condition in SQL: the load in `column` is not taken back."""
    return f"{column} NOT IN ({', '.join(map(str, sorted(undone(connection, until))))})"
