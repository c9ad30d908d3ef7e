from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.dates import MAX_DAY, day
from isthmus.graph.errors import BadQuestion
from isthmus.graph.lens import Lens
from isthmus.graph.record.rows import Claim
from isthmus.queries.sharing.exchanges import Exchanges
from isthmus.queries.sharing.facts import Facts
from isthmus.queries.sharing.hindsight import as_now
from isthmus.queries.sharing.rules import RULES, ledger
from isthmus.queries.sharing.setting import setting
from isthmus.queries.sharing.want_parts import Parts, parts
from isthmus.queries.sharing.warning import next_events
from tests.queries.sharing.hand import RECORD, STAR_HOLDINGS, STARS, held, load

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.queries.sharing.rules import Ledger, Rule

ARREST = [
    "p1 citizen_of FR", "p1 member_of c1 2014", "p1 friend_of p2 2016", "p1 linked_to p3", "p1 sibling_of p4",
    "p1 arrested_in e1", "e1 date 2015-03-04", "e1 event_kind arrest", "e1 occurred_in BE",
]  # fmt: skip


def holders(book: Ledger, fact: str) -> dict[str, int]:
    """Countries that hold a fact, with the day."""
    subject, name, value = fact.split()
    rows = book.rows.take(book.rows["fact"] == book.facts.keys[subject, name, value])
    return dict(zip(rows["country"], rows["since"], strict=True))


def book(case: Case, rule: Rule, **options: float) -> Ledger:
    return ledger(Facts.of(case.graph), rule, **options)  # type: ignore[arg-type]


def test_the_arresting_state_holds_what_had_certainly_begun(case: Case) -> None:
    load(case, ARREST, [])
    found = book(case, "arresting")
    arrest = day("2015-03-04")
    assert holders(found, "p1 member_of c1") == {"BE": arrest}
    assert holders(found, "p1 arrested_in e1") == {"BE": arrest}
    assert holders(found, "p1 citizen_of FR") == {"BE": arrest}
    assert holders(found, "p1 sibling_of p4") == {"BE": arrest}
    assert holders(found, "p1 friend_of p2") == {}  # began the year after
    assert holders(found, "p1 linked_to p3") == {}  # nobody says when it began


def test_territory_holds_the_event_from_its_end(case: Case) -> None:
    load(case, [*ARREST, "p2 took_part_in e2", "e2 date 2015-05-01/2015-05-03", "e2 occurred_in DE"], [])
    found = book(case, "territory")
    assert holders(found, "p2 took_part_in e2") == {"DE": day("2015-05-03")}
    assert holders(found, "p1 member_of c1") == {}


