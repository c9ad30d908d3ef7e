"""Rows of both engines in one form that can be compared."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def canonical(rows: Iterable[dict[Any, Any]]) -> list[str]:
    """Rows as sorted canonical JSON, floats to nine places."""
    return sorted(json.dumps(_plain(row), sort_keys=True, ensure_ascii=False) for row in rows)


def difference(left: Iterable[dict[Any, Any]], right: Iterable[dict[Any, Any]]) -> dict[str, list[str]]:
    """Rows that only one of two answers has; empty where they are the same, repeated rows counted."""
    one, two = Counter(canonical(left)), Counter(canonical(right))
    found = {"only left": sorted((one - two).elements())[:5], "only right": sorted((two - one).elements())[:5]}
    return {side: rows for side, rows in found.items() if rows}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9) + 0.0
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
