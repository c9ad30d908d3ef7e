"""What others hung on published nodes: relationships, properties and labels that no publish wrote.

A publish carries them along to what bears the same name in the new generation. Where nothing does any more, it
refuses before anything goes, and names them.

A relationship is a publish's if both ends are of the case, and it has the digest of a statement or leads from
evidence to evidence. A property is, if the generation had that name on that label or type: its marker says so.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph.cypher.vocabulary import EVIDENCE_TYPES
from isthmus.graph.errors import ServerError
from isthmus.graph.foreign_json import read_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from neo4j import ManagedTransaction

    from isthmus.graph.cypher.projection import Projection

    Properties = Mapping[str, Sequence[str]]
    Rows = list[dict[str, Any]]
    End = tuple[str, str]  # label, id

RETIRED = "IsthmusRetired"
_SHOWN = 5
OURS = f"(t.statement IS NOT NULL OR type(t) IN {list(EVIDENCE_TYPES)})"
"""Of a relationship `t` between two nodes of one case: whether a publish wrote it."""
_OWN = "[k IN keys({0}) WHERE NOT k IN $names]"
_RETIRED_NODES = f"""MATCH (n:{RETIRED}:{{0}} {{{{case: $case}}}})
WITH n, {_OWN.format("n")} AS own, [l IN labels(n) WHERE NOT l IN $ours] AS marks
WHERE size(own) + size(marks) > 0
RETURN n.id AS id, elementId(n) AS old, own, marks"""
_GIVE_NODES = """UNWIND $rows AS row MATCH (old) WHERE elementId(old) = row.old
MATCH (n:{0} {{case: $case, id: row.id}})
FOREACH (k IN row.own | SET n[k] = old[k]) SET n:$(row.marks) RETURN row.id AS id"""
_LABEL = f"[l IN labels({{0}}) WHERE l STARTS WITH 'Isthmus' AND l <> '{RETIRED}'][0]"
_ENDS = ", ".join(
    f"CASE WHEN {end}:{RETIRED} AND {end}.case = $case THEN [{_LABEL.format(end)}, {end}.id] END AS {end}, "
    f"elementId({end}) AS {end}_id"
    for end in "ab"
)
_RETIRED_TIES = f"""MATCH (n:{RETIRED} {{case: $case}})-[t]-(m)
WHERE NOT (m:{RETIRED} AND m.case = $case AND {OURS})
WITH DISTINCT t, startNode(t) AS a, endNode(t) AS b
RETURN type(t) AS kind, elementId(t) AS old, {_ENDS}"""
_MARKED_TIES = f"""MATCH (a:{RETIRED} {{case: $case}})-[t]->(b:{RETIRED} {{case: $case}}) WHERE {OURS}
WITH t, a, b, [k IN keys(t) WHERE NOT k IN $names[type(t)]] AS own WHERE size(own) > 0
RETURN own, type(t) AS kind, elementId(t) AS old, {_ENDS} ORDER BY kind"""
_TO_MOVE = """UNWIND $rows AS row MATCH ()-[old]->() WHERE elementId(old) = row.old
MATCH (a) WHERE elementId(a) = row.a MATCH (b) WHERE elementId(b) = row.b """
_MOVE_TIES = _TO_MOVE + "CREATE (a)-[t:$(row.kind)]->(b) SET t = properties(old) DELETE old"
_GIVE_TIES = (
    _TO_MOVE + f"MATCH (a)-[t:{{0}}]->(b) WHERE {OURS} FOREACH (k IN row.own | SET t[k] = old[k]) RETURN row.at AS at"
)
_GONE_NODES = f"""UNWIND $rows AS row MATCH (n:{{0}} {{{{case: $case, id: row.id}}}})
RETURN n.id AS id, {_OWN.format("n")} + [l IN labels(n) WHERE l <> '{{0}}']
+ COLLECT {{{{ MATCH (n)-[t]-(m) WHERE NOT (coalesce(m.case, '') = $case AND {OURS}) RETURN type(t) }}}} AS found"""
_GONE_TIES = f"""UNWIND $rows AS row MATCH (:{{0}} {{{{case: $case, id: row.a}}}})
-[t:{{1}}]->(:{{2}} {{{{case: $case, id: row.b}}}}) WHERE {OURS} RETURN row.a AS a, row.b AS b, {_OWN.format("t")} AS found"""


class Names(NamedTuple):
    """Names of the properties of a generation, by label and by type."""

    labels: Properties
    types: Properties


def names(made: Projection) -> str:
    """Names of the properties that a projection gives each label and type, as its marker has them: JSON."""
    labels: dict[str, set[str]] = {}
    types: dict[str, set[str]] = {}
    for nodes in made.nodes:
        labels.setdefault(nodes.label, set()).update(nodes.columns)
    for ties in made.ties:
        types.setdefault(ties.type, set()).update(ties.columns)
    sorted_names = ({name: sorted(of[name]) for name in sorted(of)} for of in (labels, types))
    return json.dumps(Names(*sorted_names)._asdict())


def former_names(transaction: ManagedTransaction, scope: str) -> Names:
    """The same of the generation that answers now, as its marker has it; empty where there is none."""
    found = transaction.run("MATCH (m:IsthmusCase {case: $case}) RETURN m.names AS names", case=scope).single()
    return Names(**read_json(found["names"])) if found and found["names"] else Names({}, {})


def carry(transaction: ManagedTransaction, scope: str, former: Names) -> None:
    """Hang on the generation that now bears the labels what others hung on the one that was retired.

    Raises
    ------
    ServerError
        Something hangs on what the new generation does not have.
    """
    lost = [
        *_carry_nodes(transaction, scope, former),
        *_carry_ties(transaction, scope),
        *_carry_marks(transaction, scope, former),
    ]
    _refuse(lost)


def refuse_gone(
    transaction: ManagedTransaction,
    scope: str,
    former: Names,
    nodes: Iterable[End],
    ties: Iterable[tuple[str, str, str, str, str]],
) -> None:
    """Refuse to delete nodes (label, id) or ties (label, id, type, label, id) on which others hung something.

    Raises
    ------
    ServerError
        Something hangs on them.
    """
    lost = []
    for label, each in groupby(sorted(nodes), key=lambda node: node[0]):
        rows = [{"id": identity} for _, identity in each]
        found = transaction.run(_GONE_NODES.format(label), rows=rows, case=scope, names=_known(former.labels, label))
        lost += [f"{what} at {label} {row['id']}" for row in found for what in row["found"]]
    kinds = sorted(((la, kind, lb), a, b) for la, a, kind, lb, b in ties)
    for key, group in groupby(kinds, key=lambda tie: tie[0]):
        rows = [{"a": a, "b": b} for _, a, b in group]
        found = transaction.run(_GONE_TIES.format(*key), rows=rows, case=scope, names=_known(former.types, key[1]))
        lost += [f"{what} at {row['a']} {key[1]} {row['b']}" for row in found for what in row["found"]]
    _refuse(lost)


def _known(former: Properties, name: str) -> list[str]:
    return list(former.get(name, ()))


def _refuse(lost: Sequence[str]) -> None:
    if lost:
        shown = "; ".join(lost[:_SHOWN]) + (f"; and {len(lost) - _SHOWN:,} more" if len(lost) > _SHOWN else "")
        raise ServerError(
            f"{len(lost):,} relationships, properties or labels that Isthmus didn't write hang on what this publish "
            f"takes away: {shown}. Nothing was changed; hang them elsewhere or delete them, then publish again"
        )


def _carry_nodes(transaction: ManagedTransaction, scope: str, former: Names) -> Iterator[str]:
    for label in former.labels:
        ours = [RETIRED, f"Isthmus{label}"]
        text = _RETIRED_NODES.format(f"Isthmus{label}")
        found = transaction.run(text, case=scope, names=former.labels[label], ours=ours).data()
        there = set(transaction.run(_GIVE_NODES.format(label), rows=found, case=scope).value("id")) if found else set()
        for row in found:
            if row["id"] not in there:
                yield from (f"{what} at {label} {row['id']}" for what in [*row["own"], *row["marks"]])


def _carry_ties(transaction: ManagedTransaction, scope: str) -> Iterator[str]:
    found = transaction.run(_RETIRED_TIES, case=scope).data()
    moved: Rows = []
    for row, a, b in _ends(transaction, scope, found):
        if a and b:
            moved.append({**row, "a": a, "b": b})
        else:
            yield from (f"{row['kind']} at {_called(row[end])}" for end in "ab" if row[end])
    if moved:
        transaction.run(_MOVE_TIES, rows=moved).consume()


def _carry_marks(transaction: ManagedTransaction, scope: str, former: Names) -> Iterator[str]:
    """Properties of others on relationships of ours."""
    found = transaction.run(_MARKED_TIES, case=scope, names=dict(former.types)).data()
    rows = [{**row, "at": at, "a": a, "b": b} for at, (row, a, b) in enumerate(_ends(transaction, scope, found))]
    there: set[int] = set()
    for kind, each in groupby(rows, key=lambda row: str(row["kind"])):
        there.update(transaction.run(_GIVE_TIES.format(kind), rows=list(each)).value("at"))
    for at, row in enumerate(found):
        if at not in there:
            yield from (f"{what} at {row['a'][1]} {row['kind']} {row['b'][1]}" for what in row["own"])


def _ends(transaction: ManagedTransaction, scope: str, found: Rows) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each relationship with the server's ids of its ends in the new generation; "" where it has no such node."""
    wanted = sorted({_label_id(row[end]) for row in found for end in "ab" if row[end]})
    there: dict[End, str] = {}
    for label, each in groupby(wanted, key=lambda end: end[0]):
        text = f"UNWIND $ids AS id MATCH (n:{label} {{case: $case, id: id}}) RETURN id, elementId(n) AS there"
        for record in transaction.run(text, ids=[identity for _, identity in each], case=scope):
            there[label, record["id"]] = record["there"]
    for row in found:
        a, b = (there.get(_label_id(row[end]), "") if row[end] else row[f"{end}_id"] for end in "ab")
        yield row, a, b


def _label_id(end: Sequence[str]) -> End:
    return end[0].removeprefix("Isthmus"), end[1]


def _called(end: Sequence[str]) -> str:
    return " ".join(_label_id(end))
