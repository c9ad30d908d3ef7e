"""Values of both drivers as plain ones: what JSON can hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

_HIDDEN = ("case",)


def plain(value: Any) -> Any:
    """A value without anything of an engine: a node or relationship is a map of its properties, labels or type.

    Paths become the list of the ids of their nodes, dates and durations ISO texts.
    """
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return _map(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    return _of_driver(value)


def _map(value: dict[Any, Any]) -> dict[str, Any]:
    """A map; the embedded engine's own keys (`@rid`, `@type`, …) are taken out."""
    kind = value.get("@type")
    if kind is None or "@rid" not in value:
        return {str(key): plain(item) for key, item in value.items()}
    found = {key: plain(item) for key, item in value.items() if not key.startswith("@") and key not in _HIDDEN}
    is_tie = kind.isupper()  # as no label is; the native build tells them apart by nothing else
    return {**found, "type": kind} if is_tie else {**found, "labels": [kind]}


def _of_driver(value: Any) -> Any:
    if hasattr(value, "getClass"):
        return _of_java(value)
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Relationship):
        return {**_properties(value), "type": value.type}
    if isinstance(value, Path):
        return [node.get("id") for node in value.nodes]
    if isinstance(value, Node):
        return {**_properties(value), "labels": sorted(value.labels)}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return str(value)


def _of_java(value: Any) -> Any:
    """A node, relationship, path or moment of the embedded engine."""
    if hasattr(value, "propertiesAsMap"):
        from isthmus.graph.cypher.jvm import package

        held = package().convert_java_to_python(value.propertiesAsMap())
        found = {name: plain(item) for name, item in held.items() if name not in _HIDDEN}
        kind = str(value.getTypeName())
        return {**found, "type": kind} if hasattr(value, "getInVertex") else {**found, "labels": [kind]}
    if hasattr(value, "getVertices"):
        return [str(vertex.get("id")) for vertex in value.getVertices()]
    return str(value)


def _properties(value: Any) -> dict[str, Any]:
    return {key: plain(item) for key, item in value.items() if key not in _HIDDEN}


def _duration(value: timedelta) -> str:
    seconds = value.seconds + value.microseconds / 1e6
    return f"P{value.days}DT{seconds:g}S"
