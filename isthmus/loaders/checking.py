"""Faults that only show when the rows of a source are seen together: orphans, self-loops, duplicates, wrong ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.fitting import misfits
from isthmus.graph.record.rows import Claim
from isthmus.loaders.source import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source


def check_rows(source: Source, rows: Iterable[Row]) -> list[Fault]:
    """Faults among the claims of one source, each with the place of the row it comes from."""
    kinds: dict[str, str] = {}
    claims: list[Claim] = []
    first: dict[str, str] = {}
    faults: list[Fault] = []
    for row in rows:
        if not isinstance(row, Claim):
            continue
        where = source.places.get(row.record, source.where)
        if row.id in first:
            faults.append(Fault(where, _said(row), f"duplicate: the same claim stands at {first[row.id]}"))
            continue
        first[row.id] = where
        if row.property == "kind":
            kinds.setdefault(row.subject, row.value)
        else:
            claims.append(row)
    for claim in claims:
        faults += [Fault(first[claim.id], _said(claim), message) for message in misfits(claim, kinds)]
    return faults


def _said(claim: Claim) -> str:
    return f"{claim.subject} {claim.property} {claim.value}"
