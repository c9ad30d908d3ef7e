"""Properties of the nodes of entities: names, legal status, countries by each rule, and the best evidenced facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph import dates
from isthmus.graph.guard import may_name, ranked, status_text, statuses
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

_OWN = {"kind", "name", "alias", "status", "retracts", "attribute", "exchange_outcome"}
_RULES = ("citizenship", "residence", "either", "activity")


def attributes(graph: Graph, kind: str, at: NDArray[np.int64]) -> dict[str, list[Any]]:
    """Columns of the entities at positions `at`, all of one kind; None where a property is absent."""
    ids = [str(identity) for identity in graph.ids[at]]
    found: dict[str, list[Any]] = {
        "id": ids,
        "name": graph.names[at].tolist(),
        "label": graph.entities["label"].to_numpy(dtype=object)[at].tolist(),
        "countries": _sorted(graph, "citizenship", at),
        "aliases": _aliases(graph, at),
    }
    if kind == "Person":
        codes = statuses(graph)
        found["named"] = may_name(graph)[at].tolist()
        found["ranked"] = ranked(graph)[at].tolist()
        found["statuses"] = [[code for code, _ in codes[i]] for i in at]
        found["status"] = [status_text(codes[i]) for i in at]
        for rule in _RULES:
            found[rule] = _sorted(graph, rule, at)
    found.update(_facts(graph, kind, at))
    return found


def _sorted(graph: Graph, rule: Any, at: NDArray[np.int64]) -> list[list[str]]:
    countries = graph.countries(rule)
    return [sorted(countries[i]) for i in at]


def _aliases(graph: Graph, at: NDArray[np.int64]) -> list[list[str]]:
    rows = graph.values("alias")
    known: dict[int, set[str]] = {}
    for subject, value in zip(rows["subject"].tolist(), rows["value"].tolist(), strict=True):
        known.setdefault(subject, set()).add(value)
    return [sorted(known.get(int(i), ())) for i in at]


def _facts(graph: Graph, kind: str, at: NDArray[np.int64]) -> dict[str, list[Any]]:
    """Each literal property's best evidenced value; ranges and dates also as numbers and ISO bounds."""
    rows = graph.statements
    of_kind = (rows["value_at"] < 0) & (rows["affirmed"] > 0) & ~rows["property"].isin(_OWN)
    own = np.zeros(len(graph.ids), dtype=bool)
    own[at] = True
    rows = rows[of_kind.to_numpy() & own[rows["subject"].to_numpy()]].sort_values("probability", kind="stable")
    rows = rows.drop_duplicates(["subject", "property"], keep="last")
    place = {int(i): number for number, i in enumerate(at)}
    found: dict[str, list[Any]] = {}
    for subject, name, value in zip(rows["subject"], rows["property"], rows["value"], strict=True):
        for key, read in _read(kind, name, value):
            found.setdefault(key, [None] * len(at))[place[int(subject)]] = read
    return found


def _read(kind: str, name: str, value: str) -> list[tuple[str, Any]]:
    """A value as the properties that stand for it."""
    declared = schema().properties.get(name, {}).get("type")
    if declared == "range":
        low, _, high = value.partition("..")
        try:
            return [(name, value), (f"{name}_low", float(low)), (f"{name}_high", float(high or low))]
        except ValueError:
            return [(name, value)]
    if name == "date" and kind == "Event":
        span = dates.parse(value)
        return [(name, value), ("first", dates.iso(span.first)), ("last", dates.iso(span.last))]
    return [(name, value)]
