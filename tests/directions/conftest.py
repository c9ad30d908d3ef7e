from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.directions.claimed import Claimed
from tests.views.conftest import released_shipped, shipped_page, shipped_quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.case import Case
    from isthmus.graph.graph import Graph

__all__ = ["claimed", "released_shipped", "shipped_page", "shipped_quick", "whole"]


@pytest.fixture(scope="module")
def whole(shipped: Case, shipped_graph: Graph) -> Claimed:
    return Claimed(shipped, shipped_graph)


@pytest.fixture
def claimed(whole: Claimed) -> Iterator[Claimed]:
    """What the shipped case claims; the counts of the test are printed at its end."""
    yield whole
    whole.tell()
