"""What became known later stands in columns that end in `_hindsight`, and in nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.errors import NoSuchEntity
from isthmus.queries.sharing.tables import BESIDE, TABLES
from tests.queries.sharing.hand import held, load

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.queries.finding import Finding

DAY = "2015-11-12"
THEN = ["p1 citizen_of FR", "p2 citizen_of BE", "p1 radicalised yes", "p2 radicalised yes", "p1 met p2 2014",
        "p1 status convicted", "p2 status convicted"]  # fmt: skip
HELD_THEN = [
    held("p1 radicalised yes", "BE", "2014-07-01"), held("p2 radicalised yes", "FR", "2014-08-01"),
    held("p1 met p2", "FR", "2015-01-01"), held("p1 citizen_of FR", "BE", "2014-07-01"),
    held("p2 citizen_of BE", "FR", "2014-07-01"),
]  # fmt: skip
LATER = ["p1 took_part_in e1", "e1 date 2015-11-13", "e1 event_kind attack", "e1 occurred_in FR", "p3 citizen_of FR",
         "p3 radicalised yes", "p1 met p3 2013"]  # fmt: skip
HELD_LATER = [held("p3 radicalised yes", "BE", "2016-03-01"), held("p1 met p3", "BE", "2016-03-01"),
              held("p1 radicalised yes", "FR", "2016-04-01")]  # fmt: skip


def seen(finding: Finding) -> list[dict[str, Any]]:
    return [{name: cell for name, cell in row.items() if not name.endswith("_hindsight")} for row in finding.rows()]


def whole(finding: Finding, kept_out: dict[str, int]) -> dict[str, Any]:
    """All but the second look's columns, and but the count of what the lens kept out."""
    told = finding.to_dict()
    left_out = {why: count for why, count in finding.left_out.items() if why not in kept_out}
    columns = [name for name in finding.columns if not name.endswith("_hindsight")]
    return {**told, "rows": seen(finding), "columns": columns, "left_out": left_out}


@pytest.mark.parametrize("holders", [None, ["FR"], ["BE", "FR"]])
@pytest.mark.parametrize(
    "options",
    [*({"table": table} for table in TABLES), {"toward": "p1", "needer": "BE"}, {"exchanges": 2}, {"value": "pairs"}],
    ids=str,
)
def test_what_became_known_later_changes_the_second_look_alone(
    case: Case, holders: list[str] | None, options: dict[str, Any]
) -> None:
    load(case, THEN, HELD_THEN)
    eye = case.through(known_by=DAY, holders=holders)
    before = whole(eye.gap(rule="declared", **options), eye.graph.left_out)
    load(case, [*THEN, *LATER], [*HELD_THEN, *HELD_LATER])
    assert whole(eye.gap(rule="declared", **options), eye.graph.left_out) == before


def test_the_record_as_it_is_now_stands_beside(case: Case) -> None:
    load(case, [*THEN, *LATER], [*HELD_THEN, *HELD_LATER, held("p2 radicalised yes", "DE", DAY)])
    for table, (keys, columns) in BESIDE.items():
        if table in TABLES:
            found = case.through(known_by=DAY).gap(rule="declared", table=table)
            assert [name for name in found.columns if name.endswith("_hindsight")] == [
                f"{name}_hindsight" for name in columns
            ]
            assert set(keys) <= set(found.columns)
    assert not [name for name in case.gap().columns if name.endswith("_hindsight")], "nothing is held back"


def test_knowable_knows_the_next_event_in_hindsight_only(case: Case) -> None:
    load(case, THEN, HELD_THEN)
    before = case.knowable(DAY, holders=["BE"], rule="declared")
    load(case, [*THEN, *LATER], [*HELD_THEN, *HELD_LATER])
    after = case.through(known_by=DAY, holders=["BE"]).knowable(rule="declared")
    assert seen(after) == seen(before)
    assert after.table["event_date_hindsight"].tolist() == ["2015-11-13"]
    assert after.table["warning_days_hindsight"].tolist() == [500]
    assert before.table["next_event_hindsight"].tolist() == [""]


def test_an_aim_that_is_not_in_view_is_found_in_hindsight(case: Case) -> None:
    load(case, [*THEN, *LATER], [*HELD_THEN, *HELD_LATER])
    with pytest.raises(NoSuchEntity, match="hindsight"):
        case.knowable(DAY, toward="e1", rule="declared")
    found = case.knowable(DAY, toward="e1", rule="declared", hindsight=True)
    assert all(name.endswith("_hindsight") for name in found.columns)
    assert all(name.endswith("_hindsight") for name in [*found.robustness, *found.left_out])
    assert len(found)
