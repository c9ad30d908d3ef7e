"""Where each entity stood when a case was last drawn: in the user's cache, by case, lens, grouping and seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph import places
from isthmus.graph.fold import kept
from isthmus.graph.fold.table import Table
from isthmus.graph.record.rows import digest

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.views.layout import Placed


@dataclass(frozen=True)
class Drawn:
    """Ids in rising order, with the point and the region (-1 for none) of each."""

    ids: NDArray[np.object_]
    points: NDArray[np.float64]  # n × 2
    groups: NDArray[np.int64]

    def rows(self, ids: NDArray[np.object_]) -> NDArray[np.int64]:
        """The row of each of `ids`, -1 for one that was not drawn."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[at] == ids, at, -1)


def read(graph: Graph, grouping: str, seed: int) -> Drawn | None:
    """The last drawing of the case through this lens; None if there is none."""
    found = kept.read(_file(graph, grouping, seed))
    if found is None:
        return None
    table = found[0]["drawn"]
    return Drawn(table["id"], np.column_stack([table["x"], table["y"]]), table["group"])


def keep(graph: Graph, grouping: str, seed: int, placed: Placed) -> None:
    """Keep a drawing for the next one, where the disk lets us."""
    x, y = placed.points.T
    columns = {"id": graph.ids, "x": x.copy(), "y": y.copy(), "group": placed.groups}
    kept.keep(_file(graph, grouping, seed), {"drawn": Table(columns)}, {})


def _file(graph: Graph, grouping: str, seed: int) -> Path:
    asked = json.dumps([graph.arguments, grouping, seed], sort_keys=True, default=list)
    return places.cache() / "drawings" / f"{digest(graph.file.id)}-{digest(asked)}.columns"
