"""The log: every act that changes a case is in it, it names no one, and no line can be changed unseen."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadCase
from isthmus.graph.record import log
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.handles import handle, keyed
from tests.cli.run import isthmus
from tests.graph.make import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534
FACTS = ("p1 kind Person", "p1 name Ada", "p1 citizen_of FR", "p2 kind Person", "p2 name Berta", "p1 met p2 2015")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "a.case")
    made.load(rows(*FACTS), source="s")
    return made


def acts(case: Case) -> list[str]:
    return [line.act for line in log.lines(case.file)]


def test_loads_claims_judgements_marks_withdrawals_and_undoing_are_noted_and_name_no_one(case: Case) -> None:
    case.add("p1", "gender", "female", why="seen by Ada's sister", by="me")
    case.same("p1", "p2", why="one passport", by="me")
    case.mark("s", "RED", why="asked", by="me")
    case.withdraw("s", why="retired", by="me")
    case.undo(by="me")
    case.load(rows(*FACTS), source="s")  # nothing new, nothing noted
    assert acts(case) == ["load", "add", "judgement", "mark", "withdraw", "undo"]
    assert next(log.lines(case.file)).facts["claims"] == len(FACTS)
    text = log.place(case.file.path).read_text(encoding="utf-8")
    assert not [word for word in ("Ada", "Berta", "p1", "passport", "sister") if word in text]
    assert log.faults(case.file) == []


def test_a_fact_that_might_name_someone_is_refused(case: Case) -> None:
    log.note(case.file, "export", form="graphml", rows=3, whom=handle(case.file, "p1"), why=keyed(case.file, "because"))
    for fact in ("Ada", "p1", "salim"):
        with pytest.raises(ValueError, match="names no one"):
            log.note(case.file, "export", whom=fact)
    with pytest.raises(ValueError, match="no act"):
        log.note(case.file, "Ada")
    assert acts(case) == ["load", "export"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: [lines[0].replace(b'"load": 1', b'"load": 9'), *lines[1:]], "does not follow on line 1"),
        (lambda lines: [lines[0], lines[2], lines[3]], "does not follow on line 1"),
        (lambda lines: lines[1:], "has lines before it"),
        (lambda lines: lines[:-1], "changed or cut off"),
        (lambda lines: [*lines[:-1], lines[-1].replace(b"GREEN", b"AMBER")], "changed or cut off"),
        (lambda lines: [*lines[:1], b"x\n", *lines[1:]], "is no line of a log"),
    ],
)
def test_a_line_changed_taken_out_put_in_or_cut_off_shows(case: Case, change: object, says: str) -> None:
    for tlp in ("CLEAR", "RED", "GREEN"):
        log.note(case.file, "page", tlp=tlp)
    assert isthmus("log", "--verify", "--case", case.file.path).returncode == 0
    place = log.place(case.file.path)
    assert callable(change)
    place.write_bytes(b"".join(change(place.read_bytes().splitlines(keepends=True))))
    assert any(says in fault for fault in log.faults(case.file))
    shown = isthmus("log", "--verify", "--case", case.file.path)
    assert shown.returncode == 1
    assert says in shown.stdout


def test_a_log_that_was_lost_shows_and_a_new_one_follows_on_it(case: Case) -> None:
    log.place(case.file.path).unlink()
    assert log.faults(case.file) != []
    log.note(case.file, "page", tlp="RED")
    assert [fault.partition(":")[0] for fault in log.faults(case.file)] == [
        "line 1 has lines before it, which are not here"
    ]


def test_a_line_that_a_crash_cut_short_spoils_none_after_it(case: Case) -> None:
    with log.place(case.file.path).open("ab") as stream:
        stream.write(b'{"at": "2026')
    log.note(case.file, "page", tlp="RED")
    assert acts(case) == ["load", "page"]
    assert log.faults(case.file) == ["line 2 is no line of a log", *log.faults(case.file)[1:]]


@pytest.mark.skipif(sys.platform == "win32", reason="this system knows no modes of files")
def test_only_its_owner_reads_it(case: Case) -> None:
    assert stat.S_IMODE(log.place(case.file.path).stat().st_mode) == 0o600


def test_what_cannot_be_noted_is_not_done(case: Case) -> None:
    log.place(case.file.path).unlink()
    log.place(case.file.path).mkdir()
    with pytest.raises(BadCase, match="log can't be written"):
        case.load(rows("p3 kind Person"), source="t")
    assert case.file.version == 1


@contextmanager
def _closed(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be written; root, whom no mode stops, is nobody in the meantime."""
    root = os.geteuid() == 0
    if root:
        for one in (folder, *folder.iterdir()):
            os.chown(one, NOBODY, NOBODY)
    folder.chmod(0o500)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="this system knows no modes of files")
def test_a_case_on_a_disk_that_cannot_be_written_is_read(case: Case) -> None:
    known = handle(case.file, "p1")
    case.close()
    with TemporaryDirectory() as name:  # not below pytest's own folder, which is closed to nobody
        path = Path(name) / "x.case"
        for one in (case.file.path, log.place(case.file.path)):
            shutil.copy(one, path if one == case.file.path else log.place(path))
        with _closed(Path(name)), CaseFile.open(path) as file:
            assert handle(file, "p1") == known
            assert [line.act for line in log.lines(file)] == ["load"]
            with pytest.raises(BadCase, match="can't be written"):
                log.note(file, "page", tlp="RED")
