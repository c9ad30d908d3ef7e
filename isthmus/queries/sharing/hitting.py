"""The smallest sets of holders that together hold every hop of a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Holders = frozenset[str]

MOST_SETS = 10_000


def minimal_coalitions(hops: Sequence[Iterable[str]]) -> list[frozenset[str]]:
    """Every set of holders that sees all hops and none of whose members can be spared, smallest first.

    A hop without a holder gives none: nobody could see the chain. No hops give the empty set. Berge (1989),
    Hypergraphs, chapter 2: minimal transversals, hop by hop.

    Raises
    ------
    ValueError
        More than 10,000 minimal sets on the way.
    """
    found: set[Holders] = {frozenset()}
    for hop in hops:
        holders = frozenset(hop)
        wider = {s if s & holders else s | {h} for s in found for h in sorted(holders)}
        found = _minimal(wider)
        if len(found) > MOST_SETS:
            message = f"more than {MOST_SETS} minimal sets of holders: ask for a shorter chain"
            raise ValueError(message)
    return sorted(found, key=lambda s: (len(s), sorted(s)))


def only_copies(hops: Sequence[Iterable[str]]) -> list[str]:
    """For each hop the one holder it has, or the empty text where it has several or none."""
    sets = [frozenset(hop) for hop in hops]
    return [next(iter(s)) if len(s) == 1 else "" for s in sets]


def _minimal(sets: set[Holders]) -> set[Holders]:
    kept: list[Holders] = []
    for candidate in sorted(sets, key=len):
        if not any(smaller <= candidate for smaller in kept):
            kept.append(candidate)
    return set(kept)
