"""The door stands behind every loader: an invented minor, and a victim, in the files of each are never stored."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus import loaders
from isthmus.graph import places
from isthmus.graph.record import dump, reading
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.handles import handle
from isthmus.graph.record.rows import TABLES, Claim, Record, SourceRow
from isthmus.graph.record.writing import write
from isthmus.graph.schema import schema
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus.graph.record.rows import Row

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = {
    "acled": ["acled/acled_invented.csv"], "canada_list": ["canada_list/cluster.json"], "edges": ["edges/ties.csv", "edges/people.csv"],
    "eu_list": ["eu_list/full.csv"], "foreign_fighters": ["foreign_fighters/icsr_invented.csv"],
    "ftm": ["ftm/entities.ftm.json"], "gtd": ["gtd/globalterrorism_invented.csv"], "layered": ["layered"],
    "matrix": ["matrix/invented.graphml"], "nov13": ["nov13"], "ofac": ["ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv"],
    "ofsi": ["ofsi/list.csv"], "pirus": ["pirus/pirus_invented.csv"], "sageman": ["sageman"], "stix": ["stix/bundle.json"],
    "tables": [], "ucdp": ["ucdp/ged_invented.csv"], "un_list": ["un_list/first.xml"],
}  # fmt: skip
OPTIONS = {"any_count": "yes", "quarantine_share": "1"}
NAMELESS = {"acled", "foreign_fighters", "gtd", "ucdp", "pirus"}
"""Loaders whose people, if any, have no names."""
TOLD = {"minor": ("birth", "2012-05"), "victim": ("status", "victim"), "boy": ("role", "schoolboy")}
SHEET = "id,name,birth,nationalities,role,sources,pointer,confidence\nzubayr-q,Zubayr Quintus,,BE,,court,page 2 Zubayr,high\nada,Ada Ohne,1970,BE,,court,page 3,high\n"


def files(name: str, folder: Path) -> list[Path]:
    if name != "tables":
        return [FIXTURES / path for path in FILES[name]]
    sheet = folder / "people.csv"
    sheet.parent.mkdir()
    sheet.write_text(SHEET, encoding="utf-8")
    return [sheet]


def rows(name: str, folder: Path) -> list[Row]:
    source = loaders.source(name, files(name, folder), options=OPTIONS)
    return list(source.watch(loaders.rows(source)))


@pytest.mark.parametrize("name", sorted(set(FILES) - NAMELESS))
def test_no_place_that_is_reported_is_made_of_a_name(name: str, tmp_path: Path) -> None:
    source = loaders.source(name, files(name, tmp_path / "files"), options=OPTIONS)
    told = [(source.where, row) for row in source.watch(loaders.rows(source))]
    claims = [row for _, row in told if isinstance(row, Claim)]
    people = {row.subject for row in claims if (row.property, row.value) == ("kind", "Person")}
    names = {row.value for row in claims if row.subject in people and row.property in schema().names}
    assert names
    assert not [where for where, _ in told if any(word in where for word in names)]


def someone(made: Iterable[Row]) -> tuple[str, set[str]]:
    """The first person who has a name, and all names of theirs."""
    claims = [row for row in made if isinstance(row, Claim)]
    people = {row.subject for row in claims if (row.property, row.value) == ("kind", "Person")}
    named = [row for row in claims if row.subject in people and row.property in schema().names]
    return named[0].subject, {row.value for row in named if row.subject == named[0].subject}


def brought(identity: str, said: tuple[str, str]) -> Iterator[Row]:
    yield SourceRow("canary", published="2016")
    record = Record("canary", "row", published="2016")
    yield record
    yield Claim(record.id, identity, *said)


def traces(case: Path, words: set[str]) -> set[str]:
    held = b"".join(
        path.read_bytes()
        for folder in (case.parent, places.cache())
        if folder.exists()
        for path in folder.rglob("*")
        if path.is_file()
    )
    held += held.lower()  # fmt: skip
    written = {
        word: {word.encode(), word.lower().encode(), json.dumps(word).strip('"').lower().encode()} for word in words
    }
    return {word for word, forms in written.items() if any(form in held for form in forms)}


def test_every_loader_is_here() -> None:
    assert set(FILES) == set(loaders.sources())


@pytest.mark.parametrize("name", sorted(set(FILES) - NAMELESS))
@pytest.mark.parametrize("said", list(TOLD.values()), ids=list(TOLD))
@pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])
def test_nothing_of_the_name_is_stored_by_any_loader(
    name: str, said: tuple[str, str], *, later: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # other tests read the same files into theirs
    made = rows(name, tmp_path / "files")
    identity, names = someone(made)
    if said[0] == "role":  # a word decides where no birth is said
        told = {(identity, "birth"), (identity, "attribute")}
        made = [row for row in made if not isinstance(row, Claim) or (row.subject, row.property) not in told]
    others = {
        row.value
        for row in made
        if isinstance(row, Claim) and row.property in schema().names and row.subject != identity
    }
    place = tmp_path / "case" / "a.case"
    place.parent.mkdir()
    with CaseFile.create(place) as file:
        if later:
            write(file, made, source=name)
            assert traces(place, names) == names
            report = write(file, brought(identity, said), source="canary")
        else:
            report = write(file, chain(made, brought(identity, said)), source=name)
        assert handle(file, identity) in [entry.handle for entry in report.door.entries]
        words = {word for word in names if not any(word in other for other in others)}
        assert words
        number = identity.rpartition(":")[2]
        assert traces(place, words | ({identity} if not number.isdigit() or len(number) > 5 else set())) == set()
        if said[0] != "role":
            assert write(file, made, source=name).door.entries
        assert traces(place, words) == set()


@pytest.mark.parametrize("name", sorted(NAMELESS))
def test_people_whom_the_publisher_does_not_name_are_not_touched(name: str, tmp_path: Path) -> None:
    made = rows(name, tmp_path / "files")
    people = {row.subject for row in made if isinstance(row, Claim) and (row.property, row.value) == ("kind", "Person")}
    named = {row.subject for row in made if isinstance(row, Claim) and row.property in schema().names}
    assert not people & named
    with CaseFile.create(tmp_path / "a.case") as file:
        assert write(file, made, source=name).door.entries == []


def test_the_same_by_hand_and_from_a_case_written_out(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    place, other = tmp_path / "case" / "a.case", tmp_path / "b" / "b.case"
    other.parent.mkdir()
    with CaseFile.create(other) as written:
        write(written, rows("tables", tmp_path / "files"), source="tables")
        dump.dump(written, tmp_path / "out")
    shown = isthmus("load", "tables", tmp_path / "files", "--case", place)
    assert shown.returncode == 0, shown.stderr
    assert "age not known: 1" in shown.stdout
    shown = isthmus(
        "add", "Zubayr Quintus", "birth", "2012", "--case", place, "--why", "Zubayr's passport", "--by", "me"
    )
    assert shown.returncode == 0, shown.stderr
    assert traces(place, {"Zubayr", "Quintus"}) == set()
    assert "Zubayr" not in shown.stdout
    shown = isthmus("load", "tables", tmp_path / "out", "--case", place)
    assert shown.returncode == 0, shown.stderr
    assert "is kept out" in shown.stdout
    assert traces(place, {"Zubayr", "Quintus"}) == set()
    shown = isthmus("door", "--case", place)
    assert "certainly under 18" in shown.stdout
    shown = isthmus("log", "--verify", "--case", place)
    assert shown.returncode == 0


def test_a_case_rebuilt_from_rows_as_pull_does_holds_none_either(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    with CaseFile.create(tmp_path / "from.case") as first:
        write(first, rows("tables", tmp_path / "files"), source="tables")
        every = [row for table in TABLES for row in reading.rows(first, table)]
    with CaseFile.create(tmp_path / "case" / "a.case") as file:
        write(file, chain(every, brought("zubayr-q", TOLD["minor"])), source="neo4j", loader="pull")
    assert traces(tmp_path / "case" / "a.case", {"Zubayr", "Quintus"}) == set()


def test_forgetting_takes_out_anyone_for_good_and_stops_a_later_load(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    place = tmp_path / "case" / "a.case"
    (sheet,) = files("tables", tmp_path / "files")
    assert isthmus("load", "tables", sheet, "--case", place).returncode == 0
    shown = isthmus("forget", "Zubayr Quintus", "--because", "asked to by Zubayr's lawyer", "--case", place)
    assert shown.returncode == 0, shown.stderr
    assert traces(place, {"Quintus", "Zubayr Quintus", "zubayr-q"}) == set()
    assert "lawyer" not in (place.parent / "a.case.log").read_text(encoding="utf-8")
    shown = isthmus("load", "tables", sheet, "--case", place)
    assert shown.returncode == 0, shown.stderr
    assert "is forgotten" in shown.stdout
    assert traces(place, {"Quintus", "zubayr-q"}) == set()
    sheet.write_text(SHEET.replace("zubayr-q", "z9").replace("page 2 Zubayr", "page 9"), encoding="utf-8")
    shown = isthmus("load", "tables", sheet, "--case", place)
    assert "bears the name of someone who was forgotten" in shown.stdout
    assert traces(place, {"Quintus"}) == set()
