from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.errors import BadQuestion
from isthmus.queries.chance import chance, stratum_of
from isthmus.queries.country_matrix import country_matrix
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


def test_what_cannot_be_asked(drawn: Graph, case: Case) -> None:
    with pytest.raises(BadQuestion, match="no stratum"):
        chance(drawn, strata=["age"])  # type: ignore[list-item]
    with pytest.raises(BadQuestion, match="permutations"):
        chance(drawn, permutations=0)
    assert case.file is drawn.file


def test_an_empty_case(case: Case) -> None:
    graph = case.graph()
    assert chance(graph, permutations=5).robustness["ties compared"] == 0
    assert country_matrix(graph).table.empty
