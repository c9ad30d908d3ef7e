"""What a network loader makes of files, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus import loaders
from isthmus.graph.record.rows import Claim, Record, SourceRow
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from isthmus.graph.record.rows import Row
    from isthmus.loaders.tally import Tally

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class Read:
    """Rows of one reading and the books that were kept of it."""

    rows: list[Row]
    tally: Tally

    @property
    def claims(self) -> list[Claim]:
        return [row for row in self.rows if isinstance(row, Claim)]

    @property
    def kinds(self) -> dict[str, int]:
        """Entities by kind."""
        return dict(
            Counter(kind for _, kind in {(row.subject, row.value) for row in self.claims if row.property == "kind"})
        )

    @property
    def ties(self) -> dict[str, int]:
        """Statements that two entities are tied, by kind."""
        return dict(Counter(kind for kind, _, _ in self.pairs))

    @property
    def pairs(self) -> set[tuple[str, str, str]]:
        """Kind and ends of each tie."""
        return {
            (row.property, row.subject, row.value)
            for row in self.claims
            if schema().is_tie(row.property) and row.property not in {"citizen_of", "born_in"}
        }

    @property
    def records(self) -> list[Record]:
        return [row for row in self.rows if isinstance(row, Record)]

    @property
    def sources(self) -> list[SourceRow]:
        return [row for row in self.rows if isinstance(row, SourceRow)]

    def values(self, name: str, subject: str = "") -> list[str]:
        """Values of a property."""
        return [row.value for row in self.claims if row.property == name and subject in ("", row.subject)]

    def valid(self, name: str) -> set[str]:
        """Dates of a property's claims."""
        return {row.valid for row in self.claims if row.property == name}


def read(name: str, *paths: Path, **options: str) -> Read:
    """All that a loader makes of files; the books add up, or it raises."""
    reading = loaders.source(name, paths, options=options)
    rows = list(reading.watch(loaders.rows(reading)))
    tally = reading.tally
    assert tally.read == tally.loaded + tally.quarantined + tally.skipped
    known = {row.id for row in rows if isinstance(row, Record)}
    assert {row.record for row in rows if isinstance(row, Claim)} <= known
    return Read(rows, tally)
