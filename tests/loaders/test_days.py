"""Dates as lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph import dates
from isthmus.graph.errors import BadDate
from isthmus.loaders.days import edtf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2015", "2015"), ("2015-11", "2015-11"), ("2015-11-13", "2015-11-13"), ("2015-11-13T21:20:00Z", "2015-11-13"),
        ("1960-01-01-05:00", "1960-01-01"), ("13/11/2015", "2015-11-13"), ("00/00/1977", "1977"), ("00/05/1977", "1977-05"),
        ("10 Dec 1948", "1948-12-10"), ("Nov. 1973", "1973-11"), ("August 1961", "1961-08"), ("circa 1965", "1965~"),
        ("circa 1965 to 1967", "1965~/1967~"), ("01 Jan 1943 to 31 Dec 1943", "1943-01-01/1943-12-31"),
        ("between 1965 and 1969", "[1965..1969]"), ("  1 Sept. 2001 ", "2001-09-01"),
        ("1957 or 1962", "[1957,1962]"), ("1957 or 13/11/1962", "[1957,1962-11-13]"), ("[1957,1962]", "[1957,1962]"),
        ("1985-XX-15", "1985-XX-15"), ("1890~", "1890~"), ("2005-21", "2005-21"), ("../1985", "../1985"),
        ("2015-00-00", "2015"), ("2015-11-00", "2015-11"), ("2015/11/13", "2015-11-13"), ("13.11.2015", "2015-11-13"),
        ("Nov 13, 2015", "2015-11-13"), ("circa between 1965 and 1969", "[1965~..1969~]"), ("c. May 1965", "1965-05~"),
    ],
)  # fmt: skip
def test_a_date_keeps_its_precision(text: str, found: str) -> None:
    assert edtf(text) == found


def test_the_american_order() -> None:
    assert edtf("03/28/2025", order="mdy") == "2025-03-28"


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "30-35 years old", "24/06/1402 (Hijri Calendar)", "12 2015", "Foo 2015", "11/13/2015", "0000-00-00",
     "13-Nov-15"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        edtf(text)


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_is_refused(text: str) -> None:
    try:
        dates.parse(edtf(text))
    except BadDate:
        return


@given(st.dates())
def test_a_day_is_the_same_in_every_spelling(day: object) -> None:
    iso = f"{day}"
    year, month, number = iso.split("-")
    word = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][int(month) - 1]
    assert edtf(iso) == edtf(f"{number}/{month}/{year}") == edtf(f"{int(number)} {word} {year}") == iso


@pytest.mark.parametrize(
    ("text", "found"), [("11/13/2015", "2015-11-13"), ("13/11/2015", "2015-11-13"), ("04/04/2015", "2015-04-04")]
)
def test_where_nobody_says_the_order_one_reading_is_enough(text: str, found: str) -> None:
    assert edtf(text, order="") == found


def test_two_readings_are_refused_with_both() -> None:
    with pytest.raises(BadDate, match=r"03/04/2015.* two readings, 2015-04-03 .* 2015-03-04"):
        edtf("03/04/2015", order="")


def test_what_cannot_be_is_told_as_it_is_written() -> None:
    with pytest.raises(BadDate, match="11/13/2015"):
        edtf("11/13/2015")
