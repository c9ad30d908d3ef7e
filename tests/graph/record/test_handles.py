"""Handles: the same in every copy of a case, others in every other, and never written out."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from isthmus.graph.record import dump
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.handles import handle, is_handle, keyed
from isthmus.graph.record.writing import write
from tests.graph.make import rows

if TYPE_CHECKING:
    from pathlib import Path


def test_a_handle_is_the_same_after_every_load_and_in_every_copy_and_another_in_every_other_case(
    tmp_path: Path,
) -> None:
    with CaseFile.create(tmp_path / "a.case") as file:
        first = handle(file, "salim")
        write(file, rows("p1 kind Person", "p1 name Ada"), source="s")
        assert is_handle(first)
        assert handle(file, "salim") == first == handle(file, first)
        assert handle(file, "salima") != first
    shutil.copy(tmp_path / "a.case", tmp_path / "b.case")
    with CaseFile.open(tmp_path / "b.case") as copy, CaseFile.create(tmp_path / "c.case") as other:
        assert handle(copy, "salim") == first
        assert handle(other, "salim") != first
        assert keyed(copy, "a", "b") != keyed(copy, "ab")


def test_handles_of_a_hundred_thousand_people_are_a_hundred_thousand(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "a.case") as file:
        assert len({handle(file, f"p{number}") for number in range(100_000)}) == 100_000


def test_the_key_is_in_no_dump(tmp_path: Path) -> None:
    with CaseFile.create(tmp_path / "a.case") as file:
        write(file, rows("p1 name Ada"), source="s")
        dump.dump(file, tmp_path / "out")
        assert len(file.key) == 32
        texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()]
        assert not any(file.key.hex() in text for text in texts)


def test_a_case_of_an_earlier_release_gets_its_key_when_it_is_first_asked_for(tmp_path: Path) -> None:
    CaseFile.create(tmp_path / "a.case").close()
    with closing(sqlite3.connect(tmp_path / "a.case")) as connection, connection:
        connection.execute("DELETE FROM meta WHERE key = 'key'")
    with CaseFile.open(tmp_path / "a.case") as file:
        first = handle(file, "p1")
    with CaseFile.open(tmp_path / "a.case") as again:
        assert handle(again, "p1") == first
