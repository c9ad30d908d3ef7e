from __future__ import annotations

import csv
from itertools import permutations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from scipy.stats import false_discovery_control

from isthmus.queries.measures.crossing import country_sets, crossing, false_discovery, participation

if TYPE_CHECKING:
    from pathlib import Path

NONE: frozenset[str] = frozenset()
# four people in a path: BE - BE - FR - (BE and FR), and one of unknown country tied to the first
SETS = [frozenset({"BE"}), frozenset({"BE"}), frozenset({"FR"}), frozenset({"BE", "FR"}), NONE]
SOURCE, TARGET = np.array([0, 1, 2, 0]), np.array([1, 2, 3, 4])


def test_observed_on_paper() -> None:
    found = crossing(SOURCE, TARGET, country_sets(SETS), np.zeros(5, int), permutations=50)
    assert found.ties == 3
    assert found.statistics["ties across a border"].observed == 1  # BE - FR; FR and BE/FR share a country
    assert found.statistics["E-I index"].observed == pytest.approx((1 - 2) / 3)
    pairs = {tuple(found.countries[at] for at in pair): test.observed for pair, test in found.pairs.items()}
    assert pairs == pytest.approx({("BE", "BE"): 1, ("BE", "FR"): 1.5, ("FR", "FR"): 0.5})


def test_expected_equals_every_permutation() -> None:
    sets = [frozenset({code}) for code in ("BE", "BE", "FR", "MA")]
    crossed = [
        sum(order[a] != order[b] for a, b in ((0, 1), (1, 2), (2, 3)))
        for order in permutations(["BE", "BE", "FR", "MA"])
    ]
    found = crossing(SOURCE[:3], TARGET[:3], country_sets(sets), np.zeros(4, int), permutations=20_000)
    assert found.statistics["ties across a border"].expected == pytest.approx(np.mean(crossed), abs=0.02)


def test_strata_are_kept() -> None:
    """Within strata that are each of one country nothing can be permuted: expected is observed."""
    sets = country_sets(SETS[:3])
    found = crossing(SOURCE[:2], TARGET[:2], sets, np.array([0, 0, 1]), permutations=40)
    for test in (*found.statistics.values(), *found.pairs.values()):
        assert test.expected == pytest.approx(test.observed)
        assert test.p == 1


def test_mixing_equals_networkx_and_the_workers_change_nothing() -> None:
    graph: nx.Graph[int] = nx.gnm_random_graph(60, 150, seed=1)
    codes = [("BE", "FR", "MA")[node % 3] for node in range(60)]
    nx.set_node_attributes(graph, dict(enumerate(codes)), "country")
    pairs = np.array(graph.edges)
    sets = country_sets([frozenset({code}) for code in codes])
    one, four = (
        crossing(pairs[:, 0], pairs[:, 1], sets, np.zeros(60, int), permutations=60, workers=count) for count in (1, 4)
    )
    assert one == four
    expected = nx.attribute_assortativity_coefficient(graph, "country")
    assert one.statistics["mixing by country"].observed == pytest.approx(expected, abs=1e-9)


def test_nothing_is_found_where_there_is_nothing() -> None:
    """On random networks at most about one in twenty tests passes at 0.05 (each side 0.025)."""
    passed = 0
    for seed in range(200):
        pairs = np.array(nx.gnm_random_graph(30, 60, seed=seed).edges)
        codes = np.random.default_rng(seed).choice(["BE", "FR", "MA"], 30)
        sets = country_sets([frozenset({str(code)}) for code in codes])
        found = crossing(pairs[:, 0], pairs[:, 1], sets, np.zeros(30, int), permutations=199, seed=seed, workers=1)
        passed += found.statistics["ties across a border"].p <= 0.025
    assert passed <= 20


def test_participation() -> None:
    found = participation(SOURCE, TARGET, country_sets(SETS))
    assert found.tolist() == pytest.approx([0, 0.5, 1 - (1.5**2 + 0.5**2) / 4, 0, 0])
    assert np.isnan(participation(np.array([0]), np.array([1]), country_sets([NONE, NONE]))).all()


def test_false_discovery_equals_scipy() -> None:
    p = np.random.default_rng(2).uniform(size=30)
    np.testing.assert_allclose(false_discovery(p), false_discovery_control(p))


@pytest.mark.external
def test_nov13_has_fewer_ties_across_borders_than_chance(external: Path) -> None:
    """Gutfraind & Genkin (2017), extended network: the index alone, +0.245, would mislead.

    The tie list spells one man otherwise than the list of people, where his citizenship is "Algers".
    """
    folder = external / "nov13"
    with (folder / "nodes.csv").open(encoding="utf-8") as nodes:
        citizenship = {row["name"]: row["citizenship"] for row in csv.DictReader(nodes)}
    assert citizenship["Abderahmane Ameroud"] == "Algers"
    citizenship["Abderamane Ameroud"] = "Algeria"
    with (folder / "ise_terrorNetworkExtended.csv").open(encoding="latin-1") as ties:
        pairs = sorted(
            {tuple(sorted((row["n1"], row["n2"]))) for row in csv.DictReader(ties) if row["n1"] != row["n2"]}
        )
    names = sorted({name for pair in pairs for name in pair})
    untold = {"", "NA", "unknown"}
    sets = country_sets([frozenset({citizenship[name]} - untold) for name in names])
    source, target = (np.array([names.index(pair[end]) for pair in pairs]) for end in (0, 1))
    found = crossing(source, target, sets, np.zeros(len(names), int), permutations=5000)
    ties_across = found.statistics["ties across a border"]
    assert (len(names), len(pairs), found.ties, ties_across.observed) == (77, 273, 241, 150)
    assert found.statistics["E-I index"].observed == pytest.approx(0.245, abs=0.0005)
    assert ties_across.expected == pytest.approx(175.6, abs=1.5)
    assert 0.010 <= ties_across.p <= 0.022
