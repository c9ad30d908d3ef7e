"""What leaves for other programs: GraphML, files for Neo4j's import, a networkx graph, the projection."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import networkx as nx

from isthmus.graph.cypher.projection import project
from isthmus.graph.schema import schema
from isthmus.views.export import export, formats

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from tests.directions.claimed import Claimed


def test_every_format_is_looked_at() -> None:
    assert formats() == ["graphml", "neo4j-import"]


def test_graphml(claimed: Claimed, shipped_graph: Graph, tmp_path: Path) -> None:
    export(shipped_graph, "graphml", tmp_path / "all.graphml", desk=True)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(tmp_path / "all.graphml", force_multigraph=True))
    for a, b, values in made.edges(data=True):
        claimed.tie("GraphML", made.nodes[a]["entity_id"], values["kind"], made.nodes[b]["entity_id"])
    assert claimed.counts["GraphML"] > 1_200


def test_networkx(claimed: Claimed, shipped_graph: Graph) -> None:
    for a, b, values in shipped_graph.nx.edges(data=True):
        claimed.tie("networkx", a, values["kind"], b)
    assert claimed.counts["networkx"] > 1_200


def test_the_projection(claimed: Claimed, shipped_graph: Graph) -> None:
    made = project(shipped_graph)
    ids = [row["id"] for nodes in made.nodes for row in nodes.rows()]
    for ties in made.ties:
        for a, b in zip(ties.source, ties.target, strict=True):
            claimed.tie("projection", ids[a], ties.type.lower(), ids[b])
    assert claimed.counts["projection"] > 1_200


def test_files_for_import(claimed: Claimed, shipped_graph: Graph, tmp_path: Path) -> None:
    def rows(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    written = export(shipped_graph, "neo4j-import", tmp_path / "import", desk=True)
    ids = {
        row[":ID"]: row["id:string"]
        for path in written
        if path.name.startswith("nodes-") and path.stem.removeprefix("nodes-") in schema().kinds
        for row in rows(path)
        if "id:string" in row
    }
    for path in written:
        tie = path.stem.removeprefix("relationships-").lower()
        for row in rows(path) if path.name.startswith("relationships-") and tie in schema().ties else ():
            claimed.tie("neo4j-import", ids[row[":START_ID"]], tie, ids[row[":END_ID"]])
    assert claimed.counts["neo4j-import"] > 1_200
