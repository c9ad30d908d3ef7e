"""States that ended: no certain border against a successor, and the same country where there is only one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.countries import country_code
from isthmus.graph.states import ended, overlap
from isthmus.loaders import run
from isthmus.queries.cross_border import cross_border
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from isthmus.case import Case

STATES = Path(__file__).parent / "states"


@pytest.mark.parametrize(
    ("left", "right", "year", "word"),
    [
        ("YU", "BA", 2015, "unknown (successor)"), ("YU", "RS", 2015, "unknown (successor)"),
        ("YU", "XK", 2015, "unknown (successor)"), ("YU", "YU", 2015, "unknown (successor)"),
        ("YU", "YU", 1985, "same"), ("YU", "RS", 1985, "unknown (successor)"), ("YU", "TR", 2015, "disjoint"),
        ("YU/DE", "RS", 2015, "unknown (successor)"), ("YU/DE", "DE", 2015, "partly shared"),
        ("YU/DE", "YU/DE", 2015, "partly shared"), ("YU/DE", "YU/DE", 1985, "same"),
        ("DD", "DE", 2015, "same"), ("DD", "DE", 1985, "disjoint"), ("DD", "DD", 1985, "same"),
        ("DD", "DD/DE", 2015, "same"), ("DD", "FR", 2015, "disjoint"), ("YD", "YE", 2015, "same"),
        ("YD", "YE", 1980, "disjoint"), ("SU", "RU", 2015, "unknown (successor)"),
        ("SU", "UZ", 2015, "unknown (successor)"), ("SU", "PL", 2015, "disjoint"), ("CS", "RS", 2015, "unknown (successor)"),
        ("CS", "RS", 2005, "unknown (successor)"), ("CS", "XK", 2015, "unknown (successor)"),
        ("CS", "HR", 2015, "disjoint"), ("YU", "CS", 2015, "unknown (successor)"), ("YU", "SU", 2015, "disjoint"),
        ("CSHH", "CZ", 2015, "unknown (successor)"), ("CSHH", "CS", 2015, "disjoint"), ("RS", "HR", 2015, "disjoint"),
        ("", "YU", 2015, "unknown"),
    ],
)  # fmt: skip
def test_countries_on_a_day(left: str, right: str, year: int, word: str) -> None:
    sides = [[code for code in side.split("/") if code] for side in (left, right)]
    day = date(year, 7, 1).toordinal()
    assert overlap(sides[0], sides[1], day) == overlap(sides[1], sides[0], day) == word


def test_every_state_of_the_table_is_one_that_is_read() -> None:
    codes = {*ended(), *(code for state in ended().values() for code in state.successors)}
    assert {code: country_code(code) for code in codes} == {code: code for code in codes}
    assert all(state.stood <= state.successors and state.successors for state in ended().values())


def test_a_link_of_a_state_that_ended_is_no_certain_border(case: Case) -> None:
    run("tables", [STATES], case.file)
    pairs = cross_border(case.graph, kinds=["pair"])
    ends = zip(pairs.table["subject_id"], pairs.table["object_id"], pairs.table["overlap"], strict=True)
    assert {(" ".join(sorted(pair)), word) for *pair, word in ends} == {
        ("p-bos p-srb", "disjoint"), ("p-de p-dual", "partly shared"), ("p-eh p-ma", "disjoint"),
        ("p-kos p-srb", "disjoint"), ("p-il p-ps", "disjoint"),
    }  # fmt: skip
    told = next(count for reason, count in pairs.left_out.items() if "may be its successor" in reason)
    shown = cross_border(case.graph, kinds=["pair"], overlap="successor").table
    untold = shown[shown["overlap"] == "unknown (successor)"]
    assert len(untold) == told == 7
    assert set(untold["subject_id"]) | set(untold["object_id"]) == {
        "p-yu", "p-srb", "p-bos", "p-fyu", "p-scg", "p-kos", "p-dual", "p-su", "p-ru"
    }  # fmt: skip
    assert pairs.left_out["pairs in the same country"] == 2  # East German and German, South Yemeni and Yemeni, in 2015


def test_the_command_counts_them_and_shows_them_on_demand(case: Case) -> None:
    run("tables", [STATES], case.file)
    told = isthmus("--case", str(case.file.path), "cross-border", "--kind", "pair").stdout
    assert "--overlap successor shows them" in told
    assert "unknown (successor)" not in told
    assert (
        "unknown (successor)"
        in isthmus("--case", str(case.file.path), "cross-border", "--kind", "pair", "--overlap", "successor").stdout
    )
