"""Queries that list ties, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.schema import schema
from isthmus.queries.backing import CountrySets
from isthmus.queries.cypher.twins.ties import apart, by_target, of_kinds, ties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from isthmus.graph.graph import Graph
    from isthmus.queries.cypher.twins.ties import Rows, Ties


def single_source_ties(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:  # noqa: ARG001  no parameters
    """Which ties rest on one origin only."""
    ties = ties_of(graph)
    among = graph.of_kind("Person", "Event", "Cell", "Network", "Organisation")[ties.target]
    one = graph.statement_table["origins"][ties.row] == 1
    ties = ties.where(graph.of_kind("Person")[ties.source] & among & one)
    known = graph.statement_table["origins_known"]
    return [
        {"source": row["source"], "tie": row["tie"], "target": row["target"], "target_kind": str(graph.kinds[target]),
         "grade": row["grade"], "origins_known": bool(known[at])}
        for _, target, at, row in _shown(graph, ties, most)
    ]  # fmt: skip


def ties_valid_on(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:
    """Which ties of people held on a day, certainly or possibly."""
    ties, day = ties_of(graph), given["day"]
    first, last = (graph.statement_table.coded(name) for name in ("first", "last"))
    begun = first.among({text for text in first.distinct if text <= day})
    lasting = last.among({text for text in last.distinct if not text or text >= day})
    undated = first.among({""}) & last.among({""})
    ties = ties.where(graph.of_kind("Person")[ties.source] & (begun & lasting)[ties.row])
    ties = ties.where(np.argsort(undated[ties.row], kind="stable"))  # last, as nobody says when
    return [
        {"source": row["source"], "tie": row["tie"], "target": row["target"], "target_kind": str(graph.kinds[target]),
         "first": row["first"], "last": row["last"], "grade": row["grade"]}
        for _, target, _, row in _shown(graph, ties, most)
    ]  # fmt: skip


def kin_ties(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:  # noqa: ARG001  no parameters
    """Who is related to whom, and across which border."""
    ties, person, sets = ties_of(graph), graph.of_kind("Person"), CountrySets(graph, "citizenship")
    kin = {kind for kind, declared in schema().ties.items() if declared.basis == "kin"}
    both = person[ties.source] & person[ties.target] & (ties.source != ties.target)
    ties = by_target(ties.where(both & of_kinds(graph, ties, kin)))
    label = graph.shown["label"]
    return [
        {"person": row["source"], "label": str(label[source]), "tie": row["tie"], "other": row["target"],
         "other_label": str(label[target]), "countries": sets.of(source), "other_countries": sets.of(target),
         "grade": row["grade"]}
        for source, target, _, row in _shown(graph, ties, most)
    ]  # fmt: skip


def members_abroad(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:
    """Who belongs to, or leads, a cell or network that operates only in countries not theirs."""
    ties, sets = ties_of(graph), CountrySets(graph, "citizenship")
    fits = of_kinds(graph, ties, schema().belonging_to_cells) & graph.of_kind("Person")[ties.source]
    ties = ties.where(fits & graph.of_kind(*schema().kind_sets.cells)[ties.target])
    ties = by_target(ties.where(apart(sets, ties.source, ties.target)))
    wanted, label, status = given["country"], graph.shown["label"], graph.shown["status"]
    if wanted:
        ties = ties.where([wanted in sets.of(target) for target in ties.target.tolist()])
    return [
        {"person": row["source"], "label": str(label[source]), "status": str(status[source]),
         "own_countries": sets.of(source), "tie": row["tie"], "cell": row["target"], "cell_label": str(label[target]),
         "cell_countries": sets.of(target), "first": row["first"], "last": row["last"], "grade": row["grade"]}
        for source, target, _, row in _shown(graph, ties, most)
    ]  # fmt: skip


def _shown(graph: Graph, ties: Ties, most: int) -> Iterator[tuple[int, int, int, dict[str, str]]]:
    """The first ties: both ends, the statement, and its texts."""
    ties = ties.where(slice(most))
    table, ids = graph.statement_table, graph.ids
    texts = [table.at(name, ties.row).tolist() for name in ("property", "first", "last", "grade")]
    for source, target, at, *said in zip(*(column.tolist() for column in ties), *texts, strict=True):
        row = dict(zip(("tie", "first", "last", "grade"), said, strict=True))
        yield source, target, at, {"source": str(ids[source]), "target": str(ids[target]), **row}
