"""Two people tied, their countries disjoint or partly shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from isthmus.graph.fold.columns import iso_dates
from isthmus.graph.fold.table import Coded, objects
from isthmus.graph.schema import schema
from isthmus.queries.behind import Groups
from isthmus.queries.borders.rows import count, rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.graph.people import People
    from isthmus.queries.borders.rows import Rows
    from isthmus.queries.support import CountrySets, Support


def pairs(graph: Graph, countries: CountrySets, support: Support, left_out: dict[str, int]) -> Rows:
    """Rows in the order of overlap and of the people's ids."""
    people = graph.people()
    left, right = people.positions[people.source], people.positions[people.target]
    words = countries.overlap(left, right)
    disjoint, partly, same, unknown = (words.codes == code for code in range(4))
    count(left_out, "pairs in the same country", int(same.sum()))
    count(left_out, "pairs with a country unknown", int(unknown.sum()))
    at = np.concatenate([np.flatnonzero(disjoint), np.flatnonzero(partly)])  # pairs come in the order of ids
    groups = _behind(people, at, graph.statement_table["probability"])
    first, table = groups.firsts, graph.statement_table
    rows = rows_of(
        "pair", support, left[at], right[at],
        countries=countries.text(left[at]), object_countries=countries.text(right[at]), overlap=words.texts(at),
        tie=_tie_words(graph, people.basis_weight[at] > 0, groups),
        first=iso_dates(people.first[at]), last=iso_dates(people.last[at]),
        grade=table.at("grade", first), origins=table["origins"][first],
    )  # fmt: skip
    return rows, groups


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


def _tie_words(graph: Graph, bases: NDArray[np.bool_], groups: Groups) -> NDArray[np.object_]:
    """Ties stated between two people, else what they share: one text for each set of them."""
    property_of = graph.statement_table.coded("property")
    direct = {name for name, declared in schema().ties.items() if "basis" in declared}
    stated = sorted(direct & set(property_of.distinct))
    shared = [name for name in schema().bases if name not in ("direct", "kin")]
    number = np.array([stated.index(name) if name in direct else -1 for name in property_of.distinct], dtype=np.int64)
    kind = number[property_of.codes[groups.flat]]
    kind[~graph.of_kind("Person")[graph.statement_table["value_at"][groups.flat]]] = -1
    bits = np.where(kind < 0, 0, np.int64(1) << np.maximum(kind, 0))
    has = np.bitwise_or.reduceat(bits, groups.offsets[:-1]) if len(bits) else bits
    columns = [at for at, name in enumerate(schema().bases) if name in shared]
    for place, column in enumerate(columns, start=len(stated)):
        has |= bases[:, column].astype(np.int64) << place
    code, sets = pd.factorize(has)
    names = [*stated, *shared]
    texts = [", ".join(name for at, name in enumerate(names) if int(one) >> at & 1) for one in sets]
    return Coded(code.astype(np.int32), objects(texts)).texts()
