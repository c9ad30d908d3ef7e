"""Rows as a statement of Neo4j takes them: properties that many rows share go over the wire once a statement.

Of a relationship's properties only `statement` is its own; the others come in few combinations. Sent so, packing a
row took a fifth of the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph.cypher.projection import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from isthmus.graph.cypher.projection import Nodes, Ties
    from isthmus.graph.fold.table import Coded

    Part = list[tuple[Any, int, int]]
    Packed = dict[str, list[Any]]


def parts(groups: Sequence[Nodes] | Sequence[Ties], size: int) -> Iterator[Part]:
    """Slices of groups, together `size` rows a part."""
    part: Part = []
    room = size
    for group in groups:
        start = 0
        while start < len(group):
            stop = min(len(group), start + room)
            part.append((group, start, stop))
            room -= stop - start
            start = stop
            if not room:
                yield part
                part, room = [], size
    if part:
        yield part


def nodes(part: Part) -> Packed:
    """Rows of number, label, place among the shared properties, own properties."""
    packed: Packed = {"shared": [], "rows": []}
    for group, start, stop in part:
        first = group.first
        for at, (place, own) in enumerate(_split(group.columns, start, stop, packed["shared"]), start=first + start):
            packed["rows"].append([at, group.label, place, own])
    return packed


def ties(part: Part, ids: Sequence[str]) -> Packed:
    """Rows of the two ends, type, place among the shared properties, own properties; `ids` are those of the nodes."""
    packed: Packed = {"shared": [], "rows": []}
    for group, start, stop in part:
        source, target = group.source[start:stop].tolist(), group.target[start:stop].tolist()
        split = _split(group.columns, start, stop, packed["shared"])
        for a, b, (place, own) in zip(source, target, split, strict=True):
            packed["rows"].append([ids[a], ids[b], group.type, place, own])
    return packed


def _split(columns: dict[str, Coded], start: int, stop: int, shared: list[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each row where what it shares is, and what is its own; adds to `shared`."""
    at = np.arange(start, stop)
    taken = {name: column.take(at).compact() for name, column in columns.items()}
    own = {name: column for name, column in taken.items() if 2 * len(column.entries) > len(at)}
    which = np.zeros(len(at), dtype=np.int64)
    for name in taken.keys() - own.keys():
        column = taken[name]
        which = pd.factorize(which * (len(column.entries) + 1) + column.codes)[0]
    _, first = np.unique(which, return_index=True)
    places = (which + len(shared)).tolist()
    common = {name: column.take(first) for name, column in taken.items() if name not in own}
    shared += rows_of(common, 0, len(first))
    return zip(places, rows_of(own, 0, len(at)), strict=True)
