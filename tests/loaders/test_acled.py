from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from isthmus.graph.errors import UnknownWord
from tests.loaders.direct import Read, read
from tests.loaders.mutate import try_mutants

FIXTURES = Path(__file__).parent.parent / "fixtures" / "acled"
OLD, TODAY = FIXTURES / "acled_invented.csv", FIXTURES / "acled_today_invented.csv"


@pytest.fixture(scope="module")
def old() -> Read:
    return read("acled", OLD)


def test_counts_of_the_fixture(old: Read) -> None:
    # 5 events in four towns (Qasr Zahra in Syria and in Iraq are two); three armed groups, one of them named with
    # "and/or" in row 2 and alone in row 5; the forces of Syria, Russia and Iraq
    assert old.entities == {"Body": 3, "Event": 5, "Organisation": 3, "Place": 4}
    assert old.ties == {"occurred_in": 10, "part_of": 4, "side_in": 8, "operates_in": 5, "body_of": 3}
    assert not old.orphans()
    assert not old.tally.unread


def test_a_fight_has_sides_and_no_doer(old: Read) -> None:
    sides = {(c.subject, c.qualifiers) for c in old.claims if c.property == "side_in" and c.value == "acled:SYR1"}
    assert sides == {
        ("acled:actor/ABC: Army of the Blue Coast", '{"role":"actor1"}'),
        ("acled:actor/Military Forces of Syria (2000-)", '{"role":"actor2"}'),
        ("acled:actor/Military Forces of Russia (2000-)", '{"role":"with actor2"}'),
        ("acled:actor/Popular Guard", '{"role":"with actor2"}'),
    }
    assert "carried_out" not in old.ties
    assert old.said("acled:SYR1", "event_kind", "attack_type") == [
        ("event_kind", "other"),
        ("attack_type", "Armed clash"),
    ]


@pytest.mark.parametrize(("event", "date"), [("SYR1", "2020-05-09"), ("SYR2", "2020-05-10~"), ("SYR3", "2020-05")])
def test_precision_of_time(old: Read, event: str, date: str) -> None:
    assert old.one(f"acled:{event}", "date").value == date


def test_precision_of_place(old: Read) -> None:
    words = [old.one(f"acled:{event}", "coordinates").qualifiers for event in ("SYR1", "SYR2", "SYR4")]
    assert words == ['{"precision":"the town"}', '{"precision":"near the town"}', '{"precision":"the region"}']


def test_one_of_two_actors_is_possible_each(old: Read) -> None:
    sides = [claim for claim in old.claims if claim.property == "side_in" and claim.value == "acled:SYR2"]
    assert {claim.subject for claim in sides} == {
        "acled:actor/Brigade of the Two Rivers",
        "acled:actor/ABC: Army of the Blue Coast",
    }
    assert [old.grades[side.id] for side in sides] == ["3", "3"]


def test_crowds_are_words_on_the_event(old: Read) -> None:
    assert old.said("acled:SYR3", "attribute") == [
        ("attribute", "actor1: Protesters (Syria)"),
        ("attribute", "with actor1: Labour Group (Syria)"),
        ("attribute", "with actor1: Women (Syria)"),
    ]
    assert old.said("acled:SYR4", "attribute") == [("attribute", "actor2: Unidentified Armed Group (Iraq)")]


def test_an_armed_force_is_a_body_of_its_state(old: Read) -> None:
    force = "acled:actor/Police Forces of Iraq (2003-)"
    assert old.said(force, "kind", "body_of") == [("kind", "Body"), ("body_of", "IQ")]


def test_short_names_are_aliases(old: Read) -> None:
    aliases = [claim for claim in old.claims if claim.property == "alias"]
    assert [(claim.value, claim.qualifiers) for claim in aliases] == [
        ("ABC", '{"alias_type":"short name"}'),
        ("Army of the Blue Coast", '{"alias_type":"spelling"}'),
    ]


def test_a_record_is_published_when_the_row_was_put_up(old: Read) -> None:
    published = {record.native_key: record.published for record in old.records if record.native_key.startswith("SYR")}
    assert (published["SYR1"], published["SYR5"]) == ("2020-05-11", "")


def test_todays_layout_says_the_same(old: Read) -> None:
    today = read("acled", TODAY)
    assert {claim[1:] for claim in today.claims} == {claim[1:] for claim in old.claims}
    assert not today.tally.unread


