from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.graph.dates import day
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.record.handles import handle
from isthmus.queries.gap import gap
from isthmus.queries.knowable import knowable
from isthmus.queries.sharing.coalition import who_could_see
from isthmus.queries.sharing.credit_shares import of_items
from isthmus.queries.sharing.exchanges import Exchanges, best_set, greedy
from isthmus.queries.sharing.ranking import expected_reciprocal_rank, places
from isthmus.queries.sharing.setting import setting
from isthmus.queries.sharing.tables import TABLES
from isthmus.queries.sharing.toward import toward
from isthmus.queries.sharing.wording import Words
from tests.queries.sharing.hand import STAR_HOLDINGS, STARS, held, load

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

# A chain of three holders: p1 - p2 - p3 - p4, hop by hop held by BE, FR and MA.
CHAIN = [
    "p1 citizen_of BE", "p2 citizen_of FR", "p3 citizen_of FR", "p4 citizen_of MA", "p1 met p2", "p2 met p3", "p3 met p4",
    *(f"p{n} status convicted" for n in range(1, 5)),
]  # fmt: skip
CHAIN_HOLDINGS = [
    held("p1 met p2", "BE", "2015-01-01", body="police"), held("p2 met p3", "FR", "2015-02-01"),
    held("p3 met p4", "MA", "2015-03-01"), held("p2 met p3", "BE", "2015-06-01"),
]  # fmt: skip


def statement(case: Case, fact: str) -> int:
    graph = case.graph
    subject, name, value = fact.split()
    rows = graph.statements
    found = rows[(graph.ids[rows["subject"]] == subject) & (rows["property"] == name) & (rows["value"] == value)]
    return int(found.index[0])


def test_the_smallest_coalitions_of_a_chain(case: Case) -> None:
    load(case, CHAIN, CHAIN_HOLDINGS)
    path = [statement(case, fact) for fact in ("p1 met p2", "p2 met p3", "p3 met p4")]
    found = who_could_see(case.graph, path, rule="declared")
    assert found.parameters["coalitions"] == ["BE + MA"]
    assert found.table["only_copy"].tolist() == ["BE: police", "", "MA"]
    before = who_could_see(case.graph, path, rule="declared", known_by="2015-05-31")
    assert before.parameters["coalitions"] == ["BE + FR + MA"]
    assert before.table["only_copy"].tolist() == ["BE: police", "FR", "MA"]
    early = who_could_see(case.graph, path, rule="declared", known_by="2015-02-28")
    assert early.robustness["coalitions by declared"] == ["nobody could"]
    assert len(found.claims) == 3
    assert all(found.claims)


def test_one_of_two_ways_over_a_hop_is_enough(case: Case) -> None:
    load(case, [*CHAIN, "p1 friend_of p2"], [*CHAIN_HOLDINGS, held("p1 friend_of p2", "MA", "2015")])
    hop = [statement(case, "p1 met p2"), statement(case, "p1 friend_of p2")]
    rest = [statement(case, "p2 met p3"), statement(case, "p3 met p4")]
    assert who_could_see(case.graph, [hop, *rest], rule="declared").parameters["coalitions"] == ["BE + MA", "FR + MA"]
    both: list[int | list[int | tuple[int, ...]]] = [[tuple(hop)], *rest]
    assert who_could_see(case.graph, both, rule="declared").parameters["coalitions"] == ["BE + MA"]


def test_the_command_path_says_who_could_see_it(case: Case) -> None:
    load(case, CHAIN, CHAIN_HOLDINGS)
    words = ["path", "p1", "p4", "--who-could-see", "--rule", "declared", "--case", str(case.file.path)]
    said = CliRunner().invoke(cli, words, catch_exceptions=False).output
    assert "coalitions = BE + MA" in said
    assert "only copy: MA" in said


def test_knowable_gives_warning_time_and_sharing_delay(case: Case) -> None:
    facts = ["p1 citizen_of FR", "p1 status convicted", "p1 radicalised yes", "p1 took_part_in e1", "e1 date 2015-11-13",
             "e1 event_kind attack", "e1 occurred_in FR"]  # fmt: skip
    told = [held("p1 radicalised yes", "BE", "2014-07-01"),
            held("p1 radicalised yes", "FR", "2015-11-01", used="not acted on")]  # fmt: skip
    load(case, facts, told)
    row = knowable(case.graph, "2015-11-12", holders=["FR"], rule="declared").table.iloc[0]
    assert row["concern_since"] == "2015-11-01"
    assert row["anyone_since_hindsight"] == "2014-07-01"
    assert row["delay_days_hindsight"] == day("2015-11-01") - day("2014-07-01")
    assert row["warning_days_hindsight"] == 12
    assert row["event_date_hindsight"] == "2015-11-13"
    assert row["says"] == "held; not acted on"
    with pytest.raises(NoSuchEntity, match="hindsight"):
        knowable(case.graph, "2015-10-31", holders=["FR"], toward="p1", rule="declared")
    before = knowable(
        case.graph, "2015-10-31", holders=["FR"], toward="p1", rule="declared", hindsight=True
    ).table.iloc[0]  # fmt: skip
    assert before["says_hindsight"] == "held by others only: a gap in sharing"
    assert knowable(case.graph, "2015-10-31", holders=["FR"], rule="declared").table.empty


