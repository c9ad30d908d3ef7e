from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf, struct_time_to_date
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph import dates
from isthmus.graph.errors import BadDate


@st.composite
def iso_forms(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
    form = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
    return day.strftime(form)


def _bounds(text: str) -> tuple[int, int]:
    parsed = parse_edtf(text)
    low, high = struct_time_to_date(parsed.lower_strict()), struct_time_to_date(parsed.upper_strict())
    return low.toordinal(), high.toordinal()


@given(iso_forms())
def test_the_fast_parser_agrees_with_the_edtf_library(text: str) -> None:
    assert (dates.parse(text).first, dates.parse(text).last) == _bounds(text)


@given(iso_forms(), iso_forms())
def test_intervals_agree_with_the_edtf_library(one: str, other: str) -> None:
    first, last = sorted((one, other), key=lambda text: _bounds(text))
    if _bounds(last)[1] >= _bounds(first)[0]:
        span = dates.parse(f"{first}/{last}")
        assert span.first == _bounds(first)[0]
        assert span.last == _bounds(last)[1]


@pytest.mark.parametrize("text", ["2015-11?", "2015~", "2015-XX", "201X", "2015-21", "2015-11-XX"])
def test_uncertain_and_unspecified_forms_agree_with_the_edtf_library(text: str) -> None:
    assert (dates.parse(text).first, dates.parse(text).last) == _bounds(text)


@pytest.mark.parametrize(
    "text", ["2015-02-30", "2015-13", "15-11-2015", "2015-11-18/2015-08", "/", "yesterday", "2015-1-1", "45000"]
)
def test_what_is_no_date_is_refused_with_its_value(text: str) -> None:
    with pytest.raises(BadDate, match=text.replace("/", ".")):
        dates.parse(text)


@pytest.mark.parametrize(
    ("text", "day", "answer"),
    [
        ("2015-08/2015-11-18", "2015-07-31", "not"),
        ("2015-08/2015-11-18", "2015-08-05", "possibly"),
        ("2015-08/2015-11-18", "2015-09-01", "certainly"),
        ("2015-08/2015-11-18", "2015-11-19", "not"),
        ("2015-11-13", "2015-11-13", "certainly"),
        ("2015-11", "2015-11-13", "possibly"),
        ("../2014", "1999-01-01", "certainly"),
        ("../2014", "2014-06-01", "possibly"),
        ("2014-09/..", "2020-01-01", "certainly"),
        ("2014-09/", "2020-01-01", "possibly"),
        ("", "2020-01-01", "possibly"),
        ("2015-11-13?", "2015-11-13", "possibly"),
        ("2016-03-01~/2016-03-04~", "2016-03-02", "possibly"),
    ],
)
def test_tests_on_dates_have_three_answers(text: str, day: str, answer: str) -> None:
    assert dates.at(dates.parse(text), date.fromisoformat(day).toordinal()) == answer


@given(iso_forms(), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_certainly_lies_within_possibly(text: str, day: date) -> None:
    span = dates.parse(text)
    inside = span.first <= day.toordinal() <= span.last
    assert (dates.at(span, day.toordinal()) != "not") == inside
