"""Shortest paths on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.cypher.gds import WEIGHT, sent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.evidence.steps import Steps

TOLERANCE = 1e-9
"""Most by which the length of the k-th path differs from ours; of paths as long as each other either may come first."""


def k_shortest(
    walk: Steps, length: NDArray[np.float64], ends: tuple[int, int], k: int, url: str
) -> tuple[list[tuple[int, ...]], str]:
    """The `k` shortest paths without a repeated node, as nodes, the shortest first; and where they were found.

    `length` of each tie is 0 or more; infinite ones are no way through. Yen (1971), Management Science 17: 712-716.

    Raises
    ------
    BadQuestion, MissingExtra, ServerError
        See `isthmus.graph.cypher.gds.sent`.
    """
    kept = np.isfinite(length)
    source, target = walk.source[kept], walk.target[kept]
    alone = np.setdiff1d(np.array(ends), np.union1d(source, target))
    with sent(url, source, target, length[kept], alone) as to:
        rows = to.gds.shortest_path.yens.stream(
            to.graph, source_node=ends[0], target_node=ends[1], k=k, relationship_weight_property=WEIGHT
        )
    listed = rows.sort_values("index")["nodeIds"].tolist()
    return [tuple(int(node) for node in nodes) for nodes in listed], to.where
