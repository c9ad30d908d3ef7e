"""Rows of an Excel sheet, read as a stream: the same dictionaries that `sheets.csv_rows` gives."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
import zlib
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, Unpack
from xml.etree.ElementTree import ParseError

from isthmus.graph.errors import BadInput, EmptySheet
from isthmus.graph.suggestion import suggestion
from isthmus.loaders.opening import hold_to_limits
from isthmus.loaders.sheets import Layout, fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.loaders.books import Books

_IN_MEMORY = 32 << 20
_BROKEN = (  # what openpyxl lets through from a damaged workbook
    zipfile.BadZipFile, zlib.error, ParseError, SyntaxError, LookupError, ValueError, TypeError, AttributeError,
    OSError, EOFError, NotImplementedError, OverflowError, RuntimeError, AssertionError,
)  # fmt: skip
_ERRORS = frozenset({"#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


def excel_rows(source: Books, path: Path, *, sheet: str = "", **layout: Unpack[Layout]) -> Iterator[dict[str, str]]:
    """Each row of a sheet (the first, or the one named) as texts, with `__line__`, its number; each counts as read.

    The first row with something in it is the header. A number without a fraction has none (`3.0` is `3`), a date is
    ISO, a truth is `TRUE` or `FALSE`, and a formula is its own text: nothing is worked out. An error value such as
    `#N/A` is empty. Short rows are filled up: a sheet leaves out empty cells at the end.

    Raises `BadInput` for a damaged workbook, a missing sheet or column, and one that unpacks beyond the limits.
    """
    columns = layout.get("columns")
    rows = excel_cells(source, path, sheet=sheet, **layout)
    _, names = next(rows)
    keep = [(at, name) for at, name in enumerate(names) if name and (columns is None or name in columns)]
    for number, cells in rows:
        row = {name: cells[at] for at, name in keep}
        row["__line__"] = str(number)
        yield row


def excel_cells(
    source: Books, path: Path, *, sheet: str = "", **layout: Unpack[Layout]
) -> Iterator[tuple[int, list[str]]]:
    """As `excel_rows`, for wide sheets: the number and the cells of the header and then of each row."""
    with _copied(source, path) as copy:
        rows = _numbered(_cells(path, copy, sheet))
        names = list(layout.get("header") or _header(rows, path, lower=layout.get("lower", False)))
        fit(path, names, layout.get("required", ()), layout.get("known"))
        yield 0, names
        width = len(names)
        for number, cells in rows:
            source.count(f"{path.name}:{number}")
            if not any(cells):
                source.skip(source.where, "blank line")
            elif any(cells[width:]):
                reason = f"the row has {len(cells)} cells where the header has {width}"
                source.quarantine(source.where, reason, cells)
            else:
                yield number, cells[:width] + [""] * (width - len(cells))


def sheet_names(source: Books, path: Path) -> list[str]:
    """Names of a workbook's sheets, in its order. Raises `BadInput` for a damaged workbook."""
    with _copied(source, path) as copy:
        return [str(name) for name in _book(path, copy).sheetnames]


def as_text(value: object) -> str:
    """A cell as the text that a CSV of the same sheet would hold."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value in _ERRORS else value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


@contextmanager
def _copied(source: Books, path: Path) -> Iterator[IO[bytes]]:
    """The workbook where it can be read from any place: in memory, a large one on disk; within the limits."""
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        with source.open(path) as stream:
            shutil.copyfileobj(stream, copy, 1 << 20)
        try:
            _hold(path, copy)
        except _BROKEN as broken:
            raise BadInput(f"{path}: no readable workbook ({broken}); open it and save it again as .xlsx") from broken
        yield copy


def _hold(path: Path, copy: IO[bytes]) -> None:
    """Refuse a bomb, and a part with a document type, where entities would be declared: no workbook has one."""
    packed = copy.tell()
    with zipfile.ZipFile(copy) as archive:
        hold_to_limits(path, sum(part.file_size for part in archive.infolist()), packed)
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(4096):
                        raise BadInput(f"{path}: {part.filename} declares a document type; save the sheet as CSV")
    copy.seek(0)


def _book(path: Path, copy: IO[bytes]) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(copy, read_only=True, data_only=False, keep_links=False)
    except _BROKEN as broken:
        raise BadInput(f"{path}: no readable workbook ({broken}); open it and save it again as .xlsx") from broken


def _cells(path: Path, copy: IO[bytes], sheet: str) -> Iterator[tuple[Any, ...]]:
    book = _book(path, copy)
    if not book.sheetnames or (sheet and sheet not in book.sheetnames):
        raise BadInput(f"{path} has no sheet {sheet!r}; {suggestion(sheet, book.sheetnames)}")
    try:
        chosen = book[sheet or book.sheetnames[0]]
        if hasattr(chosen, "reset_dimensions"):
            chosen.reset_dimensions()  # a workbook may state too few rows, or a million too many
        yield from chosen.iter_rows(values_only=True)
    except _BROKEN as broken:
        raise BadInput(f"{path}: the sheet is damaged ({broken}); open it and save it again as .xlsx") from broken


def _numbered(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, 1):
        yield number, [as_text(value) for value in row]


def _header(rows: Iterator[tuple[int, list[str]]], path: Path, *, lower: bool) -> list[str]:
    """The first row that isn't blank, without what is empty at its end."""
    names = next((cells for _, cells in rows if any(cells)), [])
    if not names:
        raise EmptySheet(f"{path}: the sheet is empty; leave it out or fill it")
    while not names[-1]:
        names.pop()
    return [name.lower() for name in names] if lower else names
