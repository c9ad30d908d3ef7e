"""The list's CSV: many lines an entry, each with one name, address, birth, document or citizenship."""

from __future__ import annotations

import csv
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadInput, BadRow
from isthmus.loaders.eu_list.entry import LIST, citizen, kind_of, sexes
from isthmus.loaders.eu_list.stated import Own
from isthmus.loaders.lines import cells, text_lines
from isthmus.loaders.listing import Entry, joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_SECTIONS = ("name", "address", "birth", "document", "citizen")
_DOCUMENT = re.compile(r"^(.*?) \((\w+)-([^()]*)\)\s*(.*)$")


class Lines:
    """Reads one file; knows its layout and which entries already have a name."""

    def __init__(self, source: Source, path: Path) -> None:
        self.source, self.path = source, path
        self.wrapped, header = _first(source, path)
        self.columns, self.layout = _layout(source, path, header)
        self._named: set[str] = set()

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Rows under the names they have in `source.yml`; what has none keeps the publisher's."""
        lines = text_lines(self.source, self.path)
        if self.wrapped:
            lines = map(_unwrapped, lines)
        for line, row in islice(cells(self.path, lines, ";"), 1, None):
            self.source.where = f"{self.path.name}:{line}"
            yield self._row(row)

    def _row(self, values: list[str]) -> dict[str, str]:
        row = {"__cells__": str(len(values))}
        for name, cell in zip(self.columns, values, strict=False):
            text = " ".join(cell.replace("\\n", "; ").split())
            if text and name not in row:  # the entry's number stands in the header several times
                row[name] = text
        return row

    def make(self, row: dict[str, str]) -> list[Row]:
        """What one line says."""
        if int(row["__cells__"]) != len(self.columns):
            raise BadRow(f"the line has {row['__cells__']} cells where the header has {len(self.columns)}")
        left = dict(row)
        number, section = left.pop("entity", ""), next((name for name in _SECTIONS if f"{name}.id" in left), "")
        kind = kind_of(left.pop("subject", ""))
        if not section:
            raise BadRow("the line has neither name, address, birth, document nor citizenship")
        published = left.pop(f"{section}.act_date", "") or left.get("act_date", "")
        text = "\n".join(
            f"{key}: {value}" for key, value in row.items() if not key.startswith("__") and key != "file_date"
        )
        record = self.source.record(
            number, pointer=f"{section} {left.pop(f'{section}.id')}", published=published, text=text
        )
        entry = Entry(self.source, record, f"{self.source.name}:{number}", kind, {})
        handlers: dict[str, Any] = {
            "name": self._name, "address": _address, "birth": _birth, "document": _document, "citizen": _citizen,
        }  # fmt: skip
        made = handlers[section](entry, left)
        for key in ("file_date", "act", "act_date", "programme", "reference", "un", "listed", "remark"):
            left.pop(key, None)  # said once, with each name
        self.source.expect_empty(left, ignore=self.source.stated(Own).ignore)
        return entry.rows if made else []

    def _name(self, entry: Entry, row: dict[str, str]) -> bool:
        parts = [row.pop(f"name.{part}", "") for part in ("first", "middle", "last")]
        name = row.pop("name.whole", "") or joined(parts)
        language, lost = row.pop("name.language", ""), name.count("?") > sum(map(str.isalpha, name))
        if lost:
            self.source.skip(self.source.where, "a name in letters that the file's encoding could not hold (????)")
        elif not name:
            raise BadRow("a name line without a name")
        elif entry.subject in self._named:
            entry.alias(name, note=f"in language {language}" if language else "")
        else:
            self._named.add(entry.subject)
            entry.claim("name", name)
        _about(entry, row)
        return not lost


def _about(entry: Entry, row: dict[str, str]) -> None:
    """What stands on every line of an entry and is taken from those with names."""
    gender, title = sexes(row.pop("name.gender", "")), row.pop("name.title", "")
    for role in row.pop("name.function", "").split("; "):
        if role and entry.kind == "Person":
            entry.claim("role", role)
        elif role:
            entry.attribute("function", role)
    if gender:
        entry.claim("gender", gender)
    entry.attribute("title", title)
    since = row.pop("listed", "") or row.pop("act_date", "")
    entry.listing(LIST, since=since, programme=row.pop("programme", ""), reference=row.pop("reference", ""))
    entry.attribute("legal act", row.pop("act", ""))
    if un := row.pop("un", ""):
        entry.claim("identifier", un, scheme="UN reference")
    if remark := row.pop("remark", ""):
        entry.claim("description", remark)


def _address(entry: Entry, row: dict[str, str]) -> bool:
    parts = [row.pop(f"address.{part}", "") for part in ("number", "street", "zip", "city")]
    country, where = row.pop("address.country", ""), joined(parts, ", ")
    other = row.pop("address.other", "")
    if where:
        entry.claim("address", joined([where, country], ", "))
    entry.attribute("contact", other)
    entry.country("located_in" if entry.kind == "Person" else "based_in", country)
    return bool(where or other or country)


def _birth(entry: Entry, row: dict[str, str]) -> bool:
    date, year = row.pop("birth.date", ""), row.pop("birth.year", "")
    place, country = row.pop("birth.place", ""), row.pop("birth.country", "")
    born = year if date in ("", "N/A") else date
    if born:
        entry.birth(born)
    if country:
        entry.country("born_in", country, place)
    else:
        entry.attribute("place of birth", place)
    return bool(born or place or country)


def _document(entry: Entry, row: dict[str, str]) -> bool:
    number, country = row.pop("document.number", ""), row.pop("document.country", "")
    scheme, note = row.pop("document.kind", ""), country
    if found := _DOCUMENT.match(number):
        number, _, scheme, rest = found.groups()
        note = joined([rest, country], "; ")
    entry.claim("identifier", number, scheme=scheme, note=note)
    return True


def _citizen(entry: Entry, row: dict[str, str]) -> bool:
    country = row.pop("citizen.country", "")
    citizen(entry, country)
    return bool(country)


def _first(source: Source, path: Path) -> tuple[bool, list[str]]:
    """Whether each line is one quoted cell (as a spreadsheet saved it), and the header."""
    line = next(text_lines(source, path), "")
    wrapped = line.startswith('"') and line.rstrip().endswith('"') and '";"' not in line
    header = next(csv.reader([_unwrapped(line) if wrapped else line.lstrip("\ufeff")], delimiter=";"), [])
    return wrapped, [cell.strip() for cell in header]


def _layout(source: Source, path: Path, header: list[str]) -> tuple[list[str], str]:
    for name, columns in source.stated(Own).layouts.items():
        if columns["entity"] in header and columns["subject"] in header and columns["name.whole"] in header:
            ours = {theirs: here for here, theirs in columns.items()}
            return [ours.get(column, column) for column in header], name
    raise BadInput(f"{path}, line 1: not the EU list's columns; its CSV begins {'; '.join(header[:4])!r}")


def _unwrapped(line: str) -> str:
    r"""A line without the quotes and tabs that a spreadsheet put around it; a tab inside was `, `."""
    inner = line.rstrip("\r\n\t ")
    inner = inner[1:-1] if len(inner) > 1 and inner[0] == inner[-1] == '"' else inner
    return inner.rstrip("\t").replace('""', '"').replace("\t", ",")
