"""How a network hangs together: parts, cores, and what it would fall apart without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.structure.parts import parts

if TYPE_CHECKING:
    from isthmus.queries.measures.network import Ints, Network, Reals


def connected_components(graph: Network) -> Ints:
    """Number of each node's component, in the order in which components are met."""
    return parts(graph.n, graph.source, graph.target)


def core_number(graph: Network) -> Ints:
    """Largest k for which each node lies in a part where all have k ties or more. Seidman (1983), Soc. Networks 5."""
    import rustworkx

    cores: Any = rustworkx.core_number(graph.compiled)
    return np.fromiter((cores[at] for at in range(graph.n)), dtype=np.int64, count=graph.n)


def clustering(graph: Network) -> Reals:
    """Share of each node's pairs of neighbours that are tied; NaN with fewer than two neighbours, who have no pair.

    Watts & Strogatz (1998), Nature 393: 440-442. NetworkX gives 0 there, R igraph NaN.
    """
    pairs = graph.degree * (graph.degree - 1)
    found: Reals = np.divide(graph.closed, pairs, out=np.full(graph.n, np.nan), where=pairs > 0)
    return found


def bridges(graph: Network) -> Ints:
    """Rows of the ties without which two nodes would no longer be connected."""
    import rustworkx

    if not graph.m:
        return np.zeros(0, dtype=np.int64)
    cut = {(min(pair), max(pair)) for pair in rustworkx.bridges(graph.compiled)}
    low, high = np.minimum(graph.source, graph.target).tolist(), np.maximum(graph.source, graph.target).tolist()
    return np.flatnonzero([pair in cut for pair in zip(low, high, strict=True)])


def articulation_points(graph: Network) -> Ints:
    """Nodes without which others would no longer be connected (cut-points)."""
    import rustworkx

    return np.array(sorted(rustworkx.articulation_points(graph.compiled)), dtype=np.int64)
