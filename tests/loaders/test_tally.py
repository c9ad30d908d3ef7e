"""The file of the rows set aside."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from isthmus.loaders.tally import Quarantine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("before", [None, 0o644])
def test_rows_set_aside_are_the_owners_alone(tmp_path: Path, before: int | None) -> None:
    path = tmp_path / "case.quarantine.jsonl"
    if before is not None:
        path.write_text("of an earlier load", encoding="utf-8")
        path.chmod(before)
    aside = Quarantine(path, 1.0)
    aside.put("sheet.csv:2", "no name")
    aside.put("sheet.csv:3", "'Zubayr' names no country; write one, such as \"BE\"", "nationality")
    aside.close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text(encoding="utf-8").splitlines() == [
        '{"where": "sheet.csv:2", "reason": "no name"}',
        '{"where": "sheet.csv:3", "reason": "… names no country; write one, such as …", "column": "nationality"}',
    ]
