"""Sheets that are the tables of a case themselves, as `graph.dump` writes them: taken as they are, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph import dates
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.record.dump import WITH_ID, columns, unguarded
from isthmus.graph.record.rows import TABLES
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_RESTS_ON = {"claims": "records", "holdings": "records", "markings": "records", "assessments": "claims"}


class Exact:
    """Makes rows of a case from its own tables. `tables` are those that are loaded together.

    A row that rests on a row of another table is set aside if that table is there and lacks it; if the table isn't
    there, the row is expected in the case.
    """

    def __init__(self, source: Source, tables: Collection[str]) -> None:
        self.source = source
        self._seen: dict[str, set[str]] = {table: set() for table in ("records", "claims") if table in tables}

    def row(self, table: str, row: dict[str, str]) -> Iterator[Row]:
        """A row of a table. An id that does not fit its row is refused: the row was changed by hand.

        The id may be left empty in a record of one's own; a claim has to name its record's id.
        """
        made: Any = TABLES[table](**{name: unguarded(row[name]) for name in TABLES[table]._fields})
        stated = unguarded(row["id"]) if TABLES[table] in WITH_ID else ""
        if stated and stated != made.id:
            raise BadRow(f"id {stated!r} does not fit its row; a row changed by hand gets a new id: leave it empty")
        getattr(self, f"_{table}")(made)
        self._rests(table, made)
        if table in self._seen:
            self._seen[table].add(made.id)
        yield made

    def _rests(self, table: str, made: Any) -> None:
        on = _RESTS_ON.get(table)
        if on not in self._seen or (table == "assessments" and made.target == "source"):
            return
        named = made.id if table == "assessments" else made.record
        if named not in self._seen[on]:
            raise BadRow(f"{named!r} isn't in the table {on}, or was set aside there")

    def _sources(self, made: Any) -> None:
        if not made.id:
            raise BadRow("a source needs an id")

    def _records(self, made: Any) -> None:
        if not made.source:
            raise BadRow("a record names its source")
        if self.source.faults is not None:
            self.source.places[made.id] = self.source.where

    def _claims(self, made: Any) -> None:
        self.source.check_claim(made)

    def _assessments(self, made: Any) -> None:
        table = schema().grades
        grades = {"source": list(table.reliability), "claim": list(table.credibility)}.get(made.target, [])
        if made.grade not in grades:
            raise UnknownWord(f"grade {made.grade!r} of a {made.target!r}; a source has A-F, a claim 1-6")

    def _holdings(self, made: Any) -> None:
        schema().declared(made.property)
        dates.parse(made.valid)

    def _judgements(self, made: Any) -> None:
        if made.verdict not in {"same", "different", "undecided"} or not made.left or not made.right:
            raise BadRow(f"verdict {made.verdict!r} on {made.left!r} and {made.right!r}: same, different or undecided")

    def _markings(self, made: Any) -> None:
        if made.tlp not in schema().tlp:
            raise UnknownWord(f"marking {made.tlp!r}; it is one of {', '.join(schema().tlp)}")


def is_exact(table: str, header: list[str]) -> bool:
    """Whether a sheet's header is that of a case's own table."""
    return table in TABLES and set(header) == set(columns(table))
