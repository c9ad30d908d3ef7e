"""Rows of both engines in one form that can be compared."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def canonical(rows: Iterable[dict[Any, Any]]) -> list[str]:
    """Rows as sorted canonical JSON, floats to nine places."""
    return sorted(json.dumps(_plain(row), sort_keys=True, ensure_ascii=False) for row in rows)


def difference(left: Iterable[dict[Any, Any]], right: Iterable[dict[Any, Any]]) -> dict[str, list[str]]:
    """Rows that only one of two answers has, floats compared to 1e-9; empty where they are the same."""
    one, two = Counter(canonical(left)), Counter(canonical(right))
    lefts, rights = sorted((one - two).elements()), sorted((two - one).elements())
    if len(lefts) == len(rights) and all(
        _close(json.loads(a), json.loads(b)) for a, b in zip(lefts, rights, strict=True)
    ):
        return {}  # two sides of a rounding
    found = {"only left": lefts[:5], "only right": rights[:5]}
    return {side: rows for side, rows in found.items() if rows}


def _close(one: Any, two: Any) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return math.isclose(one, two, rel_tol=0, abs_tol=1.5e-9)  # both were rounded to nine places
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(_close(a, b) for a, b in zip(one, two, strict=True))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_close(one[key], two[key]) for key in one)
    return bool(one == two)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9) + 0.0
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
