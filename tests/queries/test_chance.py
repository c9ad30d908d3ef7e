from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from isthmus.graph.errors import BadQuestion
from isthmus.queries.chance import chance, likely, rates, stratum_of
from isthmus.queries.country_matrix import country_matrix
from isthmus.queries.measures.crossing import country_sets, crossing
from tests.queries import small

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph

PEOPLE = dict.fromkeys("abcdef", "Person") | {"plot": "Event"}
TIES = [
    ("a", "citizen_of", "BE"), ("b", "citizen_of", "BE"), ("c", "citizen_of", "FR"), ("d", "citizen_of", "FR"),
    ("e", "citizen_of", "BE"), ("e", "citizen_of", "MA"),
    ("a", "met", "b", "B2", "s1", "2014"), ("b", "met", "c", "B2", "s2", "2015"), ("c", "met", "d", "B2", "s2", "2015"),
    ("d", "met", "e", "B2", "s1", "2015"), ("e", "met", "f", "B2", "s1", "2015"),
    ("a", "directed", "plot", "B2", "s1", "2015"),
]  # fmt: skip


@pytest.fixture
def drawn(case: Case) -> Graph:
    return small.graph(case, PEOPLE, TIES)


def test_observed_and_left_out(drawn: Graph) -> None:
    found = chance(drawn, strata=[], permutations=100)
    rows = found.table.set_index("what")
    assert rows.loc["ties across a border", "observed"] == 2  # b - c and d - e
    assert rows.loc["E-I index", "observed"] == 0
    assert found.robustness["ties compared"] == 4
    assert found.left_out["ties with a country unknown"] == 1
    assert found.left_out["people whose country is unknown"] == 1
    assert len(found.claims) == len(found.table)
    assert len(found.claims[0]) == 4


def test_same_seed_same_answer(drawn: Graph) -> None:
    one, again, other = (chance(drawn, permutations=50, seed=seed).table for seed in (3, 3, 4))
    assert one.equals(again)
    assert set(one["what"]) == set(other["what"])


def test_strata_follow_role_and_year(drawn: Graph) -> None:
    people = drawn.people()
    role = dict(zip(people.ids, stratum_of(drawn, people, ["role"]).tolist(), strict=True))
    assert role["a"] != role["b"] == role["c"]
    year = dict(zip(people.ids, stratum_of(drawn, people, ["year"]).tolist(), strict=True))
    assert year["a"] == year["b"] != year["c"] == year["d"]
    assert not np.any(stratum_of(drawn, people, []))


def test_matrix_adds_up_and_stands_beside_its_sources(drawn: Graph) -> None:
    found = country_matrix(drawn)
    table = found.table.set_index("country")
    cells = table[["BE", "FR", "MA"]].to_numpy(float)
    assert (cells == cells.T).all()
    assert np.triu(cells).sum() == 4
    assert (table.loc["BE", "FR"], table.loc["FR", "MA"], table.loc["BE", "BE"]) == (1.5, 0.5, 1)
    assert table["people"].tolist() == [2.5, 2, 0.5]
    assert table["sources"].tolist() == [2, 2, 1]
    assert found.left_out["ties with a country unknown"] == 1


def planted(case: Case, seed: int, people: int, ties: int) -> Graph:
    """A network without structure: ties and countries are drawn apart from each other."""
    random = np.random.default_rng(seed)
    names = [f"p{at:03}" for at in range(people)]
    code = random.choice(["BE", "DE", "FR", "MA"], people)
    pairs = random.choice(people * (people - 1) // 2, ties, replace=False)
    low, high = np.triu_indices(people, 1)
    made = [(name, "citizen_of", str(of)) for name, of in zip(names, code, strict=True)]
    made += [(names[low[pair]], "met", names[high[pair]]) for pair in pairs]
    return small.graph(case, dict.fromkeys(names, "Person"), made)


def false_finds(networks: int, *, people: int, ties: int, permutations: int) -> tuple[float, float]:
    """Networks without structure: in what share a pair of countries passes at a false discovery rate of 5 %, and the
    share of all pairs whose two-sided p is at most 0.05."""
    passed, p = 0, list[float]()
    low, high = np.triu_indices(people, 1)
    for seed in range(networks):
        random = np.random.default_rng(seed)
        sets = country_sets([frozenset({str(code)}) for code in random.choice(["BE", "DE", "FR", "MA"], people)])
        pairs = random.choice(len(low), ties, replace=False)
        strata = np.zeros(people, np.int64)
        found = likely(crossing(low[pairs], high[pairs], sets, strata, permutations=permutations, seed=seed))
        passed += bool((rates(found) <= 0.05).any())
        p += [test.two_sided for test in found.values()]
    return passed / networks, float(np.mean(np.array(p) <= 0.05))


def test_q_keeps_its_rate_where_there_is_nothing_to_find() -> None:
    """From one-sided p's, of which 7.6 % are at most 0.05 here, 9 of the 120 would pass."""
    found, tests = false_finds(120, people=60, ties=300, permutations=600)
    assert found <= 0.05
    assert tests <= 0.05


@pytest.mark.soak
def test_q_keeps_its_rate_in_many_larger_networks() -> None:
    found, tests = false_finds(600, people=300, ties=3000, permutations=1000)
    assert found <= 0.05
    assert tests <= 0.05


def test_q_is_of_two_sided_ps(case: Case) -> None:
    table = chance(planted(case, 1, 60, 400), permutations=200).table
    pairs = table[table["q"].notna()]
    assert len(pairs) > 5
    twice = false_discovery_control(np.minimum(1, 2 * pairs["p"].to_numpy(float)))
    assert pairs["q"].tolist() == pytest.approx(twice, abs=1e-3)  # of p as printed


def test_what_cannot_be_asked(drawn: Graph, case: Case) -> None:
    with pytest.raises(BadQuestion, match="no stratum"):
        chance(drawn, strata=["age"])
    with pytest.raises(BadQuestion, match="permutations"):
        chance(drawn, permutations=0)
    assert case.file is drawn.file


def test_an_empty_case(case: Case) -> None:
    graph = case.graph
    assert chance(graph, permutations=5).robustness["ties compared"] == 0
    assert country_matrix(graph).table.empty
