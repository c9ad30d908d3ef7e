"""Facts and people in words; the legal status stands beside every name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from isthmus.graph.dates import MAX_DAY, iso
from isthmus.queries.backing import Backing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.queries.sharing.facts import Facts


class Words:
    """How the facts of a graph are shown."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.graph = facts, facts.graph
        self.support = Backing(facts.graph)

    def entity(self, at: int) -> str:
        """Label of an entity; a person's with the legal status."""
        label, status = str(self.support.labels[at]), self.support.status[at]
        return f"{label} ({status})" if status else label

    def fact(self, fact: int) -> str:
        """Subject, property and value."""
        facts = self.facts
        at = int(facts.target[fact])
        value = self.entity(at) if at >= 0 else str(facts.value[fact])
        return f"{self.entity(int(facts.subject[fact]))}: {str(facts.prop[fact]).replace('_', ' ')} {value}"

    def brief(self, fact: int, known: int) -> str:
        """The same without the subject where that is `known`."""
        text = self.fact(fact)
        return text.removeprefix(f"{self.entity(known)}: ") if int(self.facts.subject[fact]) == known else text

    def claims(self, groups: Sequence[Iterable[int]]) -> Sequence[tuple[str, ...]]:
        """Ids of the claims behind each group of facts."""
        row = self.facts.row
        return self.support.claim_ids([[int(row[f]) for f in group if row[f] >= 0] for group in groups])

    def body(self, body: str) -> str:
        """Name of a service or court, which the case may know by its id."""
        return self._bodies.get(body, body)

    @cached_property
    def _bodies(self) -> dict[str, str]:
        at = [i for i, kind in enumerate(self.graph.kinds) if kind == "Body"]
        return {str(self.graph.ids[i]): str(self.support.labels[i]) for i in at}


def since(day: int) -> str:
    """A day of holding as text; "day not stated" where nobody says."""
    return "day not stated" if day >= MAX_DAY else iso(int(day)) or "day not stated"
