"""The days from which things are in view, against views of those days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph.fold.first_days import PUBLIC, first_days
from isthmus.graph.fold.folding import fold
from isthmus.graph.fold.status import changes
from isthmus.graph.fold.whole import whole
from isthmus.graph.lens import Lens
from isthmus.graph.record.rows import Claim, Holding, Judgement, Record, SourceRow
from tests.drawing import drawn
from tests.lens.drawn import COUNTRIES, DAYS, records
from tests.lens.test_drawn import loaded

if TYPE_CHECKING:
    import pandas as pd

    from isthmus.case import Case
    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.record.rows import Row


def _seen(graph: Folded) -> tuple[set[tuple[str, str, str]], set[str]]:
    table = graph.statement_table
    return set(zip(graph.ids[table["subject"]], table["property"], table["value"], strict=True)), set(graph.ids)


def _agree(case: Case, day: str, holder: str) -> None:
    """What is in view by the days, and through the lens of that day, with the identities of today."""
    ground = whole(case.file, Lens())
    clock = Lens.of(known_by=day, holders=[holder]) if holder else Lens.of(published_by=day)
    days, record = first_days(ground, holder), ground.whole
    table, rows = record.statement_table, np.flatnonzero(days.statements <= clock.day)
    by_days = set(zip(record.ids[table["subject"][rows]], table["property"][rows], table["value"][rows], strict=True))
    statements, entities = _seen(fold(case.file, clock, same=record.same))
    assert by_days == statements
    assert entities == set(record.ids[days.entities <= clock.day])


@given(records(), st.sampled_from(DAYS), st.sampled_from([PUBLIC, *COUNTRIES]))
@drawn(60)
def test_in_view_from_its_first_day_on(rows: list[Row], day: str, holder: str) -> None:
    with loaded(rows) as (_, case):
        _agree(case, day, holder)


def test_of_the_shipped_case(shipped: Case) -> None:
    tables = shipped.first_days()
    for holder in (PUBLIC, "FR", "BE", "TR"):
        for day in ("2014-05-24", "2015-01-15", "2015-11-12", "2015-11-13", "2016-03", "2022-06-29"):
            _agree(shipped, day, holder)
            _statuses_agree(shipped, tables["statuses"], day, holder)


def _statuses_agree(case: Case, told: pd.DataFrame, day: str, holder: str) -> None:
    """Each change of status, not only each status, is in view from its own day on."""
    clock = Lens.of(known_by=day, holders=[holder]) if holder else Lens.of(published_by=day)
    view = fold(case.file, clock, same=whole(case.file, Lens()).whole.same)
    until = date.fromordinal(clock.day).isoformat()
    there = told[told[holder or "public"].fillna("9999") <= until]
    by_days = sorted(zip(there["entity"], there["status"], there["first"], strict=True))
    seen = [(view.ids[at], change) for at, several in enumerate(changes(view)) for change in several]
    assert by_days == sorted(
        (str(one), change.code, date.fromordinal(change.first).isoformat()) for one, change in seen
    )


def test_a_few_rows_by_hand(case: Case) -> None:
    """Published in 2016; France says that it held the tie since 2015; the citizenship comes along with the man."""
    early, late = Record("s", "1", published="2014-03-01"), Record("t", "2", published="2016-05")
    case.load(
        [
            SourceRow("s"), SourceRow("t"), early, late,
            Claim(late.id, "ann", "kind", "Person"), Claim(late.id, "ben", "kind", "Person"),
            Claim(late.id, "ann", "citizen_of", "BE"), Claim(early.id, "ben", "status", "arrested", "2014-02"),
            Claim(late.id, "ben", "status", "convicted", "2015-10-01"), Claim(late.id, "ben", "status", "arrested", "2015-09"),
            Claim(late.id, "ann", "met", "ben", "2015"),
            Holding("ann", "met", "ben", "FR", late.id, valid="2015-06-01"),
            Judgement("ann", "ben", "different", "me", "2016", known_from="2015-07"),
        ],
        source="s",
    )  # fmt: skip
    tables = case.first_days()
    told = tables["statements"].to_dict("records")
    days = {(row["subject"], row["property"]): (row["public"], row["FR"]) for row in told}
    assert days["ann", "met"] == days["ann", "citizen_of"] == ("2016-05-31", "2015-06-01")
    entities = {row["id"]: (row["public"], row["FR"]) for row in tables["entities"].to_dict("records")}
    assert entities["ben"] == ("2014-03-01", "2014-03-01")
    said = tables["statuses"][["entity", "status", "first", "last", "public"]]
    assert said.to_numpy().tolist() == [
        ["ben", "arrested", "2014-02-01", "2014-02-28", "2014-03-01"],
        ["ben", "arrested", "2015-09-01", "2015-09-30", "2016-05-31"],
        ["ben", "convicted", "2015-10-01", "2015-10-01", "2016-05-31"],
    ]
    judged = tables["judgements"][["left", "right", "verdict", "public", "FR"]]
    assert judged.to_numpy().tolist() == [["ann", "ben", "different", "2015-07-31", "2015-07-31"]]
    assert max(date.fromisoformat(row["public"]) for row in told) == date(2016, 5, 31)
