"""Thousands of damaged sheets and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loaders.mutate import try_mutants
from tests.loaders.test_tables_damaged import WIDE, written

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.fuzz


def test_damaged_sheets(tmp_path: Path) -> None:
    outcomes = try_mutants("tables", WIDE, tmp_path, count=2200)
    assert min(outcomes[what] for what in ("refused", "loaded", "loaded, some set aside")) > 110, outcomes


def test_damaged_tables_of_a_case(tmp_path: Path) -> None:
    outcomes = try_mutants("tables", written(tmp_path), tmp_path, count=2200)
    assert outcomes["refused"]
    assert outcomes["loaded"]
