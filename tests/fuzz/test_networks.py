"""Two thousand broken inputs for each loader of networks (`make fuzz`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loaders.mutate import try_mutants
from tests.loaders.networks import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.fuzz
COUNT = 2000
INPUTS: dict[str, list[tuple[str, ...]]] = {
    "layered": [("nodes.csv", "edges.csv", "layers.csv")],
    "nov13": [("nodes.csv", "relationships.csv", "references.csv")],
    "matrix": [
        ("symmetric.csv",), ("directed.csv", "people_attr.csv"), ("bare.csv",), ("invented.net",), ("matrix.net",),
        ("invented.gml",), ("invented.graphml",), ("invented.gexf",), ("full.dl",), ("list.dl",),
    ],
    "edges": [("ties.csv",), ("people.csv",), ("gephi.csv",), ("bare.csv",), ("bare.txt",), ("lines.ndjson",)],
}  # fmt: skip


@pytest.mark.parametrize("name", INPUTS)
def test_two_thousand_broken_inputs(tmp_path: Path, name: str) -> None:
    share = -(-COUNT // len(INPUTS[name]))
    met = 0
    for at, names in enumerate(INPUTS[name]):
        files = {file: (FIXTURES / name / file).read_bytes() for file in names}
        met += sum(try_mutants(name, files, tmp_path, count=share, seed=20161013 + at, orphans=True).values())
        for file in names:
            (tmp_path / file).unlink()
    assert met >= COUNT
