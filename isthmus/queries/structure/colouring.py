"""The two sides of two-mode data: kinds of node that are only ever tied across."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Sides = tuple[frozenset[str], frozenset[str]]


def sides(ties: Iterable[tuple[str, str]]) -> list[Sides]:
    """The kinds on either side, for each part of the kinds that ties join; nothing where there are no two sides.

    `ties` are the kinds of the ends. Kinds are coloured in two colours, so that persons tied to events and events
    to places give persons and places on one side: a person and a place are no pair that could be tied.
    """
    near: dict[str, set[str]] = {}
    for one, other in ties:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    side: dict[str, bool] = {}
    found = []
    for first in sorted(near):
        if first in side:
            continue
        side[first], queue = True, [first]
        for kind in queue:
            for other in near[kind]:
                if other not in side:
                    side[other] = not side[kind]
                    queue.append(other)
        found.append((frozenset(k for k in queue if side[k]), frozenset(k for k in queue if not side[k])))
    return found if all(side[one] != side[other] for one, others in near.items() for other in others) else []
