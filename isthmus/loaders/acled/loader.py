"""ACLED exports: one record, one event a row, in the layout of 31 columns and in today's.

ACLED names the two sides of an event and doesn't say which of them began it: sides are `side_in`, never a doer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.countries import country_code, country_of_iso_number
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.loaders.acled.stated import Own
from isthmus.loaders.columns import Columns, Met, category, count, iso_day, point, row_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Record, Row
    from isthmus.loaders.source import Source

_SIDES = (  # actor, associated actors, type of actor, and their roles
    ("actor1", "assoc_actor_1", "inter1"),
    ("actor2", "assoc_actor_2", "inter2"),
)
_SHORT = re.compile(r"^([^\s:][^:]{1,30}): (\S.*)$")  # "JNIM: Group for Support of Islam and Muslims"
_EITHER = " and/or "


def load(source: Source) -> Iterator[Row]:
    """Yield a record for each event, and what its columns claim.

    Raises `UnknownWord` for an event type, a precision or a country that isn't known: the run stops.
    """
    yield source.row()
    yield from source.reliability()
    reader = _Reader(source)
    for path in source.files():
        yield from source.each(reader.columns.rows(source, path), reader.event)


class _Scene(NamedTuple):
    """What every side of an event shares."""

    record: Record
    event: str
    country: str
    when: str


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source, self.claim = source, source.claim
        self.columns, self.met = Columns(source), Met()
        self.kinds: dict[str, dict[str, str]] = source.stated(Own).sub_event_types
        self.inter = category(source, "inter")
        self.time, self.geo = category(source, "time_precision"), category(source, "geo_precision")
        self.forces = re.compile(source.stated(Own).forces)
        self.crowd = re.compile(source.stated(Own).crowd, re.IGNORECASE)
        self.ignored = frozenset(source.stated(Own).ignored)

    def event(self, row: dict[str, str]) -> Iterator[Row]:
        """Everything that one row says."""
        self.met.start()
        text = row_text(row)
        key = self.met.once("event_id_cnty", row.pop("event_id_cnty"))
        record = self.source.record(
            key, pointer=f"event_id_cnty {key}", published=_published(row.pop("timestamp", "")), text=text
        )
        event, when = f"acled:{key}", self._when(row)
        country = self._country(row)
        yield record
        yield self.claim(record, event, "kind", "Event")
        yield from self._what(record, event, row)
        yield self.claim(record, event, "date", when)
        yield from self._where(record, event, row, country, when)
        scene = _Scene(record, event, country, when)
        sides = [made for columns in _SIDES for made in self._side(scene, row, columns)]
        yield from dict.fromkeys(sides)  # a militia on both sides is of its type once
        self.source.expect_empty(row, self.ignored)
        self.met.keep()

    def _when(self, row: dict[str, str]) -> str:
        """A day; about a day where a week is known (ACLED gives its middle); a month where that is all."""
        day = iso_day(row.pop("event_date"), serial=True)
        precision = self.time[row.pop("time_precision", "")]
        return day[:7] if precision == "month" else f"{day}~" if precision == "week" else day

    def _country(self, row: dict[str, str]) -> str:
        name = row.pop("country")
        if not name:
            raise BadRow("country is empty")
        code = country_code(name)
        if code is None:
            raise UnknownWord(f"country {name[:80]!r} isn't known here; correct it in the file")
        by_number = country_of_iso_number(row.get("iso", ""))
        if by_number is not None and by_number != code:
            raise BadRow(f"iso {row['iso']} is {by_number}, country {name!r} is {code}")
        return code

    def _what(self, record: Record, event: str, row: dict[str, str]) -> Iterator[Row]:
        given, sub_type = row.pop("event_type"), row.pop("sub_event_type")
        known = self.kinds.get(sub_type)
        if known is None:
            if not sub_type:
                raise BadRow("sub_event_type is empty")
            raise UnknownWord(f"sub_event_type {sub_type[:80]!r} isn't in source.yml; add it there")
        if given != known["type"]:
            raise BadRow(f"sub_event_type {sub_type!r} is one of {known['type']!r}, event_type says {given[:60]!r}")
        yield self.claim(record, event, "event_kind", known["kind"])
        yield self.claim(record, event, "attack_type", sub_type, note=given)
        if number := count(row.pop("fatalities", ""), "fatalities"):
            yield self.claim(record, event, "killed", number)

    def _where(self, record: Record, event: str, row: dict[str, str], country: str, when: str) -> Iterator[Row]:
        yield self.claim(record, event, "occurred_in", country, when)
        town, region = row.pop("location", ""), row.pop("admin1", "")
        if town:
            place = f"acled:place/{country}/{region}/{town}"
            if self.met.first(place):
                own = self.source.record(place, pointer="column location", exact="no", text=f"{town}, {region}")
                yield own
                yield self.claim(own, place, "kind", "Place")
                yield self.claim(own, place, "name", town)
                yield self.claim(own, place, "part_of", country)
                if region:
                    yield self.claim(own, place, "region", region)
            yield self.claim(record, event, "occurred_in", place, when)
        found = point(row.pop("latitude", ""), row.pop("longitude", ""))
        precision = self.geo[row.pop("geo_precision", "")]
        if found:
            yield self.claim(record, event, "coordinates", found, precision=precision)

    def _side(self, scene: _Scene, row: dict[str, str], columns: tuple[str, str, str]) -> Iterator[Row]:
        """One side: its actor, and those that stood with it."""
        main, beside, inter = columns
        sort = row.pop(inter, "")
        word = self.inter[sort] if sort.isdecimal() else self.inter.word(sort)
        if name := row.pop(main, ""):
            yield from self._actor(scene, name, main, word)
        for name in dict.fromkeys(filter(None, (part.strip() for part in row.pop(beside, "").split(";")))):
            yield from self._actor(scene, name, f"with {main}", "")

    def _actor(self, scene: _Scene, name: str, role: str, sort: str) -> Iterator[Row]:
        """A named actor is tied to the event; of one of two ("and/or") each is possible, and a crowd is only told."""
        record, event, country, when = scene
        if self.crowd.search(name):
            yield self.claim(record, event, "attribute", f"{role}: {name}", name=role)
            return
        named = [part.strip() for part in name.split(_EITHER)]
        for part in named:
            actor = f"acled:actor/{part}"
            state = self.forces.match(part)
            yield from self._introduce(actor, part, state["state"] if state else "")
            ties = [self.claim(record, actor, "side_in", event, when, role=role)]
            if not state:
                ties.append(self.claim(record, actor, "operates_in", country, when, note="a side in an event there"))
            yield from ties
            if len(named) > 1:
                for tie in ties:
                    yield self.source.grade(tie, "3", f"the publisher names one of several: {name}")
            elif sort and not state:
                yield self.claim(record, actor, "group_type", sort)

    def _introduce(self, actor: str, name: str, state: str) -> Iterator[Row]:
        if not self.met.first(actor):
            return
        own = self.source.record(
            actor, pointer="columns actor1, actor2, assoc_actor_1, assoc_actor_2", exact="no", text=name
        )
        yield own
        yield self.claim(own, actor, "kind", "Body" if state else "Organisation")
        yield self.claim(own, actor, "name", name)
        if found := _SHORT.match(name):
            yield self.claim(own, actor, "alias", found[1], alias_type="short name")
            yield self.claim(own, actor, "alias", found[2], alias_type="spelling")
        if state and (code := country_code(state)):
            yield self.claim(own, actor, "body_of", code)


def _published(timestamp: str) -> str:
    """Day on which ACLED put the row up, of its seconds since 1970."""
    if not timestamp:
        return ""
    try:
        return datetime.fromtimestamp(int(timestamp), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise BadRow(f"timestamp {timestamp[:40]!r} is no number of seconds since 1970") from None
