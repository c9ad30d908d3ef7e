from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.errors import BadQuestion
from isthmus.queries.cross_border import cross_border
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

PLACES = ("p1 citizen_of FR", "p2 citizen_of BE", "p3 citizen_of BE", "p3 citizen_of MA", "p4 citizen_of MA",
          "e1 occurred_in FR", "e2 occurred_in BE", "c1 operates_in BE", "c1 operates_in FR")  # fmt: skip


def _links(finding: Finding) -> set[tuple[str, str, str, str]]:
    table = finding.table
    return set(zip(table["kind"], table["subject_id"], table["object_id"], table["overlap"], strict=True))


def _ask(case: Case, *facts: str, **options: Any) -> set[tuple[str, str, str, str]]:
    case.load(rows(*PLACES, *facts), source="s")
    return _links(cross_border(case.graph, **options))


def test_pairs_are_disjoint_partly_shared_same_or_unknown(case: Case) -> None:
    facts = ("p1 met p2", "p3 met p4", "p2 met p3", "p1 met p5")
    found = _ask(case, *facts, kinds=["pair"])
    assert found == {
        ("pair", "p1", "p2", "disjoint"),
        ("pair", "p3", "p4", "partly shared"),
        ("pair", "p2", "p3", "partly shared"),
    }
    finding = cross_border(case.graph, kinds=["pair"], overlap="disjoint")
    assert _links(finding) == {("pair", "p1", "p2", "disjoint")}
    assert finding.left_out["pairs with a country unknown"] == 1


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        (["p2 recruited p1"], ("p2", "recruited", "p1")),
        (["p1 recruited p2"], ("p1", "recruited", "p2")),
        (["p2 recruited p1", "p1 housed p2 credibility=3"], ("p2", "recruited, housed by", "p1")),
        (["p2 recruited p1 credibility=3", "p1 housed p2"], ("p1", "housed, recruited by", "p2")),
        (["p1 recruited p2", "p2 recruited p1"], ("p1", "recruited, recruited by", "p2")),
        (["p2 directed p1 credibility=5", "p2 met p1", "p1 met p2"], ("p2", "directed, met", "p1")),
        (["p2 took_part_in e1", "p1 took_part_in e1", "p2 met p1"], ("p1", "met, co-participation", "p2")),
    ],
)
def test_a_pair_reads_in_the_direction_of_its_best_tie(case: Case, facts: list[str], row: tuple[str, str, str]) -> None:
    case.load(rows(*PLACES, *facts), source="s")
    table = cross_border(case.graph, kinds=["pair"]).table
    assert list(zip(table["subject_id"], table["tie"], table["object_id"], strict=True)) == [row]


def test_abroad_is_a_part_in_another_country_and_an_arrest_is_none(case: Case) -> None:
    facts = ("p2 took_part_in e1", "p1 took_part_in e1", "p2 arrested_in e1", "p4 member_of c1", "p2 member_of c1")
    assert _ask(case, *facts, kinds=["abroad"]) == {
        ("abroad", "p2", "e1", "disjoint"),
        ("abroad", "p4", "c1", "disjoint"),
    }


def test_remote_needs_a_presence_elsewhere_at_the_time(case: Case) -> None:
    facts = ("p2 directed e2 2014/2015-01-15", "p2 located_in GR 2014-09/2015-01", "p2 located_in BE 2013",
             "p4 financed e1 2015", "p4 located_in ES 2015-06", "p1 directed e2 2015-03", "p1 located_in SY 2014")  # fmt: skip
    found = _ask(case, *facts, kinds=["remote"])
    assert found == {("remote", "p2", "e2", "there certainly"), ("remote", "p4", "e1", "there possibly")}
    table = cross_border(case.graph, kinds=["remote"]).table
    assert dict(zip(table["subject_id"], table["countries"], strict=True)) == {"p2": "GR", "p4": "ES"}


