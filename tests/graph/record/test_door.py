"""The door: who is kept out or held back, through one table of invented people; loads again, decisions, later light."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus import loaders
from isthmus.case import Case
from isthmus.graph import places
from isthmus.graph.acts import deciding
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.fold import kept
from isthmus.graph.record import book, door, erasing, log
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.handles import handle
from isthmus.graph.record.rows import Assessment, Claim, Judgement, Record, SourceRow, pack
from isthmus.graph.record.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row

TABLE = Path(__file__).parents[2] / "field" / "names" / "door.csv"
CASES = {row["case"]: row for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())}
NAME = "Zubayr Quintus-Ohne"
VERDICTS = {"name": "", "nothing stored": "kept out", "held back": "held back"}
STATUS = {"at large": "at large", "witness": "", "no status": ""}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CaseFile]:
    with CaseFile.create(tmp_path / "a.case") as made:
        yield made


def one(case: dict[str, str], identity: str = "zubayr-quintus") -> Iterator[Row]:
    """Rows of one invented person as the table has them: a record, an act, a status, and words of their part."""
    yield SourceRow("s", title="Invented", published=case["recorded"])
    yield Assessment("source", "s", case["grade_of_source"][:1] or "B", "test")
    record = Record(
        "s",
        f"row/{identity}",
        pointer=f"row of {NAME}",
        published=case["recorded"],
        text=f"{NAME}, born {case['born']}",
    )
    yield record
    kind = "Organisation" if case["case"] == "organisation" else "Person"
    yield Claim(record.id, identity, "kind", kind)
    yield Claim(record.id, identity, "name", NAME)
    if kind == "Organisation":
        return
    yield Claim(record.id, identity, "citizen_of", "BE")
    if case["born"]:
        yield Claim(record.id, identity, "birth", case["born"].replace("1980/1985", "[1980..1985]"))
    status = case["status"].split(";")[0]
    if status := STATUS.get(status, status):
        yield Claim(record.id, identity, "status", status)
    words = case["other_words"].strip('"')
    role = {"part in the attack": "attacker", "informer of a service": "informer"}.get(words, words)
    if role:
        yield Claim(record.id, identity, "role", role)
    if case["act"]:
        yield Claim(record.id, "e1", "kind", "Event")
        yield Claim(record.id, "e1", "event_kind", "attack")
        yield Claim(record.id, "e1", "date", case["act"])
        if role in ("victim", "survivor"):
            yield Claim(record.id, identity, "present_at", "e1", qualifiers=pack({"role": role}))
        elif status:
            yield Claim(record.id, identity, "took_part_in", "e1")


def said(file: CaseFile) -> set[tuple[str, str, str]]:
    return set(file.connection.execute("SELECT subject, property, value FROM claim"))


def traces(file: CaseFile, *words: str) -> list[str]:
    """Which words stand in the bytes of any file in the folder of the case, or of the user's cache, in any case of letters."""
    found = []
    folders = (file.path.parent, places.cache())
    for path in (one for folder in folders if folder.exists() for one in folder.rglob("*") if one.is_file()):
        raw = path.read_bytes().lower()
        found += [f"{path.name}: {word}" for word in words if word.lower().encode() in raw]
    return found


WORDS = ("Zubayr", "Quintus")
MINOR = CASES["convicted as adult for acts at 17"]
PERHAPS = CASES["year only and possibly 17 at the act"]
ADULT = CASES["convicted adult"]


@pytest.mark.parametrize("case", [MINOR, PERHAPS], ids=["minor", "perhaps"])
def test_nothing_of_the_name_is_in_any_file_and_loading_again_changes_nothing(
    file: CaseFile, case: dict[str, str]
) -> None:
    write(file, one(case), source="s")
    assert traces(file, *WORDS) == []
    version, before = file.version, said(file)
    again = write(file, one(case), source="s")
    assert (file.version, said(file)) == (version, before)
    assert [entry.handle for entry in again.door.entries] == [handle(file, "zubayr-quintus")]
    assert traces(file, *WORDS) == []


