"""How closely a network hangs together: components, triangles, the likeness of tied nodes' degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.structure.parts import parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.structure.simple import Simple


def components(graph: Simple) -> NDArray[np.int64]:
    """Number of the component of each node, from 0; a node without ties is a component of its own."""
    return parts(graph.n, graph.source, graph.target)


def transitivity(graph: Simple) -> float | None:
    """Three times the triangles over the paths of two ties; None where there is no such path.

    Newman, Strogatz & Watts (2001), Physical Review E 64: 026118.
    """
    import rustworkx

    degree = graph.degree
    if not int((degree * (degree - 1)).sum()):
        return None
    made = rustworkx.PyGraph(multigraph=False)
    made.add_nodes_from(range(graph.n))
    made.add_edges_from_no_data(list(zip(graph.source.tolist(), graph.target.tolist(), strict=True)))
    return float(rustworkx.transitivity(made))


def degree_assortativity(graph: Simple) -> float | None:
    """Correlation of the degrees at the two ends of a tie, -1..1; None where all ends have one degree.

    Newman (2002), Physical Review Letters 89: 208701, equation 4, without subtracting the tie followed: the
    correlation is the same.
    """
    degree = graph.degree.astype(float)
    ends = np.concatenate([degree[graph.source], degree[graph.target]])
    others = np.concatenate([degree[graph.target], degree[graph.source]])
    if not len(ends) or ends.min() == ends.max():
        return None
    centred = ends - ends.mean()
    return float((centred * (others - others.mean())).sum() / (centred**2).sum())
