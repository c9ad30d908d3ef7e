from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from isthmus.graph.errors import BadInput, UnknownWord
from tests.loaders.direct import Read, as_workbook, read
from tests.loaders.mutate import try_mutants

FIXTURES = Path(__file__).parent.parent / "fixtures" / "ucdp"
EVENTS, DYADS = FIXTURES / "ged_invented.csv", FIXTURES / "dyadic_invented.csv"


@pytest.fixture(scope="module")
def events() -> Read:
    return read("ucdp", EVENTS)


@pytest.fixture(scope="module")
def dyads() -> Read:
    return read("ucdp", DYADS)


def test_counts_of_the_events(events: Read) -> None:
    # five events; the government of Syria, the Brigade, and a coalition that has a number of its own; two towns, as
    # a governorate and a whole country are no places
    assert events.entities == {"Body": 1, "Event": 5, "Organisation": 2, "Place": 2}
    # nine sides, as civilians are none; four pairs, as violence against civilians has one side
    assert events.ties == {"side_in": 9, "operates_in": 6, "occurred_in": 8, "opposed": 4, "part_of": 2, "body_of": 1}
    assert not events.orphans()
    assert not events.tally.unread


@pytest.mark.parametrize(
    ("event", "date"),
    [
        ("1", "2016-03-01"),
        ("2", "2016-03-01~/2016-03-04~"),
        ("3", "2016-04"),
        ("4", "2016-01-01~/2016-12-31~"),
    ],
)
def test_dates_keep_their_precision(events: Read, event: str, date: str) -> None:
    assert events.one(f"ucdp:{event}", "date").value == date


def test_one_sided_violence_is_an_attack_and_a_fight_is_not(events: Read) -> None:
    assert events.one("ucdp:4", "event_kind").value == "attack"
    assert events.one("ucdp:1", "event_kind").value == "other"
    assert events.said("ucdp:4", "attribute") == [("attribute", "side_b: Civilians")]


def test_deaths_are_a_range_with_the_best_estimate_beside(events: Read) -> None:
    claim = events.one("ucdp:1", "killed")
    assert (claim.value, claim.qualifiers) == ("3..5", '{"note":"best estimate 3"}')


def test_how_clear_the_report_was_is_its_credibility(events: Read) -> None:
    grades = [events.grades[events.one(f"ucdp:{event}", "event_kind").id] for event in ("1", "2")]
    assert grades == ["2", "3"]


def test_places_are_only_what_is_near_enough(events: Read) -> None:
    assert ("occurred_in", "ucdp:place/SY/Idlib governorate/Tell Ahmar town") in events.said("ucdp:1")
    assert events.said("ucdp:3", "region") == [("region", "Idlib governorate")]
    assert events.one("ucdp:4", "coordinates").qualifiers == '{"precision":"within 25 km"}'


def test_counts_of_the_dyads(dyads: Read) -> None:
    # governments of Syria, Iran, Macedonia (one name with a comma), Iraq, Jordan and Israel; one rebel group
    assert dyads.entities == {"Body": 6, "Organisation": 1}
    # two years of one dyad, and two allies against one; Iran and Macedonia beside Syria
    assert dyads.ties == {"opposed": 4, "allied_with": 2, "body_of": 6}
    assert not dyads.orphans()


def test_a_year_of_a_dyad(dyads: Read) -> None:
    first, *_ = [claim for claim in dyads.claims if claim.property == "opposed"]
    assert first[1:5] == ("ucdp:government/Syria", "opposed", "ucdp:actor/5001", "2015")
    assert first.qualifiers == (
        '{"note":"government; internationalised internal; 25 to 999 deaths in battle in the year","weight":"1"}'
    )


def test_a_government_is_one_in_both_data_sets(events: Read, dyads: Read) -> None:
    assert events.said("ucdp:government/Syria")[:2] == dyads.said("ucdp:government/Syria")[:2]
    assert ("body_of", "MK") in dyads.said("ucdp:government/Macedonia, FYR")


def test_a_workbook_says_the_same(dyads: Read, tmp_path: Path) -> None:
    with DYADS.open(encoding="utf-8", newline="") as stream:
        rows = [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in csv.reader(stream)]
    book = read("ucdp", as_workbook(rows, tmp_path / "dyadic.xlsx"))
    assert {claim[1:] for claim in book.claims} == {claim[1:] for claim in dyads.claims}


def _changed(tmp_path: Path, source: Path, **cells: str) -> Path:
    with source.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    path = tmp_path / "changed.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerow(rows[0] | cells)
    return path


@pytest.mark.parametrize(
    ("path", "cells", "message"),
    [
        (EVENTS, {"type_of_violence": "4"}, "type_of_violence has code '4'"),
        (EVENTS, {"country_id": "", "country": "Atlantis"}, "country 'Atlantis'"),
        (DYADS, {"incompatibility": "9"}, "incompatibility has code '9'"),
    ],
)
def test_an_unknown_category_stops_the_run(tmp_path: Path, path: Path, cells: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownWord, match=message):
        read("ucdp", _changed(tmp_path, path, **cells))


