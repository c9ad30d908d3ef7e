"""What is kept of a large case: the same graph again, never that of another state, whole or made anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from isthmus.case import Case
from isthmus.graph.errors import AmbiguousName
from isthmus.graph.fold import kept
from isthmus.graph.fold.table import Coded, Table, objects
from isthmus.queries.cross_border import cross_border
from isthmus.queries.find import find
from isthmus.queries.show import show
from tests.graph.make import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile

FACTS = ("p1 kind Person", "p1 citizen_of FR", "p2 kind Person", "p2 citizen_of BE", "p1 met p2 2015-11", "p1 name Ålpha",
         "p2 status convicted", "e1 kind Event", "e1 occurred_in BE", "p1 took_part_in e1 2015-11-13")  # fmt: skip


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Folds of the smallest case are kept, in a cache of this test's own."""
    monkeypatch.setattr(kept, "WORTH", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return kept.folder()


def _same(one: Graph, other: Graph) -> None:
    for name in ("entities", "statements", "ties"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    assert one.left_out == other.left_out
    left, right = one.people(), other.people()
    assert left.left_out == right.left_out
    for array in ("positions", "source", "target", "basis_weight", "probability", "first", "last", "behind", "offsets"):
        np.testing.assert_array_equal(getattr(left, array), getattr(right, array))
    assert cross_border(one).to_dict() == cross_border(other).to_dict()


def _files(keeping: Path) -> list[Path]:
    return sorted(keeping.glob("*/*.columns"))


def _afresh(case: Case, ties: list[str] | None = None) -> Graph:
    """The graph as another desk finds it, from what is kept: this one would hand out the graph that it has."""
    case.file.held.clear()
    return Case(case.file).through(ties=ties).graph


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@contextmanager
def holding(file: Path, data: bytes) -> Iterator[None]:
    """The file holds something else for a while; whoever has it mapped keeps what was there."""
    before = file.read_bytes()
    file.unlink()
    file.write_bytes(data)
    yield
    file.unlink()
    file.write_bytes(before)


def test_a_fold_is_the_same_when_it_is_read_again(case: Case, keeping: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.load(rows(*FACTS), source="s")
    with monkeypatch.context() as patch:
        patch.setattr(kept, "WORTH", 10**9)
        plain = _afresh(case)
        _same(plain, _afresh(case))
        assert not keeping.exists()
    first = _afresh(case)
    _same(plain, first)
    assert {file.stem for file in _files(keeping)} == {"graph", "shown", "people"}
    before = [file.stat().st_mtime_ns for file in _files(keeping)]
    _same(plain, _afresh(case))
    assert [file.stat().st_mtime_ns for file in _files(keeping)] == before


def test_two_hundred_names_give_the_same_rows_from_what_is_kept(
    shipped_path: Path, keeping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Case.open(shipped_path) as opened:
        with monkeypatch.context() as patch:
            patch.setattr(kept, "WORTH", 10**9)
            folded = _afresh(opened)
        _afresh(opened)  # keeps it
        again = _afresh(opened)
        assert _files(keeping)
        names = [*dict.fromkeys(str(name) for name in folded.names)][:200]
        assert len(names) == 200
        for name in names:
            assert find(again, name).to_dict() == find(folded, name).to_dict()
            assert _shown(again, name) == _shown(folded, name)


def _shown(graph: Graph, name: str) -> object:
    try:
        return show(graph, name).to_dict()
    except AmbiguousName as several:
        return str(several)


def test_each_state_has_a_fold_of_its_own_and_a_view_writes_nothing(case: Case, keeping: Path) -> None:
    case.load(rows(*FACTS), source="s")
    Case(case.file).through(valid="2015", known_by="2016", min_grade="C3").graph.people()
    assert {file.stem for file in _files(keeping)} <= {"graph", "days", "held"}
    assert len(_afresh(case).ties) == len(_afresh(case, ties=["met"]).ties) + 1  # where things were is kept
    before = len(_afresh(case).ties)
    case.load(rows("p2 took_part_in e1 2015-11-13"), source="t")
    assert len(_afresh(case).ties) == before + 1
    assert len(list(keeping.iterdir())) == 2


def test_what_is_loaded_meanwhile_is_not_kept_under_the_state_before(
    case: Case, keeping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.load(rows(*FACTS), source="s")
    before, plain = len(_afresh(case, ties=["met", "took_part_in", "related_to"]).ties), kept.entry

    def late(asked: CaseFile, arguments: dict[str, object]) -> Path | None:
        place = plain(asked, arguments)
        with Case.open(case.file.path) as other:
            other.load(rows("p2 took_part_in e1 2015-11-13"), source="t")
        return place

    with monkeypatch.context() as patch:
        patch.setattr(kept, "entry", late)
        assert len(_afresh(case, ties=["took_part_in", "met"]).ties) == before
    assert len(_afresh(case, ties=["took_part_in", "met"]).ties) == before + 1
    assert keeping.exists()


def test_one_flipped_bit_anywhere_is_noticed_and_said(
    case: Case, keeping: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case.load(rows(*FACTS), source="s")
    whole = _afresh(case)
    whole.people()
    chance = np.random.default_rng(16)
    for file in _files(keeping):
        data = file.read_bytes()
        for bit in sorted({*range(0, 8 * 64, 17), *chance.integers(8 * len(data), size=20).tolist()}):
            with holding(file, flipped(data, bit)):
                caplog.clear()
                _same(whole, _afresh(case))
                assert [record.getMessage() for record in caplog.records] == [
                    f"{file}: damaged, or of another release; what it held is made again"
                ]
                assert file.read_bytes() == data  # made again, and the same


def test_what_is_not_whole_or_not_its_own_is_made_again(
    case: Case, keeping: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case.load(rows(*FACTS), source="s")
    _same(_afresh(case), _afresh(case))
    former = _files(keeping)
    case.load(rows("p2 met p3 2014"), source="t")
    whole, other = _afresh(case), _afresh(case, ties=["met"])
    whole.people(), whole.shown, other.people()
    files = [file for file in _files(keeping) if file not in former and file.stem != "days"]
    assert len(files) == 3
    foreign = {file: next(one for one in former if one.name == file.name) for file in files}
    for file in files:
        data = file.read_bytes()
        parts = [one.read_bytes() for one in files if one.parent == file.parent and one != file]
        for harm in (data[:-70], data[:-1], data + b"\0", b"", b"x", foreign[file].read_bytes(), *parts):
            with holding(file, harm):
                caplog.clear()
                _same(whole, _afresh(case))
                _same(other, _afresh(case, ties=["met"]))
                assert [str(file) in record.getMessage() for record in caplog.records] == [True]
        file.unlink()
        caplog.clear()
        _same(whole, _afresh(case))
        _same(other, _afresh(case, ties=["met"]))
        assert caplog.records == []  # there is nothing to say of what is not there


def test_a_damaged_fold_is_said_beside_the_answer(case: Case, keeping: Path) -> None:
    """Two at once, each in a process of its own, find the same damage."""
    case.load(rows(*FACTS), source="s")
    script = (
        "import sys; from isthmus.graph.fold import kept; kept.WORTH = 0\n"
        f"sys.argv = ['isthmus', 'cross-border', '--json', '--case', {str(case.file.path)!r}]\n"
        "from isthmus.cli import main; main()"
    )

    def asked(count: int) -> list[tuple[str, str]]:
        running = [
            subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        return [one.communicate() for one in running]

    ((plain, quiet),) = asked(1)
    assert quiet == ""
    assert len(json.loads(plain)["rows"]) == len(cross_border(_afresh(case)).table) > 0
    (file,) = [file for file in _files(keeping) if file.stem == "graph"]
    data = file.read_bytes()
    file.write_bytes(flipped(data, 8 * len(data) // 2))
    found = asked(2)
    said = f"Note: {file}: damaged, or of another release; what it held is made again\n"
    assert [out for out, _ in found] == [plain, plain]
    assert {error for _, error in found} <= {said, ""}
    assert said in {error for _, error in found}
    assert file.read_bytes() == data
    assert asked(1) == [(plain, "")]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_what_is_kept_is_the_owners_alone(case: Case, keeping: Path) -> None:
    case.load(rows(*FACTS), source="s")
    _afresh(case).people()
    for path in [keeping.parents[1], keeping.parent, keeping, *keeping.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_cache_that_cannot_be_written_stops_no_question(case: Case, keeping: Path) -> None:
    case.load(rows(*FACTS), source="s")
    keeping.parent.mkdir(parents=True)
    keeping.write_text("a file where the folder should be", encoding="utf-8")
    assert len(cross_border(_afresh(case)).table)


def test_texts_and_numbers_of_every_kind_come_back(tmp_path: Path) -> None:
    given = {
        "texts": objects(["", "عبد", "a\nb", "\ud800", '"', "", "\x00"]),
        "whole": np.array([1, -(2**40)], dtype=np.int64),
        "real": np.zeros((0, 3)),
        "matrix": np.arange(6.0).reshape(3, 2),
        "truth": np.array([True, False, True]),
        "none": objects([]),
    }
    tables, said = kept.part(tmp_path / "entry", "one", lambda: ({"t": Table(given)}, {"why": 1}))
    assert said == {"why": 1}
    for name, column in given.items():
        found = tables["t"][name]
        assert found.dtype == column.dtype
        np.testing.assert_array_equal(found, column)
    assert isinstance(tables["t"].stored("texts"), Coded)


def test_claims_behind_rows_are_read_after_the_case_is_closed(case: Case) -> None:
    case.load(rows(*FACTS), source="s")
    found = cross_border(_afresh(case))
    open_ids = list(found.claims)
    case.close()
    assert list(found.claims) == open_ids
    assert found.claims[0] == open_ids[0]
    assert all(open_ids)
