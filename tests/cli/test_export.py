from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from isthmus.case import Case
from isthmus.graph.record.rows import Claim, Record, SourceRow
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("source", "warned"), [("gtd", True), ("gtd:copy", True), ("own", False)])
def test_export_warns_where_terms_forbid_passing_rows_on(tmp_path: Path, source: str, warned: bool) -> None:
    path = tmp_path / "a.case"
    record = Record(source, "1")
    with Case.create(path) as case:
        case.load([SourceRow(source), record, Claim(record.id, "e1", "kind", "Event")], source=source)
    done = isthmus("--case", path, "export", "graphml", "--out", tmp_path / "a.graphml")
    assert done.returncode == 0, done.stderr
    assert ("forbid" in done.stderr) == warned


def test_graphml_holds_every_tie(shipped: Case, shipped_path: Path, tmp_path: Path) -> None:

    out = tmp_path / "case.graphml"
    done = isthmus("--case", shipped_path, "export", "graphml", "--out", out)
    assert done.returncode == 0, done.stderr
    graph = shipped.graph
    read: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(out, force_multigraph=True))
    assert (read.number_of_nodes(), read.number_of_edges()) == (len(graph.ids), len(graph.ties))
    assert len({key for *_, key in read.edges(keys=True)}) == len(graph.ties)
    assert (
        read.edges["khalid-zerkani", "abdelhamid-abaaoud", "khalid-zerkani·recruited·abdelhamid-abaaoud"]["kind"]
        == "recruited"
    )
    assert read.nodes["abdelhamid-abaaoud"]["status"] == "killed"
