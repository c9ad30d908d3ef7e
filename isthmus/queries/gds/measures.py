"""The counterparts of the measures that people and ties are ranked by, made to mean the same as ours."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.cypher.gds import WEIGHT, Sent, by_node, sent
from isthmus.graph.errors import BadQuestion
from isthmus.queries.measures.cutting import cut_off, cut_ties

if TYPE_CHECKING:
    from isthmus.queries.measures.network import Network, Reals

_EXACT = 2**40  # whole lengths up to this add up without a rounding, over paths of thousands of ties
Value = Callable[[Sent, "Network"], "Reals"]


@dataclass(frozen=True)
class Counterpart:
    """`procedure` of the server; `value` in our units; `tolerance`: most by which a value differs from ours.

    `weighted` is the value over ties that are 1/weight long, where our measure has one.
    """

    procedure: str
    value: Value
    tolerance: float
    weighted: Value | None = None


@dataclass(frozen=True)
class Measured:
    """Values in the order of nodes or ties; `where` they were computed; `said`: a sentence for the method."""

    values: Reals
    where: str
    said: str


def _degree(to: Sent, graph: Network) -> Reals:
    return by_node(to.gds.degree_centrality.stream(to.graph), "score", graph.n) / (graph.n - 1)


def _strength(to: Sent, graph: Network) -> Reals:
    rows = to.gds.degree_centrality.stream(to.graph, relationship_weight_property=WEIGHT)
    return by_node(rows, "score", graph.n)


def _betweenness(to: Sent, graph: Network) -> Reals:
    """Over the pairs of others, as ours; the server counts each pair once where ties have no direction."""
    return by_node(to.gds.betweenness_centrality.stream(to.graph), "score", graph.n) / _pairs_of_others(graph)


def _weighted_betweenness(to: Sent, graph: Network) -> Reals:
    rows = to.gds.betweenness_centrality.stream(to.graph, relationship_weight_property=WEIGHT)
    return by_node(rows, "score", graph.n) / _pairs_of_others(graph)


def _pairs_of_others(graph: Network) -> float:
    return max((graph.n - 1) * (graph.n - 2) / 2, 1)


def _closeness(to: Sent, graph: Network) -> Reals:
    return by_node(to.gds.closeness_centrality.stream(to.graph, use_wasserman_faust=True), "score", graph.n)


def _pagerank(to: Sent, graph: Network) -> Reals:
    """Scaled to sum 1.

    The server lets what a node without ties holds go; we hand it to all alike. Where jumps go to all alike too, that
    multiplies every value by the same number, which the scaling takes out.
    """
    rows = to.gds.page_rank.stream(
        to.graph, damping_factor=0.85, tolerance=1e-12, max_iterations=1000, relationship_weight_property=WEIGHT
    )
    values = by_node(rows, "score", graph.n)
    share: Reals = values / values.sum()
    return share


def _core(to: Sent, graph: Network) -> Reals:
    return by_node(to.gds.k_core_decomposition.stream(to.graph), "coreValue", graph.n)


def _clustering(to: Sent, graph: Network) -> Reals:
    """The server has 0 for one contact, which has no pair."""
    rows = to.gds.local_clustering_coefficient.stream(to.graph)
    return np.where(graph.degree > 1, by_node(rows, "localClusteringCoefficient", graph.n), np.nan)


def _cut_points(to: Sent, graph: Network) -> Reals:
    """The server says who is a cut-point; how many each parts is counted here."""
    values = np.zeros(graph.n)
    at = to.gds.articulation_points.stream(to.graph)["nodeId"].to_numpy(np.int64)
    values[at] = cut_off(graph)[at]
    return values


def _bridges(to: Sent, graph: Network) -> Reals:
    """The server says which ties are bridges; how many each parts is counted here."""
    rows = to.gds.bridges.stream(to.graph)
    ends = rows[["from", "to"]].to_numpy(np.int64)
    keys = ends.min(axis=1) * graph.n + ends.max(axis=1)
    own = np.minimum(graph.source, graph.target) * graph.n + np.maximum(graph.source, graph.target)
    return cut_ties(graph, np.flatnonzero(np.isin(own, keys)))


def _components(to: Sent, graph: Network) -> Reals:
    of = by_node(to.gds.wcc.stream(to.graph), "componentId", graph.n).astype(np.int64)
    return np.bincount(of)[of].astype(float)


COUNTERPARTS: dict[str, Counterpart] = {
    "degree": Counterpart("gds.degree", _degree, 1e-9),
    "strength": Counterpart("gds.degree", _strength, 1e-9),
    "betweenness": Counterpart("gds.betweenness", _betweenness, 1e-9, _weighted_betweenness),
    "closeness": Counterpart("gds.closeness", _closeness, 1e-9),
    "pagerank": Counterpart("gds.pageRank", _pagerank, 1e-9),
    "k-core": Counterpart("gds.kcore", _core, 0),
    "clustering": Counterpart("gds.localClusteringCoefficient", _clustering, 1e-9),
    "cut-points": Counterpart("gds.articulationPoints", _cut_points, 0),
    "bridges": Counterpart("gds.bridges", _bridges, 0),
    "components": Counterpart("gds.wcc", _components, 0),
}


def _exact_lengths(name: str, weight: Reals) -> Reals:
    """Lengths in proportion to 1/weight that are whole numbers: the server tells sums apart by their last digit.

    Raises
    ------
    BadQuestion
        There are none: a weight is no whole number, or too many differ.
    """
    whole = weight.astype(np.int64) if (weight <= _EXACT).all() else np.zeros(1, np.int64)
    common = math.lcm(*whole.tolist())
    if not 0 < common <= _EXACT or (whole != weight).any():
        raise BadQuestion(
            f"Graph Data Science would take paths for unlike whose lengths differ in the last digit, so {name} by these "
            "weights is not asked there; add --unweighted, or leave out --on"
        )
    return common / whole


def counterpart(name: str) -> Counterpart:
    """What a server has for a measure.

    Raises
    ------
    BadQuestion
        Nothing that means the same.
    """
    if name not in COUNTERPARTS:
        raise BadQuestion(
            f"Graph Data Science has nothing that means the same as {name}; leave out --on, or choose from "
            f"{', '.join(COUNTERPARTS)}"
        )
    return COUNTERPARTS[name]


def measured(name: str, graph: Network, url: str, *, weighted: bool = False) -> Measured:
    """A measure of `COUNTERPARTS`, taken on the server at `url`; over ties of length 1/weight where `weighted`.

    Raises
    ------
    BadQuestion, MissingExtra, ServerError
        See `counterpart`, `_exact_lengths` and `isthmus.graph.cypher.gds.sent`.
    """
    chosen = counterpart(name)
    value, weight = chosen.value, graph.weight
    if weighted and chosen.weighted is not None:
        value, weight = chosen.weighted, _exact_lengths(name, graph.weight)
    with sent(url, graph.source, graph.target, weight, np.flatnonzero(graph.degree == 0)) as to:
        values = value(to, graph)
    exact = f"to within {chosen.tolerance:g}" if chosen.tolerance else "exactly"
    said = f"The values are those of {chosen.procedure} on {to.where}, as this program computes them {exact}."
    return Measured(values, to.where, f"{said} The robustness card was drawn here.")
