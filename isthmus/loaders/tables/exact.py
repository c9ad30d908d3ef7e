"""Sheets that are the tables of a case themselves, as `graph.dump` writes them: taken as they are, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph import dates
from isthmus.graph.dump import WITH_ID, columns, unguarded
from isthmus.graph.errors import BadRow
from isthmus.graph.records import TABLES, Claim, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.records import Row
    from isthmus.loaders.source import Source


def exact(source: Source, table: str, row: dict[str, str]) -> Iterator[Row]:
    """A row of a table. An id that does not fit its row is refused: the row was changed by hand.

    The id may be left empty in a record of one's own; a claim has to name its record's id.
    """
    stated = row.get("id", "") if TABLES[table] in WITH_ID else ""
    made: Any = TABLES[table](**{name: unguarded(row[name]) for name in TABLES[table]._fields})
    if stated and unguarded(stated) != made.id:
        raise BadRow(f"id {stated!r} does not fit its row; a row changed by hand gets a new id: leave it empty")
    if isinstance(made, Record) and source.faults is not None:
        source.places[made.id] = source.where
    if isinstance(made, Claim):
        source.check_claim(made)
    elif table == "holdings":
        dates.parse(made.valid)
    yield made


def is_exact(table: str, header: list[str]) -> bool:
    """Whether a sheet's header is that of a case's own table."""
    return table in TABLES and set(header) == set(columns(table))
