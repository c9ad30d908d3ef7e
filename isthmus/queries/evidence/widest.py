"""The path whose weakest tie is strongest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.evidence.adjacency import hops_to
from isthmus.queries.evidence.best import Path, best_paths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.evidence.adjacency import Adjacency


def widest(graph: Adjacency, chance: NDArray[np.float64], source: int, target: int) -> Path | None:
    """A path whose least likely tie is as likely as can be, and among those the best evidenced; None if there is none.

    Pollack (1960), Operations Research 8: 733-736. Ties of chance 0 are not used.
    """
    if source == target:
        return Path((source,), (), 1.0)
    values = np.unique(chance[chance > 0])
    low, high = 0, len(values)  # every path is lost at `high`; the widest is at the last value that joins the two
    while low < high:
        middle = (low + high) // 2
        if _joined(graph, chance < values[middle], source, target):
            low = middle + 1
        else:
            high = middle
    if low == 0:
        return None
    return best_paths(graph.without(chance < values[low - 1]), chance, source, target)[0]


def weakest(path: Path, chance: NDArray[np.float64]) -> int:
    """The tie of a path that is least likely, the first of equals."""
    return path.ties[int(np.argmin(chance[list(path.ties)]))]


def _joined(graph: Adjacency, blocked: NDArray[np.bool_], source: int, target: int) -> bool:
    return bool(hops_to(graph.without(blocked), target)[source] >= 0)
