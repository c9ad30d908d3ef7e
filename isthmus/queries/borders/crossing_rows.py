"""What the rows of every kind of cross-border link have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph.fold.table import frame
from isthmus.queries.backing import ordered
from isthmus.queries.behind import Groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.queries.backing import Backing

COLUMNS = ["kind", "subject", "status", "countries", "tie", "object", "object_status", "object_countries", "overlap",
           "first", "last", "grade", "origins", "source", "subject_id", "object_id"]  # fmt: skip
Rows = tuple[pd.DataFrame, Groups]
"""Rows of a kind of link, and the statements behind each, the best evidenced first."""


def rows_of(kind: str, support: Backing, subject: Any, target: Any, **columns: Any) -> pd.DataFrame:
    """Rows about pairs of entities, given by position; `columns` are arrays, lists or one value for all."""
    ids = support.graph.ids
    subject, target = np.asarray(subject, dtype=np.int64), np.asarray(target, dtype=np.int64)
    made = {
        "kind": kind, "subject": support.labels[subject], "status": support.status[subject],
        "object": support.labels[target], "object_status": support.status[target],
        "subject_id": ids[subject], "object_id": ids[target], **columns,
    }  # fmt: skip
    return frame({name: _column(value, len(subject)) for name, value in made.items()})


def _column(value: Any, length: int) -> np.ndarray[Any, Any]:
    if isinstance(value, str):
        return np.full(length, value, dtype=object)
    return value if isinstance(value, np.ndarray) else np.array(value)


def together(frames: Sequence[pd.DataFrame], groups: Sequence[Sequence[int]], keys: list[str]) -> Rows:
    """Rows made one by one, in the order of `keys`."""
    if not frames:
        return pd.DataFrame(columns=COLUMNS), Groups.of([])
    return ordered(pd.concat(frames, ignore_index=True), Groups.of(groups), keys)


def count(left_out: dict[str, int], reason: str, number: int) -> None:
    """Note how many were left out, if any."""
    if number:
        left_out[reason] = number
