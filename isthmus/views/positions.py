"""Positions that stay: kept in the case, so that a picture changes as little as its data."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from isthmus.graph.countries import country_name
from isthmus.views.layout import SPACE, Placed, layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

Grouping = Literal["community", "country"]
KNOWN = 0.7  # share of tied nodes with a kept position from which only the new ones are placed
_NO_GROUPS_OF = ("Country", "Source")  # tied to nearly everything: they would draw all into one region
_TABLE = (
    "CREATE TABLE IF NOT EXISTS picture_position (grouping TEXT, entity TEXT, x REAL, y REAL, region TEXT, "
    "PRIMARY KEY (grouping, entity)) WITHOUT ROWID"
)


def positions(graph: Graph, countries: list[frozenset[str]], seed: int = 1) -> dict[str, dict[str, Any]]:
    """Positions and regions of every entity, by community and by country, in the page's units.

    Kept positions are used again for entities that had one; they are written back to the case where it may be
    written. An entity that is drawn in no region has region -1.
    """
    everyone = graph.ties["source"].to_numpy(dtype=np.int64), graph.ties["target"].to_numpy(dtype=np.int64)
    drawn = ~np.isin(graph.kinds, _NO_GROUPS_OF)
    inner = drawn[everyone[0]] & drawn[everyone[1]]
    source, target = everyone[0][inner], everyone[1][inner]
    codes = [min(own) if own else "~" for own in countries]  # the unknown come last
    community, country = _community(graph, source, target, seed), _country(codes, drawn, source, target, seed)
    for placed in (community, country):
        _amid(placed, np.flatnonzero(~drawn), *everyone)
    return {"community": _columns(graph, community, None), "country": _columns(graph, country, codes)}


def _amid(placed: Placed, nodes: NDArray[np.int64], source: NDArray[np.int64], target: NDArray[np.int64]) -> None:
    """Countries and sources stand amid what they are tied to, in no region; they are shown on request."""
    placed.groups[nodes] = -1
    for end, other in ((source, target), (target, source)):
        mine = np.isin(end, nodes)
        for node in np.unique(end[mine]):
            placed.points[node] = placed.points[other[end == node]].mean(axis=0)


def _community(graph: Graph, source: NDArray[np.int64], target: NDArray[np.int64], seed: int) -> Placed:
    kept = _read(graph, "community")
    placed = _again(graph, kept, source, target) or layout(len(graph.ids), source, target, seed=seed)
    _write(graph, "community", placed)
    return placed


def _country(
    codes: list[str], drawn: NDArray[np.bool_], source: NDArray[np.int64], target: NDArray[np.int64], seed: int
) -> Placed:
    groups = np.full(len(codes), -1, dtype=np.int64)
    groups[drawn] = np.unique(np.array(codes, dtype=str)[drawn], return_inverse=True)[1]
    return layout(len(codes), source, target, groups=groups, seed=seed)


def _read(graph: Graph, grouping: Grouping) -> dict[str, tuple[float, float, int]]:
    try:
        rows = graph.case.connection.execute(
            "SELECT entity, x, y, region FROM picture_position WHERE grouping = ?", (grouping,)
        ).fetchall()
    except sqlite3.OperationalError:  # no picture was made of this case yet
        return {}
    return {entity: (x, y, int(region)) for entity, x, y, region in rows}


def _write(graph: Graph, grouping: Grouping, placed: Placed) -> None:
    """Keep the positions; a case that cannot be written, or that another process writes, stays as it is."""
    rows = [
        (grouping, str(identity), float(x), float(y), int(region))
        for identity, (x, y), region in zip(graph.ids, placed.points, placed.groups, strict=True)
    ]
    connection = graph.case.connection
    try:
        with connection:
            connection.execute(_TABLE)
            connection.executemany("INSERT OR REPLACE INTO picture_position VALUES (?, ?, ?, ?, ?)", rows)
    except sqlite3.OperationalError:
        return


def _again(
    graph: Graph, kept: dict[str, tuple[float, float, int]], source: NDArray[np.int64], target: NDArray[np.int64]
) -> Placed | None:
    """Kept positions, with new entities placed among their neighbours; `None` if too few are known."""
    n = len(graph.ids)
    found = [kept.get(str(identity)) for identity in graph.ids]
    known = np.array([place is not None for place in found], dtype=bool)
    tied = np.zeros(n, dtype=bool)
    tied[source], tied[target] = True, True
    if not n or known[tied].mean() < KNOWN if tied.any() else not known.any():
        return None
    points = np.array([place[:2] if place else (0.0, 0.0) for place in found])
    groups = np.array([place[2] if place else -1 for place in found], dtype=np.int64)
    for at in np.flatnonzero(~known):
        near = np.unique(np.concatenate([target[source == at], source[target == at]]))
        near = near[known[near] & (groups[near] >= 0)]
        points[at], groups[at] = _beside(points, known, near, groups)
        known[at] = True
    return Placed(points, groups)


def _beside(
    points: NDArray[np.float64], known: NDArray[np.bool_], near: NDArray[np.int64], groups: NDArray[np.int64]
) -> tuple[NDArray[np.float64], int]:
    """A free place close to the middle of `near`, and the region that most of them are in."""
    if not len(near):
        taken = points[known]
        return np.array([taken[:, 0].min(), taken[:, 1].max() + 2 * SPACE]), -1
    region = int(np.bincount(groups[near]).argmax())
    middle = points[near[groups[near] == region]].mean(axis=0)
    at = np.arange(400)
    spiral = SPACE * 0.5 * np.sqrt(at)[:, None] * np.column_stack([np.cos(at * 2.4), np.sin(at * 2.4)]) + middle
    gaps = np.sqrt(((spiral[:, None, :] - points[known][None, :, :]) ** 2).sum(axis=2)).min(axis=1)
    free = np.flatnonzero(gaps >= SPACE * 0.8)
    return spiral[free[0] if len(free) else int(gaps.argmax())], region


def _columns(graph: Graph, placed: Placed, codes: list[str] | None) -> dict[str, Any]:
    k = int(placed.groups.max(initial=-1)) + 1
    return {
        "x": np.rint(placed.points[:, 0]).astype(int).tolist(),
        "y": np.rint(placed.points[:, 1]).astype(int).tolist(),
        "group": placed.groups.tolist(),
        "groups": _country_names(placed.groups, codes, k)
        if codes is not None
        else _community_names(graph, placed.groups, k),
    }


def _country_names(groups: NDArray[np.int64], codes: list[str], k: int) -> list[str]:
    names = [""] * k
    for group, code in zip(groups.tolist(), codes, strict=True):
        if group >= 0:
            names[group] = "country unknown" if code == "~" else country_name(code)
    return names


def _community_names(graph: Graph, groups: NDArray[np.int64], k: int) -> list[str]:
    """A community is called after its best-tied cell or event, else after its best-tied member."""
    degree = np.bincount(graph.ties["source"], minlength=len(graph.ids)) + np.bincount(
        graph.ties["target"], minlength=len(graph.ids)
    )
    weight = degree * np.where(
        np.isin(graph.kinds, ("Cell", "Network", "Organisation")), 3, np.where(graph.kinds == "Event", 2, 1)
    )
    names, labels = [""] * k, graph.entities["label"].tolist()
    for at in np.argsort(weight, kind="stable").tolist():
        if groups[at] >= 0:
            names[groups[at]] = str(labels[at])
    return names
