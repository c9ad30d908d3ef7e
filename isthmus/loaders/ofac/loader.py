"""The list as a set of CSV files without header (names, other names, addresses), or as XML."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput, BadRow
from isthmus.loaders.lines import cells, text_lines
from isthmus.loaders.listing import Entry, joined
from isthmus.loaders.ofac import remarks
from isthmus.loaders.ofac.markup import load_xml, xml_names
from isthmus.loaders.ofac.names import LIST, Names, readable
from isthmus.loaders.xml import is_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_COLUMNS = {
    12: ("number", "name", "type", "programmes", "title", "call sign", "vessel type", "tonnage",
         "gross registered tonnage", "vessel flag", "vessel owner", "remarks"),
    5: ("number", "alias_number", "alias_type", "alias", "remarks"),
    6: ("number", "address_number", "address", "city", "country", "remarks"),
}  # fmt: skip
_KINDS = {"individual": "Person", "": "Organisation", "vessel": "Object", "aircraft": "Object"}
_NULL = "-0-"
_END = "\x1a"


def load(source: Source) -> Iterator[Row]:
    """Yield people, organisations, vessels and aircraft with their links.

    Of the CSV set the first file (sdn.csv, cons_prim.csv) must be there: only it says who is a person.
    Option `recover` reads a damaged XML file as far as it goes, and marks every claim so.
    """
    yield source.row()
    yield from source.reliability()
    tables: dict[int, list[Path]] = {12: [], 5: [], 6: []}
    names = Names()
    for path in source.files():
        if is_xml(source, path):
            xml_names(source, path, names)
            yield from load_xml(source, path, names)
        else:
            tables[_width(source, path)].append(path)
    if any(tables.values()):
        yield from _tables(source, tables, names)


def _tables(source: Source, tables: dict[int, list[Path]], names: Names) -> Iterator[Row]:
    if not tables[12]:
        raise BadInput("the list of names is missing: load sdn.csv (or cons_prim.csv) together with the others")
    for path in tables[12]:
        for row in _rows(source, path, 12, counted=False):
            names.add(row["number"], row["name"], _KINDS.get(row["type"], ""))
    makers: dict[int, Callable[[dict[str, str]], list[Row]]] = {
        12: partial(_main, source, names), 5: partial(_alias, source, names), 6: partial(_address, source, names)
    }  # fmt: skip
    for width, make in makers.items():
        for path in tables[width]:
            yield from source.each(source.reading(_rows(source, path, width)), make)


def _width(source: Source, path: Path) -> int:
    _, first = next(cells(path, text_lines(source, path)), (0, []))
    width = len(first)
    if width not in _COLUMNS:
        raise BadInput(f"{path}: {width} columns; OFAC's files have 12 (names), 5 (other names) or 6 (addresses)")
    return width


def _rows(source: Source, path: Path, width: int, *, counted: bool = True) -> Iterator[dict[str, str]]:
    """Rows by column; one of another width carries its cells and is refused by `_checked`."""
    for line, values in cells(path, text_lines(source, path)):
        if counted:
            source.where = f"{path.name}:{line}"
        yield _row(values, width)


def _row(values: list[str], width: int) -> dict[str, str]:
    texts = ["" if (text := " ".join(cell.split())) == _NULL else text for cell in values]
    row = dict(zip(_COLUMNS[width], texts, strict=False))
    row |= dict.fromkeys(_COLUMNS[width][len(texts) :], "")
    row["__width__"] = str(len(values))
    return row


def _checked(source: Source, row: dict[str, str], width: int) -> bool:
    """Whether a row is one; the file's last line is a sign that ends it."""
    if row["__width__"] in ("0", "1") and row["number"] in (_END, ""):
        source.skip(source.where, "the sign that ends the file" if row["number"] else "blank line")
        return False
    if int(row["__width__"]) != width or not row["number"].isdigit():
        raise BadRow(f"{row['__width__']} cells, of which the first is {row['number'][:20]!r}; {width} belong here")
    return True


def _main(source: Source, names: Names, row: dict[str, str]) -> list[Row]:
    if not _checked(source, row, 12):
        return []
    kind = _KINDS.get(row["type"])
    if kind is None:
        raise BadRow(f"type {row['type']!r}; the list has {', '.join(filter(None, _KINDS))}, or none")
    if not row["name"]:
        raise BadRow("the entry has no name")
    entry = _entry(source, row, kind, "names")
    entry.claim("name", readable(row["name"], kind))
    if kind == "Person" and ", " in row["name"]:
        entry.claim("native_label", row["name"])
    if kind == "Object":
        entry.claim("object_kind", "vehicle")
        entry.attribute("type", row["type"])
    for programme in filter(None, re.split(r"\]?\s*\[", row["programmes"])):
        entry.listing(LIST, programme=programme.strip("] "), reference=row["number"], status="designated")
    if row["title"]:
        entry.claim("role", row["title"]) if kind == "Person" else entry.attribute("title", row["title"])
    for column in _COLUMNS[12][5:11]:
        entry.attribute(column, row[column])
    remarks.tell(entry, row["remarks"])
    names.tie(entry, row["remarks"])
    return entry.rows


def _alias(source: Source, names: Names, row: dict[str, str]) -> list[Row]:
    if not _checked(source, row, 5):
        return []
    kind = names.kind(row["number"])
    if row["alias_type"] not in ("aka", "fka", "nka"):
        raise BadRow(f"alias type {row['alias_type']!r}; the list has aka, fka and nka")
    entry = _entry(source, row, kind, f"other names {row['alias_number']}")
    entry.alias(
        readable(row["alias"], kind), "good", "former name" if row["alias_type"] == "fka" else "", row["remarks"]
    )
    return entry.rows


def _address(source: Source, names: Names, row: dict[str, str]) -> list[Row]:
    if not _checked(source, row, 6):
        return []
    kind = names.kind(row["number"])
    entry = _entry(source, row, kind, f"addresses {row['address_number']}")
    before = len(entry.rows)
    if where := joined([row["address"], row["city"]], ", "):
        entry.claim("address", joined([where, row["country"]], ", "), note=row["remarks"])
    entry.country("based_in" if kind == "Organisation" else "located_in", row["country"])
    return entry.rows if len(entry.rows) > before else []


def _entry(source: Source, row: dict[str, str], kind: str, pointer: str) -> Entry:
    text = "\n".join(f"{key}: {value}" for key, value in row.items() if value and not key.startswith("__"))
    record = source.record(row["number"], pointer=pointer, text=text)
    return Entry(source, record, f"{source.name}:{row['number']}", kind, {})
