from __future__ import annotations

import pytest

from isthmus.graph import grading
from isthmus.graph.errors import BadQuestion

ALL = [f"{letter}{digit}" for letter in "ABCDEF" for digit in "123456"]


@pytest.mark.parametrize("grade", ALL)
def test_each_chance_lies_within_its_interval(grade: str) -> None:
    chance, low, high = grading.probability(grade)
    assert 0.05 <= low <= chance <= high <= 0.99


@pytest.mark.parametrize("letter", "ABCDE")
def test_a_better_credibility_never_has_a_lower_chance(letter: str) -> None:
    chances = [grading.probability(f"{letter}{digit}")[0] for digit in "12345"]
    assert chances == sorted(chances, reverse=True)


def test_unknown_widens_the_interval_and_is_never_even() -> None:
    for grade in ("F6", "A6", "F2"):
        chance, low, high = grading.probability(grade)
        assert chance != 0.5
        other = grading.probability(grade.replace("F", "B").replace("6", "3"))
        assert high - low > other[2] - other[1]


def test_unknown_passes_only_where_it_is_asked_for() -> None:
    assert not grading.passes("F2", "C3")
    assert not grading.passes("A6", "C3")
    assert grading.passes("F6", "F6")
    assert grading.passes("B2", "C3")


def test_what_is_no_grade_is_refused() -> None:
    with pytest.raises(BadQuestion, match="G7"):
        grading.check("G7")


def test_europol_codes_keep_the_order_of_reliability() -> None:
    assert [grading.FROM_EUROPOL[code] for code in "ABCX"] == ["A", "B", "D", "F"]
    assert grading.TO_EUROPOL[grading.FROM_EUROPOL["X"]] == "X"
