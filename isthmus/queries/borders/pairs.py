"""Two people tied, their countries disjoint or partly shared, or not to be told since one of the states ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.graph.fold.columns import iso_dates
from isthmus.graph.fold.table import Coded, numbered, objects
from isthmus.graph.schema import schema
from isthmus.queries.backing import OVERLAPS
from isthmus.queries.behind import Groups
from isthmus.queries.borders.crossing_rows import chosen, count, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.graph.people import People
    from isthmus.queries.backing import Backing, CountrySets
    from isthmus.queries.borders.crossing_rows import Rows


def pairs(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """Rows in the order of overlap and of the people's ids.

    A pair stands in the direction of its best evidenced tie that has one; of its other ties those that run against it
    are in the passive. Pairs without such a tie stand in the order of their ids.
    """
    people = graph.people()
    left_out.update(people.left_out)
    left, right = people.positions[people.source], people.positions[people.target]
    words = countries.overlap(left, right, people.last)
    disjoint, partly, same, unknown, successor = (words.codes == code for code in range(len(OVERLAPS)))
    count(left_out, "pairs in the same country", int(same.sum()))
    count(left_out, "pairs with a country unknown", int(unknown.sum()))
    at = np.concatenate([np.flatnonzero(wanted) for wanted in (disjoint, partly, successor)])
    groups = _behind(people, at, graph.statement_table["probability"])
    ties = _Stated.of(graph, groups, left[at])
    turned = ties.turned(groups)
    subject, target = np.where(turned, right[at], left[at]), np.where(turned, left[at], right[at])
    first, table = groups.firsts, graph.statement_table
    rows = rows_of(
        "pair", support, subject, target,
        countries=countries.text(subject), object_countries=countries.text(target), overlap=words.texts(at),
        tie=ties.words(groups, turned, people.basis_weight[at] > 0, people.certain[at]),
        first=iso_dates(people.first[at]), last=iso_dates(people.last[at]),
        grade=table.at("grade", first), origins=table["origins"][first],
    )  # fmt: skip
    order = np.lexsort((target, subject, words.codes[at]))  # positions are in the order of ids
    return chosen(rows, order), groups.take(order)


def _behind(people: People, pairs: NDArray[np.int64], chance: NDArray[np.float64]) -> Groups:
    """Statements behind each pair, each once, the best evidenced first."""
    found = Groups(np.arange(len(people.behind)), people.offsets).take(pairs)
    pair = np.repeat(np.arange(len(pairs)), 2 * np.diff(found.offsets))
    row = people.behind[found.flat].ravel()
    pair, row = pair[row >= 0], row[row >= 0]
    if len(row) > len(pairs):  # else each has one, and nothing needs an order
        order = np.lexsort((row, -chance[row], pair))
        pair, row = pair[order], row[order]
        new = np.append(True, (pair[1:] != pair[:-1]) | (row[1:] != row[:-1]))
        pair, row = pair[new], row[new]
    return Groups(row, np.searchsorted(pair, np.arange(len(pairs) + 1)).astype(np.int64))


POSSIBLY = " (possibly together)"
"""After what two people share where their dates allow that they were there one after the other."""


class _Stated(NamedTuple):
    """The statements behind pairs, end to end: the kind of those that tie two people outright, and which way it runs.

    `kind` is a place in `kinds`, -1 of any other statement. `way` is 1 from the pair's lower id to the higher, -1 the
    other way, 0 where the tie says the same of both.
    """

    kinds: list[str]
    kind: NDArray[np.int64]
    way: NDArray[np.int64]

    @classmethod
    def of(cls, graph: Graph, groups: Groups, low: NDArray[np.int64]) -> _Stated:
        """Of the statements behind pairs whose lower ids are those of `low`."""
        table, rows = graph.statement_table, groups.flat
        property_of = table.coded("property")
        kinds = sorted(schema().outright & set(property_of.distinct))
        number = np.array([kinds.index(name) if name in kinds else -1 for name in property_of.distinct], dtype=np.int64)
        kind = number[property_of.codes[rows]]
        kind[~graph.of_kind("Person")[table["value_at"][rows]]] = -1
        from_low = table["subject"][rows] == np.repeat(low, np.diff(groups.offsets))
        both = np.array([schema().symmetric(name) for name in kinds] + [True])  # the last is that of kind -1
        return cls(kinds, kind, np.where(both[kind], 0, np.where(from_low, 1, -1)))

    def turned(self, groups: Groups) -> NDArray[np.bool_]:
        """Which pairs are to stand with the higher id first."""
        at = np.flatnonzero(self.way)
        pair, first = np.unique(np.searchsorted(groups.offsets, at, side="right") - 1, return_index=True)
        found = np.zeros(len(groups.offsets) - 1, dtype=bool)
        found[pair] = self.way[at[first]] < 0
        return found

    def words(
        self, groups: Groups, turned: NDArray[np.bool_], bases: NDArray[np.bool_], certain: NDArray[np.bool_]
    ) -> NDArray[np.object_]:
        """Ties stated between two people as they read from the first, the passive ones last, and what the two share.

        What they may have shared at different times, and nothing else, is so marked.
        """
        backward = self.way == np.where(np.repeat(turned, np.diff(groups.offsets)), 1, -1)
        passive = [kind for kind in self.kinds if not schema().symmetric(kind)]
        back = np.array(
            [len(self.kinds) + passive.index(kind) if kind in passive else -1 for kind in self.kinds] + [-1]
        )
        place = np.where(backward, back[self.kind], self.kind)
        bits = np.where(place < 0, 0, np.int64(1) << np.maximum(place, 0))
        has = np.bitwise_or.reduceat(bits, groups.offsets[:-1]) if len(bits) else bits
        shared = [(schema().bases.index(name), name) for name in schema().joined]
        for at, (column, _) in enumerate(shared, start=len(self.kinds) + len(passive)):
            has |= bases[:, column].astype(np.int64) << at
        has = np.where(certain, has, ~has)
        code, sets = numbered(has)
        turned_round = [schema().reading(kind, backward=True) for kind in passive]
        names = [*self.kinds, *turned_round, *(name for _, name in shared)]
        texts = [
            ", ".join(name for at, name in enumerate(names) if (one if one >= 0 else ~one) >> at & 1)
            + (POSSIBLY if one < 0 else "")
            for one in sets.tolist()
        ]
        return Coded(code.astype(np.int32), objects(texts)).texts()
