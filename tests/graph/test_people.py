from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.columns import iso_dates
from isthmus.graph.people import NEVER_TOGETHER
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.people import People


def _pairs(people: People) -> dict[tuple[str, str], dict[str, float]]:
    from isthmus.graph.schema import schema

    return {
        (people.ids[a], people.ids[b]): {
            name: float(weight) for name, weight in zip(schema().bases, people.basis_weight[at], strict=True) if weight
        }
        for at, (a, b) in enumerate(zip(people.source, people.target, strict=True))
    }


def test_a_group_of_k_weighs_one_over_k_less_one(case: Case) -> None:
    case.load(rows("p1 took_part_in e1", "p2 took_part_in e1", "p3 took_part_in e1"), source="s")
    assert _pairs(case.graph.people()) == {
        pair: {"co-participation": 0.5} for pair in (("p1", "p2"), ("p1", "p3"), ("p2", "p3"))
    }


def test_each_basis_is_kept_apart(case: Case) -> None:
    facts = ("p1 sibling_of p2", "p1 met p2", "p1 member_of c1", "p2 leader_of c1", "p1 used o1", "p2 used o1",
             "p1 arrested_in e1", "p2 arrested_in e1")  # fmt: skip
    case.load(rows(*facts), source="s")
    people = case.graph.people()
    assert _pairs(people) == {
        ("p1", "p2"): {"direct": 1.0, "kin": 1.0, "same cell": 1.0, "co-arrest": 1.0, "shared object": 1.0}
    }
    assert people.weight.tolist() == [5.0]
    assert _pairs(case.graph.people(["kin"])) == {("p1", "p2"): {"kin": 1.0}}


def test_organisations_networks_and_trials_are_no_basis(case: Case) -> None:
    case.load(rows("p1 member_of n1", "p2 member_of n1", "p1 tried_in e1", "p2 tried_in e1"), source="s")
    assert _pairs(case.graph.people()) == {}


def test_a_journey_stated_twice_counts_once(case: Case) -> None:
    case.load(rows("p1 travelled_with p2", "p1 travelled_in e1", "p2 travelled_in e1"), source="s")
    assert _pairs(case.graph.people()) == {("p1", "p2"): {"co-travel": 1.0}}


def test_a_pair_names_the_claims_of_all_its_bases(case: Case) -> None:
    case.load(rows("p1 met p2", "p1 took_part_in e1", "p2 took_part_in e1"), source="s")
    assert len(case.graph.people().claim_ids(0)) == 3


def test_an_unknown_basis_is_refused_with_the_nearest(case: Case) -> None:
    with pytest.raises(BadQuestion, match="same cell"):
        case.graph.people(["same cel"])


@pytest.mark.parametrize(
    ("facts", "first", "last", "certain"),
    [
        (("p1 member_of c1 2004/2006-06", "p2 member_of c1 2006/2007"), "2006-01-01", "2006-06-30", False),
        (("p1 member_of c1 2004/2006-06", "p2 member_of c1 2005-02-01/2007"), "2005-02-01", "2006-06-30", True),
        (("p1 stayed_at o1 2006-02-01/2006-03-01", "p2 stayed_at o1 2006-03-01/2006-04"), "2006-03-01", "2006-03-01", True),
        (("p1 used o1 2015", "p2 used o1 2015"), "2015-01-01", "2015-12-31", False),
        (("p1 member_of c1 2004?/2008", "p2 member_of c1 2005/2007"), "2005-01-01", "2007-12-31", False),
        (("p1 member_of c1 2004/2008", "p2 member_of c1"), "2004-01-01", "2008-12-31", False),
        (("p1 member_of c1", "p2 member_of c1"), "", "", True),
        (("p1 used o1 2004", "p1 used o1 2015-03-01", "p2 used o1 2015-03-01"), "2015-03-01", "2015-03-01", True),
        (("p1 member_of c1 2004", "p1 leader_of c1 2015-01/2016", "p2 member_of c1 2015-03/2015-04"), "2015-03-01",
         "2015-04-30", True),
        (("p1 took_part_in e1 2015-11-13", "p2 planned e1 2015-06", "e1 date 2015-11-13"), "2015-06-01", "2015-11-13", True),
        (("p1 took_part_in e1", "p2 took_part_in e1", "e1 date 2015-11"), "2015-11-01", "2015-11-30", True),
    ],
)  # fmt: skip
def test_what_two_share_is_dated_by_the_time_they_were_both_there(
    case: Case, facts: tuple[str, ...], first: str, last: str, certain: bool
) -> None:
    case.load(rows(*facts), source="s")
    people = case.graph.people()
    (weight,) = people.weight.tolist()
    assert weight == 1.0
    assert (iso_dates(people.first).tolist(), iso_dates(people.last).tolist()) == ([first], [last])
    assert people.certain.tolist() == [certain]


@pytest.mark.parametrize(
    "facts",
    [
        ("p1 member_of c1 2004/2005", "p2 member_of c1 2014/2015"), ("p1 stayed_at o1 2006-02", "p2 stayed_at o1 2015"),
        ("p1 visited l1 2006-02-01", "p2 visited l1 2006-02-02"),
        ("p1 used o1 2004", "p1 used o1 2008", "p2 used o1 2006", "p2 used o1 2010"),
        ("p1 member_of c1 2004", "p1 leader_of c1 2008", "p2 member_of c1 2006"),
    ],
)  # fmt: skip
def test_two_who_were_never_there_together_are_not_tied_and_are_counted(case: Case, facts: tuple[str, ...]) -> None:
    case.load(rows(*facts), source="s")
    people = case.graph.people()
    assert not len(people.source)
    assert people.left_out == {NEVER_TOGETHER: 1}


def test_who_was_together_still_counts_as_one_of_the_group(case: Case) -> None:
    case.load(rows("p1 member_of c1 2014", "p2 member_of c1 2014", "p3 member_of c1 2004"), source="s")
    people = case.graph.people()
    assert people.weight.tolist() == [0.5]
    assert people.left_out == {NEVER_TOGETHER: 2}


def test_the_claims_behind_a_pair_are_those_of_the_time_together(case: Case) -> None:
    case.load(rows("p1 member_of c1 2004", "p1 leader_of c1 2015", "p2 member_of c1 2015"), source="s")
    graph = case.graph
    behind = graph.people().statements(0)
    assert sorted(graph.statements["property"].iloc[behind]) == ["leader_of", "member_of"]
    assert set(graph.statements["intervals"].iloc[behind]) == {"2015"}
