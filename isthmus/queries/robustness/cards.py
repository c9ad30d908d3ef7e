"""The robustness card of a ranking."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.measures.network import Ints, Network, Reals
from isthmus.queries.robustness.agreement import overlap, ranks, tau
from isthmus.queries.robustness.errors import ERRORS, MODELS, Draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

Score = Callable[[Network, Ints], Reals]
"""Values of a network's nodes; the second argument is the person each node stands for, -1 for one made up."""

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.5)
AT = 0.1
"""The level at which the word and the rank intervals are read."""
ROBUST, FAIRLY = 0.9, 0.7
"""Least mean overlap to be called robust, and fairly robust. Ours; no standard exists."""
_TOGETHER = 400  # nodes of draws that are scored as one network
_AT_A_TIME = 16  # such networks that a core is given at a time: a thread is slow to wake


@dataclass(frozen=True)
class Card:
    """Agreement of a ranking with itself under errors. `low` and `high` bound each person's rank (5-95 %)."""

    settings: list[dict[str, Any]]
    low: Reals
    high: Reals
    k: int
    draws: int
    seed: int

    @property
    def worst(self) -> dict[str, Any]:
        """The error model under which the first k overlap least at the level that is read."""
        at = [row for row in self.settings if row["model"] in ERRORS and row["level"] == self.level]
        return min(at, key=lambda row: float(row["top k"]))

    @property
    def level(self) -> float:
        """The level that is read: 10 %, or the nearest that was drawn."""
        return min((float(row["level"]) for row in self.settings), key=lambda level: abs(level - AT))

    @property
    def word(self) -> str:
        """Robust, fairly robust or fragile."""
        least = float(self.worst["top k"])
        return "robust" if least >= ROBUST else "fairly robust" if least >= FAIRLY else "fragile"

    def to_dict(self) -> dict[str, Any]:
        """The card as plain values: the word, why, each model at the level that is read, then every setting."""
        worst = self.worst
        said = {
            row["model"]: f"top 1 {row['top 1']:.2f}, top 3 {row['top 3']:.2f}, top {self.k} {row['top k']:.2f}, "
            f"τ {_shown(row['tau'])}"
            for row in self.settings
            if row["level"] == self.level
        }
        return {
            "word": self.word,
            "why": f"with {self.level:.0%} {worst['model']}, the worst of {len(ERRORS)} error models, the first "
            f"{self.k} overlap {worst['top k']:.2f} on average (robust from {ROBUST}, fairly from {FAIRLY})",
            "draws": f"{self.draws} a setting; rank intervals 5-95 % over the error models at {self.level:.0%}",
            **said,
            "settings": self.settings,
        }


def card(
    graph: Network,
    score: Score,
    *,
    eligible: NDArray[np.bool_] | None = None,
    lit: NDArray[np.bool_] | None = None,
    models: Sequence[str] = tuple(MODELS),
    levels: Sequence[float] = LEVELS,
    draws: int = 300,
    k: int = 10,
    seed: int = 1,
    together: bool = True,
    of_ties: bool = False,
) -> Card:
    """Rank again `draws` times under each model and level, and compare with the ranking as it stands.

    `eligible` are the people who are ranked; the others stay in the network. `lit` are those in the spotlight.
    `of_ties`: the score is one of ties, and so are `eligible` and the ranks. `together` scores several draws as parts of one network, for measures whose order within a part does not depend
    on the other parts. The same seed gives the same card.

    Borgatti, Carley & Krackhardt (2006), Social Networks 28: 124-136; Frantz & Carley (2005), CMU-ISRI-05-117;
    Wang et al. (2012), Social Networks 34: 396-409; Smith & Moody (2013), Social Networks 35: 652-668.
    """
    ranked = np.ones(graph.m if of_ties else graph.n, dtype=bool) if eligible is None else eligible
    inside = np.zeros(graph.n, dtype=bool) if lit is None else lit
    before = ranks(np.where(ranked, score(graph, np.arange(graph.n)), np.nan))
    pairs = np.stack([graph.source, graph.target]) if of_ties else None
    settings, pooled = [], []
    read = min(levels, key=lambda level: abs(level - AT))
    for model in models:
        for level in levels:
            drawn = draw_all(graph, model, level, draws, seed, inside)
            after = ranks(np.where(ranked, _scores(drawn, score, graph.n if together else _TOGETHER, pairs), np.nan))
            settings.append(_agreement(model, level, before, after, k))
            if model in ERRORS and level == read:
                pooled.append(after)
    low, high = _interval(np.concatenate(pooled)) if pooled else (before, before)
    return Card(settings, low, high, k, draws, seed)


