"""How central each node is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.structure.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scipy.sparse import csr_matrix

    from isthmus.queries.measures.network import Ints, Network, Reals

_ALIKE = 1e-9
"""Eigenvalues that differ by less, relative to the largest, are equal."""


def degree_centrality(graph: Network) -> Reals:
    """Share of the others that each node is tied to, 0..1; 1 in a network of one node, as in NetworkX.

    Freeman (1978), Social Networks 1: 215-239.
    """
    if graph.n <= 1:
        return np.ones(graph.n)
    return graph.degree / (graph.n - 1)


def strength(graph: Network) -> Reals:
    """Sum of the weights of each node's ties. Barrat et al. (2004), PNAS 101: 3747-3752."""
    both = np.concatenate([graph.source, graph.target])
    found = np.bincount(both, weights=np.concatenate([graph.weight, graph.weight]), minlength=graph.n)
    return found.astype(np.float64)


def betweenness_centrality(graph: Network, *, normalized: bool = True, single: bool = False) -> Reals:
    """Share of the shortest paths between others that run through each node, 0..1; ties all count as one step.

    Normalised by (n-1)(n-2)/2. `single` precision will do for an order
    of nodes, and takes half the time in networks of a thousand nodes or more. Freeman (1977), Sociometry 40: 35-41;
    computed as by Brandes (2001), J. Math. Sociol. 25: 163-177.
    """
    import rustworkx

    from isthmus.queries.measures.brandes import dependencies, of_parts

    if single and graph.starts is not None and not normalized:
        parts = of_parts(graph, graph.starts)
        if parts is not None:
            return parts / 2
    found = dependencies(graph, np.arange(graph.n), single=True) if single else None
    if found is not None:  # every pair was seen from both ends
        return found / ((graph.n - 1) * (graph.n - 2)) if normalized else found / 2
    return _by_index(rustworkx.betweenness_centrality(graph.compiled, normalized=normalized).items(), graph.n)


def betweenness_estimate(graph: Network, k: int, *, seed: int = 1, weighted: bool = False) -> tuple[Reals, Reals]:
    """Betweenness as above, from the paths that begin at `k` random nodes; and how far each value may be off.

    Where `weighted` a tie is 1/weight long.

    Brandes & Pich (2007), Int. J. Bifurcation Chaos 17: 2303-2318. The second array bounds the error: the exact value
    of a node lies within it in at least 95 of 100 draws, whatever the network is (Maurer & Pontil 2009, Empirical
    Bernstein Bounds, Theorem 4, both sides). Do not read how much of a ranking holds from such estimates.
    """
    from isthmus.queries.measures.brandes import moments
    from isthmus.queries.measures.lengths import weighted_moments

    if graph.n < 3:
        return np.zeros(graph.n), np.zeros(graph.n)
    sources = np.random.default_rng(seed).choice(graph.n, k)
    total, squares = weighted_moments(graph, sources) if weighted else moments(graph, sources)
    each, most = graph.n - 2, graph.n / (graph.n - 1)  # a source's paths share at most n - 2 ends through one node
    spread = np.maximum(squares - total**2 / k, 0) / (k - 1) / each**2
    doubt = np.log(2 * 2 / 0.05)
    return total / k / each * most, most * (np.sqrt(2 * spread * doubt / k) + 7 * doubt / (3 * (k - 1)))


def edge_betweenness_centrality(graph: Network, *, normalized: bool = True) -> Reals:
    """Share of all pairs' shortest paths that run over each tie, in the order of the ties.

    Normalised by n(n-1)/2. Girvan & Newman (2002), PNAS 99: 7821-7826.
    """
    import rustworkx

    if not graph.m:
        return np.zeros(0)
    found = rustworkx.edge_betweenness_centrality(graph.compiled, normalized=normalized)
    return _by_index(found.items(), graph.m)


def closeness_centrality(graph: Network) -> Reals:
    """Inverse mean distance to those within reach, times the share of the others within reach; 0 for an isolate.

    The variant of Wasserman & Faust (1994), p. 200, which keeps small components from looking central.
    """
    import rustworkx

    return _by_index(rustworkx.closeness_centrality(graph.compiled, wf_improved=True).items(), graph.n)


def eigenvector_centrality(graph: Network, *, weighted: bool = False) -> Reals:
    """Leading eigenvector of the tie matrix, of length 1; weights count where `weighted`.

    Of a network in parts only the one with the largest eigenvalue has values above 0: nodes elsewhere get 0. Parts
    whose eigenvalues are equal (to 1e-9 of them) share alike, so that no order of rows decides. Without ties all get
    0. Bonacich (1972), J. Math. Sociol. 2: 113-120.
    """
    ties = graph.weights if weighted else graph.tied
    most = np.asarray(ties.sum(axis=1)).ravel()  # an eigenvalue never exceeds the highest of its part
    part = parts(graph.n, graph.source, graph.target)
    best = 0.0
    leading: list[tuple[float, Ints, Reals]] = []
    for number in np.flatnonzero(np.bincount(part) > 1):
        at = np.flatnonzero(part == number)
        if most[at].max() < best * (1 - _ALIKE):
            continue
        value, vector = _leading(ties[at][:, at])
        best = max(best, value)
        leading = [one for one in [*leading, (value, at, vector)] if one[0] >= best * (1 - _ALIKE)]
    values = np.zeros(graph.n)
    for _, at, vector in leading:
        values[at] = vector / np.sqrt(len(leading))
    return values


def pagerank(graph: Network, *, alpha: float = 0.85, tol: float = 1e-12) -> Reals:
    """Share of the time that a walker spends at each node who follows a tie by weight, or jumps with 1 - `alpha`.

    Sums to 1. Brin & Page (1998), Computer Networks 30: 107-117.
    """
    if not graph.n:
        return np.zeros(0)
    out = strength(graph)
    spread = np.divide(1.0, out, out=np.zeros(graph.n), where=out > 0)
    rank = np.full(graph.n, 1.0 / graph.n)
    for _ in range(1000):
        resting = rank[out == 0].sum()
        following = alpha * (graph.weights @ (rank * spread) + resting / graph.n) + (1 - alpha) / graph.n
        change = float(np.abs(following - rank).sum())
        rank = following
        if change < tol:
            break
    return rank


def _leading(part: csr_matrix[np.float64]) -> tuple[float, Reals]:
    """Largest eigenvalue of a part and its vector, all above 0."""
    from scipy.sparse.linalg import eigsh

    size = part.shape[0]
    if size <= 200:
        values, vectors = np.linalg.eigh(part.toarray())
    else:
        values, vectors = eigsh(part, k=1, which="LA", v0=np.ones(size), tol=1e-13)
    vector = np.abs(vectors[:, -1])
    return float(values[-1]), vector / np.linalg.norm(vector)


def _by_index(items: Iterable[tuple[int, float]], length: int) -> Reals:
    values = np.zeros(length)
    for at, value in items:
        values[at] = value
    return values
