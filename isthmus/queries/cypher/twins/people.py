"""Who is tied to whom, outright or through what they share."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.backing import CountrySets
from isthmus.queries.cypher.twins.ties import codes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.queries.cypher.twins.ties import Rows

    Ints = NDArray[np.int64]


def brokers_by_country_span(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:
    """Whose contacts come from the most countries other than their own."""
    one, other = _pairs(graph)
    sets, shown = CountrySets(graph, "citizenship"), graph.shown
    held = np.zeros_like(sets.bits)
    for word in range(held.shape[1]):
        np.bitwise_or.at(held[:, word], one, sets.bits[other, word])
        np.bitwise_or.at(held[:, word], other, sets.bits[one, word])
    held &= ~sets.bits
    wide = np.bitwise_count(held).sum(axis=1, dtype=np.int64)
    contacts = np.bincount(one, minlength=len(held)) + np.bincount(other, minlength=len(held))
    at = np.flatnonzero((wide > 0) & shown["ranked"])
    at = at[np.lexsort((at, -contacts[at], -wide[at]))][: min(given["limit"], most)]
    return [
        {"person": str(graph.ids[i]), "label": str(shown["label"][i]), "status": str(shown["status"][i]),
         "own_countries": sets.of(i), "contacts": int(contacts[i]), "other_countries": codes_of(sets, held[i])}
        for i in at.tolist()
    ]  # fmt: skip


def country_matrix(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:  # noqa: ARG001  it has no parameters
    """How many pairs of tied people join each two countries."""
    one, other = _pairs(graph)
    sets = CountrySets(graph, "citizenship")
    distinct, code = np.unique(sets.bits, axis=0, return_inverse=True)
    code = code.reshape(-1)
    found = np.bincount(code[one] * len(distinct) + code[other], minlength=len(distinct) ** 2)
    pairs: Counter[tuple[str, str]] = Counter()
    for place in np.flatnonzero(found).tolist():
        ends = [codes_of(sets, distinct[end]) for end in divmod(place, len(distinct))]
        for cell in {(min(pair), max(pair)) for pair in product(*ends)}:
            pairs[cell] += int(found[place])
    return [{"country": a, "other": b, "pairs": pairs[a, b]} for a, b in sorted(pairs)][:most]


def _pairs(graph: Graph) -> tuple[Ints, Ints]:
    """Each two people who are tied outright or through what they share, once; the lower position first."""
    people = graph.people()
    return people.positions[people.source], people.positions[people.target]
