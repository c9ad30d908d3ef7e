"""Reading a source straight through its loader, without a case, and looking at what came out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from isthmus import loaders
from isthmus.graph.record.rows import Assessment, Claim, Record
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from isthmus.loaders.tally import Tally


class Read(NamedTuple):
    """What a loader made of files."""

    claims: list[Claim]
    records: list[Record]
    grades: dict[str, str]  # claim id -> credibility
    entities: dict[str, int]  # by kind
    tally: Tally

    @property
    def ties(self) -> Counter[str]:
        """Claims that tie two entities, by kind."""
        return Counter(claim.property for claim in self.claims if schema().is_tie(claim.property))

    def said(self, subject: str, *properties: str) -> list[tuple[str, str]]:
        """Properties and values of one subject, in the order they came."""
        return [
            (claim.property, claim.value)
            for claim in self.claims
            if claim.subject == subject and (not properties or claim.property in properties)
        ]

    def one(self, subject: str, name: str) -> Claim:
        """The only claim of a property."""
        (found,) = [claim for claim in self.claims if claim.subject == subject and claim.property == name]
        return found

    def orphans(self) -> set[str]:
        """Ends of ties that nothing describes and that are no country."""
        described = {claim.subject for claim in self.claims if claim.property == "kind"}
        ends = {end for c in self.claims if schema().is_tie(c.property) for end in (c.subject, c.value)}
        return {end for end in ends - described if not (len(end) in (2, 4) and end.isupper())}


def read(name: str, *paths: Path, **options: str) -> Read:
    """Read files with a source's loader."""
    reading = loaders.source(name, paths, options={"any_count": "1", "quarantine_share": "1", **options})
    rows = list(reading.watch(loaders.rows(reading)))
    return Read(
        [row for row in rows if isinstance(row, Claim)],
        [row for row in rows if isinstance(row, Record)],
        {row.id: row.grade for row in rows if isinstance(row, Assessment) and row.target == "claim"},
        {kind: count for kind, count in reading.counts.items() if kind not in {"claims", "records"}},
        reading.tally,
    )


def as_workbook(rows: Iterable[Iterable[object]], path: Path) -> Path:
    """A workbook with these cells on its first sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path
