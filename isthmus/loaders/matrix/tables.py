"""Matrices with labels, as UCINET exports them, and the tables of attributes beside them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadInput, BadRow
from isthmus.loaders.matrix.items import Maker, NodeItem, TieItem, symmetric
from isthmus.loaders.matrix.stated import Own
from isthmus.loaders.networks import peek

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Claim, Record, Row
    from isthmus.loaders.source import Source

_NUMBER = re.compile(r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")
_NOTHING = {"", "0", "0.0", "NA", "."}
Cells = dict[tuple[int, int], str]


class Table(NamedTuple):
    """The labels of a table, and whether all its cells are numbers: what it is shows in them."""

    path: Path
    columns: list[str]  # without the corner; for a matrix without labels, numbers from 1
    rows: list[str]
    labelled: bool
    numbers: bool

    @property
    def square(self) -> bool:
        """Rows and columns stand for the same nodes."""
        return bool(self.rows) and Counter(self.columns) == Counter(self.rows)


class _Line(NamedTuple):
    where: str
    at: int  # row of the matrix
    label: str
    cells: dict[int, str]  # by column; those that hold nothing are left out


def survey(source: Source, path: Path) -> Table:
    """Read a table without counting it: a matrix is known only when all of it has been seen.

    Raises `BadInput` for an empty one.
    """
    lines = peek(source, path)
    first = next(lines, None)
    if first is None:
        raise BadInput(f"{path} is empty; fetch it again or leave it out")
    labelled = not all(map(_number, first))
    rows = [] if labelled else [first]
    rows += lines
    labels = [row[0] for row in rows] if labelled else [str(at) for at in range(1, len(rows) + 1)]
    numbers = all(not cell or cell == "NA" or _number(cell) for row in rows for cell in row[labelled:])
    columns = first[1:] if labelled else [str(at) for at in range(1, len(first) + 1)]
    fix = source.stated(Own).corrections
    return Table(path, [fix.get(x, x) for x in columns], [fix.get(x, x) for x in labels], labelled, numbers)


def keyed(labels: list[str]) -> list[str]:
    """A key for each label: itself, or with its number in square brackets the second and further times."""
    seen: Counter[str] = Counter()
    keys = []
    for label in labels:
        seen[label] += 1
        keys.append(label if seen[label] == 1 else f"{label} [{seen[label]}]")
    return keys


def matrix(source: Source, maker: Maker, table: Table, *, layer: str = "") -> Iterator[Row]:
    """Claims of one matrix: one record a row, one tie a cell that is not nought.

    A square matrix is directed unless every cell equals its mirror; a cell on the diagonal is no tie.
    """
    lines, aside = _lines(source, table)
    yield from source.each(lines, _Matrix(source, maker, table, lines, layer, whole=not aside).row)


def attributes(source: Source, maker: Maker, table: Table) -> Iterator[Row]:
    """Claims of a table of attributes whose rows bear the labels of a matrix read before."""
    names = [name or f"column {at}" for at, name in enumerate(table.columns, start=2)]
    often = Counter(table.rows)
    keys = iter(zip(keyed(table.rows), table.rows, strict=True))

    def make(row: dict[str, str]) -> Iterator[Row]:
        key, label = next(keys, ("", ""))
        if key not in maker.nodes:
            raise BadRow(f"{label!r} is no node of the matrix")
        if f"{label} [{often[label] + 1}]" in maker.nodes:
            source.notice(f"attributes of {label!r} are left out: several nodes bear the label")
            source.skip(source.where, "attributes of a label that several nodes bear")
            return
        node = maker.nodes[key]
        told = {name: row[str(at)] for at, name in enumerate(names, start=1) if row[str(at)] not in {"", "NA"}}
        text = "; ".join([label, *(f"{name}={value}" for name, value in told.items())])
        record = maker.network.record(f"attributes of {key}", file=table.path.name, text=text)
        if told:
            yield record
        for name, value in told.items():
            yield source.claim(record, node.id, "attribute", value, name=name)

    yield from source.each(_rows(source, table), make)


def _rows(source: Source, table: Table) -> Iterator[dict[str, str]]:
    """The rows below the labels, cells by number from 0."""
    width = len(table.columns) + table.labelled
    rows = source.csv_rows(table.path, header=[str(at) for at in range(width)], ragged=False)
    if table.labelled:
        next(rows, None)
        source.skip(source.where, "labels of the columns")
    return rows


def _lines(source: Source, table: Table) -> tuple[list[_Line], int]:
    """The rows of a matrix, and how many were set aside."""
    before = source.tally.quarantined
    places = {(label, nth): at for at, (label, nth) in enumerate(_numbered(table.rows))}
    seen: Counter[str] = Counter()
    fix = source.stated(Own).corrections
    lines = []
    for number, row in enumerate(_rows(source, table)):
        label = fix.get(row["0"], row["0"]) if table.labelled else table.rows[number]
        seen[label] += 1
        values = [row[str(at + table.labelled)] for at in range(len(table.columns))]
        wrong = next((value for value in values if value not in _NOTHING and not _number(value)), None)
        if wrong is not None or not label:
            reason = f"{wrong!r} is no number" if label else "the row has no label"
            source.quarantine(source.where, reason, row)
            continue
        cells = {at: value for at, value in enumerate(values) if value not in _NOTHING and float(value)}
        lines.append(_Line(source.where, places.get((label, seen[label]), number), label, cells))
    return lines, source.tally.quarantined - before


def _numbered(labels: list[str]) -> Iterator[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for label in labels:
        seen[label] += 1
        yield label, seen[label]


class _Matrix:
    def __init__(
        self, source: Source, maker: Maker, table: Table, lines: list[_Line], layer: str, *, whole: bool
    ) -> None:
        self.source, self.maker, self.table, self.layer = source, maker, table, layer
        self.rows = keyed(table.rows)
        column = {key: at for at, key in enumerate(keyed(table.columns))}
        self.columns = list(column)
        if table.square:
            row_of = {column[key]: at for at, key in enumerate(self.rows)}  # column -> row of the same node
            self.cells: Cells = {(line.at, row_of[at]): value for line in lines for at, value in line.cells.items()}
            present = {line.at for line in lines}
            both = {pair: value for pair, value in self.cells.items() if whole or pair[1] in present}
            self.directed = not symmetric(both)
            self.row_of = row_of
        else:
            taken = set(self.rows)
            self.columns = [f"{key} [column]" if key in taken else key for key in self.columns]
            self.directed = False

    def row(self, line: _Line) -> Iterator[Row]:
        """One row of the matrix as claims."""
        self.source.where = line.where
        key = self.rows[line.at]
        told = "; ".join(f"{self.columns[at]}={value}" for at, value in sorted(line.cells.items()))
        record = self.maker.network.record(f"row {key}", file=self.table.path.name, text=f"{line.label}: {told}")
        claims = [*self._node(record, key, line.label, 0), *self._ties(record, line, key)]
        if claims:
            yield record
            yield from claims
        else:
            self.source.skip(line.where, "row whose ties stand in the rows of their other ends")

    def _node(self, record: Record, key: str, label: str, mode: int) -> Iterator[Claim]:
        if key not in self.maker.nodes:
            yield from self.maker.describe(record, NodeItem(self.source.where, key, label, {}, mode))

    def _ties(self, record: Record, line: _Line, key: str) -> Iterator[Claim]:
        told = {"layer": self.layer} if self.layer else {}
        for at, value in sorted(line.cells.items()):
            other, mode = self.columns[at], int(not self.table.square)
            if self.table.square:
                row = self.row_of[at]
                if row == line.at:
                    self.source.notice("a cell on the diagonal, a node tied to itself, is no tie")
                    continue
                if not self.directed and row < line.at and (row, line.at) in self.cells:
                    continue  # said by the mirror row
                other = self.rows[row]
            yield from self._node(record, other, self.table.columns[at], mode)
            item = TieItem(line.where, key, other, told, "" if value == "1" else value, self.directed)
            yield self.maker.tie(record, item)


def _number(text: str) -> bool:
    return bool(_NUMBER.match(text))
