"""Structural holes: how far a node's contacts know each other. Burt (1992), Structural Holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.measures.centrality import strength

if TYPE_CHECKING:
    from isthmus.queries.measures.network import Network, Reals


def constraint(graph: Network) -> Reals:
    """How far each node's ties lead back to the same contacts: low for a broker; NaN without ties.

    Sum over contacts j of (p_ij + sum over q of p_iq p_qj) squared, p_ij being the share of i's weight that goes to
    j. Burt (1992), chapter 2.
    """
    from scipy.sparse import diags_array

    total = strength(graph)
    share = diags_array(np.divide(1.0, total, out=np.zeros(graph.n), where=total > 0)) @ graph.weights
    reach = (share + share @ share).multiply(graph.tied)
    found = np.asarray(reach.multiply(reach).sum(axis=1)).ravel()
    return np.where(graph.degree > 0, found, np.nan)


def effective_size(graph: Network) -> Reals:
    """Contacts that lead elsewhere: degree less the mean number of ties that a contact has to the others.

    NaN without ties; weights do not count. Burt (1992); in the form of Borgatti (1997), Connections 20: 35-38.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(graph.degree > 0, graph.degree - graph.closed / graph.degree, np.nan)
