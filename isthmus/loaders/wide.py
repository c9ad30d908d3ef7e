"""Wide tables of which few columns are used, read and said fast: an event data base has hundreds of thousands of rows."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from isthmus.graph.record.rows import AFFIRMED, Claim, pack
from isthmus.loaders.columns import UNKNOWN
from isthmus.loaders.excel import excel_cells
from isthmus.loaders.sheets import csv_cells, fit
from isthmus.loaders.stated import Wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

    Say = Callable[..., Claim]

_EXCEL = frozenset({".xlsx", ".xlsm"})


class Table:
    """A wide table of which few columns are used: fast, and lenient about which of them a cut of it has.

    `source.yml` gives `used`, the columns that become claims, `ignored`, those kept in the text alone, and `aliases`.
    """

    def __init__(self, source: Source) -> None:
        stated = source.stated(Wide)
        self.used = stated.used
        self.known = frozenset(self.used) | frozenset(stated.ignored)
        self.aliases, self.required = stated.aliases, stated.required
        self.lacking: frozenset[str] = frozenset()

    def rows(self, source: Source, path: Path) -> Iterator[dict[str, str]]:
        """Each row: the used columns, empty where a cut lacks them or a value is unknown, and `__text__`.

        It is one and the same dictionary each time, filled anew: making one takes a tenth of all the reading.

        `__text__` is the whole row as `column: value` lines. `lacking` then has the used columns that the cut lacks.

        Raises `BadInput` for a column that is missing, or that stands under two of its names.
        """
        cells = excel_cells if path.suffix.lower() in _EXCEL else csv_cells
        rows = cells(source, path, lower=True)
        _, given = next(rows)
        names = [self.aliases.get(name, name) for name in given]
        fit(path, names, self.required, None)
        self.lacking = frozenset(self.used) - frozenset(names)
        take = itemgetter(*(names.index(name) if name in names else len(names) for name in self.used))
        labels = [f"{name}: " for name in names]
        new = [(at, name) for at, name in enumerate(names) if name and name not in self.known]
        fields = dict.fromkeys([*self.used, "__text__"], "")
        for _, row in rows:
            text = "\n".join([label + cell for label, cell in zip(labels, row, strict=False) if cell])
            for at, name in new:
                if row[at]:
                    source.tally.unread[name] += 1
            row.append("")  # what a column that isn't there holds
            fields.update(zip(fields, map(str.strip, take(row)), strict=False))
            if ": N/A" in text or ": NULL" in text:
                fields.update({name: "" for name, value in fields.items() if value in UNKNOWN})
            fields["__text__"] = text
            yield fields


@lru_cache(maxsize=4096)
def packed(name: str, value: str) -> str:
    """One qualifier in its canonical form."""
    return pack({name: value})


def sayer(rows: list[Row], record: str, event: str) -> Say:
    """A function that adds a claim of an event to `rows`: property, value, valid, packed qualifiers, subject.

    It checks nothing: values come from the readers of `columns`, which do, and the case has a last gate.
    """

    add_row, make = rows.append, tuple.__new__  # half the time of `Claim(...)`, which checks how many fields there are

    def say(property: str, value: str, valid: str = "", qualifiers: str = "", subject: str = event) -> Claim:  # noqa: A002
        claim = make(Claim, (record, subject, property, value, valid, AFFIRMED, qualifiers))
        add_row(claim)
        return claim

    return say
