"""The dossier of a person, cell or event: what is claimed, by whom, what contradicts what, what is not known."""

from __future__ import annotations

import json
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from isthmus.graph import dates
from isthmus.graph.dates import MAX_DAY, iso
from isthmus.graph.errors import BadDate
from isthmus.graph.fold.status import changes
from isthmus.graph.grading import rank
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding, columned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from isthmus.graph.graph import Graph

    Row = dict[str, Any]

COLUMNS = ["section", "says", "value", "when", "grade", "origins", "source", "note"]
_SECTIONS = ("identity", "status", "countries", "presence", "direction", "part in", "cells", "ties", "objects",
             "places", "other", "who held it", "contradicted", "not known")  # fmt: skip


class Line(NamedTuple):
    """One line of a dossier and the statements behind it."""

    section: str
    says: str
    value: str
    when: str
    grade: str
    origins: int
    note: str
    statements: tuple[int, ...]
    claims: tuple[int, ...] = ()  # rows of those it rests on, where it is not all of its statement
    by: str = ""  # the day that it is put by, where it has no date of its own


def show(graph: Graph, name: str) -> Finding:
    """Everything the graph has on one entity, by section, with the source of each line.

    The last two sections say where claims contradict each other and what is not known.

    Raises
    ------
    NoSuchEntity, AmbiguousName
        The name is not that of one entity.
    """
    at = graph.index(name)
    support = Backing(graph)
    told, held = _told(graph, at), _holdings(graph, at)
    lines = _lines(graph, at, support, told)
    lines += _held(at, support, held)
    lines += [*_contradictions(at, support, told, held), *_gaps(graph, at, lines, told, held)]
    order = {section: number for number, section in enumerate(_SECTIONS)}
    lines.sort(key=lambda line: (order[line.section], line.by or line.when or "9", line.says, line.value))
    rows = [(*line[:6], place, line.note) for line, place in zip(lines, _places(support, lines), strict=True)]
    return Finding(
        name=f"show: {support.labels[at]}" + (f" ({support.status[at]})" if support.status[at] else ""),
        table=columned(COLUMNS, rows),
        method="Every statement with this entity at one end, best grade of its claims, and the number of origins.",
        parameters={"name": graph.id_of(at), **graph.arguments},
        claims=support.claim_ids([line.statements for line in lines]),
        caveats=("Not known means that no source in this case says it.",),
        left_out=dict(graph.left_out),
        sentence="{says}: {value} [{when}] {grade} · {note} · {source}",
        heading="section",
        about=(at,),
    )


def _places(support: Backing, lines: list[Line]) -> Iterator[str]:
    """Where the best graded claim of each line stands; "" for a line without a statement."""
    whole = iter(support.pointers([line.statements[0] for line in lines if line.statements and not line.claims]))
    parts = iter(support.places(np.array([line.claims[0] for line in lines if line.claims], dtype=np.int64)))
    for line in lines:
        yield next(parts) if line.claims else next(whole) if line.statements else ""


def _section(graph: Graph, name: str, other: int) -> str:
    declared = schema().declared(name)
    if declared.section or name not in schema().ties:
        return declared.section or "other"
    kind = graph.kind_of(other)
    return "direction" if name in schema().remote and kind != "Country" else schema().kinds[kind].section


def _told(graph: Graph, at: int) -> list[Row]:
    """The statements with this entity at one end, each with its `row`."""
    table = graph.statement_table
    rows = np.flatnonzero((table["subject"] == at) | (table["value_at"] == at))
    return [{**told, "row": row} for told, row in zip(table.records(rows), rows.tolist(), strict=True)]


def _holdings(graph: Graph, at: int) -> list[Row]:
    """What is declared to have been held about this entity."""
    table, identity = graph.holding_table, graph.id_of(at)
    its_end = (table["value"] == identity) & np.isin(table["property"], list(schema().ties))
    return table.records(np.flatnonzero((table["subject"] == identity) | its_end))


def _lines(graph: Graph, at: int, support: Backing, told: list[Row]) -> list[Line]:
    found: list[Line] = []
    changed = False
    for row in told:
        outward, is_tie = row["subject"] == at, row["value_at"] >= 0
        other = row["value_at"] if outward else row["subject"]
        name = row["property"]
        says = schema().reading(name, backward=not outward) if is_tie else name
        if name == "status" and row["affirmed"]:
            changed = True  # told below, a line for each change
            continue
        value = _shown(support, other) if is_tie else row["value"]
        section = _section(graph, name, other if is_tie else at)
        note = _note(graph, range(graph.offsets[row["row"]], graph.offsets[row["row"] + 1]))
        if not row["affirmed"]:
            note = f"denied; {note}" if note else "denied"
        found.append(Line(section, says, value, row["intervals"], row["grade"], row["origins"], note, (row["row"],)))
    return [*found, *_changes(graph, at)] if changed else found


def _shown(support: Backing, at: int) -> str:
    status = support.status[at]
    return f"{support.labels[at]} ({status})" if status else str(support.labels[at])


