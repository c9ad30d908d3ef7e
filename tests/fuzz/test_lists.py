"""Two thousand broken inputs for each loader of lists and exchange formats (`make fuzz`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loaders.mutate import try_mutants
from tests.loaders.reading import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.fuzz
COUNT = 2000
INPUTS: dict[str, list[tuple[str, ...]]] = {
    "un_list": [("first.xml",), ("second.xml",)],
    "eu_list": [("short.csv",), ("full.csv",), ("list.xml",)],
    "ofac": [("sdn.csv", "alt.csv", "add.csv"), ("list.xml",)],
    "ofsi": [("list.csv",)],
    "canada_list": [("cluster.json",)],
    "ftm": [("entities.ftm.json",)],
    "stix": [("bundle.json",)],
}


@pytest.mark.parametrize("name", INPUTS)
def test_two_thousand_broken_inputs(tmp_path: Path, name: str) -> None:
    assert meet(name, INPUTS[name], tmp_path, recover=False) >= COUNT


@pytest.mark.parametrize("name", ["un_list", "eu_list", "ofac"])
def test_two_thousand_broken_inputs_recovered(tmp_path: Path, name: str) -> None:
    assert meet(name, [names for names in INPUTS[name] if names[0].endswith(".xml")], tmp_path, recover=True) >= COUNT


def meet(name: str, inputs: list[tuple[str, ...]], folder: Path, *, recover: bool) -> int:
    """How many broken inputs the loader met."""
    met = 0
    for at, names in enumerate(inputs):
        files = {file: (FIXTURES / name / file).read_bytes() for file in names}
        count = -(-COUNT // len(inputs))
        met += try_mutants(name, files, folder, count=count, seed=20151113 + at, recover=recover).total()
        for file in names:
            (folder / file).unlink()
    return met
