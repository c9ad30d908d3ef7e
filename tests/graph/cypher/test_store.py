"""The embedded engine's store: nothing is read of one that is not as it was sealed, and that is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.cypher import cache
from isthmus.graph.cypher.engine import Limits
from isthmus.queries.cypher import asking
from tests.graph.make import rows

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

EVERYTHING = [
    "MATCH (n) RETURN labels(n) AS kind, properties(n) AS said ORDER BY n.id",
    "MATCH (a)-[t]->(b) RETURN a.id AS a, b.id AS b, type(t) AS kind, properties(t) AS said ORDER BY a, b, kind",
    "MATCH (p:Person) RETURN count(p) AS n",
]
LOOSE = {"configuration.json", "statistics.json"}  # the engine changes them itself: put back, nothing said
Rows = list[list[dict[str, object]]]


@pytest.fixture
def asked(case: Case, cache_folder: Path) -> Case:
    """A case whose projection is kept, and closed."""
    assert cache_folder == cache.folder()
    case.load(rows("p1 met p2 2015-11", "p1 took_part_in e1 2015-11-13", "p2 name Somebody"), source="s")
    _answers(case)
    return case


def _answers(case: Case) -> Rows:
    engine = asking.embedded(case.graph, evidence=False)
    found = [engine.read(text, {}, Limits()).rows for text in EVERYTHING]
    asking.close_all()
    return found


def _entry() -> Path:
    (found,) = [place for place in cache.folder().iterdir() if place.is_dir()]
    return found


def _files() -> list[Path]:
    return sorted(path for path in _entry().rglob("*") if path.is_file())


def _asked_again(case: Case, caplog: pytest.LogCaptureFixture, wanted: Rows, harmed: Path) -> None:
    """The answer is right, the damage was said, and what was built again is whole."""
    caplog.clear()
    assert _answers(case) == wanted
    said = [record.getMessage().rpartition("; ")[2] for record in caplog.records]
    assert said == ["what it held is made again"] * (harmed.name not in LOOSE), harmed
    caplog.clear()
    assert _answers(case) == wanted
    assert caplog.records == []
    assert cache.doubt(_entry(), _entry().name) == ""


def test_one_flipped_bit_anywhere_is_noticed_and_said(asked: Case, caplog: pytest.LogCaptureFixture) -> None:
    wanted = _answers(asked)
    chance = np.random.default_rng(16)
    names = [file.relative_to(_entry()) for file in _files()]
    assert len(names) > 10
    for name in names:
        for _ in range(3):
            file = _entry() / name
            data = bytearray(file.read_bytes())
            bit = int(chance.integers(8 * max(len(data), 1)))
            data = data or bytearray(1)
            data[bit // 8] ^= 1 << bit % 8
            file.write_bytes(data)
            _asked_again(asked, caplog, wanted, file)


def test_a_cut_an_empty_a_swapped_and_a_missing_file_are_noticed(asked: Case, caplog: pytest.LogCaptureFixture) -> None:
    wanted = _answers(asked)
    for harm in ("cut", "empty", "swapped", "missing"):
        for sort in ("complete", "schema", "Person_0", "MET_", "dictionary", "statistics", "configuration"):
            file = next(file for file in _files() if file.name.startswith(sort))
            other = next(one for one in _files() if one.name.startswith("Event_0.") and one != file)
            if harm == "missing":
                file.unlink()
            else:
                data = {"cut": file.read_bytes()[:-1], "empty": b"", "swapped": other.read_bytes()}[harm]
                file.write_bytes(data)
            _asked_again(asked, caplog, wanted, file)
    (_entry() / "db" / "more.0.65536.v0.bucket").write_bytes(b"x")
    _asked_again(asked, caplog, wanted, _entry())


def test_the_store_of_another_projection_is_not_taken_for_this_one(
    asked: Case, caplog: pytest.LogCaptureFixture
) -> None:
    wanted, mine = _answers(asked), _entry()
    asking.embedded(asked.through(ties=["met"]).graph, evidence=False)
    asking.close_all()
    (other,) = [place for place in cache.folder().iterdir() if place.is_dir() and place != mine]
    shutil.rmtree(mine)
    other.rename(mine)
    _asked_again(asked, caplog, wanted, mine)


def test_what_is_left_of_a_store_is_built_again(asked: Case, caplog: pytest.LogCaptureFixture) -> None:
    """A process that closes what was dropped under it leaves a folder with its counts."""
    wanted = _answers(asked)
    engine = asking.embedded(asked.graph, evidence=False)
    cache.drop(engine.place)
    assert [engine.read(text, {}, Limits(seconds=30)).rows for text in EVERYTHING] == wanted
    asking.close_all()
    assert not (_entry() / cache.SEAL).exists()
    _asked_again(asked, caplog, wanted, _entry())


def test_other_settings_and_a_killed_owner_are_no_damage(asked: Case, caplog: pytest.LogCaptureFixture) -> None:
    wanted = _answers(asked)
    script = (
        "import os, sys\nfrom isthmus.case import Case\nfrom isthmus.queries.cypher import asking\n"
        "from isthmus.graph.cypher.engine import Limits\n"
        f"engine = asking.embedded(Case.open({str(asked.file.path)!r}).graph, evidence=False)\n"
        f"print(engine.read({EVERYTHING[2]!r}, {{}}, Limits(seconds=7)).rows, flush=True)\n"
        "sys.stdin.read()\nos._exit(9)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdin is not None
    assert owner.stdout is not None
    assert owner.stdout.readline() == f"{wanted[2]}\n"
    caplog.clear()
    place = _entry()
    engine = asking.embedded(asked.graph, evidence=False)
    assert engine.place != engine.entry == place  # it is taken: ours goes when we end
    asking.close_all()
    owner.stdin.close()
    assert owner.wait() == 9
    owner.stdout.close()
    assert (place / "db" / "database.lck").exists()
    assert _answers(asked) == wanted
    assert (_entry(), caplog.records) == (place, [])


def test_damage_is_said_beside_the_answer(asked: Case) -> None:
    """Two processes at once find the same damage; each answers, and one store is left, whole."""
    command = [sys.executable, "-m", "isthmus", "cypher", EVERYTHING[2], "--csv", "--case", str(asked.file.path)]
    place = _entry()
    file = next(place.glob("db/Person_0.*"))
    file.write_bytes(file.read_bytes()[:-1] + b"\1")
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]  # fmt: skip
    found = [one.communicate() for one in running]
    said = f"Note: {place}: damaged (a file isn't as it was written); what it held is made again\n"
    assert [out for out, _ in found] == ["n\n2\n", "n\n2\n"]
    assert {said} <= {error for _, error in found} <= {said, ""}
    assert _entry() == place
    assert cache.doubt(place, place.name) == ""


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_the_store_is_the_owners_alone(asked: Case) -> None:
    _answers(asked)
    for path in [cache.folder().parent, cache.folder(), *cache.folder().rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
