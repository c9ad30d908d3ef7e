"""A cell, network or organisation that operates in two countries or more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.schema import schema
from isthmus.queries.borders.crossing_rows import by_chance, count, rows_of, summary, together

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.queries.backing import Backing, CountrySets
    from isthmus.queries.borders.crossing_rows import Rows


def cells(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """Cells, networks and organisations of several countries, a row each."""
    at = np.flatnonzero(graph.of_kind(*schema().kind_sets.across))
    ties = graph.ties_of(schema().placed_by("operation"))
    count(left_out, "cells whose countries are unknown", int((~countries.known(at)).sum()))
    several = [int(i) for i in at if len(countries.of(int(i))) > 1]
    parts, groups = [], []
    for cell in several:
        rows = by_chance(ties.take(ties["source"] == cell))
        parts.append(
            rows_of(
                "cell", support, [cell], [cell], countries=countries.text(np.array([cell])),
                object_countries=countries.text(np.array([cell])), overlap="",
                object=f"{len(countries.of(cell))} countries", object_status="", object_id="", **summary(rows),
            )
        )  # fmt: skip
        groups.append(rows["statement"].tolist())
    return together(parts, groups, ["subject_id"])
