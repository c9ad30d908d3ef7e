"""What is given in whatever form, read or refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from isthmus.graph.errors import BadDate, BadQuestion
from isthmus.graph.given import day, names, numbers, texts, word, words

KNOWN = ("member_of", "same cell", "Person")


def test_a_text_is_one_text_and_no_letters() -> None:
    assert names("Abaaoud, Abdelhamid") == ("Abaaoud, Abdelhamid",)
    assert texts("a;b, c|d/e\nf") == ("a", "b", "c", "d", "e", "f")
    assert texts(["a,b", "b", " c "]) == ("a", "b", "c")
    assert texts({"b", "a"}) == ("a", "b")
    assert texts(pd.Series(["b", "a"])) == ("b", "a")
    assert texts(None) == texts([]) == ()


@pytest.mark.parametrize("given", ["", " ", ";", [""], 5, b"FR", {"a": 1}, [None], ["a", 5]])
def test_what_names_nothing_is_refused_and_not_passed_over(given: Any) -> None:
    with pytest.raises(BadQuestion):
        texts(given)


def test_a_word_counts_in_any_case_and_joint() -> None:
    assert words("MEMBER-OF, Same_Cell;person", KNOWN, "thing") == KNOWN
    assert word(" Member of ", KNOWN, "thing") == "member_of"
    with pytest.raises(BadQuestion, match="'member' is no thing; choose from member_of, same cell, Person"):
        words(["person", "member"], KNOWN, "thing")
    with pytest.raises(BadQuestion, match="did you mean 'member_of'"):
        words("membr_of", KNOWN, "thing", harmless=True)
    with pytest.raises(BadQuestion, match="more than one"):
        word("person, member_of", KNOWN, "thing")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("2015-11-12", "2015-11-12"),
        (" 2015-11 ", "2015-11"),
        ("", ""),
        (dt.date(2015, 11, 12), "2015-11-12"),
        (dt.datetime(2015, 11, 12, 23, 59), "2015-11-12"),  # noqa: DTZ001  a day has no zone
        (dt.datetime(2015, 11, 12, 23, 59, tzinfo=dt.UTC), "2015-11-12"),
        (pd.Timestamp("2015-11-12 08:00"), "2015-11-12"),
        (np.datetime64("2015-11-12T08:00"), "2015-11-12"),
        (np.datetime64("2015-11"), "2015-11"),
        (pd.Period("2015-11", "M"), "2015-11"),
        (2015, "2015"),
        (np.int64(2015), "2015"),
    ],
)
def test_a_day_in_every_form(given: Any, text: str) -> None:
    assert day(given) == text


@pytest.mark.parametrize(
    "given", [None, True, 3.5, 20151112, pd.NaT, np.datetime64("NaT", "D"), "12.11.2015", ["2015"]]
)
def test_no_day_is_refused_with_what_to_give(given: Any) -> None:
    with pytest.raises(BadDate, match="2015-11-1"):
        day(given)


def test_numbers() -> None:
    assert numbers(0.1) == numbers("0.1") == numbers([0.1]) == numbers(["0.1"]) == (0.1,)
    assert numbers("0.1;0.2") == (0.1, 0.2)
    assert numbers(None) == ()
    with pytest.raises(BadQuestion, match="'ten' is no number"):
        numbers(["ten"])
