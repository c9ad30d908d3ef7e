"""STIX 2.1 bundles."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.errors import BadInput, MissingExtra
from isthmus.loaders import run
from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES, adds_up, claims, dated, grades, kinds, load, said, ties, values

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

FILE = "bundle.json"


def name(type_: str, number: int) -> str:
    """Our id of an object of the invented bundle."""
    return f"stix:{type_}--{number:08d}-0000-4000-8000-0000000000{number:02d}"


OMAR, ZAYD, FRONT, CELL = name("identity", 2), name("identity", 3), name("threat-actor", 4), name("grouping", 6)


def bundle(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000099", "objects": list(objects)}


def test_objects(case: Case) -> None:
    loaded = load(case, "stix", FILE)
    assert adds_up(loaded)
    assert kinds(case) == {"Person": 2, "Organisation": 3, "Cell": 1, "Event": 1, "Place": 1}
    assert values(case, ZAYD, "name") == {"Zayd Invented"}  # the newer of two versions
    assert values(case, FRONT, "alias") == {"The Front"}
    assert values(case, FRONT, "active") == {"2013-01-01/2015-01-01"}
    assert values(case, name("campaign", 7), "date") == {"2014-01-01/2014-03-01"}
    assert values(case, name("location", 9), "coordinates") == {"35.95,39.01"}
    assert loaded.tally.skips == {
        "malware: nothing the vocabulary has a word for": 1,
        "an older version of the object": 1,
        "revoked by its creator": 1,
        "relationship of what the vocabulary has no word for": 1,
    }


def test_relationships_and_their_times(case: Case) -> None:
    load(case, "stix", FILE)
    assert dated(case, OMAR, "member_of") == {(FRONT, "2014-05-01/2015-11-18"), (CELL, "")}
    assert values(case, OMAR, "sibling_of") == {ZAYD}
    assert values(case, ZAYD, "parent_of") == {OMAR}  # Omar is the child
    assert values(case, FRONT, "carried_out") == {name("campaign", 7)}
    assert values(case, OMAR, "located_in") == {"BE"}  # a location that is a country is the country
    assert values(case, ZAYD, "located_in") == {name("location", 9)}
    (free,) = claims(case, ZAYD, "linked_to")
    assert (free.value, free.valid, said(free)["role"]) == (OMAR, "2014-05-01/", "bought-from")


def test_confidence_is_credibility(case: Case) -> None:
    load(case, "stix", FILE)
    graded = grades(case)
    assert {graded[claim.id] for claim in claims(case, OMAR) if claim.id in graded and claim.property == "name"} == {
        "1"
    }
    assert [graded[claim.id] for claim in claims(case, OMAR, "member_of") if claim.value == FRONT] == ["3"]
    assert not [claim for claim in claims(case, ZAYD, "name") if claim.id in graded]


def test_the_strictest_marking_counts(case: Case) -> None:
    load(case, "stix", FILE)
    keys = {record.id: record.native_key for record in case.rows("records")}
    assert {keys[row.record]: row.tlp for row in case.rows("markings")} == {
        OMAR.removeprefix("stix:"): "RED", ZAYD.removeprefix("stix:"): "AMBER",
    }  # fmt: skip


def test_a_marking_that_nothing_defines_sets_the_object_aside(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    content = (FIXTURES / "stix" / FILE).read_text()
    path.write_text(content.replace("marking-definition--e828b379", "marking-definition--e828b370"))
    loaded = load(case, "stix", path, quarantine_share="1")
    assert loaded.tally.quarantined == 1
    assert not claims(case, OMAR, "kind")


def test_a_creator_is_a_source(case: Case) -> None:
    load(case, "stix", FILE)
    assert {row.id: row.title for row in case.rows("sources")}[name("identity", 1)] == "Invented Service"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "bundle"}', "[" * 100_000])
def test_no_bundle(text: str, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(BadInput):
        load(case, "stix", path)


@pytest.mark.parametrize(
    "thing",
    [{}, {"type": "identity"}, {"type": "identity", "id": "identity--1", "name": "A"},
     {"type": "relationship", "spec_version": "2.1", "id": "relationship--00000000-0000-4000-8000-000000000001",
      "created": "2016-01-01T00:00:00Z", "modified": "2016-01-01T00:00:00Z", "relationship_type": "UPPER CASE",
      "source_ref": "a", "target_ref": "b"}],
)  # fmt: skip
def test_an_object_not_of_the_standard_is_set_aside(thing: dict[str, Any], case: Case, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(bundle(thing)))
    assert load(case, "stix", path, quarantine_share="1").tally.quarantined == 1


def test_a_missing_package_names_the_extra(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stix2", None)
    with pytest.raises(MissingExtra, match=r"isthmus\[stix\]"):
        load(case, "stix", FILE)


def test_mutants(tmp_path: Path) -> None:
    content = (FIXTURES / "stix" / FILE).read_bytes()
    assert try_mutants("stix", {FILE: content}, tmp_path, count=60).total() == 60


@pytest.mark.external
def test_the_standards_examples(case: Case, external: Path) -> None:
    """36 objects of three bundles, counted by type; ties are distinct pairs.

    An identity of unknown class may be a person and is treated as one. Of 22 relationships 14 join actors, campaigns
    and identities; the others join attack patterns and malware. An attack is what a campaign is attributed for.
    """
    folder = external / "stix21_oasis"
    loaded = run("stix", [folder], case.file)
    things = [thing for path in sorted(folder.glob("*.json")) for thing in json.loads(path.read_text())["objects"]]
    types = Counter(thing["type"] for thing in things)
    assert loaded.tally.read == len(things) == 36
    people = {
        thing["id"]
        for thing in things
        if thing["type"] == "identity" and thing.get("identity_class", "unknown") == "unknown"
    }
    assert kinds(case) == {
        "Person": len(people), "Organisation": types["identity"] + types["threat-actor"] - len(people),
        "Network": types["intrusion-set"], "Event": types["campaign"],
    } == {"Person": 1, "Organisation": 6, "Network": 1, "Event": 2}  # fmt: skip
    who = {
        thing["id"] for thing in things if thing["type"] in {"identity", "threat-actor", "intrusion-set", "campaign"}
    }
    pairs: dict[str, set[tuple[str, str]]] = {"carried_out": set(), "targets": set(), "linked_to": set()}
    joined = 0
    for thing in things:
        one, other, word = thing.get("source_ref", ""), thing.get("target_ref", ""), thing.get("relationship_type", "")
        if not {one, other} <= who:
            continue
        joined += 1
        attack = one.startswith("campaign")
        if attack and word == "attributed-to":
            pairs["carried_out"].add((other, one))
        else:
            pairs["targets" if attack and word == "targets" and other not in people else "linked_to"].add((one, other))
    assert joined == 14
    assert types["relationship"] == 22
    assert (
        ties(case)
        == {tie: len(found) for tie, found in pairs.items()}
        == {"carried_out": 4, "targets": 2, "linked_to": 6}
    )
