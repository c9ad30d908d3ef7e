"""Canada's list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders.canada_list.loader import aliases
from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES, adds_up, claims, dated, kinds, load, run_admitting, ties, values

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case


def test_groups_and_a_person(case: Case) -> None:
    loaded = load(case, "canada_list", "cluster.json")
    assert adds_up(loaded)
    assert not loaded.tally.unread
    assert kinds(case) == {"Organisation": 2, "Person": 1}
    assert values(case, "canada_list:1", "alias") == {
        "The Front",
        "the Brigades of Invention",
        "the Front of the Invented",
    }
    assert values(case, "canada_list:3", "alias") == {"Brigade (IB, or Brigadiers)", "Old Brigade", "Black Brigade"}
    assert values(case, "canada_list:2", "alias") == set()
    assert dated(case, "canada_list:2", "status") == {("listed", "2021-06-25/[2021-06-25..]")}
    assert {row.published for row in case.rows("records")} == {"2024-06-07", "2021-06-25"}
    assert ties(case) == {}


def test_aliases_of_an_empty_summary() -> None:
    assert aliases("") == aliases(" ; ") == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"values": 3}', "[" * 100_000])
def test_no_cluster(text: str, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(BadInput):
        load(case, "canada_list", path)


def test_mutants(tmp_path: Path) -> None:
    content = (FIXTURES / "canada_list" / "cluster.json").read_bytes()
    assert try_mutants("canada_list", {"cluster.json": content}, tmp_path, count=60).total() == 60


@pytest.mark.external
def test_the_list_of_2026(case: Case, external: Path) -> None:
    """90 values, of which two are people by name; no tie is stated but in prose.

    Of one an age below 18 is told, of a time long before he was listed: he is asked about.
    """
    path = external / "canada_listed_terrorist_entities" / "terrorist-groups.json"
    run_admitting(case, "canada_list", path, held=1)
    values_in = json.loads(path.read_text(encoding="utf-8"))["values"]
    people = {"Gulbuddin Hekmatyar", "James Mason"}
    assert kinds(case) == {"Person": 2, "Organisation": len(values_in) - 2} == {"Person": 2, "Organisation": 88}
    named = {
        claim.value
        for claim in claims(case, prop="name")
        if claim.subject in {row.subject for row in claims(case, prop="status")}
    }
    assert named == people
    assert {claim.value for claim in claims(case, prop="name")} == {value["value"] for value in values_in}
    assert ties(case) == {}
