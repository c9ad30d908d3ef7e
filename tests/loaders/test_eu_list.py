"""The Union's list in its three layouts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders import run
from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES, adds_up, claims, dated, kinds, load, said, ties, values

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

PERSON, GROUP = "eu_list:7", "eu_list:8"


def test_lines_that_a_spreadsheet_wrapped(case: Case) -> None:
    loaded = load(case, "eu_list", "short.csv")
    assert adds_up(loaded)
    assert loaded.tally.skips == {
        "nothing in it to load": 1,  # a birth line that says N/A
        "a name in letters that the file's encoding could not hold (????)": 1,
    }
    assert not loaded.tally.unread
    assert kinds(case) == {"Person": 1, "Organisation": 1}
    assert ties(case) == {"citizen_of": 1, "born_in": 1, "located_in": 1, "based_in": 1}
    assert values(case, PERSON, "name") == {"Omar Invented"}
    assert values(case, PERSON, "alias") == {"Abu Omar"}
    assert values(case, PERSON, "birth") == {"1970-03-04"}
    assert values(case, PERSON, "role") == {"Commander, Treasurer"}  # the tab stands for a comma
    assert values(case, PERSON, "address") == {"1 Rue Inventée, Bruxelles, BEL"}
    assert dated(case, PERSON, "status") == {("listed", "2018-01-02/[2018-01-02..]")}
    (paper,) = claims(case, PERSON, "identifier")
    assert (paper.value, said(paper)) == (
        "A1",
        {"scheme": "National passport", "note": "((passport)) TUN".replace(" ", "; ")},
    )
    assert said(claims(case, GROUP, "alias")[0])["note"] == "in language FR"


def test_the_layout_since_2019(case: Case) -> None:
    load(case, "eu_list", "full.csv")
    assert kinds(case) == {"Person": 1}
    assert dated(case, PERSON, "status") == {("listed", "2002-05-29/[2018-01-02..]")}
    assert {claim.value for claim in claims(case, PERSON, "identifier")} == {"QDi.901"}
    assert values(case, PERSON, "citizen_of") == values(case, PERSON, "born_in") == {"TN"}
    assert values(case, PERSON, "birth") == {"1970"}


def test_xml(case: Case) -> None:
    loaded = load(case, "eu_list", "list.xml")
    assert not loaded.tally.unread
    assert kinds(case) == {"Person": 1, "Organisation": 1}
    assert values(case, PERSON, "birth") == {"1970~", "1970-03-04"}
    assert values(case, PERSON, "citizen_of") == {"TN"}  # 00 is no country
    aliases = {claim.value: said(claim).get("quality") for claim in claims(case, PERSON, "alias")}
    assert aliases == {"Abu Omar": "weak", "عمر": "good"}
    assert {said(claim)["scheme"]: claim.value for claim in claims(case, PERSON, "identifier")} == {
        "UN reference": "QDi.901", "National passport": "A1",
    }  # fmt: skip


def test_another_csv_is_refused(case: Case, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a;b;c\n1;2;3\n")
    with pytest.raises(BadInput, match="not the EU list's columns"):
        load(case, "eu_list", other)


@pytest.mark.parametrize("file", ["short.csv", "full.csv", "list.xml"])
def test_mutants(file: str, tmp_path: Path) -> None:
    outcomes = try_mutants("eu_list", {file: (FIXTURES / "eu_list" / file).read_bytes()}, tmp_path, count=20)
    assert outcomes.total() == 20


@pytest.mark.external
def test_the_first_thousand_lines_of_2018(case: Case, external: Path) -> None:
    """The lines parted at semicolons and counted by column: the 2nd is the entry, the 3rd its kind.

    Ties are distinct pairs of an entry and a country: the 60th column is a citizenship's, the 33rd an address's, the
    43rd a birth's. One organisation has a citizenship, which makes no tie. Lines whose name is nothing but question marks, and birth lines with N/A alone, say nothing.
    """
    path = external / "eu_fsf_short" / "EUSanctionsShort.csv"
    loaded = run("eu_list", [path], case.file)
    lines = path.read_text(encoding="latin-1").replace('"', "").split("\n")[1:-1]
    rows = [line.rstrip("\t\r").split(";") for line in lines]
    entries = {(row[1], row[2]) for row in rows}
    counted = Counter(kind for _, kind in entries)
    assert kinds(case) == {"Person": counted["P"], "Organisation": counted["E"]} == {"Person": 61, "Organisation": 32}
    lost = [row for row in rows if row[8] and row[17].count("?") > sum(map(str.isalpha, row[17]))]
    empty = [row for row in rows if row[34] and row[40] in ("", "N/A") and not row[41] and not row[42]]
    assert (len(lost), len(empty)) == (64, 2)
    assert (loaded.tally.read, loaded.tally.loaded, loaded.tally.skipped) == (999, 999 - 66, 66)
    countries = {
        "citizen_of": {(row[1], row[57]) for row in rows if row[57] and row[2] == "P"},
        "born_in": {(row[1], row[42]) for row in rows if row[42]},
        "based_in": {(row[1], row[32]) for row in rows if row[32] and row[2] == "E"},
    }
    assert ties(case) == {tie: len(pairs) for tie, pairs in countries.items()}
    assert ties(case) == {"citizen_of": 58, "born_in": 10, "based_in": 24}
