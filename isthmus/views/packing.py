"""A picture made small before it is compressed: differences instead of values. `unpack.ts` is its inverse."""

from __future__ import annotations

from typing import Any

from isthmus.graph.dates import iso

OPEN = -1  # stands for a bound that is open
SAME = "="  # a claim's date is that of its tie

Days = list[int | None]


def compact(parts: dict[str, Any]) -> dict[str, Any]:
    """`parts` of a picture with sorted columns as steps, days relative to the first, and repeated dates left out."""
    ties, statements = parts["ties"], parts["statements"]
    return {
        **parts,
        "nodes": {**parts["nodes"], **_days(parts["nodes"])},
        "ties": {
            **ties, **_days(ties), "source": _steps(ties["source"]), "statement": _steps(ties["statement"]),
        },
        "statements": {**statements, "subject": _steps(statements["subject"]), "start": _steps(statements["start"])},
        "claims": {**parts["claims"], "valid": _told_by_ties(parts)},
    }  # fmt: skip


def _steps(values: list[int]) -> list[int]:
    return [value - before for value, before in zip(values, [0, *values], strict=False)]


def _days(columns: dict[str, Any]) -> dict[str, list[int]]:
    first, last, inner, outer = (
        [OPEN if day is None else day for day in columns[name]] for name in ("first", "last", "from", "until")
    )
    return {
        "first": first,
        "last": [b - a for a, b in zip(first, last, strict=True)],
        "from": [b - a for a, b in zip(first, inner, strict=True)],
        "until": [b - a for a, b in zip(last, outer, strict=True)],
    }


def _told_by_ties(parts: dict[str, Any]) -> list[str]:
    valid, ties, start = list(parts["claims"]["valid"]), parts["ties"], parts["statements"]["start"]
    for first, last, statement in zip(ties["first"], ties["last"], ties["statement"], strict=True):
        if first is None or last is None:
            continue
        told = iso(first) if first == last else f"{iso(first)}/{iso(last)}"
        for claim in range(start[statement], start[statement + 1]):
            if valid[claim] == told:
                valid[claim] = SAME
    return valid
