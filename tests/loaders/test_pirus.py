from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from isthmus.graph.errors import UnknownWord
from tests.loaders.direct import Read, as_workbook, read
from tests.loaders.mutate import try_mutants

FIXTURE = Path(__file__).parent.parent / "fixtures" / "pirus" / "pirus_invented.csv"


@pytest.fixture(scope="module")
def pirus() -> Read:
    return read("pirus", FIXTURE)


def test_counts_of_the_fixture(pirus: Read) -> None:
    # three people, as the fourth row's cells have slipped; one is in two groups, one in none
    assert pirus.entities == {"Organisation": 2, "Person": 3}
    assert pirus.ties == {"member_of": 3, "citizen_of": 3, "born_in": 3, "resident_of": 2}
    assert pirus.tally.reasons == {"itinerant 'Ohio' is no code; have the row's cells slipped?": 1}
    assert not pirus.orphans()
    assert not pirus.tally.unread


def test_a_person_has_no_name_and_no_status(pirus: Read) -> None:
    assert pirus.said("pirus:2") == [
        ("kind", "Person"),
        ("gender", "female"),
        ("radicalised", "Islamist"),
        ("citizen_of", "US"),
        ("citizen_of", "SO"),
        ("born_in", "TT"),
        ("member_of", "pirus:group/Brigade of the Two Rivers"),
        ("member_of", "pirus:group/Sons of the Delta"),
        ("attribute", "age: 24"),
    ]


def test_minus_88_and_minus_99_are_unknown(pirus: Read) -> None:
    assert not pirus.said("pirus:3", "member_of", "citizen_of")
    assert pirus.said("pirus:3", "radicalised") == [("radicalised", "far right")]


def test_an_unknown_country_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(FIXTURE.read_bytes().replace(b"Trinidad", b"Atlantis"))
    with pytest.raises(UnknownWord, match="nativity 'Atlantis'"):
        read("pirus", path)


def test_broken_inputs(tmp_path: Path) -> None:
    outcomes = try_mutants("pirus", {FIXTURE.name: FIXTURE.read_bytes()}, tmp_path, count=60, orphans=True)
    assert sum(outcomes.values()) == 60
    assert len(outcomes) >= 2


def test_broken_workbooks(tmp_path: Path) -> None:
    with FIXTURE.open(encoding="utf-8", newline="") as stream:
        book = as_workbook(csv.reader(stream), tmp_path / "made.xlsx")
    outcomes = try_mutants("pirus", {"pirus.xlsx": book.read_bytes()}, tmp_path, count=40, orphans=True)
    assert outcomes["refused"] > 20  # a zip archive notices nearly everything


@pytest.mark.external
def test_may_2020(external: Path) -> None:
    path = external / "pirus_2020" / "PIRUS_Public_May2020.xlsx"
    found = read("pirus", path)
    frame = pd.read_excel(path, dtype=str, keep_default_na=False)
    # 6905 has a state where a code should be, 4127 two: their cells have slipped
    assert (found.tally.read, found.tally.quarantined) == (2226, 2)
    frame = frame[~frame["Subject_ID"].isin(["6905", "4127"])]
    unknown = ["", "-88", "-99"]
    groups = pd.concat(
        [
            frame[["Subject_ID", f"Terrorist_Group_Name{number}"]].set_axis(["id", "group"], axis=1)
            for number in (1, 2, 3)
        ]
    )
    groups = groups.assign(group=groups["group"].str.strip())
    groups = groups[~groups["group"].isin(unknown)].drop_duplicates()
    assert found.entities == {"Organisation": groups["group"].nunique(), "Person": len(frame)}
    assert found.ties["member_of"] == len(groups)
    for tie, column in (("citizen_of", "Citizenship"), ("born_in", "Nativity")):
        known = frame[~frame[column].isin(unknown)][column]
        assert found.ties[tie] == int(known.str.count(r"[;,]").sum()) + len(known)
    assert found.ties["resident_of"] == int((~frame["Loc_Habitation_State1"].isin(unknown)).sum())
    islamist = sum(claim[2:4] == ("radicalised", "Islamist") for claim in found.claims)
    assert islamist == int((frame["Radicalization_Islamist"] == "1").sum())
    assert not any(claim.property == "name" and claim.subject.startswith("pirus:1") for claim in found.claims)
    assert not found.orphans()
