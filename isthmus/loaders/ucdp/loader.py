"""The Uppsala Conflict Data Program: events of the GED, years of the Dyadic Dataset; the columns tell which it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput
from isthmus.loaders.columns import Columns
from isthmus.loaders.ucdp.dyads import Dyads
from isthmus.loaders.ucdp.events import Events
from isthmus.loaders.ucdp.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source


def load(source: Source) -> Iterator[Row]:
    """Yield a record for each event and for each year of a dyad, and what its columns claim.

    Raises `UnknownWord` for a category or country that isn't known: the run stops.
    """
    yield source.row()
    yield from source.reliability()
    columns, sides = Columns(source), Sides(source)
    events, dyads = Events(source, sides), Dyads(source, sides)

    def row(fields: dict[str, str]) -> Iterator[Row]:
        if "date_start" in fields:
            return events.row(fields)
        if "intensity_level" in fields:
            return dyads.row(fields)
        raise BadInput(f"{source.where}: neither date_start (events) nor intensity_level (dyads) is among the columns")

    for path in source.files():
        yield from source.each(columns.rows(source, path), row)