def test_a_chain_stands_once_its_last_hop_is_held(case: Case) -> None:
    load(case, CHAIN, CHAIN_HOLDINGS)
    found = knowable(
        case.graph, "2015-12-31", holders=["BE", "MA"], toward="p1", rule="declared", within=3, hindsight=True
    ).table
    by_name = dict(zip(found["person_hindsight"], found["chain_since_hindsight"], strict=True))
    assert by_name["p4 (convicted)"] == "2015-06-01"
    assert by_name["p2 (convicted)"] == "2015-01-01"
    assert by_name["p1 (convicted)"] == "on the aim"
    anyone = dict(zip(found["person_hindsight"], found["chain_anyone_hindsight"], strict=True))
    assert anyone["p4 (convicted)"] == "2015-03-01"


def test_the_ladder_tells_who_held_what_when(case: Case) -> None:
    load(case, CHAIN, CHAIN_HOLDINGS)
    found = knowable(
        case.graph, "2015-12-31", holders=["FR"], toward="p2", rule="declared", within=1, table="ladder", hindsight=True
    ).table
    rungs = found[found["fact_hindsight"].str.contains("p2 .convicted.: met p3")]
    assert rungs["country_hindsight"].tolist() == ["FR", "BE"]
    assert rungs["since_hindsight"].tolist() == ["2015-02-01", "2015-06-01"]


def test_whom_to_ask_ranks_facts_on_the_aim_above_facts_near_it(case: Case) -> None:
    facts = [
        "p1 radicalised yes",
        "p1 citizen_of FR",
        "p2 radicalised yes",
        "p3 radicalised yes",
        "p1 met p2 2014",
        "p1 met p3 2014",
    ]
    told = [held("p1 radicalised yes", "DE", "2015"), held("p2 radicalised yes", "BE", "2015"),
            held("p3 radicalised yes", "BE", "2015"), held("p1 radicalised yes", "FR", "2015")]  # fmt: skip
    load(case, facts, told)
    graph = case.graph
    seen = setting(graph, rule="declared", among=["FR", "BE", "DE", "ES"])
    found = toward(seen, graph.index("p1"), "ES")
    order, first, last, _ = found.order()
    assert [seen.parties[at] for at in order] == ["FR", "DE", "BE"]
    assert list(zip(first.tolist(), last.tolist(), strict=True)) == [(1, 2), (1, 2), (3, 3)]
    known = toward(seen, graph.index("p1"), "FR")  # FR asks: what it holds itself is no answer
    assert [seen.parties[at] for at in known.order()[0]][:1] == ["BE"]


def test_equals_share_their_reciprocal_rank() -> None:
    score = np.array([3.0, 1.0, 3.0, 0.0])
    assert [place.tolist() for place in places(score)] == [[1, 3, 1, 4], [2, 3, 2, 4]]
    assert expected_reciprocal_rank(score) == pytest.approx([0.75, 1 / 3, 0.75, 1 / 4])


def many(case: Case, seed: int = 4) -> Exchanges:
    """Random facts on eight people of four countries, held at random."""
    rng = np.random.default_rng(seed)
    codes = ["FR", "BE", "DE", "ES"]
    facts = [f"p{n} citizen_of {codes[n % 4]}" for n in range(1, 9)]
    topics = ["radicalised yes", "intends harm", "suspected_of travel"]
    told = []
    for n in range(1, 9):
        for topic in topics:
            facts.append(f"p{n} {topic}")
            told += [held(f"p{n} {topic}", code, "2015") for code in codes if rng.random() < 0.35]
    load(case, facts, told)
    return Exchanges(setting(case.graph, rule="declared", among=codes))


def test_the_best_set_is_that_of_trying_all(case: Case) -> None:
    found = many(case)
    parties = range(len(found.setting.parties))
    pairs = [(a, b) for a in parties for b in parties if a != b]
    for size in (1, 2, 3):
        best = max(_joint(found, chosen) for chosen in combinations(pairs, size))
        exact = best_set(found, size)
        assert exact is not None
        assert exact[0] == best
        assert _joint(found, tuple(exact[1])) == best
        assert sum(gain for _, _, gain in greedy(found, size)) <= best


