"""The smallest sets of holders that together see every hop of a chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Holders = frozenset[str]
    Way = Sequence[Iterable[str]]  # the holders of each fact that the way rests on: all of its facts are needed
    Hop = Sequence[Way]  # one of its ways is enough

MOST_SETS = 10_000


def minimal_coalitions(hops: Sequence[Hop]) -> list[frozenset[str]]:
    """Every set of holders that sees all hops and none of whose members can be spared, smallest first.

    A hop that nobody can see gives none. No hops give the empty set. Berge (1989), Hypergraphs, chapter 2: minimal
    transversals, hop by hop.

    Raises
    ------
    BadQuestion
        More than 10,000 minimal sets on the way.
    """
    found: set[Holders] = {frozenset()}
    for hop in hops:
        found = _minimal(wider for way in hop for wider in _through(found, way))
        if len(found) > MOST_SETS:
            raise BadQuestion(f"more than {MOST_SETS} smallest sets of holders; ask about a shorter chain")
    return sorted(found, key=lambda s: (len(s), sorted(s)))


def _through(found: set[Holders], way: Way) -> set[Holders]:
    for fact in way:
        holders = frozenset(fact)
        found = _minimal(s if s & holders else s | {h} for s in found for h in (holders if not s & holders else {""}))
    return found


def _minimal(sets: Iterable[Holders]) -> set[Holders]:
    kept: list[Holders] = []
    for candidate in sorted(set(sets), key=len):
        if not any(smaller <= candidate for smaller in kept):
            kept.append(candidate)
    return set(kept)
