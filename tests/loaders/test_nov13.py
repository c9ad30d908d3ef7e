"""Nov13's layout, on an invented folder; who of it may be named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.errors import BadInput, UnknownWord
from isthmus.graph.record.handles import handle
from isthmus.graph.record.rows import Assessment
from isthmus.loaders import run
from tests.loaders.mutate import try_mutants
from tests.loaders.networks import FIXTURES, Read, read

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

FOLDER = FIXTURES / "nov13"
ANY = {"any_count": "yes"}


@pytest.fixture
def found() -> Read:
    return read("nov13", FOLDER, **ANY)


def test_entities_by_kind(found: Read) -> None:
    # 4 people; a fire and a drive; a mill and a quarter of a town; the country needs no claim.
    assert found.kinds == {"Person": 4, "Event": 2, "Place": 2}
    assert found.values("event_kind", "nov13:HarbourFire") == ["attack"]


def test_a_note_names_the_tie(found: Read) -> None:
    assert found.pairs == {
        ("sibling_of", "nov13:AldoB", "nov13:BrunaV"), ("recruited", "nov13:AldoB", "nov13:BrunaV"),
        ("linked_to", "nov13:AldoB", "nov13:CletoR"), ("took_part_in", "nov13:AldoB", "nov13:HarbourFire"),
        ("took_part_in", "nov13:BrunaV", "nov13:NightDrive"), ("present_at", "nov13:BrunaV", "nov13:OldMill"),
        ("present_at", "nov13:DivaN", "nov13:OldTown"), ("located_in", "nov13:DivaN", "GB"),
    }  # fmt: skip


def test_every_relation_has_its_source(found: Read) -> None:
    by_record = {record.id: record.source for record in found.records}
    linked = sorted(by_record[row.record] for row in found.claims if row.property == "linked_to")
    assert linked == ["nov13:AA1", "nov13:BB2"]  # one claim a reference
    assert {source.id: source.locator for source in found.sources}["nov13:BB2"] == "https://press.example.net/report-2"
    unfilled = [by_record[row.record] for row in found.claims if row.value == "nov13:OldTown"]
    assert unfilled == ["nov13"]  # a reference never filled in: the data set says so


def test_a_reference_that_is_not_listed_is_told(found: Read) -> None:
    assert found.tally.notices == {"reference ZZ9 is used and not listed": 1}
    assert "nov13:ZZ9" in {source.id for source in found.sources}


def test_a_doubt_lowers_the_grade(found: Read) -> None:
    grades = [row.grade for row in found.rows if isinstance(row, Assessment) and row.target == "claim"]
    assert grades == ["4", "4"]


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        ("AldoB", "birth", "1989-08-12"), ("BrunaV", "birth", "1991-05-18"), ("CletoR", "birth", "1982-05-04"),
        ("DivaN", "birth", "1988"), ("AldoB", "citizen_of", "TN"), ("HarbourFire", "date", "2015-11-13"),
        ("NightDrive", "date", "2015-10"), ("HarbourFire", "wounded", "7"),
    ],
)  # fmt: skip
def test_dirty_values_are_read_as_they_are_meant(found: Read, subject: str, name: str, value: str) -> None:
    assert value in found.values(name, f"nov13:{subject}")


def test_dates_of_relations(found: Read) -> None:
    assert found.valid("present_at") == {"", "2015-01-08"}
    assert found.valid("located_in") == {"2014-22"}  # summer


def test_no_minor_is_named_and_nobody_released_has_a_basis(case: Case) -> None:
    run("nov13", [FOLDER], case.file, options=ANY)
    graph = case.graph
    # Arrested, free, thirteen years old, dead without more.
    assert {f"nov13:{key}" for key in ("AldoB", "BrunaV", "DivaN")} <= bases_of(case.file).unnamed.keys()
    statuses = graph.values("status")
    assert "minor" in set(statuses[statuses["id"] == handle(case.file, "nov13:CletoR")]["value"])
    assert "Cleto Rossi" not in set(graph.entities["label"])


def test_an_age_that_cannot_be_read_lets_no_one_through(tmp_path: Path) -> None:
    made = tmp_path / "nov13"
    shutil.copytree(FOLDER, made)
    nodes = (made / "nodes.csv").read_text().replace("1982.0504,13", "1982.0504,13?")
    (made / "nodes.csv").write_text(nodes)
    tally = read("nov13", made, quarantine_share="1", **ANY).tally
    assert tally.reasons["age '13?' is no number"] == 1


@pytest.mark.parametrize(("old", "new"), [("PRESENT_IN", "SEEN_IN"), ("arreted", "jailed"), ("Locality", "Hamlet")])
def test_an_unknown_word_stops_the_load(tmp_path: Path, old: str, new: str) -> None:
    made = tmp_path / "nov13"
    shutil.copytree(FOLDER, made)
    for path in made.iterdir():
        path.write_text(path.read_text().replace(old, new))
    with pytest.raises(UnknownWord, match=new):
        read("nov13", made, **ANY)


def test_a_folder_without_its_tables_is_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "nodes.csv", tmp_path)
    with pytest.raises(BadInput, match=r"relationships\.csv"):
        read("nov13", tmp_path)


def test_loading_again_changes_nothing(case: Case) -> None:
    assert run("nov13", [FOLDER], case.file, options=ANY).report.changed
    assert not run("nov13", [FOLDER], case.file, options=ANY).report.changed


def test_broken_files_end_in_order(tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    outcomes = try_mutants("nov13", files, tmp_path, count=60, orphans=True)
    assert outcomes["loaded, some set aside"] > 10
