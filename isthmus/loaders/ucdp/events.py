"""Rows of UCDP's Georeferenced Event Dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.values import span
from isthmus.loaders.columns import category, count, iso_day, point, row_text
from isthmus.loaders.ucdp.stated import Own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Record, Row
    from isthmus.loaders.source import Source
    from isthmus.loaders.ucdp.sides import Sides

_PLACES = frozenset({"the place", "within 25 km"})  # anything coarser is no place to meet at
_CLARITY = {"yes": ("2", "reported clearly"), "no": ("3", "reported unclearly, or as part of a sum")}


class Events:
    """Reads events, one a row."""

    def __init__(self, source: Source, sides: Sides) -> None:
        self.source, self.claim = source, source.claim
        self.sides, self.met = sides, sides.met
        self.violence, self.clarity = category(source, "type_of_violence"), category(source, "event_clarity")
        self.precision, self.where = category(source, "date_prec"), category(source, "where_prec")
        self.ignored = frozenset(source.stated(Own).ignored_events)

    def row(self, row: dict[str, str]) -> Iterator[Row]:
        """Everything that one row says."""
        self.met.start()
        text = row_text(row)
        key = self.met.once("id", row.pop("id", ""))
        record, event = self.source.record(f"event {key}", pointer=f"id {key}", text=text), f"ucdp:{key}"
        when, country = self._when(row), self._country(row)
        kind = self.violence[row.pop("type_of_violence", "")]
        yield record
        yield self.claim(record, event, "kind", "Event")
        what = self.claim(record, event, "event_kind", "attack" if kind == "one-sided violence" else "other")
        yield what
        clarity = self.clarity[row.pop("event_clarity", "")]
        if clarity:
            yield self.source.grade(what, *_CLARITY[clarity])
        if kind:
            yield self.claim(record, event, "attack_type", kind)
        yield self.claim(record, event, "date", when)
        yield from self._place(record, event, row, country, when)
        yield from self._deaths(record, event, row)
        yield from self._parties(record, event, row, country, when)
        self.source.expect_empty(row, self.ignored)
        self.met.keep()

    def _when(self, row: dict[str, str]) -> str:
        """A day, a month, or the days between which it was: about the first to about the last."""
        start, end = iso_day(row.pop("date_start"), serial=True), row.pop("date_end", "")
        last = iso_day(end, serial=True) if end else start
        if last < start:
            raise BadRow(f"date_end {last} lies before date_start {start}")
        precision = self.precision[row.pop("date_prec", "")]
        if precision == "month" and start[:7] == last[:7]:
            return start[:7]
        if start == last:
            return start
        return f"{start}/{last}" if precision == "day" else f"{start}~/{last}~"

    def _country(self, row: dict[str, str]) -> str:
        """The country by its Gleditsch-Ward number and its name, which must agree."""
        number, name = row.pop("country_id", ""), row.get("country", "")
        by_number, by_name = country_code(number) if number.isdecimal() else None, country_code(name)
        if by_number is None and by_name is None:
            if not name:
                raise BadRow("country is empty")
            raise UnknownWord(f"country {name[:80]!r} ({number}) isn't known here; correct it in the file")
        if by_number and by_name and by_number != by_name:
            raise BadRow(f"country_id {number} is {by_number}, country {name!r} is {by_name}")
        return by_number or by_name or ""

    def _place(self, record: Record, event: str, row: dict[str, str], country: str, when: str) -> Iterator[Row]:
        yield self.claim(record, event, "occurred_in", country, when)
        name, region = row.pop("where_coordinates", ""), row.pop("adm_1", "")
        precision = self.where[row.pop("where_prec", "")]
        if name and precision in _PLACES:
            place = f"ucdp:place/{country}/{region}/{name}"
            if self.met.first(place):
                own = self.source.record(
                    place, pointer="column where_coordinates", exact="no", text=f"{name}, {region}"
                )
                yield own
                yield self.claim(own, place, "kind", "Place")
                yield self.claim(own, place, "name", name)
                yield self.claim(own, place, "part_of", country)
                if region:
                    yield self.claim(own, place, "region", region)
            yield self.claim(record, event, "occurred_in", place, when)
        elif region:
            yield self.claim(record, event, "region", region)
        found = point(row.pop("latitude", ""), row.pop("longitude", ""))
        if found:
            yield self.claim(record, event, "coordinates", found, precision=precision)

    def _deaths(self, record: Record, event: str, row: dict[str, str]) -> Iterator[Row]:
        low, best, high = (count(row.pop(name, ""), name) for name in ("low", "best", "high"))
        if low and high and float(low) > float(high):
            raise BadRow(f"low {low} is above high {high}")
        if value := span(low, high) or best:
            yield self.claim(record, event, "killed", value, note=f"best estimate {best}" if best else "")

    def _parties(self, record: Record, event: str, row: dict[str, str], country: str, when: str) -> Iterator[Row]:
        """Both sides, that they operated there, and that they opposed each other; civilians are no side."""
        parties = {}
        for column in ("side_a", "side_b"):
            names, number = row.pop(column), row.pop(f"{column}_id", "")
            if names in self.sides.civilians:
                yield self.claim(record, event, "attribute", f"{column}: {names}", name=column)
                continue
            parties[column] = self.sides.read(names, number)
            for side in parties[column]:
                yield from self.sides.introduce(side)
                yield self.claim(record, side.entity, "side_in", event, when, role=column)
                if not side.government:
                    note = "a side in an event there"
                    yield self.claim(record, side.entity, "operates_in", country, when, note=note)
        for left in parties.get("side_a", ()):
            for right in parties.get("side_b", ()):
                yield self.claim(record, left.entity, "opposed", right.entity, when)
