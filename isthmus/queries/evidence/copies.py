"""Near-identical texts: reports that are one report.

Shingles of words, MinHash and banding: Broder (1997), "On the resemblance and containment of documents"; Leskovec,
Rajaraman & Ullman (2020), Mining of Massive Datasets, chapter 3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHINGLE = 4
"""Words in a shingle."""
LEAST = 8
"""A text of fewer shingles is too short to tell a copy from a turn of phrase."""
ALIKE = 0.7
"""Least share of shingles that two texts have in common to be near-identical (Jaccard)."""
DAYS = 3
"""Texts count as one report only if published within so many days of each other: 72 hours."""
_BANDS, _ROWS = 32, 4
_WORD = re.compile(r"\w+")
_FIELD = re.compile(r"(?:^|; )[\w .]{1,40}: ")


class Copy(NamedTuple):
    """Two texts by position and the share of shingles they have in common."""

    left: int
    right: int
    alike: float


def copies(
    texts: Sequence[str],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    groups: Sequence[str],
    *,
    alike: float = ALIKE,
    days: int = DAYS,
) -> list[Copy]:
    """Pairs of near-identical texts of different `groups`, published within `days` of each other.

    `first` and `last` are the bounds of each day of publication; an unknown one pairs with none. Rows of tables
    ("field: value; field: value") are no texts: alike by form, they say nothing of who copied whom.
    """
    shingled = [_shingles(text) for text in texts]
    usable = [at for at, found in enumerate(shingled) if len(found) >= LEAST]
    candidates: set[tuple[int, int]] = set()
    signatures = {at: _signature(shingled[at]) for at in usable}
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = {}
        for at in usable:
            buckets.setdefault(signatures[at][band * _ROWS : (band + 1) * _ROWS].tobytes(), []).append(at)
        for members in buckets.values():
            candidates.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
    found = []
    for a, b in sorted(candidates):
        near = max(first[a], first[b]) - min(last[a], last[b]) <= days
        if groups[a] != groups[b] and near:
            share = len(shingled[a] & shingled[b]) / len(shingled[a] | shingled[b])
            if share >= alike:
                found.append(Copy(a, b, share))
    return found


def _shingles(text: str) -> set[int]:
    if len(_FIELD.findall(text)) >= 3:
        return set()
    words = _WORD.findall(text.casefold())
    return {crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)}


def _signature(shingles: set[int]) -> NDArray[np.uint32]:
    """Smallest value of each of 128 hash functions over the shingles."""
    values = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    mixed = values[None, :] * _MULTIPLIERS[:, None] + _ADDENDS[:, None]  # modulo 2**64, as unsigned numbers do
    smallest: NDArray[np.uint32] = (mixed >> np.uint64(32)).astype(np.uint32).min(axis=1)
    return smallest


_RANDOM = np.random.Generator(np.random.PCG64(2015))
_MULTIPLIERS = _RANDOM.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_ADDENDS = _RANDOM.integers(0, 2**63, _BANDS * _ROWS, dtype=np.uint64)