@pytest.mark.parametrize(
    ("path", "cells", "reason"),
    [
        (EVENTS, {"date_end": "2016-02-01"}, "date_end 2016-02-01 lies before date_start 2016-03-01"),
        (EVENTS, {"country_id": "645"}, "country_id 645 is IQ, country 'Syria' is SY"),
        (EVENTS, {"low": "9"}, "low 9 is above high 5"),
        (EVENTS, {"side_b_new_id": "x"}, "side 'Brigade of the Two Rivers' has the number 'x'"),
        (DYADS, {"side_a_id": "1, 2"}, "1 sides in 'Government of Syria', and 2 numbers"),
        (DYADS, {"year": "MMXV"}, "'MMXV' is no part of a date"),
    ],
)
def test_an_unreadable_row_is_set_aside(tmp_path: Path, path: Path, cells: dict[str, str], reason: str) -> None:
    assert read("ucdp", _changed(tmp_path, path, **cells)).tally.reasons == {reason: 1}


def test_a_table_that_is_neither_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("side_a,side_b\nA,B\n", encoding="utf-8")
    with pytest.raises(BadInput, match="neither date_start"):
        read("ucdp", tmp_path / "x.csv")


@pytest.mark.parametrize("path", [EVENTS, DYADS], ids=["events", "dyads"])
def test_broken_inputs(tmp_path: Path, path: Path) -> None:
    outcomes = try_mutants("ucdp", {path.name: path.read_bytes()}, tmp_path, count=60, orphans=True)
    assert (sum(outcomes.values()), len(outcomes)) == (60, 3)


@pytest.mark.external
def test_syria_2016(external: Path) -> None:
    path = external / "ucdp_ged_syria_is_2016" / "ucdp_ged_syria_is_2016.csv"
    found = read("ucdp", path)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    backwards = frame["low"].astype(int) > frame["high"].astype(int)  # one estimate runs from 8 to 7
    assert (found.tally.read, found.tally.quarantined) == (2153, int(backwards.sum()))
    frame = frame[~backwards]
    assert found.entities["Event"] == len(frame) == 2152
    near = frame[frame["where_prec"].isin(["1", "2"])]
    assert found.entities["Place"] == len(near[["adm_1", "where_coordinates"]].drop_duplicates())
    sides = pd.concat([frame["side_a"], frame["side_b"]])
    sides = sides[sides != "Civilians"]
    assert found.ties["side_in"] == len(sides)
    assert found.ties["operates_in"] == int((~sides.str.startswith("Government of")).sum())
    assert found.ties["occurred_in"] == len(frame) + len(near)
    assert found.entities["Body"] == sides[sides.str.startswith("Government of")].nunique() == 4
    assert found.entities["Organisation"] == sides[~sides.str.startswith("Government of")].nunique()
    # one tie an event, between its sides; none where the other side is civilians
    assert found.ties["opposed"] == int((frame["side_b"] != "Civilians").sum())
    pairs = {(claim.subject, claim.value) for claim in found.claims if claim.property == "opposed"}
    assert len(pairs) == frame[frame["side_b"] != "Civilians"]["dyad_name"].nunique()
    assert not found.orphans()


@pytest.mark.external
def test_dyads_to_2018(external: Path) -> None:
    path = external / "ucdp_ged_syria_is_2016" / "ucdp-dyadic-191.xlsx"
    found = read("ucdp", path)
    frame = pd.read_excel(path, dtype=str, keep_default_na=False)
    assert (found.tally.read, found.tally.loaded) == (3000, 3000)

    def parties(text: str) -> list[str]:
        return re.split(r", (?=Government of )", text.strip()) if text.startswith("Government") else [text.strip()]

    governments, others, opposed, allied = set(), set(), 0, 0
    for _, row in frame.iterrows():
        left, right = parties(row["side_a"]), parties(row["side_b"])
        opposed += len(left) * len(right)
        governments |= {name for name in [*left, *right] if name.startswith("Government")}
        if not row["side_b"].startswith("Government"):
            others.add(row["side_b_id"])  # thirteen names, such as ELN, are borne by several groups
        for column, primary in (("side_a_2nd", left), ("side_b_2nd", right)):
            if row[column]:
                second = parties(row[column])
                governments |= set(second)
                allied += len(second) * len(primary)
    assert found.entities == {"Body": len(governments), "Organisation": len(others)}
    assert (found.ties["opposed"], found.ties["allied_with"]) == (opposed, allied)
    # only Hyderabad, a state until 1948, has no ISO code
    assert found.ties["body_of"] == len(governments) - 1
    assert not found.orphans()
