"""Rows of a CSV file, whatever its layout; a bad row is set aside, not guessed at."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypedDict, Unpack

from isthmus.graph.errors import BadInput
from isthmus.graph.suggestion import nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from isthmus.loaders.books import Books

csv.field_size_limit(8 << 20)  # characters in one cell; more is an unclosed quote
_DELIMITERS = ",;\t|"
_HINT = "sep="  # Excel's own first line, which names the delimiter


class Layout(TypedDict, total=False):
    """What may be said of a CSV file's layout."""

    header: Sequence[str]  # the columns of a file without a header line
    columns: Collection[str]  # the only ones kept: faster on wide files
    required: Collection[str]  # refuse a file that lacks one
    known: Collection[str]  # refuse a file that has another
    delimiter: str  # found in the first line where not given
    lower: bool  # fold the header's case
    ragged: bool  # fill short rows up instead of setting them aside
    raw: bool  # cells exactly as they are, in UTF-8: neither stripped nor line ends folded
    strict: bool  # set broken quoting aside; on by default


def csv_rows(source: Books, path: Path, **layout: Unpack[Layout]) -> Iterator[dict[str, str]]:
    """Each row as a dictionary of stripped texts, with `__line__`, the line it ends on; each counts as read.

    A row with more or fewer cells than the header is set aside.

    Raises `BadInput` for a file without rows, a header that lacks a column or has one twice, binary and so on.
    """
    columns, raw = layout.get("columns"), layout.get("raw", False)
    rows = csv_cells(source, path, **layout)
    _, names = next(rows)
    keep = [(at, name) for at, name in enumerate(names) if name and (columns is None or name in columns)]
    for line, cells in rows:
        row = {name: cells[at] if raw else cells[at].strip() for at, name in keep}
        row["__line__"] = str(line)
        yield row


def csv_cells(source: Books, path: Path, **layout: Unpack[Layout]) -> Iterator[tuple[int, list[str]]]:
    """As `csv_rows`, for wide files: the line and the cells, unstripped, of the header and then of each row."""
    ragged, raw = layout.get("ragged", False), layout.get("raw", False)
    with _text(source, path, raw=raw) as stream:
        reader = csv.reader(
            stream,
            delimiter=layout.get("delimiter") or ("," if raw else _delimiter(source, path)),
            strict=layout.get("strict", True),
        )
        names = list(layout.get("header") or _header(source, path, reader, lower=layout.get("lower", False)))
        fit(path, names, layout.get("required", ()), layout.get("known"))
        yield reader.line_num, names
        width = len(names)
        for cells in _safe(source, path, reader):
            if not any(cells):
                source.skip(source.where, "blank line")
                continue
            if len(cells) != width:
                if not ragged or len(cells) > width:
                    reason = f"the row has {len(cells)} cells where the header has {width}"
                    source.quarantine(source.where, reason, cells)
                    continue
                cells += [""] * (width - len(cells))
            yield reader.line_num, cells


def _safe(source: Books, path: Path, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Rows counted and placed; those that the parser refuses are set aside."""
    tally, name = source.tally, path.name
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            tally.read += 1
            source.where = f"{name}:{reader.line_num}"  # type: ignore[attr-defined]
            source.quarantine(source.where, f"unreadable CSV: {broken}", "")
            continue
        except UnicodeError as wrong:
            raise _undecoded(source, path, wrong) from wrong
        tally.read += 1
        source.where = f"{name}:{reader.line_num}"  # type: ignore[attr-defined]
        if source.progress is not None and not tally.read & 0xFF:
            source.tell()
        yield cells


def _text(source: Books, path: Path, *, raw: bool = False) -> io.TextIOWrapper:
    if raw:
        source.tally.encodings[path.name] = "utf-8"
    encoding = source.encoding(path)
    try:
        # newline=None makes a line end of CR alone one too; a line break inside a cell becomes "\n"
        return io.TextIOWrapper(source.open(path), encoding=encoding, newline="" if raw else None)
    except LookupError:
        raise BadInput(f"{path}: no encoding is called {encoding!r}; try utf-8, cp1252 or latin-1") from None


def _delimiter(source: Books, path: Path) -> str:
    """The sign that stands most often in the first line, outside quotes; a comma where none does."""
    with _text(source, path) as first:
        try:
            line = first.readline(1 << 20)
        except UnicodeError as wrong:
            raise _undecoded(source, path, wrong) from wrong
    if line.startswith(_HINT) and len(line.rstrip("\n")) > len(_HINT):
        return line[len(_HINT)]
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _header(source: Books, path: Path, reader: Iterator[list[str]], *, lower: bool) -> list[str]:
    try:
        cells = next(reader)
        if cells and cells[0] == _HINT:
            cells = next(reader)
    except StopIteration:
        raise BadInput(f"{path} is empty; fetch it again or leave it out") from None
    except UnicodeError as wrong:
        raise _undecoded(source, path, wrong) from wrong
    except csv.Error as broken:
        raise BadInput(f"{path}, line 1: the header cannot be read ({broken})") from broken
    if any("\0" in cell for cell in cells):
        raise BadInput(f"{path} is not a text file (it holds zero bytes); name the CSV file")
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    return [name.lower() for name in names] if lower else names


def _undecoded(source: Books, path: Path, wrong: UnicodeError) -> BadInput:
    """The error for bytes that are not of the file's encoding, with the line of the first."""
    encoding = source.encoding(path)
    with source.open(path) as stream:
        number = next((number for number, line in enumerate(stream, start=1) if not _decodes(line, encoding)), 1)
    return BadInput(f"{path}, line {number}: {wrong}; state --encoding (cp1252, latin-1), or save it as UTF-8")


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeError:
        return False
    return True


def fit(path: Path, names: list[str], required: Collection[str], known: Collection[str] | None) -> None:
    """Raise `BadInput` for a header that has a column twice, lacks a required one, or has one that is not known."""
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise BadInput(f"{path}, line 1: column {min(twice)!r} stands twice; rename one")
    missing = [name for name in required if name not in names]
    if missing:
        near = nearest(missing[0], names)
        hint = f"; is {near!r} it?" if near else "" if any(names) else "; the header is empty"
        raise BadInput(f"{path}, line 1: column {missing[0]!r} is missing{hint}")
    if known is not None:
        for name in names:
            if name and name not in known:
                raise BadInput(f"{path}, line 1: unknown column {name!r}; {suggestion(name, known)}")
