"""Which files and pages are which sheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadInput, EmptySheet
from isthmus.graph.record.dump import columns
from isthmus.graph.record.rows import TABLES
from isthmus.graph.suggestion import suggestion
from isthmus.loaders.excel import excel_rows, sheet_names
from isthmus.loaders.source import Source
from isthmus.loaders.tables.exact import is_exact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


class Sheet(NamedTuple):
    """A CSV file, or a page of a workbook."""

    name: str
    path: Path
    page: str
    exact: bool


def sheets(source: Source, wide: Collection[str]) -> list[Sheet]:
    """Every sheet among the files, publications first, then records before what rests on them.

    Raises `BadInput` for a file or page that bears no sheet's name.
    """
    order = ["sources", "records", *(name for name in wide if name != "sources"), *TABLES]
    known = list(dict.fromkeys(order))
    found = [sheet for path in source.files() for sheet in _in_file(source, path, known, wide)]
    if not found:
        raise BadInput(f"no sheet in {', '.join(map(str, source.paths))}; name one of {', '.join(known)}")
    return sorted(found, key=lambda sheet: known.index(sheet.name))


def _in_file(source: Source, path: Path, known: list[str], wide: Collection[str]) -> Iterator[Sheet]:
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        for page in sheet_names(source, path):
            header = _page_header(path, page)
            if header:  # a new workbook has empty pages
                name = _named(page, known, f"{path}, page {page!r}")
                yield _sheet(name, path, page, header, wide)
        return
    name = _named(path.name.split(".")[0], known, str(path))
    with source.open(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        header = next(csv.reader(io.StringIO(text.readline(1 << 20))), [])
    yield _sheet(name, path, "", header, wide)


def _sheet(name: str, path: Path, page: str, header: list[str], wide: Collection[str]) -> Sheet:
    """A sheet of an analyst, or a table of a case, which is known by its columns."""
    exact = is_exact(name, header)
    if not exact and name not in wide:
        lacking = next((column for column in columns(name) if column not in header), "")
        hint = f"column {lacking!r} is missing" if lacking else "there are columns too many"
        raise BadInput(f"{path}, line 1: not the table {name} of a case ({hint}); dump the case again")
    return Sheet(name, path, page, exact)


def _named(text: str, known: list[str], where: str) -> str:
    lower = text.strip().lower()
    for name in sorted(known, key=len, reverse=True):
        if lower == name or lower.startswith((f"{name}-", f"{name} ", f"{name}_2")):
            return name
    raise BadInput(f"{where}: no sheet is called {text!r}; {suggestion(lower, known)}")


def _page_header(path: Path, page: str) -> list[str]:
    """The columns of a page that has rows."""
    try:
        first = next(excel_rows(Source("peek", [path]), path, sheet=page), None)
    except EmptySheet:
        return []
    return [name for name in first or () if name != "__line__"]
