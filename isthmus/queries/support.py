"""What every question needs to show a row: labels, legal status, the place in the source, the claims."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.grading import rank
from isthmus.graph.guard import status_text, statuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

_MANY = 900


class Support:
    """Reads what stands behind rows of a graph, many at a time."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.labels: NDArray[np.object_] = graph.entities["label"].to_numpy(dtype=object)

    @cached_property
    def status(self) -> NDArray[np.object_]:
        """Legal status of each person as text; "" for what is no person."""
        person = self.graph.kinds == "Person"
        found = np.full(len(person), "", dtype=object)
        for at, codes in enumerate(statuses(self.graph)):
            if person[at]:
                found[at] = status_text(codes)
        return found

    def pointers(self, statements: Sequence[int] | NDArray[Any]) -> list[str]:
        """Source and place of the best graded claim of each statement, as `source: place`."""
        offsets, records = self.graph.offsets.tolist(), self.graph._claims["record"].tolist()
        grades = self.graph._claims["grade"].tolist()
        best = []
        for row in statements:
            start, end = offsets[row], offsets[row + 1]
            best.append(records[start if end == start + 1 else min(range(start, end), key=lambda at: rank(grades[at]))])
        places = self._places(set(best))
        return [places[num] for num in best]

    def _places(self, nums: set[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for part in _parts(sorted(nums)):
            marks = ", ".join("?" * len(part))
            rows = self.graph.case.connection.execute(
                f"SELECT num, source, pointer FROM record WHERE num IN ({marks})", part
            )
            found.update({num: f"{source}: {pointer}" if pointer else source for num, source, pointer in rows})
        return found

    def claim_ids(self, groups: Sequence[Iterable[int]]) -> tuple[tuple[str, ...], ...]:
        """Ids of the claims behind each group of statements."""
        nums, offsets = self.graph._claims["num"].tolist(), self.graph.offsets.tolist()
        wanted = [[num for row in rows for num in nums[offsets[row] : offsets[row + 1]]] for rows in groups]
        ids: dict[int, str] = {}
        for part in _parts(sorted({num for row in wanted for num in row})):
            marks = ", ".join("?" * len(part))
            ids.update(self.graph.case.connection.execute(f"SELECT num, id FROM claim WHERE num IN ({marks})", part))
        return tuple(tuple(ids[num] for num in row) for row in wanted)


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(numbers), _MANY):
        yield numbers[start : start + _MANY]


class CountrySets:
    """Countries of each entity as bits, so that a million ties are compared at once."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        self.sets = sets
        self.codes = sorted({code for countries in sets for code in countries})
        number = {code: at for at, code in enumerate(self.codes)}
        self.bits = np.zeros((len(sets), max(1, (len(self.codes) + 63) // 64)), dtype=np.uint64)
        for at, countries in enumerate(sets):
            for code in countries:
                word, bit = divmod(number[code], 64)
                self.bits[at, word] |= np.uint64(1 << bit)

    def known(self, at: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether any country is known."""
        found: NDArray[np.bool_] = self.bits[at].any(axis=1)
        return found

    def overlap(self, left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.object_]:
        """`disjoint`, `partly shared`, `same` or `unknown` for each pair of entities."""
        a, b = self.bits[left], self.bits[right]
        shared, same = (a & b).any(axis=1), (a == b).all(axis=1)
        known = a.any(axis=1) & b.any(axis=1)
        words = np.where(shared, np.where(same, "same", "partly shared"), "disjoint").astype(object)
        words[~known] = "unknown"
        return words

    def text(self, at: NDArray[Any]) -> list[str]:
        """Codes joined by "/"."""
        joined: dict[int, str] = {}
        return [joined.setdefault(int(i), "/".join(sorted(self.sets[int(i)]))) for i in at]


def ordered(rows: pd.DataFrame, groups: list[list[int]], keys: list[str]) -> tuple[pd.DataFrame, list[list[int]]]:
    """Rows in the order of `keys`, with what runs parallel to them."""
    if rows.empty:
        return rows, groups
    order = rows.reset_index(drop=True).sort_values(keys, kind="stable").index
    return rows.iloc[order].reset_index(drop=True), [groups[at] for at in order]
