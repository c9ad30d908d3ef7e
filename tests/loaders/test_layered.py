"""Networks in layers, on an invented one whose claims are counted by hand."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadInput, UnknownWord
from isthmus.loaders import run, sources
from isthmus.loaders.layered.layers import meanings, period, shared
from isthmus.loaders.layered.stated import Known, Own
from tests.loaders.mutate import try_mutants
from tests.loaders.networks import FIXTURES, read

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

FOLDER = FIXTURES / "layered"
HEAD = '"layer","source","target","weight"\n'


def folder(tmp_path: Path, **files: str) -> Path:
    """The invented network with some of its files replaced."""
    made = tmp_path / "network"
    shutil.copytree(FOLDER, made)
    for name, text in files.items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


def test_a_period_dates_a_tie_and_a_relation_names_it() -> None:
    found = read("layered", FOLDER)
    # By hand: Aldo-Bruna in 1995 and 1996-98, Aldo-Cleto in 1996-98 and the second half of 1999, Aldo-Bruna siblings.
    assert found.kinds == {"Person": 4}
    assert found.pairs == {
        ("linked_to", "invented:Aldo", "invented:Bruna"),
        ("linked_to", "invented:Aldo", "invented:Cleto"),
        ("sibling_of", "invented:Aldo", "invented:Bruna"),
    }
    assert found.valid("linked_to") == {"1995", "1996/1998", "1999-07/1999-12"}
    assert "Diva" in found.values("name")  # without the blank after it


def test_every_row_is_accounted_for() -> None:
    # 20 nodes (16 of them again), 10 ties, 5 layers.
    tally = read("layered", FOLDER).tally
    assert (tally.read, tally.quarantined) == (35, 0)
    assert dict(tally.skips) == {
        "node listed again in another layer": 16,
        "the same tie again": 1,
        "kinship unknown": 1,
        "coded as no kinship": 1,
        "code of a period, on a tie that the period layers date": 2,
        "control counts, which agree": 5,
    }


def test_a_code_is_no_strength_and_a_strength_is_kept() -> None:
    claims = read("layered", FOLDER).claims
    weights = {row.property: json.loads(row.qualifiers).get("weight") for row in claims if row.qualifiers}
    assert weights["linked_to"] in {"1", "2", "3"}
    assert weights["sibling_of"] is None


def test_a_directed_layer_keeps_its_direction(tmp_path: Path) -> None:
    layers = (FOLDER / "layers.csv").read_text().replace("FALSE", "TRUE")
    pairs = read("layered", folder(tmp_path, layers=layers)).pairs
    assert ("tied_to", "invented:Bruna", "invented:Aldo") in pairs
    assert ("tied_to", "invented:Aldo", "invented:Bruna") in pairs


def test_a_layer_with_another_count_than_stated_is_told(tmp_path: Path) -> None:
    layers = (FOLDER / "layers.csv").read_text().replace("FALSE,4,3", "FALSE,4,9", 1)
    tally = read("layered", folder(tmp_path, layers=layers), quarantine_share="1").tally
    assert list(tally.reasons) == ["layer 02_INVENTED_1996_1998 should have 9 edges; 3 were read"]


def test_an_end_that_is_no_node_is_set_aside(tmp_path: Path) -> None:
    edges = (FOLDER / "edges.csv").read_text() + '"01_INVENTED_1995","Aldo","Nobody",1\n'
    tally = read("layered", folder(tmp_path, edges=edges), quarantine_share="1").tally
    assert tally.reasons["'Nobody' isn't in nodes.csv"] == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"01_X_1995","A","B",1\n"02_X_RUMOURS","A","B",1\n', "neither a period nor a relation"),
        ('"01_X_1995","A","B",1\n"02_X_KINSHIP","A","B",8\n', "kinship code '8'"),
    ],
)
def test_a_word_that_would_change_the_meaning_stops_the_load(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "edges.csv").write_text(HEAD + text)
    with pytest.raises(UnknownWord, match=says):
        read("layered", tmp_path / "edges.csv")


def test_ties_alone_are_enough(tmp_path: Path) -> None:
    (tmp_path / "edges.csv").write_text(HEAD + '"ONLY","A","B",NA\n"ONLY","B","C",NA\n')
    found = read("layered", tmp_path / "edges.csv")
    assert found.ties == {"linked_to": 2}
    assert found.kinds == {"Person": 3}


def test_two_modes_ask_for_their_kinds(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text('"layer","name","type"\n"L","A",FALSE\n"L","E",TRUE\n')
    (tmp_path / "edges.csv").write_text(HEAD + '"L","E","A",NA\n')
    with pytest.raises(BadInput, match="kinds=FIRST,SECOND"):
        read("layered", tmp_path)
    found = read("layered", tmp_path, kinds="Person,Event", id="mine")
    assert found.pairs == {("took_part_in", "mine:A", "mine:E")}


def test_a_label_in_two_rows_of_one_layer_is_told(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text('"layer","name"\n"L","A"\n"L","A"\n"L","B"\n')
    (tmp_path / "edges.csv").write_text(HEAD + '"L","A","B",NA\n')
    found = read("layered", tmp_path)
    assert found.kinds == {"Person": 2}
    assert len(found.values("note")) == 1
    assert any("two rows" in text for text in found.tally.notices)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("1995", "1995"), ("1985_1989", "1985/1989"), ("2004_1", "2004-01/2004-06"), ("2004_2", "2004-07/2004-12"),
     ("KINSHIP", ""), ("38", ""), ("1995_3", "")],
)  # fmt: skip
def test_periods(text: str, edtf: str) -> None:
    assert period(text) == edtf


def stated() -> Own:
    found = sources()["layered"]
    assert isinstance(found, Own)
    return found


def test_a_year_within_the_networks_own_name_is_no_period() -> None:
    names = ["01_PHILBOMB_2000_1985_1989", "02_PHILBOMB_2000_2004", "03_PHILBOMB_2000_KINSHIP"]
    assert shared(names) == "PHILBOMB_2000_"
    meant = meanings(names, stated(), Known())
    assert [meant[name].valid for name in names] == ["1985/1989", "2004", ""]
    assert meant[names[2]].codes == "kinship"


def test_what_layers_end_with_alike_is_no_period_either() -> None:
    names = ["01_66_1985_SUICIDE", "02_66_1990_SUICIDE"]
    meant = meanings(names, stated(), Known())
    assert [meant[name].valid for name in names] == ["1985", "1990"]


def test_loading_again_changes_nothing_and_a_changed_tie_supersedes(tmp_path: Path, case: Case) -> None:
    assert run("layered", [FOLDER], case.file).report.changed
    assert not run("layered", [FOLDER], case.file).report.changed
    edges = (FOLDER / "edges.csv").read_text().replace('"Bruna","Aldo",1', '"Bruna","Aldo",2')
    assert run("layered", [folder(tmp_path, edges=edges)], case.file, options={"id": "invented"}).report.superseded == 1


def test_a_complete_edition_withdraws_what_it_lacks(tmp_path: Path, case: Case) -> None:
    run("layered", [FOLDER], case.file)
    edges = (FOLDER / "edges.csv").read_text().replace('"03_INVENTED_1999_2","Cleto","Aldo",2\n', "")
    layers = (FOLDER / "layers.csv").read_text().replace("FALSE,4,1", "FALSE,4,0").replace("FALSE,4,0", "FALSE,4,1", 1)
    newer = folder(tmp_path, edges=edges, layers=layers)
    assert run("layered", [newer], case.file, options={"id": "invented"}, complete=True).report.withdrawn == 1


def test_broken_files_end_in_order(tmp_path: Path) -> None:
    files = {name: (FOLDER / name).read_bytes() for name in ("nodes.csv", "edges.csv", "layers.csv")}
    outcomes = try_mutants("layered", files, tmp_path, count=60, orphans=True)
    assert outcomes["loaded, some set aside"] > 10
