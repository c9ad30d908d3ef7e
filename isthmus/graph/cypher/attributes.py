"""Properties of the nodes of entities: names, legal status, countries by each rule, and the best evidenced facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph import dates
from isthmus.graph.country_rules import COUNTRY_RULES
from isthmus.graph.cypher.column import column, of_sets
from isthmus.graph.fold.status import changes
from isthmus.graph.fold.table import Coded
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph


def attributes(graph: Graph) -> tuple[dict[str, Coded], dict[str, Coded]]:
    """Columns over all entities, and those that only people have."""
    by_rule = {rule: of_sets(graph.countries(rule)) for rule in COUNTRY_RULES}
    found = {
        "id": column(graph.ids),
        "name": column(graph.names),
        "label": column(graph.shown["label"]),
        "countries": by_rule["citizenship"],
        "aliases": _aliases(graph),
        **dict(_facts(graph)),
    }
    of_people: dict[str, Coded] = {
        **{name: column(graph.shown[name]) for name in ("named", "ranked", "status")},
        "statuses": column([list(dict.fromkeys(change.code for change in changed)) for changed in changes(graph)]),
        **dict(by_rule.items()),
    }
    return found, of_people


def _aliases(graph: Graph) -> Coded:
    rows = graph.values("alias")
    known: dict[int, set[str]] = {}
    for subject, value in zip(rows["subject"].tolist(), rows["value"].tolist(), strict=True):
        known.setdefault(subject, set()).add(value)
    return column([sorted(known.get(at, ())) for at in range(len(graph.ids))])


def _facts(graph: Graph) -> Iterator[tuple[str, Coded]]:
    """Each literal property's best evidenced value; ranges and dates also as numbers and ISO bounds."""
    for name in graph.statement_table.coded("property").distinct.tolist():
        if name not in schema().properties or schema().properties[name].projected:
            yield from _read(graph, name, fact(graph, name))


def fact(graph: Graph, name: str) -> Coded:
    """The best evidenced value of a literal property of every entity."""
    table = graph.statement_table
    value = table.coded("value")
    literal = table.coded("property").among({name}) & (table["value_at"] < 0) & (table["affirmed"] > 0)
    rows = np.flatnonzero(literal)
    rows = rows[np.argsort(table["probability"][rows], kind="stable")]
    codes = np.full(len(graph.ids), -1, dtype=np.int32)
    codes[table["subject"][rows]] = value.codes[rows]  # of several the last stays, the best evidenced
    return Coded(codes, value.entries).compact()


def _read(graph: Graph, name: str, found: Coded) -> Iterator[tuple[str, Coded]]:
    """A property as those that stand for it."""
    yield name, found
    declared = schema().properties.get(name)
    kind = declared.type if declared else ""
    if kind == "range":
        yield f"{name}_low", found.mapped(lambda text: _bound(text, 0))
        yield f"{name}_high", found.mapped(lambda text: _bound(text, 1))
    if kind == "point":
        yield "lat", found.mapped(lambda text: _degrees(text, 0))
        yield "lon", found.mapped(lambda text: _degrees(text, 1))
    if name == "date":
        of_events = Coded(np.where(graph.of_kind("Event"), found.codes, np.int32(-1)), found.entries)
        yield "first", of_events.mapped(lambda text: dates.iso(dates.parse(text).first) or None)
        yield "last", of_events.mapped(lambda text: dates.iso(dates.parse(text).last) or None)


def _degrees(text: str, side: int) -> Any:
    """Latitude or longitude of a point as a number; None where it is no point."""
    try:
        return float(text.split(",")[side])
    except (ValueError, IndexError):
        return None


def _bound(text: str, side: int) -> Any:
    """A bound of a range as a number; None where it is no range of numbers."""
    low, _, high = text.partition("..")
    try:
        return (float(low), float(high or low))[side]
    except ValueError:
        return None
