from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.queries.sharing.hitting import minimal_coalitions, only_copies


def test_a_chain_with_one_holder_a_hop_needs_them_all() -> None:
    assert minimal_coalitions([{"BE"}, {"FR"}, {"MA"}]) == [frozenset({"BE", "FR", "MA"})]


def test_a_holder_of_two_hops_makes_the_coalition_smaller() -> None:
    found = minimal_coalitions([{"BE", "FR"}, {"FR", "MA"}])
    assert found == [frozenset({"FR"}), frozenset({"BE", "MA"})]


def test_a_hop_that_nobody_holds_leaves_none() -> None:
    assert minimal_coalitions([{"BE"}, set()]) == []


def test_no_hops_need_nobody() -> None:
    assert minimal_coalitions([]) == [frozenset()]


def test_the_only_copy_of_a_hop() -> None:
    assert only_copies([{"BE", "FR"}, {"MA"}, set()]) == ["", "MA", ""]


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from("ABCD")), max_size=5))
def test_all_minimal_sets_and_no_others(hops: list[set[str]]) -> None:
    subsets = [frozenset(s) for s in chain.from_iterable(combinations("ABCD", k) for k in range(5))]
    seeing = [s for s in subsets if all(s & hop for hop in hops)]
    minimal = {s for s in seeing if not any(t < s for t in seeing)}
    assert set(minimal_coalitions(hops)) == minimal
