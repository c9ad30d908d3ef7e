"""What a text in YAML states comes back as it was, or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from isthmus.graph import read_before, schema
from isthmus.graph.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


def _files(cache: Path) -> list[Path]:
    return list(cache.rglob("*.msgpack"))


def test_what_was_kept_comes_back_for_this_text_alone() -> None:
    stated = {"a": [1, 1.5, True, None, "ü"], "b": {"c": ""}}
    read_before.keep("a text", stated)
    assert read_before.read("a text") == stated
    assert read_before.read("another") is None


def test_what_would_come_back_otherwise_is_not_kept(cache: Path) -> None:
    read_before.keep("a text", {"day": date(2015, 11, 13)})
    assert not _files(cache)


def test_one_flipped_bit_counts_as_none(cache: Path) -> None:
    read_before.keep("a text", {"a": "b"})
    (file,) = _files(cache)
    whole = file.read_bytes()
    for bit in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        file.write_bytes(changed)
        assert read_before.read("a text") is None
    file.write_bytes(b"")
    assert read_before.read("a text") is None


def test_the_vocabulary_is_the_same_as_read_and_as_kept(cache: Path) -> None:
    whole = schema.schema.__wrapped__()
    (file,) = _files(cache)
    before = file.stat().st_mtime_ns
    assert schema.schema.__wrapped__() == whole
    assert file.stat().st_mtime_ns == before


def test_a_text_that_is_refused_is_not_kept(cache: Path) -> None:
    with pytest.raises(BadInput):
        schema.read("kindz: {}", kept=True)
    assert not _files(cache)


def test_a_cache_that_cannot_be_written_stops_nothing(cache: Path) -> None:
    (cache / "isthmus").write_text("a file where the folder should be", encoding="utf-8")
    read_before.keep("a text", {"a": 1})
    assert read_before.read("a text") is None
