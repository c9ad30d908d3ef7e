"""What the rows of every kind of cross-border link have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isthmus.queries.behind import Groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.graph.fold.table import Table
    from isthmus.queries.backing import Backing

COLUMNS = ["kind", "subject", "status", "countries", "tie", "object", "object_status", "object_countries", "overlap",
           "first", "last", "grade", "origins", "source", "subject_id", "object_id"]  # fmt: skip
Links = dict[str, NDArray[Any]]
"""Columns by name."""
Rows = tuple[Links, Groups]
"""Rows of a kind of link, and the statements behind each, the best evidenced first."""


def rows_of(kind: str, support: Backing, subject: Any, target: Any, **columns: Any) -> Links:
    """Rows about pairs of entities, given by position; `columns` are arrays, lists or one value for all."""
    ids = support.graph.ids
    subject, target = np.asarray(subject, dtype=np.int64), np.asarray(target, dtype=np.int64)
    made = {
        "kind": kind, "subject": support.labels[subject], "status": support.status[subject],
        "object": support.labels[target], "object_status": support.status[target],
        "subject_id": ids[subject], "object_id": ids[target], **columns,
    }  # fmt: skip
    return {name: _column(value, len(subject)) for name, value in made.items()}


def _column(value: Any, length: int) -> NDArray[Any]:
    if isinstance(value, (np.ndarray, list)):
        return np.array(value, dtype=object) if isinstance(value, list) else value
    return np.full(length, value, dtype=object if isinstance(value, str) else None)


def chosen(rows: Links, at: NDArray[Any]) -> Links:
    """Those rows of every column: a mask or positions."""
    return {name: column[at] for name, column in rows.items()}


def joined(parts: Sequence[Links]) -> Links:
    """The rows of several, one after the other; without any the columns are there all the same."""
    some = [part for part in parts if len(part["kind"])]
    if len(some) < 2:
        return some[0] if some else {name: np.zeros(0, dtype=object) for name in COLUMNS}
    return {name: np.concatenate([part[name] for part in some]) for name in some[0]}


def together(parts: Sequence[Links], groups: Sequence[Sequence[int]], keys: list[str]) -> Rows:
    """Rows made one by one, in the order of `keys`."""
    return ordered(joined(parts), Groups.of(groups), keys)


def ordered(rows: Links, groups: Groups, keys: list[str]) -> Rows:
    """Rows in the order of `keys`, with what runs parallel to them."""
    order = np.lexsort([rows[name] for name in reversed(keys)])
    return chosen(rows, order), groups.take(order)


def by_chance(ties: Table) -> Table:
    """Ties, the likeliest first."""
    return ties.take(np.argsort(-ties["probability"], kind="stable"))


def summary(ties: Table) -> dict[str, Any]:
    """What a row says of several ties, the likeliest first: their kinds, the time of all, the evidence of the first."""
    return {
        "tie": ", ".join(sorted(ties.coded("kind").used())), "first": min(filter(None, ties["first"]), default=""),
        "last": max(ties["last"]), "grade": ties["grade"][0], "origins": ties["origins"][0],
    }  # fmt: skip


def count(left_out: dict[str, int], reason: str, number: int) -> None:
    """Note how many were left out, if any."""
    if number:
        left_out[reason] = number
