"""Both engines over one graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.cypher.neo4j import Neo4jEngine
from isthmus.graph.cypher.projection import scope
from isthmus.graph.cypher.publish import Described, publish
from isthmus.queries.cypher import asking
from tests.servers import emptied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.graph.cypher.engine import Engine
    from isthmus.graph.graph import Graph
    from tests.servers import Server

    Open = Callable[[Graph], Engine]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of the tests' own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, for tests of the cache itself."""
    asking.close_all()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield tmp_path / "cache" / "isthmus" / "cypher"
    asking.close_all()


def open_embedded(graph: Graph) -> Engine:
    """The embedded engine, claims and all."""
    return asking.embedded(graph, evidence=True)


def open_published(graph: Graph, server: Server) -> Neo4jEngine:
    """The graph, published to the server and asked of it."""
    publish(asking.whole_projection(graph, evidence=True), server.url, Described("test", graph.file.version, ""))
    return Neo4jEngine(server.url, scope(graph))


def everything(server: Server) -> list[str]:
    """Nodes and relationships of what was published, but for the marker, as sorted JSON."""
    with server.driver() as driver:
        nodes = driver.execute_query("MATCH (n) WHERE NOT n:IsthmusCase RETURN labels(n) AS l, properties(n) AS p")
        ties = driver.execute_query("MATCH (a)-[t]->(b) RETURN a.id AS a, type(t) AS t, b.id AS b, properties(t) AS p")
        found = [row.data() for row in [*nodes.records, *ties.records]]
        return sorted(json.dumps(row, sort_keys=True) for row in found)


@pytest.fixture(
    params=["arcadedb", *(pytest.param(flavour, marks=pytest.mark.neo4j) for flavour in ("plain", "latest"))]
)
def engine_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens an engine over a graph."""
    if request.param == "arcadedb":
        yield open_embedded
        return
    server = emptied(request.getfixturevalue("neo4j_servers")(request.param), monkeypatch)
    opened: list[Neo4jEngine] = []

    def open_it(graph: Graph) -> Engine:
        opened.append(open_published(graph, server))
        return opened[-1]

    yield open_it
    for engine in opened:
        engine.close()
