"""Whether like is tied to like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from isthmus.queries.measures.network import Network


def degree_assortativity_coefficient(graph: Network) -> float:
    """Correlation of the degrees at both ends of a tie, -1..1; NaN where all degrees are equal or there is no tie.

    Newman (2002), Phys. Rev. Lett. 89, 208701.
    """
    if not graph.m:
        return float("nan")
    a, b = graph.degree[graph.source].astype(float), graph.degree[graph.target].astype(float)
    mean = float((a + b).mean() / 2)
    spread = float(((a - mean) ** 2 + (b - mean) ** 2).mean() / 2)
    return float(((a - mean) * (b - mean)).mean() / spread) if spread > 1e-12 else float("nan")


def attribute_assortativity_coefficient(graph: Network, attribute: ArrayLike) -> float:
    """1 where ties stay within groups, 0 as by chance, below 0 where they shun their own; NaN without ties.

    Newman (2003), Phys. Rev. E 67, 026126, equation 2.
    """
    if not graph.m:
        return float("nan")
    _, group = np.unique(np.asarray(attribute), return_inverse=True)
    size = int(group.max()) + 1
    mixing = np.zeros((size, size))
    np.add.at(mixing, (group[graph.source], group[graph.target]), 1.0)
    mixing = (mixing + mixing.T) / (2 * graph.m)
    expected = float((mixing.sum(axis=0) * mixing.sum(axis=1)).sum())
    return float((np.trace(mixing) - expected) / (1 - expected)) if expected < 1 else float("nan")
