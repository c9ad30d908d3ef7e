"""Claims, records, holdings, judgements and sources as nodes.

They lead to their record and its source, and name what they speak of by `subject`, `value` and `statement`, which a
tie has too: the neighbours of a person are the same whether the evidence is there or not. The nodes carry every
field of their table, what was said of them (`assessments`, `tlp`) too, so that a case can be made again from them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from isthmus.graph.cypher.projection import statement_ids
from isthmus.graph.record import reading
from isthmus.graph.record.rows import TABLES, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.graph.cypher.projection import Projection
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile

LABELS = {
    "sources": "Source",
    "records": "Record",
    "claims": "Claim",
    "holdings": "Holding",
    "judgements": "Judgement",
}
"""Label of each table's rows. Claims that the fold left out are `UnusedClaim`."""
UNUSED = "UnusedClaim"
EVIDENCE = frozenset({*LABELS.values(), UNUSED})


class Verdict(NamedTuple):
    """A country's verdict on one of the map's layers, and the entity that it was reached on."""

    country: str
    layer: str
    verdict: str
    entity: int
    date: str
    why: str


class _Placed(NamedTuple):
    first: int
    columns: dict[str, list[Any]]


def add_verdicts(made: Projection, graph: Graph, found: Iterable[Verdict]) -> None:
    """Add what was placed on the layers of the map, a node a verdict; `entity` is the id of what it was reached on."""
    verdicts = sorted(found)
    columns: dict[str, list[Any]] = {
        "id": [digest(*(str(part) for part in verdict), str(at)) for at, verdict in enumerate(verdicts)],
        "entity": [str(graph.ids[verdict.entity]) for verdict in verdicts],
    }
    for name in ("country", "layer", "verdict", "date", "why"):
        columns[name] = [getattr(verdict, name) for verdict in verdicts]
    made.add("Verdict", columns)


def add_evidence(made: Projection, graph: Graph) -> None:
    """Add the rows of every table to a projection."""
    file, tlp = graph.file, graph.lens.tlp
    assessed = _assessed(file, tlp)
    sources = _columns("sources", list(reading.rows(file, "sources", tlp)))
    sources["assessments"] = [assessed.get(("source", identity)) for identity in sources["id"]]
    records = _columns("records", list(reading.rows(file, "records", tlp)))
    marked = _marked(file)
    records["tlp"] = [marked.get(identity) for identity in records["id"]]
    holdings = _columns("holdings", list(reading.rows(file, "holdings", tlp)))
    parts = zip(holdings["subject"], holdings["property"], holdings["value"], strict=True)
    holdings["statement"] = [digest(*part) for part in parts]
    at_source = _Placed(made.add("Source", sources), sources)
    at_record = _Placed(made.add("Record", records), records)
    at_claim = _add_claims(made, graph, assessed)
    at_holding = _Placed(made.add("Holding", holdings), holdings)
    made.add("Judgement", _columns("judgements", list(reading.rows(file, "judgements"))))
    _link(made, "IN_SOURCE", at_record, "source", at_source)
    for nodes in (at_claim, at_holding):
        _link(made, "STATED_IN", nodes, "record", at_record)


def _columns(table: str, rows: Sequence[Any]) -> dict[str, list[Any]]:
    fields = TABLES[table]._fields
    parts = list(zip(*rows, strict=True)) if rows else [() for _ in fields]
    columns: dict[str, list[Any]] = {name: list(part) for name, part in zip(fields, parts, strict=True)}
    return columns if "id" in columns else {"id": [digest(*row) for row in rows], **columns}


def _assessed(file: CaseFile, tlp: str | None) -> dict[tuple[str, str], list[str]]:
    """Assessments of each source and claim, as JSON lists of grade, by, at and why."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in reading.rows(file, "assessments", tlp):
        said = json.dumps([row.grade, row.by, row.at, row.why], ensure_ascii=False)
        found.setdefault((row.target, row.id), []).append(said)
    return found


def _marked(file: CaseFile) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in reading.rows(file, "markings"):
        found.setdefault(row.record, []).append(row.tlp)
    return found


def _add_claims(made: Projection, graph: Graph, assessed: dict[tuple[str, str], list[str]]) -> _Placed:
    """Claims with their grade and the digest of their statement; those that the fold left out apart."""
    used = graph.claims
    rows = used["statement"].to_numpy(dtype=np.int64)
    distinct, back = np.unique(rows, return_inverse=True)
    statements = np.array(statement_ids(graph, distinct), dtype=object)[back] if len(rows) else rows
    known = dict(zip(used["id"], zip(statements, used["grade"], strict=True), strict=True))
    columns = _columns("claims", list(reading.rows(graph.file, "claims", graph.lens.tlp)))
    columns["assessments"] = [assessed.get(("claim", identity)) for identity in columns["id"]]
    of_fold = [at for at, identity in enumerate(columns["id"]) if identity in known]
    others = [at for at, identity in enumerate(columns["id"]) if identity not in known]
    made.add(UNUSED, {name: [column[at] for at in others] for name, column in columns.items()})
    columns = {name: [column[at] for at in of_fold] for name, column in columns.items()}
    columns["statement"] = [str(known[identity][0]) for identity in columns["id"]]
    columns["grade"] = [str(known[identity][1]) for identity in columns["id"]]
    return _Placed(made.add("Claim", columns), columns)


def _link(made: Projection, kind: str, nodes: _Placed, field: str, to: _Placed) -> None:
    """Tie nodes to the one that a field of theirs names."""
    places = {key: to.first + at for at, key in enumerate(to.columns["id"])}
    target = np.array([places.get(value, -1) for value in nodes.columns[field]], dtype=np.int64)
    known = np.flatnonzero(target >= 0)
    made.tie(kind, nodes.first + known, target[known])
