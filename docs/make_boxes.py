"""Writes isthmus/loaders/boxes.csv, the boxes in which a country's points lie: python docs/make_boxes.py.

From Natural Earth's 1:50m countries (public domain) as the npm package world-atlas has them, which `npm ci` in
isthmus/views/frontend fetches. A country has a box for each of its parts; parts that nearly touch share one. A territory
that maps give to different states has its box under each of them.
"""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ATLAS = ROOT / "isthmus" / "views" / "frontend" / "node_modules" / "world-atlas" / "countries-50m.json"
TABLE = ROOT / "isthmus" / "loaders" / "boxes.csv"
MARGIN = 1.0  # degrees added on each side: coasts, islands too small for the map, points given roughly
NEAR = 3.0  # parts of a country nearer than this, in degrees, share a box
UNNUMBERED = {"Kosovo": ["XK"], "N. Cyprus": ["CY"], "Somaliland": ["SO"]}
ALSO = {"EH": ["MA"], "XK": ["RS"], "PS": ["IL"], "TW": ["CN"], "GF": ["FR"], "HK": ["CN"], "MO": ["CN"], "PR": ["US"],
        "GL": ["DK"], "FO": ["DK"], "AX": ["FI"], "GG": ["GB"], "JE": ["GB"], "IM": ["GB"], "CW": ["NL"], "AW": ["NL"],
        "NC": ["FR"], "PF": ["FR"], "GU": ["US"], "VI": ["US"]}  # fmt: skip
CRIMEA = (33.0 - 1, 44.3 - 1, 36.7 + 1, 46.3 + 1)  # under both: the map gives it to one

Box = tuple[float, float, float, float]  # west, south, east, north


def boxes() -> dict[str, list[Box]]:
    """The boxes of each country by its two letters."""
    with files("isthmus.graph").joinpath("iso_3166.csv").open(encoding="utf-8") as stream:
        letters = {row["number"]: row["alpha_2"] for row in csv.DictReader(stream)}
    atlas = json.loads(ATLAS.read_text("utf-8"))
    found: dict[str, list[Box]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        own = [letters[country["id"]]] if country.get("id") in letters else UNNUMBERED.get(name, [])
        for code in own + [other for one in own for other in ALSO.get(one, [])]:
            found.setdefault(code, []).extend(_parts(atlas, country))
    for code in ("UA", "RU"):
        found[code].append(CRIMEA)
    return {code: sorted(_joined(parts)) for code, parts in sorted(found.items())}


def _parts(atlas: dict[str, Any], country: dict[str, Any]) -> list[Box]:
    """The boxes of each polygon, by the extent of the arcs of its outer ring, with the margin."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    made = []
    for rings in polygons:
        points = [point for arc in rings[0] for point in _arc(atlas, arc if arc >= 0 else ~arc)]
        longitudes = [x for x, _ in points]
        if max(longitudes) - min(longitudes) > 180:  # over the date line: a part on each side of it
            halves = [[point for point in points if (point[0] < 0) == west] for west in (True, False)]
        else:
            halves = [points]
        made += [_box(half) for half in halves]
    return made


def _box(points: list[tuple[float, float]]) -> Box:
    (west, east), (south, north) = ((min(side), max(side)) for side in zip(*points, strict=True))
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def _arc(atlas: dict[str, Any], number: int) -> list[tuple[float, float]]:
    """The points of an arc: steps on the grid of the file, summed."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in atlas["arcs"][number]:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _joined(parts: list[Box]) -> list[Box]:
    """Parts that nearly touch as one box, again and again."""
    parts = list(parts)
    for at, one in enumerate(parts):
        for other in parts[at + 1 :]:
            if all(max(one[k], other[k]) - min(one[k + 2], other[k + 2]) <= NEAR - 2 * MARGIN for k in (0, 1)):
                both = (*map(min, one[:2], other[:2]), *map(max, one[2:], other[2:]))
                return _joined([both, *(part for part in parts if part not in (one, other))])
    return parts


def table() -> list[list[str]]:
    """The rows of the table, its header first."""
    head = ["code", "west", "south", "east", "north"]
    return [head, *([code, *(f"{side:.1f}" for side in box)] for code, parts in boxes().items() for box in parts)]


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(table())
