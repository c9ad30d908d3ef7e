from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.schema import schema
from isthmus.queries.layers import fighter_range, layer_counts, layers, verdicts
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph


@pytest.mark.parametrize(
    ("kind", "direction", "expected"),
    [
        ("attack", "directed", {"coordinated attacks": "yes", "inspired attacks": "no"}),
        ("attack", "inspired", {"coordinated attacks": "no", "inspired attacks": "yes"}),
        ("attack", "resourced", {"coordinated attacks": "possible", "inspired attacks": "possible"}),
        ("attack", "unclear", {"coordinated attacks": "possible", "inspired attacks": "possible"}),
        ("attack", "aq-directed", {"coordinated attacks": "no", "inspired attacks": "no"}),
        ("plot", "directed", {"targets": "yes", "arrests": "possible"}),
        ("plot", "unclear", {"targets": "possible", "arrests": "possible"}),
        ("raid", "directed", {"targets": "possible", "arrests": "possible"}),
        ("arrest", "none", {"arrests": "yes"}),
        ("trial", "none", {"arrests": "possible"}),
        ("alert", "none", {"heightened threat levels": "possible"}),
        ("travel", "none", {}),
        ("stop", "none", {}),
        ("meeting", "none", {}),
        ("other", "none", {}),
    ],
)
def test_the_decision_table(case: Case, kind: str, direction: str, expected: dict[str, str]) -> None:
    case.load(rows(f"e1 event_kind {kind}", f"e1 direction {direction}", "e1 occurred_in FR"), source="s")
    assert {verdict.layer: verdict.verdict for verdict in verdicts(case.graph)} == expected


def test_an_unknown_direction_is_unclear(case: Case) -> None:
    case.load(rows("e1 event_kind attack", "e1 occurred_in FR"), source="s")
    assert {verdict.verdict for verdict in verdicts(case.graph)} == {"possible"}


def test_a_plot_is_a_target_where_it_was_aimed_and_its_arrests_are_where_it_was_found(case: Case) -> None:
    facts = ("e1 event_kind plot", "e1 direction directed", "e1 occurred_in DE", "e1 threatens FR")
    case.load(rows(*facts), source="s")
    assert {(v.layer, v.country) for v in verdicts(case.graph)} == {("targets", "FR"), ("arrests", "DE")}


def test_a_series_and_its_sites_count_once(case: Case) -> None:
    facts = [
        f"e{n} {what}" for n in (1, 2, 3) for what in ("event_kind attack", "direction directed", "occurred_in FR")
    ]
    case.load(rows(*facts, "e2 part_of e1", "e3 part_of e1"), source="s")
    counts = {(row["layer"], row["yes"]) for row in layer_counts(case.graph)}
    assert counts == {("coordinated attacks", 1)}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("2", "3"), ["no", "yes"]),
        (("4",), ["possible"]),
        (("2",), ["no"]),
        (("raised",), ["yes"]),
        (("unstated",), ["possible"]),
    ],
)
def test_a_level_is_heightened_above_the_lowest_of_its_system(
    case: Case, levels: tuple[str, ...], expected: list[str]
) -> None:
    facts = [f"BE threat_level {level} 201{at} system=OCAM" for at, level in enumerate(levels)]
    case.load(rows(*facts), source="s")
    assert [verdict.verdict for verdict in verdicts(case.graph)] == expected


def test_no_data_is_not_no(case: Case) -> None:
    case.load(rows("e1 event_kind attack", "e1 direction inspired", "e1 occurred_in FR"), source="s")
    table = layers(case.graph).table.set_index("country")
    assert table.loc["FR", "coordinated attacks"] == "no"
    assert table.loc["FR", "inspired attacks"] == "1"
    assert table.loc["BE", "coordinated attacks"] == "no data"
    assert list(table.index) == ["GB", "FR", "BE", "NL", "DE", "ES", "BA", "XK", "TR", "RU"]
    assert list(table.columns) == list(schema().layers.names)


def test_estimates_keep_low_and_high() -> None:
    assert fighter_range(["100..150", "440", "..600"]) == (100, 600)


def test_each_verdict_of_the_shipped_case_has_claims_and_a_source(shipped_graph: Graph) -> None:
    finding = layers(shipped_graph, detail=True)
    assert len(finding.table) > 150
    assert all(finding.claims)
    assert finding.table["source"].all()


def test_the_shipped_case_places_the_paris_attacks_once(shipped_graph: Graph) -> None:
    table = layers(shipped_graph, detail=True).table
    november = table[
        (table["layer"] == "coordinated attacks")
        & (table["country"] == "FR")
        & table["date"].str.startswith("2015-11-13")
    ]
    assert len(november) == 1
