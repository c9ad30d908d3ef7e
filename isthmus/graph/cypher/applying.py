"""Writing only what changed to a published generation, within one transaction."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher import markers
from isthmus.graph.cypher.delta import pick
from isthmus.graph.cypher.projection import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from neo4j import ManagedTransaction
    from numpy.typing import NDArray

    from isthmus.graph.cypher.delta import Delta, Prints
    from isthmus.graph.cypher.projection import Projection

_NODE = "UNWIND $rows AS row MATCH (n:{0} {{case: $case, id: row.id}})"
_ENDS = "UNWIND $rows AS row MATCH (a:{0} {{case: $case, id: row.a}}) MATCH (b:{2} {{case: $case, id: row.b}})"
Rows = list[tuple[tuple[str, ...], dict[str, Any]]]


def apply(
    transaction: ManagedTransaction, made: Projection, new: Prints, delta: Delta, token: str, marker: dict[str, Any]
) -> int:
    """Turn the generation that answers into `made`; gives the new generation's number."""
    markers.claim(transaction, made.scope, token)
    run = _Runner(transaction, made.scope)
    gone: Rows = [((la, kind, lb), {"a": a, "b": b}) for la, a, kind, lb, b in delta.gone_ties]
    run(gone, lambda *key: _ENDS.format(*key) + f" MATCH (a)-[t:{key[1]}]->(b) DELETE t")
    run(
        [((label,), {"id": i}) for label, i in delta.gone_nodes], lambda label: _NODE.format(label) + " DETACH DELETE n"
    )
    run(_nodes(made, delta.new_nodes), lambda label: f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.p")
    run(_nodes(made, delta.changed_nodes), lambda label: _NODE.format(label) + " SET n = row.p")
    run(
        _ties(made, new, delta.new_ties),
        lambda *key: _ENDS.format(*key) + f" CREATE (a)-[t:{key[1]}]->(b) SET t = row.p",
    )
    run(
        _ties(made, new, delta.changed_ties),
        lambda *key: _ENDS.format(*key) + f" MATCH (a)-[t:{key[1]}]->(b) SET t = row.p",
    )
    return markers.move_on(transaction, made.scope, marker)


class _Runner:
    """Runs one statement for all rows that have the same labels and type."""

    def __init__(self, transaction: ManagedTransaction, scope: str) -> None:
        self.transaction, self.scope = transaction, scope

    def __call__(self, rows: Rows, text: Callable[..., str]) -> None:
        rows.sort(key=lambda row: row[0])
        for key, group in groupby(rows, key=lambda row: row[0]):
            bound = [row for _, row in group]
            self.transaction.run(text(*key), rows=bound, case=self.scope).consume()


def _nodes(made: Projection, places: NDArray[np.int64]) -> Rows:
    found: Rows = []
    for nodes, at in pick(made.nodes, places):
        rows = rows_of({name: column.take(at) for name, column in nodes.columns.items()}, 0, len(at))
        found += [((nodes.label,), {"id": row["id"], "p": row}) for row in rows]
    return found


def _ties(made: Projection, new: Prints, places: NDArray[np.int64]) -> Rows:
    found: Rows = []
    for ties, at in pick(made.ties, places):
        rows = rows_of({name: column.take(at) for name, column in ties.columns.items()}, 0, len(at))
        for source, target, row in zip(ties.source[at].tolist(), ties.target[at].tolist(), rows, strict=True):
            a, b = (new.names[end].partition("\t") for end in (source, target))
            found.append(((a[0], ties.type, b[0]), {"a": a[2], "b": b[2], "p": row}))
    return found
