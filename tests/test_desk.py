"""The questions as an analyst scripts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import isthmus

if TYPE_CHECKING:
    from pathlib import Path


def test_questions_are_methods_and_clocks_choose_the_graph(shipped_path: Path) -> None:
    with isthmus.open(shipped_path) as case:
        found = case.through(min_grade="C3").path("Abaaoud", "Reda Hame")
        assert found.table["to_id"].tolist()[-1] == "reda-hame"
        assert found.parameters["min_grade"] == "C3"
        assert case.file.path == shipped_path
        assert case.file.path.suffix == ".case"
        assert case.rank("degree", top=1, draws=3).table["person"].tolist() == ["Abdelhamid Abaaoud"]
        assert len(case.brokers(top=1, draws=3).table) == 1
        assert len(case.chance(permutations=10).table) > 3
        assert case.origins("Abaaoud", top=2).robustness["ties"] > 10
        assert {"path", "rank", "brokers", "origins", "chance", "cross_border"} <= set(dir(case))
        with pytest.raises(AttributeError, match="dir"):
            case.ranking("degree")
