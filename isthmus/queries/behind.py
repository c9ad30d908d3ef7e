"""What stands behind the rows of a finding: lists of statements, and the ids of their claims."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from isthmus.graph.record import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

_ROWS = 10_000


class Groups(NamedTuple):
    """Lists of numbers end to end: list i is `flat[offsets[i]:offsets[i + 1]]`."""

    flat: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Sequence[Iterable[int]]) -> Groups:
        """From lists."""
        whole = [list(one) for one in lists]
        offsets = np.cumsum([0, *(len(one) for one in whole)], dtype=np.int64)
        return cls(np.array([number for one in whole for number in one], dtype=np.int64), offsets)

    @classmethod
    def join(cls, parts: Sequence[Groups]) -> Groups:
        """The lists of several, one after the other."""
        sizes = [np.diff(part.offsets) for part in parts]
        flat = [part.flat for part in parts]
        return cls(
            np.concatenate([np.zeros(0, dtype=np.int64), *flat]),
            np.concatenate([[0], *sizes]).cumsum().astype(np.int64),
        )

    def take(self, rows: NDArray[np.int64]) -> Groups:
        """Those lists, in the order of `rows`."""
        sizes = self.offsets[rows + 1] - self.offsets[rows]
        offsets = np.concatenate([[0], sizes]).cumsum().astype(np.int64)
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes)
        return Groups(self.flat[np.repeat(self.offsets[rows], sizes) + within], offsets)

    @property
    def firsts(self) -> NDArray[np.int64]:
        """The first of each list; no list is empty."""
        return self.flat[self.offsets[:-1]]


class Behind(Sequence[tuple[str, ...]]):
    """Ids of the claims behind each row of a finding, read from the case file when they are asked for."""

    def __init__(self, graph: Graph, groups: Groups) -> None:
        self._graph, self._groups = graph, groups

    def __len__(self) -> int:
        """How many rows."""
        return len(self._groups.offsets) - 1

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        """Ids behind a row, or behind several."""
        rows = range(len(self))[at]
        return (
            self._read(np.array(rows, dtype=np.int64)) if isinstance(rows, range) else self._read(np.array([rows]))[0]
        )

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Row by row, read many at a time."""
        for start in range(0, len(self), _ROWS):
            yield from self[start : start + _ROWS]

    def __eq__(self, other: object) -> bool:
        """Whether the same ids stand behind the same rows."""
        return isinstance(other, (Behind, tuple, list)) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _read(self, rows: NDArray[np.int64]) -> tuple[tuple[str, ...], ...]:
        statements = self._groups.take(rows)
        claims = Groups(self._graph.claim_table["num"], self._graph.offsets).take(statements.flat)
        bounds = claims.offsets[statements.offsets].tolist()
        ids = reading.claim_ids(self._graph.file, sorted(set(claims.flat.tolist())))
        found = [ids[num] for num in claims.flat.tolist()]
        return tuple(tuple(found[start:end]) for start, end in pairwise(bounds))
