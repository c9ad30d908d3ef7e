"""Groups and places of the Global Terrorism Database: each has one record of its own, made when first met.

A record of its own, so that what is said of a group doesn't hang on the row that happened to name it first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.loaders.columns import category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.records import Record, Row
    from isthmus.loaders.columns import Met
    from isthmus.loaders.source import Source

_COLUMNS = (  # group, faction, uncertain, claimed
    ("gname", "gsubname", "guncertain1", "claimed"),
    ("gname2", "gsubname2", "guncertain2", "claim2"),
    ("gname3", "gsubname3", "guncertain3", "claim3"),
)
_CERTAINTY = {"no": ("2", "attribution not marked as uncertain"), "yes": ("4", "attribution suspected, not confirmed")}
_UNJUDGED = ("6", "not coded whether the attribution is certain")


class Register:
    """Groups and places met so far."""

    def __init__(self, source: Source, met: Met) -> None:
        self.source, self.claim = source, source.claim
        self.yes_no = category(source, "yesno")
        self.no_group, self.no_city = frozenset(source.meta["no_group"]), frozenset(source.meta["no_city"])
        self.generic = re.compile(source.meta["generic_group"], re.IGNORECASE)
        self.met = met

    def groups(self, record: Record, event: str, row: dict[str, str], when: str) -> Iterator[Row]:
        """Who is said to have done it, how surely, and whether they said so themselves."""
        alone = self.yes_no.word("", row.pop("individual", "")) == "yes"
        for columns in _COLUMNS:
            name, faction, uncertain, claimed = [row.pop(column, "") for column in columns]
            if name in self.no_group:
                continue
            grade = _CERTAINTY.get(self.yes_no.word("", uncertain), _UNJUDGED)
            if alone or self.generic.search(name):
                said = self.claim(record, event, "attribution", name, note="individuals" if alone else "no one group")
                yield said
                yield self.source.grade(said, *grade)
                continue
            group = f"gtd:group/{name}"
            if self.met.first(group):
                own = self.source.record(group, pointer="column gname", exact="no", text=name)
                yield own
                yield self.claim(own, group, "kind", "Cell")
                yield self.claim(own, group, "name", name)
            tie = self.claim(
                record, group, "carried_out", event, when, **({"note": f"as {faction}"} if faction else {})
            )
            yield tie
            yield self.source.grade(tie, *grade)
            if self.yes_no.word("", claimed) == "yes":
                yield self.claim(record, group, "claimed", event, when)

    def place(self, record: Record, event: str, row: dict[str, str], country: str, when: str) -> Iterator[Row]:
        """The town; where there is none, the province is all that is said."""
        city, province = row.pop("city", ""), row.pop("provstate", "")
        if city in self.no_city:
            if province not in self.no_city:
                yield self.claim(record, event, "region", province)
            return
        place = f"gtd:place/{country}/{province}/{city}"
        if self.met.first(place):
            own = self.source.record(place, pointer="column city", exact="no", text=f"{city}, {province}")
            yield own
            yield self.claim(own, place, "kind", "Place")
            yield self.claim(own, place, "name", city)
            yield self.claim(own, place, "part_of", country)
            if province not in self.no_city:
                yield self.claim(own, place, "region", province)
        yield self.claim(record, event, "occurred_in", place, when)
