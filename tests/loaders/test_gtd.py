from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadInput, UnknownWord
from isthmus.graph.values import checker
from tests.loaders.direct import Read, as_workbook, read
from tests.loaders.mutate import try_mutants

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gtd"
WHOLE, CUT = FIXTURES / "globalterrorism_invented.csv", FIXTURES / "cut_semicolons.csv"


@pytest.fixture(scope="module")
def whole() -> Read:
    return read("gtd", WHOLE)


def test_counts_of_the_fixture(whole: Read) -> None:
    # 8 rows, and one incident outside the file that a row is related to; two named groups; six towns, one of them in
    # two rows and one row without a town
    assert whole.entities == {"Cell": 2, "Event": 9, "Place": 6}
    assert whole.ties == {
        "occurred_in": 15,
        "part_of": 6,
        "targets": 8,
        "carried_out": 5,
        "operates_in": 5,
        "claimed": 2,
        "related_to": 3,
    }
    assert (whole.tally.read, whole.tally.loaded) == (8, 8)
    assert whole.tally.encodings == {WHOLE.name: "latin-1"}
    assert not whole.tally.unread
    assert not whole.orphans()


def test_an_incident_in_full(whole: Read) -> None:
    (record,) = [each.id for each in whole.records if each.native_key == "201903040001"]
    mine = [claim for claim in whole.claims if claim.record == record and claim.subject == "gtd:201903040001"]
    assert [(claim.property, claim.value) for claim in mine] == [
        ("kind", "Event"),
        ("event_kind", "attack"),
        ("attack_type", "Bombing/Explosion"),
        ("weapon_type", "Explosives"),
        ("success", "yes"),
        ("date", "2019-03-04"),
        ("occurred_in", "BE"),
        ("occurred_in", "gtd:place/BE/Liège/Montfleury"),
        ("coordinates", "50.61,5.57"),
        ("target_type", "Private Citizens & Property"),
        ("targets", "BE"),
        ("killed", "3"),
        ("wounded", "11"),
        ("attribute", "attackers killed: 1"),
        ("cross_border_code", "INT_LOG 1"),
        ("cross_border_code", "INT_IDEO 1"),
        ("cross_border_code", "INT_MISC 0"),
        ("cross_border_code", "INT_ANY 1"),
        ("related_to", "gtd:201903040002"),
    ]


def test_the_record_points_to_the_row_and_keeps_all_of_it(whole: Read) -> None:
    (record,) = [each for each in whole.records if each.native_key == "201903040001"]
    assert record.pointer == "eventid 201903040001"
    assert 'summary: 03/04/2019: An invented incident, "quoted", on a bridge.' in record.text
    assert "nperps: 4" in record.text
    assert "corp1" not in record.text  # empty


@pytest.mark.parametrize(
    ("event", "date"),
    [
        ("201903040001", "2019-03-04"),
        ("201904000003", "2019-04"),  # day 0
        ("201900000004", "2019"),  # month 0
        ("201905110005", "2019-05-11/2019-05-14"),  # extended, with its resolution
    ],
)
def test_dates_keep_the_precision_given(whole: Read, event: str, date: str) -> None:
    assert whole.one(f"gtd:{event}", "date").value == date


def test_an_approximate_date_is_kept_as_words(whole: Read) -> None:
    assert whole.one("gtd:201904000003", "date").qualifiers == '{"note":"April 3-5, 2019"}'


def test_minus_9_and_minus_99_are_unknown_and_nothing_is_claimed(whole: Read) -> None:
    assert not whole.said("gtd:201904000003", "killed", "wounded")
    assert whole.said("gtd:201900000004", "cross_border_code") == [
        ("cross_border_code", "INT_MISC 1"),
        ("cross_border_code", "INT_ANY 1"),
    ]


@pytest.mark.parametrize(("event", "grade"), [("201903040001", "2"), ("201904000003", "3"), ("201900000004", "6")])
def test_doubt_of_terrorism_proper_is_the_credibility_of_the_attack(whole: Read, event: str, grade: str) -> None:
    assert whole.grades[whole.one(f"gtd:{event}", "event_kind").id] == grade


def test_a_doubted_incident_says_what_else_it_may_be(whole: Read) -> None:
    assert whole.said("gtd:201904000003", "doubt") == [("doubt", "perhaps Other Crime Type")]
    assert not whole.said("gtd:201903040001", "doubt")


def test_the_certainty_of_a_group_is_the_credibility_of_its_tie(whole: Read) -> None:
    ties = {claim.value: whole.grades[claim.id] for claim in whole.claims if claim.property == "carried_out"}
    assert (ties["gtd:201903040001"], ties["gtd:201903040002"]) == ("2", "4")


