"""Tests of an extra or a program that is not installed are skipped by its name; where an extra is installed, its absence
is a failure.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Generator

MODULES = {"cypher": ("arcadedb_embedded", "arcadedb"), "gds": ("graphdatascience",), "stix": ("stix2",)}


def installed(extra: str) -> bool:
    """Whether a package that the extra brings can be imported."""
    return any(find_spec(name) is not None for name in MODULES[extra])


def _skip(told: str) -> None:
    """Skip the test if what it was told names an extra that indeed is missing."""
    for extra in re.findall(r"isthmus\[(\w+)\]", told):
        if not installed(extra):
            pytest.skip(f"needs the extra {extra}: pip install 'isthmus[{extra}]'")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """By the marker `needs`, or as a fixture meets it."""
    for marker in item.iter_markers("needs"):
        _skip(f"isthmus[{marker.args[0]}]")
    try:
        yield
    except MissingExtra as missing:
        _skip(str(missing))
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """As the test itself meets it."""
    try:
        yield
    except MissingExtra as missing:
        _skip(str(missing))
        raise


def kept_files(*words: str) -> list[str]:
    """Files of the project that git keeps, by their path in it; the test is skipped where there is no git to ask."""
    root = Path(__file__).parents[1]
    if not (root / ".git").exists():
        pytest.skip("a source archive has no git to ask which files belong to the project")
    git = shutil.which("git") or pytest.skip("no git: `apt-get install git`")
    done = subprocess.run([git, "ls-files", "-z", *words], cwd=root, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if name]