def test_span_counts_parts_and_not_arrests(case: Case) -> None:
    facts = ("p1 took_part_in e1", "p1 supplied e2", "p2 took_part_in e1", "p2 arrested_in e2")
    assert _ask(case, *facts, kinds=["span"]) == {("span", "p1", "", "")}


def test_a_cell_in_two_countries(case: Case) -> None:
    assert _ask(case, "c2 operates_in FR", kinds=["cell"]) == {("cell", "c1", "", "")}


def test_the_country_rule_decides(case: Case) -> None:
    facts = ("p1 met p2", "p1 resident_of BE", "p2 resident_of BE", "p1 located_in DE 2015", "p2 located_in NL 2015")
    case.load(rows(*PLACES, *facts), source="s")
    graph = case.graph
    words = {rule: {row[3] for row in _links(cross_border(graph, kinds=["pair"], country_rule=rule))}
             for rule in ("citizenship", "residence", "either", "activity")}  # fmt: skip
    assert words == {
        "citizenship": {"disjoint"},
        "residence": set(),
        "either": {"partly shared"},
        "activity": {"disjoint"},
    }


def test_every_row_names_its_claims_and_its_place(case: Case) -> None:
    case.load(rows(*PLACES, "p1 met p2"), source="s")
    finding = cross_border(case.graph, kinds=["pair"])
    known = {claim.id for claim in case.rows("claims")}
    assert all(ids and set(ids) <= known for ids in finding.claims)
    assert finding.table["source"].tolist() == ["s"]


def test_what_is_asked_wrongly_is_said(case: Case) -> None:
    with pytest.raises(BadQuestion, match="abroad"):
        cross_border(case.graph, kinds=["abrod"])
    with pytest.raises(BadQuestion, match="citizenship"):
        cross_border(case.graph, country_rule="birth")  # type: ignore[arg-type]


def test_an_empty_graph_gives_an_empty_table(case: Case) -> None:
    assert cross_border(case.graph).table.empty


@pytest.fixture(scope="module")
def abaaoud(shipped_graph: Graph) -> list[dict[str, Any]]:
    return cross_border(shipped_graph, person="Abdelhamid Abaaoud").to_dict()["rows"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("kind", "other", "overlap"),
    [
        ("abroad", "villejuif-plot-2015", "disjoint"),
        ("abroad", "thalys-2015", "disjoint"),
        ("remote", "verviers-plot-2015", "there certainly"),
        ("pair", "sid-ahmed-ghlam", "disjoint"),
        ("pair", "reda-hame", "disjoint"),
        ("pair", "ayoub-el-khazzani", "partly shared"),
        ("span", "", ""),
    ],
)
def test_what_one_man_connected_across_borders(
    abaaoud: list[dict[str, Any]], kind: str, other: str, overlap: str
) -> None:
    found = [row for row in abaaoud if row["kind"] == kind and other in (row["subject_id"], row["object_id"])]
    assert [row["overlap"] for row in found] == [overlap]
    assert "killed" in found[0]["status"] or "killed" in found[0]["object_status"]
    assert ":" in found[0]["source"]
    assert found[0]["last"]


def test_he_steered_verviers_from_greece(abaaoud: list[dict[str, Any]]) -> None:
    row = next(row for row in abaaoud if row["kind"] == "remote" and row["object_id"] == "verviers-plot-2015")
    assert (row["countries"], row["object_countries"]) == ("GR", "BE")


def test_a_choice_of_ties_leaves_events_where_they_were(shipped: Case) -> None:
    """What places a thing is no tie that a filter takes out."""
    whole = cross_border(shipped.graph, kinds=["abroad"]).table
    chosen = cross_border(shipped.through(ties=["took_part_in"]).graph, kinds=["abroad"]).table
    in_events = whole[whole["tie"] == "took_part_in"].reset_index(drop=True)
    assert len(in_events) == 15
    assert chosen.equals(in_events)
