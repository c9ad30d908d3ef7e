from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from isthmus.case import Case
from isthmus.graph.errors import BadQuestion
from isthmus.graph.record.rows import Assessment, Claim, Holding, Judgement, Record, SourceRow
from tests.drawing import drawn
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph


def _ties(graph: Graph) -> set[tuple[str, str, str]]:
    ids = graph.ids
    return {
        (str(ids[source]), kind, str(ids[target]))
        for source, kind, target in zip(graph.ties["source"], graph.ties["kind"], graph.ties["target"], strict=True)
    }


def test_two_claims_of_one_statement_are_one_tie_with_both_claims(case: Case) -> None:
    case.load(rows("p1 met p2 2015-11", source="a"), source="a")
    case.load(rows("p1 met p2 2015-12", source="b"), source="b")
    graph = case.graph
    tie = graph.ties.iloc[0]
    assert (tie["intervals"], tie["first"], tie["last"]) == ("2015-11;2015-12", "2015-11-01", "2015-12-31")
    assert (tie["origins"], tie["affirmed"], tie["grade"]) == (2, 2, "B2")
    assert tie["probability"] == pytest.approx(1 - (1 - 0.8075) ** 2)
    assert len(graph.claim_ids(int(tie["statement"]))) == 2


def test_a_copy_adds_no_origin_and_no_chance(case: Case) -> None:
    case.load(rows("p1 met p2", source="a"), source="a")
    before = case.graph.ties.iloc[0]
    case.load(rows("p1 met p2", source="b", derived_from="a"), source="b")
    after = case.graph.ties.iloc[0]
    assert after["origins"] == 1
    assert after["probability"] == before["probability"]
    assert after["grade"] == before["grade"]


def test_confirmed_needs_two_known_origins(case: Case) -> None:
    case.load(rows("p1 met p2 credibility=1", source="a"), source="a")
    assert case.graph.ties["grade"].tolist() == ["B2"]
    case.load(rows("p1 met p2 credibility=1", source="b", derived_from=""), source="b")
    assert case.graph.ties["grade"].tolist() == ["B2"], "an unknown origin confirms nothing"
    case.load(rows("p1 met p2 credibility=1", source="c"), source="c")
    assert not case.graph.ties["origins_known"].any(), "one of three origins is still unknown"


def test_a_loop_of_sources_is_one_origin(case: Case) -> None:
    for source, parent in (("a", "b"), ("b", "a")):
        case.load(rows("p1 met p2", source=source, derived_from=parent), source=source)
    assert case.graph.ties["origins"].tolist() == [1]


def test_claims_of_one_source_with_two_parents_meet_both(case: Case) -> None:
    for source, parent in (("a", "own"), ("b", "own"), ("c", "a;b")):
        case.load(rows("p1 met p2", source=source, derived_from=parent), source=source)
    assert case.graph.ties["origins"].tolist() == [1]


def test_a_denied_claim_stands_beside_the_affirmed_one(case: Case) -> None:
    case.load(rows("p1 met p2", source="a"), source="a")
    case.load(rows("p1 met p2 polarity=denied", source="b"), source="b")
    tie = case.graph.ties.iloc[0]
    assert (tie["affirmed"], tie["denied"]) == (1, 1)
    assert tie["probability"] == pytest.approx(0.8075)


def test_what_is_only_denied_is_no_tie(case: Case) -> None:
    case.load(rows("p1 met p2 polarity=denied"), source="s")
    assert case.graph.ties.empty


def test_the_clocks_are_four(case: Case) -> None:
    case.load(rows("p1 met p2 2015-03", published="2016-01-10"), source="s", at="2016-05-01T00:00:00")
    assert case.through(valid="2015-03-05").graph.ties.shape[0] == 1
    assert case.through(valid="2015-04").graph.ties.empty
    assert case.through(published_by="2016-01-10").graph.ties.shape[0] == 1
    assert case.through(published_by="2016-01-09").graph.ties.empty
    assert case.through(recorded_by="2016-04-30").graph.ties.empty
    assert case.through(known_by="2016-01-01").graph.ties.empty, "no one is declared to have held it"


def test_known_by_is_by_holder_and_since_when(case: Case) -> None:
    case.load(rows("p1 met p2 2015-03", "p1 citizen_of FR"), source="s")
    record = Record("inquiry", "1", published="2017")
    held = Holding("p1", "met", "p2", "BE", record.id, valid="2015-06")
    case.load([SourceRow("inquiry"), record, held], source="inquiry")
    along = ("p1", "citizen_of", "FR")
    assert _ties(case.through(known_by="2015-06-30", holders=["BE"]).graph) == {("p1", "met", "p2"), along}
    assert not _ties(case.through(known_by="2015-06-29", holders=["BE"]).graph), "June is certain only when it is over"
    assert not _ties(case.through(known_by="2015-12-31", holders=["FR"]).graph)
    with pytest.raises(BadQuestion, match="known_by"):
        case.through(holders=["FR"])


