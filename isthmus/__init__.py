"""Isthmus: a knowledge-graph explorer for jihadist networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.analyst import AnalystCase

__version__ = "0.1.0"
__all__ = ["__version__", "create", "open"]


def open(path: Path | str) -> AnalystCase:  # noqa: A001  `isthmus.open` reads as it is meant
    """The case at `path`, with every question as a method; see `isthmus.analyst.AnalystCase`."""
    from isthmus.analyst import AnalystCase

    return AnalystCase.open(path)


def create(path: Path | str) -> AnalystCase:
    """A new, empty case at `path`."""
    from isthmus.analyst import AnalystCase

    return AnalystCase.create(path)
