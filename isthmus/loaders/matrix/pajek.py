"""Pajek's `.net`: vertices by number, then arcs (with direction), edges (without), or a matrix of arcs.

De Nooy, Mrvar & Batagelj (2011), Exploratory Social Network Analysis with Pajek, appendix 2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput, BadRow
from isthmus.loaders.matrix.items import Item, NodeItem, TieItem, span, symmetric
from isthmus.loaders.networks import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source

_WORD = re.compile(r'"([^"]*)"|\[([^\]]*)\]|(\S+)')
_TIME = re.compile(r"^(\d{4})-(\d{4}|\*)$|^(\d{4})$")
_LISTS = {"*arcs": (True, False), "*edges": (False, False), "*arcslist": (True, True), "*edgeslist": (False, True)}
MOST = 50_000_000  # vertices that a header may promise


def items(source: Source, path: Path) -> Iterator[Item]:
    """Nodes and ties, line by line; a vertex that has no line of its own comes with its number as label."""
    reader = _Pajek(source, path)
    for number, line in _lines(source, path):
        yield from reader.line(f"{path.name}:{number}", line)
    yield from reader.rest()


def _lines(source: Source, path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines(source, path), start=1):
        if line.strip() and not line.lstrip().startswith("%"):
            yield number, line.strip()


class _Pajek:
    def __init__(self, source: Source, path: Path) -> None:
        self.source, self.path = source, path
        self.section, self.relation = "", ""
        self.count = self.first_mode = 0
        self.listed: set[int] = set()
        self.matrix_row = 0
        self.cells: dict[tuple[int, int], str] = {}

    def line(self, where: str, text: str) -> Iterator[Item]:
        """What one line holds. A line that cannot be read is set aside."""
        if text.startswith("*"):
            yield from self._matrix_ties(where)
            self._section(text)
            return
        self.source.count(where)
        try:
            found = self._content(where, _words(text))
        except (BadRow, ValueError, IndexError) as bad:
            reason = str(bad) if isinstance(bad, BadRow) else "the line is no vertex or tie of Pajek's"
            self.source.quarantine(where, reason, text)
            return
        if self.section == "*matrix" or self.section.endswith("list"):
            self.source.skip(where, "line of several ties, which count one by one")
            for _ in found:
                self.source.count(where)
        yield from found

    def rest(self) -> Iterator[Item]:
        """Vertices that the header counts and no line names."""
        if not self.section:
            raise BadInput(f"{self.path} has no *Vertices; if it is a list of ties, load it as edges")
        yield from self._matrix_ties(self.path.name)
        for number in range(1, self.count + 1):
            if number not in self.listed:
                self.source.count(self.path.name)
                yield self._vertex(self.path.name, number, str(number), {})

    def _section(self, text: str) -> None:
        words = _words(text)
        name = words[0].lower()
        if name not in {*_LISTS, "*vertices", "*matrix", "*network"}:
            raise BadInput(
                f"{self.path}: section {words[0]!r} is not one that is read (partitions and vectors are not)"
            )
        if name == "*network":
            return
        if name == "*vertices":
            if self.count:
                raise BadInput(f"{self.path} holds several networks; split it")
            self._size(words[1:])
        elif not self.count:
            raise BadInput(f"{self.path}: {words[0]} comes before *Vertices")
        self.section, self.matrix_row = name, 0
        self.relation = words[-1] if len(words) > 1 and not words[-1].startswith(":") else ""

    def _size(self, words: list[str]) -> None:
        if not words or not all(word.isdecimal() for word in words) or int(words[0]) > MOST:
            raise BadInput(f"{self.path}: *Vertices must be followed by their number")
        self.count = int(words[0])
        self.first_mode = int(words[1]) if len(words) > 1 else self.count

    def _content(self, where: str, words: list[str]) -> list[Item]:
        if self.section == "*vertices":
            number = int(words[0])
            if not 1 <= number <= self.count:
                raise BadRow(f"vertex {number} lies outside 1..{self.count}")
            if number in self.listed:
                raise BadRow(f"vertex {number} stands twice")
            told = dict(_pairs(words[2:]))
            return [self._vertex(where, number, words[1] if len(words) > 1 else str(number), told)]
        if self.section == "*matrix":
            self._matrix(words)
            return []
        if self.section in _LISTS:
            return self._ties(where, words)
        raise BadRow("a line before *Vertices")

    def _vertex(self, where: str, number: int, label: str, told: dict[str, str]) -> NodeItem:
        self.listed.add(number)
        return NodeItem(where, str(number), label, told, mode=int(number > self.first_mode))

    def _ties(self, where: str, words: list[str]) -> list[Item]:
        directed, many = _LISTS[self.section]
        ends = [self._end(word) for word in (words if many else words[:2])]
        told = {"role": self.relation} if self.relation else {}
        if many:
            return [TieItem(where, ends[0], end, told, directed=directed) for end in ends[1:]]
        weight = words[2] if len(words) > 2 and not words[2].startswith("[") else ""
        valid, remark = _time(next((word[1:] for word in words[2:] if word.startswith("[")), ""))
        if remark:
            told = told | {"time": remark}
        if weight:
            float(weight)
        return [TieItem(where, ends[0], ends[1], told, weight, directed, valid)]

    def _matrix(self, words: list[str]) -> None:
        """Keep the cells of a row: whether they are arcs shows at the end of the matrix."""
        two_mode = self.first_mode < self.count
        columns = self.count - self.first_mode if two_mode else self.count
        self.matrix_row += 1
        if len(words) != columns or self.matrix_row > self.first_mode:
            raise BadRow(f"a row of {len(words)} numbers where {columns} are due")
        shift = self.first_mode if two_mode else 0
        for at, word in enumerate(words, start=1 + shift):
            if float(word):
                self.cells[self.matrix_row, at] = word

    def _matrix_ties(self, where: str) -> Iterator[Item]:
        cells, self.cells = self.cells, {}
        directed = self.first_mode == self.count and not symmetric(cells)
        told = {"role": self.relation} if self.relation else {}
        for (row, column), word in cells.items():
            if directed or row <= column or (column, row) not in cells:
                self.source.count(where)
                yield TieItem(where, str(row), str(column), told, word, directed)

    def _end(self, word: str) -> str:
        number = int(word)
        if not 1 <= number <= self.count:
            raise BadRow(f"vertex {number} lies outside 1..{self.count}")
        return str(number)


def _words(text: str) -> list[str]:
    return [f"[{time}" if time else quoted or plain for quoted, time, plain in _WORD.findall(text)] or [""]


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    """Coordinates go unread: they are a drawing. Of the rest, the time of a vertex is kept."""
    for word in words:
        if word.startswith("["):
            yield "time", word[1:]


def _time(text: str) -> tuple[str, str]:
    fits = _TIME.match(text)
    if fits is None:
        return "", text
    if fits[3]:
        return fits[3], ""
    return span(fits[1], "" if fits[2] == "*" else fits[2])
