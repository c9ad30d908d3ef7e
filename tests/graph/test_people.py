from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadQuestion

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
    from tests.graph.make import rows

    case.load(rows("p1 took_part_in e1", "p2 took_part_in e1", "p3 took_part_in e1"), source="s")
    assert _pairs(case.graph().people()) == {
        pair: {"co-participation": 0.5} for pair in (("p1", "p2"), ("p1", "p3"), ("p2", "p3"))
    }


def test_each_basis_is_kept_apart(case: Case) -> None:
    from tests.graph.make import rows

    facts = ("p1 sibling_of p2", "p1 met p2", "p1 member_of c1", "p2 leader_of c1", "p1 used o1", "p2 used o1",
             "p1 arrested_in e1", "p2 arrested_in e1")  # fmt: skip
    case.load(rows(*facts), source="s")
    people = case.graph().people()
    assert _pairs(people) == {
        ("p1", "p2"): {"direct": 1.0, "kin": 1.0, "same cell": 1.0, "co-arrest": 1.0, "shared object": 1.0}
    }
    assert people.weight.tolist() == [5.0]
    assert _pairs(case.graph().people(["kin"])) == {("p1", "p2"): {"kin": 1.0}}


def test_organisations_networks_and_trials_are_no_basis(case: Case) -> None:
    from tests.graph.make import rows

    case.load(rows("p1 member_of n1", "p2 member_of n1", "p1 tried_in e1", "p2 tried_in e1"), source="s")
    assert _pairs(case.graph().people()) == {}


def test_a_journey_stated_twice_counts_once(case: Case) -> None:
    from tests.graph.make import rows

    case.load(rows("p1 travelled_with p2", "p1 travelled_in e1", "p2 travelled_in e1"), source="s")
    assert _pairs(case.graph().people()) == {("p1", "p2"): {"co-travel": 1.0}}


def test_a_pair_names_the_claims_of_all_its_bases(case: Case) -> None:
    from tests.graph.make import rows

    case.load(rows("p1 met p2", "p1 took_part_in e1", "p2 took_part_in e1"), source="s")
    assert len(case.graph().people().claim_ids(0)) == 3


def test_an_unknown_basis_is_refused_with_the_nearest(case: Case) -> None:
    with pytest.raises(BadQuestion, match="same cell"):
        case.graph().people(["same cel"])
