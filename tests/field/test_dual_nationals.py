"""People of several countries: each tie counts once over all cells of the matrix, and what is partly shared is marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.loaders import run
from isthmus.queries.country_matrix import country_matrix
from isthmus.queries.cross_border import cross_border

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.graph import Graph

DATA = Path(__file__).parent / "dual_nationals" / "data"
CODES = ["BE", "DE", "FR", "MA"]


@pytest.fixture
def drawn(case: Case) -> Graph:
    run("tables", [DATA], case.file, options={"quarantine_share": "0.5"})
    return case.graph


@pytest.mark.parametrize(
    ("rule", "cells"),
    [  # a-b, a-c, b-d, c-d, and e-a where only residence is known of e
        ("citizenship", {"BE BE": 0.5, "BE FR": 1.25, "BE MA": 0.75, "FR FR": 0.5, "FR MA": 0.75, "MA MA": 0.25}),
        ("residence", {"BE FR": 4}),
    ],
)
def test_each_tie_counts_once(drawn: Graph, rule: CountryRule, cells: dict[str, float]) -> None:
    found = country_matrix(drawn, country_rule=rule).table.set_index("country")
    of_four = [code for code in CODES if code in found.index and code != "DE"]
    square = found.loc[of_four, of_four].to_numpy(float)
    assert (square == square.T).all()
    assert np.triu(square).sum() == 4  # the ties among the four whose countries are all known
    for pair, expected in cells.items():
        one, other = pair.split()
        assert found.loc[one, other] == pytest.approx(expected)


def test_what_is_partly_shared_is_marked(drawn: Graph) -> None:
    table = cross_border(drawn, kinds=["pair"]).table
    ends = [frozenset(pair) for pair in zip(table["subject_id"], table["object_id"], strict=True)]
    found = dict(zip(ends, table["overlap"], strict=True))
    assert found == {
        frozenset("cd"): "disjoint", frozenset("ab"): "partly shared", frozenset("ac"): "partly shared",
        frozenset("bd"): "partly shared",
    }  # fmt: skip
