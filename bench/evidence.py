"""The main questions at size: cards, betweenness, paths, connection, the null model, cross-border from a case file.

    python bench/evidence.py [SCALE [PART...]]

SCALE (0.1 if not given; 1 for the sizes that the targets are stated for) shortens what takes minutes: the draws of
the large card, the ties of paths and of the case file. PART is one of cards, betweenness, paths, connection, null,
cross-border; all if not given. Targets are wall seconds on an idle machine with two cores;
processor seconds stand beside them, to tell a slow machine from a busy one. All networks are random.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from isthmus.case import Case
from isthmus.graph.record.rows import Claim, Record, SourceRow
from isthmus.queries import measures
from isthmus.queries.evidence.adjacency import adjacency
from isthmus.queries.evidence.best import best_paths
from isthmus.queries.evidence.reliability import connection
from isthmus.queries.measures.crossing import country_sets, crossing
from isthmus.queries.robustness import ERRORS, card
from isthmus.queries.robustness.cards import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.queries.measures.network import Ints, Network, Reals

COUNTRIES = [f"{a}{b}" for a in "ABCDEFGH" for b in "VWXYZ"]
PEER = """
import csv, sys, networkx as nx
graph = nx.Graph()
with open(sys.argv[1], newline="") as people:
    for row in csv.DictReader(people):
        graph.add_node(row["id"], country=row["country"])
with open(sys.argv[2], newline="") as ties:
    graph.add_edges_from((row["a"], row["b"]) for row in csv.DictReader(ties))
with open(sys.argv[3], "w", newline="") as out:
    writer = csv.writer(out)
    country = nx.get_node_attributes(graph, "country")
    writer.writerows((a, b, country[a], country[b]) for a, b in graph.edges if country[a] != country[b])
"""


IN_PYTHON = """
import sys, isthmus
with isthmus.open(sys.argv[1]) as case:
    print(len(case.cross_border(kinds=["pair"]).table))
