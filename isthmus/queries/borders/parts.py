"""A person's part in what happens elsewhere: abroad, from a distance, in several countries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.graph.dates import parse
from isthmus.graph.fold.table import objects
from isthmus.graph.schema import schema
from isthmus.queries.backing import SUCCESSOR
from isthmus.queries.behind import Groups
from isthmus.queries.borders.crossing_rows import by_chance, count, ordered, rows_of, summary, together

if TYPE_CHECKING:
    from collections.abc import Collection

    from isthmus.graph.fold.table import Table
    from isthmus.graph.graph import Graph
    from isthmus.queries.backing import Backing, CountrySets
    from isthmus.queries.borders.crossing_rows import Links, Rows


def _parts_in(graph: Graph, how: Collection[str], target_kinds: Collection[str]) -> Table:
    """Ties of people to events, and to cells, that make them part of what happens there."""
    in_cell = schema().in_cells.intersection(how)
    ties = graph.ties_of(how)
    kind, target = ties.coded("kind"), ties["target"]
    cells = [name for name in target_kinds if name in schema().kind_sets.cells]
    wanted = graph.of_kind(*cells)[target] & kind.among(in_cell)
    if "Event" in target_kinds:
        wanted |= graph.of_kind("Event")[target] & kind.among(schema().crossing)
    return ties.take(wanted & graph.of_kind("Person")[ties["source"]])


def abroad(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """Parts in events and cells of a country that is not the person's."""
    ties = _parts_in(graph, schema().crossing | schema().in_cells, schema().kind_sets.acted_in)
    source, target = ties["source"], ties["target"]
    words = countries.overlap(source, target, ties["last_day"])
    count(left_out, "parts in events or cells with a country unknown", int(words.among({"unknown"}).sum()))
    at = np.flatnonzero(words.among({"disjoint", SUCCESSOR}))
    rows = _of_ties("abroad", support, ties.take(at))
    rows["countries"], rows["object_countries"] = countries.text(source[at]), countries.text(target[at])
    rows["overlap"] = words.texts(at)
    groups = [[row] for row in ties["statement"][at].tolist()]
    return ordered(rows, Groups.of(groups), ["subject_id", "first", "object_id"])


def _of_ties(kind: str, support: Backing, ties: Table) -> Links:
    return rows_of(
        kind, support, ties["source"], ties["target"], tie=ties["kind"],
        **{name: ties[name] for name in ("first", "last", "grade", "origins")},
    )  # fmt: skip


class _Stay(NamedTuple):
    """A dated presence of a person in a country."""

    country: str
    intervals: str
    statement: int


def remote(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """Where the director was, by dated presence that overlaps the tie's time."""
    ties = _parts_in(graph, schema().remote, schema().kind_sets.acted_in)
    stays = graph.ties_of(schema().placed_by("activity"))
    stays = stays.take(graph.of_kind("Country")[stays["target"]] & (stays["first"] != ""))
    by_person: dict[int, list[_Stay]] = defaultdict(list)
    places = [str(place) for place in graph.ids[stays["target"]]]
    for person, *stay in zip(
        stays["source"].tolist(), places, stays["intervals"], stays["statement"].tolist(), strict=True
    ):
        by_person[person].append(_Stay(*stay))
    kept, origins, certain, groups, unknown = [], [], [], [], 0
    ends = zip(*(ties[name].tolist() for name in ("source", "target", "intervals", "statement")), strict=True)
    for at, (person, target, intervals, statement) in enumerate(ends):
        there, own = countries.of(target), by_person.get(person)
        if own is None or not there:
            unknown += 1
            continue
        met = [(stay, _together(intervals, stay.intervals)) for stay in own if stay.country not in there]
        met = [(stay, word) for stay, word in met if word != "not"]
        if met:
            kept.append(at)
            origins.append("/".join(sorted({stay.country for stay, _ in met})))
            certain.append("there certainly" if any(word == "certainly" for _, word in met) else "there possibly")
            groups.append([statement, *(stay.statement for stay, _ in met)])
    count(left_out, "directed, supplied or financed: where the person was is not known", unknown)
    directed = ties.take(np.array(kept, dtype=np.int64))
    rows = _of_ties("remote", support, directed)
    rows["countries"], rows["object_countries"] = objects(origins), countries.text(directed["target"])
    rows["overlap"] = objects(certain)
    return ordered(rows, Groups.of(groups), ["overlap", "subject_id", "first", "object_id"])


def _together(one: str, other: str) -> str:
    """Whether two things held at the same time: certainly if what is sure of each overlaps. Texts as in `intervals`."""
    best = "not"
    for left in map(parse, one.split(";")):
        for right in map(parse, other.split(";")):
            doubted = left.uncertain or right.uncertain
            if not doubted and max(left.start_hi, right.start_hi) <= min(left.end_lo, right.end_lo):
                return "certainly"
            if max(left.first, right.first) <= min(left.last, right.last):
                best = "possibly"
    return best


def span(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """People with a part in events of several countries, a row each."""
    ties = _parts_in(graph, schema().crossing, ("Event",))
    known = ties.take(countries.known(ties["target"]))
    count(left_out, "parts in events whose country is unknown", len(ties) - len(known))
    parts, groups = [], []
    for person in np.unique(known["source"]).tolist():
        own = known.take(known["source"] == person)
        events = set(own["target"].tolist())
        there = sorted({code for target in events for code in countries.of(target)})
        if len(there) > 1:
            rows = by_chance(own)
            parts.append(
                rows_of(
                    "span", support, [person], [person], countries=countries.text(np.array([person])),
                    object_countries="/".join(there), overlap="", object_status="", object_id="",
                    object=f"{len(events)} events in {len(there)} countries", **summary(rows),
                )
            )  # fmt: skip
            best = int(rows["statement"][0])
            groups.append([best, *(row for row in own["statement"].tolist() if row != best)])
    return together(parts, groups, ["subject_id"])
