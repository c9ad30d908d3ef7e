"""How many draws a card takes by default: as many as a reader waits for, by the size of the network alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.queries.robustness.cards import AT, LEVELS
from isthmus.queries.robustness.errors import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.queries.measures.network import Network

SECONDS = 12.0
"""Computing time that a default card may take, as estimated."""
_STEP = 2e-8  # seconds for one tie seen from one person
_DRAW = 4e-4  # seconds for a draw and its comparison
_FEW = 30


class Budget(NamedTuple):
    """Levels and draws of a card; no levels where even a small card would take too long."""

    levels: tuple[float, ...]
    draws: int
    caveat: str


def budget(graph: Network, *, heavy: float, levels: Sequence[float] | None, draws: int | None) -> Budget:
    """All levels with 300 draws where that is quick, else 10 % alone, else fewer draws; what is asked for is kept.

    `heavy` is how often each tie is looked at from each person; 0 where a measure takes time by ties alone.
    """
    step = _STEP * heavy * graph.n * (graph.n + 2 * graph.m) if heavy else 1e-6 * (graph.n + graph.m)
    cost = len(MODELS) * (_DRAW + step)
    wanted = tuple(levels) if levels else None
    for tried, number in ((wanted or LEVELS, draws or 300), (wanted or (AT,), draws or 300),
                          (wanted or (AT,), draws or 100), (wanted or (AT,), draws or _FEW)):  # fmt: skip
        if cost * len(tried) * number <= SECONDS or (levels and draws):
            said = ""
            if len(tried) == 1 and not levels:
                said = f"The card is drawn at {AT:.0%} alone, to answer soon; ask for other levels with --levels."
            if number < 100 and not draws:
                said += f" Only {number} draws a setting: read its intervals as rough."
            return Budget(tried, number, said.strip())
    if levels or draws:
        return Budget(wanted or (AT,), draws or _FEW, "")
    seconds = cost * _FEW
    return Budget((), 0, f"No robustness card: {_FEW} draws would take about {seconds:,.0f} s of computing; "
                  "ask for it with --draws.")  # fmt: skip
