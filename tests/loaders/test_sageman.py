from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from isthmus.graph.errors import BadInput
from tests.loaders.direct import Read, read
from tests.loaders.mutate import try_mutants

FIXTURES = Path(__file__).parent.parent / "fixtures" / "sageman"
PEOPLE, TIES = FIXTURES / "sageAttributes.csv", FIXTURES / "sagemanAdjacency.csv"


@pytest.fixture(scope="module")
def sageman() -> Read:
    return read("sageman", FIXTURES)


def test_people_and_ties(sageman: Read) -> None:
    assert sageman.entities == {"Person": 4}
    ties = [claim[1:4] for claim in sageman.claims if claim.property == "linked_to"]
    assert ties == [("sageman:1", "linked_to", "sageman:2"), ("sageman:1", "linked_to", "sageman:3")]
    # eight rows: four people; of the matrix's four, three have no tie that isn't in a row above
    assert (sageman.tally.read, sageman.tally.loaded, sageman.tally.skipped) == (8, 5, 3)


def test_a_table_with_line_ends_of_cr_alone_is_read(sageman: Read) -> None:
    assert sageman.said("sageman:1")[:6] == [
        ("kind", "Person"),
        ("name", "Zahir al-Invented"),
        ("alias", "Zahir"),
        ("alias", "Abu Zayd"),
        ("alias", "Zed"),
        ("birth", "1957"),
    ]


def test_a_kunya_is_told_from_a_spelling(sageman: Read) -> None:
    kinds = {claim.value: claim.qualifiers for claim in sageman.claims if claim.property == "alias"}
    assert kinds["Abu Zayd"] == '{"alias_type":"kunya"}'
    assert kinds["Zed"] == '{"alias_type":"spelling"}'


def test_9999_is_an_unknown_year_and_unknown2_no_name(sageman: Read) -> None:
    assert not sageman.said("sageman:2", "birth")
    assert sageman.said("sageman:4") == [("kind", "Person")]


def test_a_matrix_without_its_table_is_refused() -> None:
    with pytest.raises(BadInput, match="the table of people is missing"):
        read("sageman", TIES)


def test_a_matrix_that_lacks_a_row_is_refused(tmp_path: Path) -> None:
    shutil.copy(PEOPLE, tmp_path)
    lines = TIES.read_text(encoding="utf-8").splitlines()
    (tmp_path / "ties.csv").write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match="3 rows for 4 people"):
        read("sageman", tmp_path)


def test_a_tie_that_stands_on_one_side_is_kept_and_told(tmp_path: Path) -> None:
    shutil.copy(PEOPLE, tmp_path)
    (tmp_path / "ties.csv").write_text("0,0,0,0\n1,0,0,0\n0,0,0,0\n0,0,0,0\n", encoding="utf-8")
    found = read("sageman", tmp_path)
    assert [claim[1:4] for claim in found.claims if claim.property == "linked_to"] == [
        ("sageman:2", "linked_to", "sageman:1")
    ]
    assert found.tally.notices == {"tie that stands on one side of the matrix only": 1}


def test_broken_inputs(tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in (PEOPLE, TIES)}
    outcomes = try_mutants("sageman", files, tmp_path, count=60, orphans=True)
    assert (sum(outcomes.values()), len(outcomes)) == (60, 3)


@pytest.mark.external
def test_global_salafi_jihad(external: Path) -> None:
    folder = external / "sageman_global_salafi_jihad"
    found = read("sageman", folder)
    matrix = np.loadtxt(folder / "sagemanAdjacency.csv", delimiter=",")
    assert matrix.shape == (368, 368)
    assert (matrix == matrix.T).all()
    # 366 people and 1,178 ties; rows 367 and 368 are two unnamed people, each tied to one of the others
    assert matrix[:366, :366].sum() / 2 == 1178
    ties = {(claim.subject, claim.value) for claim in found.claims if claim.property == "linked_to"}
    upper = {(f"sageman:{row + 1}", f"sageman:{column + 1}") for row, column in np.argwhere(np.triu(matrix) == 1)}
    assert ties == upper
    assert len(ties) == 1180
    frame = pd.read_csv(folder / "sageAttributes.csv", dtype=str, keep_default_na=False, lineterminator="\r")
    assert found.entities == {"Person": len(frame)}
    named = ~frame["Full Name"].str.startswith("unknow")
    assert sum(claim.property == "name" for claim in found.claims) == int(named.sum()) == 366
    born = ~frame["Date of birth"].isin(["", "9999"])
    assert sum(claim.property == "birth" for claim in found.claims) == int(born.sum())
    rows_with_ties = int((np.triu(matrix).sum(axis=1) > 0).sum())
    assert found.tally.skipped == 368 - rows_with_ties