def test_ids_keys_and_pointers_made_of_the_name_are_keyed_and_others_stay(file: CaseFile) -> None:
    rows = list(one(MINOR))
    other = Record("s", "row/7", pointer="line 7", text="said by Zubayr Quintus-Ohne's nachbar")
    rows += [other, Claim(other.id, "p9", "kind", "Person"), Claim(other.id, "p9", "name", "Zubayr Anders")]
    rows += [
        Claim(other.id, "p9", "communicated_with", "zubayr-quintus", "2014", qualifiers=pack({"note": "with Zubayr"}))
    ]
    write(file, rows, source="s")
    shown = handle(file, "zubayr-quintus")
    assert ("p9", "communicated_with", shown) in said(file)
    assert ("p9", "name", "Zubayr Anders") in said(file)  # a name that shares a word is another's
    keys = dict(file.connection.execute("SELECT native_key, pointer FROM record"))
    assert keys.pop("row/7") == "line 7"
    ((key, pointer),) = keys.items()
    assert key.startswith("K-")
    assert pointer.startswith("K-")
    assert traces(file, "Quintus", "s nachbar", "with Zubayr") == []
    with file.reading() as connection:
        ids = connection.execute(
            "SELECT id, source, native_key, pointer, exact, published, text FROM record"
        ).fetchall()
    assert all(identity == Record(*fields).id for identity, *fields in ids)
    claims = connection.execute(
        "SELECT c.id, r.id, subject, property, value, valid, polarity, qualifiers FROM claim c JOIN record r ON r.num = c.record"
    ).fetchall()
    assert all(identity == Claim(*fields).id for identity, *fields in claims)


def test_what_comes_to_light_later_is_taken_out_of_everything_that_was_stored_before(file: CaseFile) -> None:
    undated = {**MINOR, "born": ""}
    write(file, one(undated), source="s")
    assert ("zubayr-quintus", "name", NAME) in said(file)
    assert traces(file, *WORDS) != []
    quarantine = file.path.parent / f"{file.path.name}.tables.quarantine.jsonl"
    quarantine.write_text(f'{{"row": "{NAME}"}}', encoding="utf-8")
    record = Record("t", "births", published="2019")
    birth: list[Row] = [SourceRow("t"), record, Claim(record.id, "zubayr-quintus", "birth", "1997-05-20")]
    report = write(file, birth, source="t")
    assert [entry.verdict for entry in report.door.entries] == ["kept out"]
    assert report.door.erased
    assert report.door.wiped
    assert traces(file, *WORDS) == []
    assert [line.act for line in log.lines(file)] == ["load", "load", "erase"]
    write(file, one(undated), source="s")  # by a source that still knows no birth
    assert traces(file, *WORDS) == []


