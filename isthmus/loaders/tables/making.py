"""What each row of a sheet says, as statements; the evidence columns are dealt with elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from isthmus.graph.countries import country_code, no_country, several
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.record.handles import is_handle
from isthmus.graph.record.rows import AFFIRMED
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices
from isthmus.graph.values import span

Cells = dict[str, str]


class Said(NamedTuple):
    """One statement. `sources` names its own publications where they are not those of the row."""

    subject: str
    property: str
    value: str
    valid: str = ""
    qualifiers: dict[str, str] = {}  # noqa: RUF012  never written to
    sources: str = ""
    polarity: str = AFFIRMED


Maker = Callable[[Cells], Iterator[Said]]


def period(start: str, end: str) -> str:
    """EDTF from two columns: a side that is missing is unknown, not open."""
    if start == end:
        return start
    return f"{start}/{end}"


def parts(text: str) -> list[str]:
    """Values of a cell that holds several, joined by ";"."""
    return [part.strip() for part in text.split(";") if part.strip()]


class CountryCell(str):
    """A country as a cell names it. One that cannot be read is set aside, and its row stands without it."""

    __slots__ = ()

    def codes(self) -> tuple[str, ...]:
        """What it names; see `country`."""
        return (country(self),)


class CountriesCell(CountryCell):
    """The same of a cell that may join several, as in French-Algerian."""

    __slots__ = ()

    def codes(self) -> tuple[str, ...]:
        """What it names; see `country_codes`."""
        return country_codes(self)


def country(text: str) -> str:
    """ISO alpha-2 code of the one country that a cell names in any usual way.

    Raises
    ------
    BadRow
        It names none, several, or is NA.
    """
    codes = country_codes(text)
    if len(codes) != 1:
        raise BadRow(f"{text!r} names {len(codes)} countries; write one, such as BE")
    return codes[0]


def country_codes(text: str) -> tuple[str, ...]:
    """The same for a cell that may join several, as in French-Algerian.

    `NA` is asked about: it is Namibia's code, and what R and others write where a value is missing.
    """
    if text.casefold() == "na":
        raise BadRow(
            f"{text!r} is Namibia's code and a sign for what is missing; write Namibia or NAM, or leave it empty"
        )
    code = country_code(text)
    codes = several(text) if code is None else (code,)
    if not codes:
        raise BadRow(no_country(text))
    return codes


def _countries(subject: str, tie: str, cell: str, valid: str = "") -> Iterator[Said]:
    for text in parts(cell):
        yield Said(subject, tie, CountriesCell(text), valid)


def people(row: Cells) -> Iterator[Said]:
    """A person: name, birth, citizenship, residence, role, status."""
    who = row.pop("id")
    yield Said(who, "kind", "Person")
    name = row.pop("name")
    if name or not is_handle(who):  # a handle stands for a name that the sheet leaves out
        yield Said(who, "name", name)
    yield from _filled(who, "birth", row.pop("birth", ""), basis=row.pop("birth_basis", ""))
    for tie, column in (("citizen_of", "nationalities"), ("resident_of", "residence")):
        yield from _countries(who, tie, row.pop(column, ""))
    yield from _filled(who, "role", row.pop("role", ""))
    day, detail = row.pop("status_date", ""), row.pop("status_detail", "")
    yield from _status(who, row.pop("status", ""), day, detail)
    yield from _filled(who, "note", row.pop("note", ""))


def statuses(row: Cells) -> Iterator[Said]:
    """A change of a person's legal status, and the day it came; what changed later stands in a row of its own."""
    who, status, day = row.pop("person"), row.pop("status"), row.pop("date", "")
    for column, cell in (("person", who), ("status", status)):
        if not cell:
            raise BadRow(f"the column {column} is empty; a row is one change of one person's status")
    yield from _status(who, status, day, row.pop("detail", ""), row.pop("note", ""))


def _status(who: str, status: str, day: str, detail: str, note: str = "") -> Iterator[Said]:
    """A status holds from its change on, until another follows; who is killed has died that day."""
    if "/" in day:
        raise BadRow(
            f"status date {day!r} is a period; a status changes on one day: write [2014..2015] for some day of it"
        )
    yield from _filled(who, "status", status, f"{day}/.." if day else "", detail=detail, note=note)
    if status in schema().statuses and schema().statuses[status].died:
        yield from _filled(who, "death", day, f"{day}/..")


