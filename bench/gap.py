"""The sharing gap: exact and sampled credit, all rules, and the cold answers, each against its target.

python bench/gap.py

Targets are wall seconds on an idle machine; the processor seconds beside them tell a slow machine from a busy one.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from isthmus.case import Case
from isthmus.data import load_shipped
from isthmus.queries.sharing.components import HeldNetwork, Pairs, every_coalition
from isthmus.queries.sharing.credit import shapley
from isthmus.queries.sharing.reach import count_pairs
from isthmus.queries.sharing.sampled import sampled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from isthmus.queries.sharing.credit import Credit

PARTIES, STEPS, DRAWS = 12, 4, 40
PEER_COALITIONS = 128  # plain NetworkX is timed on so many of the 4,096 and scaled up


def row(what: str, figure: str, target: str, met: bool) -> None:
    print(f"{what:<62} {figure:>24}   {target:<18} {'ok' if met else 'SHORT'}")


def spent() -> float:
    """Processor seconds of this process and of those it waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def timed(work: Callable[[], object], runs: int = 1) -> tuple[float, str]:
    """Wall seconds of the fastest run; the same in words, with its processor seconds."""
    found = []
    for _ in range(runs):
        start, used = time.perf_counter(), spent()
        work()
        found.append((time.perf_counter() - start, spent() - used))
    wall, processor = min(found)
    return wall, f"{wall:.2f} s ({processor:.2f} s)"


def made(people: int, ties: int, parties: int, seed: int) -> tuple[HeldNetwork, NDArray[np.int64]]:
    """People of few large and many small countries, with a few hubs; nobody holds anything yet."""
    rng = np.random.default_rng(seed)
    weight = 1.0 / np.arange(1, parties + 1)
    country = rng.choice(parties, people, p=weight / weight.sum())
    pull = rng.pareto(2.0, people) + 1
    ends = rng.choice(people, (ties, 2), p=pull / pull.sum())
    pairs = Pairs.of_countries([frozenset([str(code)]) for code in country])
    return HeldNetwork(people, ends[:, 0], ends[:, 1], np.zeros((ties, parties), dtype=bool), pairs), country


def held(network: HeldNetwork, country: NDArray[np.int64], q: float, rng: np.random.Generator) -> HeldNetwork:
    """The same with each side holding a tie with chance q, and what lies within one country surely."""
    table = np.zeros_like(network.held)
    same = country[network.source] == country[network.target]
    for ends in (network.source, network.target):
        rows = np.flatnonzero(same | (rng.random(len(ends)) < q))
        table[rows, country[ends[rows]]] = True
    return HeldNetwork(network.size, network.source, network.target, table, network.pairs)


def exact(network: HeldNetwork) -> NDArray[np.float64]:
    """Credit of 12 parties by enumeration."""
    return shapley(count_pairs(network, network.seen(every_coalition(PARTIES)), STEPS).astype(float))


def plain(network: HeldNetwork, coalitions: NDArray[np.bool_]) -> list[int]:
    """The worth of each coalition as one writes it with NetworkX."""
    apart = network.pairs.columns(np.arange(network.size))
    found = []
    for coalition in coalitions:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(network.size))
        seen = (network.held & coalition).any(axis=1)
        graph.add_edges_from(zip(network.source[seen].tolist(), network.target[seen].tolist(), strict=True))
        near = dict(nx.all_pairs_shortest_path_length(graph, cutoff=STEPS))
        found.append(sum(1 for s, reached in near.items() for t in reached if s < t and apart[s, t]))
    return found


def games() -> None:
    network, country = made(77, 273, PARTIES, 1)
    game = held(network, country, 0.5, np.random.default_rng(1))
    one, words = timed(lambda: exact(game), runs=5)
    row("one exact game, 12 parties, 77 people, 273 ties", words, "under 0.2 s", one < 0.2)
    some = every_coalition(PARTIES)[np.random.default_rng(2).choice(4096, PEER_COALITIONS, replace=False)]
    took, _ = timed(lambda: plain(game, some))
    assert count_pairs(game, game.seen(some), STEPS).tolist() == plain(game, some)
    scaled = took * 4096 / PEER_COALITIONS
    row(f"  plain NetworkX, same counts ({PEER_COALITIONS} coalitions, scaled)", f"{scaled:.1f} s = {scaled / one:.0f} x",
        "50 x or more", scaled / one >= 50)  # fmt: skip
    took, words = timed(lambda: all_rules(network, country))
    row("all rules, three q, 40 draws each, exact credit", words, "under 20 s", took < 20)


def all_rules(network: HeldNetwork, country: NDArray[np.int64]) -> None:
    """Forty draws by each of three chances, and one game for each of the four other rules."""
    rng = np.random.default_rng(3)
    for q in [0.5, 0.25, 0.1] * DRAWS + [1.0] * 4:
        exact(held(network, country, q, rng))


def large() -> None:
    network, country = made(10_000, 50_000, 30, 4)
    game = held(network, country, 0.5, np.random.default_rng(4))
    for error, target in ((0.10, 15.0), (0.03, 90.0)):
        kept: list[Credit] = []
        took, words = timed(lambda error=error, kept=kept: kept.append(sampled(game, 2, error=error, seconds=300)))  # type: ignore[misc]
        large_ones = kept[0].value > 0.01 * kept[0].value.sum()
        reached = float((kept[0].error[large_ones] / kept[0].value[large_ones]).max())
        row(f"10,000 people, 50,000 ties, 30 parties: error {reached:.1%} ({error:.0%})", words,
            f"under {target:.0f} s", took < target and reached <= error)  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    row("  memory at its peak", f"{peak:.2f} GB", "under 0.5 GB", peak < 0.5)


def cold() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shipped.case"
        with Case.create(path) as case:
            load_shipped(case.file)
        for asked in (
            ["knowable", "2015-11-12", "--holders", "FR"],
            ["gap", "--known-by", "2015-11-12", "--toward", "Salah Abdeslam", "--needer", "FR"],
        ):
            command = [sys.executable, "-m", "isthmus", *asked, "--case", str(path), "--json"]
            took, words = timed(lambda command=command: subprocess.run(command, check=True, capture_output=True), 3)  # type: ignore[misc]
            row(f"isthmus {' '.join(asked[:2])} …, cold", words, "under 1.5 s", took < 1.5)


if __name__ == "__main__":
    games()
    large()
    cold()
