"""Rows of UCDP's Dyadic Dataset: two parties in armed conflict in a year, and those whose troops stood by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadRow
from isthmus.loaders.columns import category, partial_date, row_text
from isthmus.loaders.ucdp.stated import Own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source
    from isthmus.loaders.ucdp.sides import Sides


class Dyads:
    """Reads years of dyads, one a row."""

    def __init__(self, source: Source, sides: Sides) -> None:
        self.source, self.claim = source, source.claim
        self.sides, self.met = sides, sides.met
        self.intensity, self.issue = category(source, "intensity_level"), category(source, "incompatibility")
        self.conflict = category(source, "type_of_conflict")
        self.ignored = frozenset(source.stated(Own).ignored_dyads)

    def row(self, row: dict[str, str]) -> Iterator[Row]:
        """Everything that one row says."""
        self.met.start()
        text = row_text(row)
        dyad, year = row.pop("dyad_id", ""), partial_date(row.pop("year", ""), "", "")
        if not dyad:
            raise BadRow("dyad_id is empty")
        key = self.met.once("dyad_id and year", f"{dyad} {year}")
        record = self.source.record(f"dyad {key}", pointer=f"dyad_id {dyad}, year {year}", text=text)
        yield record
        level = row.pop("intensity_level")
        notes = [self.issue[row.pop("incompatibility", "")], row.get("territory_name", ""),
                 self.conflict[row.pop("type_of_conflict", "")], self.intensity[level]]  # fmt: skip
        note = "; ".join(filter(None, notes))
        sides = {}
        for column in ("side_a", "side_b"):
            sides[column] = self.sides.read(row.pop(column), row.pop(f"{column}_id", ""))
            for side in sides[column]:
                yield from self.sides.introduce(side)
        for left in sides["side_a"]:
            for right in sides["side_b"]:
                yield self.claim(record, left.entity, "opposed", right.entity, year, weight=level, note=note)
        for column, primary in sides.items():
            if second := row.pop(f"{column}_2nd", ""):
                for ally in self.sides.read(second, ""):
                    yield from self.sides.introduce(ally)
                    for side in primary:
                        yield self.claim(record, ally.entity, "allied_with", side.entity, year, note="with troops")
        self.source.expect_empty(row, self.ignored)
        self.met.keep()
