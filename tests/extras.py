"""Tests of an extra that is not installed are skipped by its name; where it is installed, its absence is a failure."""

from __future__ import annotations

import re
from importlib.util import find_spec
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
