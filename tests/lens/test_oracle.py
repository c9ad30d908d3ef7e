"""Through a lens each question of the shipped case gets the answer that a case cut to it gives.

The cut case has rows taken away by hand, in plain loops: see `cutting`.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from tests.drawing import drawn
from tests.lens.asking import answered, counted, questions, through
from tests.lens.cases import cut, filled, said, tables_of
from tests.lens.cutting import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.case import Case
    from tests.lens.cutting import Tables

HOLDERS = ["BE", "DE", "ES", "FR", "GB", "NL", "TR"]


class Whole(NamedTuple):
    """The shipped case, its rows in the order that the cut ones have."""

    case: Case
    tables: Tables

    def __repr__(self) -> str:
        return "the shipped case"  # a failure would print each of its rows


@pytest.fixture(scope="module")
def whole(shipped: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    tables = tables_of(shipped)
    with filled(tmp_path_factory.mktemp("whole") / "whole.case", tables, like=shipped) as case:
        yield Whole(case, tables)


@st.composite
def days(draw: st.DrawFn) -> str:
    """A day, a month or a year of those that the case tells of."""
    day = f"{draw(st.integers(2012, 2019))}-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}"
    return day[: draw(st.sampled_from([4, 7, 10]))]


@st.composite
def lenses(draw: st.DrawFn) -> Asked:
    """A lens of one clock or two, with holders or without."""
    clocks = draw(st.sets(st.sampled_from(["valid", "known_by", "published_by"]), min_size=1, max_size=2))
    return Asked.at(
        {clock: draw(days()) for clock in sorted(clocks)}, draw(st.sets(st.sampled_from(HOLDERS), max_size=3))
    )


EYES = [
    Asked(valid="2014"), Asked(valid="2015-12"), Asked(published_by="2015-11-12"),
    Asked(known_by="2015-11-12", holders=("FR",)), Asked(known_by="2015-11-12"),
]  # fmt: skip


@pytest.mark.parametrize("asked", EYES, ids=str)
def test_the_shipped_case_is_as_if_cut(whole: Whole, asked: Asked) -> None:
    _is_as_if_cut(whole, asked)


@given(lenses())
@drawn(2, phases=[Phase.generate])  # it is too slow to look for the least
def test_through_any_lens_the_shipped_case_is_as_if_cut(whole: Whole, asked: Asked) -> None:
    _is_as_if_cut(whole, asked)


def _is_as_if_cut(whole: Whole, asked: Asked) -> None:
    seen = through(whole.case, asked)
    with _cut(whole, asked) as rest:
        for name, is_so in said(rest).items():
            assert said(seen)[name] == is_so
        for name, question in questions(seen):
            assert answered(question, seen) == answered(question, rest), name
    with _cut(whole, asked, certain=True) as rest:
        for name, question in counted(seen):
            assert answered(question, seen) == answered(question, rest), name


@contextmanager
def _cut(whole: Whole, asked: Asked, *, certain: bool = False) -> Iterator[Case]:
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.MonkeyPatch.context() as patch,
        cut(Path(folder) / "cut.case", whole.case, whole.tables, asked, patch, certain=certain) as rest,
    ):
        yield rest
