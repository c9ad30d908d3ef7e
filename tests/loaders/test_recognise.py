"""Which source files are for, and why."""

from __future__ import annotations

import gzip
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders import sources
from isthmus.loaders.recognise import recognise
from tests.loaders.networks import FIXTURES


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("layered", "layered"), ("nov13", "nov13"), ("matrix/symmetric.csv", "matrix"), ("matrix/bare.csv", "matrix"),
        ("matrix/two_mode.csv", "matrix"), ("matrix/invented.net", "matrix"), ("matrix/invented.gml", "matrix"), ("matrix/full.dl", "matrix"),
        ("matrix/invented.graphml", "matrix"), ("matrix/invented.gexf", "matrix"), ("edges/ties.csv", "edges"),
        ("edges/bare.csv", "edges"), ("edges/bare.txt", "edges"), ("edges/lines.ndjson", "edges"),
    ],
)  # fmt: skip
def test_one_source_is_recognised_with_a_reason(path: str, name: str) -> None:
    found = recognise([FIXTURES / path])
    assert [one for one, _ in found] == [name]
    assert all(reason for _, reason in found)


def test_the_shipped_sheets_are_recognised_one_by_one_and_together() -> None:
    folder = Path(str(files("isthmus.data"))) / "isis_europe"
    assert [name for name, _ in recognise([folder])] == ["tables"]
    for path in folder.glob("*.csv"):
        assert [name for name, _ in recognise([path])] == ["tables"], path.name


def test_doubt_gives_several_the_likeliest_first(tmp_path: Path) -> None:
    for name in ("symmetric.csv", "directed.csv"):
        shutil.copy(FIXTURES / "matrix" / name, tmp_path)
    shutil.copy(FIXTURES / "edges" / "ties.csv", tmp_path)
    assert [name for name, _ in recognise([tmp_path])] == ["matrix", "edges"]


def test_a_packed_file_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv.gz"
    path.write_bytes(gzip.compress((FIXTURES / "edges" / "ties.csv").read_bytes()))
    assert recognise([path])[0][0] == "edges"


def test_files_that_show_nothing_have_no_say(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "layered", tmp_path / "n")
    (tmp_path / "n" / "README.md").write_text("# A network\nWith words, and more words.\n")
    (tmp_path / "n" / "picture.png").write_bytes(b"\x89PNG\r\n\0\0")
    (tmp_path / "n" / "broken.xlsx").write_bytes(b"PK\x03\x04 but no workbook")
    assert [name for name, _ in recognise([tmp_path / "n"])] == ["layered"]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        recognise([tmp_path / "nothing.csv"])


def test_every_sign_is_of_a_known_kind() -> None:
    for name, meta in sources().items():
        for sign in meta.signs:
            assert sum(map(bool, (sign.names, sign.columns, sign.root, sign.text))) == 1, name


@pytest.mark.external
@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("acled_world_may_2020", "acled"), ("canada_listed_terrorist_entities", "canada_list"), ("eu_fsf_short", "eu_list"),
        ("ftm_samples", "ftm"), ("gtd_1970_1971_sample", "gtd"), ("gtd_2016_2018_countries_a_to_c", "gtd"),
        ("gtd_us_2000_2017", "gtd"), ("gtd_acled_drone_hybrid", "gtd"), ("icsr_foreign_fighters", "foreign_fighters"),
        ("jjatt_bali_2002", "layered"), ("koschade_ji_bali_2002", "layered"), ("nov13", "nov13"),
        ("ofac_nonsdn_2025_xml", "ofac"), ("ofac_sdn_2021", "ofac"), ("pirus_2020", "pirus"),
        ("sageman_global_salafi_jihad", "sageman"), ("stix21_oasis", "stix"), ("ucdp_ged_syria_is_2016", "ucdp"),
        ("uk_ofsi_2014", "ofsi"), ("un_sc_consolidated_2020", "un_list"), ("un_sc_consolidated_2025", "un_list"),
    ],
)  # fmt: skip
def test_real_folders_are_recognised(external: Path, folder: str, name: str) -> None:
    assert [one for one, _ in recognise([external / folder])] == [name]


@pytest.mark.external
@pytest.mark.parametrize("folder", ["krebs_911", "travel_patterns_911"])
def test_folders_of_several_layouts_are_in_doubt(external: Path, folder: str) -> None:
    assert {name for name, _ in recognise([external / folder])} == {"edges", "matrix"}
