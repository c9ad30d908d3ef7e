"""FollowTheMoney lines."""

from __future__ import annotations

import json
from collections import Counter
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders import run
from isthmus.loaders.ftm.model import model, version
from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES, adds_up, claims, dated, kinds, load, said, ties, values

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

FILE = "entities.ftm.json"
OMAR, ZAYD = "ftm:P1", "ftm:P2"


def test_things(case: Case) -> None:
    loaded = load(case, "ftm", FILE)
    assert adds_up(loaded)
    assert kinds(case) == {"Person": 3, "Organisation": 2, "Event": 1, "Object": 1, "Place": 1}
    assert values(case, OMAR, "name") == {"Omar Invented"}
    assert values(case, OMAR, "citizen_of") == {"BE", "GB"}  # a region's code is its country's
    assert values(case, OMAR, "birth") == {"1987-04"}  # the precision given
    assert values(case, OMAR, "status") == {"listed"}
    assert values(case, ZAYD, "status") == {"wanted"}
    assert values(case, ZAYD, "birth") == set()
    assert values(case, ZAYD, "located_in") == {"SY", "ftm:A1"}  # one text alone is a list of one
    assert values(case, "ftm:L1", "kind") == {"Person"}  # a legal entity that nothing shows to be a company
    assert values(case, "ftm:L2", "kind") == {"Organisation"}
    assert loaded.tally.unread == {"shoeSize (not in the model)": 1, "percentage": 1}


def test_a_weak_alias_stays_weak(case: Case) -> None:
    load(case, "ftm", FILE)
    assert {claim.value: said(claim) for claim in claims(case, OMAR, "alias")} == {
        "Омар Придуманный": {"script": "Cyrl"},
        "Umar Invented": {},
        "Abu Omar": {"quality": "weak", "alias_type": "weak alias"},
        "Omar Before": {"alias_type": "former name"},
    }


def test_ties(case: Case) -> None:
    load(case, "ftm", FILE)
    assert values(case, OMAR, "sibling_of") == {ZAYD}
    assert values(case, ZAYD, "parent_of") == {OMAR}  # the relative is the person's father
    assert said(claims(case, OMAR, "relative_of")[0])["role"] == "uncle"
    assert dated(case, OMAR, "member_of") == {("ftm:O1", "2014-05/2015-11-18")}
    assert said(claims(case, OMAR, "member_of")[0])["role"] == "facilitator"
    assert said(claims(case, OMAR, "associate_of")[0])["role"] == "courier"
    assert values(case, ZAYD, "linked_to") == {"ftm:O1"}
    assert values(case, "ftm:L2", "linked_to") == {"ftm:V1"}


def test_what_is_said_of_an_entity_elsewhere(case: Case) -> None:
    loaded = load(case, "ftm", FILE)
    (listed,) = claims(case, OMAR, "designation")
    assert (listed.value, listed.valid) == ("Invented Council", "2014-05-02/")
    assert said(listed) == {"programme": "Al-Qaida", "reference": "QDi.901", "note": "For the test"}
    assert dated(case, ZAYD, "role") == {("Governor of Nowhere", "2014/")}
    assert {claim.value for claim in claims(case, ZAYD, "identifier")} == {"B2"}
    assert loaded.tally.skips == {
        "Position: told with those who hold it": 1, "Occupancy: the file does not say of what office": 1,
        "Article: nothing the vocabulary has a word for": 1,
    }  # fmt: skip


def test_each_data_set_is_a_source(case: Case) -> None:
    load(case, "ftm", FILE)
    sources = {row.id: row.derived_from for row in case.rows("sources")}
    assert sources == {
        "ftm": "", "ftm:inv_list": "", "ftm:inv_list+other_list": "ftm:inv_list;ftm:other_list",
    }  # fmt: skip


