"""Isthmus: a knowledge-graph explorer for jihadist networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

__all__ = ["__version__", "create", "open"]


def open(path: Path | str) -> Case:  # noqa: A001  `isthmus.open` reads as it is meant
    """The case at `path`, with every question as a method; see `isthmus.case.Case`."""
    from isthmus.case import Case

    return Case.open(path)


def create(path: Path | str) -> Case:
    """A new, empty case at `path`."""
    from isthmus.case import Case

    return Case.create(path)
