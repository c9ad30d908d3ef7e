"""Independent origins: two claims share one where the roots of their sources meet.

A source's roots are the sources it derives from, followed to the end. `own` states that a source is an origin;
where nothing is declared the source counts as one, and the number of origins is then at most what is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.record import reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.table import Coded
    from isthmus.graph.record.file import CaseFile

OWN = "own"


class Origins:
    """The roots of each source, and whether they are declared to the end."""

    def __init__(self, derived_from: dict[str, str]) -> None:
        self.derived_from = derived_from
        self._roots: dict[str, tuple[frozenset[str], bool]] = {}

    def roots(self, source: str) -> tuple[frozenset[str], bool]:
        """Root sources of `source`, and whether every one is declared an origin. A loop of sources is one origin."""
        found = self._roots.get(source)
        if found is None:
            found = self._roots[source] = self._follow(source)
        return found

    def _follow(self, source: str) -> tuple[frozenset[str], bool]:
        roots: set[str] = set()
        known = True
        seen: set[str] = set()
        stack = [source]
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            parents = [parent for parent in self.derived_from.get(at, "").split(";") if parent]
            further = [parent for parent in parents if parent != OWN]
            if not parents or OWN in parents:
                roots.add(at)
                known &= OWN in parents
            stack.extend(further)
        return (frozenset(roots or {min(seen)}), known and bool(roots))

    def columns(self, sources: Coded, statement: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """For each claim a number of its origin within its statement, and whether the origin is declared."""
        codes = sources.codes
        roots = [self.roots(source) for source in sources.distinct]
        names = sorted({min(found) for found, _ in roots})
        number = {name: at for at, name in enumerate(names)}
        single = np.array([number[min(found)] for found, _ in roots], dtype=np.int64)
        known = np.array([declared for _, declared in roots], dtype=bool)
        origin = single[codes]
        several = np.array([len(found) > 1 for found, _ in roots], dtype=bool)
        for row in np.unique(statement[several[codes]]):
            claims = np.flatnonzero(statement == row)
            origin[claims] = _components([roots[code][0] for code in codes[claims]])
        return origin, known[codes]


def _components(root_sets: list[frozenset[str]]) -> list[int]:
    """Number of the component of each set; sets that meet, also through others, share one."""
    groups: list[tuple[set[str], list[int]]] = []
    for at, roots in enumerate(root_sets):
        merged, members = set(roots), [at]
        apart = []
        for known, of in groups:
            if known & merged:
                merged |= known
                members += of
            else:
                apart.append((known, of))
        groups = [*apart, (merged, members)]
    numbers = [0] * len(root_sets)
    for number, (_, members) in enumerate(groups):
        for at in members:
            numbers[at] = number
    return numbers


def origins_of(file: CaseFile) -> Origins:
    """The source graph of a file."""
    return Origins(reading.derived_from(file))