def test_groups_are_cells_and_a_faction_is_a_note(whole: Read) -> None:
    group = "gtd:group/Brigade of the Two Rivers"
    assert whole.said(group, "kind", "name") == [("kind", "Cell"), ("name", "Brigade of the Two Rivers")]
    (first, *_) = [claim for claim in whole.claims if claim.subject == group and claim.property == "carried_out"]
    assert (first.valid, first.qualifiers) == ("2019-03-04", '{"note":"as Northern wing"}')


def test_a_group_operated_where_it_carried_out_an_incident(whole: Read) -> None:
    fields = [
        c for c in whole.claims if c.property == "operates_in" and c.subject == "gtd:group/Brigade of the Two Rivers"
    ]
    found = [(field.value, field.valid, whole.grades[field.id]) for field in fields]
    assert found == [("BE", "2019-03-04", "2"), ("FR", "2019-03-04", "4"), ("IQ", "2019-07-14", "2")]


def test_names_of_no_one_group_stay_words_on_the_event(whole: Read) -> None:
    assert whole.one("gtd:201905110005", "attribution").value == "Muslim extremists"
    assert whole.one("gtd:201906010006", "attribution").qualifiers == '{"note":"individuals"}'
    assert not any("extremists" in claim.subject or "Unknown" in claim.subject for claim in whole.claims)


def test_the_second_group_claimed_it_and_the_first_did_not(whole: Read) -> None:
    claimed = {claim.subject for claim in whole.claims if claim.property == "claimed" and claim.value.endswith("0007")}
    assert claimed == {"gtd:group/Sons of the Delta"}


def test_a_series_is_stated_by_both_rows_as_one_statement(whole: Read) -> None:
    ties = [claim for claim in whole.claims if claim.property == "related_to" and claim.subject.endswith("0001")]
    assert len(ties) == 2
    assert {tie.statement for tie in ties} == {ties[0].statement}
    assert not [claim for claim in whole.claims if claim.property == "directed"]
    assert whole.tally.notices == {"related incident that has no 12 digits": 1}


def test_former_states_and_targets_of_no_state(whole: Read) -> None:
    assert ("occurred_in", "DE") in whole.said("gtd:201900000004")
    assert ("occurred_in", "XK") in whole.said("gtd:201904000003")
    assert ("targets", "SU") in whole.said("gtd:201905110005")
    assert ("attribute", "target's nationality: International") in whole.said("gtd:201904000003")


def test_places_say_how_exact_their_coordinates_are(whole: Read) -> None:
    assert whole.one("gtd:201903040001", "coordinates").qualifiers == '{"precision":"the town"}'
    assert "near centre of the smallest district" in whole.one("gtd:201903040002", "coordinates").qualifiers
    assert whole.said("gtd:201904000003", "region") == [("region", "Pristina")]  # no town is named


def test_a_fraction_of_a_death_is_kept(whole: Read) -> None:
    assert whole.one("gtd:201907140007", "killed").value == "1.5"


def test_every_value_fits_its_property(whole: Read) -> None:
    for claim in whole.claims:
        check = checker(claim.property)
        if check is not None:
            check(claim.value)


def test_a_cut_with_other_names_cases_and_delimiter() -> None:
    cut = read("gtd", CUT)
    assert cut.entities == {"Cell": 1, "Event": 2, "Place": 1}
    assert cut.one("gtd:201903040001", "date").value == "2019-03-04"  # no day column: the key begins with it
    assert cut.one("gtd:SYR12345", "date").value == "2020-01"
    assert cut.said("gtd:SYR12345", "attribution") == [("attribution", "Unidentified Armed Group (Syria)")]
    assert ("target_type", "Violent Political Party") in cut.said("gtd:201903040001")  # corrected in source.yml
    assert cut.tally.skips == {"an attack on a terrorist organisation, which is no incident here": 1}


def test_a_column_that_nobody_knows_is_reported() -> None:
    assert read("gtd", CUT).tally.unread == {"editors_note": 1}


def test_a_workbook_says_the_same(whole: Read, tmp_path: Path) -> None:
    with WHOLE.open(encoding="latin-1", newline="") as stream:
        rows = list(csv.reader(stream))
    numbers = [[int(cell) if cell.isdigit() and len(cell) < 13 else cell for cell in row] for row in rows]
    book = read("gtd", as_workbook(numbers, tmp_path / "gtd.xlsx"))
    assert {claim[1:] for claim in book.claims} == {claim[1:] for claim in whole.claims}


