"""Rows with a name before every id of theirs, so that those of two analysts stand side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.countries import country_name
from isthmus.graph.errors import BadInput
from isthmus.graph.fold.origins import OWN
from isthmus.graph.record.rows import Assessment, Claim, Holding, Judgement, Marking, Record, SourceRow
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus.graph.record.rows import Row

_NAME = re.compile(r"\w[\w.-]{0,40}")


class Namespace:
    """Renames entities and sources to `NAME:id`; countries are everyone's. Records and claims get their new ids."""

    def __init__(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise BadInput(f"{name!r} is no namespace; take letters and digits, such as a name or a year")
        self.name = name
        self._ids: dict[str, str] = {}  # of records and claims: what they were, what they are

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, renamed."""
        for row in rows:
            yield self._renamed(row)

    def _id(self, identity: str) -> str:
        return identity if country_name(identity) != identity else f"{self.name}:{identity}"

    def _renamed(self, row: Row) -> Row:
        if isinstance(row, Claim):
            return self._claim(row)
        if isinstance(row, Record):
            made = row._replace(source=self._source(row.source))
            self._ids[row.id] = made.id
            return made
        if isinstance(row, SourceRow):
            origins = ";".join(self._source(part) for part in row.derived_from.split(";"))
            return row._replace(id=self._source(row.id), derived_from=origins)
        if isinstance(row, Assessment):
            return row._replace(id=self._source(row.id) if row.target == "source" else self._ids.get(row.id, row.id))
        return self._about(row)

    def _about(self, row: Holding | Judgement | Marking) -> Row:
        if isinstance(row, Judgement):
            return row._replace(left=self._id(row.left), right=self._id(row.right))
        made = row._replace(record=self._ids.get(row.record, row.record))
        if isinstance(made, Holding):
            return made._replace(subject=self._id(made.subject), value=self._value(made.property, made.value))
        return made

    def _claim(self, row: Claim) -> Claim:
        made = row._replace(
            record=self._ids.get(row.record, row.record),
            subject=self._id(row.subject),
            value=self._value(row.property, row.value),
        )
        self._ids[row.id] = made.id
        return made

    def _value(self, name: str, value: str) -> str:
        if name == "retracts":
            return self._ids.get(value, value)
        return self._id(value) if schema().is_tie(name) else value

    def _source(self, source: str) -> str:
        return f"{self.name}:{source}" if source and source != OWN else source
