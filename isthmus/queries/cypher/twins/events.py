"""Parts of people in events, across borders."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.cypher.attributes import fact
from isthmus.graph.schema import schema
from isthmus.queries.backing import CountrySets
from isthmus.queries.cypher.twins.ties import Ties, apart, by_target, codes_of, later, of_kinds, ties_of, with_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.queries.cypher.twins.ties import Rows

    Ints = NDArray[np.int64]

_AT_ONCE = 500  # people whose pairs are looked at together


def coordinators(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:
    """Who had a part in events in several countries."""
    sets, shown, parts = CountrySets(graph, "citizenship"), graph.shown, _parts(graph)
    parts = parts.where(sets.known(parts.target))
    parts = parts.where(np.argsort(parts.source, kind="stable"))
    starts = np.flatnonzero(np.diff(parts.source, prepend=-1))
    there = np.bitwise_or.reduceat(sets.bits[parts.target], starts, axis=0) if len(starts) else sets.bits[:0]
    wide = np.bitwise_count(there).sum(axis=1) >= given["countries"]
    ends, table = np.append(starts, len(parts.source)), graph.statement_table
    found: Rows = []
    for at in np.flatnonzero(wide)[:most].tolist():
        own = parts.where(np.arange(ends[at], ends[at + 1]))
        person = int(own.source[0])
        found.append(
            {"person": str(graph.ids[person]), "label": str(shown["label"][person]),
             "status": str(shown["status"][person]), "own_countries": sets.of(person),
             "ties": sorted(set(table.at("property", own.row))), "events": len(set(own.target.tolist())),
             "event_countries": codes_of(sets, there[at]),
             "first": min(filter(None, table.at("first", own.row)), default=""),
             "last": max(table.at("last", own.row), default="")}
        )  # fmt: skip
    return found


def pairs_by_event_across_border(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:
    """Which two people without a common citizenship had a part in the same event."""
    sets, kinds, parts = CountrySets(graph, "citizenship"), fact(graph, "event_kind"), _parts(graph)
    wanted = sets.known(parts.source)
    if given["kind"]:
        wanted &= kinds.among({given["kind"]})[parts.target]
    parts = parts.where(wanted)
    parts = parts.where(np.lexsort((parts.source, parts.target)))
    word = graph.statement_table.at("property", parts.row)
    found: Rows = []
    new = (np.diff(parts.target, prepend=-1) != 0) | (np.diff(parts.source, prepend=-1) != 0)
    starts = np.append(np.flatnonzero(new), len(new))  # a person may have had several parts in one event
    person, event = parts.source[starts[:-1]], parts.target[starts[:-1]]
    for left, right in _expanded(person, event):
        fits = apart(sets, person[left], person[right])
        left, right = left[fits], right[fits]
        for i in np.lexsort((event[left], person[right], person[left])).tolist():
            if len(found) == most:
                return found
            a, b, e = int(person[left[i]]), int(person[right[i]]), int(event[left[i]])
            here = (word[starts[place] : starts[place + 1]].tolist() for place in (left[i], right[i]))
            found.append(
                {"person": str(graph.ids[a]), "other": str(graph.ids[b]), "event": str(graph.ids[e]),
                 "event_label": str(graph.shown["label"][e]), "event_kind": kinds.cells(e, e + 1)[0],
                 "countries": sets.of(a), "other_countries": sets.of(b),
                 "ties": sorted({f"{t} / {u}" for t, u in product(*here)})}
            )  # fmt: skip
    return found


def cross_border_ties(graph: Graph, given: Mapping[str, Any], most: int) -> Rows:
    """Which links lie across a border; the kinds in the order of their names."""
    from isthmus.queries.cross_border import cross_border

    found = _abroad(graph, CountrySets(graph, given["rule"]), most)
    for kind in ("cell", "pair", "remote", "span"):
        if len(found) < most:
            table = cross_border(graph, kinds=[kind], country_rule=given["rule"]).table
            table = table.assign(subject=table["subject_id"], object=table["object_id"])
            table = table.sort_values(["subject", "object", "tie", "first"])[: most - len(found)]
            columns = ["kind", "subject", "object", "tie", "countries", "object_countries", "overlap", "first", "last",
                       "grade", "origins"]  # fmt: skip
            found += [{str(key): value for key, value in row.items()} for row in table[columns].to_dict("records")]
    return found


def _parts(graph: Graph) -> Ties:
    """Parts of people in events: as those who were there, or from a distance."""
    ties = ties_of(graph)
    fits = of_kinds(graph, ties, schema().crossing)
    return ties.where(fits & graph.of_kind("Person")[ties.source] & graph.of_kind("Event")[ties.target])


def _expanded(person: Ints, event: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Places of two people in one event, those of the first people first; rows are ordered by event and person."""
    after = later(event)
    by_person = np.argsort(person, kind="stable")
    ends = np.flatnonzero(np.diff(person[by_person], append=-1)) + 1
    for start in range(0, len(ends), _AT_ONCE):
        begin = int(ends[start - 1]) if start else 0
        at = by_person[begin : int(ends[min(start + _AT_ONCE, len(ends)) - 1])]
        yield with_later(at, after[at])


def _abroad(graph: Graph, sets: CountrySets, most: int) -> Rows:
    """Parts in an event, or in a cell, in a country that is not the person's."""
    ties, table = ties_of(graph), graph.statement_table
    event, cell = graph.of_kind("Event")[ties.target], graph.of_kind(*schema().kind_sets.cells)[ties.target]
    fits = (event & of_kinds(graph, ties, schema().crossing)) | (cell & of_kinds(graph, ties, schema().in_cells))
    ties = ties.where(fits & graph.of_kind("Person")[ties.source] & apart(sets, ties.source, ties.target))
    found = []
    for source, target, row in zip(*(column[:most].tolist() for column in by_target(ties)), strict=True):
        first, last, grade, tie = (str(table.at(name, row)) for name in ("first", "last", "grade", "property"))
        found.append(
            {"kind": "abroad", "subject": str(graph.ids[source]), "object": str(graph.ids[target]), "tie": tie,
             "countries": "/".join(sets.of(source)), "object_countries": "/".join(sets.of(target)),
             "overlap": "disjoint", "first": first, "last": last, "grade": grade,
             "origins": int(table["origins"][row])}
        )  # fmt: skip
    return found
