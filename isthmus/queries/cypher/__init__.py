"""Questions in Cypher, free and named, put to the embedded engine or to a Neo4j server; only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher.engine import ROW_LIMIT, TIME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding


def cypher(
    graph: Graph,
    text: str,
    *,
    on: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    seconds: float = TIME_LIMIT,
    rows: int = ROW_LIMIT,
) -> Finding:
    """Rows of a query, asked of the projection of `graph`.

    `on` is the address of a Neo4j server to which that projection was published; without it the embedded engine
    answers. `seconds` and `rows` are the most it may take and give; where it is cut, a caveat says so. Who may not
    be named is not.

    Raises
    ------
    BadQuestion
        The text is no Cypher, does more than read, or ran too long.
    ServerError
        The server is down, refuses, or does not have this projection.
    """
    from isthmus.graph.cypher.engine import Limits
    from isthmus.queries.cypher.asking import ask, finding

    answer, where = ask(graph, text, dict(parameters or {}), Limits(seconds, rows), on=on, free=True)
    return finding(graph, "cypher", answer, where, {"query": text, **(parameters or {})})
