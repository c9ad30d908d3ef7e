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
from isthmus.graph.dates import MAX_DAY
from isthmus.graph.fold.identity import deciding, known
from isthmus.graph.record import book, reading
from isthmus.graph.record.rows import TABLES, Holding, digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.graph.cypher.projection import Projection
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Assessment, Judgement

LABELS = {
    "sources": "Source",
    "records": "Record",
    "claims": "Claim",
    "holdings": "Holding",
    "judgements": "Judgement",
}
"""Label of each table's rows. Claims that the fold left out are `UnusedClaim`."""
UNUSED = "UnusedClaim"
ADMISSION = "Admission"
"""That an analyst let somebody in whom the door had held back: who makes a case of the evidence lets them in too."""
EVIDENCE = frozenset({*LABELS.values(), UNUSED, ADMISSION})


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


class _Seen(NamedTuple):
    """Rows by table, and the assessments of each source and claim."""

    rows: dict[str, list[Any]]
    assessed: dict[tuple[str, str], list[Assessment]]


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
    """Add the rows of every table that are in view to a projection."""
    seen = _whole(graph) if graph.lens == graph.lens.of_record else _in_view(graph, _whole(graph))
    columns = {table: _columns(table, rows) for table, rows in seen.rows.items()}
    sources, records, holdings = columns["sources"], columns["records"], columns["holdings"]
    sources["assessments"] = [_said(seen.assessed.get(("source", identity))) for identity in sources["id"]]
    marked = _marked(graph.file)
    records["tlp"] = [marked.get(identity) for identity in records["id"]]
    parts = zip(holdings["subject"], holdings["property"], holdings["value"], strict=True)
    holdings["statement"] = [digest(*part) for part in parts]
    at_source = _Placed(made.add("Source", sources), sources)
    at_record = _Placed(made.add("Record", records), records)
    at_claim = _add_claims(made, graph, seen)
    at_holding = _Placed(made.add("Holding", holdings), holdings)
    made.add("Judgement", columns["judgements"])
    let_in = book.admitted(graph.file)
    there = sorted(one for one in let_in if graph.place(graph.same.get(one, one)) is not None)
    said = {"id": [digest("admission", one) for one in there], "subject": there}
    made.add(ADMISSION, said | {"reason": [let_in[one].reason for one in there]})
    _link(made, "IN_SOURCE", at_record, "source", at_source)
    for nodes in (at_claim, at_holding):
        _link(made, "STATED_IN", nodes, "record", at_record)


def _whole(graph: Graph) -> _Seen:
    """Every row of the record."""
    file, lens = graph.file, graph.lens
    rows = {table: list(reading.rows(file, table, lens.tlp, recorded_by=lens.recorded_by)) for table in LABELS}
    assessed: dict[tuple[str, str], list[Assessment]] = {}
    for row in reading.rows(file, "assessments", lens.tlp, recorded_by=lens.recorded_by):
        assessed.setdefault((row.target, row.id), []).append(row)
    return _Seen(rows, assessed)


def _in_view(graph: Graph, whole: _Seen) -> _Seen:
    """The claims and holdings that the lens lets through, what they stand in, and the judgements that were known.

    Where it asks what was known by a day, the text of a record, a remark, and why and when somebody judged may tell of
    what came after: those are left out.
    """
    then = graph.lens.day < MAX_DAY
    used = set(graph.claims["id"])
    claims = [row for row in whole.rows["claims"] if row.id in used]
    held = _held_in_view(graph)
    holdings = [row for row in whole.rows["holdings"] if _as_in_view(graph, row) in held]
    stated = {row.record for row in (*claims, *holdings)}
    records = [row for row in whole.rows["records"] if row.id in stated]
    told = {row.source for row in records}
    sources = [row for row in whole.rows["sources"] if row.id in told]
    judgements = _known_judgements(graph)
    assessed = whole.assessed
    if then:
        records = [row._replace(text="") for row in records]
        holdings = [row._replace(note="") for row in holdings]
        judgements = [row._replace(judged_at="", known_from="", why="") for row in judgements]
        assessed = {of: [row._replace(at="", why="") for row in rows] for of, rows in assessed.items()}
    tables = (sources, records, claims, holdings, judgements)
    return _Seen(dict(zip(LABELS, tables, strict=True)), assessed)


