"""Lists of ties and nodes: columns recognised, mapped, or asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders import run
from isthmus.loaders.edges.mapping import parse, saved
from isthmus.loaders.networks import Repeats
from tests.loaders.mutate import try_mutants
from tests.loaders.networks import FIXTURES, read

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

FOLDER = FIXTURES / "edges"
MAPPING = str(FOLDER / "mapping.yml")


def test_columns_are_recognised_and_told() -> None:
    found = read("edges", FOLDER / "ties.csv", quarantine_share="1")
    # Rows by hand: siblings; a dated link; another between the two others; Diva alone; Aldo met before; a loop; a
    # repetition; a date that is none.
    assert found.kinds == {"Person": 4}
    assert found.pairs == {
        ("sibling_of", "ties:Aldo", "ties:Bruna"), ("linked_to", "ties:Aldo", "ties:Bruna"),
        ("linked_to", "ties:Aldo", "ties:Cleto"),
    }  # fmt: skip
    assert found.valid("linked_to") == {"1999-03/2001", "2000-05-13/.."}
    assert found.tally.quarantined == 1
    assert dict(found.tally.skips) == {
        "a node without a tie, met before": 1, "a node tied to itself": 1, "the same tie again": 1,
    }  # fmt: skip
    assert any("source 'Source', target 'Target'" in text for text in found.tally.notices)


def test_a_row_with_one_end_only_is_an_isolated_node() -> None:
    found = read("edges", FOLDER / "ties.csv", quarantine_share="1")
    assert "ties:Diva" in {row.subject for row in found.claims if row.property == "kind"}
    assert not any("ties:Diva" in pair for pair in found.pairs)


def test_a_row_set_aside_leaves_no_half_entity() -> None:
    found = read("edges", FOLDER / "ties.csv", quarantine_share="1")
    assert "Elio" not in found.values("name")


def test_a_relation_that_is_no_kind_of_tie_stays_as_role() -> None:
    claims = read("edges", FOLDER / "ties.csv", quarantine_share="1").claims
    roles = {json.loads(row.qualifiers).get("role") for row in claims if row.property == "linked_to"}
    assert "business" in roles


def test_a_list_of_nodes() -> None:
    found = read("edges", FOLDER / "people.csv")
    assert found.kinds == {"Person": 2, "Organisation": 1}
    assert found.values("attribute") == ["Harbour", "Harbour"]


def test_gephis_column_type_is_a_direction() -> None:
    assert read("edges", FOLDER / "gephi.csv").pairs == {
        ("tied_to", "gephi:Aldo", "gephi:Bruna"), ("linked_to", "gephi:Bruna", "gephi:Cleto"),
    }  # fmt: skip


@pytest.mark.parametrize(("name", "ties"), [("bare.csv", 2), ("bare.txt", 3)])
def test_two_columns_without_a_header_are_ties(name: str, ties: int) -> None:
    assert read("edges", FOLDER / name).ties == {"linked_to": ties}


def test_json_lines() -> None:
    found = read("edges", FOLDER / "lines.ndjson", quarantine_share="1")
    assert found.kinds == {"Person": 2}
    assert found.ties == {"linked_to": 1}
    assert sorted(found.values("attribute")) == ["Harbour", "group"]  # `group` is no kind of ours: it stays a word
    assert found.tally.quarantined == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("from,to,source\nA,B,C\n", "could both be the source"),
        ("source,weight\nA,1\n", "one end of a tie is recognised"),
        ("A,B,5,1\nB,C,1,2\n", "no column is recognised"),
        ("Anna,red\nBert,red\nCarl,blue\nDora,red\nElio,blue\nFred,red\n", "ties, or an attribute"),
        ("a b\nc d\n", "linked"),
    ],
)
def test_what_is_in_doubt_is_asked_for(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    if says == "linked":
        assert read("edges", path).ties == {"linked_to": 2}
        return
    with pytest.raises(BadInput, match=says) as refused:
        read("edges", path)
    assert "--mapping" in str(refused.value)


def test_a_saved_mapping_names_the_columns() -> None:
    found = read("edges", FOLDER, mapping=MAPPING)
    # 2 guests, 2 towns, 3 stays; Excel's day 36679 is 2 June 2000 (day 0 is 30 December 1899).
    assert found.kinds == {"Person": 2, "Place": 2}
    assert ("located_in", "invented_stays:Harbour", "IT") in found.pairs
    assert [row.value for row in found.claims if row.property == "citizen_of"] == ["IT", "AT"]
    assert {row.valid for row in found.claims if row.property == "stayed_at"} == {
        "2000-06-02/2000-06-04", "2000-06-03/", "2000-06-04",
    }  # fmt: skip
    assert found.values("coordinates") == ["45.4,12.3", "48.2,16.4"]
    assert found.values("status") == ["convicted", "convicted"]
    assert {record.native_key for record in found.records} >= {"1", "2", "3"}  # the stays' own keys


def test_what_the_mapping_leaves_out_is_told() -> None:
    notices = read("edges", FOLDER, mapping=MAPPING).tally.notices
    assert "ties.csv is not in the mapping and was not read" in notices


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        ({"rows": "edges", "source": "a"}, "which column is `target`"),
        ({"rows": "nodes", "nod": "a"}, "did you mean 'node'"),
        ({"rows": "nodes", "node": False}, "put the word in quotes"),
        (
            {"rows": "edges", "source": "a", "target": "b", "tie": "sibling"},
            "'sibling' isn't in graph.schema; choose from citizen_of",
        ),
        ({"rows": "nodes", "node": "a", "kind": "person"}, "choose from Person, Cell"),
        ({"rows": "nodes", "node": ["a"]}, "mapping test: node: Expected text, got a list"),
        (
            {"rows": "nodes", "node": "a", "ties": {"citizen_of": {"colum": "b"}}},
            r"test: ties.citizen_of.colum: .* mean 'column'",
        ),
        (
            {"rows": "nodes", "node": "a", "ties": {"citizen_of": {"column": "b", "kind": "Land"}}},
            "'Land' isn't in graph.schema; choose from Person",
        ),
        ({"rows": "trees", "source": "a", "target": "b"}, "edges or nodes"),
        (["rows"], "Expected a mapping, got a list"),
    ],
)
def test_a_mapping_with_a_fault_is_refused(stated: object, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        parse("test", stated)


def test_a_mapping_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(BadInput, match="krebs_911"):
        saved("nowhere")
    assert saved("travel_patterns_911").id == "travel_patterns_911"


def test_a_slip_anywhere_in_a_mapping_is_refused_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "m.yml"
    for text, says in (
        (
            "titel: T\nfiles: {a.csv: {rows: nodes, node: a}}",
            r"m\.yml: titel: the key is not known; did you mean 'title'",
        ),
        (
            "files: {a.csv: {rows: nodes, node: a}, b.csv: {rows: nodes, nod: a}}",
            r"m\.yml: files\.b\.csv\.nod: the key",
        ),
        ("files: {a.csv: {rows: nodes}}", r"m\.yml: files\.a\.csv: it must say which column is `node`"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match=says):
            saved(str(path))
    path.write_text("files: {a.csv: {rows: nodes, node: 2015, attributes: x}}", encoding="utf-8")
    columns = saved(str(path)).files["a.csv"]
    assert (columns.node, columns.attributes) == ("2015", ("x",))


def test_what_was_recognised_can_be_saved_and_used_again(tmp_path: Path) -> None:
    mapping = tmp_path / "mine.yml"
    first = read("edges", FOLDER / "gephi.csv", save=str(mapping))
    assert saved(str(mapping)).files["gephi.csv"].tie_column == "Type"
    again = read("edges", FOLDER / "gephi.csv", mapping=str(mapping))
    assert again.claims == first.claims
    with pytest.raises(BadInput, match="there already"):
        read("edges", FOLDER / "gephi.csv", save=str(mapping))


def test_the_mapping_in_the_docs_is_one(tmp_path: Path) -> None:
    text = (FIXTURES.parent.parent / "docs" / "networks.md").read_text(encoding="utf-8")
    path = tmp_path / "mapping.yml"
    path.write_text(text.partition("```yaml\n")[2].partition("```")[0])
    assert set(saved(str(path)).files) == {"people.csv", "stays.csv"}


def test_loading_again_changes_nothing(case: Case) -> None:
    options = {"mapping": MAPPING}
    assert run("edges", [FOLDER], case.file, options=options).report.changed
    assert not run("edges", [FOLDER], case.file, options=options).report.changed


def test_repeats_are_counted_beyond_the_room_in_memory() -> None:
    repeats = Repeats(room=10)
    keys = [f"key {number}" for number in range(95)]
    assert [repeats.before(key) for key in keys] == [0] * 95
    assert [repeats.before(key) for key in keys] == [1] * 95
    assert repeats.before("key 3") == 2


@pytest.mark.parametrize("name", ["ties.csv", "people.csv", "bare.txt", "lines.ndjson", "gephi.csv"])
def test_broken_files_end_in_order(tmp_path: Path, name: str) -> None:
    outcomes = try_mutants("edges", {name: (FOLDER / name).read_bytes()}, tmp_path, count=60, orphans=True)
    assert sum(outcomes.values()) >= 60
