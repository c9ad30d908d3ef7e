"""Hit or no hit: what two parties learn from comparing pseudonymised names, and no content, about chains.

Both find out of whom they both hold something. A pair then comes out where one end is joined to such a person in what
the receiver holds and the other end in what the giver holds, within the steps in all. A chain that changes hands twice
does not come out: that takes content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.sharing.reach import reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.components import HeldNetwork

    Bools = NDArray[np.bool_]


def hit_pairs(network: HeldNetwork, giver: int, receiver: int, within: int) -> int:
    """Pairs that count, that the receiver does not see alone, and that a comparison of names alone shows it."""
    size = network.size
    sides = np.zeros((2, network.held.shape[1]), dtype=bool)
    sides[0, giver], sides[1, receiver] = True, True
    seen = network.seen(sides)
    near = [_unpacked(network, seen, steps) for steps in range(within + 1)]  # [steps][side]: people × people
    known = [_touched(network, seen[:, side]) for side in (0, 1)]
    both = known[0] & known[1]
    shown = np.zeros((size, size), dtype=bool)
    for steps in range(within + 1):
        mine, theirs = near[steps][1][:, both], near[within - steps][0][both]
        shown |= (mine.astype(np.float32) @ theirs.astype(np.float32)) > 0
    shown |= shown.T
    new = shown & ~near[within][1] & network.pairs.columns(np.arange(size))
    return int(np.triu(new, 1).sum())


def _unpacked(network: HeldNetwork, seen: Bools, steps: int) -> list[Bools]:
    words = reach(network, seen, steps)
    found = []
    for side in range(seen.shape[1]):
        octets = np.ascontiguousarray(words[:, :, side]).astype("<u8").view(np.uint8)
        found.append(np.unpackbits(octets, axis=1, bitorder="little")[:, : network.size].astype(bool))
    return found


def _touched(network: HeldNetwork, seen: Bools) -> Bools:
    """People with a tie that is seen."""
    found = np.zeros(network.size, dtype=bool)
    found[network.source[seen]] = True
    found[network.target[seen]] = True
    return found
