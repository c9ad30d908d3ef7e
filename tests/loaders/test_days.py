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
        ("between 1965 and 1969", "1965/1969"), ("  1 Sept. 2001 ", "2001-09-01"),
    ],
)  # fmt: skip
def test_a_date_keeps_its_precision(text: str, found: str) -> None:
    assert edtf(text) == found


def test_the_american_order() -> None:
    assert edtf("03/28/2025", order="mdy") == "2025-03-28"


@pytest.mark.parametrize(
    "text", ["", "unknown", "30-35 years old", "24/06/1402 (Hijri Calendar)", "12 2015", "Foo 2015"]
)
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
