"""Claims, records, holdings, judgements and sources as nodes.

They lead to their record and its source, and name what they speak of by `subject`, `value` and `statement`, which a
tie has too: the neighbours of a person are the same whether the evidence is there or not. The nodes carry every field of their table, so that a case can be made again from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from isthmus.graph.cypher.projection import statement_ids
from isthmus.graph.records import TABLES, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.graph.cypher.projection import Column, Projection
    from isthmus.graph.graph import Graph

LABELS = {
    "sources": "Source",
    "records": "Record",
    "claims": "Claim",
    "assessments": "Assessment",
    "holdings": "Holding",
    "judgements": "Judgement",
    "markings": "Marking",
}
"""Label of each table's rows. Claims that the fold left out are `UnusedClaim`."""
UNUSED = "UnusedClaim"
EVIDENCE = frozenset({*LABELS.values(), UNUSED})
_WITH_ID = {"records", "claims", "holdings"}


class Verdict(NamedTuple):
    """A country's verdict on one of the map's layers, and the entity that it was reached on."""

    country: str
    layer: str
    verdict: str
    entity: int
    date: str
    why: str


def add_evidence(made: Projection, graph: Graph) -> None:
    """Add the rows of every table to a projection."""
    sources = _add(made, graph, "sources")
    records = _add(made, graph, "records")
    claims = _add_claims(made, graph)
    holdings = _add(made, graph, "holdings")
    for table in ("assessments", "judgements", "markings"):
        _add(made, graph, table)
    _link(made, "IN_SOURCE", records, "source", sources)
    for nodes in (claims, holdings):
        _link(made, "STATED_IN", nodes, "record", records)


def add_verdicts(made: Projection, graph: Graph, found: Iterable[Verdict]) -> None:
    """Add what was placed on the layers of the map, a node a verdict; `entity` is the id of what it was reached on."""
    verdicts = sorted(found)
    columns: dict[str, Column] = {
        "id": [digest(*(str(part) for part in verdict), str(at)) for at, verdict in enumerate(verdicts)],
        "entity": [str(graph.ids[verdict.entity]) for verdict in verdicts],
    }
    for name in ("country", "layer", "verdict", "date", "why"):
        columns[name] = [getattr(verdict, name) for verdict in verdicts]
    made.add("Verdict", columns)


class _Placed(NamedTuple):
    first: int
    columns: dict[str, list[Any]]


def _columns(table: str, rows: Sequence[Any]) -> dict[str, list[Any]]:
    fields = TABLES[table]._fields
    parts = list(zip(*rows, strict=True)) if rows else [() for _ in fields]
    columns: dict[str, list[Any]] = {name: list(part) for name, part in zip(fields, parts, strict=True)}
    if table in _WITH_ID:
        return {"id": [digest(*row) for row in rows], **columns}
    if table == "sources":
        return columns
    if table == "assessments":
        columns["of"] = columns.pop("id")
    return {"id": [digest(*row) for row in rows], **columns}


def _add(made: Projection, graph: Graph, table: str) -> _Placed:
    columns = _columns(table, list(graph.case.rows(table)))
    if table == "holdings":
        columns["statement"] = [
            digest(*parts) for parts in zip(columns["subject"], columns["property"], columns["value"], strict=True)
        ]
    return _Placed(made.add(LABELS[table], columns), columns)


def _add_claims(made: Projection, graph: Graph) -> _Placed:
    """Claims with their grade and the digest of their statement; those that the fold left out apart."""
    used = graph.claims
    rows = used["statement"].to_numpy(dtype=np.int64)
    distinct, back = np.unique(rows, return_inverse=True)
    statements = statement_ids(graph, distinct)[back] if len(rows) else rows
    known = dict(zip(used["id"], zip(statements, used["grade"], strict=True), strict=True))
    everything = list(graph.case.rows("claims"))
    of_fold = [(row, known[row.id]) for row in everything if row.id in known]
    others = [row for row in everything if row.id not in known]
    columns = _columns("claims", [row for row, _ in of_fold])
    columns["statement"] = [str(statement) for _, (statement, _) in of_fold]
    columns["grade"] = [str(grade) for _, (_, grade) in of_fold]
    made.add(UNUSED, _columns("claims", others))
    return _Placed(made.add("Claim", columns), columns)


def _link(made: Projection, kind: str, nodes: _Placed, field: str, to: _Placed) -> None:
    """Tie nodes to the one that a field of theirs names."""
    places = {key: to.first + at for at, key in enumerate(to.columns["id"])}
    target = np.array([places.get(value, -1) for value in nodes.columns[field]], dtype=np.int64)
    known = np.flatnonzero(target >= 0)
    made.tie(kind, nodes.first + known, target[known])
