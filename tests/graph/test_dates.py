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
        ("2014-08-15/[2018-10-29..]", "2014-08-14", "not"),
        ("2014-08-15/[2018-10-29..]", "2014-08-15", "certainly"),
        ("2014-08-15/[2018-10-29..]", "2018-10-29", "certainly"),
        ("2014-08-15/[2018-10-29..]", "2018-10-30", "possibly"),
        ("[2019-03-12..]/..", "2019-03-11", "not"),
        ("[2019-03-12..]/..", "2025-01-01", "possibly"),
        ("[2014..2015]/..", "2015-01-01", "possibly"),
        ("[2014..2015]/..", "2016-01-01", "certainly"),
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


@pytest.mark.parametrize(
    "text",
    [
        "1985-XX-15", "[1957,1962]", "[1957, 1962]", "[1980..1985]", "156X-12-25", "1XXX-XX", "2004-06~-11",
        "?2004-06-~11", "2015-XX-31", "2015-25", "2015-29", "2015-33", "2015-36", "2015-37", "2015-40", "2015-41",
        "1890~", "18XX", "189X", "1892/1894", "1893-21", "2015~/2016?", "201X/202X",
    ],
)  # fmt: skip
def test_level_2_agrees_with_the_edtf_library(text: str) -> None:
    assert (dates.parse(text).first, dates.parse(text).last) == _bounds(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [  # where the library fails, or ends winter with its year
        ("[..1985]", "0001-01-01", "1985-12-31"), ("[1980..]", "1980-01-01", "9999-12-31"),
        ("[1965~..1967~]", "1965-01-01", "1967-12-31"), ("[2014-11..2015-02-03,2016]", "2014-11-01", "2016-12-31"),
        ("1984-1X", "1984-10-01", "1984-12-31"), ("2015-11-1X", "2015-11-10", "2015-11-19"),
        ("1985-02-2X", "1985-02-20", "1985-02-28"), ("XXXX-02-29", "0004-02-29", "9996-02-29"),
        ("2015-24", "2015-12-01", "2016-02-29"), ("190X-02-29", "1904-02-29", "1908-02-29"),
    ],
)  # fmt: skip
def test_level_2_beyond_the_edtf_library(text: str, first: str, last: str) -> None:
    span = dates.parse(text)
    assert (span.first, span.last) == (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


@pytest.mark.parametrize(
    "text", ["[1957", "[]", "[1985..1980]", "[1957/1962]", "1985-02-3X", "1985-XX-32", "{1957,1962}", "2015-42"]
)
def test_what_is_no_set_or_part_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        dates.parse(text)


@pytest.mark.parametrize("text", ["-0043-03-15", "0000", "0000-01", "-0044/0014"])
def test_before_our_era_is_refused_in_these_words(text: str) -> None:
    with pytest.raises(BadDate, match="before our era"):
        dates.parse(text)


@pytest.mark.parametrize(
    ("interval", "days"),
    [("1980/1985", "[1980..1985]"), ("../1985", "[..1985]"), ("1980/", "[1980..]"), ("1957", "1957"), ("[1957,1962]",) * 2,
     ("1965~/1967~", "[1965~..1967~]")],
)  # fmt: skip
def test_what_happens_once_is_one_day_of_its_interval(interval: str, days: str) -> None:
    assert dates.once(interval) == days
    assert (dates.parse(days).first, dates.parse(days).last) == (
        dates.parse(interval).first,
        dates.parse(interval).last,
    )


def test_a_birth_between_two_years_is_certainly_in_none_of_them() -> None:
    year = dates.parse("1983")
    assert dates.during(dates.parse("1980/1985"), year.first, year.last) == "certainly"
    assert dates.during(dates.parse(dates.once("1980/1985")), year.first, year.last) == "possibly"


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (["1957", "1957-03-05"], True), (["1957", "1958"], False), (["[1957,1962]", "1962-05"], True),
        (["[1957,1962]", "1960"], False), (["[1957..1962]", "1960"], True), (["1957", "1957-03", "1957-04"], False),
        (["1985-XX-15", "1985-04"], True), (["", "1985"], True),
    ],
)  # fmt: skip
def test_dates_agree_where_one_day_fits_all(texts: list[str], answer: bool) -> None:
    assert dates.agree(texts) is answer
