"""Communities by the Leiden method on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.cypher.gds import by_node, sent
from isthmus.queries.structure.communities import Partition, modularity

if TYPE_CHECKING:
    from isthmus.queries.structure.simple import Simple

TOLERANCE = 0.02
"""Most by which the modularity found differs from that of our Louvain: both search, neither finds the best for sure."""


def leiden(graph: Simple, url: str, *, seed: int, runs: int) -> tuple[Partition, str]:
    """The partition of highest modularity among `runs` runs with seeds `seed`, `seed` + 1, …; and where it was found.

    Each run is on one thread, so that a seed gives the same partition again. Traag, Waltman & van Eck (2019),
    Scientific Reports 9: 5233; resolution 1.

    Raises
    ------
    BadQuestion, MissingExtra, ServerError
        See `isthmus.graph.cypher.gds.sent`.
    """
    found = []
    with sent(url, graph.source, graph.target, np.ones(graph.m), np.flatnonzero(graph.degree == 0)) as to:
        for run in range(runs):
            rows = to.gds.leiden.stream(to.graph, random_seed=seed + run, concurrency=1)
            of = by_node(rows, "communityId", graph.n).astype(np.int64)
            found.append((modularity(graph, of) or 0.0, of))
    best = max(found, key=lambda one: one[0])
    return Partition(best[1], best[0], min(rate for rate, _ in found)), to.where
