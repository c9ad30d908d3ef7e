"""The engine on Nov13 (Gutfraind and Genkin 2017, Social Networks 51: 178-188): known figures come out again."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.countries import country_code
from isthmus.queries.sharing.components import HeldNetwork, Pairs, every_coalition
from isthmus.queries.sharing.credit import shapley
from isthmus.queries.sharing.reach import count_pairs, pairs_in, seen_by_any

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

pytestmark = pytest.mark.external
STEPS, DRAWS = 4, 40
TWO_SPELLINGS = {"Abderamane Ameroud": "Abderahmane Ameroud"}
MISSPELT = {"Algers": "Algeria", "Tunis": "Tunisia", "unknown": ""}


def read(folder: Path, *, joined: bool) -> tuple[HeldNetwork, list[str]]:
    """The authors' projection on people, and each person's country; nobody holds anything yet."""
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row["name"]: row["citizenship"] for row in csv.DictReader(file) if row["label"] == "Person"}
    with (folder / "ise_networkTieDetails.csv").open(encoding="latin-1", newline="") as file:
        ties = [(row["n1"], row["n2"]) for row in csv.DictReader(file) if row["n1"] != row["n2"]]
    if joined:
        ties = [(TWO_SPELLINGS.get(a, a), TWO_SPELLINGS.get(b, b)) for a, b in ties]
    people = sorted({name for tie in ties for name in tie})
    at = {name: i for i, name in enumerate(people)}
    stated = [MISSPELT.get(nodes.get(name, ""), nodes.get(name, "")) for name in people]
    country = [(country_code(text) or "") if text else "" for text in stated]
    ends = np.array([(at[a], at[b]) for a, b in ties], dtype=np.int64)
    parties = len(set(country) - {""})
    pairs = Pairs.of_countries([frozenset([code] if code else []) for code in country])
    return HeldNetwork(len(people), ends[:, 0], ends[:, 1], np.zeros((len(ties), parties), dtype=bool), pairs), country


def each_side(
    network: HeldNetwork, country: list[str], q: float, rng: np.random.Generator, *, sure: bool
) -> NDArray[np.bool_]:
    """Each side's country holds a tie with chance q; a tie within one country is one draw, or held surely."""
    codes = sorted(set(country) - {""})
    number = np.array([codes.index(code) if code else -1 for code in country])
    held = np.zeros_like(network.held)
    same = number[network.source] == number[network.target]
    for side, ends in enumerate((network.source, network.target)):
        draw = rng.random(len(ends)) < q
        draw = (draw & ~same) | (same & (sure or draw)) if side == 0 else draw & ~same
        rows = np.flatnonzero(draw & (number[ends] >= 0))
        held[rows, number[ends[rows]]] = True
    return held


def unseen(folder: Path, q: float, *, sure: bool) -> tuple[float, float]:
    """Share of the pairs that no single country sees, and its standard error over draws."""
    network, country = read(folder, joined=True)
    whole = int(count_pairs(network, np.ones((len(network.source), 1), dtype=bool), STEPS)[0])
    rng = np.random.default_rng(13)
    shares = []
    for _ in range(DRAWS):
        drawn = replace(network, held=each_side(network, country, q, rng, sure=sure))
        single = drawn.seen(np.eye(drawn.held.shape[1], dtype=bool))
        shares.append(1 - pairs_in(seen_by_any(drawn, single, STEPS)) / whole)
    return float(np.mean(shares)), float(np.std(shares, ddof=1) / np.sqrt(DRAWS))


@pytest.mark.parametrize(("joined", "pairs"), [(True, 1777), (False, 1716)])
def test_pairs_across_a_border_within_four_steps(external: Path, joined: bool, pairs: int) -> None:
    network, _ = read(external / "nov13", joined=joined)
    assert network.size == 77
    assert len(network.source) == 273
    assert count_pairs(network, np.ones((273, 1), dtype=bool), STEPS).tolist() == [pairs]


@pytest.mark.parametrize(
    ("q", "sure", "low", "high"),
    [(0.5, True, 0.35, 0.35), (0.25, True, 0.60, 0.62), (0.1, True, 0.81, 0.81),
     (0.5, False, 0.48, 0.48), (0.25, False, 0.82, 0.82), (0.1, False, 0.97, 0.97)],
)  # fmt: skip
def test_what_no_single_country_sees(external: Path, q: float, sure: bool, low: float, high: float) -> None:
    share, error = unseen(external / "nov13", q, sure=sure)
    slack = 3 * np.hypot(error, error) + 0.005  # both figures are means over draws; theirs is rounded to 1 %
    assert low - slack <= share <= high + slack


def test_credits_of_nationalities_sum_to_all_pairs(external: Path) -> None:
    network, country = read(external / "nov13", joined=True)
    held = each_side(network, country, 1.0, np.random.default_rng(1), sure=True)
    network = replace(network, held=held)
    worth = count_pairs(network, network.seen(every_coalition(held.shape[1])), STEPS).astype(float)
    shares = shapley(worth)
    assert shares.sum() == pytest.approx(worth[-1])
    codes = sorted(set(country) - {""})
    assert [codes[i] for i in np.argsort(-shares)[:2]] == ["BE", "FR"]
