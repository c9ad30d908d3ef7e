"""Are there more ties across borders than chance would give, and between which countries?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import numpy as np

from isthmus.graph.dates import MIN_DAY
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import words
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding, of_records
from isthmus.queries.measures.crossing import Crossing, Test, country_sets, crossing, false_discovery, participation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph
    from isthmus.graph.people import People
    from isthmus.queries.measures.crossing import CountrySets

Stratum = Literal["role", "year"]
STRATA: tuple[Stratum, ...] = ("role", "year")
COLUMNS = ["what", "observed", "expected", "ratio", "low", "high", "p", "q"]
_LEAST = 5.0
"""A pair of countries with fewer expected ties than this, and fewer observed, says nothing alone."""


def chance(
    graph: Graph,
    *,
    country_rule: CountryRule = "citizenship",
    strata: Texts = STRATA,
    bases: Texts | None = None,
    permutations: int = 2000,
    seed: int = 1,
) -> Finding:
    """Ties across borders, E-I index, mixing and each pair of countries, observed over expected by chance.

    The null model keeps every tie between people and permutes their country sets within `strata`: class of role
    (`ROLES`) and first active year. `p` is one-sided, in the direction observed; `q` is the rate of false
    discoveries over the pairs, of two-sided p's: the direction was not named beforehand. A tie is across a border if the countries are disjoint; a person of several
    countries counts in equal parts for each.

    Krackhardt & Stern (1988), Social Psychology Quarterly 51: 123-140; Newman (2003), Phys. Rev. E 67, 026126;
    Guimera & Amaral (2005), Nature 433: 895-900.

    Raises
    ------
    BadQuestion
        A rule, stratum or basis that does not exist.
    """
    within, bases = words(strata, STRATA, "stratum"), words(bases, schema().bases, "basis") or None
    if permutations < 1:
        raise BadQuestion(f"{permutations} permutations: give 1 or more")
    people = graph.people(bases)
    every = graph.countries(country_rule)
    sets = country_sets([every[at] for at in people.positions])
    classes = stratum_of(graph, people, within)
    found = crossing(people.source, people.target, sets, classes, permutations=permutations, seed=seed)
    rows, groups = _table(people, sets, found)
    known = sets.of >= 0
    alone = sum(1 for count in Counter(classes[known].tolist()).values() if count == 1)
    spread = participation(people.source, people.target, sets)
    return Finding(
        name="chance",
        table=of_records(COLUMNS, rows),
        method=f"Every tie is kept; people's country sets ({country_rule}) are permuted {permutations:,} times within "
        f"{' and '.join(within) or 'the whole'}. Expected: the mean; low and high: the middle 95 %. p: one-sided, "
        "in the direction observed. q: the rate of false discoveries over the pairs of countries, from twice p.",
        parameters={
            "country_rule": country_rule, "strata": list(within), "bases": list(bases or []),
            "permutations": permutations, **graph.arguments,
        },
        claims=Backing(graph).claim_ids(groups),
        literature=("Krackhardt & Stern (1988)", "Newman (2003)", "Guimera & Amaral (2005)", "Benjamini & Hochberg (1995)"),
        robustness={
            "ties compared": found.ties,
            "strata": f"{len(np.unique(classes[known]))}, {alone} of one person, who is never permuted",
            "mean participation": round(float(np.nanmean(spread)), 4) if (~np.isnan(spread)).any() else None,
        },
        caveats=(
            "The index alone misleads: few people of one's own country make any tie likely to cross a border.",
            "More ties than expected may be more sources: see isthmus cross-border --matrix for the coverage.",
        ),
        left_out={
            **graph.left_out, **people.left_out,
            **_counted("ties with a country unknown", len(people.source) - found.ties),
            **_counted("people whose country is unknown", int((~known).sum())),
            **_counted("pairs of countries with under five ties observed and expected",
                       len(found.pairs) + len(found.statistics) - len(rows)),
        },
        seed=seed,
    )  # fmt: skip


def stratum_of(graph: Graph, people: People, strata: Sequence[Stratum]) -> NDArray[np.int64]:
    """A number for each person's combination of class of role and first active year."""
    keys = np.zeros(len(people.positions), dtype=np.int64)
    if "role" in strata:
        keys += _role_class(graph)[people.positions]
    if "year" in strata:
        keys = keys * 10_000 + _first_year(graph)[people.positions]
    _, number = np.unique(keys, return_inverse=True)
    return number.astype(np.int64)