def test_seeing_an_entity_again_changes_nothing(case: Case, tmp_path: Path) -> None:
    load(case, "ftm", FILE)
    later = tmp_path / "later.ftm.json"
    text = (FIXTURES / "ftm" / FILE).read_text(encoding="utf-8")
    later.write_text(text.replace("2024-02-01", "2024-03-01"), encoding="utf-8")  # last_seen alone moves on
    report = load(case, "ftm", later).report
    assert (report.added["records"], report.superseded) == (0, 0)
    later.write_text(text.replace('"courier"', '"driver"'), encoding="utf-8")
    assert load(case, "ftm", later).report.superseded == 1


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", '{"id": "a", "schema": "Spaceship"}', '{"id": "a", "schema": "Person", "properties": []}',
     '{"id": "a", "schema": "Person", "properties": {"name": [1]}}', '{"id": "a", "schema": "Family"}',
     '{"id": "a", "schema": "Person", "properties": {"name": ["A"]}, "datasets": 3}'],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_set_aside(line: str, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "x.ftm.json"
    path.write_text(f"{line}\n\n")
    loaded = load(case, "ftm", path, quarantine_share="1")
    assert (loaded.tally.read, loaded.tally.quarantined, loaded.tally.skips["blank line"]) == (2, 1, 1)
    with pytest.raises(BadInput, match="1 of 2 rows cannot be used"):
        load(case, "ftm", path)


@pytest.mark.peers
def test_the_model_is_the_librarys() -> None:
    """Every schema, its properties (but for those that stand at the other end) and its ends, by FollowTheMoney itself."""
    library = pytest.importorskip("followthemoney").model
    if version() != metadata.version("followthemoney"):
        pytest.skip(f"needs followthemoney {version()}")
    told = {
        schema.name: (
            {name for name, found in schema.properties.items() if not found.stub},
            (schema.edge_source or "", schema.edge_target or ""),
        )
        for schema in library.schemata.values()
    }
    assert {name: (set(schema.properties), schema.ends) for name, schema in model().items()} == told


def test_mutants(tmp_path: Path) -> None:
    content = (FIXTURES / "ftm" / FILE).read_bytes()
    assert try_mutants("ftm", {FILE: content}, tmp_path, count=60).total() == 60


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


@pytest.mark.external
def test_saudi_persons_of_public_interest(case: Case, external: Path) -> None:
    """607 people by schema; kin by the word in `relationship`; no occupancy of this file names its office.

    A father, mother, son or daughter is a tie from parent to child, and the file often says it from both sides: so
    many distinct pairs come out.
    """
    path = external / "ftm_samples" / "sa_wiki_peps_entities.ftm.json"
    loaded = run("ftm", [path], case.file)
    entities = lines(path)
    schemata = Counter(entity["schema"] for entity in entities)
    assert kinds(case) == {"Person": schemata["Person"]} == {"Person": 607}
    assert loaded.tally.read == len(entities) == 1565
    assert loaded.tally.skips.total() == schemata["Position"] + schemata["Occupancy"] == 202
    kin: dict[str, set[tuple[str, str]]] = {
        "parent_of": set(),
        "sibling_of": set(),
        "partner_of": set(),
        "relative_of": set(),
    }
    for entity in entities:
        if entity["schema"] == "Family":
            one, other = entity["properties"]["person"][0], entity["properties"]["relative"][0]
            word = entity["properties"].get("relationship", ["?"])[0]
            if word in ("father", "mother"):
                kin["parent_of"].add((other, one))
            elif word in ("son", "daughter"):
                kin["parent_of"].add((one, other))
            else:
                tie = {"sibling": "sibling_of", "wife": "partner_of", "husband": "partner_of"}.get(word, "relative_of")
                kin[tie].add((one, other))
    counted = {tie: len(pairs) for tie, pairs in kin.items()}
    assert counted == {"parent_of": 186, "sibling_of": 510, "partner_of": 31, "relative_of": 1}
    countries = {"citizen_of": 436, "born_in": 228, "located_in": 90}
    assert ties(case) == counted | countries
    born = {
        (entity["id"], code) for entity in entities for code in listed(entity["properties"].get("birthCountry"))
        if len(code) == 2 and code.isalpha() and entity["schema"] == "Person"
    }  # fmt: skip
    assert len(born) == countries["born_in"]


@pytest.mark.external
def test_weak_aliases_of_the_sample(case: Case, external: Path) -> None:
    """7 people have weak aliases with letters in them (8 more have empty ones); each is a claim marked weak."""
    path = external / "ftm_samples" / "sa_wiki_peps_entities.ftm.json"
    run("ftm", [path], case.file)
    weak = {
        (entity["id"], name) for entity in lines(path) for name in listed(entity["properties"].get("weakAlias")) if name
    }
    found = {
        (claim.subject, claim.value) for claim in claims(case, prop="alias") if said(claim).get("quality") == "weak"
    }
    assert found == {(f"ftm:{identity}", name) for identity, name in weak}
    assert len({identity for identity, _ in weak}) == 7


@pytest.mark.external
def test_an_extract_of_opensanctions(case: Case, external: Path) -> None:
    """Seven lines: four people, two organisations, an address; countries as codes in `nationality` and `country`."""
    path = external / "ftm_samples" / "yente_t1_entities.ftm.json"
    run("ftm", [path], case.file)
    assert kinds(case) == {"Person": 4, "Organisation": 2, "Place": 1}
    found = ties(case)
    nationalities = sum(len(entity["properties"].get("nationality", [])) for entity in lines(path))
    assert found["citizen_of"] == nationalities == 3
    assert found == {"citizen_of": 3, "based_in": 4, "located_in": 2}
