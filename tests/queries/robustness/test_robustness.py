from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from scipy.stats import kendalltau

from isthmus.queries import measures
from isthmus.queries.measures import Network, network
from isthmus.queries.robustness import MODELS, card
from isthmus.queries.robustness.agreement import overlap, ranks, tau
from isthmus.queries.robustness.errors import ERRORS

if TYPE_CHECKING:
    from isthmus.queries.measures.network import Ints, Reals


def betweenness(graph: Network, of: Ints) -> Reals:
    assert len(of) == graph.n
    return measures.betweenness_centrality(graph, normalized=False)


def degree(graph: Network, of: Ints) -> Reals:
    assert len(of) == graph.n
    return graph.degree.astype(float)


def random_network(seed: int = 1, n: int = 40, m: int = 90) -> Network:
    pairs = np.array(nx.gnm_random_graph(n, m, seed=seed).edges)
    return network(n, pairs[:, 0], pairs[:, 1])


@pytest.mark.parametrize("model", MODELS)
def test_no_error_gives_exactly_one(model: str) -> None:
    graph = random_network()
    found = card(graph, betweenness, models=[model], levels=[0.0], draws=4).settings[0]
    assert [found[name] for name in ("top 1", "top 3", "top k", "tau")] == [1.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("level", [0.05, 0.3, 0.5, 1.0])
def test_a_draw_is_a_network_with_so_many_errors(model: str, level: float) -> None:
    graph = random_network()
    lit = np.arange(40) < 10
    draw = MODELS[model](graph, level, np.random.default_rng(3), lit)
    made = draw.network
    assert len(draw.of) == made.n
    assert len(draw.home) == 40
    pairs = {(min(a, b), max(a, b)) for a, b in zip(made.source.tolist(), made.target.tolist(), strict=True)}
    assert len(pairs) == made.m == len(made.weight)
    assert all(a != b for a, b in pairs)
    real = set(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    share = {"missing people": 40, "false people": 40, "split people": 40}.get(model, 90)
    count = round(level * share)
    if model == "missing people":
        assert (draw.home < 0).sum() == count
        assert pairs <= real
    elif model == "false ties":
        assert (made.m, real <= pairs) == (90 + count, True)
    elif model == "false people":
        assert (made.n, real <= pairs, int((draw.of < 0).sum())) == (40 + count, True, count)
    elif model == "merged people":
        assert len(np.unique(draw.home)) == 40 - round(level * 20)
    elif model == "split people":
        assert (made.n, made.m) == (40 + count, 90)
        whole = {(min(a, b), max(a, b)) for a, b in draw.of[np.stack([made.source, made.target]).T].tolist()}
        assert whole == real
    else:
        assert pairs <= real
        kept = {pair for pair in real if lit[list(pair)].all()} if model == "spotlight" else set()
        assert kept <= pairs
        assert made.m == max(90 - count, len(kept))


def test_hiding_favours_the_central_and_spotlight_the_arrested() -> None:
    graph = random_network(n=60, m=150)
    hub = int(np.argmax(graph.degree))
    lit = np.arange(60) < 30
    counts = {}
    for model in ("missing ties", "hiding", "spotlight"):
        draws = [MODELS[model](graph, 0.3, np.random.default_rng(seed), lit).network for seed in range(200)]
        counts[model] = (
            np.mean([draw.degree[hub] for draw in draws]),
            np.mean([draw.degree[lit].sum() / draw.degree.sum() for draw in draws]),
        )
    assert counts["hiding"][0] < counts["missing ties"][0]
    assert counts["spotlight"][1] > counts["missing ties"][1]


def test_ranks_share_the_better_place_and_feel_no_rounding() -> None:
    assert ranks(np.array([3.0, 5.0, 3.0 + 1e-12, np.nan, 1.0])).tolist()[:3] == [2, 1, 2]
    assert ranks(np.array([[0.0, 0.0], [1.0, 2.0]])).tolist() == [[1, 1], [2, 1]]
    assert np.isnan(ranks(np.array([np.nan, 1.0]))[0])


def test_overlap_on_paper() -> None:
    before = np.array([1.0, 2, 3, 4])
    after = np.array([[1.0, 2, 3, 4], [4, 1, 2, 3], [1, 1, 1, 4]])
    assert overlap(before, after, 1).tolist() == pytest.approx([1, 0, 1 / 3])
    assert overlap(before, after, 2).tolist() == pytest.approx([1, 1 / 3, 2 / 3])


@pytest.mark.parametrize("n", [20, 300])
def test_tau_equals_scipy(n: int) -> None:
    random = np.random.default_rng(5)
    before = ranks(random.integers(0, 8, n).astype(float))
    after = random.integers(0, 8, (6, n)).astype(float)
    after[1, :5] = np.nan
    after = ranks(after)
    for row, found in zip(after, tau(before, after), strict=True):
        here = ~np.isnan(row)
        assert found == pytest.approx(kendalltau(before[here], row[here]).statistic, abs=1e-12)
    assert np.isnan(tau(before, np.ones((1, n)))[0])


_ONE_CARD = """
import networkx as nx, numpy as np
from isthmus.queries import measures
from isthmus.queries.robustness import card
pairs = np.array(nx.gnm_random_graph(70, 150, seed=1).edges)
made = measures.network(70, pairs[:, 0], pairs[:, 1])
print(card(made, lambda g, of: measures.betweenness_centrality(g, normalized=False), levels=[0.1], draws=20).settings)
"""


def test_same_seed_same_card_whatever_the_cores() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", _ONE_CARD], env={**os.environ, "RAYON_NUM_THREADS": count}, text=True, check=True,
            capture_output=True,
        ).stdout
        for count in ("1", "3")
    }  # fmt: skip
    assert len(said) == 1
    assert "missing people" in said.pop()


