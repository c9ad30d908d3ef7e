"""One coded column: rows with an entry and without, entries as Python's own or as a run of bytes."""

from __future__ import annotations

import numpy as np
import pytest

from isthmus.graph.fold.table import Coded, coded, objects
from isthmus.graph.fold.texts import Texts

WORDS = ["a", "", "عبد", "\ud800", "b\n", "\x00", "Ålpha"]


@pytest.mark.parametrize("words", [WORDS, [word for word in WORDS if word.isascii()], []])
def test_a_run_of_bytes_gives_the_same_texts_one_by_one_some_and_all(words: list[str]) -> None:
    texts = Texts.of(words)
    assert [texts[at] for at in range(len(texts))] == words
    assert texts.decoded.tolist() == words
    assert [texts[at] for at in range(len(texts))] == words


def test_few_texts_of_many_are_decoded_and_no_other() -> None:
    texts = Texts.of(str(number) for number in range(1000))
    assert texts.at(np.array([7, 999, 7])).tolist() == ["7", "999", "7"]
    assert not texts.is_decoded
    assert texts.at(np.arange(500)).tolist() == [str(number) for number in range(500)]
    assert texts.is_decoded


@pytest.mark.parametrize("mapped", [False, True])
def test_a_row_without_an_entry_stays_so_however_it_is_taken(*, mapped: bool) -> None:
    entries = ["a", "b", "c"]
    column = Coded(np.array([2, -1, 0, 2], dtype=np.int32), Texts.of(entries) if mapped else objects(entries))
    assert column.cells() == ["c", None, "a", "c"]
    assert column.cells(1, 3) == [None, "a"]
    assert column.take(np.array([1, 2])).cells() == [None, "a"]
    assert column.compact().distinct.tolist() == ["a", "c"]
    assert column.compact().cells() == column.cells()
    assert column.take(np.array([1])).compact().cells() == [None]
    assert column.among({"c"}).tolist() == [True, False, False, True]
    assert column.mapped(lambda text: None if text == "c" else text * 2).cells() == [None, None, "aa", None]


def test_entries_may_be_lists_and_a_column_without_any_has_none() -> None:
    assert Coded(np.array([0, 1], dtype=np.int32), objects([["a"], ["b", "c"]])).cells() == [["a"], ["b", "c"]]
    assert Coded(np.array([-1, -1], dtype=np.int32), objects([])).cells() == [None, None]
    assert coded(objects(["x", "y", "x"])).compact().texts().tolist() == ["x", "y", "x"]
