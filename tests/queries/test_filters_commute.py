"""What was so then, and what is graded so: the order in which one asks makes no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.queries.path import path
from isthmus.queries.rank import rank

if TYPE_CHECKING:
    from isthmus.case import Case


@pytest.mark.parametrize("clock", ["valid", "published_by"])
@pytest.mark.parametrize("grade", ["B2", "C3"])
def test_time_and_grade_commute(shipped: Case, clock: str, grade: str) -> None:
    then = {clock: "2015-12"}
    both, dated, graded = (
        shipped.through(**then, min_grade=grade).graph,
        shipped.through(**then).graph,
        shipped.through(min_grade=grade).graph,
    )
    used = [set(graph.claims["id"]) for graph in (both, dated, graded)]
    assert used[0] <= used[1] & used[2]
    # what both together leave out besides is said of what is not in view
    missing = dated.claims[dated.claims["id"].isin((used[1] & used[2]) - used[0])]
    assert not set(both.ids) & set(missing["subject"])
    assert 0 < len(used[0]) < min(len(used[1]), len(used[2]))


def test_the_shipped_case_ranks_and_joins_under_filters(shipped: Case) -> None:
    graph = shipped.through(valid="2015", min_grade="C3").graph
    top = rank(graph, "degree", top=1, draws=5, levels=[0.1])
    assert "Abdelhamid Abaaoud" in top.table["person"].tolist()
    found = path(graph, "Abdelhamid Abaaoud", "Reda Hame")
    assert (found.table["grade"].str[0] <= "C").all()
    assert found.table["to_id"].tolist()[-1] == "reda-hame"