def _changed(tmp_path: Path, **cells: str) -> Path:
    """The fixture's first row with some cells changed."""
    with WHOLE.open(encoding="latin-1", newline="") as stream:
        rows = list(csv.DictReader(stream))
    path = tmp_path / "changed.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerow(rows[0] | cells)
    return path


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"attacktype1_txt": "Cyberattack"}, "attacktype 'Cyberattack' isn't in source.yml"),
        ({"country_txt": "Atlantis"}, "country_txt 'Atlantis' is no country"),
        ({"natlty1_txt": "Martian"}, "natlty1_txt 'Martian' is no country"),
        ({"doubtterr": "7"}, "yesno has code '7'"),
        ({"specificity": "9"}, "specificity has code '9'"),
    ],
)
def test_an_unknown_category_stops_the_run(tmp_path: Path, cells: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownWord, match=message):
        read("gtd", _changed(tmp_path, **cells))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"eventid": "2.01903E+11"}, "eventid '2.01903E+11' is no 12 digits; was it read as a number?"),
        ({"iday": "31", "imonth": "2"}, "2019-2-31 is no day of the calendar"),
        ({"nkill": "several"}, "nkill 'several' is no number of 0 or more"),
        ({"latitude": "506.1"}, "latitude 506.1, longitude 5.57 lie outside the earth"),
        ({"attacktype1": "2"}, "attacktype: code '2' is 'Armed Assault', the text 'Bombing/Explosion'"),
        ({"country_txt": ""}, "country_txt is empty"),
    ],
)
def test_an_unreadable_row_is_set_aside_with_its_reason(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    found = read("gtd", _changed(tmp_path, **cells))
    assert found.tally.reasons == {reason: 1}
    assert not found.claims


def test_a_row_that_stands_twice_is_set_aside(tmp_path: Path) -> None:
    path = _changed(tmp_path)
    path.write_bytes(path.read_bytes() + path.read_bytes().split(b"\r\n", 1)[1])
    assert read("gtd", path).tally.reasons == {"eventid '201903040001' stands twice": 1}


def test_what_a_row_set_aside_named_is_described_by_the_next(tmp_path: Path) -> None:
    path = _changed(tmp_path, nkill="several")
    good = _changed(tmp_path / "..", eventid="201903040009").read_bytes()
    path.write_bytes(path.read_bytes() + good.split(b"\r\n", 1)[1])
    found = read("gtd", path)
    assert found.tally.quarantined == 1
    assert found.entities == {"Cell": 1, "Event": 3, "Place": 1}
    assert not found.orphans()


def test_a_table_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput, match="column 'eventid' is missing"):
        read("gtd", tmp_path / "x.csv")


@pytest.mark.parametrize("path", [WHOLE, CUT], ids=["whole", "cut"])
def test_broken_inputs(tmp_path: Path, path: Path) -> None:
    outcomes = try_mutants("gtd", {path.name: path.read_bytes()}, tmp_path, count=60, orphans=True)
    assert sum(outcomes.values()) == 60
    assert len(outcomes) == 3  # some were loaded, some in part, some refused


# --- the publisher's files, counted apart with pandas ------------------------------------------------------------


def _table(path: Path, encoding: str, **how: int | str) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding, **how)  # type: ignore[call-overload]
    frame = frame.rename(columns=str.lower).rename(columns={"year": "iyear", "month": "imonth", "day": "iday"})
    return frame.replace({"N/A": ""})  # type: ignore[no-any-return]


KINDS_OF_PEOPLE = """
    extremists gunmen militants rebels separatists activists guerrillas insurgents terrorists protesters students mob
    youths tribesmen settlers villagers vigilantes supremacists nationalists fundamentalists anarchists mercenaries
    mutineers paramilitaries soldiers prisoners refugees exiles farmers peasants workers muslims christians palestinians
    hutus tutsis arabs extremist militant rioters strikers demonstrators dissidents"""


def _groups(frame: pd.DataFrame) -> tuple[set[str], int, int]:
    """Names that are groups, mentions of them, and mentions of names that are none; by hand-made rules."""
    named, mentions, others = set(), 0, 0
    for _, row in frame.iterrows():
        for column in ("gname", "gname2", "gname3"):
            name = str(row.get(column, ""))
            if name in ("", "Unknown", "unknown", "Individual", "Other"):
                continue
            last = name.lower().replace("-", " ").split()[-1]
            if row.get("individual", "") == "1" or last in KINDS_OF_PEOPLE.split() or name.startswith("Unidentified"):
                others += 1
            else:
                named.add(name)
                mentions += 1
    return named, mentions, others


def _series(frame: pd.DataFrame) -> tuple[int, set[str]]:
    """Mentions of another incident, and the incidents outside the file."""
    mentions, outside = 0, set()
    for own, text in zip(frame["eventid"], frame.get("related", pd.Series([""] * len(frame))), strict=True):
        others = {part.strip() for part in text.split(",") if part.strip().isdigit()} - {own}
        mentions += len(others)
        outside |= others - set(frame["eventid"])
    return mentions, outside


