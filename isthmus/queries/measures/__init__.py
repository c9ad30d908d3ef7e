"""Measures of a network under NetworkX's names, computed on arrays by compiled libraries.

Each function takes a `Network` and gives one value a node or a tie, in the order of the arrays. NetworkX is the
reference in the tests. Ties have no direction; weights count only where a docstring says so.
"""

from __future__ import annotations

from isthmus.queries.measures.brokerage import constraint, effective_size
from isthmus.queries.measures.centrality import (
    betweenness_centrality,
    betweenness_estimate,
    closeness_centrality,
    degree_centrality,
    edge_betweenness_centrality,
    eigenvector_centrality,
    pagerank,
    strength,
)
from isthmus.queries.measures.cohesion import (
    articulation_points,
    bridges,
    clustering,
    connected_components,
    core_number,
)
from isthmus.queries.measures.lengths import weighted_betweenness, weighted_edge_betweenness
from isthmus.queries.measures.mixing import (
    attribute_assortativity_coefficient,
    degree_assortativity_coefficient,
)
from isthmus.queries.measures.network import Network, network

__all__ = [
    "Network",
    "articulation_points",
    "attribute_assortativity_coefficient",
    "betweenness_centrality",
    "betweenness_estimate",
    "bridges",
    "closeness_centrality",
    "clustering",
    "connected_components",
    "constraint",
    "core_number",
    "degree_assortativity_coefficient",
    "degree_centrality",
    "edge_betweenness_centrality",
    "effective_size",
    "eigenvector_centrality",
    "network",
    "pagerank",
    "strength",
    "weighted_betweenness",
    "weighted_edge_betweenness",
]