def _held_in_view(graph: Graph) -> set[tuple[str, ...]]:
    table = graph.holding_table
    return set(zip(*(table[name].tolist() for name in Holding._fields), strict=True))


def _as_in_view(graph: Graph, row: Holding) -> tuple[str, ...]:
    """A holding of the entities that stand for those it names."""
    same = graph.same
    value = same.get(row.value, row.value) if schema().is_tie(row.property) else row.value
    return tuple(row._replace(subject=same.get(row.subject, row.subject), value=value))


def _known_judgements(graph: Graph) -> list[Judgement]:
    """Those that decide a pair in view, if they could be known by then."""
    lens, there = graph.lens, set(graph.ids.tolist())
    decided = (one.row for one in deciding(reading.judgements(graph.file, lens.recorded_by)))
    return [
        row for row in decided
        if known(row.known_from, lens) and {graph.same.get(one, one) for one in (row.left, row.right)} <= there
    ]  # fmt: skip


def _columns(table: str, rows: Sequence[Any]) -> dict[str, list[Any]]:
    fields = TABLES[table]._fields
    parts = list(zip(*rows, strict=True)) if rows else [() for _ in fields]
    columns: dict[str, list[Any]] = {name: list(part) for name, part in zip(fields, parts, strict=True)}
    return columns if "id" in columns else {"id": [digest(*row) for row in rows], **columns}


def _said(rows: Iterable[Assessment] | None) -> list[str] | None:
    """Assessments as JSON lists of grade, by, at and why."""
    if rows is None:
        return None
    return [json.dumps([row.grade, row.by, row.at, row.why], ensure_ascii=False) for row in rows]


def _marked(file: CaseFile) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in reading.rows(file, "markings"):
        found.setdefault(row.record, []).append(row.tlp)
    return found


def _add_claims(made: Projection, graph: Graph, seen: _Seen) -> _Placed:
    """Claims with their grade and the digest of their statement, as the fold reads them; those that it left out apart."""
    used = graph.claims
    rows = used["statement"].to_numpy(dtype=np.int64)
    distinct, back = np.unique(rows, return_inverse=True)
    statements = np.array(statement_ids(graph, distinct), dtype=object)[back] if len(rows) else rows
    read = zip(statements, used["grade"], used["valid"], used["qualifiers"], strict=True)
    of_claim = dict(zip(used["id"], read, strict=True))
    columns = _columns("claims", seen.rows["claims"])
    columns["assessments"] = [_said(seen.assessed.get(("claim", identity))) for identity in columns["id"]]
    of_fold = [at for at, identity in enumerate(columns["id"]) if identity in of_claim]
    others = [at for at, identity in enumerate(columns["id"]) if identity not in of_claim]
    made.add(UNUSED, {name: [column[at] for at in others] for name, column in columns.items()})
    columns = {name: [column[at] for at in of_fold] for name, column in columns.items()}
    for at, name in enumerate(("statement", "grade", "valid", "qualifiers")):
        columns[name] = [str(of_claim[identity][at]) for identity in columns["id"]]
    return _Placed(made.add("Claim", columns), columns)


def _link(made: Projection, kind: str, nodes: _Placed, field: str, to: _Placed) -> None:
    """Tie nodes to the one that a field of theirs names."""
    places = {key: to.first + at for at, key in enumerate(to.columns["id"])}
    target = np.array([places.get(value, -1) for value in nodes.columns[field]], dtype=np.int64)
    known = np.flatnonzero(target >= 0)
    made.tie(kind, nodes.first + known, target[known])
