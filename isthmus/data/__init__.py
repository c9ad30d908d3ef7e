"""The shipped case: ISIS in Europe, 2014 to 2016, as the sheets of `loaders/tables`."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.file import CaseFile
    from isthmus.loaders import Loaded

SHIPPED = "isis_europe"


@contextmanager
def folder(name: str = SHIPPED) -> Iterator[Path]:
    """The folder of a shipped case, for as long as the block lasts, also where the package lies in an archive."""
    with as_file(files("isthmus.data") / name) as path:
        yield path


def load_shipped(case_file: CaseFile) -> Loaded:
    """Load the shipped case into a case file."""
    from isthmus.loaders import run

    with folder() as path:
        return run("tables", [path], case_file)
