from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.queries.sharing.components import HeldNetwork, Pairs, every_coalition
from isthmus.queries.sharing.hitnohit import hit_pairs
from isthmus.queries.sharing.reach import count_pairs, pack, pairs_in, seen_by_any
from tests.drawing import drawn


def network(ties: list[tuple[int, int, str]], countries: list[str], parties: str) -> HeldNetwork:
    """Ties as (person, person, letters of the holders); countries one letter a person, "" unknown."""
    ends = np.array([(s, t) for s, t, _ in ties], dtype=np.int64).reshape(-1, 2)
    held = np.array([[p in h for p in parties] for _, _, h in ties], dtype=bool).reshape(-1, len(parties))
    pairs = Pairs.of_countries([frozenset(c) for c in countries])
    return HeldNetwork(len(countries), ends[:, 0], ends[:, 1], held, pairs)


def worth(net: HeldNetwork, within: int | None) -> dict[str, int]:
    coalitions = every_coalition(net.held.shape[1])
    counts = count_pairs(net, net.seen(coalitions), within)
    names = ["".join(p for p, inside in zip("ABC"[: row.size], row, strict=True) if inside) for row in coalitions]
    return dict(zip(names, counts.tolist(), strict=True))


def two_stars(bridge: str) -> HeldNetwork:
    """Hub 0 of A with leaves 1, 2 of A; hub 3 of B with leaves 4, 5 of B; one tie between the hubs."""
    ties = [(0, 1, "A"), (0, 2, "A"), (3, 4, "B"), (3, 5, "B"), (0, 3, bridge)]
    return network(ties, list("AAABBB"), "AB")


def test_two_stars_joined_by_a_tie_that_no_one_holds_stay_apart_for_everyone() -> None:
    assert worth(two_stars(""), 3) == {"": 0, "A": 0, "B": 0, "AB": 0}


def test_the_joining_tie_shows_each_holder_its_side_and_both_the_whole() -> None:
    # A alone: hubs, and its two leaves with the other hub: 3; both: all 3 × 3 pairs within three steps
    assert worth(two_stars("AB"), 3) == {"": 0, "A": 3, "B": 3, "AB": 9}
    assert worth(two_stars("A"), 3) == {"": 0, "A": 3, "B": 0, "AB": 9}
    assert worth(two_stars("AB"), 2)["AB"] == 5
    assert worth(two_stars("AB"), 1)["AB"] == 1


def test_a_chain_of_three_holders_is_seen_only_by_all_three() -> None:
    net = network([(0, 1, "A"), (1, 2, "B"), (2, 3, "C")], list("AZZB"), "ABC")
    ends = worth(net, 3)
    assert ends["ABC"] == 5  # 0-1, 0-2, 0-3, 1-3, 2-3: the two of Z are of one country
    assert ends["AB"] == 2
    assert ends["BC"] == 2
    assert ends["AC"] == 2  # each its own end
    singles = net.seen(np.eye(3, dtype=bool))
    assert pairs_in(seen_by_any(net, singles, 3)) == 2


def test_a_person_of_unknown_country_carries_a_chain_and_ends_none() -> None:
    net = network([(0, 1, "A"), (1, 2, "A")], ["A", "", "B"], "A")
    assert worth(net, 2) == {"": 0, "A": 1}


def test_partly_shared_countries_are_not_across_a_border() -> None:
    net = network([(0, 1, "A")], ["AB", "B"], "A")
    assert worth(net, 1)["A"] == 0


def test_only_pairs_that_touch_someone_of_interest_count() -> None:
    net = two_stars("AB")
    wanted = np.array([True, False, False, False, False, False])
    narrow = HeldNetwork(net.size, net.source, net.target, net.held, Pairs(net.pairs.groups, net.pairs.apart, wanted))
    for within in (3, None):
        assert count_pairs(narrow, narrow.seen(np.ones((1, 2), dtype=bool)), within).tolist() == [3]


