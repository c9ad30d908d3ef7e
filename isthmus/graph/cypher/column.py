"""A property of many nodes or relationships as a coded column: a row without the property has no entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.fold.table import Coded, numbered, objects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_ABSENT = -1


def column(cells: Iterable[Any]) -> Coded:
    """The column of these cells, all of one type; None, "" and the empty list are absent."""
    if isinstance(cells, np.ndarray) and cells.dtype != object:
        codes, distinct = numbered(cells)
        numbers = Coded(codes.astype(np.int32), objects(distinct.tolist()))
        return numbers.mapped(lambda number: number if number == number else None)  # NaN is no number
    places: dict[Any, int] = {None: _ABSENT, "": _ABSENT, (): _ABSENT}
    keys = [tuple(cell) if isinstance(cell, list) else cell for cell in cells]
    places_of = np.fromiter((places.setdefault(key, len(places) - 3) for key in keys), np.int32, len(keys))
    return Coded(places_of, objects(list(key) if isinstance(key, tuple) else key for key in list(places)[3:]))


def of_texts(texts: Coded, rows: NDArray[np.int64]) -> Coded:
    """Rows of a coded column of texts; "" is absent."""
    return texts.take(rows).mapped(lambda text: text or None)


def of_sets(sets: Iterable[frozenset[str]]) -> Coded:
    """The column of these sets as sorted lists; the empty set is absent."""
    places: dict[frozenset[str], int] = {frozenset(): _ABSENT}
    codes = np.array([places.setdefault(one, len(places) - 1) for one in sets], dtype=np.int32)
    return Coded(codes, objects(sorted(one) for one in list(places)[1:]))


def constant(value: Any, length: int) -> Coded:
    """The same value in each of `length` rows."""
    return Coded(np.zeros(length, dtype=np.int32), objects([value]))
