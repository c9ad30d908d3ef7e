"""Small cases drawn by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.rows import Assessment, Claim, Record, Row, SourceRow, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from isthmus.case import Case
    from isthmus.graph.graph import Graph

    Tie = tuple[str, ...]  # subject, kind of tie, object, then grade, source, date where they matter


def rows(
    kinds: Mapping[str, str],
    ties: Iterable[Tie],
    *,
    status: Mapping[str, str] | None = None,
    derived_from: Mapping[str, str] | None = None,
) -> Iterable[Row]:
    """Claims of what each entity is and of the ties; people are convicted unless `status` says otherwise."""
    ties = [(*tie, *("B2", "s1", "")[len(tie) - 3 :]) for tie in ties]
    for source in dict.fromkeys(["s1", *(tie[4] for tie in ties)]):
        yield SourceRow(source, title=source, derived_from=(derived_from or {}).get(source, "own"))
        for letter in {tie[3][0] for tie in ties if tie[4] == source} or {"B"}:
            yield Assessment("source", source, letter, "test")
    record = Record("s1", "kinds")
    yield record
    for identity, kind in kinds.items():
        yield Claim(record.id, identity, "kind", kind)
        yield Claim(record.id, identity, "name", identity.title())
        if kind == "Person":
            yield Claim(record.id, identity, "status", (status or {}).get(identity, "convicted"))
    for number, (subject, kind, target, grade, source, valid) in enumerate(ties):
        place = Record(source, f"tie {number}", pointer=f"row {number}")
        claim = Claim(place.id, subject, kind, target, valid, qualifiers=pack({}))
        yield place
        yield claim
        yield Assessment("claim", claim.id, grade[1], "test")


def graph(
    case: Case,
    kinds: Mapping[str, str],
    ties: Iterable[Tie],
    *,
    status: Mapping[str, str] | None = None,
    derived_from: Mapping[str, str] | None = None,
) -> Graph:
    """The graph of those claims."""
    case.load(rows(kinds, ties, status=status, derived_from=derived_from), source="s1")
    return case.graph
