"""A case file survives: what fails leaves nothing, several use it at once, its owner alone reads it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadCase
from isthmus.graph.record import log, storage
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.writing import write
from isthmus.queries.cross_border import cross_border
from tests.graph.make import rows

FIXTURES = Path(__file__).parents[2] / "fixtures" / "cases"
FACTS = ("p1 kind Person", "p1 name Ada", "p1 citizen_of FR", "p2 kind Person", "p2 citizen_of BE", "p1 met p2 2015")
posix = pytest.mark.skipif(os.name != "posix", reason="this system knows no modes of files")


def test_a_case_that_cannot_be_made_whole_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "_fill", broken)
        with pytest.raises(BadCase, match="can't be made"):
            CaseFile.create(tmp_path / "a.case")
    assert list(tmp_path.iterdir()) == []
    CaseFile.create(tmp_path / "a.case").close()


def test_of_two_that_are_made_at_once_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, fill = tmp_path / "a.case", storage._fill

    def late(connection: sqlite3.Connection) -> None:
        fill(connection)
        monkeypatch.setattr(storage, "_fill", fill)
        with Case.create(path) as other:
            other.load(rows(*FACTS), source="s")

    monkeypatch.setattr(storage, "_fill", late)
    with pytest.raises(BadCase, match="there is a file already"):
        CaseFile.create(path)
    with CaseFile.open(path) as winner:
        assert winner.version == 1
    assert [file.name for file in tmp_path.iterdir() if "making" in file.name] == []


@posix
def test_its_owner_alone_reads_it(tmp_path: Path) -> None:
    with Case.create(tmp_path / "a.case") as case:
        case.load(rows(*FACTS), source="s")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert set(modes) >= {"a.case", "a.case-wal"}
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no place of a set size to fill")  # noqa: S108
def test_a_full_disk_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    with Case.create(tmp_path / "a.case") as case:
        case.load(rows(*FACTS), source="s")
        pages = case.file.connection.execute("PRAGMA page_count").fetchone()[0]
        case.file.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(BadCase, match="the disk is full: make room"):
            case.load(rows(*(f"q{number} kind Person" for number in range(20_000))), source="t")
        assert case.file.version == 1
        assert not case.file.connection.in_transaction
        case.file.connection.execute(f"PRAGMA max_page_count = {pages * 1000}")
        case.load(rows("q kind Person"), source="t")


class FullAtCommit:
    """A connection whose COMMIT finds no room, and ends the transaction as SQLite may."""

    def __init__(self, real: sqlite3.Connection) -> None:
        self.real = real

    def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self.real.execute("ROLLBACK")
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return self.real.execute(sql, *rest)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)


def test_a_commit_without_room_says_the_disk_is_full(tmp_path: Path) -> None:
    with Case.create(tmp_path / "a.case") as case:
        real = case.file.connection
        case.file._own.connection = FullAtCommit(real)
        with pytest.raises(BadCase, match="the disk is full"):
            case.load(rows(*FACTS), source="s")
        case.file._own.connection = real
        assert case.file.version == 0
        case.load(rows(*FACTS), source="s")
        assert [line.act for line in log.lines(case.file)] == ["load", "failed", "load"]
        assert log.faults(case.file) == []


def test_snapshots_nest(tmp_path: Path) -> None:
    with Case.create(tmp_path / "a.case") as case, Case.open(tmp_path / "a.case") as other:
        case.load(rows(*FACTS), source="s")
        with case.file.snapshot():
            before = len(case.graph.ties)
            with case.file.snapshot():
                other.load(rows("p3 kind Person", "p3 met p1 2016"), source="t")
                assert len(case.graph.ties) == before
            assert len(case.graph.ties) == before
        assert len(case.graph.ties) == before + 1


def _load(path: Path, number: int) -> None:
    case_file, _ = CaseFile.ensure(path)
    with case_file:
        facts = [f"p{number} kind Person", *(f"p{number} alias a{at}" for at in range(3_000))]
        write(case_file, rows(*facts), source=f"s{number}")


def test_four_first_loads_at_once_all_succeed(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_load, args=(tmp_path / "a.case", number)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    with Case.open(tmp_path / "a.case") as case:
        assert case.file.version == 4
        assert len(case.graph.ids) == 4


def test_a_first_load_that_fails_takes_no_others_case_away(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with CaseFile.create(path) as mine:
        with Case.open(path) as other:
            other.load(rows(*FACTS), source="s")
        mine.discard()
    assert path.is_file()
    with CaseFile.create(tmp_path / "b.case") as mine:
        mine.discard()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith("b.case")]


@posix
def test_a_load_into_a_file_that_was_taken_away_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    with Case.create(path) as case:
        with CaseFile.open(path) as other:
            other.discard()
        with pytest.raises(BadCase, match="taken away"):
            case.load(rows(*FACTS), source="s")


def test_several_threads_ask_one_case(shipped_path: Path) -> None:
    found: list[int] = []
    with Case.open(shipped_path) as case:

        def ask() -> None:
            found.append(len(cross_border(case.graph, kinds=["pair"]).table))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert set(found) == {len(cross_border(case.graph, kinds=["pair"]).table)}


def test_a_case_a_graph_and_a_finding_pickle(shipped_path: Path) -> None:
    with Case.open(shipped_path) as case:
        graph = case.through(min_grade="C3").graph
        finding = cross_border(graph, kinds=["pair"])
        data = pickle.dumps((case, graph, finding))
        wanted = finding.to_dict()
    again, same_graph, same_finding = pickle.loads(data)  # noqa: S301  our own
    with again:
        assert again.file.path == shipped_path
        assert same_graph.lens == graph.lens
        assert same_graph.ids.tolist() == graph.ids.tolist()
        assert same_finding.to_dict() == wanted
        assert again.rank("degree", top=1, draws=3).table["person"].tolist() == ["Abdelhamid Abaaoud"]
    same_graph.file.close()


def test_a_closed_case_says_so(shipped_path: Path) -> None:
    case = Case.open(shipped_path)
    case.close()
    with pytest.raises(BadCase, match="closed"):
        case.find("Abaaoud")


def test_a_case_of_the_version_before_opens(tmp_path: Path) -> None:
    path = tmp_path / "before.case"
    shutil.copy(FIXTURES / "0.1.0-before-acts.sqlite", path)
    with Case.open(path) as case:
        assert len(case.graph.ties) == 3
        case.load(rows("p9 kind Person"), source="later")
        assert "p9" in case.graph.ids


def test_a_file_left_open_is_closed_with_the_program(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom isthmus.graph.record.file import CaseFile\n"
        f"kept = CaseFile.create({str(tmp_path / 'a.case')!r})\nprint(kept.version)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"
    assert done.stderr == ""
