"""What a query returns: a table, how it was made, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    Columns = dict[str, Any]  # lists or arrays
    Given = pd.DataFrame | Columns


class AsFrame:
    """The rows of a finding, given as a frame or as columns by name: a frame is made when it is first asked for."""

    def __set__(self, finding: Finding, given: Given) -> None:
        """Keep them as they are given."""
        finding.__dict__["table"] = given

    def __get__(self, finding: Finding | None, owner: type[Finding]) -> pd.DataFrame:
        """The frame."""
        if finding is None:
            raise AttributeError("a finding is made with its table")
        if isinstance(finding.given, dict):
            import pandas as pd

            finding.__dict__["table"] = pd.DataFrame(
                {
                    name: pd.Series(column, dtype=getattr(column, "dtype", None))
                    for name, column in finding.given.items()
                }
            )
        frame: pd.DataFrame = finding.__dict__["table"]
        return frame


@dataclass(frozen=True)
class Finding:
    """An answer that can be checked.

    `table` has one row an answer, and may be given as columns of one length by name; `claims` runs parallel to it and holds the ids of the claims behind each row.
    `left_out` counts what filters and unknowns kept out, by reason. `sentence` is how a row reads to
    people, with column names in braces and a line break where a second line begins; `heading` is the column whose
    change begins a new block. A row without `value` reads as `without`. `about` are positions of the entities that it shows, where it shows no more of the graph than what is said of them. Without a sentence rows print as a grid.
    """

    name: str
    table: AsFrame = AsFrame()
    method: str = ""
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
    about: Sequence[int] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Plain data, for pickling: claims that would be read when asked for are read now."""
        return {**self.__dict__, "claims": tuple(tuple(ids) for ids in self.claims)}

    @property
    def given(self) -> Given:
        """The rows as they were given: a frame, or columns by name."""
        given: Given = self.__dict__["table"]
        return given

    def __len__(self) -> int:
        """How many rows."""
        return len(next(iter(self.given.values()), ())) if isinstance(self.given, dict) else len(self.given)

    def __bool__(self) -> bool:
        """An answer without rows is one too."""
        return True

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(name) for name in self.given]

    def cells(self) -> list[list[Any]]:
        """The values of each column."""
        if isinstance(self.given, dict):
            return [column if isinstance(column, list) else column.tolist() for column in self.given.values()]
        return [self.given.iloc[:, at].tolist() for at in range(self.given.shape[1])]

    def by_column(self) -> Columns:
        """The values of each column by its name."""
        return dict(zip(self.columns, self.cells(), strict=True))

    def rows(self) -> list[dict[str, Any]]:
        """Each row as plain values by the name of their column."""
        names = self.columns
        return [dict(zip(names, map(plain_value, row), strict=True)) for row in zip(*self.cells(), strict=True)]

    def head(self, rows: int) -> Finding:
        """The same with its first rows only."""
        first = (
            {name: column[:rows] for name, column in self.given.items()}
            if isinstance(self.given, dict)
            else self.given.head(rows)
        )
        return replace(self, table=first, claims=self.claims[:rows])

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values for JSON: what `--json` prints."""
        return {
            "finding": self.name,
            "method": self.method,
            "literature": list(self.literature),
            "parameters": self.parameters,
            "seed": self.seed,
            "columns": self.columns,
            "rows": self.rows(),
            "claims": [list(ids) for ids in self.claims],
            "robustness": self.robustness,
            "caveats": list(self.caveats),
            "left_out": self.left_out,
        }


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


def of_records(names: Sequence[str], records: Sequence[dict[str, Any]]) -> Columns:
    """Rows by name as columns by name, as `Finding.table` takes them."""
    return {name: [record[name] for record in records] for name in names}


def columned(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Rows as columns by name, as `Finding.table` takes them."""
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
