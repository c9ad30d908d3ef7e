"""Lines of text files that are not laid out as a plain table is."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source


def text_lines(source: Source, path: Path) -> Iterator[str]:
    """The lines of a file in the encoding it turns out to have, with their ends.

    Raises `BadInput` where a later line is not in it.
    """
    number = 0
    with io.TextIOWrapper(source.open(path), encoding=source.encoding(path), newline="") as stream:
        try:
            for line in stream:
                number += 1
                yield line
        except UnicodeError as wrong:
            raise BadInput(f"{path}, after line {number}: {wrong}; state --encoding") from wrong


def cells(path: Path, lines: Iterable[str], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Cells of each row of a CSV file, with the line it ends on.

    Raises `BadInput` for one that cannot be taken apart.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as broken:
        raise BadInput(f"{path}: unreadable after line {reader.line_num} ({broken})") from broken
