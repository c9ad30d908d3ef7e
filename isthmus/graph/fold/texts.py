"""Texts end to end in one run of bytes, as a kept column maps them: each is decoded when someone asks for it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_FEW = 8
"""All are decoded when more than one in so many is asked for at once."""


class Texts:
    """Text i is `run[bounds[i]:bounds[i + 1]]` in UTF-8, lone surrogates too."""

    def __init__(self, run: NDArray[np.uint8], bounds: NDArray[np.int64]) -> None:
        self.run, self.bounds = run, bounds
        self._decoded: NDArray[np.object_] | None = None

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Texts put end to end."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        bounds = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), bounds)

    def __len__(self) -> int:
        """How many."""
        return len(self.bounds) - 1

    def __getitem__(self, at: int) -> str:
        """Text `at`, from 0 on."""
        if self._decoded is not None:
            text: str = self._decoded[at]
            return text
        return self._read(int(self.bounds[at]), int(self.bounds[at + 1]))

    def _read(self, start: int, end: int) -> str:
        return self.run[start:end].tobytes().decode("utf-8", "surrogatepass")

    def at(self, places: NDArray[np.integer]) -> NDArray[np.object_]:
        """The texts at these places."""
        if self._decoded is None and len(places) * _FEW < len(self):
            used, back = np.unique(places, return_inverse=True)
            some: NDArray[np.object_] = _listed([self[at] for at in used.tolist()])[back]
            return some
        found: NDArray[np.object_] = self.decoded[places]
        return found

    @property
    def is_decoded(self) -> bool:
        """Whether all of them have been asked for."""
        return self._decoded is not None

    @property
    def decoded(self) -> NDArray[np.object_]:
        """All of them, in a form that is kept."""
        if self._decoded is None:
            whole, bounds = self._read(0, len(self.run)), self.bounds.tolist()
            if len(whole) == len(self.run):  # ASCII: bytes and characters stand at the same places
                texts = [whole[start:end] for start, end in pairwise(bounds)]
            else:
                texts = [self._read(start, end) for start, end in pairwise(bounds)]
            self._decoded = _listed(texts)
        return self._decoded


def _listed(texts: list[str]) -> NDArray[np.object_]:
    found: NDArray[np.object_] = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found
