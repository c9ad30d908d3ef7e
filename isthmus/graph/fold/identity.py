"""Which ids are one entity: judgements, read at a point in time.

A judgement that an analyst writes closes those on its pair that stood before; undoing it opens them again. One that is
loaded closes none: of a pair, *different* then holds against every *same*. Across pairs too nothing joins two that are
judged different, by however long a chain: the judgement that would do so, the latest of the chain, joins nothing.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from isthmus.graph import dates
from isthmus.graph.record import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.judgements import Standing

    Pair = tuple[str, str]


def deciding(stand: Iterable[Standing]) -> list[Standing]:
    """The judgement that decides each pair: the latest *different*, and the latest of all where none is.

    Nothing hangs on the order in which they were loaded.
    """
    found: dict[Pair, Standing] = {}
    for one in stand:
        known = found.get(one.pair)
        if known is None or _weight(one) > _weight(known):
            found[one.pair] = one
    return [found[pair] for pair in sorted(found)]


def _weight(one: Standing) -> tuple[bool, str, str, str, str]:
    row = one.row
    return row.verdict == "different", row.judged_at, row.verdict, row.by, row.known_from


class Identity:
    """Ids joined by the judgements given, each pair decided. `apart` are those *same* that join nothing."""

    def __init__(self, decided: Iterable[Standing]) -> None:
        self._members: dict[str, set[str]] = {}  # of the one that now stands for them
        self._root: dict[str, str] = {}
        self._foes: dict[str, dict[str, Standing]] = {}
        self._joined: dict[str, list[tuple[str, Standing]]] = {}
        self.apart: list[Standing] = []
        rows = list(decided)
        for one in rows:
            if one.row.verdict == "different":
                for here, there in (one.pair, one.pair[::-1]):
                    self._foes.setdefault(here, {})[there] = one
        for one in sorted(rows, key=lambda one: (one.row.judged_at, one.pair)):
            if one.row.verdict == "same":
                self._join(one)

    def root(self, identity: str) -> str:
        """The id that stands for this one."""
        return self._root.get(identity, identity)

    @property
    def same(self) -> dict[str, str]:
        """Each id that is joined to another, and the one that stands for them all: the first in order."""
        return {one: min(members) for members in self._members.values() if len(members) > 1 for one in members}

    def _join(self, one: Standing) -> None:
        left, right = one.pair
        if self.between(left, right) is not None:
            self.apart.append(one)
            return
        self._joined.setdefault(left, []).append((right, one))
        self._joined.setdefault(right, []).append((left, one))
        kept, gone = sorted((self.root(left), self.root(right)), key=lambda root: -len(self.members(root)))
        if kept != gone:
            moved = self._members.pop(gone, {gone})
            self._members.setdefault(kept, {kept}).update(moved)
            self._root |= dict.fromkeys(moved, kept)

    def members(self, identity: str) -> set[str]:
        """All ids that are one with this."""
        return self._members.get(self.root(identity), {identity})

    def between(self, left: str, right: str) -> Standing | None:
        """The judgement that keeps apart what these two are one with; None where none does."""
        near, far = sorted((self.members(left), self.members(right)), key=len)
        found = (self._foes[one][foe] for one in sorted(near) for foe in sorted(self._foes.get(one, ())) if foe in far)
        return next(found, None)

    def path(self, left: str, right: str) -> list[Standing]:
        """The fewest judgements that join the two; none where they are the same id or not joined."""
        before: dict[str, str] = {left: left}
        queue = [left]
        for at in queue:
            for other, _ in sorted(self._joined.get(at, ())):
                if other not in before:
                    before[other] = at
                    queue.append(other)
        ids = [right] if right in before else []
        while ids and ids[-1] != left:
            ids.append(before[ids[-1]])
        return [next(one for other, one in self._joined[a] if other == b) for a, b in pairwise(ids[::-1])]

    def chain(self, left: str, right: str) -> list[Standing]:
        """Why these two may not be one: judgements from the one to the other, a *different* among them."""
        wall = self.between(left, right)
        if wall is None:
            return []
        here, there = wall.pair if wall.pair[0] in self.members(left) else wall.pair[::-1]
        return [*self.path(left, here), wall, *self.path(there, right)]


def resolved(file: CaseFile, lens: Lens | None = None) -> Identity:
    """What was one, as this case said it then, of the judgements that could be known by then through `lens`.

    A judgement that decides a pair and was not known by then says nothing of it, and a former one does not come back.
    """
    if lens is None:
        return Identity(deciding(reading.judgements(file)))
    decided = deciding(reading.judgements(file, lens.recorded_by))
    return Identity(one for one in decided if known(one.row.known_from, lens))


def merged(file: CaseFile, lens: Lens | None = None) -> dict[str, str]:
    """Each id that is judged the same as another, and the one id that stands for them all; see `resolved`."""
    return resolved(file, lens).same


def kept_apart(file: CaseFile, load: int) -> Iterator[str]:
    """For each *same* of a load that joins nothing, the chain that keeps the two apart, in words."""
    stand = reading.judgements(file)
    now = Identity(deciding(stand))
    for one in stand:
        left, right = one.pair
        if one.load == load and one.row.verdict == "same" and now.root(left) != now.root(right):
            why = now.chain(left, right) or [other for other in deciding(stand) if other.pair == one.pair]
            yield f"{one} joins nothing: {'; '.join(map(str, why))}"


def days_known(known_from: str) -> dict[str, int]:
    """The day from which each holder certainly knew, "" being everyone; empty where it was so all along."""
    if not known_from:
        return {}
    told: dict[str, str] = json.loads(known_from) if known_from.startswith("{") else {"": known_from}
    return {holder: dates.parse(text).start_hi for holder, text in told.items()}


def known(known_from: str, lens: Lens) -> bool:
    """Whether one of the holders asked for knew by then, and an outsider could: who is told last, where each is told."""
    days = days_known(known_from)
    if not days:
        return True
    if lens.published_by and max(days.values()) > dates.day(lens.published_by):
        return False
    asked = days if "" in days or lens.holders is None else lens.holders
    return not lens.known_by or any(days[one] <= dates.day(lens.known_by) for one in asked if one in days)
