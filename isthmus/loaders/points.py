"""Is a point where its row says it is? Boxes around countries tell exchanged coordinates and lost signs.

A box is no border: libraries and maps give disputed land to different states, and a point near a border may be given
roughly. So a point outside all boxes of its countries is told and kept; only one outside the earth is set aside.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.countries import country_name
from isthmus.graph.record.rows import AFFIRMED, Claim
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from isthmus.graph.record.rows import Row


class Doubt(NamedTuple):
    """A point that does not fit: of what, the point, and what is odd about it."""

    subject: str
    value: str
    message: str


def doubts(rows: Sequence[Row]) -> Iterator[Doubt]:
    """The points, of what one row of a source says, that lie outside the countries that it names; and 0,0."""
    points = [row for row in rows if isinstance(row, Claim) and row.property == "coordinates"]
    if not points:
        return
    countries, lying = defaultdict(list), schema().lying
    for row in rows:
        if isinstance(row, Claim) and row.property in lying and row.polarity == AFFIRMED and row.value in _boxes():
            countries[row.subject].append(row.value)
    for point in points:
        lat, lon = (float(part) for part in point.value.split(","))
        if message := odd(lat, lon, countries[point.subject]):
            yield Doubt(point.subject, point.value, message)


def odd(lat: float, lon: float, codes: list[str]) -> str:
    """What is odd about a point in one of these countries (ISO codes); "" for nothing, or where no box is known.

    A point within a degree of a country, or of a territory that it claims, is in order.
    """
    if lat == lon == 0:
        return "the point 0,0 lies in the sea off Africa and stands for none; leave the cells empty"
    boxes = [box for code in codes for box in _boxes().get(code, ())]
    if not boxes or _within(boxes, lat, lon):
        return ""
    said = f"the point {lat:g},{lon:g} does not lie in {' or '.join(country_name(code) for code in codes)}"
    if _within(boxes, lon, lat):
        return f"{said}; {lon:g},{lat:g} would: are latitude and longitude exchanged?"
    for turned in ((lat, -lon), (-lat, lon), (-lat, -lon)):
        if _within(boxes, *turned):
            return f"{said}; {turned[0]:g},{turned[1]:g} would: is a sign lost?"
    return f"{said}; correct the point or the country"


def _within(boxes: list[tuple[float, ...]], lat: float, lon: float) -> bool:
    return any(south <= lat <= north and west <= lon <= east for west, south, east, north in boxes)


@cache
def _boxes() -> dict[str, list[tuple[float, ...]]]:
    """West, south, east and north of the parts of each country, with a degree added; see docs/make_boxes.py."""
    found: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    with files("isthmus.loaders").joinpath("boxes.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found[row["code"]].append(tuple(float(row[side]) for side in ("west", "south", "east", "north")))
    return dict(found)