def test_a_least_grade_drops_what_is_below_and_what_is_ungraded(case: Case) -> None:
    case.load(rows("p1 met p2 credibility=2", "p1 met p3 credibility=4"), source="s")
    case.load(rows("p2 met p3", source="t", reliability="F"), source="t")
    assert _ties(case.through(min_grade="C3").graph) == {("p1", "met", "p2")}
    assert len(_ties(case.graph)) == 3


def test_people_judged_the_same_are_one_until_it_is_taken_back(case: Case) -> None:
    case.load(rows("p1 met p2", "p3 met p4"), source="s")
    case.load([Judgement("p2", "p3", "same", "me", "2016-01-01", known_from="2016-01-05")], source="me")
    assert _ties(case.graph) == {("p1", "met", "p2"), ("p2", "met", "p4")}
    case.load([Judgement("p2", "p3", "undecided", "me", "2016-02-01")], source="me")
    assert _ties(case.graph) == {("p1", "met", "p2"), ("p3", "met", "p4")}


def test_a_retraction_and_its_undoing(case: Case) -> None:
    from isthmus.graph.acts import claims
    from isthmus.graph.acts.taking_back import undo

    case.load(rows("p1 met p2"), source="s")
    claim = next(claim for claim in case.rows("claims") if claim.property == "met")
    claims.retract(case.file, claim.id, by="me", why="misread")
    assert not _ties(case.graph)
    undo(case.file, by="me")
    assert _ties(case.graph) == {("p1", "met", "p2")}


def test_a_correction_replaces_the_value_and_keeps_the_old_claim(case: Case) -> None:
    from isthmus.graph.acts import claims

    case.load(rows("p1 met p2 2015", "p3 name Other"), source="s")
    claim = next(claim for claim in case.rows("claims") if claim.property == "met")
    claims.correct(case.file, claim.id, "p3", by="me", why="another man")
    assert _ties(case.graph) == {("p1", "met", "p3")}
    assert claim in list(case.rows("claims"))


def test_an_empty_case_folds_to_an_empty_graph(case: Case) -> None:
    graph = case.graph
    assert (len(graph.entities), len(graph.ties), len(graph.statements)) == (0, 0, 0)
    assert len(graph.people().source) == 0
    assert graph.nx.number_of_nodes() == 0


def test_the_networkx_graph_carries_every_field(case: Case) -> None:
    case.load(rows("p1 met p2 2015-03 role=host"), source="s")
    attributes = case.graph.nx.get_edge_data("p1", "p2", "p1·met·p2")
    assert attributes["role"] == "host"
    assert attributes["first"] == "2015-03-01"
    assert attributes["grade"] == "B2"


facts = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["met", "recruited", "sibling_of"]), st.integers(1, 5),
              st.sampled_from(["", "2015", "2015-11-13", "2014/2016"]), st.sampled_from("123456")),
    max_size=12,
)  # fmt: skip


@drawn(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts, facts)
def test_folding_does_not_depend_on_the_order_of_loads(
    tmp_path_factory: pytest.TempPathFactory,
    one: list[tuple[int, str, int, str, str]],
    two: list[tuple[int, str, int, str, str]],
) -> None:
    def texts(given: list[tuple[int, str, int, str, str]]) -> list[str]:
        return [f"p{a} {kind} p{b} {valid} credibility={grade}" for a, kind, b, valid, grade in given if a != b]

    folder = tmp_path_factory.mktemp("order")
    found = []
    for name, order in (("ab", (("a", one), ("b", two))), ("ba", (("b", two), ("a", one)))):
        with Case.create(folder / name) as made:
            for source, given in order:
                made.load(rows(*texts(given), source=source), source=source)
            graph = made.graph
            columns = ["source", "target", "kind", "first", "last", "intervals", "grade", "origins", "affirmed"]
            found.append((list(graph.ids), graph.ties[columns].to_dict("records")))
    assert found[0] == found[1]


def test_the_latest_assessment_counts(case: Case) -> None:
    case.load(rows("p1 met p2 credibility=4"), source="s")
    claim = next(claim for claim in case.rows("claims") if claim.property == "met")
    case.load([Assessment("claim", claim.id, "2", "me", at="2016-01-01")], source="me")
    assert case.graph.ties["grade"].tolist() == ["B2"]


def test_a_kind_is_inferred_only_where_one_can_stand(case: Case) -> None:
    record = Record("s", "1")
    case.load(
        [SourceRow("s"), record, Claim(record.id, "x", "sibling_of", "y"), Claim(record.id, "u", "linked_to", "v")],
        source="s",
    )
    graph = case.graph
    assert dict(zip(graph.ids, graph.kinds, strict=True)) == {"x": "Person", "y": "Person"}
    assert graph.left_out["claims on an entity without a kind"] == 1


def test_an_event_that_no_source_names_is_described(case: Case) -> None:
    case.load(rows("e1 event_kind attack", "e1 city Paris", "e1 date 2015-11-13", "e2 event_kind plot"), source="s")
    assert case.graph.entities["label"].tolist() == ["attack, Paris, 2015-11-13", "e2"]
