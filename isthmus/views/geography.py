"""What the map shows: verdicts of the six layers with their places, and the ranges of foreign fighters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.schema import schema
from isthmus.queries.layers import fighter_range, layers, verdicts
from isthmus.views.spans import bounds

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph

_ORDER = {"no": 0, "possible": 1, "yes": 2}


def geography(graph: Graph) -> dict[str, Any]:
    """Verdicts that are yes or possible, the cell of each layer and country, fighters, and the countries asked."""
    found = list(verdicts(graph))
    number = {name: at for at, name in enumerate(schema().layers.names)}
    places = coordinates(graph)
    labels = graph.entities["label"]
    rows = []
    for verdict in found:
        if verdict.verdict == "no" or verdict.layer == schema().layer_of("fighters"):
            continue
        lat, lon = places.get(verdict.entity, (None, None))
        rows.append(
            {
                "layer": number[verdict.layer], "country": verdict.country, "node": verdict.entity,
                "verdict": verdict.verdict, "lat": lat, "lon": lon, "day": bounds(verdict.date)[0],
                "says": f"{labels[verdict.entity]} ({verdict.why})",
            }
        )  # fmt: skip
    declared = schema().layers
    return {
        "verdicts": rows,
        "cells": _cells(graph, found, number),
        "fighters": _fighters(found),
        "countries": list(dict.fromkeys([*declared.countries, *declared.fighter_countries])),
    }


def _cells(graph: Graph, found: list[Any], number: dict[str, int]) -> list[dict[str, Any]]:
    """A cell reads as in the finding; its verdict is the strongest, over all countries and not only those asked."""
    best: dict[tuple[str, str], str] = {}
    for verdict in found:
        key = (verdict.layer, verdict.country)
        best[key] = max(best.get(key, "no"), verdict.verdict, key=_ORDER.__getitem__)
    cells = {(layer, country): {"verdict": word, "text": word} for (layer, country), word in best.items()}
    for row in layers(graph).table.to_dict("records"):
        for layer in number:
            cell = cells.setdefault((layer, str(row["country"])), {"verdict": "", "text": ""})
            cell["text"] = str(row[layer])
    return [{"layer": number[layer], "country": country, **cell} for (layer, country), cell in sorted(cells.items())]


def _fighters(found: list[Any]) -> list[dict[str, Any]]:
    estimates: dict[str, list[Any]] = {}
    for verdict in found:
        if verdict.layer == schema().layer_of("fighters"):
            estimates.setdefault(verdict.country, []).append(verdict)
    rows = []
    for country, own in sorted(estimates.items()):
        low, high = fighter_range([verdict.why for verdict in own])
        dates = sorted({verdict.date for verdict in own if verdict.date})
        rows.append({"country": country, "low": low, "high": high, "as_of": " – ".join(dates[:: max(1, len(dates) - 1)]),
                     "estimates": len(own)})  # fmt: skip
    return rows


def coordinates(graph: Graph) -> dict[int, tuple[float, float]]:
    """Latitude and longitude of each entity that has them, the best evidenced."""
    rows = graph.values("coordinates").sort_values("probability", kind="stable")
    found = {}
    for at, value in zip(rows["subject"], rows["value"], strict=True):
        lat, _, lon = str(value).replace(",", " ").strip().partition(" ")
        try:
            found[int(at)] = (float(lat), float(lon))
        except ValueError:
            continue
    return found
