"""People, organisations, events, places and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadRow
from isthmus.graph.schema import schema
from isthmus.loaders.ftm.stated import Own
from isthmus.loaders.listing import WEAK, script_of

if TYPE_CHECKING:
    from isthmus.loaders.ftm.line import Line


class Words(NamedTuple):
    """Properties by what becomes of them, from `source.yml`."""

    identifiers: frozenset[str]
    attributes: frozenset[str]

    @classmethod
    def of(cls, meta: Own) -> Words:
        """The lists as sets."""
        return cls(frozenset(meta.identifiers), frozenset(meta.attributes))


def thing(line: Line, caption: str, words: Words) -> None:
    """Everything an entity says of itself. The first name given, or the caption, is its name."""
    meta = line.source.stated(Own)
    kind = _kind(line, meta)
    line.claim("kind", kind)
    _names(line, caption)
    if kind == "Event":
        line.claim("event_kind", meta.event_kinds[line.schema])
        _event(line)
    elif kind == "Object":
        line.claim("object_kind", meta.object_kinds.get(line.schema, "other"))
    elif kind == "Person":
        _person(line)
    _where(line, kind)
    _literals(line, kind, words)


def _kind(line: Line, meta: Own) -> str:
    kind = meta.kinds[line.schema]
    if kind:
        return str(kind)
    company = any(name in line.properties for name in meta.company_fields)
    return "Organisation" if company else "Person"


def _names(line: Line, caption: str) -> None:
    names = line.take("name") or line.take("full")
    name = caption if caption in names or not names else names[0]
    if not name:
        raise BadRow("the entity has neither name nor caption")
    line.claim("name", name)
    for other in dict.fromkeys(names):
        if other != name:
            _alias(line, other)
    for other in line.take("alias"):
        _alias(line, other)
    for other in line.take("weakAlias"):
        _alias(line, other, quality=WEAK, alias_type="weak alias")
    for other in line.take("previousName"):
        _alias(line, other, alias_type="former name")


def _alias(line: Line, name: str, **qualifiers: str) -> None:
    if not name.isascii() and (script := script_of(name)) not in ("", "Latn"):
        qualifiers["script"] = script
    line.claim("alias", name, **qualifiers)


def _person(line: Line) -> None:
    for code in dict.fromkeys([*line.take("nationality"), *line.take("citizenship")]):
        line.country("citizen_of", code)
    for code in line.take("birthCountry"):
        line.country("born_in", code)
    for place in line.take("birthPlace"):
        line.claim("attribute", place, name="place of birth")
    for prop, name in (("birth", "birthDate"), ("death", "deathDate")):
        for date in line.take(name):
            line.date(prop, date)
    for topic in line.properties.get("topics", ()):
        if status := line.source.stated(Own).statuses.get(topic) if isinstance(topic, str) else "":
            line.claim("status", status, detail=f"topic {topic}")


def _event(line: Line) -> None:
    if dates := line.interval():
        line.claim("date", dates)
    for name in ("involved", "organizer"):
        for other in line.other(line.take(name)):
            line.claim("linked_to", line.id, subject=other, role=name)


def _where(line: Line, kind: str) -> None:
    tie = schema().kinds[kind].lies
    for code in dict.fromkeys([*line.take("country"), *line.take("jurisdiction")]):
        line.country(tie, code)
    for place in line.other(line.take("addressEntity")):
        line.claim(tie, place)
    for text in line.take("address"):
        line.claim("address", text)


def _literals(line: Line, kind: str, words: Words) -> None:
    for prop in ("description", "gender", "role"):
        fits = prop == "description" or kind == "Person"
        for name in line.source.stated(Own).texts[prop]:
            for text in line.take(name):
                line.claim(prop, text) if fits else line.claim("attribute", text, name=name)
    for name in [name for name in line.properties if name in words.identifiers]:
        for text in line.take(name):
            line.claim("identifier", text, scheme=name)
    for name in [name for name in line.properties if name in words.attributes]:
        for text in line.take(name):
            line.claim("attribute", text, name=name)
