"""Which source files are for, told by what stands in them.

A source says in its `source.yml`, under `recognise`, what its files show: `names` (files of one folder), `columns`
(of a CSV or Excel header, in any case), `root` (an XML file's outermost element), or `text` (a pattern within the
first 64 KB). One such sign, or a list of them; each by itself is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput, IsthmusError
from isthmus.loaders import Source, opening, sources
from isthmus.loaders.edges.stated import Own
from isthmus.loaders.networks import peek

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus.loaders.stated import Sign

_HEAD = 1 << 16
_ROWS = 200
_NUMBER = re.compile(r"^[-+]?\d+(\.\d+)?$")
_ROOT = re.compile(r"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
_BOOKS = {".xlsx", ".xlsm"}
NAMES, ROOT, COLUMNS, TEXT, MATRIX, LIST = 4.0, 3.0, 2.0, 2.0, 1.5, 1.0  # how much a sign counts
_CLEARLY = 0.9
_OF_A_KIND = 0.01  # a sign of more columns counts more


@dataclass(frozen=True)
class _Guess:
    name: str
    strength: float
    reason: str


def recognise(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Names of the sources that the files look like, each with the reason.

    One name: that is it. Several: it is in doubt, the likeliest first. None: nothing known looks so. Files that show
    nothing (a README) have no say.

    Raises `BadInput` for a path that is missing or empty.
    """
    votes: dict[str, list[_Guess]] = {}
    judged = 0
    for path in opening.files(_present(paths)):
        guesses = _guesses(path)
        if guesses:
            judged += 1
            best = max(guess.strength for guess in guesses)
            for guess in guesses:
                if guess.strength == best:
                    votes.setdefault(guess.name, []).append(guess)
    chosen = _chosen(votes, judged)
    order = sorted(chosen, key=lambda name: (-len(chosen[name]), -max(g.strength for g in chosen[name]), name))
    return [(name, _reason(chosen[name])) for name in order]


def _chosen(votes: dict[str, list[_Guess]], judged: int) -> dict[str, list[_Guess]]:
    """Those whom every file speaks for; else a folder's own source; else those with signs about as good as the best."""
    unanimous = {name: found for name, found in votes.items() if len(found) == judged}
    if unanimous or not votes:
        return unanimous
    strength = {name: max(guess.strength for guess in found) for name, found in votes.items()}
    best = max(strength.values())
    return {name: found for name, found in votes.items() if strength[name] > best - _CLEARLY}


def _present(paths: Iterable[Path]) -> list[Path]:
    found = [Path(path) for path in paths]
    for path in found:
        if not path.exists() and not any(parent.is_file() for parent in path.parents):
            raise BadInput(f"{path}: no such file; check the path")
    return found


def _reason(found: list[_Guess]) -> str:
    rest = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0].reason}{rest}"


def _guesses(path: Path) -> list[_Guess]:
    shown = _File(path)
    guesses = [guess for name, meta in sources().items() for guess in _stated(shown, name, meta.signs)]
    if any(guess.strength >= COLUMNS for guess in guesses):
        return guesses
    return [*guesses, *_network(shown)]


def _stated(shown: _File, name: str, signs: tuple[Sign, ...]) -> Iterator[_Guess]:
    for sign in signs:
        if beside := sign.names:
            if shown.name in beside and all((shown.path.parent / other).exists() for other in beside):
                yield _Guess(name, NAMES, f"the folder holds {', '.join(beside)}")
        elif root := sign.root:
            if shown.root == root:
                yield _Guess(name, ROOT, f"{shown.name} is XML whose outermost element is {root}")
        elif columns := sign.columns:
            if shown.columns and {column.lower() for column in columns} <= set(shown.columns):
                strength = COLUMNS + _OF_A_KIND * len(columns)
                yield _Guess(name, strength, f"{shown.name} has the columns {', '.join(columns)}")
        elif (text := sign.text) and re.search(text, shown.text):
            yield _Guess(name, TEXT, f"{shown.name} {sign.says or f'holds {text}'}")


def _network(shown: _File) -> Iterator[_Guess]:
    """Formats of networks that no list of columns shows."""
    from isthmus.loaders.matrix.loader import named_layout

    if shown.path.suffix.lower() in _BOOKS:
        return
    if layout := named_layout(shown.text):
        yield _Guess("matrix", ROOT, f"{shown.name} is {layout}")
    elif _is_matrix(shown.rows):
        yield _Guess("matrix", MATRIX, f"{shown.name} holds numbers under and beside labels")
    elif columns := _list(shown):
        yield _Guess("edges", LIST, f"{shown.name} is a list: {columns}")


def _is_matrix(rows: list[list[str]]) -> bool:
    """Labels above and numbers below; of a square one, the labels are the same in the same order."""
    if len(rows) < 3 or len({len(row) for row in rows}) != 1 or len(rows[0]) < 3:
        return False
    square = all(row[0] == label for row, label in zip(rows[1:], rows[0][1:], strict=False))
    numbers = all(_NUMBER.match(cell) for row in rows[1:] for cell in row[1:] if cell)
    bare = all(_NUMBER.match(cell) for row in rows for cell in row)
    return numbers and (square or (bare and len(rows[0]) > 4) or not rows[0][0])


def _list(shown: _File) -> str:
    from isthmus.loaders.edges.mapping import recognise as columns_of
    from isthmus.loaders.edges.readers import head

    try:
        parted, lines = head(shown.source, shown.path, _ROWS)
        if parted == "json":
            found = re.search(r'"type"\s*:\s*"(node|edge)"', shown.text)
            return "JSON lines of type node and edge" if found else ""
        if not lines:
            return ""
        columns = columns_of(shown.path, lines[0], lines[1:], shown.source.stated(Own))
    except IsthmusError:
        return ""
    if columns.rows == "edges":
        return f"ties from {columns.source!r} to {columns.target!r}"
    return f"nodes by {columns.node!r}"


class _File:
    """The start of one file, read as far as a sign asks for it; what cannot be read shows nothing."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self.source = Source("edges", [path], sources()["edges"])

    @cached_property
    def text(self) -> str:
        with opening.open_binary(self.path) as stream:
            start = stream.read(_HEAD)
        if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return start.decode("utf-16", "replace")
        return start.decode("utf-8-sig", "replace")

    @cached_property
    def root(self) -> str:
        found = _ROOT.search(re.sub(r"<!--.*?-->", "", self.text, flags=re.DOTALL))
        return found[1] if found and self.text.lstrip().startswith("<") else ""

    @cached_property
    def rows(self) -> list[list[str]]:
        """The first rows of a table."""
        if "\0" in self.text or self.text.lstrip()[:1] in {"<", "{", ""}:
            return []
        try:
            return list(islice(peek(self.source, self.path), _ROWS))
        except IsthmusError:
            return []

    @cached_property
    def columns(self) -> list[str]:
        if self.path.suffix.lower() in _BOOKS:
            return _book_columns(self.path)
        return [cell.lower() for cell in self.rows[0]] if self.rows else []


def _book_columns(path: Path) -> list[str]:
    import openpyxl

    try:
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True)
            sheet = book.worksheets[0]
            first = next(sheet.iter_rows(values_only=True), ())
    except Exception:  # noqa: BLE001  whatever openpyxl makes of a broken file: it shows nothing, and loading it says why
        return []
    return [str(cell).strip().lower() for cell in first if cell is not None]