def test_a_shared_membership_takes_both_memberships_which_two_may_pool() -> None:
    # person 0 (of A) and 1 (of B) are members of one cell; party A holds the first membership, B the second
    held = np.array([[True, False], [False, True]])
    pairs = Pairs.of_countries([frozenset("A"), frozenset("B")])
    ends = np.array([0]), np.array([1])
    net = HeldNetwork(2, *ends, held, pairs, left=np.array([0]), right=np.array([1]))
    assert worth(net, 1) == {"": 0, "A": 0, "B": 0, "AB": 1}
    assert worth(net, None) == {"": 0, "A": 0, "B": 0, "AB": 1}


def test_a_pair_tied_in_two_ways_is_seen_by_who_holds_either() -> None:
    net = network([(0, 1, "A"), (1, 0, "B")], ["A", "B"], "AB")
    assert worth(net, 1) == {"": 0, "A": 1, "B": 1, "AB": 1}


def test_comparing_names_shows_a_chain_that_changes_hands_once_and_no_other() -> None:
    once = network([(0, 1, "B"), (1, 2, "A")], list("AZB"), "AB")  # both hold something on person 1
    assert hit_pairs(once, 0, 1, 2) == 2  # person 0 and 2, and the giver's own tie 1 - 2
    twice = network([(0, 1, "B"), (1, 2, "A"), (2, 3, "B")], list("AZZB"), "AB")
    assert worth(twice, 3)["AB"] - worth(twice, 3)["B"] == 3  # 0 - 2, 0 - 3 and 1 - 3
    assert hit_pairs(twice, 0, 1, 3) == 2  # 0 - 3 takes content: the chain goes from B to A and back to B
    apart = network([(0, 1, "B"), (2, 3, "A")], list("AZZB"), "AB")
    assert hit_pairs(apart, 0, 1, 3) == 0


def test_an_empty_case_has_no_pairs() -> None:
    net = network([], [], "AB")
    assert worth(net, 2) == {"": 0, "A": 0, "B": 0, "AB": 0}
    assert worth(net, None) == {"": 0, "A": 0, "B": 0, "AB": 0}


def test_packing_puts_column_j_in_bit_j() -> None:
    row = np.zeros((1, 70), dtype=bool)
    row[0, [0, 69]] = True
    assert pack(row).tolist() == [[1, 1 << 5]]


@st.composite
def networks(draw: st.DrawFn) -> HeldNetwork:
    size = draw(st.integers(2, 9))
    person = st.integers(0, size - 1)
    ties = draw(
        st.lists(st.tuples(person, person, st.sampled_from(["", "A", "B", "C", "AB", "AC", "ABC"])), max_size=14)
    )
    countries = draw(st.lists(st.sampled_from(["", "A", "B", "C", "AB"]), min_size=size, max_size=size))
    return network(ties, countries, "ABC")


def by_search(net: HeldNetwork, coalition: np.ndarray, within: int | None) -> int:
    """The same count by networkx, one search a person: the second program."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(net.size))
    for s, t, held in zip(net.source, net.target, net.held, strict=True):
        if (held & coalition).any():
            graph.add_edge(int(s), int(t))
    near = dict(nx.all_pairs_shortest_path_length(graph, cutoff=within))
    counts = net.pairs.columns(np.arange(net.size))
    return sum(1 for i, j in combinations(range(net.size), 2) if counts[i, j] and j in near[i])


@drawn(80)
@given(networks(), st.sampled_from([1, 2, 3, 4, None]))
def test_bit_sets_and_components_count_what_a_search_counts(net: HeldNetwork, within: int | None) -> None:
    coalitions = every_coalition(3)
    counts = count_pairs(net, net.seen(coalitions), within)
    assert counts.tolist() == [by_search(net, row, within) for row in coalitions]


@pytest.mark.parametrize("within", [1, 2, None])
def test_a_larger_coalition_sees_no_less(within: int | None) -> None:
    rng = np.random.default_rng(3)
    ties = [
        (int(a), int(b), h)
        for a, b, h in zip(rng.integers(0, 70, 90), rng.integers(0, 70, 90), "ABC" * 30, strict=True)
    ]
    net = network(ties, list("ABCDEFG" * 10), "ABC")
    values = worth(net, within)
    assert all(values[a] <= values[b] for a in values for b in values if set(a) <= set(b))
