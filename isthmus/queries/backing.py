"""What every question needs to show a row: labels, legal status, the place in the source, the claims."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph import states
from isthmus.graph.fold.table import Coded, numbered, objects
from isthmus.graph.grading import rank
from isthmus.graph.record import reading
from isthmus.queries.behind import Behind, Groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.graph import Graph

OVERLAPS = ("disjoint", "partly shared", "same", "unknown", "unknown (successor)")
SUCCESSOR = OVERLAPS[-1]


class Backing:
    """Reads what stands behind rows of a graph, many at a time."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.labels = graph.shown.coded("label")

    @cached_property
    def status(self) -> Coded:
        """Legal status of each person as text; "" for what is no person."""
        return self.graph.shown.coded("status")

    def pointers(self, statements: Sequence[int] | NDArray[Any]) -> NDArray[np.object_]:
        """Source and place of the best graded claim of each statement, as `source: place`."""
        rows = np.asarray(statements, dtype=np.int64)
        best = self.graph.offsets[rows]
        grades = self.graph.claim_table.coded("grade")
        ranks = np.array([rank(grade) for grade in grades.distinct], dtype=np.int64)
        for at in np.flatnonzero(np.diff(self.graph.offsets)[rows] > 1):
            start, end = self.graph.offsets[rows[at]], self.graph.offsets[rows[at] + 1]
            best[at] = start + np.argmin(ranks[grades.codes[start:end]])
        return self.places(best)

    def places(self, claims: NDArray[np.int64]) -> NDArray[np.object_]:
        """Source and place of each of these rows of the claims, as `source: place`."""
        nums, where = np.unique(self.graph.claim_table["record"][claims], return_inverse=True)
        return self._places(nums.tolist())[where]

    def _places(self, nums: list[int]) -> NDArray[np.object_]:
        """Source and place of each record, whose numbers are in order."""
        found = reading.places(self.graph.file, nums)
        texts = [f"{source}: {pointer}" if pointer else source for source, pointer in found]
        return objects(texts)

    def claim_ids(self, groups: Groups | Sequence[Iterable[int]]) -> Sequence[tuple[str, ...]]:
        """Ids of the claims behind each group of statements, read when asked for."""
        return Behind(self.graph, groups if isinstance(groups, Groups) else Groups.of(groups))


class CountrySets:
    """Countries of each entity as bits, so that a million ties are compared at once."""

    def __init__(self, graph: Graph, rule: CountryRule) -> None:
        entity, country = graph.located(rule)
        places, number = np.unique(country, return_inverse=True)
        self.codes = [str(graph.ids[place]) for place in places]
        self.bits = np.zeros((len(graph.ids), max(1, (len(places) + 63) // 64)), dtype=np.uint64)
        np.bitwise_or.at(self.bits, (entity, number // 64), np.uint64(1) << (number % 64).astype(np.uint64))

    def of(self, at: int) -> list[str]:
        """Codes of one entity, in order."""
        return [code for number, code in enumerate(self.codes) if int(self.bits[at, number // 64]) >> number % 64 & 1]

    def known(self, at: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether any country is known."""
        found: NDArray[np.bool_] = self.bits[at].any(axis=1)
        return found

    def overlap(self, left: NDArray[Any], right: NDArray[Any], last: NDArray[Any]) -> Coded:
        """How the countries of each pair of entities stand to each other: places in `OVERLAPS`.

        `last` is the last day of the tie between them, an ordinal: a state that had ended by then is read as
        `graph.states.overlap` says.
        """
        a, b = self.bits[left], self.bits[right]
        shared, same = (a & b).any(axis=1), (a == b).all(axis=1)
        words = np.where(shared, np.where(same, 2, 1), 0)
        words[~(a.any(axis=1) & b.any(axis=1))] = 3
        for at in np.flatnonzero(((a | b) & self._ended).any(axis=1)).tolist():
            sides = self.of(int(left[at])), self.of(int(right[at]))
            words[at] = OVERLAPS.index(states.overlap(*sides, int(last[at])))
        return Coded(words.astype(np.int32), objects(OVERLAPS))

    @cached_property
    def _ended(self) -> NDArray[np.uint64]:
        """Bits of the states that ended."""
        bits = np.zeros(self.bits.shape[1], dtype=np.uint64)
        for number, code in enumerate(self.codes):
            if code in states.ended():
                bits[number // 64] |= np.uint64(1) << np.uint64(number % 64)
        return bits

    @cached_property
    def _texts(self) -> Coded:
        if self.bits.shape[1] == 1:
            number, distinct = numbered(self.bits[:, 0])
        else:
            distinct, number = np.unique(self.bits, axis=0, return_inverse=True)
        first = np.zeros(len(distinct), dtype=np.int64)
        first[number] = np.arange(len(number))
        return Coded(number.astype(np.int32), objects("/".join(self.of(int(at))) for at in first))

    def text(self, at: NDArray[Any]) -> NDArray[np.object_]:
        """Codes joined by "/"."""
        return self._texts.texts(at)
