"""The judgements that stand, as the case file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.record.force import ANALYST, undone
from isthmus.graph.record.rows import Judgement

if TYPE_CHECKING:
    import sqlite3

    Pair = tuple[str, str]


class Standing(NamedTuple):
    """A judgement that stands, and the load that brought it."""

    row: Judgement
    load: int

    @property
    def pair(self) -> Pair:
        """The two ids in their order."""
        return min(self.row.left, self.row.right), max(self.row.left, self.row.right)

    def __str__(self) -> str:
        """What it says, whose it is and since when."""
        return f"{self.row.left} {self.row.verdict} {self.row.right} ({self.row.by}, {self.row.judged_at[:10]})"


def standing(connection: sqlite3.Connection, until: str = "9") -> list[Standing]:
    """The judgements that stood at the moment `until`, in the order they were written.

    Not those of a load that is taken back, and not those that a later one by hand, in force itself, replaced.
    """
    gone = undone(connection, until)
    rows = connection.execute(
        "SELECT j.left, j.right, j.verdict, j.by, j.judged_at, j.known_from, j.why, j.load, l.loader "
        "FROM judgement j JOIN load l ON l.num = j.load WHERE l.at <= ? ORDER BY j.num",
        (until,),
    )
    found: dict[Pair, list[Standing]] = {}
    for *fields, load, loader in rows:
        if load not in gone:
            one = Standing(Judgement(*fields), load)
            found[one.pair] = [one] if loader == ANALYST else [*found.get(one.pair, ()), one]
    return [one for stand in found.values() for one in stand]