def _joint(found: Exchanges, chosen: tuple[tuple[int, int], ...]) -> int:
    setting_ = found.setting
    total = 0
    for receiver in range(len(setting_.parties)):
        givers = [a for a, b in chosen if b == receiver]
        if givers:
            total += int((setting_.held[:, givers].any(axis=1) & setting_.needed[:, receiver]).sum())
    return total


def test_credit_of_items_is_that_of_enumeration(case: Case) -> None:
    from isthmus.queries.sharing.components import every_coalition
    from isthmus.queries.sharing.credit import interaction, shapley
    from isthmus.queries.sharing.want_parts import item_holders

    seen = many(case).setting
    worth = np.zeros(16)
    for value in seen.values:
        _, holders, _ = item_holders(seen, value)
        worth += ((holders.astype(int) @ every_coalition(4).T.astype(int)) > 0).sum(axis=0)
    shares, together = of_items(seen)
    assert shares == pytest.approx(shapley(worth))
    assert together == pytest.approx(interaction(worth))


@pytest.mark.parametrize("table", ["exchanges", "credit", "coverage"])
def test_every_table_says_what_it_does_not_show(case: Case, table: str) -> None:
    load(case, STARS, [*STAR_HOLDINGS, held("p1 status convicted", "BE", "2015")])
    found = gap(case.through(known_by="2016-01-01").graph, table=table)
    assert any(text.startswith("What it does not show") for text in found.caveats)
    assert len(found.claims) == len(found.table)
    assert "declared" in found.parameters
    assert found.to_dict()["rows"] is not None


def test_every_table_has_facts_behind_each_row(case: Case) -> None:
    load(case, STARS, [*STAR_HOLDINGS, held("p1 status convicted", "BE", "2015")])
    seen = setting(case.through(known_by="2016-01-01").graph, known_by="2016-01-01", values=("concern", "pairs"))
    for make in TABLES.values():
        columns, behind = make(seen, Words(seen.facts), 1)
        assert {len(cells) for cells in columns.values()} == {len(behind)}


def test_a_row_opens_into_its_claims(case: Case) -> None:
    load(case, STARS, [held("p1 status convicted", "BE", "2015")])
    found = gap(case.through(known_by="2016-01-01").graph, rule="declared", hindsight=True)
    row = found.table.iloc[0]
    assert (row["from_hindsight"], row["to_hindsight"], row["gain_hindsight"]) == ("BE", "FR", 1)
    graph = case.graph
    assert found.claims[0] == graph.claim_ids(statement(case, "p1 status convicted"))


def test_pairs_beyond_nine_tenths_are_called_saturated(case: Case) -> None:
    load(case, STARS, STAR_HOLDINGS)
    assert any(text.startswith("Saturated") for text in gap(case.graph, within=3).caveats)
    assert not any(text.startswith("Saturated") for text in gap(case.graph, within=1).caveats)


def test_lifting_the_limit_of_interest_warns(case: Case) -> None:
    load(case, STARS, STAR_HOLDINGS)
    assert any(text.startswith("Need all") for text in gap(case.graph, need="all").caveats)


def test_an_unknown_table_or_aim_is_named(case: Case) -> None:
    load(case, STARS, STAR_HOLDINGS)
    with pytest.raises(BadQuestion, match="exchanges"):
        gap(case.graph, table="exchange")
    with pytest.raises(NoSuchEntity):
        gap(case.graph, toward="nobody at all")
    with pytest.raises(BadQuestion, match="table"):
        knowable(case.graph, "2015", table="rumours")


def test_of_a_release_a_person_without_a_basis_appears_by_role_and_country(case: Case) -> None:
    facts = ["p1 name Somebody", "p1 citizen_of FR", "p1 status suspected", "p1 member_of c1"]
    load(case, facts, [held("p1 member_of c1", "BE", "2015")])
    left = released_graph(case.graph)
    assert "Somebody (suspected)" in str(gap(case.graph, table="statements", rule="declared").to_dict()["rows"])
    for found in (gap(left, table="statements", rule="declared"), gap(left, toward="FR", rule="declared"),
                  knowable(left, "2016", holders=["BE"], rule="declared")):  # fmt: skip
        text = str(found.to_dict()["rows"])
        assert "Somebody" not in text
        assert f"[{handle(case.file, 'p1')}]" in text


@pytest.mark.parametrize(
    "words",
    [["gap", "--known-by", "2016"], ["gap", "--toward", "p1", "--needer", "FR", "--json"], ["gap", "--exchanges", "2"],
     ["gap", "--table", "credit", "--csv"], ["knowable", "2016-01-01", "--holders", "FR"], ["knowable", "2016", "--json"]],
)  # fmt: skip
def test_the_command_mirrors_the_library(case: Case, words: list[str]) -> None:
    load(case, STARS, STAR_HOLDINGS)
    path: Path = case.file.path
    result = CliRunner().invoke(cli, [words[0], *words[1:], "--case", str(path)], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.output
