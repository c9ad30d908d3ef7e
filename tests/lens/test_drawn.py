"""What holds of every lens on every case: drawn cases, cut by hand beside."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.case import Case
from tests.drawing import drawn
from tests.lens.asking import answered, questions, through
from tests.lens.cases import cut, filled, said, tables_of
from tests.lens.cutting import Asked
from tests.lens.drawn import COUNTRIES, DAYS, lenses, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row


@contextmanager
def loaded(rows: list[Row]) -> Iterator[tuple[Path, Case]]:
    """A case of these rows, in the order in which its tables are read back, and its folder."""
    with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "drawn.case") as first:
        first.load(rows, source="drawn")
        with filled(Path(folder) / "whole.case", tables_of(first), like=first) as case:
            yield Path(folder), case


@given(records(), lenses())
@drawn(60)
def test_a_drawn_case_is_as_if_cut(rows: list[Row], asked: Asked) -> None:
    with loaded(rows) as (folder, whole), pytest.MonkeyPatch.context() as patch:
        seen = said(through(whole, asked))
        with cut(folder / "cut.case", whole, tables_of(whole), asked, patch) as rest:
            assert seen == said(rest)


@given(records(), lenses())
@drawn(5)
def test_each_question_of_a_drawn_case_is_as_if_cut(rows: list[Row], asked: Asked) -> None:
    with loaded(rows) as (folder, whole), pytest.MonkeyPatch.context() as patch:
        seen = through(whole, asked)
        with cut(folder / "cut.case", whole, tables_of(whole), asked, patch) as rest:
            for name, question in questions(seen):
                assert answered(question, seen) == answered(question, rest), name


def _statements(graph: Graph) -> set[tuple[str, str, str]]:
    table = graph.statement_table
    return set(zip(graph.ids[table["subject"]], table["property"], table["value"], strict=True))


@given(records(), st.lists(st.sampled_from(DAYS), min_size=2, max_size=2), st.sets(st.sampled_from(COUNTRIES)))
@drawn(30)
def test_what_is_known_grows(rows: list[Row], days: list[str], holders: set[str]) -> None:
    """By the last day of each; without judgements, which give two ids one name."""
    kept = [row for row in rows if type(row).__name__ != "Judgement"]
    with loaded(kept) as (_, case):
        early, late = sorted(days, key=lambda text: (text + "-99-99")[:10])
        for clock in ("known_by", "published_by"):
            views = (through(case, Asked.at({clock: day}, holders)) for day in (early, late))
            before, after = (_statements(view.graph) for view in views)
            assert before <= after


@given(records(), lenses())
@drawn(20)
def test_parts_commute(rows: list[Row], asked: Asked) -> None:
    alone = [
        Asked(valid=asked.valid),
        Asked(published_by=asked.published_by),
        Asked(known_by=asked.known_by, holders=asked.holders),
    ]
    with loaded(rows) as (_, case):
        answers = []
        for order in permutations(alone):
            desk = case
            for part in order:
                desk = through(desk, part)
            answers.append((desk.lens, said(desk)))
        assert all(other == answers[0] for other in answers)


@given(records(), st.sampled_from(DAYS), st.permutations(COUNTRIES))
@drawn(10)
def test_holders_are_asked_in_any_order(rows: list[Row], day: str, holders: list[str]) -> None:
    with loaded(rows) as (_, case):
        one, other = (case.through(known_by=day, holders=who) for who in (sorted(holders), holders))
        assert one.lens == other.lens
        assert said(one) == said(other)
