"""Ties across borders against chance: who would be tied to whom if nationality did not matter.

The null model keeps every tie and permutes people's country sets within strata. Counts are by unordered pairs of
sets, so that every statistic of a permutation is read from one small table.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

_BLOCK = 25  # permutations that share a seed
_CELLS = 4_000_000  # table cells held at a time


class Test(NamedTuple):
    """A statistic as observed and under permutation: mean, middle 95 %, and the smaller one-sided p, above 0.

    Whoever looks at both sides must use `two_sided`: of many true null hypotheses twice as many have a small `p`.
    """

    observed: float
    expected: float
    low: float
    high: float
    p: float

    @property
    def two_sided(self) -> float:
        """Twice the smaller p, at most 1."""
        return min(1.0, 2 * self.p)

    @property
    def ratio(self) -> float:
        """Observed over expected; NaN where nothing is expected."""
        return self.observed / self.expected if self.expected else float("nan")


class Crossing(NamedTuple):
    """Statistics by name, and one of each pair of `countries` that is observed or expected, by its two numbers."""

    countries: list[str]
    ties: int
    statistics: dict[str, Test]
    pairs: dict[tuple[int, int], Test]


class CountrySets(NamedTuple):
    """Distinct country sets. `of` is each person's, -1 where none is known; `share` has each set's countries in equal
    parts, one column a country; `apart` whether two sets have no country in common."""

    of: Ints
    countries: list[str]
    share: Reals
    apart: NDArray[np.bool_]


def country_sets(sets: Sequence[frozenset[str]]) -> CountrySets:
    """Number the distinct sets of countries."""
    distinct = sorted({tuple(sorted(found)) for found in sets if found})
    number = {found: at for at, found in enumerate(distinct)}
    countries = sorted({code for found in distinct for code in found})
    share = np.zeros((len(distinct), len(countries)))
    for at, found in enumerate(distinct):
        share[at, [countries.index(code) for code in found]] = 1.0 / len(found)
    of = np.array([number.get(tuple(sorted(found)), -1) for found in sets], dtype=np.int64)
    return CountrySets(of, countries, share, share @ share.T == 0)


def crossing(
    source: Ints, target: Ints, sets: CountrySets, strata: Ints, *, permutations: int = 2000, seed: int = 1,
    workers: int | None = None,
) -> Crossing:  # fmt: skip
    """Cross-border ties, E-I index, mixing, and the ties of each pair of countries, observed and by chance.

    A tie is across a border if its ends have no country in common; ties with an unknown end are left out. The E-I
    index is (external - internal) / all, -1..1; mixing is Newman's assortativity by country. A person of several
    countries counts in equal parts for each. Sets are permuted among people of one stratum whose countries are
    known. The same seed gives the same answer whatever the number of `workers`.

    Krackhardt & Stern (1988), Social Psychology Quarterly 51: 123-140; Newman (2003), Phys. Rev. E 67, 026126.
    """
    known = (sets.of[source] >= 0) & (sets.of[target] >= 0)
    source, target = source[known], target[known]
    size = len(sets.share)
    groups = [np.flatnonzero((strata == stratum) & (sets.of >= 0)) for stratum in np.unique(strata)]
    movable = [group for group in groups if len(group) > 1]
    linear = _by_countries(sets)

    def block(start: int) -> Reals:
        random = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, start])))
        of = sets.of.copy()
        rows = np.empty((min(_BLOCK, permutations - start), linear.shape[1]))
        for row in rows:
            for group in movable:
                of[group] = random.permutation(of[group])
            row[:] = linear.T @ np.bincount(of[source] * size + of[target], minlength=size * size)
        return rows

    observed = linear.T @ np.bincount(sets.of[source] * size + sets.of[target], minlength=size * size)
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        drawn = np.concatenate(list(pool.map(block, range(0, permutations, _BLOCK))) or [observed[None]])
    return _tested(sets, len(source), observed, drawn)


def participation(source: Ints, target: Ints, sets: CountrySets) -> Reals:
    """How evenly each person's contacts are spread over countries: 1 - sum of squared shares; NaN without any known.

    0 where all are of one country. Guimera & Amaral (2005), Nature 433: 895-900.
    """
    from scipy.sparse import csr_matrix

    people = len(sets.of)
    tied = csr_matrix((np.ones(2 * len(source)), (np.r_[source, target], np.r_[target, source])), (people, people))
    share = np.where(sets.of[:, None] >= 0, sets.share[sets.of], 0.0) if len(sets.share) else np.zeros((people, 1))
    counts = np.asarray(tied @ share)
    total = counts.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, 1.0 - (counts**2).sum(axis=1) / total**2, np.nan)


def false_discovery(p: Reals) -> Reals:
    """The rate of false discoveries at which each test would pass. Benjamini & Hochberg (1995), JRSS B 57: 289-300."""
    order = np.argsort(-p, kind="stable")
    scaled = p[order] * len(p) / np.arange(len(p), 0, -1)
    found = np.empty(len(p))
    found[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return found


def _by_countries(sets: CountrySets) -> csr_matrix[Any]:
    """From counts by ordered pair of sets to ties across a border, then to ties by ordered pair of countries."""
    from scipy.sparse import csr_matrix, hstack, kron

    share = csr_matrix(sets.share)
    made: csr_matrix[Any] = csr_matrix(
        hstack([csr_matrix(sets.apart.reshape(-1, 1).astype(float)), kron(share, share)])
    )
    return made


def _tested(sets: CountrySets, ties: int, observed: Reals, drawn: Reals) -> Crossing:
    count = len(sets.countries)
    across, table = observed[0], _symmetric(observed[None, 1:], count)
    across_drawn, table_drawn = drawn[:, 0], _symmetric(drawn[:, 1:], count)
    statistics = {
        "ties across a border": _test(across, across_drawn),
        "E-I index": _test(_ei(across, ties), _ei(across_drawn, ties)),
        "mixing by country": _test(_mixing(table)[0], _mixing(table_drawn)),
    }
    pairs = {}
    for i in range(count):
        for j in range(i, count):
            both = 1 if i == j else 2
            seen, by_chance = both * table[0, i, j], both * table_drawn[:, i, j]
            if seen or by_chance.any():
                pairs[i, j] = _test(float(seen), by_chance)
    return Crossing(sets.countries, ties, statistics, pairs)


def _symmetric(flat: Reals, count: int) -> Reals:
    table = flat.reshape(len(flat), count, count)
    return (table + table.transpose(0, 2, 1)) / 2


def _ei(across: Any, ties: int) -> Any:
    return (2 * across - ties) / ties if ties else across * np.nan


def _mixing(table: Reals) -> Reals:
    total = table.sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = table.sum(axis=2) / total[:, None]
        by_chance = (ends**2).sum(axis=1)
        found: Reals = (np.trace(table, axis1=1, axis2=2) / total - by_chance) / (1 - by_chance)
    return found


def _test(observed: float, drawn: Reals) -> Test:
    near = 1e-9 * max(1.0, abs(float(observed)))
    fewer, more = int((drawn <= observed + near).sum()), int((drawn >= observed - near).sum())
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Test(
        float(observed), float(drawn.mean()), float(low), float(high), (1 + min(fewer, more)) / (1 + len(drawn))
    )
