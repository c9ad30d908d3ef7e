"""The list's XML: one record an entry, with what it states in fields and, in words, in its comments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput, BadRow
from isthmus.loaders.listing import STRONG, WEAK, Entry, joined, script_of
from isthmus.loaders.un_list.comments import stated, tie_between
from isthmus.loaders.xml import TAG, entries, leaves, root, take, take_all, take_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source
    from isthmus.loaders.xml import Node

_KINDS = {"INDIVIDUAL": "Person", "ENTITY": "Organisation"}
_LIST = "United Nations Security Council"
_QUALITIES = {"Good": STRONG, "Low": WEAK, "a.k.a.": STRONG, "f.k.a.": STRONG, "": ""}
_FORMER = ("previously listed as", "formerly listed as")
_IGNORE = {"DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE/VALUE"}  # housekeeping of the list
_NOT_IN_TEXT = {"SORT_KEY", "SORT_KEY_LAST_MOD", "VERSIONNUM"}


def load(source: Source) -> Iterator[Row]:
    """Yield the people and entities of each file.

    Option `recover` reads a damaged file as far as it goes, and marks every claim so.
    """
    recover = bool(source.options.get("recover"))
    make = partial(_entry, source, {"recovered": "yes"} if recover else {})
    paths = source.files()
    yield source.row(published=max(_generated(source, path) for path in paths))
    yield from source.reliability()
    for path in paths:
        yield from source.each(entries(source, path, _KINDS, recover=recover), make)


def _generated(source: Source, path: Path) -> str:
    name, attributes = root(source, path)
    if name != "CONSOLIDATED_LIST":
        raise BadInput(f"{path} isn't the Security Council's list: its outermost element is {name!r}")
    return attributes.get("dateGenerated", "")[:10]


def _entry(source: Source, marks: dict[str, str], node: Node) -> list[Row]:
    tag = node[TAG][0]
    number = take(node, "REFERENCE_NUMBER")
    if not number:
        raise BadRow("the entry has no REFERENCE_NUMBER")
    text, comments_at = _text({"REFERENCE_NUMBER": [number], **node})
    comments = take(node, "COMMENTS1")
    listed = take(node, "LISTED_ON")
    updated = _values(node, "LAST_DAY_UPDATED")
    record = source.record(number, pointer=f"{tag} {number}", published=max([*updated, listed])[:10], text=text)
    entry = Entry(source, record, f"{source.name}:{number}", _KINDS[tag], marks)
    _names(entry, node, tag)
    programme = take(node, "UN_LIST_TYPE")
    entry.listing(_LIST, since=listed, programme=programme, reference=number)
    entry.attribute("submitted by", take(node, "SUBMITTED_BY"))
    entry.attribute("submitted on", take(node, "SUBMITTED_ON"))
    _person(entry, node)
    _places(entry, node, tag)
    _documents(entry, node)
    if comments:
        entry.claim("description", comments)
        _ties(source, entry, comments, comments_at)
    source.expect_empty(dict(leaves(node)), ignore=_IGNORE)
    return entry.rows


def _text(node: Node) -> tuple[str, int]:
    """The entry as lines `FIELD: text`, and where in them the comments begin."""
    lines: list[str] = []
    length = comments_at = 0
    for path, text in leaves(node):
        if path in _NOT_IN_TEXT:
            continue
        if path == "COMMENTS1":
            comments_at = length + len(path) + 2
        lines.append(f"{path}: {text}")
        length += len(lines[-1]) + 1
    return "\n".join(lines), comments_at


def _names(entry: Entry, node: Node, tag: str) -> None:
    parts = [take(node, f"{place}_NAME") for place in ("FIRST", "SECOND", "THIRD", "FOURTH")]
    name = joined(parts)
    if not name:
        raise BadRow("the entry has no name")
    entry.claim("name", name)
    for script in take_all(node, "NAME_ORIGINAL_SCRIPT"):
        if entry.recovered and script_of(script) in ("", "Latn"):
            entry.attribute("original script, damaged", script)  # the damage left other letters than were there
        else:
            entry.alias(script, alias_type="original script")
    for alias in take_nodes(node, f"{tag}_ALIAS"):
        _alias(entry, alias)


def _alias(entry: Entry, alias: Node) -> None:
    quality, note = take(alias, "QUALITY"), take(alias, "NOTE")
    former = quality == "f.k.a." or note in _FORMER
    kind = "former name" if former else "nickname" if note == "nom de guerre" else ""
    about = [take(alias, part) for part in ("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")]
    born = joined(about, ", ")
    entry.alias(
        take(alias, "ALIAS_NAME"), _quality(quality), kind, joined([note, f"born {born}" if born else ""], "; ")
    )


def _quality(word: str) -> str:
    if word not in _QUALITIES:
        raise BadRow(f"an alias has the quality {word!r}, which the list did not use; known: {', '.join(_QUALITIES)}")
    return _QUALITIES[word]


def _person(entry: Entry, node: Node) -> None:
    if entry.kind != "Person":
        return
    for country in _values(node, "NATIONALITY"):
        entry.country("citizen_of", country)
    gender = take(node, "GENDER").lower()
    if gender and gender != "unknown":
        entry.claim("gender", gender)
    for role in _values(node, "DESIGNATION"):
        entry.claim("role", role)
    for title in _values(node, "TITLE"):
        entry.attribute("title", title)
    for born in take_nodes(node, "INDIVIDUAL_DATE_OF_BIRTH"):
        _birth(entry, born)
    for born in take_nodes(node, "INDIVIDUAL_PLACE_OF_BIRTH"):
        places = [take(born, part) for part in ("STREET", "CITY", "STATE_PROVINCE")]
        _place(entry, "born_in", joined(places, ", "), take(born, "COUNTRY"), take(born, "NOTE"))


def _values(node: Node, name: str) -> list[str]:
    return [value for part in take_nodes(node, name) for value in take_all(part, "VALUE")]


def _birth(entry: Entry, born: Node) -> None:
    how, note = take(born, "TYPE_OF_DATE"), take(born, "NOTE")
    first, last = take(born, "FROM_YEAR"), take(born, "TO_YEAR")
    date = take(born, "DATE") or take(born, "YEAR") or joined([first, last], " to ")
    if not date:
        if note:
            entry.birth(note)
    elif how == "APPROXIMATELY":
        entry.birth(f"circa {date}", note)
    else:
        entry.birth(date, note)


def _places(entry: Entry, node: Node, tag: str) -> None:
    tie = "located_in" if entry.kind == "Person" else "based_in"
    for address in take_nodes(node, f"{tag}_ADDRESS"):
        country, note = take(address, "COUNTRY"), take(address, "NOTE")
        parts = [take(address, part) for part in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")]
        where = joined(parts, ", ")
        if where or note:
            entry.claim("address", joined([where, country], ", ") or note, note=note if where or country else "")
        entry.country(tie, country, note)


def _place(entry: Entry, tie: str, where: str, country: str, note: str) -> None:
    entry.country(tie, country, joined([where, note], "; "))
    if where and not country:
        entry.attribute("place of birth", where, note)


def _documents(entry: Entry, node: Node) -> None:
    for paper in take_nodes(node, "INDIVIDUAL_DOCUMENT"):
        kind, other = take(paper, "TYPE_OF_DOCUMENT"), take(paper, "TYPE_OF_DOCUMENT2")
        number = take(paper, "NUMBER")
        rest = "; ".join(f"{path.replace('_', ' ').lower()}: {text}" for path, text in leaves(paper))
        paper.clear()
        if number:
            entry.claim("identifier", number, scheme=kind or other, note=joined([other if kind else "", rest], "; "))
        else:
            entry.attribute(kind or "document", joined([other, rest], "; "))


def _ties(source: Source, entry: Entry, comments: str, at: int) -> None:
    """Ties in words are possibly true: the committee repeats what states told it, and a program read the words."""
    listed = "person" if entry.kind == "Person" else "group"
    for one in stated(comments, listed):
        words, other = f"{at + one.start}-{at + one.end}", f"{source.name}:{one.number}"
        if other == entry.subject:
            continue
        if not one.tie:
            entry.claim("attribute", one.number, name="named in the comments", words=words)
            continue
        kinds = (entry.kind, "Person" if one.number[2] == "i" else "Organisation")
        ends = (other, entry.subject) if one.back else (entry.subject, other)
        tie = tie_between(one.tie, *(kinds[::-1] if one.back else kinds))
        claim = entry.claim(tie, ends[1], one.valid, subject=ends[0], role=one.role, words=words)
        entry.rows.append(source.grade(claim, "3", "read from the words of the list's comments"))
