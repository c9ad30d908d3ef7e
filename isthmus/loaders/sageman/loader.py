"""Sageman's network: a table of people, and a square matrix of 0 and 1 whose rows follow that table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput, BadRow
from isthmus.loaders.columns import Met, row_text
from isthmus.loaders.sageman.stated import Own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source


def load(source: Source) -> Iterator[Row]:
    """Yield a record for each person of the table and for each row of the matrix that has a tie.

    The matrix is read after the table. One that is symmetric gives each tie once, from the row above.

    Raises `BadInput` where a table is missing, and where the matrix isn't square or as long as the table.
    """
    yield source.row()
    yield from source.reliability()
    tables: list[Path] = []
    matrices: list[Path] = []
    for path in source.files():
        (matrices if _is_matrix(source, path) else tables).append(path)
    if not tables:
        raise BadInput(
            "the table of people is missing (columns ID, Short Name, Full Name); name both files, or their folder"
        )
    people = _People(source)
    for path in tables:
        rows = source.csv_rows(path, lower=True, required=source.stated(Own).attributes["required"])
        yield from source.each(rows, people.person)
    for path in matrices:
        ties = _Ties(source, people.order)
        names = [str(at) for at in range(len(people.order))]
        yield from source.each(source.csv_rows(path, header=names), ties.row)
        ties.finish(path)


def _is_matrix(source: Source, path: Path) -> bool:
    """Whether the first line holds 0 and 1 alone. A line that can't be read is no such one; reading it will tell why."""
    with source.open(path) as stream:
        first = stream.readline(1 << 20).decode("ascii", "replace").splitlines()[:1]
    cells = first[0].split(",") if first else []
    return len(cells) > 1 and {cell.strip() for cell in cells} <= {"0", "1"}


class _People:
    def __init__(self, source: Source) -> None:
        self.source, self.claim, self.met = source, source.claim, Met()
        self.order: list[str] = []  # the entity of each row, also of one set aside: the matrix counts rows
        self.unknown = frozenset(source.stated(Own).unknown)
        self.no_name = re.compile(source.stated(Own).no_name, re.IGNORECASE)
        self.kunya = re.compile(source.stated(Own).kunya, re.IGNORECASE)

    def person(self, row: dict[str, str]) -> Iterator[Row]:
        """Everything that one row says."""
        self.met.start()
        text = row_text(row)
        number = row.pop("id")
        self.order.append("")
        key = self.met.once("ID", number)
        if not key.isdecimal():
            raise BadRow(f"ID {key[:20]!r} is no number")
        record, person = self.source.record(f"person {key}", pointer=f"ID {key}", text=text), f"sageman:{key}"
        codes = [(name, self._code(name, row.pop(name, ""))) for name in self.source.stated(Own).coded]
        born = row.pop("date of birth", "")
        yield record
        yield self.claim(record, person, "kind", "Person")
        yield from (self.claim(record, person, *made[:2], **made[2]) for made in self._names(row))
        if born not in self.unknown and self.source.reads("birth", born):
            yield self.claim(record, person, "birth", born)
        for name, code in codes:
            if code not in self.unknown:
                yield self.claim(record, person, "attribute", f"{name}: {code}", name=name)
        self.source.expect_empty(row)
        self.order[-1] = person
        self.met.keep()

    def _code(self, name: str, text: str) -> str:
        if text in self.unknown or text.isdecimal():
            return text
        raise BadRow(f"{name} {text[:40]!r} is no code")

    def _names(self, row: dict[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
        full, short = row.pop("full name"), row.pop("short name")
        if full and not self.no_name.match(full):
            yield "name", full, {}
        if short and short != full and not self.no_name.match(short):
            yield "alias", short, {"alias_type": "short name"}
        for alias in filter(None, dict.fromkeys(part.strip() for part in row.pop("alias", "").split(","))):
            kind = "kunya" if self.kunya.match(alias) else "spelling"
            yield "alias", alias, {"alias_type": kind}


class _Ties:
    """Reads the matrix row by row; a row's place in the file says whose it is, so none may be missing."""

    def __init__(self, source: Source, order: list[str]) -> None:
        self.source, self.order = source, order
        self.above: dict[int, frozenset[int]] = {}
        self.line = 0

    def row(self, row: dict[str, str]) -> Iterator[Row]:
        """The ties of one person to those of later rows."""
        self.line = int(row.pop("__line__"))
        at = self.line - 1
        if at >= len(self.order):
            raise BadRow(f"the matrix has more rows than the table has people ({len(self.order)})")
        tied = frozenset(int(name) for name, cell in row.items() if self._is_tie(name, cell))
        for other, others in self.above.items():
            if (other in tied) != (at in others):
                self.source.notice("tie that stands on one side of the matrix only")
        new = [other for other in sorted(tied) if other > at or at not in self.above.get(other, ())]
        self.above[at] = tied
        mine = self.order[at]
        if not mine or not new:
            reason = "no tie that isn't in a row above" if mine else "its person was set aside"
            self.source.skip(self.source.where, reason)
            return
        text = "tied to: " + " ".join(self.order[other].removeprefix("sageman:") for other in new)
        record = self.source.record(f"ties {mine}", pointer=f"row {self.line}", text=text)
        yield record
        for other in new:
            if self.order[other] and other != at:
                yield self.source.claim(record, mine, "linked_to", self.order[other])
            else:
                self.source.notice("tie to a person who was set aside" if other != at else "tie of a person to itself")

    def finish(self, path: Path) -> None:
        """Raise `BadInput` unless the matrix has as many rows as the table has people."""
        if self.line != len(self.order):
            raise BadInput(
                f"{path}: the matrix has {self.line} rows for {len(self.order)} people; rows would be given to the "
                "wrong people. Fetch both files again"
            )

    @staticmethod
    def _is_tie(name: str, cell: str) -> bool:
        if cell not in {"0", "1"}:
            raise BadRow(f"column {int(name) + 1} holds {cell[:20]!r}, where 0 or 1 is expected")
        return cell == "1"