def _role_class(graph: Graph) -> NDArray[np.int64]:
    """Class of role by a person's own ties, the first that fits in the order of the vocabulary; any other is the last."""
    classes: dict[str, list[str]] = {name: [] for name in schema().acts}
    for kind, tie in schema().ties.items():
        if tie.acts:
            classes[tie.acts].append(kind)
    found = np.full(len(graph.ids), len(classes), dtype=np.int64)
    for number, kinds in reversed(list(enumerate(classes.values()))):
        found[graph.ties_of(kinds)["source"]] = number
    return found


def _first_year(graph: Graph) -> NDArray[np.int64]:
    """Year of the first dated tie that is a basis of ties between people; 0 where none is dated."""
    acts = [kind for kind, declared in schema().ties.items() if declared.basis or declared.joins]
    ties = graph.ties_of(acts)
    ties = ties.take(ties["first_day"] > MIN_DAY)
    first = np.full(len(graph.ids), np.iinfo(np.int64).max)
    for end in ("source", "target"):
        np.minimum.at(first, ties[end], ties["first_day"])
    return np.where(first < np.iinfo(np.int64).max, (first / 365.2425).astype(np.int64) + 1, 0)


def likely(found: Crossing) -> dict[tuple[int, int], Test]:
    """The pairs of countries of which enough ties are observed or expected to say anything."""
    return {pair: test for pair, test in found.pairs.items() if max(test.observed, test.expected) >= _LEAST}


def rates(pairs: dict[tuple[int, int], Test]) -> NDArray[np.float64]:
    """The rate of false discoveries at which each pair would pass, over all of them."""
    return false_discovery(np.array([test.two_sided for test in pairs.values()]))


def _table(people: People, sets: CountrySets, found: Crossing) -> tuple[list[dict[str, object]], list[list[int]]]:
    pairs = likely(found)
    q = rates(pairs).tolist()
    rows = [_row(name, test, None) for name, test in found.statistics.items()]
    listed = sorted(zip(pairs.items(), q, strict=True), key=lambda item: (item[0][1].p, item[0][0]))
    rows += [_row(f"{found.countries[i]}–{found.countries[j]}", test, rate) for ((i, j), test), rate in listed]
    ends = sets.of[people.source], sets.of[people.target]
    both = (ends[0] >= 0) & (ends[1] >= 0)
    groups = [_statements(people, np.flatnonzero(both))] * len(found.statistics)
    for ((i, j), _), _rate in listed:
        touch = [
            (sets.share[ends[0], a] > 0) & (sets.share[ends[1], b] > 0) for a, b in ((i, j), (j, i))
        ] if len(sets.share) else []  # fmt: skip
        groups.append(_statements(people, np.flatnonzero(both & np.logical_or(*touch))))
    return rows, groups


def _row(name: str, test: Test, q: float | None) -> dict[str, object]:
    numbers = {key: round(getattr(test, key), 4) for key in ("observed", "expected", "ratio", "low", "high", "p")}
    if name in ("E-I index", "mixing by country"):
        numbers["ratio"] = float("nan")  # of two numbers that may be negative a ratio says nothing
    return {"what": name, **numbers, "q": None if q is None else round(q, 4)}


def _statements(people: People, pairs: NDArray[np.int64]) -> list[int]:
    return list(dict.fromkeys(row for pair in pairs for row in people.statements(int(pair))))


def _counted(reason: str, count: int) -> dict[str, int]:
    return {reason: count} if count else {}
