"""A property of many nodes or relationships: each value once, and for each row which of them it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from isthmus.graph.fold.table import Coded

_ABSENT = -1


@dataclass(frozen=True)
class Column:
    """Places in `values`, -1 in the rows where the property is absent. Values are texts, numbers, booleans, lists."""

    codes: NDArray[np.int32]
    values: list[Any]

    def __len__(self) -> int:
        """How many rows."""
        return len(self.codes)

    def cells(self, start: int = 0, stop: int | None = None) -> list[Any]:
        """The values of a slice of the rows, None where absent."""
        values = self.values
        return [values[code] if code >= 0 else None for code in self.codes[start:stop].tolist()]

    def take(self, at: NDArray[np.int64]) -> Column:
        """These rows, without values that none of them has where there are many."""
        codes = self.codes[at]
        if len(self.values) <= len(codes):
            return Column(codes, self.values)
        used, back = np.unique(codes, return_inverse=True)
        absent = int(len(used) > 0 and used[0] == _ABSENT)
        values = [self.values[code] for code in used[absent:].tolist()]
        return Column((back - absent).astype(np.int32), values)

    def mapped(self, read: Callable[[Any], Any]) -> Column:
        """What `read` makes of each value; absent where that is None."""
        return _over(self.codes, [read(value) for value in self.values])


def column(cells: Iterable[Any]) -> Column:
    """The column of these cells, all of one type; None, "" and the empty list are absent."""
    if isinstance(cells, np.ndarray) and cells.dtype != object:
        codes, distinct = pd.factorize(cells)
        return Column(codes.astype(np.int32), distinct.tolist())
    places: dict[Any, int] = {None: _ABSENT, "": _ABSENT, (): _ABSENT}
    keys = [tuple(cell) if isinstance(cell, list) else cell for cell in cells]
    places_of = np.fromiter((places.setdefault(key, len(places) - 3) for key in keys), np.int32, len(keys))
    return Column(places_of, [list(key) if isinstance(key, tuple) else key for key in list(places)[3:]])


def of_coded(coded: Coded, rows: NDArray[np.int64]) -> Column:
    """Rows of a coded column of texts; "" is absent."""
    return _over(coded.codes[rows], [text or None for text in coded.distinct.tolist()])


def of_sets(sets: Iterable[frozenset[str]]) -> Column:
    """The column of these sets as sorted lists; the empty set is absent."""
    places: dict[frozenset[str], int] = {frozenset(): _ABSENT}
    codes = np.array([places.setdefault(one, len(places) - 1) for one in sets], dtype=np.int32)
    return Column(codes, [sorted(one) for one in list(places)[1:]])


def constant(value: Any, length: int) -> Column:
    """The same value in each of `length` rows."""
    return Column(np.zeros(length, dtype=np.int32), [value])


def _over(codes: NDArray[np.int32], values: list[Any]) -> Column:
    """Rows whose value is None made absent."""
    absent = np.array([*(value is None for value in values), True], dtype=bool)
    found: NDArray[np.int32] = np.where(absent[codes], np.int32(_ABSENT), codes)
    return Column(found, values)
