"""The list as CSV, in both layouts it has had, and as XML."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadDate
from isthmus.loaders.days import edtf
from isthmus.loaders.eu_list.entry import LIST, citizen, kind_of, sexes
from isthmus.loaders.eu_list.rows import Lines
from isthmus.loaders.listing import STRONG, WEAK, Entry, joined
from isthmus.loaders.xml import entries, is_xml, leaves, root, take, take_all, take_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source
    from isthmus.loaders.xml import Node

_IGNORE = {
    "@designationDetails", "regulation/publicationUrl", "regulation/@logicalId", "regulation/@regulationType",
    "regulation/@organisationType", "regulation/@entryIntoForceDate", "subjectType/@classificationCode",
}  # fmt: skip
_STRENGTH = {"true": STRONG, "false": WEAK, "": ""}


def load(source: Source) -> Iterator[Row]:
    """Yield the people and organisations of each file.

    Option `recover` reads a damaged XML file as far as it goes, and marks every claim so.
    """
    recover = bool(source.options.get("recover"))
    paths = source.files()
    yield source.row(published=max(_published(source, path) for path in paths))
    yield from source.reliability()
    for path in paths:
        if is_xml(source, path):
            make = partial(_entry, source, {"recovered": "yes"} if recover else {})
            yield from source.each(entries(source, path, ("sanctionEntity",), recover=recover), make)
        else:
            lines = Lines(source, path)
            yield from source.each(source.reading(lines), lines.make)


def _published(source: Source, path: Path) -> str:
    if is_xml(source, path):
        return root(source, path)[1].get("generationDate", "")[:10]
    row = next(iter(Lines(source, path)), {})
    try:
        return edtf(row.get("file_date", ""))
    except BadDate:
        return ""


def _entry(source: Source, marks: dict[str, str], node: Node) -> list[Row]:
    text = "\n".join(f"{path}: {value}" for path, value in leaves(node))
    number, reference = take(node, "@logicalId"), take(node, "@euReferenceNumber")
    acts = take_nodes(node, "regulation")
    dates = [take(act, "@publicationDate") for act in acts]
    kind = kind_of(next((take(one, "@code") for one in take_nodes(node, "subjectType")), ""))
    record = source.record(number, pointer=f"sanctionEntity {number}", published=max(dates, default=""), text=text)
    entry = Entry(source, record, f"{source.name}:{number}", kind, marks)
    since = take(node, "@designationDate") or min(dates, default="")
    programmes = dict.fromkeys(take(act, "@programme") for act in acts) or {"": None}
    for programme in programmes:
        entry.listing(LIST, since=since, programme=programme, reference=reference)
    for act in acts:
        entry.attribute("legal act", take(act, "@numberTitle"))
    if un := take(node, "@unitedNationId"):
        entry.claim("identifier", un, scheme="UN reference")
    for remark in take_all(node, "remark"):
        entry.claim("description", remark)
    _names(entry, node)
    _rest(entry, node)
    source.expect_empty(dict(leaves(node)), ignore=_IGNORE)
    return entry.rows


def _names(entry: Entry, node: Node) -> None:
    for place, name in enumerate(take_nodes(node, "nameAlias")):
        parts = [take(name, f"@{part}") for part in ("firstName", "middleName", "lastName")]
        whole = take(name, "@wholeName") or joined(parts)
        quality, language = _STRENGTH.get(take(name, "@strong"), ""), take(name, "@nameLanguage")
        if place:
            entry.alias(whole, quality, note=f"in language {language}" if language else "")
        elif whole:
            entry.claim("name", whole)
        if gender := sexes(take(name, "@gender")):
            entry.claim("gender", gender)
        entry.attribute("title", take(name, "@title"))
        role = take(name, "@function")
        if role and entry.kind == "Person":
            entry.claim("role", role)
        else:
            entry.attribute("function", role)


def _rest(entry: Entry, node: Node) -> None:
    for born in take_nodes(node, "birthdate"):
        _birth(entry, born)
    for stated in take_nodes(node, "citizenship"):
        citizen(entry, take(stated, "@countryIso2Code"), take(stated, "@region"))
    for home in take_nodes(node, "address"):
        parts = [take(home, f"@{part}") for part in ("street", "poBox", "zipCode", "city", "region", "place")]
        where = joined(parts, ", ")
        if where:
            entry.claim("address", joined([where, take(home, "@countryDescription")], ", "))
        tie = "located_in" if entry.kind == "Person" else "based_in"
        entry.country(tie, take(home, "@countryIso2Code"))
    for paper in take_nodes(node, "identification"):
        scheme = take(paper, "@identificationTypeDescription") or take(paper, "@identificationTypeCode")
        number, issued = take(paper, "@number") or take(paper, "@latinNumber"), take(paper, "@countryDescription")
        if number:
            entry.claim("identifier", number, scheme=scheme, note=issued)


def _birth(entry: Entry, born: Node) -> None:
    date = take(born, "@birthdate") or _parts(born)
    if date:
        about = take(born, "@circa") == "true"
        calendar = take(born, "@calendarType")
        entry.birth(f"circa {date}" if about else date, "" if calendar in ("", "GREGORIAN") else f"{calendar} calendar")
    place = joined([take(born, f"@{part}") for part in ("place", "city", "region")], ", ")
    country = take(born, "@countryIso2Code")
    if country and country != "00":
        entry.country("born_in", country, place)
    else:
        entry.attribute("place of birth", place)


def _parts(born: Node) -> str:
    year, month, day = (take(born, f"@{part}") for part in ("year", "monthOfYear", "dayOfMonth"))
    first, last = take(born, "@yearRangeFrom"), take(born, "@yearRangeTo")
    if year:
        return "-".join(part.zfill(2) for part in (year, month, day if month else "") if part)
    return joined([first, last], " to ")
