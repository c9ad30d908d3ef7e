from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from isthmus.queries.sharing.hitting import minimal_coalitions


def plain(*hops: str) -> list[list[list[str]]]:
    """Hops that rest on one fact each; the letters are its holders."""
    return [[[hop]] for hop in hops]


def test_a_chain_with_one_holder_a_hop_needs_them_all() -> None:
    assert minimal_coalitions(plain("A", "B", "C")) == [frozenset("ABC")]


def test_a_holder_of_two_hops_makes_the_coalition_smaller() -> None:
    assert minimal_coalitions(plain("AB", "BC")) == [frozenset("B"), frozenset("AC")]


def test_a_hop_that_nobody_holds_leaves_none() -> None:
    assert minimal_coalitions(plain("A", "")) == []


def test_no_hops_need_nobody() -> None:
    assert minimal_coalitions([]) == [frozenset()]


def test_a_shared_membership_needs_a_holder_of_each_side() -> None:
    assert minimal_coalitions([[["A", "B"]]]) == [frozenset("AB")]


def test_one_of_two_ways_is_enough() -> None:
    assert minimal_coalitions([[["A", "B"], ["C"]]]) == [frozenset("C"), frozenset("AB")]


HOPS = st.lists(st.lists(st.lists(st.sets(st.sampled_from("ABCD")), min_size=1, max_size=2), max_size=2), max_size=4)


@given(HOPS)
def test_all_minimal_sets_and_no_others(hops: list[list[list[set[str]]]]) -> None:
    subsets = [frozenset(s) for s in chain.from_iterable(combinations("ABCD", k) for k in range(5))]
    seeing = [s for s in subsets if all(any(all(s & fact for fact in way) for way in hop) for hop in hops)]
    minimal = {s for s in seeing if not any(t < s for t in seeing)}
    assert set(minimal_coalitions(hops)) == minimal