"""


def pairs(n: int, m: int, seed: int = 1) -> Ints:
    """`m` different ties among `n` nodes."""
    random = np.random.default_rng(seed)
    ends = np.sort(random.integers(0, n, (m + m // 5 + 50, 2)), axis=1)
    keys = np.unique((ends[:, 0] * n + ends[:, 1])[ends[:, 0] < ends[:, 1]])
    chosen = random.choice(keys, m, replace=False)
    return np.stack([chosen // n, chosen % n], axis=1)


def of(ends: Ints, n: int) -> Network:
    return measures.network(n, ends[:, 0], ends[:, 1])


def betweenness(graph: Network, _of: Ints) -> Reals:
    return measures.betweenness_centrality(graph, normalized=False, single=True)


def timed(work: Callable[[], Any], runs: int = 3) -> tuple[float, float]:
    """Wall and processor seconds of the fastest of `runs`."""
    best = (float("inf"), float("inf"))
    for _ in range(runs):
        wall, used = time.perf_counter(), spent()
        work()
        best = min(best, (time.perf_counter() - wall, spent() - used))
    return best


def spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def row(what: str, seconds: tuple[float, float], target: float, times: float = 1) -> None:
    wall, used = seconds[0] * times, seconds[1] * times
    note = "" if times == 1 else f" (x{times:.0f} of what was run)"
    print(
        f"{what:<58}{wall:8.2f} s{used:8.2f} s cpu   target {target:g} s  {'ok' if wall <= target else 'SHORT'}{note}"
    )


def cards(scale: float) -> None:
    small = of(pairs(90, 270), 90)
    row("card, 90 people, 270 ties, 6 x 5 x 300", timed(lambda: card(small, betweenness, models=tuple(ERRORS)), 1), 8)
    large, draws = of(pairs(2000, 8000), 2000), max(1, round(100 * scale / 3))
    levels = LEVELS[1:4]
    seconds = timed(lambda: card(large, betweenness, models=tuple(ERRORS), levels=levels, draws=draws), 1)
    row("card, 2,000 people, 8,000 ties, exact, 18 x 100", seconds, 300, 100 / draws)


def exact_betweenness(scale: float) -> None:
    ends = pairs(3000, 15_000)
    ours = timed(lambda: measures.betweenness_centrality(of(ends, 3000)))
    reference: nx.Graph[int] = nx.Graph()
    reference.add_nodes_from(range(3000))
    reference.add_edges_from(ends.tolist())
    sources = max(100, round(3000 * scale))
    theirs = timed(lambda: nx.betweenness_centrality(reference, k=sources, seed=1), 1)
    wall, used = (theirs[at] * 3000 / sources for at in (0, 1))
    times = wall / ours[0]
    print(f"betweenness, 3,000 nodes, 15,000 ties: {ours[0]:.2f} s ({ours[1]:.2f} cpu), NetworkX {wall:.1f} s "
          f"({used:.1f} cpu): {times:.0f} times   target 20 times  {'ok' if times >= 20 else 'SHORT'}")  # fmt: skip


def paths(scale: float) -> None:
    n, m = round(200_000 * scale), round(1_000_000 * scale)
    ends = pairs(n, m)
    chance = np.random.default_rng(2).choice(np.array([0.07, 0.35, 0.55, 0.65, 0.81, 0.9]), m)
    graph = adjacency(n, ends[:, 0], ends[:, 1])
    row(f"k = 10 best paths, {m:,} ties", timed(lambda: best_paths(graph, chance, 0, n - 1, k=10)), 1)


def connections() -> None:
    ends = pairs(10_000, 50_000)
    graph, chance = adjacency(10_000, ends[:, 0], ends[:, 1]), np.random.default_rng(3).uniform(0.05, 0.5, 50_000)
    for half_width, target in ((0.03, 0.5), (0.01, 3.0)):
        what = f"connection, 10,000 nodes, 50,000 ties, +-{half_width}"
        row(what, timed(lambda half=half_width: connection(graph, chance, 0, 9_999, half_width=half)), target)  # type: ignore[misc]


def null_model() -> None:
    n = 20_000
    random = np.random.default_rng(4)
    sets = country_sets([frozenset(random.choice(COUNTRIES, random.choice([1, 2], p=[0.9, 0.1]), replace=False).tolist())
                         if at % 5 == 0 else frozenset({COUNTRIES[at % 40]}) for at in range(n)])  # fmt: skip
    ends, strata = pairs(n, 100_000), random.integers(0, 12, n)
    row(
        "null model, 2,000 permutations, 100,000 ties", timed(lambda: crossing(ends[:, 0], ends[:, 1], sets, strata)), 2
    )


def rows(n: int, ends: Ints) -> Iterator[Row]:
    yield SourceRow("bench", "generated")
    codes = ("FR", "BE", "DE", "ES", "IT", "MA", "GB", "NL")
    for at in range(n):
        record = Record("bench", f"person {at}", f"row {at}")
        yield record
        yield Claim(record.id, f"p{at:07d}", "kind", "Person")
        yield Claim(record.id, f"p{at:07d}", "citizen_of", codes[at % 8])
    for number, (a, b) in enumerate(ends.tolist()):
        if number % 20 == 0:
            record = Record("bench", f"ties {number}", f"row {number}")
            yield record
        yield Claim(record.id, f"p{a:07d}", "met", f"p{b:07d}")


def cross_border(scale: float) -> None:
    n, m = round(200_000 * scale), round(1_000_000 * scale)
    ends = pairs(n, m)
    codes = ("FR", "BE", "DE", "ES", "IT", "MA", "GB", "NL")
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        with Case.create(at / "bench.case") as case:
            case.load(rows(n, ends), source="bench")
        with (at / "people.csv").open("w", newline="") as people, (at / "ties.csv").open("w", newline="") as ties:
            csv.writer(people).writerows([("id", "country"), *((f"p{i:07d}", codes[i % 8]) for i in range(n))])
            csv.writer(ties).writerows([("a", "b"), *((f"p{a:07d}", f"p{b:07d}") for a, b in ends.tolist())])
        (at / "peer.py").write_text(PEER)
        asked = [
            sys.executable,
            "-m",
            "isthmus.cli",
            "cross-border",
            "--case",
            str(at / "bench.case"),
            "--kind",
            "pair",
        ]
        peer = [
            sys.executable,
            str(at / "peer.py"),
            *(str(at / f"{name}.csv") for name in ("people", "ties", "theirs")),
        ]
        ran = partial(subprocess.run, check=True, capture_output=True, env={**os.environ, "XDG_CACHE_HOME": folder})
        first = timed(lambda: ran(asked), 1)
        theirs = timed(lambda: ran(peer), 3)
        answers = {
            "first rows on the terminal": timed(lambda: ran(asked)),
            "all rows in Python": timed(lambda: ran([sys.executable, "-c", IN_PYTHON, str(at / "bench.case")])),
            "all rows as CSV": timed(lambda: ran([*asked, "--csv", "--out", str(at / "ours.csv")])),
        }
        found = [sum(1 for _ in (at / f"{name}.csv").open()) for name in ("ours", "theirs")]
        found[0] -= 1  # names of the columns
        print(
            f"cross-border, {m:,} ties, cold; NetworkX from CSV to CSV {theirs[0]:.1f} s, {found[1]:,} rows   target 0.1 of it"
        )
        print(f"  folded for the first time, as `load` does at its end: {first[0]:.1f} s ({first[1]:.1f} cpu)")
        for what, ours in answers.items():
            print(f"  {what}: {ours[0]:.2f} s ({ours[1]:.2f} cpu), {ours[0] / theirs[0]:.2f} of it")
        print(f"  rows: {found[0]:,}   {'same number' if found[0] == found[1] else 'DIFFERENT NUMBER'}")


PARTS: dict[str, Callable[[float], None]] = {
    "cards": cards,
    "betweenness": exact_betweenness,
    "paths": paths,
    "connection": lambda _scale: connections(),
    "null": lambda _scale: null_model(),
    "cross-border": cross_border,
}


def main() -> None:
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
    for part in sys.argv[2:] or PARTS:
        PARTS[part](scale)


if __name__ == "__main__":
    main()
