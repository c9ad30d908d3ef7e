"""UCINET's DL text: a heading, labels, and data as a full matrix, a list of ties or a list of neighbours.

Borgatti, Everett & Freeman (2002), UCINET 6 for Windows: the DL language, as far as networks are exported in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput
from isthmus.loaders.matrix.items import Item, NodeItem, TieItem, symmetric
from isthmus.loaders.networks import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source

_SIZE = re.compile(r"\b(n|nr|nc|nm)\s*=\s*(\d+)", re.IGNORECASE)
_FORMAT = re.compile(r"\bformat\s*=\s*(\w+)", re.IGNORECASE)
_SECTION = re.compile(r"^\s*((?:row |column |col |matrix )?labels(?: embedded)?|data)\s*:?\s*$", re.IGNORECASE)
_WORD = re.compile(r'"([^"]*)"|([^\s,"]+)')
MOST = 20_000  # rows or columns that a heading may promise


@dataclass
class _Text:
    """A DL file taken apart."""

    size: dict[str, int] = field(default_factory=dict)
    form: str = "fullmatrix"
    labels: dict[str, list[str]] = field(default_factory=dict)  # "labels", "row labels", "column labels"
    embedded: bool = False
    data: list[tuple[int, list[str]]] = field(default_factory=list)  # line, words


def items(source: Source, path: Path) -> Iterator[Item]:
    """Nodes, then ties; a square full matrix is directed unless it is symmetric."""
    text = _parse(source, path)
    rows, columns = text.size.get("nr", text.size.get("n", 0)), text.size.get("nc", text.size.get("n", 0))
    if not rows or not columns or max(rows, columns) > MOST:
        raise BadInput(f"{path}: the heading does not say how many nodes there are (N=, or NR= and NC=)")
    if text.size.get("nm", 1) != 1:
        raise BadInput(f"{path} holds {text.size['nm']} matrices; export one at a time")
    two_mode = "nr" in text.size and "nc" in text.size and "n" not in text.size
    if text.form == "fullmatrix":
        yield from _matrix(source, path, text, rows, columns, two_mode=two_mode)
    elif text.form in {"edgelist1", "nodelist1"} and not two_mode:
        yield from _list(source, path, text, rows)
    else:
        raise BadInput(f"{path}: format {text.form} is not read; export it as FULLMATRIX or EDGELIST1")


def _parse(source: Source, path: Path) -> _Text:
    text, section, heading = _Text(), "", []
    for number, line in enumerate(lines(source, path), start=1):
        fits = _SECTION.match(line)
        if fits:
            section = fits[1].lower().replace("col ", "column ")
            text.embedded = text.embedded or section.endswith("embedded")
        elif section == "data":
            if words := _words(line):
                text.data.append((number, words))
        elif section and not section.endswith("embedded"):
            text.labels.setdefault(section, []).extend(_words(line))
        else:
            heading.append(line)
    start = " ".join(heading)
    text.size = {name.lower(): int(count[:9]) for name, count in _SIZE.findall(start)}
    if found := _FORMAT.search(start):
        text.form = found[1].lower()
    if not text.data:
        raise BadInput(f"{path}: nothing comes after DATA:; fetch it again")
    return text


def _words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in _WORD.findall(line)]


def _matrix(source: Source, path: Path, text: _Text, rows: int, columns: int, *, two_mode: bool) -> Iterator[Item]:
    words = [word for _, line in text.data for word in line]
    across, down = text.labels.get("column labels", []), text.labels.get("row labels", text.labels.get("labels", []))
    if text.embedded and len(words) == columns + rows * (columns + 1):
        across, words = words[:columns], words[columns:]
        down = words[:: columns + 1]
        words = [word for at, word in enumerate(words) if at % (columns + 1)]
    if len(words) != rows * columns:
        raise BadInput(f"{path}: {len(words)} numbers where {rows} x {columns} are due; the file is cut")
    names = _names(path, down, rows)
    if not two_mode:
        across = down
    cells = {(at // columns, at % columns): word for at, word in enumerate(words) if _number(path, word)}
    shift = rows if two_mode else 0
    for at, name in enumerate([*names, *(_names(path, across, columns, rows) if two_mode else [])]):
        source.count(path.name)
        yield NodeItem(source.where, str(at + 1), name, {}, mode=int(two_mode and at >= rows))
    directed = not two_mode and not symmetric(cells)
    for (row, column), word in cells.items():
        if two_mode or directed or row <= column:
            source.count(f"{path.name}: row {row + 1}")
            weight = "" if word == "1" else word
            yield TieItem(source.where, str(row + 1), str(column + shift + 1), {}, weight, directed)


def _list(source: Source, path: Path, text: _Text, count: int) -> Iterator[Item]:
    """Ties as `from to [value]`, or a node and all whom it points to."""
    named: dict[str, str] = {}
    if text.embedded:
        wide = text.form == "nodelist1"
        ends = (word for _, line in text.data for word in (line if wide else line[:2]))
        labels = list(dict.fromkeys(ends))
        named = {label: str(at) for at, label in enumerate(labels, start=1)}
    else:
        labels = _names(path, text.labels.get("labels", []), count)
    for at, label in enumerate(labels, start=1):
        source.count(path.name)
        yield NodeItem(source.where, str(at), label, {})
    for number, line in text.data:
        ends_of = line[1:] if text.form == "nodelist1" else line[1:2]
        weight = line[2] if text.form == "edgelist1" and len(line) > 2 and line[2] != "1" else ""
        for end in ends_of or [""]:
            source.count(f"{path.name}:{number}")
            yield TieItem(source.where, named.get(line[0], line[0]), named.get(end, end), {}, weight, directed=True)


def _names(path: Path, labels: list[str], count: int, before: int = 0) -> list[str]:
    if not labels:
        return [str(at + before) for at in range(1, count + 1)]
    if len(labels) != count:
        raise BadInput(f"{path}: {len(labels)} labels for {count} nodes")
    return labels


def _number(path: Path, word: str) -> bool:
    try:
        return bool(float(word))
    except ValueError:
        raise BadInput(f"{path}: {word[:40]!r} stands where a number is due") from None
