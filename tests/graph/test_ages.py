"""Ages and words that say one, in texts of eight languages; and what only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

from isthmus.graph import ages
from isthmus.graph.record.age import FREE, HELD, OUT, Evidence, born, when


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("aged 17", (17, 17)), ("a 17-year-old", (17, 17)), ("age: 16", (16, 16)), ("17 or 18 years old", (17, 18)),
        ("âgé de 16 ans", (16, 16)), ("ein 16-jähriger", (16, 16)), ("16 Jahre alt", (16, 16)), ("16 jaar oud", (16, 16)),
        ("17 años de edad", (17, 17)), ("età di 17", (17, 17)), ("un 17enne", (17, 17)), ("17 yaşındaki", (17, 17)),
        ("عمره 16", (16, 16)), ("aged 34", (34, 34)),
        # Of another time: under 18 then, and perhaps of age now.
        ("active since he was 14 years old", (14, 18)), ("killed at the age of 17", (17, 18)),
        ("als er 15 Jahre alt war", (15, 18)), ("condamné à l'âge de 16 ans", (16, 18)), ("when aged 25", (25, 25)),
        ("is 16 years old, active since 14 years old", (14, 16)), ("aged 30, a fighter since he was 15 years old", (15, 30)),
        ("sentenced to 15 years", None), ("10 years of prison", None), ("condamné à 10 ans", None), ("16 jaar cel", None),
        ("eine 15-jährige Haftstrafe", None), ("5 years ago", None), ("Flight 17", None), ("in 2017", None),
    ],
)  # fmt: skip
def test_an_age_is_read_and_a_sentence_is_none(text: str, age: tuple[int, int] | None) -> None:
    assert ages.stated(text) == age


@pytest.mark.parametrize(
    "text",
    ["a schoolboy", "minor", "a minor", "lycéen à Lille", "ein Junge", "Schülerin", "minderjarige", "menor de edad",
     "minorenne", "lise öğrencisi", "قاصر", "S. (17)", "S., 17 ans, de Lille"],
)  # fmt: skip
def test_a_word_or_a_number_beside_a_name_may_say_young(text: str) -> None:
    assert ages.young(text)


@pytest.mark.parametrize(
    "text",
    [
        "a minor role",
        "junge Frau",
        "hermano menor",
        "fratello minore",
        "university student",
        "list (1)",
        "10 years",
        "see (44)",
    ],
)
def test_what_is_said_of_adults_as_often_does_not(text: str) -> None:
    assert not ages.young(text)


def test_a_stated_age_with_its_day_bounds_a_birth_better_than_a_sign_does() -> None:
    rough = born("1998~")
    assert rough is not None
    assert rough[0] <= date(1997, 1, 1).toordinal()
    assert rough[1] >= date(1999, 12, 31).toordinal()
    narrow = born("1998~", "derived from age 19 in 2017-07")
    assert narrow == born("[1997-07-02..1998-07-31]")
    assert born("1990~", "derived from age 38 in 2016-17") == born("1990~")


@pytest.mark.parametrize(
    ("birth", "valid", "act", "verdict"),
    [
        ("1990", "2007-12-31", False, OUT), ("1990", "2008", False, HELD), ("1990", "2009", False, FREE),
        ("1990", "2008/2012", False, FREE),  # what lasted into full age
        ("1990", "2006/..", False, HELD), ("1990", "2004/2006", False, OUT), ("1996-02-29", "2014-03-01", False, FREE),
        ("1996-02-29", "2014-02-28", False, OUT),
    ],
)  # fmt: skip
def test_of_age_by_the_latest_birth_under_age_by_the_earliest(birth: str, valid: str, act: bool, verdict: str) -> None:
    days, time = born(birth), when(valid, act=act)
    assert days is not None
    assert time is not None
    assert Evidence(births=[days], times=[time]).verdict(today=800_000)[0] == verdict


def test_an_act_of_full_age_outweighs_a_time_that_is_possible_and_asks_about_one_that_is_certain() -> None:
    birth = born("1990")
    act, possible, certain = when("2015", act=True), when("2008"), when("2006")
    assert birth is not None
    assert act is not None
    assert possible is not None
    assert certain is not None
    assert Evidence(births=[birth], times=[act, possible]).verdict(today=0)[0] == FREE
    assert Evidence(births=[birth], times=[act, certain]).verdict(today=0)[0] == HELD
