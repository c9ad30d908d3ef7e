"""Puts a query to the engine that is asked for, and makes a finding of its answer."""

from __future__ import annotations

import atexit
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher.projection import Projection, project, scope
from isthmus.graph.errors import BadQuestion, ServerError
from isthmus.queries.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from isthmus.graph.cypher.arcadedb import ArcadeEngine
    from isthmus.graph.cypher.engine import Answer, Engine, Limits
    from isthmus.graph.cypher.markers import Marker
    from isthmus.graph.cypher.neo4j import Neo4jEngine
    from isthmus.graph.graph import Graph

_MOST_OPEN = 4
_SMALL = 20_000  # statements: the compiler is worth its time on more
_open: dict[tuple[str, str, bool], ArcadeEngine] = {}


def whole_projection(graph: Graph, *, evidence: bool) -> Projection:
    """The projection that Cypher is asked of: entities, ties, verdicts on the map's layers, and the evidence."""
    from isthmus.graph.cypher.evidence import Verdict, add_evidence, add_verdicts
    from isthmus.queries.layers import verdicts

    made = project(graph)
    add_verdicts(made, graph, [Verdict(*found[:6]) for found in verdicts(graph)])
    if evidence:
        add_evidence(made, graph)
    return made


def ask(
    graph: Graph, text: str, parameters: Mapping[str, Any], limits: Limits, *, on: str | None, free: bool = False
) -> tuple[Answer, str]:
    """The answer to a query, and where it was found."""
    with engine(graph, text, on=on) as asked:
        if free and on is not None:
            _one_case_only(asked, text, parameters)
        answer = asked.read(text, dict(parameters), limits)
    return answer, asked.name if on is None else f"{asked.name} at {on}"


def explain(graph: Graph, text: str, parameters: Mapping[str, Any], *, on: str | None) -> str:
    """How the engine would go about a query."""
    with engine(graph, text, on=on) as asked:
        return asked.plan(text, dict(parameters))


def finding(graph: Graph, name: str, answer: Answer, where: str, parameters: dict[str, Any], **said: Any) -> Finding:
    """An answer as a finding."""
    import pandas as pd

    rows = answer.rows
    columns = answer.columns or list(said.pop("columns", ()))
    caveats = list(said.pop("caveats", ()))
    if answer.cut:
        caveats.insert(0, f"Cut after {len(rows):,} rows: there are more. Narrow the query, or raise --rows.")
    return Finding(
        name=name,
        table=pd.DataFrame({column: pd.Series([row.get(column) for row in rows], dtype=object) for column in columns}),
        method=said.pop("method", "Cypher as given."),
        parameters={"asked_of": where, **parameters, **graph.arguments},
        caveats=(*caveats, *answer.notes),
        left_out=dict(graph.left_out),
    )


@contextmanager
def engine(graph: Graph, text: str, *, on: str | None) -> Iterator[Engine]:
    """The engine for a query; that of a server is closed afterwards, the embedded one is kept for the next."""
    if on is None:
        yield embedded(graph, evidence=_wants_evidence(graph, text))
        return
    with on_server(graph, on) as asked:
        yield asked


def embedded(graph: Graph, *, evidence: bool) -> ArcadeEngine:
    """The embedded engine over a graph's projection, opened once a process."""
    from isthmus.graph.cypher.arcadedb import open_engine

    key = (scope(graph), graph.file.state, evidence)
    if key not in _open:
        while len(_open) >= _MOST_OPEN:
            _open.pop(next(iter(_open))).close()
        _open[key] = open_engine(
            key[0], key[1], evidence=evidence, make=lambda: whole_projection(graph, evidence=evidence)
        )
        atexit.unregister(close_all)
        atexit.register(close_all)  # after the Java machine's own hook, so that it runs before it
    return _open[key]


def close_all() -> None:
    """Close every embedded engine of this process."""
    while _open:
        _open.popitem()[1].close()


def on_server(graph: Graph, url: str) -> Neo4jEngine:
    """The projection of a graph on a server; where the server has another state of the case, answers say so.

    Raises
    ------
    ServerError
        The server does not have it.
    """
    from isthmus.graph.cypher import markers
    from isthmus.graph.cypher.neo4j import Neo4jEngine, clear, connect

    asked = Neo4jEngine(url, scope(graph), connect(url))
    try:
        with clear(url):
            found = {marker.scope: marker for marker in markers.published(asked.driver)}
        asked.notes += _state(graph, url, found.get(asked.scope))
    except BaseException:
        asked.close()
        raise
    return asked


def _state(graph: Graph, url: str, found: Marker | None) -> list[str]:
    if found is None:
        said = "".join(f" --{name.replace('_', '-')} {_said(value)}" for name, value in graph.arguments.items())
        raise ServerError(f"{url}: the server doesn't have this case so folded; run `isthmus publish {url}{said}`")
    if found.version == graph.file.version:
        return []
    told = f"The server has version {found.version} of this case and the file is at version {graph.file.version}"
    return [f"{told}: run `isthmus publish {url}` again."]


def _said(value: Any) -> str:
    return ",".join(value) if isinstance(value, (list, tuple)) else str(value)


def _wants_evidence(graph: Graph, text: str) -> bool:
    """Whether a query names claims, records or what else only the larger projection has, by its parse tree."""
    from isthmus.graph.cypher import cache, jvm, vocabulary

    package = jvm.start(cache.folder(), small=len(graph.statements) < _SMALL)
    if not jvm.has_java(package):
        return vocabulary.mentions_evidence(text)
    from isthmus.graph.cypher.parsed import parse

    found = parse(text)
    found.check()
    return vocabulary.names_evidence(found.names)


def _one_case_only(asked: Engine, text: str, parameters: Mapping[str, Any]) -> None:
    """On a server with more than this case, a free query must say which: it has to use `$case`."""
    from isthmus.graph.cypher import markers
    from isthmus.graph.cypher.neo4j import Neo4jEngine, clear

    assert isinstance(asked, Neo4jEngine)  # noqa: S101  only a server is asked so
    with clear(asked.url):
        others = [marker.title for marker in markers.published(asked.driver) if marker.scope != asked.scope]
        others += ["a publish that isn't finished"] * bool(markers.unfinished(asked.driver))
        others += ["what Isthmus didn't write"] * bool(markers.foreign_nodes(asked.driver))
    if others and not asked.uses_case(text, dict(parameters)):
        raise BadQuestion(
            f"the server holds more than this case ({', '.join(others)}); say which in the query: (p:Person {{case: $case}})"
        )
