"""OFAC's lists: the set of CSV files, and XML."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders import run
from isthmus.loaders.ofac.remarks import links, parts
from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES, adds_up, claims, kinds, load, said, ties, values

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

CSV = ("sdn.csv", "alt.csv", "add.csv")
PERSON, GROUP, SHIP = "ofac:901", "ofac:902", "ofac:903"


def test_the_set_of_three(case: Case) -> None:
    loaded = load(case, "ofac", *CSV)
    assert adds_up(loaded)
    assert loaded.tally.skips == {"the sign that ends the file": 3, "nothing in it to load": 1}
    assert kinds(case) == {"Person": 1, "Organisation": 3, "Object": 1}
    assert values(case, PERSON, "name") == {"Omar INVENTED"}
    assert values(case, PERSON, "citizen_of") == {"TN", "KP"}
    assert values(case, PERSON, "birth") == {"1948-12-10", "1950~"}
    assert values(case, PERSON, "born_in") == {"TN"}
    assert values(case, PERSON, "located_in") == {"TN"}
    assert values(case, GROUP, "based_in") == {"SY"}
    assert {said(claim)["programme"] for claim in claims(case, PERSON, "designation")} == {"SDGT", "IFSR"}
    assert values(case, SHIP, "object_kind") == {"vehicle"}
    assert not [claim for claim in claims(case) if "-0-" in claim.value]


def test_aliases_in_remarks_are_weak(case: Case) -> None:
    load(case, "ofac", *CSV)
    found = {claim.value: said(claim).get("quality") for claim in claims(case, PERSON, "alias")}
    assert found == {"ABU OMAR": "weak", "Umar INVENTED": "good"}
    assert said(claims(case, GROUP, "alias")[0])["alias_type"] == "former name"


def test_links_are_found_by_name_and_never_guessed(case: Case) -> None:
    load(case, "ofac", *CSV)
    assert values(case, PERSON, "linked_to") == {GROUP}
    assert values(case, GROUP, "linked_to") == {PERSON}  # with a full stop after the name
    words = {
        claim.value: said(claim)["note"]
        for claim in claims(case, prop="attribute")
        if said(claim)["name"] == "linked to"
    }
    assert words == {"NOBODY S.A": "no entry bears this name", "TWIN CO.": "2 entries bear this name"}


def test_xml(case: Case) -> None:
    loaded = load(case, "ofac", "list.xml")
    assert not loaded.tally.unread
    assert kinds(case) == {"Person": 1, "Organisation": 1, "Object": 1}
    assert values(case, "ofac:912", "linked_to") == {"ofac:911"}
    assert values(case, "ofac:911", "born_in") == {"PS"}
    assert {claim.value: said(claim)["quality"] for claim in claims(case, "ofac:911", "alias")} == {
        "Zaid EXAMPEL": "good", "OLD": "weak",
    }  # fmt: skip


def test_the_names_must_be_there(case: Case) -> None:
    with pytest.raises(BadInput, match=r"load sdn\.csv"):
        load(case, "ofac", "alt.csv")


@pytest.mark.parametrize(
    ("remarks", "found"),
    [
        ("DOB 1964; a.k.a. 'A; B'; nationality Iran.", ["DOB 1964", "a.k.a. 'A; B'", "nationality Iran"]),
        ("POB 'Aniza; DOB 1964.", ["POB 'Aniza", "DOB 1964"]),
        ("", []),
        (";;.", []),
    ],
)
def test_parts(remarks: str, found: list[str]) -> None:
    assert parts(remarks) == found


def test_links() -> None:
    assert list(links("X; Linked To: A CO., LTD.; (Linked To: B (C)).")) == ["A CO., LTD.", "B (C)"]


@pytest.mark.parametrize("files", [CSV, ("list.xml",)])
def test_mutants(files: tuple[str, ...], tmp_path: Path) -> None:
    contents = {file: (FIXTURES / "ofac" / file).read_bytes() for file in files}
    assert try_mutants("ofac", contents, tmp_path, count=30).total() == 30


@pytest.mark.external
def test_the_list_of_2021(case: Case, external: Path) -> None:
    """Rows by the third column of sdn.csv; ties are distinct pairs.

    A `Linked To` is a tie where exactly one entry of sdn.csv bears the name, with or without its last full stop; an
    address a tie where its fifth column names a country. 14 links name no one, or one of several, and stay words.
    """
    folder = external / "ofac_sdn_2021"
    loaded = run("ofac", [folder], case.file)
    main, alt, add = (list(csv.reader(io.StringIO((folder / name).read_text("ascii")))) for name in CSV)
    counted = Counter(row[2].strip() for row in main[:-1])
    assert kinds(case) == {
        "Person": counted["individual"], "Organisation": counted["-0-"],
        "Object": counted["vessel"] + counted["aircraft"],
    } == {"Person": 4566, "Organisation": 3644, "Object": 680}  # fmt: skip
    assert loaded.tally.read == len(main) + len(alt) + len(add) == 34396
    assert (loaded.tally.quarantined, loaded.tally.skips["the sign that ends the file"]) == (0, 3)
    empty = [row for row in add[:-1] if all(cell.strip() == "-0-" for cell in row[2:5])]
    nowhere = [row for row in add[:-1] if row[4].strip() in ("undetermined", "Region: Kafia Kingi")
               and all(cell.strip() == "-0-" for cell in row[2:4])]  # fmt: skip
    assert loaded.tally.skips["nothing in it to load"] == len(empty) + len(nowhere)
    assert len(claims(case, prop="linked_to")) == 3359
    pairs, words = set(), 0
    bearers = Counter(row[1].lower().rstrip(". ") for row in main[:-1])
    for row in main[:-1]:
        for name in re.findall(r"Linked To: ([^;]*)", row[11]):
            key = name.lower().rstrip(". ")
            pairs |= {(row[0], key)} if bearers[key] == 1 and row[1].lower().rstrip(". ") != key else set()
            words += bearers[key] != 1
    assert ties(case)["linked_to"] == len(pairs)
    kept = [claim for claim in claims(case, prop="attribute") if said(claim)["name"] == "linked to"]
    assert len(kept) == words == 14


@pytest.mark.external
def test_the_other_lists_of_2025(case: Case, external: Path) -> None:
    """Counted by tags in the text: 80 individuals, 363 entities, one alias an `aka`, 282 links of 286 unambiguous."""
    path = external / "ofac_nonsdn_2025_xml" / "consolidated.xml"
    run("ofac", [path], case.file)
    text = path.read_text(encoding="utf-8")
    assert kinds(case) == {
        "Person": text.count("<sdnType>Individual<"), "Organisation": text.count("<sdnType>Entity<"),
    } == {"Person": 80, "Organisation": 363}  # fmt: skip
    assert len(claims(case, prop="alias")) == text.count("<aka>") == 1136
    links_stated = text.count("Linked To: ")
    words = [claim for claim in claims(case, prop="attribute") if said(claim)["name"] == "linked to"]
    assert len(claims(case, prop="linked_to")) + len(words) == links_stated
    located = {tie: count for tie, count in ties(case).items() if tie != "linked_to"}
    assert located == {"based_in": 378, "located_in": 30, "born_in": 11, "citizen_of": text.count("<nationality>") + 1}
