"""Ties between people by country and country, beside how much the sources say of each country."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.given import words
from isthmus.graph.record import reading
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.figures import figure
from isthmus.queries.finding import Finding, of_records
from isthmus.queries.measures.crossing import country_sets

if TYPE_CHECKING:
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph


def country_matrix(graph: Graph, *, country_rule: CountryRule = "citizenship", bases: Texts | None = None) -> Finding:
    """One row a country: people, ties with people of each country, and the sources that speak of it by language.

    A person of several countries counts in equal parts for each; the diagonal holds ties within a country. A source
    speaks of a country if a claim of it is about one of its people, events, cells or places, or about itself.
    """
    bases = words(bases, schema().bases, "basis") or None
    people = graph.people(bases)
    every = graph.countries(country_rule)
    sets = country_sets([every[at] for at in people.positions])
    table, inside = _ties(people.source, people.target, sets.of, sets.share)
    known = sets.of >= 0
    count = sets.share[sets.of[known]].sum(axis=0) if len(sets.share) else np.zeros(0)
    coverage = _coverage(graph, every)
    rows = [
        {
            "country": code, "people": round(float(count[at]), 2),
            **{other: round(float(table[at, to]), 2) for to, other in enumerate(sets.countries)},
            "ties": _text(sets.countries, table[at]), "sources": len(coverage[code]), "languages": _languages(coverage[code]),
        }
        for at, code in enumerate(sets.countries)
    ]  # fmt: skip
    touching = (
        inside & _touches(people.source, people.target, sets.of, sets.share[:, at]) for at in range(len(sets.countries))
    )
    groups = [people.statements_of(pairs).tolist() for pairs in touching]
    return Finding(
        name="country-matrix",
        table=of_records(["country", "people", *sets.countries, "ties", "sources", "languages"], rows),
        method=f"Ties between two people by their countries ({country_rule}); a person of several countries counts in "
        "equal parts for each, so that all cells, with each pair of countries once, add up to the ties.",
        parameters={"country_rule": country_rule, "bases": list(bases or []), **graph.arguments},
        claims=Backing(graph).claim_ids(groups),
        robustness={"ties counted": int(inside.sum())},
        caveats=(
            "Compare countries only beside their sources: where more is written, more ties are known.",
            "isthmus cross-border --chance says which of these numbers chance would give.",
        ),
        left_out={
            **graph.left_out, **people.left_out, "ties with a country unknown": int((~inside).sum()),
            "people whose country is unknown": int((~known).sum()),
        },
        sentence="{country}: {people} people; ties with {ties}\n{sources} sources: {languages}",
    )  # fmt: skip


def _ties(source: np.ndarray, target: np.ndarray, of: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inside = (of[source] >= 0) & (of[target] >= 0)
    if not len(share):
        return np.zeros((0, 0)), inside
    one_way = share[of[source[inside]]].T @ share[of[target[inside]]]
    return np.where(np.eye(len(one_way), dtype=bool), one_way, one_way + one_way.T), inside


def _text(countries: list[str], row: np.ndarray) -> str:
    """A row of the matrix in words, the strongest first."""
    order = sorted((-float(value), code) for code, value in zip(countries, row, strict=True) if value)
    return ", ".join(f"{code} {figure(-value)}" for value, code in order) or "none"


def _touches(source: np.ndarray, target: np.ndarray, of: np.ndarray, share: np.ndarray) -> np.ndarray:
    found: np.ndarray = (share[of[source]] > 0) | (share[of[target]] > 0)
    return found


def _coverage(graph: Graph, countries: list[frozenset[str]]) -> dict[str, dict[str, str]]:
    """For each country the sources that speak of it, with their languages."""
    languages = reading.languages(graph.file)
    found: dict[str, dict[str, str]] = {code: {} for codes in countries for code in codes}
    table, used = graph.claim_table, graph.claim_table.coded("source")
    ends = np.stack([table["subject_at"], table["value_at"], used.codes])
    keys = (ends[0].astype(np.int64) * (len(countries) + 2) + ends[1]) * len(used.entries) + ends[2]
    for subject, value, number in ends[:, np.unique(keys, return_index=True)[1]].T.tolist():
        source = used.entries[number]
        for code in countries[subject] | (countries[value] if value >= 0 else frozenset()):
            found[code][source] = languages.get(source) or "language unknown"
    return found


def _languages(sources: dict[str, str]) -> str:
    """Languages with their number of sources, the commonest first."""
    counts = Counter(sources.values())
    return ", ".join(
        f"{language} {count}" for language, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