def _changed(tmp_path: Path, **cells: str) -> Path:
    with OLD.open(encoding="utf-8", newline="") as stream:
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
        ({"sub_event_type": "Drone swarm"}, "sub_event_type 'Drone swarm' isn't in source.yml"),
        ({"country": "Atlantis"}, "country 'Atlantis' isn't known"),
        ({"time_precision": "4"}, "time_precision has code '4'"),
        ({"inter1": "9"}, "inter has code '9'"),
    ],
)
def test_an_unknown_category_stops_the_run(tmp_path: Path, cells: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownWord, match=message):
        read("acled", _changed(tmp_path, **cells))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"event_date": "31-Apr-20"}, "'31-Apr-20' is no day of the calendar"),
        ({"iso": "368"}, "iso 368 is IQ, country 'Syria' is SY"),
        ({"event_type": "Riots"}, "sub_event_type 'Armed clash' is one of 'Battles', event_type says 'Riots'"),
        ({"fatalities": "many"}, "fatalities 'many' is no number of 0 or more"),
        ({"event_id_cnty": ""}, "event_id_cnty is empty"),
    ],
)
def test_an_unreadable_row_is_set_aside_with_its_reason(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    assert read("acled", _changed(tmp_path, **cells)).tally.reasons == {reason: 1}


def test_an_excel_serial_date_is_a_date(tmp_path: Path) -> None:
    assert read("acled", _changed(tmp_path, event_date="42321")).one("acled:SYR1", "date").value == "2015-11-13"


@pytest.mark.parametrize("path", [OLD, TODAY], ids=["old", "today"])
def test_broken_inputs(tmp_path: Path, path: Path) -> None:
    outcomes = try_mutants("acled", {path.name: path.read_bytes()}, tmp_path, count=60, orphans=True)
    assert (sum(outcomes.values()), len(outcomes)) == (60, 3)


CROWD_WORDS = """Civilians Protesters Rioters Women Prisoners Farmers Teachers Students Pastoralists Fishermen Lawyers Settlers
    LGBT Judges Migrants Miners Journalists Refugees/IDPs""".split()  # noqa: SIM905


FORCES = r"(Military Forces|Police Forces|Government) of .* \(\d{4}-"


def _is_crowd(name: str) -> bool:
    """Kinds of people by name, worked out apart from the loader's pattern."""
    if name.startswith(("Unidentified", "Civilians", "Protesters", "Rioters")):
        return True
    category, bracket, rest = name.rpartition(" (")
    if not bracket or not rest.endswith(")") or ":" in name:
        return False
    last = category.split()[-1]
    plural = {"Group", "Workers", "Rebels", "Suspects", "Drivers", "Traders", "Politicians", "Members", "Vigilantes"}
    generic_militias = {"Islamist Militia", "Tribal Militia", "Indigenous Militia", "Militia"}
    return (
        last in plural
        or category.endswith("Security Forces")
        or category.removeprefix("Former ") in CROWD_WORDS
        or category in generic_militias
    )


@pytest.mark.external
def test_world_may_2020(external: Path) -> None:
    path = external / "acled_world_may_2020" / "acled.csv"
    found = read("acled", path)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    # one row is cut off after its second actor, and one has lost its id: both are set aside
    frame = frame[(frame["country"] != "") & (frame["event_id_cnty"] != "")]
    assert (found.tally.read, found.tally.loaded, found.tally.quarantined) == (5071, len(frame), 2)
    assert found.entities["Event"] == len(frame) == 5069
    assert found.entities["Place"] == len(frame[["country", "admin1", "location"]].drop_duplicates())
    assert found.ties["occurred_in"] == 2 * len(frame)

    mentions, actors, fields = Counter[str](), set(), set()
    for _, row in frame.iterrows():
        for column in ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2"):
            names = [row[column]] if column.startswith("actor") else dict.fromkeys(row[column].split(";"))
            for name in filter(None, (each.strip() for each in names)):
                if _is_crowd(name):
                    mentions["crowd"] += 1
                    continue
                parts = re.split(r" and/or ", name)
                mentions["side"] += len(parts)
                fields |= {(row["event_id_cnty"], part) for part in parts if not re.match(FORCES, part)}
                actors |= {part.strip() for part in parts}
    forces = {name for name in actors if re.match(FORCES, name)}
    assert found.ties["side_in"] == mentions["side"]
    assert found.ties["operates_in"] == len(fields)  # armed forces of states are bodies and have no field
    assert Counter(claim.property for claim in found.claims)["attribute"] == mentions["crowd"]
    assert found.entities["Body"] == len(forces)
    assert found.entities["Organisation"] == len(actors - forces)
    assert not found.orphans()
    # ACLED counts 124 rows with the Taliban as a side; they also stand beside others, and in "and/or"
    taliban = {claim.value for claim in found.claims if claim.subject == "acled:actor/Taliban"}
    assert len(taliban & {f"acled:{key}" for key in frame["event_id_cnty"]}) >= 124
