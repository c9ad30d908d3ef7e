"""A person's part in what happens elsewhere: abroad, from a distance, in several countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import parse
from isthmus.graph.schema import schema
from isthmus.queries.backing import SUCCESSOR, ordered
from isthmus.queries.behind import Groups
from isthmus.queries.borders.crossing_rows import count, rows_of, together

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from isthmus.graph.graph import Graph
    from isthmus.queries.backing import Backing, CountrySets
    from isthmus.queries.borders.crossing_rows import Rows


def _parts_in(graph: Graph, how: Collection[str], target_kinds: Collection[str]) -> pd.DataFrame:
    """Ties of people to events, and to cells, that make them part of what happens there."""
    in_cell = schema().in_cells.intersection(how)
    ties = graph.ties_of(how)
    kind, target = ties["kind"], ties["target"].to_numpy()
    cells = [name for name in target_kinds if name in schema().kind_sets.cells]
    wanted = graph.of_kind(*cells)[target] & kind.isin(in_cell).to_numpy()
    if "Event" in target_kinds:
        wanted |= graph.of_kind("Event")[target] & kind.isin(schema().crossing).to_numpy()
    found: pd.DataFrame = ties[wanted & graph.of_kind("Person")[ties["source"].to_numpy()]]
    return found


def abroad(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """Parts in events and cells of a country that is not the person's."""
    ties = _parts_in(graph, schema().crossing | schema().in_cells, schema().kind_sets.acted_in)
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    words = countries.overlap(source, target, ties["last_day"].to_numpy())
    count(left_out, "parts in events or cells with a country unknown", int(words.among({"unknown"}).sum()))
    at = np.flatnonzero(words.among({"disjoint", SUCCESSOR}))
    rows = _of_ties("abroad", support, ties.iloc[at])
    rows["countries"], rows["object_countries"] = countries.text(source[at]), countries.text(target[at])
    rows["overlap"] = words.texts(at)
    groups = [[int(row)] for row in ties["statement"].to_numpy()[at]]
    return ordered(rows, Groups.of(groups), ["subject_id", "first", "object_id"])


def _of_ties(kind: str, support: Backing, ties: pd.DataFrame) -> pd.DataFrame:
    return rows_of(
        kind, support, ties["source"], ties["target"], tie=ties["kind"].to_numpy(),
        **{name: ties[name].to_numpy() for name in ("first", "last", "grade", "origins")},
    )  # fmt: skip


def remote(graph: Graph, countries: CountrySets, support: Backing, left_out: dict[str, int]) -> Rows:
    """Where the director was, by dated presence that overlaps the tie's time."""
    ties = _parts_in(graph, schema().remote, schema().kind_sets.acted_in)
    stays = graph.ties_of(schema().placed_by("activity"))
    stays = stays[graph.of_kind("Country")[stays["target"].to_numpy()] & (stays["first"] != "")]
    by_person = dict(list(stays.groupby("source")))
    kept, origins, certain, groups, unknown = [], [], [], [], 0
    ends = zip(*(ties[name].tolist() for name in ("source", "target", "intervals", "statement")), strict=True)
    for at, (person, target, intervals, statement) in enumerate(ends):
        there, own = countries.of(target), by_person.get(person)
        if own is None or not there:
            unknown += 1
            continue
        away = own.loc[[str(graph.ids[place]) not in there for place in own["target"]]]
        met = [_together(intervals, str(stay)) for stay in away["intervals"]]
        away, met = away.loc[[word != "not" for word in met]], [word for word in met if word != "not"]
        if met:
            kept.append(at)
            origins.append("/".join(sorted({str(graph.ids[place]) for place in away["target"]})))
            certain.append("there certainly" if "certainly" in met else "there possibly")
            groups.append([statement, *away["statement"].tolist()])
    count(left_out, "directed, supplied or financed: where the person was is not known", unknown)
    chosen = ties.iloc[kept]
    rows = _of_ties("remote", support, chosen)
    rows["countries"], rows["object_countries"] = origins, countries.text(chosen["target"].to_numpy())
    rows["overlap"] = certain
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
    known = ties[countries.known(ties["target"].to_numpy())]
    count(left_out, "parts in events whose country is unknown", len(ties) - len(known))
    frames, groups = [], []
    for person, rows in known.groupby("source"):
        there = sorted({code for target in rows["target"] for code in countries.of(int(target))})
        if len(there) > 1:
            best = rows.sort_values("probability", ascending=False).iloc[0]
            events = rows["target"].nunique()
            frames.append(
                rows_of(
                    "span", support, [person], [person], countries=countries.text(np.array([person])),
                    tie=", ".join(sorted(rows["kind"].unique())), object_countries="/".join(there), overlap="",
                    first=min((text for text in rows["first"] if text), default=""), last=max(rows["last"]),
                    grade=best["grade"], origins=best["origins"],
                ).assign(object=f"{events} events in {len(there)} countries", object_status="", object_id="")
            )  # fmt: skip
            groups.append([int(best["statement"]), *(int(r) for r in rows["statement"] if r != best["statement"])])
    return together(frames, groups, ["subject_id"])
