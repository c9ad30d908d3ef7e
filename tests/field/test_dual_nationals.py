"""People of two nationalities: a tie between them counts once, and what they share is marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.loaders import run

if TYPE_CHECKING:
    from isthmus.case import Case

HERE = Path(__file__).parent / "dual_nationals"


@pytest.mark.parametrize(
    ("rule", "disjoint", "partly", "unknown"),
    [
        ("citizenship", {"c-d"}, {"a-b", "a-c", "b-d"}, 2),  # of e no source says one; f's line is set aside
        ("residence", {"a-b", "a-c", "b-d", "c-d", "a-e"}, set(), 1),
        ("either", {"a-e"}, {"a-b", "a-c", "b-d"}, 1),  # c and d have the same two
    ],
)
def test_each_tie_counts_once_and_what_is_shared_is_marked(
    case: Case, rule: str, disjoint: set[str], partly: set[str], unknown: int
) -> None:
    loaded = run("tables", [HERE / "data"], case.file, options={"quarantine_share": "0.5"})
    assert (loaded.tally.read, loaded.tally.loaded) == (13, 12)
    found = case.cross_border(kinds=["pair"], country_rule=rule)
    told: dict[str, set[str]] = {"disjoint": set(), "partly shared": set()}
    for one, other, overlap in zip(
        found.table["subject_id"], found.table["object_id"], found.table["overlap"], strict=True
    ):
        pair = "-".join(sorted((one, other)))
        assert pair not in told["disjoint"] | told["partly shared"]
        told[overlap].add(pair)
    assert (told["disjoint"], told["partly shared"]) == (disjoint, partly)
    assert found.left_out["pairs with a country unknown"] == unknown
