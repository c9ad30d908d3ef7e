"""Graph Data Science on a Neo4j server: a network is sent into its memory, measured there, and dropped.

Only numbers are sent: which two are tied, and by what weight. The database is neither read nor written.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

from isthmus.graph.cypher.neo4j import clear, connect
from isthmus.graph.errors import BadQuestion, MissingExtra, ServerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphdatascience import Graph, GraphDataScience
    from neo4j import Driver
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Reals = NDArray[np.float64]

OLDEST = (2, 13)
"""Oldest release that the client speaks to."""
WEIGHT = "weight"
"""Name of the ties' property in the server's memory."""
_PROJECT = """UNWIND range(0, size($source) - 1) AS i
RETURN gds.graph.project(
  $graph_name, $source[i], $target[i], {relationshipProperties: {weight: $weight[i]}}, {undirectedRelationshipTypes: ['*']}
)"""
_ESTIMATE = """CALL gds.graph.project.estimate(
  '*', '*', {nodeCount: $nodes, relationshipCount: $ties, relationshipProperties: 'weight'}
) YIELD requiredMemory, heapPercentageMin"""
_NO_FUNCTION = "Neo.ClientError.Statement.SyntaxError"  # of a query that has nothing else that could be wrong
# Whatever a procedure raises has one code, Neo.ClientError.Procedure.ProcedureCallFailed: its words alone tell why.
_TOO_MUCH = re.compile(r"[^:]*\bexceeds (?:available|current free) memory\b.*")


@dataclass(frozen=True)
class Sent:
    """A network in the server's memory as `graph`, and the client that measures it. `where` says what and where."""

    gds: GraphDataScience
    graph: Graph
    where: str


@contextmanager
def sent(url: str, source: Ints, target: Ints, weight: Reals, alone: Ints) -> Iterator[Sent]:
    """The network of ties without direction, and of nodes `alone`, in the memory of the server at `url`.

    Its name there is its own, begins with `isthmus-`, and goes with the block, also when that fails.

    Raises
    ------
    MissingExtra
        The client is not installed.
    BadQuestion
        There is no tie.
    ServerError
        As `connect`; or the server has no Graph Data Science, one too old, or too little memory.
    """
    if not len(source):
        raise BadQuestion("no two are tied, so a server has nothing to measure; leave out --on")
    client = _client()
    driver = connect(url)
    name = f"isthmus-{uuid4().hex}"
    try:
        with clear(url), _memory(url):
            version = _version(driver, url)
            check_memory(driver, url, len(np.union1d(source, target)) + len(alone), len(source))
            gds = client(driver, arrow=False, show_progress=False)
            made = gds.graph.project.cypher(
                _PROJECT, graph_name=name, source=[*source.tolist(), *alone.tolist()],
                target=[*target.tolist(), *[None] * len(alone)], weight=[*weight.tolist(), *[None] * len(alone)],
            )  # fmt: skip
            yield Sent(gds, made.graph, f"Graph Data Science {version} at {url}")
    finally:
        _drop(driver, name)
        driver.close()


def check_memory(driver: Driver, url: str, nodes: int, ties: int) -> None:
    """Refuse a network that the server's whole memory could not hold, by the server's own estimate.

    Raises
    ------
    ServerError
        It is too large.
    """
    row = driver.execute_query(_ESTIMATE, nodes=nodes, ties=2 * ties, routing_="r").records[0]
    if row["heapPercentageMin"] > 1:
        raise ServerError(
            f"{url}: {nodes:,} nodes and {ties:,} ties need {row['requiredMemory']}, more than the server's heap; "
            "give it more, or narrow the graph"
        )


def _client() -> type[GraphDataScience]:
    try:
        from graphdatascience import GraphDataScience
    except ImportError:
        raise MissingExtra("measuring on a server needs an extra: pip install 'isthmus[gds]'") from None
    return GraphDataScience


def _version(driver: Driver, url: str) -> str:
    from neo4j.exceptions import ClientError

    try:
        found = str(driver.execute_query("RETURN gds.version() AS version", routing_="r").records[0]["version"])
    except ClientError as error:
        if error.code != _NO_FUNCTION:
            raise
        raise ServerError(f"{url}: the server has no Graph Data Science; install it there, or leave out --on") from None
    if tuple(int(number) for number in re.findall(r"\d+", found)[:2]) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise ServerError(f"{url}: the server has Graph Data Science {found}; {oldest} or newer is needed")
    return found


@contextmanager
def _memory(url: str) -> Iterator[None]:
    """What the server refuses for want of memory, as a sentence: it estimates before it begins."""
    from neo4j.exceptions import Neo4jError

    try:
        yield
    except Neo4jError as error:
        said = _TOO_MUCH.search(str(error.message))
        if said is None:
            raise
        raise ServerError(f"{url}: {said.group().strip()}; give the server more, or ask for less") from None


def _drop(driver: Driver, name: str) -> None:
    """Without a retry: a server that is gone has no memory either."""
    from neo4j.exceptions import DriverError, Neo4jError

    with suppress(DriverError, Neo4jError, OSError), driver.session() as session:
        session.run("CALL gds.graph.drop($name, false) YIELD graphName RETURN graphName", name=name).consume()


def by_node(rows: Any, column: str, n: int) -> Reals:  # a frame of what a procedure streams
    """A streamed column as one value a node, in the order of nodes 0..n-1."""
    values = np.zeros(n)
    values[rows["nodeId"].to_numpy(np.int64)] = rows[column].to_numpy(np.float64)
    return values
