"""The list's CSV: one line for each name of an entry and for each set of its particulars."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadDate, BadInput, BadRow
from isthmus.loaders.days import edtf
from isthmus.loaders.lines import cells, text_lines
from isthmus.loaders.listing import Entry, joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_LIST = "United Kingdom"
_KINDS = {"Individual": "Person", "Entity": "Organisation", "Ship": "Object"}
_ALIASES = {"Prime Alias", "AKA", "FKA", "Primary name", "Primary name variation"}
_GIVEN = [f"Name {place}" for place in range(1, 6)]
_REQUIRED = ("Name 6", "Group Type", "Alias Type", "Group ID", "Regime")
_ADDRESS = [f"Address {place}" for place in range(1, 7)]
_MARK = re.compile(r"(?<!\w)(?:\(?\d{1,2}\)\s*(?:-|to|,|and|&)?\s*)+")
_REMARK = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_OLD_UN = re.compile(r"\b([QT])([IE])\.[A-Z]\.(\d{1,3})\.\d{2}")
_NEW_UN = re.compile(r"\b([A-Z]{2}[ie])\.?(\d{3})\b")
_PAPERS = ("Passport Details", "Passport Number", "NI Number", "National Identification Number")


def load(source: Source) -> Iterator[Row]:
    """Yield the people, organisations and ships of each file."""
    paths = source.files()
    headings = {path: _heading(source, path) for path in paths}
    yield source.row(published=max(day for day, _, _ in headings.values()))
    yield from source.reliability()
    for path in paths:
        _, header, above = headings[path]
        rows = source.csv_rows(path, header=header, required=_REQUIRED, ragged=True, delimiter=",")
        yield from source.each(rows, partial(_line, source, above))


def numbered(text: str) -> list[str]:
    """The values of one cell: `(1) Iraq (2) Syria` is two, as is `(1)-(3) Iraq (4) Syria`."""
    if not re.match(r"\(?1\)", text):
        return [text] if text else []
    return [part for piece in _MARK.split(text) if (part := piece.strip(" .;")) and part != "-"]


def un_number(text: str) -> str:
    """The United Nations' number in a remark, in today's form: `QI.A.86.03` is QDi.086. Empty where there is none."""
    if old := _OLD_UN.search(text):
        prefix = "QD" if old[1] == "Q" else "TA"
        return f"{prefix}{old[2].lower()}.{int(old[3]):03}"
    new = _NEW_UN.search(text)
    return f"{new[1]}.{new[2]}" if new else ""


def _heading(source: Source, path: Path) -> tuple[str, list[str], int]:
    """Date of the list, columns, and how many lines stand above the rows."""
    rows = [row for _, row in islice(cells(path, text_lines(source, path)), 2)]
    first, second = [*rows, [], []][:2]
    dated = first[:1] == ["Last Updated"] and "Group ID" in second
    header = [cell.strip() for cell in (second if dated else first)]
    if "Group ID" not in header:
        raise BadInput(f"{path}: no column 'Group ID' in its first two lines; OFSI's CSV has it")
    try:
        return (edtf(first[1]) if dated else ""), header, 2 if dated else 1
    except (BadDate, IndexError):
        return "", header, 2


def _line(source: Source, above: int, row: dict[str, str]) -> list[Row]:
    if int(row["__line__"]) <= above:
        source.skip(source.where, "the list's own heading")
        return []
    text = "\n".join(f"{key}: {value}" for key, value in row.items() if value and not key.startswith("__"))
    kind = _KINDS.get(row.pop("Group Type"))
    alias = row.pop("Alias Type")
    if kind is None or alias not in _ALIASES:
        raise BadRow(f"group type and alias type {alias!r}; known: {', '.join(_KINDS)}; {', '.join(sorted(_ALIASES))}")
    group, updated = row.pop("Group ID"), row.pop("Last Updated", "")
    if not group.isdigit():
        raise BadRow(f"Group ID {group!r} is no number")
    name = joined([*(row.pop(part, "") for part in _GIVEN), row.pop("Name 6")])
    record = source.record(group, pointer=f"Group ID {group}: {name}", published=_day(updated), text=text)
    entry = Entry(source, record, f"{source.name}:{group}", kind, {})
    _name(entry, name, alias)
    entry.alias(row.pop("Name Non-Latin Script", ""), alias_type="original script")
    since = row.pop("Listed On", "") or row.pop("UK Sanctions List Date Designated", "")
    entry.listing(_LIST, since=since, programme=row.pop("Regime"), reference=group)
    _person(entry, row)
    _place(entry, row)
    _other(entry, row)
    source.expect_empty(row)
    return entry.rows


def _name(entry: Entry, name: str, alias: str) -> None:
    if not name:
        raise BadRow("the line has no name")
    if alias in ("Prime Alias", "Primary name"):
        entry.claim("name", name)
    else:
        entry.alias(name, alias_type="former name" if alias == "FKA" else "")


def _day(text: str) -> str:
    try:
        return edtf(text) if text else ""
    except BadDate:
        return ""


def _person(entry: Entry, row: dict[str, str]) -> None:
    for title in row.pop("Title", "").split("/"):
        entry.attribute("title", title)
    for born in numbered(row.pop("DOB", "")):
        entry.birth(born)
    towns, countries = numbered(row.pop("Town of Birth", "")), numbered(row.pop("Country of Birth", ""))
    town = "; ".join(towns)
    for country in countries:
        entry.country("born_in", country, town if len(countries) == 1 else "")
    if len(countries) != 1:
        entry.attribute("place of birth", town)
    for country in numbered(row.pop("Nationality", "")):
        entry.country("citizen_of", country)
    for role in numbered(row.pop("Position", "")):
        entry.claim("role", role) if entry.kind == "Person" else entry.attribute("position", role)
    for column in _PAPERS:
        for paper in numbered(row.pop(column, "")):
            entry.claim("identifier", paper, scheme=column.removesuffix(" Details"))


def _place(entry: Entry, row: dict[str, str]) -> None:
    parts = [row.pop(part, "") for part in _ADDRESS]
    where = joined([*parts, row.pop("Post/Zip Code", "")], ", ")
    country, note = row.pop("Country", ""), ""
    if remark := _REMARK.match(country):
        country, note = remark.groups()
    if where:
        entry.claim("address", joined([where, country], ", "), note=note)
    entry.country("based_in" if entry.kind == "Organisation" else "located_in", country, note)


def _other(entry: Entry, row: dict[str, str]) -> None:
    other = row.pop("Other Information", "")
    if not other:
        return
    entry.claim("description", other)
    if number := un_number(other):
        entry.claim("identifier", number, scheme="UN reference")
