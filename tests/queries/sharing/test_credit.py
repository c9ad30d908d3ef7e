from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.queries.sharing.components import HeldNetwork, Pairs, every_coalition
from isthmus.queries.sharing.credit import exact, from_draws, interaction, ranks, shapley
from isthmus.queries.sharing.reach import count_pairs
from isthmus.queries.sharing.sampled import sampled
from tests.drawing import drawn


def by_orders(worth: np.ndarray) -> list[float]:
    """Credit by writing out every order: the definition."""
    parties = len(worth).bit_length() - 1
    total = np.zeros(parties)
    orders = list(permutations(range(parties)))
    for order in orders:
        inside = 0
        for party in order:
            total[party] += worth[inside | 1 << party] - worth[inside]
            inside |= 1 << party
    return list(total / len(orders))


def random_network(seed: int, people: int = 40, ties: int = 90, parties: int = 5) -> HeldNetwork:
    rng = np.random.default_rng(seed)
    country = rng.integers(0, parties, people)
    held = rng.random((ties, parties)) < 0.3
    pairs = Pairs.of_countries([frozenset([str(c)]) for c in country])
    return HeldNetwork(people, rng.integers(0, people, ties), rng.integers(0, people, ties), held, pairs)


def worth_of(net: HeldNetwork, within: int | None = 2) -> np.ndarray:
    return count_pairs(net, net.seen(every_coalition(net.held.shape[1])), within).astype(float)


@drawn(40)
@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.integers(0, 50), min_size=1 << n, max_size=1 << n)))
def test_exact_credit_is_the_mean_over_all_orders(values: list[int]) -> None:
    worth = np.array(values, dtype=float)
    assert shapley(worth) == pytest.approx(by_orders(worth))


def test_the_glove_game() -> None:
    # parties 0 and 1 hold a left glove, 2 a right one: 1/6, 1/6, 4/6 (Shapley 1953's kind of market)
    worth = np.array([0, 0, 0, 0, 0, 1, 1, 1], dtype=float)
    assert shapley(worth) == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_credits_sum_to_what_all_see() -> None:
    worth = worth_of(random_network(1))
    assert shapley(worth).sum() == pytest.approx(worth[-1])


def test_a_party_without_holdings_gets_nothing() -> None:
    net = random_network(2)
    net.held[:, 3] = False
    assert shapley(worth_of(net))[3] == 0
    assert sampled(net, 2, error=0.2, people=10).value[3] == 0


def test_equal_holdings_get_equal_credit() -> None:
    net = random_network(3)
    net.held[:, 1] = net.held[:, 4]
    shares = shapley(worth_of(net))
    assert shares[1] == pytest.approx(shares[4])


def test_two_who_need_each_other_and_two_who_hold_the_same() -> None:
    assert interaction(np.array([0, 0, 0, 1], dtype=float))[0, 1] == 1
    assert interaction(np.array([0, 1, 1, 1], dtype=float))[0, 1] == -1
    assert interaction(np.array([0, 1, 1, 2], dtype=float))[0, 1] == 0


def test_interaction_by_writing_out_every_coalition() -> None:
    # three parties, worth 1 only for all: every pair shares it, 1/2 each (weights 1/2 for S empty, 1/2 for S = third)
    worth = np.array([0, 0, 0, 0, 0, 0, 0, 1], dtype=float)
    table = interaction(worth)
    assert table[0, 1] == pytest.approx(0.5)
    assert np.allclose(table, table.T)
    assert np.allclose(np.diag(table), 0)


@pytest.mark.parametrize("within", [1, 2, 3, None])
def test_sampled_credit_covers_the_exact_one(within: int | None) -> None:
    net = random_network(5)
    truth = exact(worth_of(net, within)).value
    found = sampled(net, within, error=0.02, people=20, seed=11)
    assert found.draws > 0
    assert (np.abs(found.value - truth) <= 4 * found.error + 1e-9).all()


def test_the_sampled_interval_covers_the_truth_as_often_as_it_says() -> None:
    net = random_network(6, people=24, ties=50, parties=4)
    truth = exact(worth_of(net)).value
    runs = [sampled(net, 2, error=0.15, people=6, seed=s) for s in range(60)]
    inside = np.mean([np.abs(r.value - truth) <= 1.96 * r.error for r in runs])
    assert inside > 0.88  # 95 % wanted; 240 values, not independent


def test_a_seed_fixes_the_draws() -> None:
    net = random_network(7)
    first, second = (sampled(net, 2, error=0.1, seed=3).value for _ in range(2))
    assert np.array_equal(first, second)


def test_equal_values_share_their_rank() -> None:
    assert ranks(np.array([5.0, 1.0, 5.0, 9.0])).tolist() == [2.5, 4.0, 2.5, 1.0]


def test_rank_interval_of_a_clear_order_is_one_rank() -> None:
    draws = np.array([[10.0, 5.0, 1.0], [11.0, 4.0, 1.5], [9.0, 6.0, 0.5], [10.0, 5.5, 1.0]])
    credit = from_draws(draws)
    assert credit.rank_low.tolist() == credit.rank_high.tolist() == [1.0, 2.0, 3.0]


def test_sampled_credit_reads_shared_memberships_as_the_exact_one_does() -> None:
    net = random_network(8, ties=60)
    rng = np.random.default_rng(8)
    left, right = rng.integers(0, 60, 60), rng.integers(-1, 60, 60)
    shared = HeldNetwork(net.size, net.source, net.target, net.held, net.pairs, left, right)
    truth = exact(worth_of(shared)).value
    found = sampled(shared, 2, error=0.02, people=20, seed=2)
    assert (np.abs(found.value - truth) <= 4 * found.error + 1e-9).all()
