"""A cell, network or organisation that operates in two countries or more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.schema import schema
from isthmus.queries.borders.crossing_rows import count, rows_of, together

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
    frames, groups = [], []
    for cell in several:
        rows = ties[ties["source"] == cell].sort_values("probability", ascending=False)
        best = rows.iloc[0]
        frames.append(
            rows_of(
                "cell", support, [cell], [cell], countries=countries.text(np.array([cell])),
                tie=", ".join(sorted(rows["kind"].unique())), object_countries=countries.text(np.array([cell])),
                overlap="", first=min((text for text in rows["first"] if text), default=""), last=max(rows["last"]),
                grade=best["grade"], origins=best["origins"],
            ).assign(object=f"{len(countries.of(cell))} countries", object_status="", object_id="")
        )  # fmt: skip
        groups.append([int(row) for row in rows["statement"]])
    return together(frames, groups, ["subject_id"])
