"""Who has no basis is absent by name from what is released, as bytes; who has one keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.disclosure.release import released
from isthmus.graph.record.handles import handle, is_handle
from isthmus.graph.record.rows import (
    Assessment,
    Claim,
    Holding,
    Judgement,
    Marking,
    Record,
    SourceRow,
    pack,
)
from tests.graph.disclosure.bytes import opened, unpacked, within

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.record.rows import Row

CANARY = "Zyxwal Qanarion"
OTHER = "Musa Ibn Benali"


def names_of(case: Case, ids: set[str]) -> set[str]:
    """Names of these, and their ids but for handles."""
    said = {row.value for row in case.rows("claims") if row.subject in ids and row.property in ("name", "alias")}
    return said | {one for one in ids if not is_handle(one)}


def bytes_of(case: Case, tmp_path: Path) -> bytes:
    path = tmp_path / "released.case"
    released(case.file, path).close()
    return b"\0".join(data for data in unpacked(path))


def test_no_name_of_who_has_no_basis_is_in_a_release(unreleased: Case, tmp_path: Path) -> None:
    bases = bases_of(unreleased.file)
    lost, kept = (names_of(unreleased, set(ids)) for ids in (set().union(*bases.unnamed.values()), bases.open))
    assert len(lost) == 2 * len(bases.unnamed) > 20
    assert within(bytes_of(unreleased, tmp_path), lost) == {}
    assert {one.casefold() for one in lost} & {one.casefold() for one in kept} == set()  # names that both bear


def test_the_shipped_case_is_a_release(shipped: Case, tmp_path: Path) -> None:
    unnamed = set().union(*bases_of(shipped.file).unnamed.values())
    assert unnamed
    assert all(is_handle(one) for one in unnamed)
    said = {row.property for row in shipped.rows("claims") if row.subject in unnamed}
    assert said & {"name", "alias", "birth", "note", "used_identity", "identifier"} == set()
    with Case(released(shipped.file, tmp_path / "again.case")) as again:
        assert list(again.rows("sources")) == list(shipped.rows("sources"))
        ids = [{row.subject for row in case.rows("claims")} for case in (shipped, again)]
        assert ids[0] - ids[1] == {"telephone-shared-syria"}  # of two of them


def test_who_has_a_basis_keeps_names_and_titles(unreleased: Case, tmp_path: Path) -> None:
    with Case(released(unreleased.file, tmp_path / "a.case")) as made:
        bases = bases_of(unreleased.file)
        before = {(row.subject, row.value) for row in unreleased.rows("claims") if row.property == "name"}
        after = {(row.subject, row.value) for row in made.rows("claims") if row.property == "name"}
        assert {(who, name) for who, name in before if who in bases.named} <= after
        titles = [sum(bool(row.title) for row in case.rows("sources")) for case in (unreleased, made)]
        assert titles[1] >= titles[0] * 0.98
        assert bases_of(made.file).named == bases.named


def rows(*, plant: str = "") -> list[Row]:
    """Someone without a basis, who bears the canary's name, and one with, tied; `plant` stands in every text of an event's."""

    def text(told: str) -> str:
        return f"{told} {plant}".strip()

    source = SourceRow(
        "s", text("court file"), text("court"), "2018", text("https://x"), "en", text("terms"), text("all")
    )
    own, record = Record("s", "own"), Record("s", text("row 2"), text("page 2"), "yes", "2018", text("heard"))
    event = f"event{'-' + plant if plant else ''}"
    said = [
        Claim(own.id, "zq", "kind", "Person"), Claim(own.id, "zq", "name", CANARY),
        Claim(own.id, "zq", "status", "arrested", qualifiers=pack({"detail": CANARY})),
        Claim(own.id, "zq", "role", "courier"), Claim(own.id, "zq", "citizen_of", "TN"),
        Claim(own.id, "zq", "identifier", "ZZ0000001", qualifiers=pack({"scheme": "passport"})),
        Claim(own.id, "zq", "birth", "1971-05-06"),
        Claim(own.id, "mb", "kind", "Person"), Claim(own.id, "mb", "name", OTHER), Claim(own.id, "mb", "status", "convicted"),
        Claim(record.id, event, "kind", "Event"), Claim(record.id, event, "name", text("Arrest")),
        Claim(record.id, event, "note", text("a note")), Claim(record.id, event, "attribution", text("nobody")),
        Claim(record.id, event, "attribute", text("value"), qualifiers=pack({"name": text("column")})),
        Claim(record.id, event, "date", "2015", qualifiers=pack({"note": text("about")})),
        Claim(record.id, "mb", "note", text("met him")), Claim(record.id, "mb", "alias", "Abu Musa"),
        Claim(record.id, "mb", "took_part_in", event, qualifiers=pack({"role": text("driver")})),
    ]  # fmt: skip
    return [
        source, own, record, *said,
        Assessment("source", "s", "B", text("judge"), "2018", text("long known")),
        Assessment("claim", said[-1].id, "2", text("judge"), "2018", text("seen")),
        Holding("mb", "took_part_in", event, "FR", record.id, text("service"), group=text("failure"), note=text("told")),
        Judgement("mb", "mb2", "different", text("judge"), "2018-01-01", why=text("two men")),
        Marking(record.id, "CLEAR"),
    ]  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "own.case")
    made.load(rows(), source="s")
    return made


@pytest.mark.parametrize("spelt", [CANARY, "ZYXWAL  QANARION", "Qanarion, Zyxwal", "zyxwal-qanarion", "Zyxwal%20Qanarion",
                                   "Zyxwal\nQanarion", "Qanarion", "noiranaQ lawxyZ", "Zixwal Kanaryon"])  # fmt: skip
def test_a_canary_in_every_text_of_every_table_stays_in(tmp_path: Path, spelt: str) -> None:
    with Case.create(tmp_path / "own.case") as planted:
        planted.load(rows(plant=spelt), source="s")
        hidden = names_of(planted, {"zq"}) | {spelt}
        data = bytes_of(planted, tmp_path)
    assert spelt.split()[0] in (tmp_path / "own.case").read_bytes().decode("utf-8", "replace")
    assert within(data, hidden) == {}
    assert OTHER.encode() in data


@pytest.mark.parametrize("spelt", [CANARY, CANARY.upper(), CANARY[::-1], "Zyxwal\nQanarion", "Zyxwal%20Qanarion"])
def test_the_search_finds_a_canary_that_leaves(case: Case, tmp_path: Path, spelt: str) -> None:
    import base64
    import gzip

    path = tmp_path / "left.case"
    with Case(released(case.file, path)) as made:
        made.load([SourceRow("t", title=spelt)], source="t")
    assert within(b"".join(unpacked(path)), [CANARY])
    for at in range(3):
        assert within(base64.b64encode(b"x" * at + CANARY.encode() + b"."), [CANARY])
    inside = base64.b64encode(gzip.compress(bytes(range(256)) * 2 + spelt.encode()))
    assert any(within(part, [CANARY]) for part in opened(inside))


def test_a_person_without_a_basis_stands_by_handle_role_and_country(case: Case, tmp_path: Path) -> None:
    who = handle(case.file, "zq")
    with Case(released(case.file, tmp_path / "a.case")) as made:
        told = {(row.property, row.value) for row in made.rows("claims") if row.subject == who}
        assert told == {("kind", "Person"), ("status", "arrested"), ("role", "courier"), ("citizen_of", "TN")}
        at = made.graph.index(who)
        assert made.graph.shown["label"][at] == f"courier, TN [{who}]"
        assert handle(made.file, who) == who


def test_a_release_of_a_release_is_the_same(case: Case, tmp_path: Path) -> None:
    with (
        Case(released(case.file, tmp_path / "a.case")) as once,
        Case(released(once.file, tmp_path / "b.case")) as twice,
    ):
        for table in ("sources", "claims", "holdings", "judgements"):
            assert [row[1:] for row in once.rows(table)] == [row[1:] for row in twice.rows(table)] or table == "claims"
        assert {row[1:] for row in once.rows("claims")} == {row[1:] for row in twice.rows("claims")}


@pytest.mark.parametrize(
    ("spelt", "named"),
    [("convicted", True), ("convicted in absentia", True), ("charged", True), ("acquitted", True), ("listed", True),
     ("wanted", True), ("killed", True), ("arrested", False), ("suspected", False), ("at large", False),
     ("released", False), ("unknown", False), ("dead", False)],  # the door keeps victims and minors out
)  # fmt: skip
@pytest.mark.parametrize("reliability", ["B", "F"])
def test_a_status_is_a_basis_from_a_graded_source(tmp_path: Path, spelt: str, named: bool, reliability: str) -> None:
    with Case.create(tmp_path / "a.case") as made:
        record = Record("s", "1")
        made.load([
            SourceRow("s", title="list"), Assessment("source", "s", reliability, "t"), record,
            Claim(record.id, "x", "kind", "Person"), Claim(record.id, "x", "name", CANARY),
            Claim(record.id, "x", "status", spelt),
        ], source="s")  # fmt: skip
        assert ("x" in bases_of(made.file).named) == (named and reliability == "B")
        made.basis("s", "court records")
        assert ("x" in bases_of(made.file).named) == named
        made.undo()
        made.basis(CANARY, "a decision of the desk")
        assert "x" in bases_of(made.file).named


def test_a_name_that_both_bear_stays_with_who_has_a_basis(tmp_path: Path) -> None:
    with Case.create(tmp_path / "a.case") as made:
        record = Record("s", "1")
        made.load([
            SourceRow("s", title=f"Trial of {OTHER}"), Assessment("source", "s", "A", "t"), record, own := Record("t", "1"),
            SourceRow("t", title="contacts"), Claim(record.id, "x", "kind", "Person"), Claim(record.id, "x", "name", OTHER),
            Claim(record.id, "x", "status", "convicted"), Claim(own.id, "y", "kind", "Person"), Claim(own.id, "y", "name", OTHER),
        ], source="s")  # fmt: skip
        with Case(released(made.file, tmp_path / "b.case")) as out:
            assert [row.subject for row in out.rows("claims") if row.property == "name"] == ["x"]
            assert [row.title for row in out.rows("sources") if row.id == "s"] == [f"Trial of {OTHER}"]


def test_a_telephone_of_somebody_not_named_has_no_number(case: Case, tmp_path: Path) -> None:
    record = Record("t", "1", text="+32 470 00 11 22 was Zyxwal's")
    number, own = "+32470001122", Claim(record.id, "tel-+32470001122", "kind", "Object")
    said = [
        Claim(record.id, own.subject, "object_kind", "telephone"), Claim(record.id, own.subject, "name", number),
        Claim(record.id, own.subject, "identifier", number), Claim(record.id, "zq", "used", own.subject),
        Claim(record.id, "house-1", "kind", "Object"), Claim(record.id, "house-1", "object_kind", "safe house"),
        Claim(record.id, "house-1", "name", "the flat in the mill"), Claim(record.id, "zq", "used", "house-1"),
        Claim(record.id, "mb", "note", f"rang {number}"),
    ]  # fmt: skip
    case.load([SourceRow("t"), record, own, *said], source="t")
    data = bytes_of(case, tmp_path)
    assert b"470001122" not in data.replace(b" ", b"")
    assert b"the flat in the mill" in data
    with Case.open(tmp_path / "released.case") as made:
        phone = handle(case.file, own.subject)
        assert (handle(case.file, "zq"), "used", phone) in {row[1:4] for row in made.rows("claims")}


def test_identifying_things_are_gone_whatever_the_handle_was_made_of(case: Case, tmp_path: Path) -> None:
    data = bytes_of(case, tmp_path)
    assert b"ZZ0000001" not in data
    assert b"1971-05-06" not in data
    assert case.file.key.hex().encode() not in data
