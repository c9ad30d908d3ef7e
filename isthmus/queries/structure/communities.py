"""Communities by the Louvain method, and their modularity."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from isthmus.queries.structure.simple import Simple


class Partition(NamedTuple):
    """`community[i]`: number of node i's community. `lowest`: modularity of the poorest of the runs."""

    community: NDArray[np.int64]
    modularity: float
    lowest: float


def modularity(graph: Simple, community: ArrayLike) -> float | None:
    """Share of ties within communities, less what the degrees alone lead to expect; None without ties.

    Newman & Girvan (2004), Physical Review E 69: 026113.
    """
    if not graph.m:
        return None
    of = np.asarray(community, np.int64)
    within = float((of[graph.source] == of[graph.target]).sum()) / graph.m
    ends = np.bincount(of, weights=graph.degree)
    return within - float(((ends / (2 * graph.m)) ** 2).sum())


def louvain(graph: Simple, *, seed: int, runs: int = 10) -> Partition | None:
    """The partition of highest modularity among `runs` runs with seeds `seed`, `seed` + 1, …; None without ties.

    Blondel, Guillaume, Lambiotte & Lefebvre (2008), Journal of Statistical Mechanics P10008; resolution 1.
    """
    import networkx as nx

    if not graph.m:
        return None
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(graph.n))
    made.add_edges_from(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    found: list[tuple[float, NDArray[np.int64]]] = []
    for run in range(runs):
        of = np.zeros(graph.n, np.int64)
        for number, members in enumerate(nx.community.louvain_communities(made, seed=seed + run)):
            of[list(members)] = number
        found.append((modularity(graph, of) or 0.0, of))
    best = max(found, key=lambda one: one[0])
    return Partition(best[1], best[0], min(one[0] for one in found))
