from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders.excel import as_text, excel_rows, sheet_names
from isthmus.loaders.source import Source
from tests.loaders.direct import as_workbook

if TYPE_CHECKING:
    from pathlib import Path


def _rows(path: Path, sheet: str = "") -> list[dict[str, str]]:
    return list(excel_rows(Source("x", [path]), path, sheet=sheet))


def test_cells_become_the_text_that_a_csv_would_hold(tmp_path: Path) -> None:
    cells = [dt.datetime(2015, 11, 13), dt.datetime(2015, 11, 13, 21, 20), 3, 3.0, 2.5, True, "#N/A", None, " Liège "]  # noqa: DTZ001
    path = as_workbook([[*"abcdefghi"], cells], tmp_path / "x.xlsx")
    (row,) = _rows(path)
    texts = ["2015-11-13", "2015-11-13T21:20:00", "3", "3", "2.5", "TRUE", "", "", "Liège"]
    assert [row[name] for name in "abcdefghi"] == texts
    assert row["__line__"] == "2"


def test_a_formula_stays_text(tmp_path: Path) -> None:
    assert _rows(as_workbook([["a"], ["=1+1"], ['=HYPERLINK("x")']], tmp_path / "x.xlsx"))[0]["a"] == "=1+1"


def test_blank_rows_are_skipped_and_short_ones_filled_up(tmp_path: Path) -> None:
    path = as_workbook([["a", "b"], [None, None], ["1"]], tmp_path / "x.xlsx")
    source = Source("x", [path])
    assert [(row["a"], row["b"], row["__line__"]) for row in excel_rows(source, path)] == [("1", "", "3")]
    assert (source.tally.read, source.tally.skips) == (2, {"blank line": 1})


def test_a_cell_beyond_the_header_sets_its_row_aside(tmp_path: Path) -> None:
    path = as_workbook([["a"], ["1", "2"], ["3"]], tmp_path / "x.xlsx")
    source = Source("x", [path], options={"quarantine_share": "1"})
    assert [row["a"] for row in excel_rows(source, path)] == ["3"]
    assert source.tally.reasons == {"the row has 2 cells where the header has 1": 1}


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.create_sheet("Ties").append(["from"])
    book["Ties"].append(["A"])
    book.save(tmp_path / "x.xlsx")
    path = tmp_path / "x.xlsx"
    assert sheet_names(Source("x", [path]), path) == ["Sheet", "Ties"]
    assert _rows(path, "Ties")[0]["from"] == "A"
    with pytest.raises(BadInput, match="no sheet 'Tie'; did you mean 'Ties'"):
        _rows(path, "Tie")


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the sheet is empty"):
        _rows(as_workbook([], tmp_path / "x.xlsx"))


def _replaced(path: Path, part: str, content: bytes) -> Path:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, content if item.filename == part else old.read(item))
    path.write_bytes(out.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "document type"),
        (b"<worksheet><sheetData><row><c>", "no readable workbook"),
        (b"\0" * 100_000_000, "unpacks to"),
    ],
    ids=["entity", "cut", "bomb"],
)
def test_a_workbook_that_is_no_good_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = as_workbook([["a"], ["1"]], tmp_path / "x.xlsx")
    with pytest.raises(BadInput, match=message):
        _rows(_replaced(path, SHEET, content))


def test_a_text_file_under_a_workbooks_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no readable workbook"):
        _rows(tmp_path / "x.xlsx")


def test_a_date_without_a_time() -> None:
    assert as_text(dt.date(2015, 11, 13)) == "2015-11-13"
