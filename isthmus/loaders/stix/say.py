"""What an object says, as claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.schema import schema
from isthmus.loaders.stix.stated import Own, Relationship

if TYPE_CHECKING:
    from isthmus.graph.record.rows import Record, Row
    from isthmus.loaders.source import Source
    from isthmus.loaders.stix.bundle import Bundle, Thing

_ATTRIBUTES = ("threat_actor_types", "sectors", "goals", "sophistication", "resource_level", "primary_motivation",
               "secondary_motivations", "objective", "context", "region", "administrative_area", "contact_information",
               "labels")  # fmt: skip


class Object:
    """One object on its way into rows."""

    def __init__(self, source: Source, bundle: Bundle, thing: Thing, record: Record) -> None:
        self.source, self.bundle, self.thing, self.record = source, bundle, thing, record
        self.id = bundle.entity(thing["id"])
        self.rows: list[Row] = [record]

    def claim(self, prop: str, value: str, valid: str = "", subject: str = "", **qualifiers: str) -> None:
        """Add one claim; empty qualifiers are left out."""
        kept = {key: text for key, text in qualifiers.items() if text}
        self.rows.append(self.source.claim(self.record, subject or self.id, prop, value, valid, **kept))

    def text(self, key: str) -> str:
        """A property as one line of text; empty where it is missing."""
        return " ".join(str(self.thing.get(key, "")).split())

    def texts(self, key: str) -> list[str]:
        """A property that is a list or a text, as texts."""
        value = self.thing.get(key, [])
        items = value if isinstance(value, list) else [value]
        return [text for item in items if (text := " ".join(str(item).split()))]

    def span(self, first: str, last: str) -> str:
        """Two times as EDTF days; an end that isn't given is unknown."""
        start, end = self.text(first)[:10], self.text(last)[:10]
        return f"{start}/{end}" if start or end else ""


def describe(said: Object, kind: str) -> None:
    """What a node says of itself. A location that is a country says nothing that isn't known."""
    if kind == "Country":
        said.claim("attribute", said.text("name") or said.id, name="location")
        return
    said.claim("kind", kind)
    said.claim("name", said.text("name") or said.thing["id"])
    for alias in said.texts("aliases"):
        said.claim("alias", alias)
    if description := said.text("description"):
        said.claim("description", description)
    _of_kind(said, kind)
    for key in _ATTRIBUTES:
        for value in said.texts(key):
            said.claim("attribute", value, name=key)
    for reference in said.thing.get("external_references", ()):
        if reference.get("external_id"):
            said.claim("identifier", reference["external_id"], scheme=reference.get("source_name", ""))


def _of_kind(said: Object, kind: str) -> None:
    seen = said.span("first_seen", "last_seen")
    if kind == "Event":
        said.claim("event_kind", "other")
        if seen:
            said.claim("date", seen)
    elif kind == "Object":
        said.claim("object_kind", "other")
    elif kind == "Place":
        _place(said)
    elif seen and kind != "Person":
        said.claim("active", seen)
    for role in said.texts("roles"):
        said.claim("role", role) if kind == "Person" else said.claim("attribute", role, name="role")


def _place(said: Object) -> None:
    country = said.text("country")
    code = None if country.isdigit() else country_code(country)
    if code is not None:
        said.claim("located_in", code)
    if city := said.text("city"):
        said.claim("city", city)
    if {"latitude", "longitude"} <= said.thing.keys():
        metres = said.text("precision")
        point = f"{said.thing['latitude']},{said.thing['longitude']}"
        said.claim("coordinates", point, precision=f"{metres} m" if metres else "")


def group(said: Object) -> None:
    """Those whom a grouping joins: people are its members, others are linked to it."""
    for reference in said.texts("object_refs"):
        kind = said.bundle.kinds.get(reference, "")
        if kind in schema().ties["member_of"].sources:
            said.claim("member_of", said.id, subject=said.bundle.entity(reference))
        elif kind in schema().ties["linked_to"].targets:
            said.claim("linked_to", said.bundle.entity(reference))


def relate(said: Object) -> bool:
    """The tie a relationship states. False where an end is nothing the vocabulary has a word for."""
    word, note = said.text("relationship_type"), said.text("description")
    stated = said.source.stated(Own).relationships.get(word, Relationship("linked_to"))
    ends = [said.text("source_ref"), said.text("target_ref")]
    if stated.back:
        ends.reverse()
    kinds = [said.bundle.kinds.get(end, "") for end in ends]
    if not all(kinds):
        return False
    tie, role = stated.tie, stated.role
    declared = schema().ties[tie]
    if kinds[0] not in declared.sources or kinds[1] not in declared.targets:
        tie, role = "linked_to", word
        if stated.back:
            ends.reverse()
            kinds.reverse()
    elif tie == "linked_to":
        role = word
    if kinds[1] == "Country" and "Country" not in schema().ties[tie].targets:
        return False
    said.claim(
        tie, said.bundle.entity(ends[1]), said.span("start_time", "stop_time"), subject=said.bundle.entity(ends[0]),
        role=role, note=note,
    )  # fmt: skip
    return True
