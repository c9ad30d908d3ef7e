"""Writing only what changed to a published generation, within one transaction."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher import foreign, markers
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
_OUR = f" MATCH (a)-[t:{{0}}]->(b) WHERE {foreign.OURS}"
Rows = list[tuple[tuple[str, ...], dict[str, Any]]]


def apply(
    transaction: ManagedTransaction, made: Projection, new: Prints, delta: Delta, token: str, marker: dict[str, Any]
) -> int:
    """Turn the generation that answers into `made`; gives the new generation's number."""
    markers.claim(transaction, made.scope, token)
    former = foreign.former_names(transaction, made.scope)
    foreign.refuse_gone(transaction, made.scope, former, delta.gone_nodes, delta.gone_ties)
    run = _Runner(transaction, made.scope)
    gone: Rows = [((la, kind, lb), {"a": a, "b": b}) for la, a, kind, lb, b in delta.gone_ties]
    run(gone, lambda *key: _ENDS.format(*key) + _OUR.format(key[1]) + " DELETE t")
    run(
        [((label,), {"id": i}) for label, i in delta.gone_nodes], lambda label: _NODE.format(label) + " DETACH DELETE n"
    )
    run(_nodes(made, delta.new_nodes), lambda label: f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.p")
    changed = [(key, _without(former.labels, key[0], row)) for key, row in _nodes(made, delta.changed_nodes)]
    run(changed, lambda label: _NODE.format(label) + " SET n += row.p")
    run(
        _ties(made, new, delta.new_ties),
        lambda *key: _ENDS.format(*key) + f" CREATE (a)-[t:{key[1]}]->(b) SET t = row.p",
    )
    run(
        [(key, _without(former.types, key[1], row)) for key, row in _ties(made, new, delta.changed_ties)],
        lambda *key: _ENDS.format(*key) + _OUR.format(key[1]) + " SET t += row.p",
    )
    return markers.move_on(transaction, made.scope, marker)


def _without(former: foreign.Properties, name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row that also takes away what the former generation had on its label or type and this one has not."""
    return {**row, "p": {**dict.fromkeys(former.get(name, ())), **row["p"]}}


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
