"""Rows as sentences: what is missing leaves no trace, and no word of the data is lost."""

from __future__ import annotations

import pytest

from isthmus.cli.sentences import sentence

TEMPLATE = "{name} ({status}; {countries}) {tie} {object}: {first} to {last} · {note} · {source}"
ROW = {"name": "A", "status": "charged", "countries": "FR", "tie": "member_of", "object": "B", "first": "2015",
       "last": "2016", "note": "n", "source": "s"}  # fmt: skip


def test_a_whole_row() -> None:
    assert sentence(TEMPLATE, ROW) == "A (charged; FR) member of B: 2015 to 2016 · n · s"


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        (("status",), "A (FR) member of B: 2015 to 2016 · n · s"),
        (("countries",), "A (charged) member of B: 2015 to 2016 · n · s"),
        (("status", "countries"), "A member of B: 2015 to 2016 · n · s"),
        (("last",), "A (charged; FR) member of B: 2015 to · n · s"),
        (("first",), "A (charged; FR) member of B: to 2016 · n · s"),
        (("first", "last"), "A (charged; FR) member of B: · n · s"),
        (("note",), "A (charged; FR) member of B: 2015 to 2016 · s"),
        (("note", "source"), "A (charged; FR) member of B: 2015 to 2016"),
    ],
)
def test_what_a_row_lacks_leaves_nothing_behind(lacks: tuple[str, ...], said: str) -> None:
    assert sentence(TEMPLATE, {**ROW, **dict.fromkeys(lacks, "")}) == said


@pytest.mark.parametrize(
    "text",
    [
        "he went to · Raqqa",
        "a list: (), [ ]",
        "(; see the annex)",
        "(page 3, )",
        "two  blanks",
        "·;, trailing ,;·",
        "to ",
    ],
)
def test_no_word_of_the_data_is_tidied_away(text: str) -> None:
    assert sentence("{name}: {note} · {source}", {"name": "A", "note": text, "source": "s"}) == f"A: {text} · s"
    assert sentence("{note}", {"note": text}) == text


def test_only_names_of_ties_and_properties_lose_their_underscores() -> None:
    assert sentence("{tie}", {"tie": "member_of, took_part_in"}) == "member of, took part in"
    assert (
        sentence("{says}", {"says": "wrote to jihad_media_2 on event_kind"}) == "wrote to jihad_media_2 on event kind"
    )
    assert sentence("{note}", {"note": "member_of"}) == "member_of"
