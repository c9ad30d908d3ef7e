"""One line of the file on its way into rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadDate, BadRow
from isthmus.loaders.days import edtf

if TYPE_CHECKING:
    from isthmus.graph.record.rows import Record, Row
    from isthmus.loaders.source import Source


class Line:
    """An entity's properties, taken out as they are used, and the rows they become."""

    __slots__ = ("id", "properties", "record", "rows", "schema", "source")

    def __init__(self, source: Source, record: Record, identity: str, schema: str, properties: Any) -> None:
        if not isinstance(properties, dict):
            raise BadRow(f"the entity's properties are {type(properties).__name__}, not an object")
        self.source, self.record, self.schema, self.properties = source, record, schema, properties
        self.id = f"{source.name}:{identity}"
        self.rows: list[Row] = [record]

    def take(self, name: str) -> list[str]:
        """Take a property out: its texts, in order. One text alone is a list of one, as the model's library has it.

        Raises `BadRow` for one that is neither.
        """
        values = self.properties.pop(name, None)
        if values is None:
            return []
        if isinstance(values, str):
            return [values] if values else []
        if not isinstance(values, list):
            raise BadRow(f"property {name!r} is {type(values).__name__}, not a list of texts")
        for value in values:
            if not isinstance(value, str):
                raise BadRow(f"property {name!r} holds {type(value).__name__}, not text")
        return [value for value in values if value]

    def one(self, name: str) -> str:
        """Take a property out: the longest of its texts, which of several dates is the most precise."""
        return max(self.take(name), key=len, default="")

    def claim(self, prop: str, value: str, valid: str = "", subject: str = "", **qualifiers: str) -> None:
        """Add one claim."""
        self.rows.append(self.source.claim(self.record, subject or self.id, prop, value, valid, **qualifiers))

    def country(self, tie: str, code: str) -> None:
        """A tie to a country by its FollowTheMoney code: ISO's, with `-` before a region; `zz` is unknown."""
        found = country_code(code.partition("-")[0])
        if found is not None and not code.isdigit():
            self.claim(tie, found)
        elif code != "zz":
            self.claim("attribute", code, name=tie.replace("_", " "))

    def date(self, prop: str, text: str) -> None:
        """A date; one that is none is kept as it is."""
        try:
            self.claim(prop, edtf(text))
        except BadDate:
            self.claim("attribute", text, name=f"date of {prop}")

    def interval(self) -> str:
        """Take the dates of an edge out, as EDTF; an end that isn't given is unknown."""
        first, last, when = (self.one(name) for name in ("startDate", "endDate", "date"))
        if first or last:
            return f"{edtf(first) if first else ''}/{edtf(last) if last else ''}"
        return edtf(when) if when else ""

    def other(self, ends: list[str]) -> list[str]:
        """Ids of entities named by an edge."""
        return [f"{self.source.name}:{end}" for end in ends]
