from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.grading import probability
from isthmus.graph.record import reading
from isthmus.queries.path import path
from tests.queries import small

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph

B2, C4 = probability("B2")[0], probability("C4")[0]
KINDS = dict.fromkeys(("ann", "ben", "cem", "dan", "eve"), "Person") | {"raid": "Event", "org": "Organisation"}
TIES = [
    ("ann", "met", "ben", "B2", "s1", "2015-01"),
    ("ben", "met", "cem", "B2", "s2", "2015-03"),
    ("ann", "took_part_in", "raid", "C4", "s3"),
    ("cem", "took_part_in", "raid", "B2"),
    ("ann", "member_of", "org"),
    ("dan", "member_of", "org"),
    ("cem", "seen_with", "eve"),
    ("recruiter", "recruited", "ann"),
]


@pytest.fixture
def drawn(case: Case) -> Graph:
    return small.graph(case, KINDS | {"recruiter": "Person"}, TIES)


def test_all_shortest_with_claims_of_each_hop(drawn: Graph) -> None:
    found = path(drawn, "ann", "cem")
    assert found.table["to_id"].tolist() == ["ben", "cem", "raid", "cem"]
    assert found.table["tie"].tolist() == ["met", "met", "took part in", "had part"]
    assert found.table["from"][0] == "Ann (convicted)"
    assert found.table["source"].tolist()[:2] == ["s1: row 0", "s2: row 1"]
    assert found.table[["first", "last"]].iloc[0].tolist() == ["2015-01-01", "2015-01-31"]
    claims = {claim.id: claim for claim in reading.rows(drawn.file, "claims")}
    assert [claims[ids[0]].property for ids in found.claims] == ["met", "met", "took_part_in", "took_part_in"]
    joined = found.robustness["connected at all"]
    assert joined["how"] == "exact"
    assert joined["p"] == pytest.approx(1 - (1 - B2 * B2) * (1 - C4 * B2), abs=1e-4)


def test_a_tie_reads_from_where_the_path_comes(drawn: Graph) -> None:
    assert path(drawn, "ann", "recruiter").table["tie"].tolist() == ["recruited by"]
    assert path(drawn, "recruiter", "ann").table["tie"].tolist() == ["recruited"]


def test_no_path_through_an_organisation_or_co_presence_unless_asked(drawn: Graph) -> None:
    nothing = path(drawn, "ann", "dan")
    assert nothing.table.empty
    assert nothing.robustness["connected at all"]["p"] == 0
    assert "no proof" in nothing.caveats[0]
    assert len(path(drawn, "ann", "dan", through=["Person", "Organisation"]).table) == 2
    assert path(drawn, "ann", "eve").table.empty


def test_avoiding(drawn: Graph) -> None:
    assert path(drawn, "ann", "cem", avoid=["ben"]).table["to_id"].tolist() == ["raid", "cem"]
    assert path(drawn, "ann", "cem", avoid_ties=["took_part_in"]).table["to_id"].tolist() == ["ben", "cem"]
    assert path(drawn, "ann", "cem", avoid_sources=["s2"]).table["to_id"].tolist() == ["raid", "cem"]
    with pytest.raises(BadQuestion, match="own ends"):
        path(drawn, "ann", "cem", avoid=["ann"])
    with pytest.raises(BadQuestion, match="choose from citizen_of"):
        path(drawn, "ann", "cem", avoid_ties=["took_part"])
    with pytest.raises(BadQuestion, match="no source"):
        path(drawn, "ann", "cem", avoid_sources=["s9"])
    with pytest.raises(NoSuchEntity):
        path(drawn, "ann", "zoe")


@pytest.mark.parametrize("word", ["BE", "Belgium", "belgique", "be"])
def test_avoiding_a_country_is_avoiding_its_people_but_for_the_ends(case: Case, word: str) -> None:
    nations = [("ann", "BE"), ("ben", "BE"), ("cem", "BE")]
    graph = small.graph(
        case, KINDS | {"recruiter": "Person"}, [*TIES, *((one, "citizen_of", code) for one, code in nations),
                                                ("ben", "resident_of", "FR")],
    )  # fmt: skip
    found = path(graph, "ann", "cem", avoid=[word])
    assert found.table["to_id"].tolist() == ["raid", "cem"]
    assert found.left_out["people of BE by citizenship, avoided"] == 1
    assert found.left_out["people of no known country by citizenship, not avoided"] == 3
    assert path(graph, "ann", "cem", avoid=["FR"]).table["to_id"].tolist() == ["ben", "cem", "raid", "cem"]
    assert path(graph, "ann", "cem", avoid=["FR"], country_rule="residence").table["to_id"].tolist() == ["raid", "cem"]


