"""`auto` tells the lists and exchange formats from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.loaders.recognise import recognise
from tests.loaders.reading import FIXTURES

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


@pytest.mark.external
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_publishers_file(folder: str, external: Path) -> None:
    assert [found for found, _ in recognise([external / folder])] == [FOLDERS[folder]]