def test_each_side_holds_what_lies_within_one_country_surely(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p2 citizen_of FR", "p3 citizen_of BE", "p1 met p2 2015", "p1 met p3 2015"], [])
    assert holders(book(case, "each-side", q=0.0), "p1 met p2") == {"FR": day("2015-01-01")}
    assert holders(book(case, "each-side", q=0.0), "p1 met p3") == {}
    assert set(holders(book(case, "each-side", q=1.0), "p1 met p3")) == {"FR", "BE"}


def test_nationality_gives_a_fact_to_every_country_of_its_people(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p3 citizen_of BE", "p1 met p3 2015"], [])
    assert set(holders(book(case, "nationality"), "p1 met p3")) == {"FR", "BE"}


def test_a_declared_not_held_is_stronger_than_a_rule(case: Case) -> None:
    refused = held("p1 member_of c1", "BE", "../2015-11-13", state="not held")
    load(case, ARREST, [refused])
    assert holders(book(case, "arresting"), "p1 member_of c1") == {"BE": day("2015-11-14")}


def test_what_one_body_does_not_hold_its_country_may(case: Case) -> None:
    refused = held("p1 member_of c1", "BE", "../2015-11-13", state="not held", body="central database")
    load(case, ARREST, [refused])
    assert holders(book(case, "arresting"), "p1 member_of c1") == {"BE": day("2015-03-04")}


def test_a_date_of_a_month_counts_from_its_end_and_an_undated_holding_at_no_day(case: Case) -> None:
    load(case, STARS, [held("p1 friend_of p2", "FR", "2015-06"), held("p1 friend_of p3", "FR")])
    found = book(case, "declared")
    at = found.facts.keys["p1", "friend_of", "p2"]
    undated = found.facts.keys["p1", "friend_of", "p3"]
    assert found.held(("FR",), day("2015-06-29"))[at, 0] == False  # noqa: E712  a numpy bool
    assert found.held(("FR",), day("2015-06-30"))[at, 0]
    assert not found.held(("FR",), MAX_DAY)[undated, 0]
    assert found.held(("FR",), None)[undated, 0]


def test_a_fact_that_only_a_holding_tells_of_is_a_fact(case: Case) -> None:
    load(case, STARS, [held("p1 radicalised yes", "BE", "2015")])
    assert set(holders(book(case, "declared"), "p1 radicalised yes")) == {"BE"}


@pytest.mark.parametrize("rule", RULES)
def test_two_stars_joined_by_a_tie_that_no_one_holds(case: Case, rule: Rule) -> None:
    load(case, STARS, STAR_HOLDINGS)
    seen = setting(case.graph, rule=rule, q=0.0, values=("pairs",), within=3)
    found = parts(seen)[0]
    assert found.all == 9
    if rule in ("declared", "arresting", "territory"):
        assert found == Parts("pairs", one=0, pooling=0, nobody=0, silent=9)


def test_a_joining_tie_declared_not_held_is_seen_by_nobody(case: Case) -> None:
    refused = [held("p1 friend_of p4", c, "..", state="not held") for c in ("FR", "BE")]
    refused = [h._replace(valid="../2030") for h in refused]
    load(case, STARS, [*STAR_HOLDINGS, *refused])
    seen = setting(case.graph, rule="declared", values=("pairs",), within=3)
    assert parts(seen) == [Parts("pairs", one=0, pooling=0, nobody=9, silent=0)]


def test_the_joining_tie_in_one_hand_makes_the_rest_a_matter_of_pooling(case: Case) -> None:
    load(case, STARS, [*STAR_HOLDINGS, held("p1 friend_of p4", "FR", "2015")])
    seen = setting(case.graph, rule="declared", values=("pairs",), within=3)
    assert parts(seen) == [Parts("pairs", one=3, pooling=6, nobody=0, silent=0)]


def exchange(case: Case, giver: str, receiver: str, **options: str) -> tuple[int, int, int, int]:
    """Gain, handed over, exclusive, hits."""
    graph = as_now(case.file, Lens.of(known_by=options.get("known_by")))
    seen = setting(graph, rule="declared", among=["FR", "BE", "MA"], **options)  # type: ignore[arg-type]
    found = Exchanges(seen)
    at = seen.parties.index(giver), seen.parties.index(receiver)
    return tuple(int(matrix[at]) for matrix in (found.gain, found.handed, found.exclusive, found.hits))  # type: ignore[return-value]


def test_an_exchange_counts_what_the_other_lacks_and_wants_to_know(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p1 radicalised yes", "p2 citizen_of MA", "p2 radicalised yes"],
         [held("p1 radicalised yes", "BE", "2015"), held("p2 radicalised yes", "BE", "2015"),
          held("p2 radicalised yes", "MA", "2015")])  # fmt: skip
    assert exchange(case, "BE", "FR") == (1, 2, 1, 0)
    assert exchange(case, "BE", "MA") == (0, 1, 0, 0)
    assert exchange(case, "FR", "BE") == (0, 0, 0, 0)


def test_a_needer_without_interest_gains_nothing_unless_the_limit_is_lifted(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p1 radicalised yes"], [held("p1 radicalised yes", "BE", "2015")])
    assert exchange(case, "BE", "MA") == (0, 1, 0, 0)
    assert exchange(case, "BE", "MA", need="all") == (1, 1, 1, 0)


def test_comparing_pseudonyms_finds_only_people_that_both_hold(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p1 radicalised yes", "p1 intends harm", "p2 citizen_of FR", "p2 intends harm"],
         [held("p1 radicalised yes", "BE", "2015"), held("p2 intends harm", "BE", "2015"),
          held("p1 intends harm", "FR", "2015")])  # fmt: skip
    assert exchange(case, "BE", "FR") == (2, 2, 2, 1)


def test_what_was_learnt_later_is_not_seen_before(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p1 radicalised yes"], [held("p1 radicalised yes", "BE", "2015-06-30")])
    assert exchange(case, "BE", "FR", known_by="2015-06-29")[0] == 0
    assert exchange(case, "BE", "FR", known_by="2015-06-30")[0] == 1


def test_a_threat_interests_its_target_once_it_has_begun(case: Case) -> None:
    load(case, ["p1 planned e1", "e1 event_kind plot", "e1 date 2015-05-05", "e1 occurred_in FR", "p1 intends harm"],
         [held("p1 intends harm", "BE", "2015-01")])  # fmt: skip
    assert exchange(case, "BE", "FR", known_by="2015-05-04")[0] == 0
    assert exchange(case, "BE", "FR", known_by="2015-05-05")[0] == 1


def test_syria_and_iraq_are_parties_only_by_name(case: Case) -> None:
    load(case, ["p1 citizen_of SY", "p1 radicalised yes"], [held("p1 radicalised yes", "IQ", "2015")])
    graph = case.graph
    assert setting(graph).parties == ()
    assert setting(graph, among=["SY", "IQ"]).parties == ("SY", "IQ")


@pytest.mark.parametrize(
    "options",
    [{"rule": "rumour"}, {"values": ["gossip"]}, {"need": "some"}, {"among": ["FR"]}, {"among": ["FR", "Nowhere"]},
     {"within": 0}, {"q": 1.5}, {"values": []}],
)  # fmt: skip
def test_an_option_that_does_not_exist_is_named(case: Case, options: dict[str, object]) -> None:
    load(case, STARS, STAR_HOLDINGS)
    with pytest.raises(BadQuestion):
        setting(case.graph, **options)  # type: ignore[arg-type]


def test_no_party_is_left_out_of_the_sum_of_credits(case: Case) -> None:
    from isthmus.queries.sharing.credit_shares import standing

    load(case, STARS, [*STAR_HOLDINGS, held("p1 friend_of p4", "FR", "2015")])
    graph = case.graph
    pairs = standing(setting(graph, rule="declared", values=("pairs",), within=3))
    assert pairs.credit.value.sum() == pytest.approx(9)
    assert pairs.interaction is not None
    assert pairs.interaction[0, 1] == pytest.approx(6)  # what only both together see
    items = standing(setting(graph, rule="declared", values=("concern",)))
    assert np.isclose(items.credit.value.sum(), 0)  # a friendship alone is no concern


def test_what_was_taken_back_or_graded_too_low_is_no_fact_because_someone_held_it(case: Case) -> None:
    load(case, ["p1 citizen_of FR", "p1 radicalised yes credibility=5", "p1 intends harm"],
         [held("p1 radicalised yes", "BE", "2015"), held("p1 intends harm", "BE", "2015")])  # fmt: skip
    taken = next(row for row in case.rows("claims") if row.property == "intends")
    case.load([Claim(RECORD.id, "p1", "retracts", taken.id)], source="s")
    graph = case.through(min_grade="C3").graph
    keys = {key[1] for key in Facts.of(graph).keys}
    assert "radicalised" not in keys
    assert "intends" not in keys


def test_what_comes_next_is_an_event_in_which_one_has_a_part_and_not_where_one_was_killed(case: Case) -> None:
    facts = [f"e{n} {said}" for n in (1, 2) for said in ("kind Event", f"date 2015-11-{n:02}")]
    load(case, [*facts, "p1 supplied e1", "p1 took_part_in e2", "p2 killed_in e1", "p2 took_part_in e2"], [])
    seen = setting(as_now(case.file, Lens.of(known_by="2015-10")), rule="declared", known_by="2015-10")
    found = {str(seen.graph.ids[who]): str(seen.graph.ids[event]) for who, event in next_events(seen).items()}
    assert found == {"p1": "e1", "p2": "e2"}
