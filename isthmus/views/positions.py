"""Positions that stay: a picture changes as little as its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.countries import country_name
from isthmus.graph.schema import schema
from isthmus.views import drawn_before
from isthmus.views.layout import SPACE, Placed, layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.views.drawn_before import Drawn

    Ints = NDArray[np.int64]

KNOWN = 0.7  # share of tied nodes with a former position from which only the new ones are placed
_UNKNOWN = "~"  # sorts after every code: the unknown come last


def positions(graph: Graph, countries: list[frozenset[str]], seed: int = 1) -> dict[str, dict[str, Any]]:
    """Positions and regions of every entity, by community and by country, in the page's units.

    Who was drawn before stays where he stood, whatever has come to the case since; a new one stands beside whom it is
    tied to. An entity that is drawn in no region has region -1.
    """
    everyone = graph.ties["source"].to_numpy(dtype=np.int64), graph.ties["target"].to_numpy(dtype=np.int64)
    drawn = ~np.isin(graph.kinds, schema().kind_sets.background)
    inner = drawn[everyone[0]] & drawn[everyone[1]]
    ties = everyone[0][inner], everyone[1][inner]
    codes = [min(own) if own else _UNKNOWN for own in countries]
    groups = np.full(len(codes), -1, dtype=np.int64)
    groups[drawn] = np.unique(np.array(codes, dtype=str)[drawn], return_inverse=True)[1]
    placed = {
        "community": _placed(graph, "community", ties, None, seed),
        "country": _placed(graph, "country", ties, groups, seed),
    }
    for one in placed.values():
        _amid(one, np.flatnonzero(~drawn), *everyone)
    return {
        "community": _columns(placed["community"], _community_names(graph, placed["community"].groups)),
        "country": _columns(placed["country"], _country_names(placed["country"].groups, codes)),
    }


def _placed(graph: Graph, grouping: str, ties: tuple[Ints, Ints], groups: Ints | None, seed: int) -> Placed:
    former = drawn_before.read(graph, grouping, seed)
    placed = _again(former, graph.ids, ties, groups) if former else None
    if placed is None:
        placed = layout(len(graph.ids), *ties, groups=groups, seed=seed)
    drawn_before.keep(graph, grouping, seed, placed)
    return placed


def _amid(placed: Placed, nodes: Ints, source: Ints, target: Ints) -> None:
    """Countries and sources stand amid what they are tied to, in no region; they are shown on request."""
    placed.groups[nodes] = -1
    for end, other in ((source, target), (target, source)):
        mine = np.isin(end, nodes)
        for node in np.unique(end[mine]):
            placed.points[node] = placed.points[other[end == node]].mean(axis=0)


def _again(former: Drawn, ids: NDArray[np.object_], ties: tuple[Ints, Ints], groups: Ints | None) -> Placed | None:
    """Former positions, with new entities placed among their neighbours; None if too few were drawn before.

    Where `groups` says which region each belongs to, whoever has changed it is new.
    """
    source, target = ties
    at = former.rows(ids)
    known = at >= 0
    points, regions = np.zeros((len(ids), 2)), np.full(len(ids), -1, dtype=np.int64)
    points[known], regions[known] = former.points[at[known]], former.groups[at[known]]
    if groups is not None:
        known &= _stayed(regions, groups, known)
        regions = groups
    tied = np.zeros(len(ids), dtype=bool)
    tied[source], tied[target] = True, True
    if not len(ids) or (known[tied].mean() < KNOWN if tied.any() else not known.any()):
        return None
    regions = regions.copy()
    for one in np.flatnonzero(~known):
        near = np.unique(np.concatenate([target[source == one], source[target == one]]))
        near = near[known[near] & (regions[near] >= 0)]
        points[one], region = _beside(points, known, near, regions, None if groups is None else int(groups[one]))
        regions[one] = region
        known[one] = True
    return Placed(points, regions)


def _stayed(former: Ints, now: Ints, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who is in the region that most of those now in it came from: regions may be numbered anew."""
    stayed = np.zeros(len(now), dtype=bool)
    for region in np.unique(now[known]):
        members = np.flatnonzero(known & (now == region))
        origin = np.unique(former[members], return_counts=True)
        stayed[members] = former[members] == origin[0][origin[1].argmax()]
    return stayed


def _beside(
    points: NDArray[np.float64], known: NDArray[np.bool_], near: Ints, groups: Ints, region: int | None
) -> tuple[NDArray[np.float64], int]:
    """A free place close to the middle of whom it is tied to in its region (the region of most, where none is set)."""
    if region is None:
        region = int(np.bincount(groups[near]).argmax()) if len(near) else -1
    within = near[groups[near] == region]
    if not len(within):
        within = np.flatnonzero(known & (groups == region)) if region >= 0 else within
    if not len(within):
        taken = points[known]
        return np.array([taken[:, 0].min(), taken[:, 1].max() + 2 * SPACE]), region
    middle = points[within].mean(axis=0)
    at = np.arange(400)
    spiral = SPACE * 0.5 * np.sqrt(at)[:, None] * np.column_stack([np.cos(at * 2.4), np.sin(at * 2.4)]) + middle
    gaps = np.sqrt(((spiral[:, None, :] - points[known][None, :, :]) ** 2).sum(axis=2)).min(axis=1)
    free = np.flatnonzero(gaps >= SPACE * 0.8)
    return spiral[free[0] if len(free) else int(gaps.argmax())], region


def _columns(placed: Placed, names: list[str]) -> dict[str, Any]:
    return {
        "x": np.rint(placed.points[:, 0]).astype(int).tolist(),
        "y": np.rint(placed.points[:, 1]).astype(int).tolist(),
        "group": placed.groups.tolist(),
        "groups": names,
    }


def _country_names(groups: Ints, codes: list[str]) -> list[str]:
    names = [""] * (int(groups.max(initial=-1)) + 1)
    for group, code in zip(groups.tolist(), codes, strict=True):
        if group >= 0:
            names[group] = "country unknown" if code == _UNKNOWN else country_name(code)
    return names


def _community_names(graph: Graph, groups: Ints) -> list[str]:
    """A community is called after its best-tied cell or event, else after its best-tied member."""
    degree = np.bincount(graph.ties["source"], minlength=len(graph.ids)) + np.bincount(
        graph.ties["target"], minlength=len(graph.ids)
    )
    weight = degree * np.where(
        np.isin(graph.kinds, schema().kind_sets.across), 3, np.where(graph.kinds == "Event", 2, 1)
    )
    names, labels = [""] * (int(groups.max(initial=-1)) + 1), graph.entities["label"].tolist()
    for at in np.argsort(weight, kind="stable").tolist():
        if groups[at] >= 0:
            names[groups[at]] = str(labels[at])
    return names
