"""Nobody who was acquitted is accused, and nothing leads to who is left out: not by name, not by kin, not by a role."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from isthmus.data import folder
from tests.data.left_out import ACCUSING, KIN_WORD, LEADER, MEMBERSHIP, kin_of_no_one, mentioned, texts

if TYPE_CHECKING:
    from isthmus.case import Case
    from tests.data.left_out import Row, Sheets

    Triple = tuple[str, str, str]

PART = {"membership": MEMBERSHIP, "the terrorist count": ACCUSING}


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    with folder() as path:
        return {
            sheet.stem: list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines()))
            for sheet in path.glob("*.csv")
        }


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    with folder() as path:
        found: dict[str, Any] = yaml.safe_load((path / "left_out.yml").read_text(encoding="utf-8"))
        return found


@pytest.fixture(scope="module")
def said(shipped: Case) -> set[Triple]:
    return {(row.subject, row.property, row.value) for row in shipped.rows("claims") if row.polarity == "affirmed"}


def scope_of(events: set[str], said: set[Triple]) -> set[str]:
    """What an acquittal of some events covers: these, their sites and wholes, and who carried them out."""
    for _ in range(3):
        events |= {s for s, tie, v in said if tie == "part_of" and v in events}
        events |= {v for s, tie, v in said if tie == "part_of" and s in events}
        events |= {s for s, tie, v in said if tie in ("carried_out", "planned", "claimed") and v in events}
    return events


def accusations(said: set[Triple]) -> list[Triple]:
    """Statements that say of the acquitted, at either end, what they were acquitted of.

    Who was never convicted is no member of anything; who was, in another case, may be.
    """
    of: dict[str, set[str]] = {s: set() for s, name, v in said if (name, v) == ("status", "acquitted")}
    for subject, name, value in said:
        if name == "acquitted_of":
            of.setdefault(subject, set()).add(value)
    convicted = {s for s, name, v in said if name == "status" and v.startswith("convicted")}
    people = {s for s, name, v in said if (name, v) == ("kind", "Person")}
    found = set()
    for who, events in of.items():
        covered = scope_of(set(events), said) | people
        for row in said:
            other = {row[0], row[2]} - {who}
            if who in (row[0], row[2]) and row[1] in ACCUSING:
                member = row[1] in MEMBERSHIP and who not in convicted
                found |= {row} if member or not events or other <= covered else set()
    return sorted(found)


def test_no_one_acquitted_is_accused_of_it(said: set[Triple]) -> None:
    assert {s for s, name, v in said if name == "acquitted_of"} == {"smail-farisi", "ibrahim-farisi"}
    assert accusations(said) == []


@pytest.mark.parametrize(
    "row",
    [
        ("smail-farisi", "took_part_in", "brussels-attacks-2016"),
        ("smail-farisi", "planned", "brussels-airport-2016"),
        ("ibrahim-farisi", "member_of", "paris-brussels-cell"),
        ("khalid-el-bakraoui", "recruited", "ibrahim-farisi"),
    ],
)
def test_an_accusation_would_be_found(said: set[Triple], row: Triple) -> None:
    assert accusations({*said, row}) == [row]


def test_an_acquittal_of_a_part_is_held_too(sheets: Sheets, said: set[Triple]) -> None:
    part = {row["person"]: found[1] for row in sheets["statuses"]
            if (found := re.search(r"acquitted of ([\w ]+)", row["detail"]))}  # fmt: skip
    assert part
    for person, what in part.items():
        ties = next(ties for words, ties in PART.items() if what.startswith(words))
        assert not [row for row in said if row[0] == person and row[1] in ties]


def test_no_word_of_kin_means_someone_who_is_not_there(sheets: Sheets) -> None:
    assert kin_of_no_one(sheets) == []


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("links", {"from": "P-yb21ghz5dy", "tie": "linked_to", "to": "x", "note": "brother of the leader"}),
        ("cells", {"id": "x", "description": "12 arrested, two are cousins of Atar"}),
        ("sharing_failures", {"id": "x", "fact": "What he and his brother did", "subjects": "ayoub-el-khazzani"}),
        ("events", {"id": "x", "attribution": "suspects related to a leader"}),
        ("people", {"id": "x", "role": "widow of an attacker"}),
        # Of Abaaoud a cousin is in the sheets, and no brother.
        ("sharing_failures", {"id": "x", "fact": "flew with his brother", "subjects": "abdelhamid-abaaoud"}),
    ],
)
def test_a_row_that_leads_to_kin_would_be_found(sheets: Sheets, sheet: str, row: Row) -> None:
    with_it = {**sheets, sheet: [*sheets[sheet], row]}
    assert [found[0] for found in kin_of_no_one(with_it)] == [sheet]


def test_rows_that_must_not_be_are_not(sheets: Sheets, said: set[Triple], listed: dict[str, Any]) -> None:
    assert not {tuple(row) for row in listed["never"]} & said
    ids = {row["id"] for sheet in ("cells", "events") for row in sheets[sheet]}
    left_out = set(listed["all_left_out"])
    assert left_out <= ids
    assert not [(s, tie, v) for s, tie, v in said if tie in ACCUSING and v in left_out]
    for sheet, row, text in texts(sheets):
        if mentioned(row) & left_out:
            assert not KIN_WORD.search(text), (sheet, text)
            # That a leader was alleged may be told with his acquittal, in one text.
            assert not LEADER.search(text) or "acquitted" in text, (sheet, text)


def test_they_name_people_and_groups_of_the_sheets(sheets: Sheets, listed: dict[str, Any]) -> None:
    ids = {row["id"] for sheet in ("people", "cells", "events") for row in sheets[sheet]}
    assert {end for start, _, target in listed["never"] for end in (start, target)} <= ids
