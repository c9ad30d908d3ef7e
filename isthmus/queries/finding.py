"""What a query returns: a table, how it was made, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True)
class Finding:
    """An answer that can be checked.

    `table` has one row an answer; `claims` runs parallel to it and holds the ids of the claims behind each row.
    `left_out` counts what filters, the guard and unknowns kept out, by reason. `sentence` is how a row reads to
    people, with column names in braces and a line break where a second line begins; `heading` is the column whose
    change begins a new block. A row without `value` reads as `without`. Without a sentence rows print as a grid.
    """

    name: str
    table: pd.DataFrame
    method: str
    parameters: dict[str, Any] = field(default_factory=dict)
    claims: Sequence[tuple[str, ...]] = ()
    literature: tuple[str, ...] = ()
    robustness: dict[str, Any] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    seed: int | None = None
    sentence: str = ""
    heading: str = ""
    without: str = ""

    def __getstate__(self) -> dict[str, Any]:
        """Plain data, for pickling: claims that would be read when asked for are read now."""
        return {**self.__dict__, "claims": tuple(tuple(ids) for ids in self.claims)}

    def head(self, rows: int) -> Finding:
        """The same with its first rows only."""
        return replace(self, table=self.table.head(rows), claims=self.claims[:rows])

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values for JSON: what `--json` prints."""
        return {
            "finding": self.name,
            "method": self.method,
            "literature": list(self.literature),
            "parameters": self.parameters,
            "seed": self.seed,
            "columns": [str(column) for column in self.table.columns],
            "rows": [_plain(row) for row in self.table.to_dict("records")],
            "claims": [list(ids) for ids in self.claims],
            "robustness": self.robustness,
            "caveats": list(self.caveats),
            "left_out": self.left_out,
        }


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): plain_value(value) for key, value in row.items()}


def plain_value(value: object) -> object:
    """A value of a table as JSON knows it: sets sorted, what is missing None, dates as text."""
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain_value(item) for item in items]
    if value is None or value != value:  # NaN and NaT differ from themselves
        return None
    if hasattr(value, "item"):
        return value.item()
    return value if isinstance(value, (str, int, float, bool, dict)) else str(value)
