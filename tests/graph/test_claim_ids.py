"""The first load makes the index of claims' ids at its end: the case is the same as if it had been there all along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadInput
from isthmus.graph.record import ids as claim_ids
from isthmus.graph.record import writing as loading
from isthmus.graph.record.rows import Assessment, Claim, Record, Row, SourceRow

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = [Record("s", str(number)) for number in range(5)]
CLAIMS = [Claim(record.id, f"x{number}", "note", f"text {number}") for record in RECORDS for number in range(4)]
GRADES = [Assessment("claim", claim.id, "2", "test") for claim in CLAIMS]
ORDERS: dict[str, list[Row]] = {
    "each with its claim": [row for pair in zip(CLAIMS, GRADES, strict=True) for row in pair],
    "all grades last": [*CLAIMS, *GRADES],
    "claims twice, far apart": [*CLAIMS, *GRADES, *CLAIMS],
    "grades of the second time too": [*CLAIMS, *CLAIMS, *GRADES, *GRADES],
}


def indexes(case: Case) -> set[str]:
    return {row[1] for row in case.file.connection.execute("PRAGMA index_list(claim)")}


@pytest.mark.parametrize("order", list(ORDERS))
@pytest.mark.parametrize("waiting", [3, 100_000])
def test_order_and_repeats_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str, waiting: int
) -> None:
    monkeypatch.setattr(loading, "_BATCH", 3)
    monkeypatch.setattr(claim_ids, "_WAITING", waiting)
    rows = [SourceRow("s"), *RECORDS, *ORDERS[order]]
    with Case.create(tmp_path / "a.case") as case:
        report = case.load(rows, source="s")
        assert (report.added["claims"], report.added["assessments"]) == (len(CLAIMS), len(GRADES))
        assert {row.id for row in case.rows("claims")} == {claim.id for claim in CLAIMS}
        assert {row.id for row in case.rows("assessments")} == {claim.id for claim in CLAIMS}
        assert "claim_id" in indexes(case)
        assert not case.load(rows, source="s").changed


def test_a_load_that_fails_leaves_the_index_in_place(case: Case) -> None:
    with pytest.raises(BadInput, match="isn't in the case"):
        case.load([SourceRow("s"), RECORDS[0], *CLAIMS], source="s")
    assert "claim_id" in indexes(case)
    assert not list(case.rows("claims"))
