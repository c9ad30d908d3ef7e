"""What became known later stands in columns that end in `_hindsight`, and in nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.queries.sharing.tables import BESIDE, TABLES
from tests.queries.sharing.hand import held, load

if TYPE_CHECKING:
    from isthmus.case import Case

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
