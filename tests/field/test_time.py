"""What is in time and what is not: paths, people who were never together, dates of events."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.people import NEVER_TOGETHER
from isthmus.loaders import run
from isthmus.queries.cross_border import cross_border
from isthmus.queries.path import path
from isthmus.queries.query import query
from isthmus.queries.rank import rank
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph

FIELD = Path(__file__).parent


def loaded(case: Case, slug: str) -> Graph:
    run("tables", [FIELD / slug / "data"], case.file)
    return case.graph


def hops(graph: Graph, *ends: str) -> list[tuple[str, str, str]]:
    table = path(graph, *ends, by="time").table
    return list(zip(table["to_id"], table["first"], table["last"], strict=True))


def test_a_tie_without_a_date_has_that_of_its_event(case: Case) -> None:
    graph = loaded(case, "time_events")
    assert hops(graph, "a", "c") == []
    assert hops(graph, "c", "a") == [
        ("e2", "2009-04-02", "2009-04-02"), ("b", "2009-04-02", "2009-04-02"), ("e1", "2015-11-13", "2015-11-13"),
        ("a", "2015-11-13", "2015-11-13"),
    ]  # fmt: skip
    assert [row[0] for row in hops(graph, "b", "d")] == ["e2", "c", "e3", "d"]  # a meeting of no date is at any time
    pairs = cross_border(graph, kinds=["pair"]).table
    assert dict(zip(pairs["subject_id"] + pairs["object_id"], pairs["first"], strict=True)) == {
        "ab": "2015-11-13", "bc": "2009-04-02", "cd": "",
    }  # fmt: skip
    parts = query(graph, "ties_valid_on", day="2009-04-02").table
    held = list(zip(parts["source"], parts["target"], strict=True))
    assert held[:2] == [("b", "e2"), ("c", "e2")]
    assert {("c", "e3"), ("d", "e3")} <= set(held[2:]), "what has no date stays in, and is listed last"
    assert not parts.iloc[2:][["first", "last"]].to_numpy().any()


def test_who_was_never_together_is_not_tied_and_is_counted(case: Case) -> None:
    graph = loaded(case, "time_comembers")
    found = cross_border(graph, kinds=["pair"])
    assert found.table.empty
    assert found.left_out[NEVER_TOGETHER] == 2
    assert rank(graph, "degree").table.empty
    assert query(graph, "country_matrix").table.empty


def test_a_date_of_a_year_gives_a_path_that_is_possible(case: Case) -> None:
    found = path(loaded(case, "time_uncertain"), "a", "c", by="time")
    assert found.table["to_id"].tolist() == ["b", "c"]
    assert found.robustness["path 1"]["in this order"] == "possibly"
    assert found.caveats[0].startswith("The ties may have come in this order, and need not have")


@pytest.mark.parametrize(
    ("ends", "nodes"),
    [("ac", []), ("ca", ["b", "a"]), ("ad", ["b", "d"]), ("fa", []), ("ga", ["c", "b", "a"])],
)  # fmt: skip
def test_a_path_in_time_never_goes_back(case: Case, ends: str, nodes: list[str]) -> None:
    found = path(loaded(case, "time_paths"), *ends, by="time")
    assert found.table["to_id"].tolist() == nodes
    assert "two ties on one day" in found.method
    assert "connected at all" not in found.robustness  # 0.144 beside no row would contradict it
    assert "connected at all, whatever the order in time" in found.robustness
    if nodes:
        order: dict[str, Any] = found.robustness["path 1"]
        assert order["in this order"] == ("possibly" if ends == "ga" else "certainly")


HOPS = """source,target,start,end
s,x1,2015-01-01,2015-01-01
x1,x2,2015-01-02,2015-01-02
x2,x,2015-01-03,2015-01-03
s,x,2015-02-01,2015-02-01
x,t,2015-03-01,2015-03-01
"""


def test_of_paths_that_arrive_on_one_day_the_shortest_is_found(tmp_path: Path) -> None:
    (tmp_path / "hops.csv").write_text(HOPS)
    case = tmp_path / "x.case"
    assert isthmus("--case", case, "load", "edges", tmp_path / "hops.csv", "--any-count").returncode == 0
    said = isthmus("--case", case, "path", "s", "t", "--by", "time", "--csv").stdout
    listed = list(csv.DictReader(said.splitlines()))
    assert [row["first"] for row in listed] == ["2015-02-01", "2015-03-01"]
    assert [row["p"] for row in listed] == ["0.24", "0.24"]  # four ties arrive on that day too, with .0033