def _targets(frame: pd.DataFrame) -> int:
    """Nationalities of targets that are states, each once a row and type of target."""
    found = set()
    for number in "123":
        if f"natlty{number}_txt" in frame:
            nationality, kind = frame[f"natlty{number}_txt"], frame[f"targtype{number}_txt"]
            found |= set(zip(frame["eventid"], nationality, kind, strict=True))
    return sum(country_code(nationality) is not None for _, nationality, _ in found)


def _agrees(found: Read, frame: pd.DataFrame) -> None:
    named, mentions, others = _groups(frame)
    related, outside = _series(frame)
    town = frame[~frame["city"].isin(["", "Unknown", "unknown"])]
    places = town[["country_txt", "provstate", "city"]].drop_duplicates()
    assert found.entities["Event"] == len(set(frame["eventid"]) | outside)
    assert found.entities["Cell"] == len(named)
    assert found.entities["Place"] == len(places)
    ties = found.ties
    assert ties["carried_out"] == ties["operates_in"] == mentions  # a group operated where it carried something out
    assert Counter(claim.property for claim in found.claims)["attribution"] == others
    assert ties["occurred_in"] == len(frame) + len(town)  # the country, and the town where one is named
    assert ties["part_of"] == len(places)
    assert ties["related_to"] == related
    assert ties["targets"] == _targets(frame)
    assert not found.orphans()


@pytest.mark.external
def test_us_2000_2017(external: Path) -> None:
    path = external / "gtd_us_2000_2017" / "globalterrorismdb_0718dist_us.csv"
    found, frame = read("gtd", path), _table(path, "cp1252")
    _agrees(found, frame)
    # The attacks of 11 September 2001: four incidents, each related to the three others, told from both sides.
    september = [f"gtd:20010911000{number}" for number in (4, 5, 6, 7)]
    ties = {(c.subject, c.value) for c in found.claims if c.property == "related_to" and c.subject in september}
    assert ties == {(low, high) for low in september for high in september if low < high}
    assert found.one(september[0], "killed").value == "1384"
    assert found.entities == {"Cell": 19, "Event": 475, "Place": 284}
    assert found.tally.encodings == {path.name: "cp1252"}
    assert (found.tally.read, found.tally.quarantined, found.tally.unread) == (475, 0, {})


@pytest.mark.external
def test_1970_and_1971(external: Path) -> None:
    path = external / "gtd_1970_1971_sample" / "globalterrorismdb_sample_1000.csv"
    found, frame = read("gtd", path), _table(path, "cp1252")
    _agrees(found, frame)
    dates = [claim.value for claim in found.claims if claim.property == "date"]
    # 24 rows have day 0, one of them month 0 too; 35 are extended, and those without a later resolution end that day
    assert sum(len(date.split("/")[0]) == 7 for date in dates) == int(
        ((frame.iday == "0") & (frame.imonth != "0")).sum()
    )
    assert sum(len(date.split("/")[0]) == 4 for date in dates) == int((frame.imonth == "0").sum()) == 1
    countries = {claim.value for claim in found.claims if claim.property == "occurred_in" and len(claim.value) == 2}
    assert {"DE", "DD", "YD"} <= countries  # West and East Germany, South Yemen
    assert len(countries) == frame["country_txt"].nunique() == 38


@pytest.mark.external
def test_a_cut_of_33_columns(external: Path) -> None:
    path = external / "gtd_2016_2018_countries_a_to_c" / "gtd_2016_2018.csv"
    found, frame = read("gtd", path), _table(path, "utf-8")
    _agrees(found, frame)
    assert found.tally.loaded == len(frame) == 3941
    # one eventid begins with 31 June: the month is all that is certain of it
    assert found.tally.notices == {"day in an eventid that no calendar has": 1}


@pytest.mark.external
def test_a_table_merged_from_two_data_bases(external: Path) -> None:
    path = external / "gtd_acled_drone_hybrid" / "Acled_GTD_Drone_Database_20260509.csv"
    frame = _table(path, "utf-8", sep=";", skiprows=1)
    on_them = frame["manual"] == "against a terrorist organization"  # no incidents: struck by others
    found = read("gtd", path)
    _agrees(found, frame[~on_them])
    assert found.tally.skipped == int(on_them.sum()) == 51
    both = {"gtd:group/Al-Qaida in the Arabian Peninsula (AQAP)", "gtd:group/AQAP: Al Qaeda in the Arabian Peninsula"}
    assert both <= {claim.subject for claim in found.claims}  # two spellings stay two until judged the same