def test_a_country_that_is_somebodys_name_too_is_not_guessed(case: Case) -> None:
    graph = small.graph(case, KINDS | {"jordan": "Person"}, [*TIES, ("ann", "met", "jordan")])
    with pytest.raises(BadQuestion, match="give the code or the id"):
        path(graph, "ann", "cem", avoid=["Jordan"])
    assert len(path(graph, "ann", "cem", avoid=["jordan"]).table) == 4, "an id is an id"


def test_ways(drawn: Graph) -> None:
    best = path(drawn, "ann", "cem", by="evidence", k=5)
    assert [best.robustness[f"path {at}"]["p"] for at in (1, 2)] == pytest.approx([B2 * B2, C4 * B2], abs=1e-4)
    assert "Raid" in best.robustness["path 2"]["weakest tie"]
    assert path(drawn, "ann", "cem", by="widest").table["to_id"].tolist() == ["ben", "cem"]
    forward, backward = (path(drawn, *ends, by="time") for ends in (("ann", "cem"), ("cem", "ann")))
    assert len(forward.table) == 2
    assert backward.table["to_id"].tolist() == ["raid", "ann"]  # by ben the second tie had ended before


def test_the_card_names_what_a_path_cannot_do_without(drawn: Graph) -> None:
    card = path(drawn, "recruiter", "cem").robustness
    assert card["no path without"] == ["Ann"]
    assert card["no path without the ties"] == ["Ann – Recruiter"]
    shares = [card["path 1"]["stands with 10% missing ties"], card["connected with 10% missing ties"]]
    assert 0 < shares[0] <= shares[1] < 1
    assert path(drawn, "recruiter", "cem", seed=1).robustness == card


def test_a_source_that_derives_from_the_avoided_goes_too(case: Case) -> None:
    ties = [("ann", "met", "ben", "B2", "wire"), ("ann", "met", "ben", "B2", "paper"), ("ann", "met", "ben", "C3", "x")]
    graph = small.graph(case, {"ann": "Person", "ben": "Person"}, ties, derived_from={"paper": "wire"})
    both = 1 - (1 - B2) * (1 - probability("C3")[0])
    assert path(graph, "ann", "ben").table["p"].tolist() == pytest.approx([both], abs=1e-3)
    alone = path(graph, "ann", "ben", avoid_sources=["wire"])
    assert alone.table["p"].tolist() == pytest.approx([probability("C3")[0]], abs=1e-3)


def test_what_the_grades_allow_for(case: Case) -> None:
    ties = [("ann", "met", "ben", "B2", "s1"), ("ben", "met", "cem", "F6", "s2")]
    graph = small.graph(case, dict.fromkeys(("ann", "ben", "cem"), "Person"), ties)
    found = path(graph, "ann", "cem")
    rows = found.table[["p", "p_low", "p_high"]].to_numpy(float)
    assert rows.ravel().tolist() == pytest.approx([*probability("B2"), *probability("F6")], abs=1e-3)
    assert rows[1, 2] - rows[1, 1] > 0.8  # "cannot be judged" is no even chance: nearly anything may be so
    joined = found.robustness["connected at all"]
    assert joined["p at the grades' low ends"] == pytest.approx(probability("B2")[1] * probability("F6")[1], abs=1e-4)
    assert joined["p at the grades' low ends"] < joined["p"] < joined["p at the grades' high ends"]


def test_a_very_large_network_gets_no_card_and_says_so(drawn: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "draws" in path(drawn, "ann", "cem").robustness
    monkeypatch.setattr("isthmus.queries.path.TOO_MANY", 3)
    found = path(drawn, "ann", "cem")
    assert "draws" not in found.robustness
    assert any("no errors were drawn" in caveat for caveat in found.caveats)