def aliases(row: Cells) -> Iterator[Said]:
    """Another name of a person or group."""
    kind = row.pop("alias_type", "")
    if kind and kind not in schema().alias_types:
        raise UnknownWord(f"alias_type {kind!r}; {choices(schema().alias_types)}")
    qualifiers = {"alias_type": kind, "script": row.pop("script", ""), "quality": row.pop("quality", "")}
    if qualifiers["quality"] not in {"good", "weak", ""}:
        raise UnknownWord(f"quality {qualifiers['quality']!r}; it is good, weak, or empty")
    qualifiers["note"] = row.pop("note", "")
    yield Said(row.pop("id"), "alias", row.pop("alias"), "", qualifiers)


def cells(row: Cells) -> Iterator[Said]:
    """A cell, network, organisation or system: where and when it worked, what it belongs to, who led it."""
    who = row.pop("id")
    active = period(row.pop("active_from", ""), row.pop("active_to", ""))
    yield Said(who, "kind", row.pop("kind"))
    yield Said(who, "name", row.pop("name"))
    yield from _filled(who, "group_type", row.pop("type", ""))
    yield from _filled(who, "active", active, active)
    yield from _filled(who, "city", row.pop("city", ""))
    yield from _filled(who, "description", row.pop("description", ""))
    yield from _countries(who, "operates_in", row.pop("countries", ""), active)
    for parent in parts(row.pop("parent", "")):
        yield Said(who, "part_of", parent, active)
    for leader in parts(row.pop("leaders", "")):
        yield Said(leader, "leader_of", who)  # when they led is not said: a cell outlives who made it
    yield from _filled(who, "note", row.pop("note", ""))


def events(row: Cells) -> Iterator[Said]:
    """An event: when, where, with what toll, directed how, against what."""
    what = row.pop("id")
    yield Said(what, "kind", "Event")
    yield Said(what, "name", row.pop("name"))
    yield Said(what, "event_kind", row.pop("event_kind"))
    date = row.pop("date", "")
    end = row.pop("end_date", "")
    yield from _filled(what, "date", period(date, end) if end else date)
    yield from _where(what, row, "occurred_in", row.pop("point_source", ""))
    scope, note, sources = (row.pop(name, "") for name in ("toll_scope", "toll_note", "toll_sources"))
    tolls = [(name, text) for name in ("killed", "wounded") if (text := row.pop(name, ""))]
    for name, text in tolls:
        yield Said(what, name, text, "", {"scope": scope, "note": note}, sources)
    if note and not tolls:
        yield Said(what, "note", note, "", {}, sources)
    for name in ("direction", "target_type", "attribution", "note"):
        yield from _filled(what, name, row.pop(name, ""))
    yield from _countries(what, "targets", row.pop("target_countries", ""))


def objects(row: Cells) -> Iterator[Said]:
    """A telephone, a safe house, a vehicle."""
    what = row.pop("id")
    yield Said(what, "kind", "Object")
    yield Said(what, "name", row.pop("name"))
    yield Said(what, "object_kind", row.pop("object_kind"))
    yield from _where(what, row, "located_in")
    yield from _filled(what, "note", row.pop("note", ""))


def places(row: Cells) -> Iterator[Said]:
    """A town or a site."""
    what = row.pop("id")
    yield Said(what, "kind", "Place")
    yield Said(what, "name", row.pop("name"))
    yield from _where(what, row, "located_in")
    yield from _filled(what, "note", row.pop("note", ""))


def bodies(row: Cells) -> Iterator[Said]:
    """A service, a court, an authority."""
    what = row.pop("id")
    yield Said(what, "kind", "Body")
    yield Said(what, "name", row.pop("name"))
    yield Said(what, "body_of", country(row.pop("country")))
    yield from _filled(what, "note", row.pop("note", ""))


