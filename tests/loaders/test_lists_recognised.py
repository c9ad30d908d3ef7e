"""`auto` tells the lists and exchange formats from each other; packed files are read where they are."""

from __future__ import annotations

import lzma
import zipfile
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.loaders.recognise import recognise
from tests.loaders.reading import FIXTURES, load

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "un_list": ["first.xml", "damaged.xml"],
    "eu_list": ["short.csv", "full.csv", "list.xml"],
    "ofac": ["sdn.csv", "list.xml"],
    "ofsi": ["list.csv"],
    "canada_list": ["cluster.json"],
    "ftm": ["entities.ftm.json"],
    "stix": ["bundle.json"],
}
FOLDERS = {
    "un_sc_consolidated_2020": "un_list", "un_sc_consolidated_2025": "un_list", "eu_fsf_short": "eu_list",
    "ofac_sdn_2021": "ofac", "ofac_nonsdn_2025_xml": "ofac", "uk_ofsi_2014": "ofsi",
    "canada_listed_terrorist_entities": "canada_list", "ftm_samples": "ftm", "stix21_oasis": "stix",
}  # fmt: skip


@pytest.mark.parametrize(("name", "file"), [(name, file) for name, files in FILES.items() for file in files])
def test_an_invented_file(name: str, file: str) -> None:
    assert [found for found, _ in recognise([FIXTURES / name / file])] == [name]


@pytest.mark.parametrize(("name", "files"), [("un_list", ["first.xml"]), ("ofac", ["sdn.csv", "alt.csv", "add.csv"]),
                                             ("ofsi", ["list.csv"]), ("ftm", ["entities.ftm.json"])])  # fmt: skip
def test_packed_files_are_read_in_place(name: str, files: list[str], tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(FIXTURES / name / file, file)
    with Case.create(tmp_path / "plain.case") as plain, Case.create(tmp_path / "zip.case") as zipped:
        load(plain, name, *files)
        load(zipped, name, packed)
        assert list(zipped.rows("claims")) == list(plain.rows("claims"))
    squeezed = tmp_path / f"{files[0]}.xz"
    squeezed.write_bytes(lzma.compress((FIXTURES / name / files[0]).read_bytes()))
    with Case.create(tmp_path / "one.case") as one, Case.create(tmp_path / "xz.case") as xz:
        load(one, name, files[0])
        load(xz, name, squeezed)
        assert list(xz.rows("claims")) == list(one.rows("claims"))


@pytest.mark.external
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_publishers_file(folder: str, external: Path) -> None:
    assert [found for found, _ in recognise([external / folder])] == [FOLDERS[folder]]
