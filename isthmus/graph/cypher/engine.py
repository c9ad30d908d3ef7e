"""What Cypher is asked of: two engines that answer the same text with the same rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, Self

from isthmus.graph.errors import BadQuestion

if TYPE_CHECKING:
    from types import TracebackType

TIME_LIMIT = 60.0
"""Seconds that a query may take."""
ROW_LIMIT = 10_000
"""Rows that a query may give."""


@dataclass(frozen=True)
class Limits:
    """How long a query may run (seconds), and how many rows it may give."""

    seconds: float = TIME_LIMIT
    rows: int = ROW_LIMIT


@dataclass
class Answer:
    """Rows of plain values; `cut` says that there were more than the limit."""

    columns: list[str]
    rows: list[dict[str, Any]]
    cut: bool = False
    plan: str = ""
    notes: list[str] = field(default_factory=list)


class Engine(Protocol):
    """Answers read-only Cypher over the projection of one case."""

    name: str
    scope: str

    def read(self, text: str, parameters: dict[str, Any], limits: Limits) -> Answer:
        """Rows of a query. `$case` is bound to the projection's scope.

        Raises
        ------
        BadQuestion
            The text is no Cypher, is more than reading, or ran too long; the message shows the place.
        """

    def plan(self, text: str, parameters: dict[str, Any]) -> str:
        """How the engine would go about a query, as it describes it."""

    def close(self) -> None:
        """Let go of files and connections."""

    def __enter__(self) -> Self:
        """Itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""


def at_place(text: str, line: int, column: int, message: str) -> BadQuestion:
    """An error that shows the line of the query with a caret under the place; both count from 1."""
    lines = text.splitlines() or [""]
    shown = lines[min(max(line, 1), len(lines)) - 1]
    if len(shown) > 100:
        start = max(0, min(column - 1, len(shown)) - 50)
        shown, column = shown[start : start + 100], column - start
    return BadQuestion(f"{message}\n  {shown}\n  {' ' * (column - 1)}^")
