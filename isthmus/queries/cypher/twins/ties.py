"""Ties as arrays, and what the twins read off them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.queries.backing import CountrySets

    Ints = NDArray[np.int64]
    Rows = list[dict[str, Any]]


class Ties(NamedTuple):
    """Ties by the positions of their ends, and the row of each one's statement."""

    source: Ints
    target: Ints
    row: Ints

    def where(self, chosen: NDArray[Any] | slice | list[bool]) -> Ties:
        """Those chosen by a mask, in an order, or a slice of them."""
        return Ties(*(column[chosen] for column in self))


def ties_of(graph: Graph) -> Ties:
    """All ties of a graph."""
    table = graph.statement_table
    row = np.flatnonzero((table["value_at"] >= 0) & (table["affirmed"] > 0))
    return Ties(table["subject"][row].astype(np.int64), table["value_at"][row].astype(np.int64), row)


def of_kinds(graph: Graph, ties: Ties, kinds: Collection[str]) -> NDArray[np.bool_]:
    """Which ties are of one of these kinds."""
    found: NDArray[np.bool_] = graph.statement_table.coded("property").among(kinds)[ties.row]
    return found


def by_target(ties: Ties) -> Ties:
    """In the order of source, target and kind: statements already go by source, kind and target."""
    return ties.where(np.lexsort((ties.row, ties.target, ties.source)))


def apart(sets: CountrySets, one: Ints, other: Ints) -> NDArray[np.bool_]:
    """Whether the countries of both are known, and none is of both."""
    a, b = sets.bits[one], sets.bits[other]
    found: NDArray[np.bool_] = np.logical_and(a.any(axis=1) & b.any(axis=1), ~(a & b).any(axis=1))
    return found


def codes_of(sets: CountrySets, bits: NDArray[np.uint64]) -> list[str]:
    """The countries that these bits stand for."""
    return [code for at, code in enumerate(sets.codes) if int(bits[at // 64]) >> at % 64 & 1]


def later(group: Ints) -> Ints:
    """How many rows of each one's group come after it; rows of a group stand together."""
    ends = np.flatnonzero(np.diff(group, append=-1)) + 1
    sizes = np.diff(ends, prepend=0)
    found: Ints = np.repeat(ends, sizes) - np.arange(len(group)) - 1
    return found


def with_later(at: Ints, many: Ints) -> tuple[Ints, Ints]:
    """Each of `at` with as many of the places after it as `many` says."""
    left = np.repeat(at, many)
    begins = np.repeat(np.cumsum(many) - many, many)
    return left, left + 1 + np.arange(len(left)) - begins
