"""Columns of one length; texts may stay coded until someone reads them."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np

from isthmus.graph.fold.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    Column: TypeAlias = NDArray[Any] | "Coded"


_MANY = 300_000
"""Cells from which pandas' hash table repays its import of a third of a second."""


class Coded:
    """A column: each row's place in `distinct`, whose entries all differ; -1 in a row that has none of them.

    The entries are texts in what a fold makes, and any value in what is made of it for a graph database.
    """

    def __init__(self, codes: NDArray[np.int32], distinct: NDArray[np.object_] | Texts) -> None:
        self.codes = codes
        self.entries = distinct

    def __len__(self) -> int:
        """How many rows."""
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: NDArray[Any] | slice) -> NDArray[np.object_]: ...
    def __getitem__(self, at: int | NDArray[Any] | slice) -> Any:
        """The entry of a row, or those of several, none of which is without one."""
        if isinstance(at, (int, np.integer)):
            return self.entries[int(self.codes[at])]
        return self.texts(at)

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""
        return iter(self.cells())

    @property
    def distinct(self) -> NDArray[np.object_]:
        """The entries as Python's own."""
        return self.entries.decoded if isinstance(self.entries, Texts) else self.entries

    def texts(self, rows: NDArray[Any] | slice = slice(None)) -> NDArray[np.object_]:
        """The entries of `rows`, all by default, none of which is without one."""
        return self._at(self.codes[rows])

    def _at(self, places: NDArray[Any]) -> NDArray[np.object_]:
        entries: NDArray[np.object_] = (
            self.entries.at(places) if isinstance(self.entries, Texts) else self.entries[places]
        )
        return entries

    def cells(self, start: int = 0, stop: int | None = None) -> list[Any]:
        """The entries of a slice of the rows, None in a row without one."""
        codes = self.codes[start:stop]
        if not len(self.entries):
            return [None] * len(codes)
        values = self.distinct[codes]
        values[codes < 0] = None
        cells: list[Any] = values.tolist()
        return cells

    def take(self, rows: NDArray[Any]) -> Coded:
        """Those rows."""
        return Coded(self.codes[rows], self.entries)

    def compact(self) -> Coded:
        """The same without entries that no row has."""
        there = np.zeros(len(self.entries) + 1, dtype=bool)
        there[self.codes] = True
        there[-1] = False  # where rows without an entry point
        if there[:-1].all():
            return self
        places = np.where(there, np.cumsum(there) - 1, -1).astype(np.int32)
        return Coded(places[self.codes], self._at(np.flatnonzero(there)))

    def used(self, rows: NDArray[Any] | slice = slice(None)) -> list[str]:
        """The texts that come in `rows`, each once."""
        there = np.zeros(len(self.entries), dtype=bool)
        there[self.codes[rows]] = True
        texts: list[str] = self.distinct[there].tolist()
        return texts

    def of(self, read: Callable[[str], Any], kind: Any) -> NDArray[Any]:
        """What `read` makes of each row's text, as an array of `kind`: read once for each text; no row is without."""
        values: NDArray[Any] = np.array([read(text) for text in self.distinct], dtype=kind)[self.codes]
        return values

    def among(self, words: Collection[str]) -> NDArray[np.bool_]:
        """Which rows are one of `words`."""
        there: NDArray[np.bool_] = np.array([*(text in words for text in self.distinct), False])[self.codes]
        return there

    def mapped(self, read: Callable[[Any], Any]) -> Coded:
        """What `read` makes of each entry; a row has none where that is None. Two entries may come to be equal."""
        values = objects([read(entry) for entry in self.distinct.tolist()])
        absent = np.array([*(value is None for value in values), True])
        return Coded(np.where(absent[self.codes], np.int32(-1), self.codes), values)


class Table:
    """Columns by name: `table[name]` is an array, `table.coded(name)` the same column of texts as codes.

    A column may be given as a function that makes it when it is first asked for.
    """

    def __init__(self, columns: Mapping[str, Column | Callable[[], Column]]) -> None:
        self._columns = dict(columns)
        self._coded: dict[str, Coded] = {}
        self._texts: dict[str, NDArray[np.object_]] = {}

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns)

    def __len__(self) -> int:
        """How many rows."""
        return len(self._column(next(iter(self._columns)))) if self._columns else 0

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A column as an array; texts as Python's own."""
        column = self._column(name)
        if isinstance(column, np.ndarray):
            return column
        if name not in self._texts:
            self._texts[name] = column.texts()
        return self._texts[name]

    def _column(self, name: str) -> Column:
        column = self._columns[name]
        if not isinstance(column, (np.ndarray, Coded)):
            column = self._columns[name] = column()
        return column

    def coded(self, name: str) -> Coded:
        """A column of texts as codes."""
        if name not in self._coded:
            self._coded[name] = coded(self._column(name))
        return self._coded[name]

    def stored(self, name: str) -> NDArray[Any] | Coded:
        """A column as it is kept: numbers as they are, texts as codes."""
        column = self._column(name)
        return column if isinstance(column, np.ndarray) and column.dtype != object else self.coded(name)

    def take(self, rows: NDArray[Any]) -> Table:
        """Those rows, a mask or positions, of each column when it is asked for."""
        at = np.flatnonzero(rows) if rows.dtype == bool else rows
        return Table({name: partial(self.taken, name, at) for name in self._columns})

    def taken(self, name: str, rows: NDArray[Any]) -> Column:
        """Those rows of a column, texts as codes where the column has them so."""
        column = self._column(name)
        return column.take(rows) if isinstance(column, Coded) else column[rows]

    def rows(self, at: NDArray[Any], names: Iterable[str] | None = None) -> pd.DataFrame:
        """Those rows as a frame: a mask or positions."""
        return frame({name: self.at(name, at) for name in names or self._columns})

    def at(self, name: str, rows: NDArray[Any] | slice) -> NDArray[Any]:
        """A column at those rows."""
        column = self._column(name)
        return column[rows]

    def records(self, rows: NDArray[Any] | slice = slice(None)) -> list[dict[str, Any]]:
        """Those rows as plain values by name, all by default."""
        columns = [self.at(name, rows).tolist() for name in self._columns]
        return [dict(zip(self._columns, row, strict=True)) for row in zip(*columns, strict=True)]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All of it as a frame."""
        return frame({name: self[name] for name in self._columns})


def coded(column: Column) -> Coded:
    """A column of texts as codes."""
    if isinstance(column, Coded):
        return column
    if len(column) < _MANY:
        places: dict[str, int] = {}
        codes = np.fromiter((places.setdefault(text, len(places)) for text in column.tolist()), np.int32, len(column))
        return Coded(codes, objects(places))
    import pandas as pd

    numbers, distinct = pd.factorize(column, use_na_sentinel=False)
    return Coded(numbers.astype(np.int32), np.asarray(distinct, dtype=object))


def numbered(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Each number's place among those that differ, and these; in no promised order."""
    if len(values) < _MANY:
        distinct, places = np.unique(values, return_inverse=True)
        return places, distinct
    import pandas as pd

    return pd.factorize(values)


def frame(columns: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """The columns as a frame, without a copy. Texts stay Python's own: as Arrow strings a fold took twice as long."""
    import pandas as pd

    series = {name: pd.Series(column, dtype=column.dtype, copy=False) for name, column in columns.items()}
    return pd.DataFrame(series, copy=False)


def objects(values: Iterable[Any]) -> NDArray[np.object_]:
    """Texts, or other values, as an array of Python's own."""
    return np.fromiter(values, dtype=object)  # lists and tuples too are one value each
