"""The measures that people and ties are ranked by, each with what it says and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.suggestion import suggestion
from isthmus.queries import measures
from isthmus.queries.measures.cutting import cut_off, cut_ties

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.queries.measures.network import Network, Reals


@dataclass(frozen=True)
class Measure:
    """`value` gives one number a node, or a tie where `of_ties`. `together`: the order within a part of the network
    does not depend on the other parts. `heavy`: takes time in proportion to people times ties, so often. `rising`: the lowest
    value comes first. `undefined`: who has no value, and is not ranked."""

    value: Callable[[Network], Reals]
    says: str
    literature: str
    of_ties: bool = False
    together: bool = True
    heavy: float = 0
    rising: bool = False
    order: Callable[[Network], Reals] | None = None  # a faster way to values that are only put in order
    estimate: Callable[[Network], tuple[Reals, Reals]] | None = None  # values and margins where exact ones take hours
    weights: bool = False  # whether `value` reads the network's weights
    weighted: Measure | None = None  # the same over weights that sources state, where `value` reads none
    undefined: str = ""
    remark: Callable[[Network, Reals], str] | None = None  # what the values need said

    def reading(self, stated: bool) -> Measure:
        """The measure as it is taken where sources have `stated` weights, or have not."""
        return self.weighted if stated and self.weighted is not None else self

    def measured(self, graph: Network) -> tuple[Reals, Reals | None]:
        """Values, and half the width of their intervals where they are estimates."""
        if self.estimate is not None and graph.n > LARGE:
            return self.estimate(graph)
        return self.value(graph), None

    def score(self, graph: Network) -> Reals:
        """Values in which a higher one is always the better rank."""
        if self.order is not None:
            return self.order(graph)
        return -self.value(graph) if self.rising else self.value(graph)


LARGE, SOURCES = 20_000, 500
"""Above so many people betweenness is estimated, from the paths that begin at so many of them."""


ESTIMATED = (
    f"Betweenness is estimated from the paths that begin at {SOURCES} people (Brandes & Pich 2007); the exact value lies "
    "within the margin in at least 95 of 100 draws (Maurer & Pontil 2009). Values closer than that are not told apart."
)


def component_size(graph: Network) -> Reals:
    """People in the component of each, the person included."""
    part = measures.connected_components(graph)
    return np.bincount(part, minlength=1)[part].astype(float)


def outside(graph: Network, values: Reals) -> str:
    """How many people have ties, and none of them within the leading component."""
    part = measures.connected_components(graph)
    leading = np.unique(part[values > 0])
    count = int(((graph.degree > 0) & ~np.isin(part, leading)).sum())
    if not count:
        return ""
    which = "the component" if len(leading) == 1 else f"the {len(leading)} components"
    return (
        f"{count:,} of the people who have ties stand outside {which} with the largest eigenvalue: their 0 says that."
    )


_WEIGHTED = {
    "betweenness": Measure(
        measures.weighted_betweenness, "share of the shortest paths between others that run through one, a tie of "
        "weight w being 1/w long", "Freeman (1977); Brandes (2001); Newman (2001)", heavy=6, weights=True,
        order=lambda graph: measures.weighted_betweenness(graph, normalized=False),
        estimate=lambda graph: measures.betweenness_estimate(graph, SOURCES, weighted=True),
    ),
    "tie-betweenness": Measure(
        measures.weighted_edge_betweenness, "share of all shortest paths that run over a tie, one of weight w being "
        "1/w long", "Girvan & Newman (2002); Newman (2001)", of_ties=True, heavy=6, weights=True,
    ),
    "eigenvector": Measure(
        lambda graph: measures.eigenvector_centrality(graph, weighted=True), "ties, by weight, to those who have such "
        "ties", "Bonacich (1972)", together=False, weights=True, remark=outside,
    ),
}  # fmt: skip

MEASURES: dict[str, Measure] = {
    "degree": Measure(measures.degree_centrality, "share of the others one is tied to", "Freeman (1978)"),
    "strength": Measure(measures.strength, "sum of the weights of one's ties; a basis through k people weighs "
                        "1/(k - 1)", "Barrat et al. (2004); Newman (2001)", weights=True),
    "betweenness": Measure(measures.betweenness_centrality, "share of the shortest paths between others that run "
                           "through one", "Freeman (1977); Brandes (2001)", heavy=1,
                           order=lambda graph: measures.betweenness_centrality(graph, normalized=False, single=True),
                           estimate=lambda graph: measures.betweenness_estimate(graph, SOURCES),
                           weighted=_WEIGHTED["betweenness"]),
    "tie-betweenness": Measure(measures.edge_betweenness_centrality, "share of all shortest paths that run over a tie",
                               "Girvan & Newman (2002)", of_ties=True, heavy=1,
                               weighted=_WEIGHTED["tie-betweenness"]),
    "closeness": Measure(measures.closeness_centrality, "inverse mean distance to those within reach, times the share "
                         "of the others within reach", "Wasserman & Faust (1994), p. 200", heavy=1),
    "eigenvector": Measure(measures.eigenvector_centrality, "ties to those who have such ties", "Bonacich (1972)",
                           together=False, weighted=_WEIGHTED["eigenvector"], remark=outside),
    "pagerank": Measure(measures.pagerank, "share of a walker's time, who follows ties by weight and jumps with 0.15",
                        "Brin & Page (1998)", weights=True),
    "k-core": Measure(lambda graph: measures.core_number(graph).astype(float), "largest k for which one lies among "
                      "people with k ties to each other", "Seidman (1983)"),
    "clustering": Measure(measures.clustering, "share of one's pairs of contacts that are tied",
                          "Watts & Strogatz (1998)", undefined="one contact, who makes no pair of contacts"),
    "constraint": Measure(measures.constraint, "how far one's ties lead back to the same contacts; the lowest come "
                          "first, those without ties have none", "Burt (1992)", rising=True, weights=True),
    "effective-size": Measure(measures.effective_size, "contacts less the mean number of ties among them",
                              "Burt (1992); Borgatti (1997)"),
    "cut-points": Measure(cut_off, "people who would lose touch with the rest without one", "Harary (1969)", heavy=1),
    "bridges": Measure(cut_ties, "people who would lose touch with the rest without a tie", "Harary (1969)",
                       of_ties=True, heavy=1),
    "components": Measure(component_size, "people in one's component", "Harary (1969)"),
}  # fmt: skip


def measure(name: str) -> Measure:
    """The measure of this name.

    Raises
    ------
    BadQuestion
        There is none; the message has the nearest, or lists them.
    """
    if name not in MEASURES:
        raise BadQuestion(f"{name!r} is no measure; {suggestion(name, MEASURES)}")
    return MEASURES[name]