def _changes(graph: Graph, at: int) -> Iterator[Line]:
    """A line for each change of legal status: its own day, grade and sources."""
    for change in changes(graph)[at]:
        told = graph.claim_table.records(np.array(change.claims, dtype=np.int64))
        best = sorted(zip(told, change.claims, strict=True), key=lambda pair: rank(pair[0]["grade"]))
        days = sorted({claim["valid"].partition("/")[0] for claim in told} - {""})
        origins = min(int(graph.statement_table["origins"][change.row]), len({claim["source"] for claim in told}))
        claims = tuple(place for _, place in best)
        yield Line("status", "status", change.code, ";".join(days), best[0][0]["grade"], origins,
                   _note(graph, claims), (change.row,), claims, iso(change.last))  # fmt: skip


def _note(graph: Graph, claims: Sequence[int]) -> str:
    """Qualifiers of the claims: role, script, basis, bounds and remarks."""
    said: list[str] = []
    bare = {name for name, qualifier in schema().qualifiers.items() if qualifier.bare}
    for text in graph.claim_table.at("qualifiers", np.array(claims, dtype=np.int64)):
        for key, value in (json.loads(text) if text else {}).items():
            word = value if key in bare else f"{key} {value}"
            if word not in said:
                said.append(word)
    return "; ".join(said)


def _held(at: int, support: Backing, held: list[Row]) -> list[Line]:
    """Who held what about this entity, and from when."""
    found = []
    for told in held:
        who = f"{told['country']}, {told['body']}" if told["body"] else str(told["country"])
        since = told["valid"] or "date not stated"
        how = " ".join(filter(None, [told["how"], f"from {told['from_country']}" if told["from_country"] else ""]))
        note = "; ".join(filter(None, [how, told["used"] if told["used"] != "unknown" else "", told["note"]]))
        what = _said(support, told, at)
        rows = (told["statement"],) if told["statement"] >= 0 else ()
        found.append(Line("who held it", f"{told['state']}: {who}", what, since, "", 0, note, rows))
    return found


def _said(support: Backing, told: Row, at: int) -> str:
    """What a holding says, read from the entity at `at`."""
    name, outward = str(told["property"]), bool(told["subject"] == support.graph.id_of(at))
    if not schema().is_tie(name):
        return f"{name} {told['value']}"
    other = str(told["value"] if outward else told["subject"])
    place = support.graph.place(other)
    return f"{schema().reading(name, backward=not outward)} {other if place is None else _shown(support, place)}"


def _contradictions(at: int, support: Backing, told: list[Row], held: list[Row]) -> list[Line]:
    """Statements that are both affirmed and denied, and several values where only one can be so."""
    own = [row for row in told if row["subject"] == at]
    found = []
    for row in own:
        if row["affirmed"] and row["denied"]:
            said = f"{row['affirmed']} affirm, {row['denied']} deny"
            found.append(Line("contradicted", row["property"], row["value"], row["intervals"], "", 0, said,
                              (row["row"],)))  # fmt: skip
    for name in [name for name, word in schema().properties.items() if word.single]:
        several = [row for row in own if row["property"] == name and row["affirmed"]]
        if len(several) > 1 and not _agree(name, [row["value"] for row in several]):
            values = " / ".join(f"{row['value']} ({row['grade']})" for row in several)
            found.append(Line("contradicted", name, values, "", "", 0, f"{len(several)} values, one can be so",
                              tuple(row["row"] for row in several)))  # fmt: skip
    found += [
        Line("contradicted", f"believed by {row['country']}", _said(support, row, at), row["valid"], "", 0,
             row["note"] or "a belief that was wrong", ())
        for row in held
        if row["subject"] == support.graph.id_of(at) and row["state"] == "believed otherwise"
    ]  # fmt: skip
    return found


def _agree(name: str, values: list[str]) -> bool:
    """Whether one date or number fits all the values: one may only be more exact than another."""
    kind = schema().properties[name].type
    try:
        if kind == "date":
            return dates.agree(values)
        return kind == "range" and max(_bound(text, 0) for text in values) <= min(_bound(text, 1) for text in values)
    except (BadDate, ValueError):  # of a hand that was not checked
        return False


def _bound(text: str, side: int) -> float:
    low, dots, high = text.partition("..")
    ends = low, (high if dots else low)
    return float(ends[side] or (inf, -inf)[1 - side])


def _gaps(graph: Graph, at: int, lines: list[Line], told: list[Row], held: list[Row]) -> list[Line]:
    """What a dossier of this kind should have and this one lacks."""
    said = {line.says for line in lines}
    found = [
        Line("not known", word, "no source says", "", "", 0, "", ())
        for name, word in schema().expected.get(graph.kind_of(at), {}).items()
        if name not in said
    ]
    ties = [row for row in told if row["value_at"] >= 0 and row["affirmed"]]
    undated = sum(row["first"] == row["last"] == "" for row in ties)
    single = sum(row["origins"] < 2 for row in ties)
    for count, word in ((undated, "dates of ties"), (single, "a second origin of ties")):
        if count:
            found.append(Line("not known", word, f"{count} of {len(ties)} ties", "", "", 0, "", ()))
    since = sum(row["subject"] == graph.id_of(at) and row["start"] == MAX_DAY for row in held)
    if since:
        found.append(Line("not known", "since when it was held", f"{since} holdings", "", "", 0, "", ()))
    last = max((row["last_day"] for row in ties if row["last_day"] < MAX_DAY), default=0)
    if last:
        found.append(Line("not known", "anything later than", iso(last), "", "", 0, "the last dated tie", ()))
    return found
