"""Claims written by hand: whom they are about is found and said, and they are checked as a file is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadQuestion, IsthmusError, NoSuchEntity
from isthmus.loaders import run

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD = Path(__file__).parents[2] / "field"
WHY = "t"


def loaded(folder: Path, slug: str) -> Case:
    made = Case.create(folder / "own.case")
    run("tables", [FIELD / slug], made.file)
    return made


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Anton Alfa (a), Boris Bravo (b) and Carlo Charlie (c), all convicted."""
    with loaded(tmp_path, "add_subject/data") as made:
        yield made


def test_a_claim_is_about_someone_in_the_case_and_says_whom(case: Case) -> None:
    done = case.add("Anton Alpha", "note", "hello", why=WHY)
    assert done.says == "Anton Alfa (Person; convicted; id a): note hello"
    done = case.add("a", "met", "Carlo Charlie", valid="2015", why=WHY)
    assert done.says == "Anton Alfa (Person; convicted; id a): met Carlo Charlie (Person; convicted; id c) [2015]"
    assert done.id in {claim.id for claim in case.rows("claims")}
    assert case.add("a", "met", "b", valid=date(2015, 3, 4), why=WHY).says.endswith("[2015-03-04]")


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (("nobody-at-all", "note", "hello"), "nothing in the case is called 'nobody-at-all'"),
        (("zzz", "met", "a"), "nothing in the case is called 'zzz'"),
        (("a", "met", "zzz"), "--new says that a new one is meant"),
        (("P-0123456789", "note", "hello"), "stands for nobody"),
        (("a", "birth", "31/12/1987"), "no EDTF date"),
        (("a", "citizen_of", "XX"), "'XX' names no country"),
        (("a", "citizen_of", "200"), "'200' names no country"),
        (("a", "killed", "3"), "killed is said of Event; 'a' is a Person"),
        (("a", "member_of", "b"), "'b' is a Person"),
        (("a", "met", "a"), "tied to itself"),
        (("a", "status", "guilty"), "guilty"),
        (("a", "coordinates", "91,0"), "outside the earth"),
        (("a", "retracts", "b"), "retract"),
        (("a", "note", " "), "lacks its value"),
        (("a", "mett", "b"), "mett"),
    ],
)
def test_what_a_file_may_not_say_a_hand_may_not(case: Case, said: tuple[str, str, str], refused: str) -> None:
    before = list(case.rows("claims"))
    with pytest.raises(IsthmusError, match=re.escape(refused)):
        case.add(*said, why=WHY)
    assert list(case.rows("claims")) == before


@pytest.mark.parametrize(
    "more", [{"valid": "31/12/1987"}, {"grade": "7"}, {"qualifiers": {"scrpt": "Latn"}}, {"why": " "}]
)
def test_dates_grades_qualifiers_and_reasons_are_checked(case: Case, more: dict[str, Any]) -> None:
    with pytest.raises(IsthmusError):
        case.add("a", "note", "hello", **{"why": WHY, **more})


def test_a_country_is_its_code_however_it_is_written(case: Case) -> None:
    assert case.add("a", "citizen_of", "Morocco", why=WHY).says.endswith("citizen_of Morocco (Country; id MA)")
    assert ("a", "MA") in {(c.subject, c.value) for c in case.rows("claims") if c.property == "citizen_of"}


def test_new_is_said_and_the_new_one_has_a_kind(case: Case) -> None:
    assert case.add("zzz", "met", "a", why=WHY, new=True).says.startswith("zzz (new): met Anton Alfa")
    assert "zzz" in case.graph.ids
    with pytest.raises(BadQuestion, match="say first what it is"):
        case.add("yyy", "note", "hello", why=WHY, new=True)
    case.add("yyy", "kind", "Cell", why=WHY, new=True)
    case.add("yyy", "note", "hello", why=WHY)
    with pytest.raises(BadQuestion, match="say first what it is"):
        case.add("a", "member_of", "xxx", why=WHY, new=True)
    with pytest.raises(NoSuchEntity, match="stands for nobody"):
        case.add("P-0123456789", "kind", "Person", why=WHY, new=True)


def test_a_correction_is_checked_and_says_what_it_replaces(case: Case) -> None:
    old = case.add("a", "birth", "1987", why=WHY)
    with pytest.raises(IsthmusError, match="no EDTF date"):
        case.correct(old.id, "31/12/1987", why=WHY)
    done = case.correct(old.id[:8], "1987-12-31", why=WHY)
    assert done.says.startswith("Anton Alfa (Person; convicted; id a): birth 1987-12-31, in the place of")
    assert "birth 1987 (claim" in done.says
    assert list(case.graph.values("birth")["value"]) == ["1987-12-31"]
    case.undo()
    assert list(case.graph.values("birth")["value"]) == ["1987"]


def test_a_short_or_ambiguous_id_is_refused_with_what_it_could_be(tmp_path: Path) -> None:
    with loaded(tmp_path, "retract_prefix/data/one") as case:
        claims = {claim.id: claim for claim in case.rows("claims")}
        before = case.graph.statements
        for digit in "0123456789abcdef":
            begin = [one for one in sorted(claims) if one.startswith(digit)]
            with pytest.raises(IsthmusError) as refused:
                case.retract(digit, why=WHY)
            assert all(one[:12] in str(refused.value) for one in begin[:5])
        assert case.graph.statements.equals(before)
        met = next(claim for claim in claims.values() if claim.property == "met")
        done = case.retract(met.id[:6], why=WHY)
        assert (
            done.says
            == f"Anton Alfa (Person; convicted; id p1): met Boris Bravo (Person; convicted; id p2) [2014/] (claim {met.id})"
        )
        assert not len(case.graph.ties_of(["met"]))
        with pytest.raises(BadQuestion, match="taken back already"):
            case.retract(met.id, why=WHY)
        case.undo()
        assert len(case.graph.ties_of(["met"])) == 1
        with pytest.raises(BadQuestion, match="isthmus withdraw s1"):
            case.retract("s1", why=WHY)
