"""The list's XML, in both namespaces it has had."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadRow
from isthmus.loaders.listing import STRONG, WEAK, Entry, joined
from isthmus.loaders.ofac import remarks
from isthmus.loaders.ofac.names import LIST
from isthmus.loaders.xml import entries, leaves, parsed, take, take_all, take_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.ofac.names import Names
    from isthmus.loaders.source import Source
    from isthmus.loaders.xml import Node

_KINDS = {"Individual": "Person", "Entity": "Organisation", "Vessel": "Object", "Aircraft": "Object"}
_STRENGTH = {"strong": STRONG, "weak": WEAK}
_VESSEL = ("callSign", "vesselType", "vesselFlag", "vesselOwner", "tonnage", "grossRegisteredTonnage")


def xml_names(source: Source, path: Path, names: Names) -> None:
    """Remember who is in the file."""
    for node in parsed(source, path, ("sdnEntry",), recover=bool(source.options.get("recover"))):
        kind = _KINDS.get(take(node, "sdnType"), "")
        names.add(take(node, "uid"), _listed(node), kind)


def load_xml(source: Source, path: Path, names: Names) -> Iterator[Row]:
    """Yield the entries of one file."""
    recover = bool(source.options.get("recover"))
    make = partial(_entry, source, names, {"recovered": "yes"} if recover else {})
    yield from source.each(entries(source, path, ("sdnEntry",), recover=recover), make)


def _listed(node: Node) -> str:
    """The name as the list's links give it: `LAST, First`."""
    return joined([take(node, "lastName"), take(node, "firstName")], ", ")


def _entry(source: Source, names: Names, marks: dict[str, str], node: Node) -> list[Row]:
    text = "\n".join(f"{path}: {value}" for path, value in leaves(node))
    number, word = take(node, "uid"), take(node, "sdnType")
    kind = _KINDS.get(word)
    if kind is None:
        raise BadRow(f"sdnType {word!r}; the list has {', '.join(_KINDS)}")
    record = source.record(number, pointer=f"sdnEntry uid {number}", text=text)
    entry = Entry(source, record, f"{source.name}:{number}", kind, marks)
    first, last = take(node, "firstName"), take(node, "lastName")
    entry.claim("name", joined([first, last]))
    if kind == "Object":
        entry.claim("object_kind", "vehicle")
        entry.attribute("type", word.lower())
    for part in take_nodes(node, "programList"):
        for programme in take_all(part, "program"):
            entry.listing(LIST, programme=programme, reference=number, status="designated")
    if title := take(node, "title"):
        entry.claim("role", title) if kind == "Person" else entry.attribute("title", title)
    _names(entry, node)
    _person(entry, node)
    _places(entry, node)
    _documents(entry, node)
    stated = take(node, "remarks")
    remarks.tell(entry, stated)
    names.tie(entry, stated)
    source.expect_empty(dict(leaves(node)))
    return entry.rows


def _names(entry: Entry, node: Node) -> None:
    for listed in take_nodes(node, "akaList"):
        for aka in take_nodes(listed, "aka"):
            strength = take(aka, "category")
            if strength not in _STRENGTH:
                raise BadRow(f"an alias is {strength!r}; the list has strong and weak")
            former = take(aka, "type") == "f.k.a."
            name = joined([take(aka, "firstName"), take(aka, "lastName")])
            entry.alias(name, _STRENGTH[strength], "former name" if former else "")


def _person(entry: Entry, node: Node) -> None:
    for listed in take_nodes(node, "dateOfBirthList"):
        for item in take_nodes(listed, "dateOfBirthItem"):
            entry.birth(take(item, "dateOfBirth"))
    for listed in take_nodes(node, "placeOfBirthList"):
        for item in take_nodes(listed, "placeOfBirthItem"):
            place, _, country = (text := take(item, "placeOfBirth")).rpartition(", ")
            entry.country("born_in", country or text, place, otherwise="place of birth")
    for group, one in (("nationalityList", "nationality"), ("citizenshipList", "citizenship")):
        for listed in take_nodes(node, group):
            for item in take_nodes(listed, one):
                entry.country("citizen_of", take(item, "country"))


def _places(entry: Entry, node: Node) -> None:
    tie = "based_in" if entry.kind == "Organisation" else "located_in"
    for listed in take_nodes(node, "addressList"):
        for item in take_nodes(listed, "address"):
            parts = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
            where, country = joined([take(item, part) for part in parts], ", "), take(item, "country")
            if where:
                entry.claim("address", joined([where, country], ", "))
            entry.country(tie, country)
    for vessel in take_nodes(node, "vesselInfo"):
        for part in _VESSEL:
            entry.attribute(part, take(vessel, part))


def _documents(entry: Entry, node: Node) -> None:
    for listed in take_nodes(node, "idList"):
        for paper in take_nodes(listed, "id"):
            scheme, number = take(paper, "idType"), take(paper, "idNumber")
            dates = [take(paper, part) for part in ("idCountry", "issueDate", "expirationDate")]
            if scheme == "Gender":
                entry.claim("gender", number.lower())
            elif number and ("No." in scheme or "ID" in scheme or "Passport" in scheme or "Number" in scheme):
                entry.claim("identifier", number, scheme=scheme, note=joined(dates, "; "))
            else:
                entry.attribute(scheme.rstrip(": -"), number, joined(dates, "; "))