def draw_all(graph: Network, model: str, level: float, draws: int, seed: int, lit: NDArray[np.bool_]) -> Iterator[Draw]:
    """Networks with errors of one model and level. Each draw has a seed of its own, so that the order in which they are made does not matter."""
    number = list(MODELS).index(model)
    for at in range(draws):
        key = np.random.SeedSequence([seed, number, round(level * 1000), at])
        yield MODELS[model](graph, level, np.random.Generator(np.random.SFC64(key)), lit)


def _scores(drawn: Iterator[Draw], score: Score, size: int, pairs: Ints | None) -> Reals:
    """Score of each person in each draw; NaN for one who is missing.

    Small networks are scored many at a time, on all cores; of large ones each score is to use the cores itself.
    """
    together = max(1, _TOGETHER // max(size, 1))
    batches = iter(lambda: list(islice(drawn, together)), [])
    if together == 1:
        return np.concatenate([_scored(batch, score, pairs) for batch in batches])
    tasks = iter(lambda: list(islice(batches, _AT_A_TIME)), [])

    def scored(task: list[list[Draw]]) -> list[Reals]:
        return [row for batch in task for row in _scored(batch, score, pairs)]

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return np.concatenate(list(pool.map(scored, tasks)))


def _scored(batch: list[Draw], score: Score, pairs: Ints | None) -> list[Reals]:
    starts = np.cumsum([0, *(draw.network.n for draw in batch)])
    parts = list(zip(batch, starts.tolist(), strict=False))
    whole = Network(
        int(starts[-1]),
        np.concatenate([draw.network.source + start for draw, start in parts]),
        np.concatenate([draw.network.target + start for draw, start in parts]),
        np.concatenate([draw.network.weight for draw, _ in parts]),
        starts[:-1] if len(batch) > 1 else None,
    )
    values = score(whole, np.concatenate([draw.of for draw in batch]))
    if pairs is not None:
        return [
            _of_pairs(whole, values, np.where(draw.home[pairs] < 0, -1, draw.home[pairs] + start))
            for draw, start in parts
        ]
    return [
        np.where(draw.home >= 0, values[start : start + draw.network.n][draw.home], np.nan) for draw, start in parts
    ]


def _of_pairs(graph: Network, values: Reals, ends: Ints) -> Reals:
    """The value of the tie of each pair; NaN where there is none, or an end is missing (-1)."""
    keys = np.minimum(graph.source, graph.target) * graph.n + np.maximum(graph.source, graph.target)
    order = np.argsort(keys)
    wanted = ends.min(axis=0) * graph.n + ends.max(axis=0)
    at = np.minimum(np.searchsorted(keys, wanted, sorter=order), max(len(keys) - 1, 0))
    if not len(keys):
        return np.full(len(wanted), np.nan)
    return np.where((keys[order[at]] == wanted) & (ends.min(axis=0) >= 0), values[order[at]], np.nan)


def _agreement(model: str, level: float, before: Reals, after: Reals, k: int) -> dict[str, Any]:
    tops = {
        name: float(overlap(before, after, size).mean()) for name, size in (("top 1", 1), ("top 3", 3), ("top k", k))
    }
    correlation = tau(before, after)
    known = correlation[~np.isnan(correlation)]
    mean = round(float(known.mean()), 4) if len(known) else None
    return {"model": model, "level": level, **{name: round(value, 4) for name, value in tops.items()}, "tau": mean}


def _interval(after: Reals) -> tuple[Reals, Reals]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # those who are not ranked have no rank in any draw
        low, high = np.nanpercentile(after, [5, 95], axis=0, method="closest_observation")
    return low, high


def _shown(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"
