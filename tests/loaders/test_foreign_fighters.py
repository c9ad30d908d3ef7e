from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from isthmus.graph.errors import BadInput, UnknownWord
from isthmus.loaders import source
from tests.loaders.direct import read
from tests.loaders.mutate import try_mutants

FIXTURE = Path(__file__).parent.parent / "fixtures" / "foreign_fighters" / "icsr_invented.csv"
HEADER = "country,countrycode,icsr.date,icsr.low,icsr.high,icsr.mean\n"


def test_low_and_high_by_country_and_date() -> None:
    found = read("foreign_fighters", FIXTURE)
    assert [claim[1:5] for claim in found.claims] == [
        ("BE", "foreign_fighters", "70..290", "2013-12-17"),
        ("BE", "foreign_fighters", "440", "2015-01-26"),
        ("XK", "foreign_fighters", "120", "2015-01-26"),
        ("FR", "foreign_fighters", "60..400", "2013-12-17"),
    ]
    assert found.claims[2].qualifiers == '{"note":"one number given","scope":"left for Syria or Iraq"}'
    assert [record.published for record in found.records][:2] == ["2013-12-17", "2015-01-26"]
    assert found.tally.skips == {"no figure given": 1}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("belgium,BEL,20131217,15,14,14.5", "icsr.low 15 is above icsr.high 14"),
        ("belgium,FRA,20131217,1,2,1.5", "country 'belgium' is BE, countrycode 'FRA' is FR"),
        ("belgium,BEL,20131317,1,2,1.5", "'20131317' is no day of the calendar"),
    ],
)
def test_an_unreadable_row_is_set_aside(tmp_path: Path, row: str, reason: str) -> None:
    (tmp_path / "x.csv").write_text(f"{HEADER}{row}\n", encoding="utf-8")
    assert read("foreign_fighters", tmp_path / "x.csv").tally.reasons == {reason: 1}


def test_an_unknown_country_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"{HEADER}atlantis,ATL,20131217,1,2,1.5\n", encoding="utf-8")
    with pytest.raises(UnknownWord, match="country 'atlantis'"):
        read("foreign_fighters", tmp_path / "x.csv")


def test_too_few_rows_are_refused_unless_told_otherwise() -> None:
    from isthmus.loaders import rows

    reading = source("foreign_fighters", [FIXTURE])
    with pytest.raises(BadInput, match="4 records, where 20 to 400 are expected"):
        list(reading.watch(rows(reading)))


def test_broken_inputs(tmp_path: Path) -> None:
    outcomes = try_mutants("foreign_fighters", {FIXTURE.name: FIXTURE.read_bytes()}, tmp_path, count=60)
    assert (sum(outcomes.values()), len(outcomes)) == (60, 3)


@pytest.mark.external
def test_icsr(external: Path) -> None:
    path = external / "icsr_foreign_fighters" / "icsr.csv"
    found = read("foreign_fighters", path)
    frame = pd.read_csv(path, dtype=str)
    # Palestine and Iraq have no figure for the second date; Qatar's low figure is above its high one for the first
    empty = frame["icsr.mean"].isna()
    backwards = frame["icsr.low"].astype(float) > frame["icsr.high"].astype(float)
    assert (found.tally.read, found.tally.skipped, found.tally.quarantined) == (105, int(empty.sum()), 1)
    assert len(found.claims) == len(frame) - int(empty.sum()) - int(backwards.sum()) == 102
    assert len({claim.subject for claim in found.claims}) == frame[~empty & ~backwards]["countrycode"].nunique()
    by_key = {(claim.subject, claim.valid): claim.value for claim in found.claims}
    assert by_key["BE", "2013-12-17"] == "76..296"
    assert by_key["GB", "2015-01-26"] == "500..600"
