"""Who is joined to whom within a number of steps, for many coalitions at once.

Bit sets laid out people × words × coalitions, looping over ties: bit j of `reach[p, :, s]` says that p and person j
are joined in what coalition s sees. Matrix powers and per-coalition graph searches were slower by one to two orders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.sharing.components import joined_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.components import Bools, HeldNetwork

    Words = NDArray[np.uint64]

WORD = 64
BUDGET = 1 << 24  # words held at once in one array: 128 MB
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)


def pack(bits: NDArray[Any]) -> Words:
    """Rows × columns of booleans as rows × words, column j in bit j % 64 of word j // 64."""
    rows, columns = bits.shape
    padded = np.zeros((rows, -(-columns // WORD) * WORD), dtype=np.uint8)
    padded[:, :columns] = bits
    words = np.packbits(padded, axis=1, bitorder="little").view("<u8")
    return words.astype(np.uint64, copy=False)


def reach(network: HeldNetwork, seen: Bools, within: int) -> Words:
    """People × words × coalitions: whom each person reaches in at most `within` steps, himself included."""
    start = pack(np.eye(network.size, dtype=bool))[:, :, None]
    now = np.repeat(start, seen.shape[1], axis=2)
    mask = np.where(seen, FULL, np.uint64(0))
    ends = _merged(network, mask)
    buffer = np.empty(now.shape[1:], dtype=np.uint64)
    for _ in range(within):
        before = now.copy()
        for (s, t), m in ends.items():
            now[s] |= np.bitwise_and(before[t], m, out=buffer)
            now[t] |= np.bitwise_and(before[s], m, out=buffer)
    return now


def _merged(network: HeldNetwork, mask: Words) -> dict[tuple[int, int], Words]:
    """Each pair once, with all the ways in which it is tied; pairs that nobody sees are dropped."""
    found: dict[tuple[int, int], Words] = {}
    for s, t, m in zip(network.source.tolist(), network.target.tolist(), mask, strict=True):
        if s != t and m.any():
            pair = (s, t) if s < t else (t, s)
            found[pair] = found[pair] | m if pair in found else m
    return found


def count_pairs(network: HeldNetwork, seen: Bools, within: int | None) -> NDArray[np.int64]:
    """Pairs that count and are joined within `within` steps (None: at all), for each column of `seen`."""
    if within is None:
        return joined_pairs(network, seen)
    wanted = pack(network.pairs.columns(np.arange(network.size)))
    step = max(1, BUDGET // max(1, wanted.size))
    parts = [_count(reach(network, seen[:, i : i + step], within), wanted) for i in range(0, seen.shape[1], step)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _count(found: Words, wanted: Words) -> NDArray[np.int64]:
    total = np.zeros(found.shape[2], dtype=np.int64)
    for person in range(found.shape[0]):
        total += np.bitwise_count(found[person] & wanted[person][:, None]).sum(axis=0, dtype=np.int64)
    return total // 2


def seen_by_any(network: HeldNetwork, seen: Bools, within: int | None) -> Words:
    """People × words: pairs that count and that at least one coalition (a column of `seen`) sees joined."""
    wanted = pack(network.pairs.columns(np.arange(network.size)))
    found = np.zeros_like(wanted)
    step = max(1, BUDGET // max(1, wanted.size))
    for i in range(0, seen.shape[1], step):
        columns = reach(network, seen[:, i : i + step], network.size if within is None else within)
        found |= np.bitwise_or.reduce(columns, axis=2)
    return found & wanted


def pairs_in(words: Words) -> int:
    """Pairs in such a set, each once."""
    return int(np.bitwise_count(words).sum()) // 2
