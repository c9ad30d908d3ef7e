from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from isthmus.graph.errors import BadQuestion
from isthmus.queries.measures.catalogue import MEASURES
from isthmus.queries.rank import rank
from tests.queries import small

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph

# Two triangles joined by hub: a-b-c and d-e-f, hub tied to a and d; g hangs on f; out was acquitted, tied to hub.
PEOPLE = ["a", "b", "c", "d", "e", "f", "g", "hub", "out", "seen"]
PAIRS = ["a b", "b c", "a c", "d e", "e f", "d f", "hub a", "hub d", "f g", "out hub"]
TIES = [(*pair.split()[:1], "met", pair.split()[1]) for pair in PAIRS] + [("seen", "seen_with", "g")]


@pytest.fixture
def drawn(case: Case) -> Graph:
    return small.graph(case, dict.fromkeys(PEOPLE, "Person"), TIES, status={"out": "acquitted"})


def test_betweenness_on_paper(drawn: Graph) -> None:
    found = rank(drawn, "betweenness", draws=20)
    reference: nx.Graph[str] = nx.Graph()
    for pair in [*PAIRS, "seen g"]:
        reference.add_edge(*pair.split())
    expected = nx.betweenness_centrality(reference)
    rows = dict(zip(found.table["id"], found.table["value"], strict=True))
    assert rows == pytest.approx({name: expected[name] for name in rows}, abs=1e-6)
    assert found.table["id"].tolist()[0] == "hub"
    assert found.table["rank"].tolist() == sorted(found.table["rank"])


def test_the_acquitted_and_those_merely_seen_are_not_ranked(drawn: Graph) -> None:
    found = rank(drawn, "degree", top=0, draws=5)
    assert {"out", "seen"} & set(found.table["id"]) == set()
    assert found.left_out["people not ranked: acquitted, or tied by co-presence alone"] == 2


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_ranks_with_its_card(drawn: Graph, name: str) -> None:
    found = rank(drawn, name, draws=20, levels=[0.1])
    assert found.robustness["word"] in ("robust", "fairly robust", "fragile")
    assert len(found.robustness["settings"]) == 8
    assert len(found.claims) == len(found.table) > 0
    assert all(ids for ids in found.claims)
    assert (found.table["rank_low"] <= found.table["rank_high"]).all()


def test_card_at_no_error_is_one(drawn: Graph) -> None:
    for name in ("betweenness", "bridges", "constraint", "eigenvector"):
        for row in rank(drawn, name, draws=3, levels=[0.0]).robustness["settings"]:
            assert (row["top 1"], row["top 3"], row["top k"]) == (1, 1, 1)
            assert row["tau"] in (1.0, None)


def test_ties_and_what_they_cut_off(drawn: Graph) -> None:
    cut = rank(drawn, "bridges", top=1, draws=5).table
    # without d - hub each side has five people of ten; without a - hub the smaller has three
    assert list(zip(cut["id"], cut["other_id"], strict=True)) == [("d", "hub")]
    assert cut["value"].tolist() == [5]
    points = rank(drawn, "cut-points", top=1, draws=5).table
    # without d: e, f, g, seen on one side and five on the other; without hub: a, b, c and out beside five
    assert (points["id"].tolist(), points["value"].tolist()) == (["d", "hub"], [4, 4])


def test_over_bases_names_the_basis_a_place_needs(case: Case) -> None:
    ties = [
        ("a", "sibling_of", "b"),
        ("a", "sibling_of", "c"),
        ("a", "sibling_of", "d"),
        ("b", "met", "c"),
        ("b", "met", "d"),
    ]
    graph = small.graph(case, dict.fromkeys("abcd", "Person"), ties)
    found = rank(graph, "strength", over_bases=True, k=1, draws=5)
    assert found.table["id"].tolist()[:2] == ["a", "b"]
    assert [row["bases"] for row in found.robustness["specifications"]] == [["direct", "kin"], ["direct"], ["kin"]]
    assert found.robustness["needs one basis"] == {"A": ["kin"], "B": ["direct"]}
    whole = rank(graph, "strength", bases=["direct", "kin"], draws=5).table
    assert whole["value"].tolist() == found.table["value"].tolist()


def test_what_cannot_be_asked(drawn: Graph) -> None:
    with pytest.raises(BadQuestion, match="did you mean 'betweenness'"):
        rank(drawn, "betweeness")
    with pytest.raises(BadQuestion, match="no basis"):
        rank(drawn, "degree", bases=["kinship"])
    with pytest.raises(BadQuestion, match="level"):
        rank(drawn, "degree", levels=[5])
    with pytest.raises(BadQuestion, match="measure of ties"):
        rank(drawn, "bridges", over_bases=True)


def test_an_empty_case(case: Case) -> None:
    assert rank(case.graph, "betweenness").table.empty
    assert rank(case.graph, "bridges").table.empty


def test_what_would_take_hours_is_estimated_and_says_so(drawn: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from isthmus.queries.measures import catalogue

    assert not any("estimated" in caveat for caveat in rank(drawn, "betweenness", draws=3).caveats)
    monkeypatch.setattr(catalogue, "LARGE", 5)
    found = rank(drawn, "betweenness", draws=3)
    assert any("estimated" in caveat for caveat in found.caveats)
    assert (found.table["margin"] >= 0).all()
