"""2,000 broken inputs for each loader of event data: none may crash, hang, or lose a row without a word."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.loaders.direct import as_workbook
from tests.loaders.mutate import try_mutants

pytestmark = pytest.mark.fuzz
FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.mark.parametrize(
    ("name", "files", "count"),
    [
        ("gtd", ["globalterrorism_invented.csv"], 1500),
        ("gtd", ["cut_semicolons.csv"], 500),
        ("acled", ["acled_invented.csv"], 1000),
        ("acled", ["acled_today_invented.csv"], 1000),
        ("ucdp", ["ged_invented.csv"], 1000),
        ("ucdp", ["dyadic_invented.csv"], 1000),
        ("foreign_fighters", ["icsr_invented.csv"], 2000),
        ("pirus", ["pirus_invented.csv"], 2000),
        ("sageman", ["sageAttributes.csv", "sagemanAdjacency.csv"], 2000),
    ],
)
def test_tables(name: str, files: list[str], count: int, tmp_path: Path) -> None:
    contents = {file: (FIXTURES / name / file).read_bytes() for file in files}
    outcomes = try_mutants(name, contents, tmp_path, count=count, seed=2016, orphans=True)
    assert sum(outcomes.values()) == count
    assert set(outcomes) == {"loaded", "loaded, some set aside", "refused"}


@pytest.mark.parametrize(
    ("name", "file"),
    [("pirus", "pirus_invented.csv"), ("ucdp", "dyadic_invented.csv"), ("gtd", "globalterrorism_invented.csv")],
)
def test_workbooks(name: str, file: str, tmp_path: Path) -> None:
    with (FIXTURES / name / file).open(encoding="latin-1", newline="") as stream:
        book = as_workbook(csv.reader(stream), tmp_path / "made.xlsx")
    outcomes = try_mutants(name, {"book.xlsx": book.read_bytes()}, tmp_path, count=500, seed=2016, orphans=True)
    assert sum(outcomes.values()) == 500
    assert outcomes["refused"] > 250  # a zip archive notices nearly everything
