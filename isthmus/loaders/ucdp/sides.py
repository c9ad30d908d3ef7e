"""The sides of UCDP's conflicts: governments by their name, as secondary parties have no number; others by number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadRow
from isthmus.loaders.columns import Met
from isthmus.loaders.ucdp.stated import Own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_GOVERNMENT = "Government of "
_BETWEEN = re.compile(r", (?=Government of )")  # "Government of Macedonia, FYR" is one


class Side(NamedTuple):
    """A party: its entity, its name, and its number where it has one."""

    entity: str
    name: str
    number: str

    @property
    def government(self) -> bool:
        """Whether it is a state's."""
        return self.name.startswith(_GOVERNMENT)


class Sides:
    """Parties met so far; each has one record of its own."""

    def __init__(self, source: Source) -> None:
        self.source, self.claim, self.met = source, source.claim, Met()
        self.civilians = frozenset(source.stated(Own).civilians)

    def read(self, names: str, numbers: str) -> list[Side]:
        """The parties of a cell. Raises `BadRow` where a party that is no government has no number."""
        if not names:
            raise BadRow("a side is empty")
        parts = _BETWEEN.split(names) if names.startswith(_GOVERNMENT) else [names]
        ids = [number.strip() for number in numbers.split(",")] if numbers else []
        if len(ids) not in (0, len(parts)):
            raise BadRow(f"{len(parts)} sides in {names[:80]!r}, and {len(ids)} numbers")
        return [self._side(name.strip(), ids[at] if ids else "") for at, name in enumerate(parts)]

    def _side(self, name: str, number: str) -> Side:
        if name.startswith(_GOVERNMENT):
            return Side(f"ucdp:government/{name.removeprefix(_GOVERNMENT)}", name, number)
        if not number.isdecimal():
            raise BadRow(f"side {name[:60]!r} has the number {number[:20]!r}")
        return Side(f"ucdp:actor/{number}", name, number)

    def introduce(self, side: Side) -> Iterator[Row]:
        """What the party is, once."""
        if not self.met.first(side.entity):
            return
        own = self.source.record(
            side.entity, pointer="columns side_a, side_b", exact="no", text=f"{side.name} {side.number}"
        )
        yield own
        yield self.claim(own, side.entity, "kind", "Body" if side.government else "Organisation")
        yield self.claim(own, side.entity, "name", side.name)
        if side.number:
            yield self.claim(own, side.entity, "identifier", side.number, scheme="UCDP actor")
        if side.government and (state := country_code(side.name.removeprefix(_GOVERNMENT))):
            yield self.claim(own, side.entity, "body_of", state)