def test_same_seed_same_card_however_draws_are_scored() -> None:
    graph = random_network()
    one = card(graph, betweenness, levels=[0.1], draws=30, seed=7)
    again = card(graph, betweenness, levels=[0.1], draws=30, seed=7, together=False)
    assert one.settings == again.settings
    assert (one.low == again.low).all()
    assert card(graph, betweenness, levels=[0.1], draws=30, seed=8).settings != one.settings


def test_renaming_leaves_the_card_within_its_error() -> None:
    graph = random_network(n=30, m=60)
    order = np.random.default_rng(2).permutation(30)
    renamed = network(30, order[graph.source], order[graph.target])
    left, right = (card(made, degree, models=["missing ties"], levels=[0.1], draws=900) for made in (graph, renamed))
    assert left.settings[0]["tau"] == pytest.approx(right.settings[0]["tau"], abs=0.02)
    assert left.settings[0]["top k"] == pytest.approx(right.settings[0]["top k"], abs=0.03)


def test_agreement_falls_with_error_and_a_star_keeps_its_centre() -> None:
    found = card(random_network(), degree, levels=[0.05, 0.2, 0.5], draws=100)
    for model in ERRORS:
        taus = [row["tau"] for row in found.settings if row["model"] == model]
        assert taus[0] > taus[1] > taus[2]
    star = network(12, np.zeros(11), np.arange(1, 12))
    kept = card(star, degree, models=["missing ties", "false ties"], levels=[0.1], draws=50)
    assert [row["top 1"] for row in kept.settings] == [1.0, 1.0]
    assert (kept.low[0], kept.high[0]) == (1, 1)


def test_core_and_periphery_suffer_more_than_random() -> None:
    """Frantz & Carley (2005): uniform random networks keep their leader better than core-periphery ones."""
    n, core = 100, 10
    inner = list(combinations(range(core), 2))
    outer = [(node % core, node) for node in range(core, n)]
    fringe = network(n, *zip(*(inner + outer), strict=True))
    pairs = np.array(nx.gnm_random_graph(n, fringe.m, seed=3).edges)
    even = network(n, pairs[:, 0], pairs[:, 1])
    shares = [
        card(made, betweenness, models=["missing ties"], levels=[0.1], draws=100).settings[0]["top 3"]
        for made in (fringe, even)
    ]
    assert shares[0] < shares[1]


def test_the_word_and_those_who_are_not_ranked() -> None:
    graph = random_network()
    shown = np.arange(40) > 0
    found = card(graph, degree, eligible=shown, levels=[0.1], draws=50)
    assert np.isnan(found.low[0])
    assert not np.isnan(found.low[1:]).any()
    assert found.word == "fragile"
    said = found.to_dict()
    assert "worst of 6 error models" in said["why"]
    assert len(said["settings"]) == len(MODELS)
    clear = network(9, [0, 0, 0, 0, 0, 0, 0, 0], range(1, 9))
    assert card(clear, degree, levels=[0.1], draws=50, k=1, models=["missing ties"]).word == "robust"
