"""Writes docs/validation.md: how the main questions fare on networks whose truth is known, because it was made up.

    python docs/make_validation.py

Every number comes from this script; the same seed gives the same page. It takes a few minutes.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from isthmus.queries import measures
from isthmus.queries.evidence.adjacency import adjacency
from isthmus.queries.evidence.copies import copies
from isthmus.queries.evidence.joined import noisy_or
from isthmus.queries.evidence.reliability import connection
from isthmus.queries.measures.crossing import country_sets, crossing
from isthmus.queries.robustness import ERRORS, card
from isthmus.queries.robustness.agreement import ranks
from isthmus.queries.robustness.errors import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.queries.measures.network import Ints, Network, Reals

SEED = 2015
GRADES = {"B1": 0.9, "B2": 0.81, "B3": 0.62, "C3": 0.55, "D4": 0.21}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return "\n".join([*lines, *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)])


def bins(predicted: Reals, true: Reals) -> list[tuple[str, int, str, str]]:
    """Predicted against true, in five bins."""
    edges = np.linspace(0, 1, 6)
    at = np.clip(np.digitize(predicted, edges) - 1, 0, 4)
    return [
        (
            f"{edges[b]:.1f}–{edges[b + 1]:.1f}",
            int((at == b).sum()),
            f"{predicted[at == b].mean():.3f}",
            f"{true[at == b].mean():.3f}",
        )
        for b in range(5)
        if (at == b).any()
    ]


def brier(predicted: Reals, true: Reals) -> str:
    """Mean squared distance between what was predicted and what was so."""
    return f"{((predicted - true) ** 2).mean():.4f}"


def planted_reports(random: np.random.Generator, ties: int) -> tuple[Ints, Ints, Reals, Reals]:
    """Ties that are so with chance 0.3; origins that report each, right as often as their grade says; and copies."""
    true = random.random(ties) < 0.3
    tie, origin, chance = [], [], []
    for at in range(ties):
        for number in range(random.integers(1, 4)):
            p = float(random.choice(list(GRADES.values())))
            odds = p / (1 - p) * 0.7 / 0.3  # how much likelier a true tie is to be reported than a false one
            seen = random.random() < (min(1.0, odds) if true[at] else min(1.0, 1 / odds))
            for _ in range(int(random.integers(1, 4)) if seen else 0):
                tie.append(at)
                origin.append(number)
                chance.append(p)
    return np.array(tie), np.array(origin), np.array(chance), true.astype(float)


def independent_reports(random: np.random.Generator, ties: int) -> tuple[Ints, Ints, Reals, Reals]:
    """One to three origins a tie, each right as often as its grade says; the tie is so if one of them is right."""
    tie = np.repeat(np.arange(ties), random.integers(1, 4, ties))
    chance = random.choice(list(GRADES.values()), len(tie))
    true = np.zeros(ties)
    np.maximum.at(true, tie, (random.random(len(tie)) < chance).astype(float))
    return tie, np.arange(len(tie)), chance, true


def ties_section(random: np.random.Generator) -> str:
    """Chances by noisy-or against the truth, in the world it assumes and in one that it does not."""
    tie, origin, chance, true = independent_reports(random, 20_000)
    assumed = noisy_or(tie, origin, chance, 20_000)
    parts = [
        "## The chance of a tie",
        "**Reports that err independently**, as noisy-or assumes: 20,000 pairs, one to three origins each, every one "
        "right as often as its grade says, and the tie so if one is right.",
        table(["predicted", "pairs", "mean predicted", "true"], bins(assumed, true)),
        f"Brier score {brier(assumed, true)}.",
    ]
    tie, origin, chance, true = planted_reports(random, 20_000)
    reported = np.unique(tie)
    by_origin = noisy_or(tie, origin, chance, 20_000)
    by_claim = noisy_or(tie, np.arange(len(tie)), chance, 20_000)
    return "\n\n".join([
        *parts,
        "**A world of true and false ties**: 20,000 pairs, three in ten tied; up to three origins look at each. A true "
        "tie is reported more often than a false one, by so much that a single report is right as often as its grade "
        "says; every report is copied up to twice. Reported pairs only.",
        table(["predicted", "pairs", "mean predicted", "true"], bins(by_origin[reported], true[reported])),
        f"Brier score by origin {brier(by_origin[reported], true[reported])}; with every copy counted as an origin "
        f"{brier(by_claim[reported], true[reported])}.",
        "In that world the chance of a tie is too high, most where it rests on weak grades: noisy-or does not count the "
        "silence of an origin that looked and reported nothing, takes each further report as enough by itself, and "
        "knows nothing of how rare ties are. Rank ties and paths by it; do not read it as a frequency. Counting copies "
        "as origins makes it worse.",
    ])  # fmt: skip


def connection_section(random: np.random.Generator) -> str:
    """Chances of a connection against one world each."""
    predicted, true, inside = [], [], 0
    for _ in range(400):
        pairs = np.array(list(combinations(range(12), 2)))
        pairs = pairs[random.choice(len(pairs), 22, replace=False)]
        chance = random.choice(list(GRADES.values()), len(pairs))
        graph = adjacency(12, pairs[:, 0], pairs[:, 1])
        found = connection(graph, chance, 0, 11, half_width=0.02, seed=int(random.integers(1 << 30)))
        world: nx.Graph[int] = nx.Graph()
        world.add_nodes_from(range(12))
        world.add_edges_from(pairs[random.random(len(pairs)) < chance].tolist())
        predicted.append(found.chance)
        true.append(float(nx.has_path(world, 0, 11)))
        if found.draws:
            finer = connection(graph, chance, 0, 11, half_width=0.002, seed=1)
            inside += found.low <= finer.chance <= found.high
        else:
            inside += 1
    return "\n\n".join([
        "## The chance of a connection",
        "400 networks of 12 people and 22 uncertain ties; in each, one world is drawn and looked at.",
        table(["predicted", "networks", "mean predicted", "connected"], bins(np.array(predicted), np.array(true))),
        f"Brier score {brier(np.array(predicted), np.array(true))}. The 95 % interval holds the value of a hundred times "
        f"as many draws in {inside / 400:.1%} of them.",
    ])  # fmt: skip


def degree(graph: Network, _of: Ints) -> Reals:
    """Number of ties."""
    return graph.degree.astype(float)


def between(graph: Network, _of: Ints) -> Reals:
    """Betweenness, not normalised."""
    return measures.betweenness_centrality(graph, normalized=False)


def intervals_section(random: np.random.Generator) -> str:
    """How often the interval of a rank holds the true rank."""
    rows = []
    for model in ERRORS:
        held = {"degree": [0, 0], "betweenness": [0, 0]}
        for number in range(12):
            pairs = np.array(nx.barabasi_albert_graph(50, 2, seed=number).edges)
            truth = measures.network(50, pairs[:, 0], pairs[:, 1])
            draw = MODELS[model](truth, 0.1, random, np.zeros(50, dtype=bool))
            there = np.flatnonzero((draw.home >= 0) & (draw.home < 50))
            seen = draw.network
            for name, score in (("degree", degree), ("betweenness", between)):
                true = ranks(score(truth, np.arange(50)))
                made = card(seen, score, levels=[0.1], models=tuple(ERRORS), draws=60, seed=number)
                low, high = made.low[draw.home[there]], made.high[draw.home[there]]
                top = true[there] <= 10
                held[name][0] += int(((low <= true[there]) & (true[there] <= high))[top].sum())
                held[name][1] += int(top.sum())
        rows.append((model, *(f"{inside / count:.0%}" for inside, count in held.values())))
    return "\n\n".join([
        "## Rank intervals",
        "12 networks of 50 people grown by preferential attachment; a tenth is made wrong by one model, and the card of "
        "what is then seen is drawn at 10 %. Share of the true first ten whose true rank lies in their 5-95 % interval:",
        table(["what went wrong", "degree", "betweenness"], rows),
        "The interval says where a rank would go if a tenth were wrong in a way not known, and holds the true rank about "
        "as often as it says when a tenth is. If more is wrong, it is too narrow.",
    ])  # fmt: skip


def shapes_section() -> str:
    """Cards of three shapes of network."""
    cells = nx.connected_caveman_graph(10, 6)
    inner, outer = list(combinations(range(10), 2)), [(node % 10, node) for node in range(10, 60)]
    fringe = nx.Graph([*inner, *outer])
    shapes = {"cells": cells, "random": nx.gnm_random_graph(60, 150, seed=4), "core and periphery": fringe}
    rows = []
    for name, reference in shapes.items():
        pairs = np.array(reference.edges)
        made = measures.network(60, pairs[:, 0], pairs[:, 1])
        found = card(made, between, models=["missing ties"], levels=[0.05, 0.1, 0.3], draws=100)
        rows.append((name, made.m, *(f"{row['top 3']:.2f}, {row['tau'] or 0:.2f}" for row in found.settings)))
    return "\n\n".join([
        "## Shapes",
        "Overlap of the first three by betweenness, and Kendall's τ, with so many ties missing; 60 people.",
        table(["shape", "ties", "5 %", "10 %", "30 %"], rows),
        "Agreement falls with the share of errors, as Borgatti, Carley & Krackhardt (2006) found; the first three are lost "
        "sooner with core and periphery than in a uniform random network, as Frantz & Carley (2005) found.",
    ])  # fmt: skip


def chance_section() -> str:
    """How often the null model is rejected where nothing is planted, and where something is."""
    rows = []
    for pull in (0.0, 0.1, 0.2, 0.3):
        passed = 0
        for seed in range(200):
            random = np.random.default_rng([SEED, seed])
            codes = random.choice(["BE", "FR", "MA"], 60)
            pairs = np.array(list(combinations(range(60), 2)))
            weight = np.where(codes[pairs[:, 0]] == codes[pairs[:, 1]], 1 + 3 * pull, 1 - pull)
            chosen = pairs[random.choice(len(pairs), 150, replace=False, p=weight / weight.sum())]
            sets = country_sets([frozenset({str(code)}) for code in codes])
            found = crossing(chosen[:, 0], chosen[:, 1], sets, np.zeros(60, np.int64), permutations=199, seed=seed)
            passed += found.statistics["ties across a border"].p <= 0.025
        rows.append((f"{pull:.1f}", f"{passed / 200:.1%}"))
    return "\n\n".join([
        "## Ties across borders against chance",
        "200 networks of 60 people of three countries and 150 ties; ties within a country are drawn likelier by "
        "1 + 3 x pull to 1 - pull. Share of networks in which fewer or more crossings than chance are reported "
        "(p up to 0.025 on a side):",
        table(["pull", "reported"], rows),
        "At pull 0 nothing is there to be found, and the share should be 5 % or less.",
    ])  # fmt: skip


def copies_section(random: np.random.Generator) -> str:
    """Recall and precision on edited copies."""
    words = [f"word{number}" for number in range(600)]
    originals = [random.choice(words, 120).tolist() for _ in range(150)]
    rows = []
    for share in (0.0, 0.02, 0.05, 0.08, 0.12):
        edited = [
            [str(random.choice(words)) if random.random() < share else word for word in text] for text in originals
        ]
        texts = [" ".join(text) for text in (*originals, *edited)]
        day = np.full(len(texts), 735_000)
        found = {pair[:2] for pair in copies(texts, day, day, [str(at) for at in range(len(texts))])}
        true = {(at, at + 150) for at in range(150)}
        precision = f"{len(found & true) / len(found):.2f}" if found else "none found"
        rows.append((f"{share:.0%}", f"{len(found & true) / 150:.2f}", precision))
    return "\n\n".join([
        "## Copied texts",
        "150 texts of 120 words beside a copy in which words were exchanged.",
        table(["words exchanged", "found (recall)", "right (precision)"], rows),
        "An agency story that a desk rewrote beyond one word in twenty is not found: it takes a declared derivation.",
    ])  # fmt: skip


def main() -> None:
    """Write the page."""
    random = np.random.default_rng(SEED)
    parts = [
        "# Validation on planted networks",
        "What you can rely on, and where a number says more than it should. All networks here are made up, so that the "
        "truth is known. Made by `docs/make_validation.py`; seed 2015.",
        ties_section(random), connection_section(random), intervals_section(random), shapes_section(), chance_section(),
        copies_section(random),
    ]  # fmt: skip
    Path(__file__).with_name("validation.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
