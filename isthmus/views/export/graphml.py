"""GraphML of entities and ties, with dates, grades and chances, for Gephi, Cytoscape, yEd and R."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.disclosure.guard import redactor, status_text, statuses

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


def export(graph: Graph, out: Path) -> list[Path]:
    """Write the graph as GraphML; ids and labels have passed the guard, and legal status stands beside each person."""
    import networkx as nx

    guard = redactor(graph)
    ids = [guard.text(str(identity)) for identity in graph.ids]
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for identity, kind, label, codes in zip(ids, graph.kinds, graph.entities["label"], statuses(graph), strict=True):
        status = status_text(codes) if kind == "Person" else ""
        made.add_node(identity, kind=str(kind), label=guard.text(str(label)), status=status)
    ties = graph.ties
    values = [ties[name].tolist() for name in _COLUMNS]
    ends = zip(ties["source"].tolist(), ties["target"].tolist(), ties["kind"].tolist(), *values, strict=True)
    for source, target, kind, *row in ends:
        made.add_edge(
            ids[source], ids[target], key=kind, kind=kind, **guard.value(dict(zip(_COLUMNS, row, strict=True)))
        )
    nx.write_graphml(made, out)
    return [out]
