from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.loaders.columns import Category, Met, count, iso_day, partial_date, point, serial_day


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)))
def test_excel_serial_dates_come_back(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert serial_day(str(serial)) == serial_day(f"{serial}.75") == day.isoformat()


@given(st.dates(dt.date(1000, 1, 1)))
def test_the_same_day_in_any_form(day: dt.date) -> None:
    forms = [day.isoformat(), f"{day:%Y%m%d}", f"{day.day}/{day.month}/{day.year}", f"{day.isoformat()} 00:00:00"]
    assert {iso_day(form) for form in forms} == {day.isoformat()}
    assert iso_day(f"{day.month}/{day.day}/{day.year}", month_first=True) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9-May-20", "2020-05-09"),
        ("09 May 2020", "2020-05-09"),
        ("1-Jan-70", "1970-01-01"),
        ("31 December 1999", "1999-12-31"),
    ],
)
def test_months_in_words(text: str, day: str) -> None:
    assert iso_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "2015", "2015-13-01", "31-Apr-20", "42321", "13/13/2015", "9 Mai 2020", "0/0/2015"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(BadRow):
        iso_day(text)


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [
        (("2015", "11", "13"), "2015-11-13"),
        (("2015", "11", "0"), "2015-11"),
        (("2015", "0", "13"), "2015"),
        (("2015", "-9", "-9"), "2015"),
        (("2015", "", ""), "2015"),
        (("2015.0", "11.0", "13.0"), "2015-11-13"),
    ],
)
def test_a_partial_date_keeps_what_is_known(parts: tuple[str, str, str], edtf: str) -> None:
    assert partial_date(*parts) == edtf


@pytest.mark.parametrize(
    "parts", [("0", "1", "1"), ("2015", "13", "1"), ("2015", "2", "30"), ("MMXV", "1", "1"), ("9" * 30, "1", "1")]
)
def test_what_is_no_partial_date(parts: tuple[str, str, str]) -> None:
    with pytest.raises(BadRow):
        partial_date(*parts)


@pytest.mark.parametrize(
    ("text", "number"), [("12", "12"), ("12.0", "12"), ("1.50", "1.5"), ("0", "0"), ("", ""), ("N/A", "")]
)
def test_counts(text: str, number: str) -> None:
    assert count(text, "x") == number


@pytest.mark.parametrize("text", ["-1", "1e3", "٣", "½", "12,5", "nan", "1.2.3"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(BadRow):
        count(text, "x")


def test_an_unknown_count_is_one_only_where_its_code_is() -> None:
    assert count("-99", "x", {"-99"}) == ""
    with pytest.raises(BadRow):
        count("-99", "x")


def test_a_point_lies_on_the_earth() -> None:
    assert point("50.8", "-4.3") == "50.8,-4.3"
    assert point("", "4.3") == ""
    for north, east in (("91", "0"), ("0", "181"), ("nan", "0"), ("x", "0")):
        with pytest.raises(BadRow):
            point(north, east)


def test_a_category_is_read_by_word_by_code_and_by_both() -> None:
    weapon = Category("weapon", {5: "Firearms", 6: "Explosives"}, {"Guns": "Firearms"})
    assert [weapon["5"], weapon["Explosives", ""], weapon["Guns", "5"], weapon[""]] == [
        "Firearms",
        "Explosives",
        "Firearms",
        "",
    ]
    with pytest.raises(UnknownWord, match="weapon 'Firearm' isn't in source"):
        weapon["Firearm", ""]
    with pytest.raises(UnknownWord, match="weapon has code '7'"):
        weapon["7"]
    with pytest.raises(BadRow, match="code '6' is 'Explosives', the text 'Firearms'"):
        weapon["Firearms", "6"]


def test_what_a_row_set_aside_met_is_met_again() -> None:
    met = Met()
    met.start()
    assert met.first("group")
    assert not met.first("group")
    met.start()  # the row before was not kept
    assert met.first("group")
    met.keep()
    met.start()
    assert not met.first("group")
    assert met.once("id", "1") == "1"
    with pytest.raises(BadRow, match="id '1' stands twice"):
        met.once("id", "1")
    with pytest.raises(BadRow, match="id is empty"):
        met.once("id", "")
