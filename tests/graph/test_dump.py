"""A case written out as tables loads back to the same tables, and no cell is a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from isthmus.case import Case
from isthmus.graph.record.dump import dump, guarded, unguarded
from isthmus.graph.record.rows import Assessment, Claim, Holding, Judgement, Marking, Record, SourceRow
from isthmus.loaders import run
from tests.drawing import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.record.rows import Row

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DANGER = ("=", "+", "-", "@", "\t", "\r", "\n")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_shipped_case_comes_back_byte_for_byte(shipped: Case, tmp_path: Path) -> None:
    counts = dump(shipped.file, tmp_path / "one")
    with Case.create(tmp_path / "again.case") as again:
        tally = run("tables", [tmp_path / "one"], again.file).tally
        dump(again.file, tmp_path / "two")
    assert tally.read == tally.loaded == sum(counts.values())
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@drawn(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=6, max_size=6), name=TEXT.filter(bool))
def test_any_text_comes_back(tmp_path_factory: object, tmp_path: Path, texts: list[str], name: str) -> None:
    del tmp_path_factory
    folder = tmp_path / "one"
    for path in (*tmp_path.glob("*.case*"), *folder.glob("*"), *(tmp_path / "two").glob("*")):
        path.unlink()
    record = Record("s", "key", texts[0], "yes", "2016", texts[1])
    claim = Claim(record.id, f"x{texts[2]}", "name", name)
    rows: list[Row] = [
        SourceRow("s", texts[0], texts[1], texts[2]),
        record,
        claim,
        Assessment("claim", claim.id, "2", texts[3], "", texts[4]),
        Holding("x", "located_in", "GR", "BE", record.id, texts[5], note=texts[0]),
        Judgement("x", "y", "same", texts[1], "2016-01-01", "", texts[2]),
        Marking(record.id, "GREEN"),
    ]
    with Case.create(tmp_path / "a.case") as one, Case.create(tmp_path / "b.case") as other:
        one.load(rows, source="s")
        dump(one.file, folder)
        run("tables", [folder], other.file)
        dump(other.file, tmp_path / "two")
    assert contents(folder) == contents(tmp_path / "two")


@given(TEXT)
def test_the_guard_of_cells_is_undone(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(DANGER)


def test_no_cell_starts_a_formula(case: Case, tmp_path: Path) -> None:
    record = Record("s", "=1+1", "@x", "yes", "", "+cmd|' /C calc'!A0")
    case.load([SourceRow("s", "-2+3", "\t=1"), record], source="s")
    dump(case.file, tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                assert not [cell for cell in row if cell.startswith(DANGER)]


def test_a_row_changed_by_hand_is_set_aside(case: Case, tmp_path: Path) -> None:
    record = Record("s", "1", "", "yes", "", "what was read")
    with Case.create(tmp_path / "a.case") as one:
        one.load([SourceRow("s"), record], source="s")
        dump(one.file, tmp_path / "out")
    path = tmp_path / "out" / "records.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("what was read", "what was not"), encoding="utf-8")
    loaded = run("tables", [tmp_path / "out"], case.file, options={"quarantine_share": "1"})
    assert loaded.tally.quarantined == 1
    assert any("does not fit its row" in reason for reason in loaded.tally.reasons)
