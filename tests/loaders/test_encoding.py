from __future__ import annotations

import io
import time

import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders.encoding import detect


def _of(content: bytes) -> str:
    return detect("x.csv", lambda: io.BytesIO(content))


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("a,b\n1,2\n", "ascii", "utf-8"),
        ("ville,Molenbeek-Saint-Jean\nprénom,Zoé\n", "utf-8", "utf-8"),
        ("ville,Liège\n", "utf-8-sig", "utf-8-sig"),
        ("ville,Liège\n", "utf-16", "utf-16"),
        ("ville,Liège\rpays,Algérie\r", "latin-1", "latin-1"),
        ("Mühlhausen – “the house”\n", "cp1252", "cp1252"),
        ("هاجمت قوات الشرطة في بغداد\n" * 20, "cp1256", "cp1256"),
        ("Террористическая атака в Москве\n" * 20, "cp1251", "cp1251"),
    ],
)
def test_found(text: str, written: str, found: str) -> None:
    assert _of(text.encode(written)) == found


def test_the_only_accent_may_stand_in_the_last_row() -> None:
    assert _of(b"a,b\n" * 800_000 + "é\n".encode("latin-1")) == "latin-1"


def test_a_letter_may_lie_across_two_chunks() -> None:
    assert _of(b"x" * ((1 << 20) - 1) + "é".encode()) == "utf-8"


def test_latin_1_that_holds_one_pair_that_could_be_utf8_is_latin_1_all_the_same() -> None:
    assert _of("Liège, Algérie, Orléans, Ã©\n".encode("latin-1")) == "latin-1"


def test_damaged_utf8_is_told_with_its_line() -> None:
    content = "é\n" * 10
    with pytest.raises(BadInput, match=r"line 11: .*not UTF-8"):
        _of(content.encode() + b"\xe9 \n" + content.encode())


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(BadInput, match="not a text file"):
        _of(b"PK\x03\x04\x00\x00")


def test_ten_megabytes_take_less_than_a_second() -> None:
    content = ("Zoé, " + "a" * 60 + "\n").encode() * 150_000  # 10 MB
    start = time.perf_counter()
    assert _of(content) == "utf-8"
    assert time.perf_counter() - start < 1.0  # ten times what it takes, for a busy machine
