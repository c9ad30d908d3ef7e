"""The six layers of the map of the Institute for the Study of War, by the decision table of `schema.yml`.

Verdicts are three-valued: yes, possible, no. A cell for which the case has nothing to decide on says "no data".
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding, of_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Columns

_RAISED = re.compile(r"raised|emergency|alert|alerte|renforc|heightened|serious|urgence", re.IGNORECASE)


class Verdict(NamedTuple):
    """One thing placed on one layer of one country, and the statements that placed it."""

    country: str
    layer: str
    verdict: str  # yes, possible, no
    entity: int
    date: str
    why: str
    statements: tuple[int, ...]


def layers(graph: Graph, *, detail: bool = False) -> Finding:
    """Countries as rows and the six layers as columns; `detail` gives one row a verdict instead.

    A cell reads "7, 2 possible", "no" where something was looked at and nothing fits, or "no data". The last column
    has the lowest and highest estimate of those who left, over all dates, and how many estimates there are.
    """
    found = list(verdicts(graph))
    support = Backing(graph)
    table, groups = _detail(found, support) if detail else _matrix(found)
    return Finding(
        name="layers",
        table=table,
        method="Each event, threat level and estimate is placed by the first rule of the decision table that fits.",
        parameters={"detail": detail, **graph.arguments},
        claims=support.claim_ids(groups),
        literature=("Institute for the Study of War, ISIS's Campaign in Europe, map, December 2015",),
        caveats=(
            "The layers' rules are this project's own working rules; the map's own legend was not read.",
            "No data is not no: it says what the sources do not cover.",
            "Totals of an attack and its sites are counted once: parts of a series are left out beside the series.",
        ),
        left_out=dict(graph.left_out),
    )


def layer_counts(graph: Graph) -> list[dict[str, Any]]:
    """Yes and possible verdicts by country and layer, where there are any; the twin of the Cypher query."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for verdict in verdicts(graph):
        if verdict.verdict in ("yes", "possible"):
            cell = counts.setdefault((verdict.country, verdict.layer), {"yes": 0, "possible": 0})
            cell[verdict.verdict] += 1
    return [{"country": country, "layer": layer, **cell} for (country, layer), cell in sorted(counts.items())]


def verdicts(graph: Graph) -> Iterator[Verdict]:
    """Every verdict of the decision table, in a fixed order."""
    yield from _events(graph)
    yield from _levels(graph)
    yield from _fighters(graph)


def _best(graph: Graph, name: str) -> dict[int, tuple[str, int]]:
    """Best evidenced value of a property of each entity, with its statement."""
    return {at: (value, row) for at, value, row in graph.said(name, by_chance=True)}


def _events(graph: Graph) -> Iterator[Verdict]:
    kinds, directions, dates = (_best(graph, name) for name in ("event_kind", "direction", "date"))
    scenes, threatened = graph.countries(), _threatened(graph)
    series = _parts_of_series(graph)
    for at, (kind, kind_row) in sorted(kinds.items()):
        if at in series:
            continue
        direction, direction_row = directions.get(at, ("unclear", -1))
        decided, why = _decide(kind, direction)
        rows = tuple(row for row in (kind_row, direction_row) if row >= 0)
        for layer, stated in schema().layers.names.items():
            looked_at = kind in stated.decided_on
            verdict = decided.get(layer, "no" if looked_at else None)
            if verdict is not None:
                places = threatened.get(at) if stated.where == "threatened" and at in threatened else scenes[at]
                for country in sorted(places or ()):
                    yield Verdict(country, layer, verdict, at, dates.get(at, ("", -1))[0], why, rows)


def _decide(kind: str, direction: str) -> tuple[dict[str, str], str]:
    for rule in schema().layers.events:
        if rule.event_kind == kind and rule.direction in ("", direction):
            return dict(rule.layers), f"{kind}, {direction}"
    return {}, f"{kind}, {direction}: no rule"


def _parts_of_series(graph: Graph) -> set[int]:
    """Events that are part of another event of the same kind, which stands for them."""
    kinds = _best(graph, "event_kind")
    ties = graph.ties_of({"part_of"})
    pairs = zip(ties["source"].tolist(), ties["target"].tolist(), strict=True)
    return {a for a, b in pairs if a in kinds and kinds[a][0] == kinds.get(b, ("",))[0]}


def _threatened(graph: Graph) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    ties = graph.ties_of(schema().threatening)
    for source, target in zip(ties["source"].tolist(), ties["target"].tolist(), strict=True):
        if graph.kinds[target] == "Country":
            found.setdefault(source, set()).add(str(graph.ids[target]))
    return found


