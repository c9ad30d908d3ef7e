"""The page on sheets names every sheet and every column."""

from __future__ import annotations

import re
from pathlib import Path

from isthmus.loaders import sources
from isthmus.loaders.tables.stated import Own

PAGE = Path(__file__).parents[2] / "docs" / "sheets.md"


def test_the_page_on_sheets_names_each_column_and_marks_the_required() -> None:
    stated = sources()["tables"]
    assert isinstance(stated, Own)
    text = PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\w+) \| (.*) \|$", text, re.MULTILINE))
    for name, sheet in stated.sheets.items():
        words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", rows[name]))
        assert [word for word in words if word in sheet.columns] == sheet.columns, name
        assert set(re.findall(r"\*\*(\w+)\*\*", rows[name])) == set(sheet.required), name
    assert all(f"| {name} |" in text or f"**{name}**" in text for name in stated.evidence)
