"""The cluster's JSON: one value an entity, aliases as a sentence."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from isthmus.graph import dates
from isthmus.graph.errors import BadDate, BadInput, BadRow
from isthmus.graph.foreign_json import read_json
from isthmus.loaders.canada_list.stated import Own
from isthmus.loaders.listing import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_LIST = "Canada"
_REGULATIONS = "Criminal Code, listed entities"
_META = {"id", "title", "published", "updated", "summary", "content"}
_LARGEST = 64 << 20  # bytes; the file of 2026 has 0.3 million


def load(source: Source) -> Iterator[Row]:
    """Yield the listed groups and people. The list states no ties but in prose."""
    yield source.row()
    yield from source.reliability()
    for path in source.files():
        values = source.reading(_values(source, path), partial(_where, path))
        yield from source.each(values, partial(_value, source))


def aliases(summary: str) -> list[str]:
    """Names in a summary: parted by semicolons or, where it has none, by commas outside brackets; the last by "and"."""
    parts = summary.split(";") if ";" in summary else re.split(r",(?![^()]*\))", summary)
    names = [re.sub(r"^(?:and|also known as|a\.k\.a\.)\s+", "", part.strip(" .")) for part in parts]
    return [name for name in names if name]


def _values(source: Source, path: Path) -> list[Any]:
    with source.open(path) as stream:
        text = stream.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise BadInput(f"{path}: more than {_LARGEST:,} bytes; this list is a hundred times smaller")
    try:
        found = read_json(text)
    except ValueError as broken:
        raise BadInput(f"{path} is no JSON ({broken}); fetch the file again") from broken
    values = found.get("values") if isinstance(found, dict) else None
    if not isinstance(values, list):
        raise BadInput(f"{path}: no list 'values'; a MISP galaxy cluster has it")
    return values


def _is_day(text: str) -> bool:
    try:
        span = dates.parse(text)
    except BadDate:
        return False
    return span.first == span.last


def _where(path: Path, value: object) -> str:
    meta = value.get("meta") if isinstance(value, dict) else None
    return f"{path.name}: id {meta.get('id', '?') if isinstance(meta, dict) else '?'}"


def _value(source: Source, value: Any) -> list[Row]:
    name, meta = _checked(value)
    number, updated, listed = meta["id"], meta["updated"], meta["published"]
    days = [day for day in (listed, updated) if _is_day(day)]
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
    record = source.record(number, pointer=f"id {number}", published=max(days, default=""), text=text)
    kind = "Person" if name in source.stated(Own).people else "Organisation"
    entry = Entry(source, record, f"{source.name}:{number}", kind, {})
    entry.claim("name", name)
    if meta["title"] != name:
        entry.alias(meta["title"])
    if meta["summary"] not in source.stated(Own).no_summary:
        for alias in aliases(meta["summary"]):
            entry.alias(alias, note="from the summary")
    entry.listing(_LIST, since=listed, programme=_REGULATIONS, reference=number)
    if content := " ".join(meta["content"].split()):
        entry.claim("description", content)
    left = {key: str(text) for key, text in value.items() if key not in ("value", "description", "uuid", "meta")}
    source.expect_empty(left | {key: str(text) for key, text in value["meta"].items() if key not in _META})
    return entry.rows


def _checked(value: Any) -> tuple[str, dict[str, str]]:
    """Name and particulars; a particular that is missing is empty."""
    meta = value.get("meta") if isinstance(value, dict) else None
    if not isinstance(meta, dict):
        raise BadRow("the value has no 'meta'")
    name = value.get("value")
    stated = {key: meta.get(key, "") for key in _META}
    wrong = [key for key, text in [*stated.items(), ("value", name)] if not isinstance(text, str)]
    if wrong or not name:
        raise BadRow(f"{wrong[0]!r} is no text" if wrong else "the value has no name")
    return str(name), stated
