"""GraphML of entities and ties, with dates, grades and chances, for Gephi, Cytoscape, yEd and R."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.tokens import tie_token, token

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.graph import Graph

_COLUMNS = (
    "role",
    "first",
    "last",
    "intervals",
    "grade",
    "probability",
    "low",
    "high",
    "origins",
    "affirmed",
    "denied",
)


def export(graph: Graph, out: Path, title: str) -> list[Path]:
    """Write the graph as GraphML, called `title`; legal status stands beside each person.

    The ids of nodes and ties are those of `isthmus.graph.tokens`; `entity_id` is a node's id as other faces show it.
    """
    import networkx as nx

    ids = graph.ids.tolist()
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=title)
    shown = (graph.kinds, graph.entities["label"], graph.shown["status"])
    for identity, kind, label, status in zip(ids, *shown, strict=True):
        made.add_node(token(identity), kind=str(kind), label=str(label), status=status, entity_id=identity)
    ties = graph.ties
    values = [ties[name].tolist() for name in _COLUMNS]
    ends = zip(ties["source"].tolist(), ties["target"].tolist(), ties["kind"].tolist(), *values, strict=True)
    for a, b, kind, *row in ends:
        source, target = ids[a], ids[b]
        made.add_edge(
            token(source), token(target), key=tie_token(source, kind, target), kind=kind,
            **dict(zip(_COLUMNS, row, strict=True)),
        )  # fmt: skip
    nx.write_graphml(made, out)
    return [out]