def large(undated: dict[str, str]) -> list[Row]:
    """Enough for a fold to be kept."""
    others = [row for number in range(kept.WORTH // 4) for row in one(ADULT, f"q{number}")]
    return [*one(undated), *(row for row in others if not (isinstance(row, Claim) and row.property == "name"))]


def test_what_was_kept_for_speed_goes_too(file: CaseFile) -> None:
    write(file, large({**MINOR, "born": ""}), source="s")
    case = Case(file)
    case.graph.people()
    assert any("columns" in trace for trace in traces(file, "zubayr-quintus"))
    other = Record("t", "births", published="2019")
    assert write(
        file, [SourceRow("t"), other, Claim(other.id, "zubayr-quintus", "birth", "1997-05-20")], source="t"
    ).door.erased
    assert traces(file, "zubayr-quintus", NAME) == []


@pytest.mark.needs("cypher")
def test_the_files_of_the_embedded_engine_go_too(file: CaseFile) -> None:
    write(file, one({**MINOR, "born": ""}), source="s")
    Case(file).cypher("MATCH (p:Person) RETURN p.id")
    assert any("zubayr" in trace and "case" not in trace for trace in traces(file, "zubayr-quintus"))
    other = Record("t", "births", published="2019")
    write(file, [SourceRow("t"), other, Claim(other.id, "zubayr-quintus", "birth", "1997-05-20")], source="t")
    assert traces(file, "zubayr-quintus", NAME) == []


def test_while_another_reads_the_traces_are_owed_and_wiped_by_the_next_who_writes(file: CaseFile) -> None:
    write(file, one({**MINOR, "born": ""}), source="s")
    other = Record("t", "births", published="2019")
    birth: list[Row] = [SourceRow("t"), other, Claim(other.id, "zubayr-quintus", "birth", "1997-05-20")]
    with CaseFile.open(file.path) as reader, reader.snapshot():
        assert reader.version == 1
        report = write(file, birth, source="t")
        assert not report.door.wiped
        assert erasing.owes(file)
    assert write(file, one(CASES["no birth at all"], "someone"), source="u").door.wiped
    assert not erasing.owes(file)
    assert traces(file, "zubayr-quintus") == []


def test_a_judgement_that_two_are_one_brings_it_to_light_too(file: CaseFile) -> None:
    write(file, [*one({**ADULT, "born": ""}, "qusay-tertius")], source="s")
    write(file, one(PERHAPS), source="s")
    assert ("qusay-tertius", "name", NAME) in said(file)
    birth = Record("t", "births", published="2019")
    write(file, [SourceRow("t"), birth, Claim(birth.id, "zubayr-quintus", "birth", "2002")], source="t")
    judged = Judgement("qusay-tertius", handle(file, "zubayr-quintus"), "same", "me", "2026-12-01")
    report = write(file, [judged], source="me")
    assert [entry.handle for entry in report.door.entries] == sorted(
        [handle(file, "qusay-tertius"), handle(file, "zubayr-quintus")],
        key=lambda one: one != handle(file, "zubayr-quintus"),
    )
    assert traces(file, "tertius", *WORDS) == []


def test_who_is_held_back_comes_in_by_a_decision_about_just_that_row(file: CaseFile) -> None:
    write(file, [*one(PERHAPS), *tied()], source="s")
    shown = handle(file, "zubayr-quintus")
    assert ("p9", "communicated_with", shown) in said(file)
    deciding.admit(file, shown, why="the court file says born in January")
    assert [line.act for line in log.lines(file)][-1] == "admit"
    report = write(file, [*one(PERHAPS), *tied()], source="s")
    assert report.door.entries == []
    named = said(file)
    assert ("zubayr-quintus", "name", NAME) in named
    assert ("p9", "communicated_with", "zubayr-quintus") in named
    assert not [row for row in named if shown in row]
    assert file.connection.execute("SELECT count(*) FROM record WHERE current").fetchone() == (2,)
    assert write(file, [*one(PERHAPS), *tied()], source="s").changed is False
    other = write(file, one({**PERHAPS, "born": "1998-06"}), source="s")
    assert [entry.verdict for entry in other.door.entries] == ["kept out"]
    assert traces(file, *WORDS) == []


def test_of_two_in_one_record_the_one_who_is_let_in_comes_in_and_the_record_stays(file: CaseFile) -> None:
    record = Record("s", "list", published="2016-06")
    told: list[Row] = [SourceRow("s"), record]
    for who in ("ada-ohne", "zubayr-quintus"):
        told += [Claim(record.id, who, "kind", "Person"), Claim(record.id, who, "birth", "1998")]
        told.append(Claim(record.id, who, "name", NAME if who.startswith("z") else "Ada Ohne"))
    write(file, told, source="s")
    deciding.admit(file, handle(file, "ada-ohne"), why="born in January")
    for _ in range(2):
        report = write(file, told, source="s")
        assert [entry.handle for entry in report.door.entries] == [handle(file, "zubayr-quintus")]
        assert {row for row in said(file) if row[1] in ("kind", "name")} == {
            ("ada-ohne", "kind", "Person"),
            ("ada-ohne", "name", "Ada Ohne"),
            (handle(file, "zubayr-quintus"), "kind", "Person"),
        }
        assert file.connection.execute("SELECT count(*) FROM record WHERE current").fetchone() == (1,)
    assert traces(file, *WORDS) == []


def event_of_them() -> Iterator[Row]:
    """An event, and a person, that are called after them; and one that only has a word of the name."""
    record = Record("v", "events", published="2018")
    yield from (SourceRow("v"), record)
    for one, kind in (
        ("raid-zubayr-quintus-2016", "Event"),
        ("zubayr-square-2016", "Event"),
        ("ada-quintus", "Person"),
    ):
        yield Claim(record.id, one, "kind", kind)
    yield Claim(record.id, "raid-zubayr-quintus-2016", "date", "2016-05-01")
    yield Claim(record.id, "raid-zubayr-quintus-2016", "name", "Raid on a flat")
    yield Claim(record.id, "ada-quintus", "arrested_in", "raid-zubayr-quintus-2016")


def test_what_is_called_after_them_has_a_handle_and_keeps_all_else(file: CaseFile) -> None:
    write(file, [*one(MINOR), *event_of_them()], source="s")
    raid = handle(file, "raid-zubayr-quintus-2016")
    assert {
        (raid, "date", "2016-05-01"),
        (raid, "name", "Raid on a flat"),
        ("ada-quintus", "arrested_in", raid),
        ("zubayr-square-2016", "kind", "Event"),
    } <= said(file)
    assert traces(file, "zubayr-quintus", "raid-zubayr") == []
    version = file.version
    write(file, [*one(MINOR), *event_of_them()], source="s")
    assert file.version == version


def test_with_who_is_let_in_comes_what_is_called_after_them(file: CaseFile) -> None:
    write(file, [*one(PERHAPS), *event_of_them()], source="s")
    assert traces(file, "raid-zubayr") == []
    deciding.admit(file, handle(file, "zubayr-quintus"), why="the court file says born in January")
    write(file, [*one(PERHAPS), *event_of_them()], source="s")
    assert ("ada-quintus", "arrested_in", "raid-zubayr-quintus-2016") in said(file)
    assert not [row for row in said(file) if handle(file, "raid-zubayr-quintus-2016") in row]


def test_no_one_decides_about_a_minor_or_about_a_handle_that_nobody_has(file: CaseFile) -> None:
    write(file, one(MINOR), source="s")
    with pytest.raises(BadQuestion, match="kept out"):
        deciding.admit(file, handle(file, "zubayr-quintus"), why="please")
    with pytest.raises(NoSuchEntity, match="nobody at the door"):
        deciding.admit(file, "P-0000000000", why="please")


def test_who_was_kept_out_and_is_said_to_be_of_age_later_waits_for_a_decision(file: CaseFile) -> None:
    write(file, one(MINOR), source="s")
    report = write(file, one({**MINOR, "born": "1980"}), source="s")
    assert [entry.verdict for entry in report.door.entries] == ["held back"]
    deciding.admit(file, handle(file, "zubayr-quintus"), why="the passport says 1980")
    assert write(file, one({**MINOR, "born": "1980"}), source="s").door.entries == []
    assert ("zubayr-quintus", "name", NAME) in said(file)


def test_a_telephone_of_theirs_alone_goes_with_them_and_a_shared_one_stays(file: CaseFile) -> None:
    record = Record("u", "phones", published="2018")
    rows: list[Row] = [SourceRow("u"), record]
    for number in ("tel-32470111222", "tel-32470333444"):
        rows += [Claim(record.id, number, "kind", "Object"), Claim(record.id, number, "object_kind", "telephone")]
        rows += [Claim(record.id, number, "name", number), Claim(record.id, "zubayr-quintus", "used", number)]
    rows += [Claim(record.id, "p9", "kind", "Person"), Claim(record.id, "p9", "used", "tel-32470333444")]
    write(file, [*one(MINOR), *rows], source="s")
    assert traces(file, "32470111222") == []
    shown = handle(file, "zubayr-quintus")
    assert {(shown, "used", handle(file, "tel-32470111222")), (shown, "used", "tel-32470333444")} <= said(file)


def test_nobody_of_the_shipped_case_is_a_minor_by_what_it_says(shipped: Case) -> None:
    assert book.entries(shipped.file) == []
    people = files("isthmus.data").joinpath("isis_europe", "people.csv").read_text(encoding="utf-8")
    assert door.undated(shipped.file) == sum(1 for row in csv.DictReader(people.splitlines()) if not row["birth"])


@pytest.mark.external
@pytest.mark.parametrize(("edition", "options"), [("2020", {}), ("2025", {"recover": "yes"})])
def test_two_of_the_list_were_under_18_when_it_listed_them(
    file: CaseFile, external: Path, edition: str, options: dict[str, str]
) -> None:
    """Both stand in both editions; that of 2025 is a damaged copy."""
    report = loaders.run("un_list", [external / f"un_sc_consolidated_{edition}"], file, options=options).report
    assert [entry.verdict for entry in report.door.entries] == ["kept out", "kept out"]
    assert not [
        row for row in said(file) if row[0].startswith("P-") and row[1] in ("name", "alias", "birth", "identifier")
    ]


def test_people_without_a_birth_are_counted(file: CaseFile) -> None:
    assert write(file, one(ADULT), source="s").door.undated == 0
    assert write(file, one(CASES["no birth at all"], "someone"), source="t").door.undated == 1
    assert door.undated(file) == 1


def test_a_load_of_many_of_age_says_nothing(file: CaseFile) -> None:
    rows = [row for number in range(300) for row in one(ADULT, f"q{number}")]
    report = write(file, rows, source="s")
    assert report.door.entries == []
    assert not report.door.rewritten


def tied() -> list[Row]:
    other = Record("s", "row/7", pointer="line 7", published="2016")
    return [
        other,
        Claim(other.id, "p9", "kind", "Person"),
        Claim(other.id, "p9", "communicated_with", "zubayr-quintus", "2016-03"),
    ]


@pytest.mark.parametrize("name", list(CASES))
def test_each_of_the_table_comes_in_stays_out_or_waits(file: CaseFile, name: str) -> None:
    case = CASES[name]
    report = write(file, one(case), source="s")
    verdicts = [entry.verdict for entry in report.door.entries]
    assert verdicts == [one for one in [VERDICTS[case["desk"]]] if one], case["why"]
    assert (("zubayr-quintus", "name", NAME) in said(file)) == (not verdicts)
    if verdicts:
        shown = handle(file, "zubayr-quintus")
        assert (shown, "kind", "Person") in said(file)
        assert (shown, "citizen_of", "BE") in said(file)
        assert report.door.entries[0].handle == shown
        assert report.door.entries[0].reason
