"""Does a finding depend on what counts as a tie? A specification curve over the bases of ties.

Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4: 1208-1214; for covert networks Gutfraind & Genkin
(2017), Social Networks 49.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.schema import schema
from isthmus.queries.measures.network import Network, Reals
from isthmus.queries.robustness.agreement import overlap, ranks, tau

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.people import People

MOST = 255
"""At most so many combinations: all of eight bases; a stated sample of more."""


def of_bases(people: People, chosen: Sequence[str], weight_of: Reals | None = None) -> Network:
    """The network of the ties that have one of the `chosen` bases, weighed by these alone.

    `weight_of` has the weight of each pair, by row, on each basis: those of `people` if not given.
    """
    columns = [schema().bases.index(name) for name in chosen]
    weight = (people.basis_weight if weight_of is None else weight_of)[:, columns].sum(axis=1)
    kept = weight > 0
    return Network(len(people.positions), people.source[kept], people.target[kept], weight[kept])


def present(people: People) -> list[str]:
    """The bases that some tie has."""
    return [name for at, name in enumerate(schema().bases) if people.basis_weight[:, at].any()]


def specifications(bases: Sequence[str], seed: int) -> list[tuple[str, ...]]:
    """Every combination of bases, the whole first; a sample by `seed` where there are more than `MOST`."""
    every = [chosen for size in range(len(bases), 0, -1) for chosen in combinations(bases, size)]
    if len(every) <= MOST:
        return every
    picked = np.random.default_rng(seed).choice(np.arange(1, len(every)), MOST - 1, replace=False)
    return [every[0], *(every[at] for at in sorted(picked))]


def curve(
    people: People, score: Callable[[Network], Reals], eligible: NDArray[np.bool_], *, k: int = 10, seed: int = 1,
    weight_of: Reals | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The ranking under every combination of bases against that under all of them.

    Gives the combinations with their agreement, each person's rank in each, and the bases that a place among the
    first `k` cannot do without: those in whose absence the person is never there. `weight_of`: see `of_bases`.
    """
    bases = present(people)
    chosen = specifications(bases, seed)
    drawn = [of_bases(people, names, weight_of) for names in chosen]
    rows = np.array([ranks(np.where(eligible, score(graph), np.nan)) for graph in drawn])
    if not len(rows):
        return {"specifications": [], "ranks": rows, "needs": {}}
    told = [
        {"bases": list(names), "ties": graph.m, "top 1": float(one), "top k": float(several),
         "tau": None if np.isnan(agree) else round(float(agree), 4)}
        for names, graph, one, several, agree in zip(
            chosen, drawn, overlap(rows[0], rows, 1), overlap(rows[0], rows, k), tau(rows[0], rows), strict=True)
    ]  # fmt: skip
    top = (rows <= k) & np.array([graph.degree > 0 for graph in drawn])
    needs: dict[int, list[str]] = {}
    for name in bases if len(bases) > 1 else ():
        without = np.array([name not in names for names in chosen])
        for person in np.flatnonzero(top[0] & ~top[without].any(axis=0)):
            needs.setdefault(int(person), []).append(name)
    return {"specifications": told, "ranks": rows, "needs": needs}
