"""The robustness card of a path: in what share of draws it stands, and what it cannot do without."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.measures import bridges
from isthmus.queries.robustness.cards import draw_all
from isthmus.queries.structure.parts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.queries.measures.network import Ints, Network
    from isthmus.queries.robustness.errors import Draw

BREAKING = ("missing people", "missing ties", "split people", "hiding")
"""The models that can break a path; false or merged people and ties only add paths."""


def path_card(
    graph: Network,
    paths: Sequence[tuple[int, ...]],
    *,
    models: Sequence[str] = BREAKING,
    levels: Sequence[float] = (0.1,),
    draws: int = 300,
    seed: int = 1,
) -> list[dict[str, Any]]:
    """For each model and level, the share of draws in which each path stands and in which its ends are connected.

    All paths join the same two nodes, who are themselves never missing: a draw without one of them counts against
    the path. A split person stands for a path only while one of the two carries both its ties.
    """
    dark = np.zeros(graph.n, dtype=bool)
    rows = []
    for model in models:
        for level in levels:
            standing, joined = np.zeros(len(paths)), 0
            for draw in draw_all(graph, model, level, draws, seed, dark):
                stands = [_stands(draw, path) for path in paths]
                standing += stands
                joined += any(stands) or _joined(draw, paths[0][0], paths[0][-1])
            rows.append(
                {
                    "model": model, "level": level, "connected": round(joined / draws, 4),
                    "stands": [round(float(share), 4) for share in standing / draws],
                }
            )  # fmt: skip
    return rows


def critical(graph: Network, path: tuple[int, ...]) -> tuple[Ints, list[int]]:
    """Ties (rows) and nodes in the middle that every path between the same two ends goes through."""
    on = {(min(a, b), max(a, b)) for a, b in itertools.pairwise(path)}
    cut = bridges(graph)
    kept = np.array([(int(graph.source[row]), int(graph.target[row])) in on for row in cut], dtype=bool)
    needed = [node for node in path[1:-1] if not _reaches(graph, path[0], path[-1], without=node)]
    return cut[kept] if len(cut) else cut, needed


def _stands(draw: Draw, path: tuple[int, ...]) -> bool:
    made = draw.network
    if (draw.home[list(path)] < 0).any():
        return False
    a, b = draw.of[made.source], draw.of[made.target]
    at = -1
    for start, end in itertools.pairwise(path):
        row = np.flatnonzero(((a == start) & (b == end)) | ((a == end) & (b == start)))
        if not len(row):
            return False
        ends = (made.source[row[0]], made.target[row[0]])
        first, second = ends if a[row[0]] == start else ends[::-1]
        if at not in (-1, first):
            return False
        at = int(second)
    return True


def _joined(draw: Draw, source: int, target: int) -> bool:
    a, b = int(draw.home[source]), int(draw.home[target])
    return a >= 0 and b >= 0 and _reaches(draw.network, a, b)


def _reaches(graph: Network, source: int, target: int, *, without: int = -1) -> bool:
    kept = (graph.source != without) & (graph.target != without)
    part = parts(graph.n, graph.source[kept], graph.target[kept])
    return bool(part[source] == part[target])
