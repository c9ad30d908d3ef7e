"""The named queries that go over a whole graph, over arrays: the same rows as their Cypher, at a million ties too.

A twin takes a graph, the query's parameters, and the most rows that are wanted: there it stops. It answers where the
graph is `LARGE`, since an engine needs seconds or minutes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.queries.cypher.twins import events, lists, people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from isthmus.graph.graph import Graph

    Twin = Callable[[Graph, Mapping[str, Any], int], list[dict[str, Any]]]

LARGE = 100_000
"""Ties from which on a twin answers in place of the embedded engine."""
OVER_ARRAYS = "arrays in Python, which give the same rows as the Cypher"
TWINS: dict[str, Twin] = {
    twin.__name__: twin
    for twin in (
        people.brokers_by_country_span,
        people.country_matrix,
        events.coordinators,
        events.cross_border_ties,
        events.pairs_by_event_across_border,
        lists.kin_ties,
        lists.members_abroad,
        lists.single_source_ties,
        lists.ties_valid_on,
    )
}
"""Twins by the name of their query."""


def twin_for(graph: Graph, name: str, *, on: str | None) -> Twin | None:
    """The twin that answers a named query: none on a server, nor where the graph is small."""
    return (
        None if on is not None or np.count_nonzero(graph.statement_table["value_at"] >= 0) < LARGE else TWINS.get(name)
    )
