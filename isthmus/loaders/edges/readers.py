"""Rows of a list: CSV, columns parted by blanks, or one JSON object a line."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadInput
from isthmus.graph.foreign_json import read_json
from isthmus.loaders.networks import lines, peek

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.loaders.edges.mapping import Columns
    from isthmus.loaders.source import Source


def head(source: Source, path: Path, count: int = 2000) -> tuple[str, list[list[str]]]:
    """How a file's columns are parted (`json`, `blank` or `sign`), and its first lines' cells; none count as read."""
    first = [line for line in (line.strip() for line in islice(lines(source, path), count)) if line]
    if not first:
        raise BadInput(f"{path} is empty; fetch it again or leave it out")
    if next((line for line in first if not line.startswith("#")), "").startswith("{"):
        return "json", []
    if not any(sign in first[0] for sign in ",;\t|"):
        parted = [line.split() for line in first if not line.startswith(("#", "%"))]
        if parted and len({len(cells) for cells in parted}) == 1 and len(parted[0]) > 1:
            return "blank", parted
    return "sign", list(islice(peek(source, path), count))


def rows(source: Source, path: Path, columns: Columns) -> Iterator[dict[str, str]]:
    """Rows as dictionaries with `__line__`, each counted as read."""
    if columns.delimiter == "blank":
        return _blank(source, path, columns.header)
    layout: dict[str, Any] = {"header": columns.header} if columns.header else {}
    if columns.delimiter:
        layout["delimiter"] = columns.delimiter
    return source.csv_rows(path, **layout)


def _blank(source: Source, path: Path, header: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Cells parted by white space; the last one keeps the blanks within it."""
    for number, line in enumerate(lines(source, path), start=1):
        text = line.strip()
        if not text or text.startswith(("#", "%")):
            continue
        source.count(f"{path.name}:{number}")
        cells = text.split(maxsplit=len(header) - 1)
        if len(cells) != len(header):
            reason = f"the row has {len(cells)} cells where {len(header)} are due"
            source.quarantine(source.where, reason, text)
            continue
        yield dict(zip(header, cells, strict=True)) | {"__line__": str(number)}


def objects(source: Source, path: Path) -> Iterator[dict[str, str]]:
    """JSON lines of nodes and ties, `properties` joined to what they belong to; lines from `#` on are remarks."""
    for number, line in enumerate(lines(source, path), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        source.count(f"{path.name}:{number}")
        try:
            told = read_json(text)
        except ValueError as broken:
            source.quarantine(source.where, f"no JSON: {broken}", text[:500])
            continue
        properties = told.pop("properties", {}) if isinstance(told, dict) else None
        if not isinstance(properties, dict) or told.get("type") not in ("node", "edge"):
            source.quarantine(source.where, "no object of type node or edge", text[:500])
            continue
        row = {str(key): _plain(value) for key, value in told.items() if key != "type"}
        row |= {str(key): _plain(value) for key, value in properties.items()}
        yield row | {"__what__": str(told["type"]), "__line__": str(number)}


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
