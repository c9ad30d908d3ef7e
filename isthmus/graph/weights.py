"""The numbers that sources put on ties, as weights of the projection on people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.people import People

    Reals = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEAST = 1e-100
"""Weights lie between this and its inverse: beyond, sums and lengths would overflow."""


@dataclass(frozen=True)
class Weights:
    """Weights of tied pairs: `of_basis` has a row a pair and a column a basis, as `People.basis_weight`.

    Where a source states a number above 0 for a tie between two people, the largest stands for its basis of the pair;
    all else weighs as in `People`. `stated` are the pairs that have one. `unused` counts ties whose number is not
    above 0, or no number: they weigh 1. `sources` counts those that state numbers, each on a scale of its own.
    """

    of_basis: Reals
    stated: Flags
    unused: int
    sources: int

    @property
    def any(self) -> bool:
        """Whether a source states a weight at all."""
        return bool(self.stated.any())


def weights(people: People) -> Weights:
    """What the sources behind these pairs state."""
    number, sources = _numbers(people.graph)
    outright = np.flatnonzero(people.behind[:, 1] < 0)
    outright = outright[~np.isnan(number[people.behind[outright, 0]])]
    pair = np.repeat(np.arange(len(people.source)), np.diff(people.offsets))[outright]
    row = people.behind[outright, 0]
    usable = number[row] > 0
    bases = {kind: declared.basis for kind, declared in schema().ties.items() if declared.basis}
    basis = people.graph.statement_table.coded("property").take(row[usable]).of(
        lambda kind: schema().bases.index(bases[kind]) if kind in bases else -1, np.int64
    )  # fmt: skip
    told = np.zeros(people.basis_weight.shape)
    np.maximum.at(told, (pair[usable], basis), number[row[usable]])
    stated = np.asarray((told > 0).any(axis=1))
    of_basis = np.where(told > 0, told, people.basis_weight)
    return Weights(of_basis, stated, len(np.unique(row[~usable])), sources if usable.any() else 0)


def _numbers(graph: Folded) -> tuple[Reals, int]:
    """The largest number that an affirming claim of each statement states, NaN where none does; and of how many sources."""
    claims = graph.claim_table
    stated = claims.coded("qualifiers").of(_stated, np.float64)
    rows = np.flatnonzero(~np.isnan(stated) & claims.coded("polarity").among({"affirmed"}))
    found = np.full(len(graph.statement_table["subject"]), -np.inf)
    np.maximum.at(found, claims["statement"][rows], stated[rows])
    return np.where(np.isneginf(found), np.nan, found), len(claims.coded("source").used(rows)) if len(rows) else 0


def _stated(qualifiers: str) -> float:
    """The weight among a claim's qualifiers: NaN where it states none, 0 where that cannot serve as a weight."""
    text = json.loads(qualifiers).get("weight") if '"weight"' in qualifiers else None
    if not text:
        return np.nan
    try:
        weight = float(text)
        return weight if LEAST <= weight <= 1 / LEAST else 0.0
    except ValueError:
        return 0.0
