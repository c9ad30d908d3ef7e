"""Damaged sheets: no crash, no hang, and every row read is loaded, set aside or skipped (more in `make fuzz`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.case import Case
from isthmus.data import folder
from isthmus.graph.record.dump import dump
from isthmus.loaders import check, run
from tests.loaders.mutate import mutants, try_mutants
from tests.loaders.test_tables import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

WIDE = {f"{name}.csv": text.encode() for name, text in SHEETS.items()}


def written(tmp_path: Path) -> dict[str, bytes]:
    """The tables of a case made of the sheets."""
    for name, content in WIDE.items():
        (tmp_path / name).write_bytes(content)
    with Case.create(tmp_path / "x.case") as case:
        run("tables", sorted(tmp_path.glob("*.csv")), case.file)
        dump(case.file, tmp_path / "written")
    return {path.name: path.read_bytes() for path in (tmp_path / "written").iterdir()}


def test_damaged_sheets(tmp_path: Path) -> None:
    outcomes = try_mutants("tables", WIDE, tmp_path, count=120)
    assert min(outcomes[what] for what in ("refused", "loaded", "loaded, some set aside")) > 6, outcomes


def test_damaged_tables_of_a_case(tmp_path: Path) -> None:
    outcomes = try_mutants("tables", written(tmp_path), tmp_path, count=70)
    assert outcomes["refused"]
    assert outcomes["loaded"]


def test_damage_never_crashes_the_check(tmp_path: Path) -> None:
    with folder() as shipped:
        content = (shipped / "links.csv").read_bytes()
    path = tmp_path / "links.csv"
    for mutant in mutants(content, 20, seed=7, table=True):
        path.write_bytes(mutant.content)
        assert isinstance(check("tables", [path]), list), mutant.what
