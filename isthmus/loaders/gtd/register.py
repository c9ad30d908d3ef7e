"""Groups and places of the Global Terrorism Database: each has one record of its own, made when first met.

A record of its own, so that what is said of a group doesn't hang on the row that happened to name it first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.loaders.columns import category
from isthmus.loaders.gtd.stated import Own
from isthmus.loaders.wide import packed, sayer

if TYPE_CHECKING:
    from isthmus.graph.record.rows import Row
    from isthmus.loaders.columns import Met
    from isthmus.loaders.source import Source
    from isthmus.loaders.wide import Say

_COLUMNS = (  # group, faction, uncertain, claimed
    ("gname", "gsubname", "guncertain1", "claimed"),
    ("gname2", "gsubname2", "guncertain2", "claim2"),
    ("gname3", "gsubname3", "guncertain3", "claim3"),
)
_CERTAINTY = {"no": ("2", "attribution not marked as uncertain"), "yes": ("4", "attribution suspected, not confirmed")}
_BY_ATTACK = packed("note", "carried out an incident there")
_UNJUDGED = ("6", "not coded whether the attribution is certain")


class Register:
    """Groups and places met so far."""

    def __init__(self, source: Source, met: Met) -> None:
        self.source, self.met = source, met
        self.yes_no = category(source, "yesno")
        self.no_group, self.no_city = frozenset(source.stated(Own).no_group), frozenset(source.stated(Own).no_city)
        self.generic = re.compile(source.stated(Own).generic_group, re.IGNORECASE)
        self._generic: dict[str, bool] = {}

    def groups(self, made: list[Row], say: Say, row: dict[str, str], country: str, when: str) -> None:
        """Who is said to have done it, so that they operated there, how surely, and whether they said so themselves."""
        alone = self.yes_no[row["individual"]] == "yes"
        for column, part, doubt, claim in _COLUMNS:
            name = row[column]
            uncertain, claimed = self.yes_no[row[doubt]], self.yes_no[row[claim]]
            if name in self.no_group:
                continue
            grade = _CERTAINTY.get(uncertain, _UNJUDGED)
            if alone or self._is_generic(name):
                said = say("attribution", name, "", packed("note", "individuals" if alone else "no one group"))
            else:
                group = self._group(made, name)
                faction = packed("note", f"as {row[part]}") if row[part] else ""
                event = f"gtd:{row['eventid']}"
                said = say("carried_out", event, when, faction, subject=group)
                field = say("operates_in", country, when, _BY_ATTACK, subject=group)
                made.append(self.source.grade(field, *grade))
                if claimed == "yes":
                    say("claimed", event, when, subject=group)
            made.append(self.source.grade(said, *grade))

    def _is_generic(self, name: str) -> bool:
        known = self._generic.get(name)
        if known is None:
            known = self._generic[name] = self.generic.search(name) is not None
        return known

    def _group(self, made: list[Row], name: str) -> str:
        group = f"gtd:group/{name}"
        if self.met.first(group):
            own = self.source.record(group, pointer="column gname", exact="no", text=name)
            made.append(own)
            say = sayer(made, own.id, group)
            say("kind", "Cell")
            say("name", name)
        return group

    def place(self, made: list[Row], say: Say, row: dict[str, str], country: str, when: str) -> None:
        """The town; where there is none, the province is all that is said."""
        city, province = row["city"], row["provstate"]
        if city in self.no_city:
            if province not in self.no_city:
                say("region", province)
            return
        place = f"gtd:place/{country}/{province}/{city}"
        if self.met.first(place):
            own = self.source.record(place, pointer="column city", exact="no", text=f"{city}, {province}")
            made.append(own)
            tell = sayer(made, own.id, place)
            tell("kind", "Place")
            tell("name", city)
            tell("part_of", country)
            if province not in self.no_city:
                tell("region", province)
        say("occurred_in", place, when)
