"""Named questions of the Cypher library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher.engine import ROW_LIMIT, TIME_LIMIT

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding


def query(
    graph: Graph,
    name: str,
    *,
    on: str | None = None,
    seconds: float = TIME_LIMIT,
    rows: int = ROW_LIMIT,
    **parameters: Any,
) -> Finding:
    """Rows of the named query, asked of the projection of `graph`; see `isthmus.queries.cypher.cypher`.

    Where the graph is large and no server is asked, some answer over arrays: `isthmus.queries.cypher.twins`.

    Parameters of type text that name an entity take its id or any spelling of its name.

    Raises
    ------
    BadQuestion
        No such query, or a parameter is unknown, missing or not of its type.
    """
    from isthmus.graph.cypher.engine import Answer, Limits
    from isthmus.graph.cypher.library import named
    from isthmus.queries.cypher.asking import ask, finding
    from isthmus.queries.cypher.twins import OVER_ARRAYS, twin_for

    found = named(name)
    bound = bind(graph, name, parameters)
    twin = twin_for(graph, found.name, on=on)
    if twin is None:
        answer, where = ask(graph, found.text, bound, Limits(seconds, rows), on=on)
    else:
        made = twin(graph, bound, rows + 1)
        answer, where = Answer(list(found.columns), made[:rows], cut=len(made) > rows), OVER_ARRAYS
    return finding(
        graph, found.name, answer, where, bound,
        method=found.question, columns=found.columns, caveats=(found.not_shown,) if found.not_shown else (),
    )  # fmt: skip


def bind(graph: Graph, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Values of a named query's parameters; those that name an entity become its id."""
    from isthmus.graph.cypher.library import named

    found = named(name)
    bound = found.bind(given)
    for parameter in found.parameters:
        if parameter.type == "entity" and bound[parameter.name]:
            bound[parameter.name] = str(graph.ids[graph.index(bound[parameter.name])])
    return bound
