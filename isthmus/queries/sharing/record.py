"""The documented cases of a case file: failures and successes of sharing that an inquiry or the press described."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from isthmus.graph.dates import MAX_DAY, MIN_DAY, parse

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph

Sort = Literal["eligible", "shared, not acted on", "internal", "known too late", "names no one", "positive control"]
SORTS: tuple[Sort, ...] = (
    "eligible", "shared, not acted on", "internal", "known too late", "names no one", "positive control"
)  # fmt: skip

SHARED = frozenset({"request unanswered", "poor timing", "partial sharing"})


@dataclass(frozen=True)
class Documented:
    """One documented case. Days are ordinal; `known_first` and `known` bound the day on which the holder knew,
    `outcome` and `outcome_last` that of the outcome.
    """

    id: str
    holder: str
    body: str
    needer: str
    people: tuple[str, ...]
    known_first: int
    known: int
    shared: int | None
    outcome: int
    outcome_last: int
    category: str
    fact: str
    sources: frozenset[str]

    @property
    def sort(self) -> Sort:
        """Which of `SORTS` it is, by what it says: the first that fits, in the order below."""
        if self.category.startswith("success"):
            return "positive control"
        if self.holder == self.needer:
            return "internal"
        if not self.people:
            return "names no one"
        if self.known_first > self.outcome:
            return "known too late"
        if self.reached:
            return "shared, not acted on"
        return "eligible"

    @property
    def reached(self) -> bool:
        """Whether the needer had it in time. Where the record calls sharing unclear, it is not shown to have."""
        if self.category == "unclear":
            return False
        in_time = self.shared is not None and self.shared < self.outcome
        return in_time or self.category.startswith("shared,") or self.category in SHARED

    @property
    def day(self) -> int:
        """The day from which it is replayed: the eve of the outcome, or the day itself if it was known only then."""
        return max(self.outcome - 1, min(self.known, self.outcome))


def documented(graph: Graph) -> list[Documented]:
    """All documented cases, in order of their ids."""
    rows = graph.claim_table.take(graph.claim_table.coded("property").among({"exchange_outcome"}))
    found: dict[str, list[tuple[str, str, dict[str, str]]]] = {}
    for subject, source, text in zip(rows["subject"], rows["source"], rows["qualifiers"], strict=True):
        stated = json.loads(text) if text else {}
        if stated.get("failure"):
            found.setdefault(stated["failure"], []).append((str(subject), str(source), stated))
    return [_documented(graph, name, found[name]) for name in sorted(found)]


def _documented(graph: Graph, name: str, rows: list[tuple[str, str, dict[str, str]]]) -> Documented:
    stated = rows[0][2]
    people = {subject for subject, _, _ in rows if graph.kinds[graph.index(subject)] == "Person"}
    known, shared, outcome = (stated.get(key, "") for key in ("known", "shared", "outcome_date"))
    first, last = (parse(known).start_lo, parse(known).start_hi) if known else (MIN_DAY, MAX_DAY)
    return Documented(
        name, stated.get("holder", ""), stated.get("holder_body", ""), stated.get("needed_by", ""),
        tuple(sorted(people)), first, last, parse(shared).start_lo if shared else None,
        parse(outcome).first if outcome else MAX_DAY, parse(outcome).last if outcome else MAX_DAY, stated.get("category", ""), stated.get("fact", ""),
        frozenset(source for _, source, _ in rows),
    )  # fmt: skip
