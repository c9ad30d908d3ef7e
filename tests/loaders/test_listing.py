"""What the loaders of lists share."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import to_builtins

from isthmus.graph.record.rows import Claim
from isthmus.graph.schema import schema
from isthmus.graph.typed import fitted
from isthmus.loaders.listing import WEAK, Entry, joined, script_of
from isthmus.loaders.source import Source
from isthmus.loaders.stated import UNTOLD, Listing
from tests.loaders.reading import said


def entry(kind: str = "Person", **meta: Any) -> Entry:
    source = Source("x", [], fitted({**to_builtins(UNTOLD), **meta}, Listing, "x"))
    return Entry(source, source.record("1"), "x:1", kind, {})


def made(one: Entry, prop: str) -> list[Claim]:
    return [row for row in one.rows if isinstance(row, Claim) and row.property == prop]


@pytest.mark.parametrize(
    ("text", "script"),
    [("Omar", "Latn"), ("Café", "Latn"), ("أبو", "Arab"), ("Омар", "Cyrl"), ("리원호", "Hang"), ("中国", "Hani"), ("12", "Latn"),
     ("Omar عمر", "Arab"), ("–", "")],
)  # fmt: skip
def test_scripts(text: str, script: str) -> None:
    assert script_of(text) == script


def test_joined() -> None:
    assert joined([" a ", "", "b\n c"], ", ") == "a, b c"


def test_what_a_country_may_be_corrected_to() -> None:
    one = entry(countries={"A": "", "B": ["FR", {"code": "SU", "valid": "../1991", "note": "until 1991"}]})
    for text in ("", "A", "B", "Atlantis", "20"):
        one.country("citizen_of", text)
    assert [(claim.value, claim.valid) for claim in made(one, "citizen_of")] == [("FR", ""), ("SU", "../1991")]
    assert [claim.value for claim in made(one, "attribute")] == ["Atlantis", "20"]  # 20 is no state's number here


def test_a_kunya_is_found_by_its_form_and_only_of_people() -> None:
    one, group = entry(), entry("Organisation")
    for name in ("Abu Omar", "Abu Omar al-Belgiki", "Abu Bakar son of Somebody Else", "Umm Hani"):
        one.alias(name)
    group.alias("Abu Sayyaf")
    assert [said(claim).get("alias_type") for claim in made(one, "alias")] == ["kunya", "kunya", None, "kunya"]
    assert said(made(group, "alias")[0]) == {}


def test_the_same_said_twice_is_one_claim() -> None:
    one = entry()
    one.claim("name", "A")
    one.claim("name", "A")
    assert len(made(one, "name")) == 1


def test_a_listing_gives_a_person_a_status_and_an_organisation_none() -> None:
    one, group = entry(), entry("Organisation")
    for each in (one, group):
        each.listing("Council", since="02/05/2014", programme="P", reference="1")
    assert [(claim.value, claim.valid) for claim in made(one, "status")] == [("listed", "2014-05-02/[2014-05-02..]")]
    assert made(group, "status") == []


def test_a_name_the_publisher_calls_weak_is_of_a_weak_type() -> None:
    one = entry()
    one.alias("Omar", WEAK)
    one.alias("Abu Omar", WEAK)
    types = [said(claim)["alias_type"] for claim in made(one, "alias")]
    assert types == ["weak alias", "kunya"]
    assert all(schema().alias_types[name].weak for name in types)
