"""The United Kingdom's list."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders.ofsi.loader import numbered, un_number
from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES, adds_up, claims, dated, kinds, load, run_admitting, said, values

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

PERSON, GROUP = "ofsi:6894", "ofsi:7000"


def test_lines_of_one_group_are_one_entity(case: Case) -> None:
    loaded = load(case, "ofsi", "list.csv")
    assert adds_up(loaded)
    assert loaded.tally.skips == {"the list's own heading": 2}
    assert not loaded.tally.unread
    assert kinds(case) == {"Person": 1, "Organisation": 1}
    assert values(case, PERSON, "name") == {"Omar Bin INVENTED"}  # the family name stands first in the file
    assert values(case, PERSON, "alias") == {"Umar Bin INVENTED"}
    assert values(case, PERSON, "birth") == {"1977", "1958-08-17"}
    assert dated(case, PERSON, "citizen_of") == {("TN", ""), ("SU", "../1991")}
    assert values(case, PERSON, "born_in") == {"TN", "DZ"}
    assert {said(claim)["note"] for claim in claims(case, PERSON, "located_in")} == {"previous"}
    assert dated(case, PERSON, "status") == {("listed", "2003-01-24/[2011-06-23..]")}
    assert {claim.value for claim in claims(case, PERSON, "identifier")} == {
        "A1 (Tunisian). Issued 2001",
        "B2",
        "no 1",
        "QDi.901",
    }
    assert said(claims(case, GROUP, "alias")[0])["alias_type"] == "former name"
    assert {row.published for row in case.rows("sources")} == {"2014-04-02"}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("(1) to (6) Algeria (7) Morocco", ["Algeria", "Morocco"]),
        ("(1) (2) (4) Libya (3) Morocco", ["Libya", "Morocco"]),
        ("1) Uzbek 2) Afghan", ["Uzbek", "Afghan"]),
        ("(1) Algiers (2) -", ["Algiers"]),
        ("USSR (until 1991)", ["USSR (until 1991)"]),
        ("(1) Russian (2) USSR (until 1991)", ["Russian", "USSR (until 1991)"]),
        ("", []),
    ],
)
def test_numbered_cells(cell: str, found: list[str]) -> None:
    assert numbered(cell) == found


@pytest.mark.parametrize(
    ("words", "number"),
    [("UN Ref QI.A.86.03.", "QDi.086"), ("UN Ref QE.J.92.02. Also", "QDe.092"), ("TI.B.24.01", "TAi.024"),
     ("UN Ref QDi.345", "QDi.345"), ("none", "")],
)  # fmt: skip
def test_un_numbers(words: str, number: str) -> None:
    assert un_number(words) == number


def test_another_csv_is_refused(case: Case, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b,c\n1,2,3\n")
    with pytest.raises(BadInput, match="no column 'Group ID'"):
        load(case, "ofsi", other)


def test_mutants(tmp_path: Path) -> None:
    content = (FIXTURES / "ofsi" / "list.csv").read_bytes()
    assert try_mutants("ofsi", {"list.csv": content}, tmp_path, count=60).total() == 60


@pytest.mark.external
def test_the_list_of_2014(case: Case, external: Path) -> None:
    """1,604 lines of 170 groups; a group is a person or an entity by its Group Type.

    Each Prime Alias line gives a name, each other an alias; the United Nations' old reference
    stands in the remarks of as many groups as are found to have one. Whoever has births twenty years apart, and was under
    18 when listed by the later one, is asked about.
    """
    path = external / "uk_ofsi_2014" / "sanctionsconlist.csv"
    loaded = run_admitting(case, "ofsi", path, held=1)
    with path.open(encoding="cp1252", newline="") as stream:
        next(stream)
        rows = list(csv.DictReader(stream))
    groups = Counter(kind for _, kind in {(row["Group ID"], row["Group Type"]) for row in rows})
    assert kinds(case) == {"Person": groups["Individual"], "Organisation": groups["Entity"]}
    assert kinds(case) == {"Person": 127, "Organisation": 43}
    assert (loaded.tally.read, loaded.tally.loaded) == (1604 + 2, 1604)
    prime = sum(row["Alias Type"] == "Prime Alias" for row in rows)
    names, aliases = claims(case, prop="name"), claims(case, prop="alias")
    assert (len(names), len(aliases)) == (prime, len(rows) - prime)
    referred = {row["Group ID"] for row in rows if re.search(r"UN Ref:? ?Q", row["Other Information"])}
    assert referred == {
        claim.subject.partition(":")[2]
        for claim in claims(case, prop="identifier")
        if said(claim)["scheme"] == "UN reference"
    }
    unread = [
        claim
        for claim in claims(case, prop="attribute")
        if said(claim)["name"] in ("citizen of", "born in", "located in")
    ]
    assert unread == []
    bare = {(row["Group ID"], row["Country"]) for row in rows if row["Country"] and row["Group Type"] == "Entity"}
    places = {(claim.subject, claim.value) for claim in claims(case, prop="based_in")}
    assert len(places) == len({(group, country.partition(" (")[0].strip()) for group, country in bare}) == 24
