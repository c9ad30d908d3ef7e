from __future__ import annotations

import pytest

from isthmus.queries.measures import network
from isthmus.queries.robustness.path_draws import BREAKING, critical, path_card

# 0 - 1 - 2 - 4 and 1 - 3 - 4: every path from 0 to 4 goes over 0 - 1
GRAPH = network(5, [0, 1, 2, 1, 3], [1, 2, 4, 3, 4])
PATHS = [(0, 1, 2, 4), (0, 1, 3, 4)]


def test_critical() -> None:
    ties, nodes = critical(GRAPH, PATHS[0])
    assert [(int(GRAPH.source[row]), int(GRAPH.target[row])) for row in ties] == [(0, 1)]
    assert nodes == [1]


def test_no_error_leaves_every_path() -> None:
    for row in path_card(GRAPH, PATHS, levels=[0.0], draws=3):
        assert (row["connected"], row["stands"]) == (1.0, [1.0, 1.0])


def test_shares_equal_what_counting_gives() -> None:
    rows = {row["model"]: row for row in path_card(GRAPH, PATHS, levels=[0.2], draws=3000)}
    assert set(rows) == set(BREAKING)
    # one of five ties is missing: a path of three stands in 2 of 5 cases, the ends stay connected unless 0 - 1 goes
    assert rows["missing ties"]["stands"] == pytest.approx([0.4, 0.4], abs=0.03)
    assert rows["missing ties"]["connected"] == pytest.approx(0.8, abs=0.03)
    # one of five people is missing: the path has four of them; 2 or 3 may go and the ends stay connected
    assert rows["missing people"]["stands"] == pytest.approx([0.2, 0.2], abs=0.03)
    assert rows["missing people"]["connected"] == pytest.approx(0.4, abs=0.03)