def _levels(graph: Graph) -> Iterator[Verdict]:
    """A level above the lowest that the same system gave the country is heightened."""
    read = []
    for at, value, row, first in _dated(graph, "threat_level"):
        said = _qualifiers(graph, row)
        digit = re.search(r"\d", value)
        read.append((at, value, row, first, said, int(digit.group()) if digit else None))
    lowest: dict[tuple[int, str, str], int] = {}
    for at, _, _, _, said, number in read:
        if number is not None:
            key = (at, said.get("system", ""), said.get("scope", ""))
            lowest[key] = min(number, lowest.get(key, number))
    for at, value, row, first, said, number in sorted(read, key=lambda item: (item[0], item[3], item[2])):
        ordinary = lowest.get((at, said.get("system", ""), said.get("scope", "")))
        verdict = said.get("heightened") or _heightened(value, number, ordinary)
        why = f"{said.get('system', 'level')} {value}" + (f", lowest seen {ordinary}" if number is not None else "")
        yield Verdict(str(graph.ids[at]), schema().layer_of("levels"), verdict, at, first, why, (row,))


def _heightened(value: str, number: int | None, ordinary: int | None) -> str:
    if number is None or ordinary is None:
        return "yes" if _RAISED.search(value) else "possible"
    if number > ordinary:
        return "yes"
    return "possible" if number >= 4 else "no"


def _qualifiers(graph: Graph, statement: int) -> dict[str, str]:
    """Qualifiers of the claims of a statement; where claims differ the first counts."""
    found: dict[str, str] = {}
    start, end = graph.offsets[statement], graph.offsets[statement + 1]
    for text in graph.claim_table["qualifiers"][start:end]:
        if text:
            found = {**json.loads(text), **found}
    return found


def _fighters(graph: Graph) -> Iterator[Verdict]:
    for at, value, row, first in _dated(graph, "foreign_fighters"):
        yield Verdict(str(graph.ids[at]), schema().layer_of("fighters"), "yes", at, first, value, (row,))


def _dated(graph: Graph, name: str) -> Iterator[tuple[int, str, int, str]]:
    """Subject, value, row and first day of the affirmed statements of a property."""
    told = graph.stated(name)
    columns = (told[column].tolist() for column in ("subject", "value", "statement", "first"))
    return zip(*columns, strict=True)


def _detail(found: list[Verdict], support: Backing) -> tuple[Columns, list[tuple[int, ...]]]:
    kept = [verdict for verdict in found if verdict.verdict != "no"]
    kept.sort(key=lambda v: (v.country, v.layer, v.date, v.entity, v.statements))
    table: Columns = {
        "country": [v.country for v in kept],
        "layer": [v.layer for v in kept],
        "verdict": [v.verdict for v in kept],
        "what": [str(support.labels[v.entity]) for v in kept],
        "date": [v.date for v in kept],
        "why": [v.why for v in kept],
        "source": support.pointers([v.statements[0] for v in kept]),
    }
    return table, [v.statements for v in kept]


def _matrix(found: list[Verdict]) -> tuple[Columns, list[tuple[int, ...]]]:
    declared = schema().layers
    codes = list(dict.fromkeys([*declared.countries, *declared.fighter_countries]))
    rows, groups = [], []
    for code in codes:
        own = [verdict for verdict in found if verdict.country == code]
        row = {"country": code}
        for layer in declared.names:
            outside = layer != schema().layer_of("fighters") and code not in declared.countries
            row[layer] = "not asked" if outside else _cell(layer, [v for v in own if v.layer == layer])
        rows.append(row)
        groups.append(
            tuple(dict.fromkeys(at for verdict in own if verdict.verdict != "no" for at in verdict.statements))
        )
    return of_records(["country", *declared.names], rows), groups


def _cell(layer: str, own: list[Verdict]) -> str:
    if not own:
        return "no data"
    if layer == schema().layer_of("fighters"):
        low, high = fighter_range([verdict.why for verdict in own])
        return f"{low:,}–{high:,} ({len(own)})" if low != high else f"{low:,} ({len(own)})"
    sure = len({(v.entity, v.statements) for v in own if v.verdict == "yes"})
    possible = len({(v.entity, v.statements) for v in own if v.verdict == "possible"})
    if not sure and not possible:
        return "no"
    return f"{sure}, {possible} possible" if possible else str(sure)


def fighter_range(values: list[str]) -> tuple[int, int]:
    """Lowest and highest of estimates written as `low..high` or one number."""
    bounds = [part for value in values for part in value.split("..") if part]
    numbers = [int(float(part)) for part in bounds]
    return min(numbers), max(numbers)