def links(row: Cells) -> Iterator[Said]:
    """A tie, read from left to right."""
    valid = period(row.pop("start", ""), row.pop("end", ""))
    qualifiers = {name: row.pop(name, "") for name in ("role", "note", "start_bound", "end_bound")}
    tie = row.pop("tie")
    if tie not in schema().ties:
        raise UnknownWord(f"tie {tie!r} isn't in graph/schema; {choices(schema().ties)}")
    polarity = row.pop("polarity", "") or AFFIRMED
    yield Said(row.pop("from"), tie, row.pop("to"), valid, qualifiers, "", polarity)


def countries(row: Cells) -> Iterator[Said]:
    """A count of a country, or its part (transit, base, visit), which is told in the note."""
    where, measure, as_of = country(row.pop("country")), row.pop("measure"), row.pop("as_of", "")
    value, note = span(row.pop("low", ""), row.pop("high", "")), row.pop("note", "")
    if value:
        yield Said(where, measure, value, as_of, {"note": note})
    else:
        yield Said(where, measure, note, as_of)


def threat_levels(row: Cells) -> Iterator[Said]:
    """A level of threat that a country or a part of it was under."""
    names = ("system", "scope", "level_max", "heightened", "note")
    qualifiers = {name: row.pop(name, "") for name in names}
    if qualifiers["heightened"] not in {"yes", "no", ""}:
        raise UnknownWord(f"heightened {qualifiers['heightened']!r}; it is yes, no, or empty for unknown")
    valid = period(row.pop("start", ""), row.pop("end", ""))
    yield Said(country(row.pop("country")), "threat_level", row.pop("level"), valid, qualifiers)


def sharing_failures(row: Cells) -> Iterator[Said]:
    """What came of a fact that one country held and another needed, for each subject of it."""
    qualifiers = {
        "failure": row.pop("id"),
        "category": row.pop("category", ""),
        "holder": row.pop("holder_country", ""),
        "holder_body": row.pop("holder_body", ""),
        "needed_by": row.pop("needed_by", ""),
        "known": row.pop("date_known", ""),
        "shared": row.pop("date_shared", ""),
        "outcome_date": row.pop("outcome_date", ""),
        "fact": row.pop("fact", ""),
        "note": row.pop("note", ""),
    }
    outcome = row.pop("outcome")
    for subject in parts(row.pop("subjects")):
        yield Said(subject, "exchange_outcome", outcome, "", qualifiers)


def systems_literature(row: Cells) -> Iterator[Said]:
    """What the literature says of a historic system or an organisation."""
    qualifiers = {"topic": row.pop("topic", ""), "note": row.pop("note", "")}
    yield Said(row.pop("system"), "literature", row.pop("finding"), "", qualifiers)


def _where(what: str, row: Cells, tie: str, point_source: str = "") -> Iterator[Said]:
    if text := row.pop("country", ""):
        yield Said(what, tie, CountryCell(text))
    yield from _filled(what, "city", row.pop("city", ""))
    lat, lon, precision = row.pop("lat", ""), row.pop("lon", ""), row.pop("precision", "")
    if bool(lat) != bool(lon):
        raise BadRow("a point needs both lat and lon")
    if lat:
        yield Said(what, "coordinates", f"{lat},{lon}", "", {"precision": precision}, point_source)


def _filled(subject: str, property: str, value: str, valid: str = "", **qualifiers: str) -> Iterator[Said]:  # noqa: A002
    if value:
        yield Said(subject, property, value, valid, qualifiers)


MAKERS: dict[str, tuple[Maker, tuple[str, ...]]] = {  # a maker, and the columns that make a row's own key
    "people": (people, ("id",)),
    "statuses": (statuses, ("person", "status", "date")),
    "cells": (cells, ("id",)),
    "events": (events, ("id",)),
    "objects": (objects, ("id",)),
    "places": (places, ("id",)),
    "bodies": (bodies, ("id",)),
    "aliases": (aliases, ("id", "alias")),
    "links": (links, ("from", "tie", "to")),
    "countries": (countries, ("country", "measure", "as_of")),
    "threat_levels": (threat_levels, ("country", "system", "scope", "start")),
    "sharing_failures": (sharing_failures, ("id",)),
    "systems_literature": (systems_literature, ("system", "topic")),
}
