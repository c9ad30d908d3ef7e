"""Matrices, Pajek, GML, GraphML and GEXF, on invented networks; NetworkX reads the same files the same way."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph.errors import BadInput
from isthmus.loaders.matrix.items import span
from tests.drawing import drawn
from tests.loaders.mutate import try_mutants
from tests.loaders.networks import FIXTURES, Read, read

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = FIXTURES / "matrix"


def weights(found: Read) -> dict[str, str]:
    return {
        f"{row.subject.split(':')[1]} {row.value.split(':')[1]}": str(
            json.loads(row.qualifiers or "{}").get("weight", "")
        )
        for row in found.claims
        if row.property in {"linked_to", "tied_to"}
    }


def test_a_symmetric_matrix_has_no_direction() -> None:
    found = read("matrix", FOLDER / "symmetric.csv")
    # Aldo-Bruna 1, Bruna-Cleto (the first of two) 2; the second Cleto's own cell is no tie; Diva is alone.
    assert found.kinds == {"Person": 5}
    assert found.pairs == {
        ("linked_to", "symmetric:Aldo", "symmetric:Bruna*"),
        ("linked_to", "symmetric:Bruna*", "symmetric:Cleto"),
    }
    assert weights(found)["Bruna* Cleto"] == "2"


def test_a_matrix_that_is_not_symmetric_is_directed() -> None:
    pairs = read("matrix", FOLDER / "directed.csv").pairs
    assert {kind for kind, _, _ in pairs} == {"tied_to"}
    assert {(a.split(":")[1], b.split(":")[1]) for _, a, b in pairs} == {
        ("Aldo", "Bruna*"), ("Bruna*", "Cleto"), ("Cleto", "Bruna*"), ("Diva", "Aldo"),
    }  # fmt: skip


def test_equal_labels_stay_two_and_are_told() -> None:
    found = read("matrix", FOLDER / "symmetric.csv")
    assert [row.subject for row in found.claims if row.property == "name" and row.value == "Cleto"] == [
        "symmetric:Cleto", "symmetric:Cleto [2]",
    ]  # fmt: skip
    assert any("Cleto" in text and "stay apart" in text for text in found.tally.notices)


def test_a_mark_at_the_end_is_no_part_of_the_name() -> None:
    found = read("matrix", FOLDER / "symmetric.csv")
    assert "Bruna" in found.values("name")
    assert found.values("native_label") == ["Bruna*"]


def test_attributes_join_by_label_and_not_to_an_ambiguous_one() -> None:
    found = read("matrix", FOLDER / "directed.csv", FOLDER / "people_attr.csv")
    assert found.values("attribute", "directed:Diva") == ["clerk, part time", "40"]
    assert not found.values("attribute", "directed:Cleto")
    assert found.tally.skips["attributes of a label that several nodes bear"] == 1


def test_two_modes_need_their_kinds() -> None:
    with pytest.raises(BadInput, match="kinds=Person,Event"):
        read("matrix", FOLDER / "two_mode.csv")
    found = read("matrix", FOLDER / "two_mode.csv", kinds="Person,Event")
    assert found.kinds == {"Person": 3, "Event": 2}
    assert ("took_part_in", "two_mode:Bruna", "two_mode:Harbour fire") in found.pairs
    assert found.ties == {"took_part_in": 3}


def test_a_matrix_without_labels_numbers_its_nodes() -> None:
    pairs = read("matrix", FOLDER / "bare.csv").pairs
    assert pairs == {("linked_to", "bare:1", "bare:2"), ("linked_to", "bare:2", "bare:3")}


def test_a_cell_that_is_no_number_sets_its_row_aside(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(",A,B,C\nA,0,1,0\nB,1,0,x\nC,0,1,0\n")
    found = read("matrix", path, quarantine_share="1")
    assert found.tally.reasons["'x' is no number"] == 1
    # What B's row would have said is not taken for a tie that is absent: the matrix stays without direction.
    assert found.pairs == {("linked_to", "m:A", "m:B"), ("linked_to", "m:B", "m:C")}


def test_pajek() -> None:
    found = read("matrix", FOLDER / "invented.net")
    assert sorted(found.values("name")) == ["5", "Aldo Bianchi", "Bruna", "Bruna", "Diva"]
    assert found.pairs == {
        ("tied_to", "invented:1", "invented:2"), ("tied_to", "invented:2", "invented:1"),
        ("linked_to", "invented:3", "invented:4"), ("linked_to", "invented:1", "invented:3"),
        ("linked_to", "invented:1", "invented:4"),
    }  # fmt: skip
    assert "1999/2001" in found.valid("tied_to")
    assert all(json.loads(row.qualifiers)["role"] == "recruits" for row in found.claims if row.property == "tied_to")


def test_a_matrix_of_pajeks_is_directed_only_if_it_is_not_symmetric(tmp_path: Path) -> None:
    assert read("matrix", FOLDER / "matrix.net").ties == {"linked_to": 1}
    path = tmp_path / "m.net"
    path.write_text((FOLDER / "matrix.net").read_text().replace("1 0 0", "0 0 0"))
    assert read("matrix", path).ties == {"tied_to": 1}
    assert read("matrix", FOLDER / "two_mode.net", kinds="Person,Event").ties == {"took_part_in": 3}


def test_ucinet_dl() -> None:
    full = read("matrix", FOLDER / "full.dl")
    assert sorted(full.values("name")) == ["Aldo Bianchi", "Bruna", "Bruna", "Diva"]
    assert full.pairs == {("linked_to", "full:1", "full:2"), ("linked_to", "full:2", "full:3")}
    listed = read("matrix", FOLDER / "list.dl")
    assert weights(listed) == {"1 2": "2", "2 1": "", "3 1": ""}
    assert set(listed.ties) == {"tied_to"}
    two = read("matrix", FOLDER / "two_mode.dl", kinds="Person,Event")
    assert (two.kinds, two.ties) == ({"Person": 2, "Event": 3}, {"took_part_in": 3})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("N=4", "N=5", "16 numbers where 5 x 5"), ("N=4", "", "how many nodes"), ("2 0", "x 0", "a number is due"),
     ("FULLMATRIX", "UPPERHALF", "FULLMATRIX or EDGELIST1"), (",Diva", "", "3 labels for 4 nodes")],
)  # fmt: skip
def test_a_dl_file_with_a_fault_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "m.dl"
    path.write_text((FOLDER / "full.dl").read_text().replace(old, new, 1))
    with pytest.raises(BadInput, match=says):
        read("matrix", path)


def test_gml() -> None:
    found = read("matrix", FOLDER / "invented.gml")
    assert sorted(found.values("name")) == ["Aldo & Sons", "Bruna", "Bruna", "Diva Verdi"]
    assert found.ties == {"tied_to": 2}
    assert weights(found)["1 2"] == "2.5"
    assert found.values("attribute") == ["31"]  # how a node is drawn is no claim


def test_graphml() -> None:
    found = read("matrix", FOLDER / "invented.graphml")
    # A tie may come before its nodes; the default of a key is a value; `directed` of an edge overrules the graph's.
    assert found.pairs == {("sibling_of", "invented:n0", "invented:n1"), ("tied_to", "invented:n1", "invented:n0")}
    assert sorted(found.values("attribute")) == ["Harbour", "Nowhere", "Nowhere"]


def test_gexf() -> None:
    found = read("matrix", FOLDER / "invented.gexf")
    assert found.pairs == {
        ("friend_of", "invented:a", "invented:b"), ("linked_to", "invented:b", "invented:c"),
        ("tied_to", "invented:c", "invented:a"),
    }  # fmt: skip
    assert found.valid("friend_of") == {"1999-01-01/2000-06-30"}
    assert found.valid("linked_to") == {"1999", "2001/.."}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_with_entities_is_refused(tmp_path: Path, name: str) -> None:
    text = (FOLDER / f"invented.{name}").read_text()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = tmp_path / f"bomb.{name}"
    path.write_text(text.replace("?>", f"?>{bomb}", 1).replace(">Aldo<", ">&b;<").replace('"Aldo"', '"&b;"'))
    with pytest.raises(BadInput):
        read("matrix", path)


@pytest.mark.parametrize(("start", "end", "edtf"), [
    ("", "", ""), ("1999", "2001", "1999/2001"), ("1999-01-01T10:00:00", "", "1999-01-01/.."), ("", "2001", "../2001"),
    ("3", "7", ""), ("2001", "1999", ""),
])  # fmt: skip
def test_spans(start: str, end: str, edtf: str) -> None:
    valid, remark = span(start, end)
    assert valid == edtf
    assert bool(remark) == bool((start or end) and not edtf)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("directed", [False, True])
def test_networkx_writes_and_we_read_the_same_network(tmp_path: Path, seed: int, *, directed: bool) -> None:
    made = nx.gnp_random_graph(25, 0.1, seed=seed, directed=directed)
    writers: dict[str, Callable[[Any, Path], None]] = {
        "gml": nx.write_gml,
        "graphml": nx.write_graphml,
        "gexf": nx.write_gexf,
        "net": nx.write_pajek,
    }
    # Pajek numbers nodes from 1
    expected = {
        name: {frozenset((a + shift, b + shift)) if not directed else (a + shift, b + shift) for a, b in made.edges()}
        for name, shift in (("gml", 0), ("graphml", 0), ("gexf", 0), ("net", 1))
    }
    for name, write in writers.items():
        path = tmp_path / f"made.{name}"
        write(made, path)
        found = read("matrix", path)
        assert found.kinds == {"Person": 25}
        ends = [(int(a.split(":")[1]), int(b.split(":")[1])) for _, a, b in found.pairs]
        assert {frozenset(pair) if not directed else pair for pair in ends} == expected[name], name
        assert set(found.ties) <= {"tied_to" if directed else "linked_to"}


@pytest.mark.parametrize(
    "names",
    [("symmetric.csv",), ("directed.csv", "people_attr.csv"), ("invented.net",), ("matrix.net",), ("invented.gml",),
     ("invented.graphml",), ("invented.gexf",), ("full.dl",), ("list.dl",)],
)  # fmt: skip
def test_broken_files_end_in_order(tmp_path: Path, names: tuple[str, ...]) -> None:
    files = {name: (FOLDER / name).read_bytes() for name in names}
    assert sum(try_mutants("matrix", files, tmp_path, count=60, orphans=True).values()) >= 60


@drawn(40)
@given(
    st.integers(2, 8).flatmap(
        lambda n: st.tuples(
            st.lists(st.sampled_from(["Anna", "Bert", "Carl", "Dora", "Elio"]), min_size=n, max_size=n),
            st.lists(st.lists(st.sampled_from([0, 0, 1, 2.5]), min_size=n, max_size=n), min_size=n, max_size=n),
        )
    )
)
def test_any_square_matrix_comes_back_cell_by_cell(made: tuple[list[str], list[list[float]]]) -> None:
    labels, cells = made
    text = "\n".join(
        [
            ",".join(["", *labels]),
            *(",".join([label, *map(str, row)]) for label, row in zip(labels, cells, strict=True)),
        ]
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "m.csv"
        path.write_text(text + "\n")
        found = read("matrix", path)
    count = len(labels)
    assert found.kinds == {"Person": count}  # equal labels stay apart
    full = {(i, j): cells[i][j] for i in range(count) for j in range(count) if cells[i][j]}
    directed = any(full.get((j, i)) != value for (i, j), value in full.items())
    ends = {(i, j) if directed else (min(i, j), max(i, j)) for i, j in full if i != j}
    assert len(found.pairs) == len(ends)
    assert set(found.ties) <= {"tied_to" if directed else "linked_to"}
    kept = sorted(
        json.loads(row.qualifiers or "{}").get("weight", "1") for row in found.claims if row.property in found.ties
    )
    assert kept == sorted(str(full[pair] if pair in full else full[pair[1], pair[0]]) for pair in ends)
