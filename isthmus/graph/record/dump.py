"""A case written out as tables: one CSV file for each, which load back to the same case byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record import reading
from isthmus.graph.record.rows import TABLES, Claim, Record

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row

# Signs that make a spreadsheet take a cell for a formula; an apostrophe before them is taken away again on reading.
_DANGER = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
WITH_ID = (Record, Claim)  # rows whose id is a digest that other tables name


def columns(table: str) -> list[str]:
    """Columns of a table's file: its fields, after the id where other tables name it."""
    made = TABLES[table]
    return [*(["id"] if made in WITH_ID else []), *made._fields]


def dump(file: CaseFile, folder: Path) -> dict[str, int]:
    """Write the current rows of every table into `folder`, in a fixed order; how many of each.

    UTF-8, comma, line feed, quotes only where needed. No cell starts a formula, and `unguarded` gives it back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for table in TABLES:
        counts[table] = 0
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
            stream.write(_line(columns(table)))
            for row in reading.rows(file, table):
                stream.write(_line(_cells(row)))
                counts[table] += 1
    return counts


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_DANGER) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix("'")


def _cells(row: Row) -> list[str]:
    return [*([row.id] if isinstance(row, WITH_ID) else []), *row]


def _line(cells: list[str]) -> str:
    return ",".join(_quoted(guarded(cell)) for cell in cells) + "\n"


def _quoted(cell: str) -> str:
    needs = any(sign in cell for sign in ',"\r\n') or cell != cell.strip()
    return '"' + cell.replace('"', '""') + '"' if needs else cell
