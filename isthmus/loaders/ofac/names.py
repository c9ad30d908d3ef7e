"""Who is who in the list: links are given by name, and must be found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadRow
from isthmus.loaders.ofac.remarks import links

if TYPE_CHECKING:
    from isthmus.loaders.listing import Entry

LIST = "US Treasury, OFAC"


class Names:
    """Numbers and kinds of entries, and which of those that others are linked to bear a name.

    Grows by the entries of the list (about 200 bytes each), not by their text.
    """

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._numbers: dict[str, list[str]] = {}

    def add(self, number: str, name: str, kind: str) -> None:
        """Remember an entry."""
        if number and name:
            self._kinds[number] = kind
            self._numbers.setdefault(_key(name), []).append(number)

    def kind(self, number: str) -> str:
        """Kind of an entry.

        Raises `BadRow` where the list of names lacks it.
        """
        kind = self._kinds.get(number)
        if not kind:
            raise BadRow(f"no entry of the list of names has the number {number!r}")
        return kind

    def tie(self, entry: Entry, remarks: str) -> None:
        """Tie an entry to those its remarks link it to; a name that is no one's or several entries' stays words."""
        for name in links(remarks):
            numbers = self._numbers.get(_key(name), [])
            prefix = entry.subject.partition(":")[0]
            if len(numbers) == 1 and f"{prefix}:{numbers[0]}" != entry.subject:
                entry.claim("linked_to", f"{prefix}:{numbers[0]}", role="linked to")
            else:
                note = f"{len(numbers)} entries bear this name" if numbers else "no entry bears this name"
                entry.attribute("linked to", name, note)


def _key(name: str) -> str:
    return name.casefold().rstrip(". ")


def readable(name: str, kind: str) -> str:
    """A person's `LAST, First` as `First LAST`; any other name as it is."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if kind == "Person" and comma and ", " not in first else name
