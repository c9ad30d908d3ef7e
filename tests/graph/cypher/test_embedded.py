"""The embedded projection: a cache that is made once, mended when damaged, and shared with no one."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.cypher import bulk
from isthmus.graph.cypher.engine import Limits
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.record.handles import handle
from isthmus.queries.cypher import asking, cypher
from tests.graph.cypher.compare import difference
from tests.graph.make import rows

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.graph import Graph

COUNT = "MATCH (p:Person) RETURN count(p) AS n"


def _fill(case: Case, people: int = 2) -> None:
    case.load(rows(*(f"p{at} took_part_in e1" for at in range(people))), source="s")


def _entries(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir() if place.is_dir())


def test_made_once_and_used_again(
    case: Case, cache_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    _fill(case)
    assert cypher(case.graph, COUNT).table["n"].tolist() == [2]
    made = _entries(cache_folder)
    assert len(made) == 1
    asking.close_all()
    monkeypatch.setattr(asking, "whole_projection", None)  # a second building would fail
    assert cypher(case.graph, COUNT).table["n"].tolist() == [2]
    assert _entries(cache_folder) == made
    assert not (tmp_path / "log").exists()


def test_a_changed_case_and_other_clocks_are_other_projections(case: Case, cache_folder: Path) -> None:
    _fill(case)
    assert cypher(case.graph, COUNT).table["n"].tolist() == [2]
    _fill(case, people=3)
    assert cypher(case.graph, COUNT).table["n"].tolist() == [3]
    assert cypher(case.through(min_grade="A1").graph, "MATCH ()-[t]->() RETURN count(t) AS n").table["n"].tolist() == [
        0
    ]
    assert len(_entries(cache_folder)) == 3


def test_copies_that_went_different_ways_are_other_projections(case: Case, cache_folder: Path, tmp_path: Path) -> None:
    _fill(case)
    with type(case).create(tmp_path / "copy.case") as copy:
        case.file.connection.backup(copy.file.connection)
        for one, wanted in ((case, ["a", "p0", "p1"]), (copy, ["b", "p0", "p1"])):
            one.load(rows(f"{wanted[0]} took_part_in e1"), source="s")
        assert (case.file.id, case.file.version) == (copy.file.id, copy.file.version)
        for _ in range(2):
            for one, wanted in ((case, ["a", "p0", "p1"]), (copy, ["b", "p0", "p1"])):
                assert asking.embedded(one.graph, evidence=False).read(
                    "MATCH (p:Person) RETURN p.id AS n ORDER BY n", {}, Limits()
                ).rows == [{"n": name} for name in wanted]
            asking.close_all()
    assert len(_entries(cache_folder)) == 2


def test_a_large_projection_is_filled_from_columns_with_the_same(
    shipped_graph: Graph, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [
        "MATCH (n) RETURN labels(n) AS kind, properties(n) AS said",
        "MATCH (c:Claim) RETURN properties(c) AS said",
        "MATCH (a)-[t]->(b) RETURN a.id AS a, b.id AS b, type(t) AS kind, properties(t) AS said",
    ]
    found = []
    for small in (10**9, 0):
        monkeypatch.setattr(bulk, "SMALL", small)
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache_folder.with_name(f"small-{small}")))
        engine = asking.embedded(shipped_graph, evidence=True)
        found.append([engine.read(text, {}, Limits(rows=10**6)).rows for text in whole])
        asking.close_all()
    for one, other in zip(*found, strict=True):
        assert len(one) > 1000
        assert not difference(one, other)


def test_claims_enter_only_when_named(case: Case, cache_folder: Path) -> None:
    _fill(case)
    assert cypher(case.graph, "MATCH (n) RETURN DISTINCT labels(n)[0] AS l ORDER BY l").table["l"].tolist() == [
        "Event", "Person",
    ]  # fmt: skip
    assert cypher(case.graph, "MATCH (c:Claim)-[:STATED_IN]->(r:Record) RETURN count(*) AS n").table["n"][0] == 5
    assert [name.endswith("-evidence") for name in _entries(cache_folder)] == [False, True]


def test_damaged_files_are_built_again(case: Case, cache_folder: Path) -> None:
    _fill(case)
    cypher(case.graph, COUNT)
    asking.close_all()
    (place,) = [place for place in cache_folder.iterdir() if place.is_dir()]
    for file in (place / "db").iterdir():
        file.write_bytes(b"\0" * 100)
    assert cypher(case.graph, COUNT).table["n"].tolist() == [2]


def test_a_half_built_entry_is_not_taken_for_a_whole_one(case: Case, cache_folder: Path) -> None:
    _fill(case)
    cypher(case.graph, COUNT)
    asking.close_all()
    (place,) = [place for place in cache_folder.iterdir() if place.is_dir()]
    (place / "complete").unlink()
    assert cypher(case.graph, COUNT).table["n"].tolist() == [2]


def test_two_processes_ask_at_once(case: Case, cache_folder: Path) -> None:
    """The second makes a projection of its own, which goes when it ends; the case changes meanwhile."""
    _fill(case)
    engine = asking.embedded(case.graph, evidence=False)
    script = textwrap.dedent(
        f"""
        from isthmus.case import Case
        from isthmus.queries.cypher import cypher
        with Case.open({str(case.file.path)!r}) as case:
            print(cypher(case.graph, {COUNT!r}).table["n"].tolist())
        """
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=300)
    assert (other.stdout, other.stderr) == ("[2]\n", "")
    _fill(case, people=4)
    assert engine.read(COUNT, {}, Limits()).rows == [{"n": 2}]  # what was asked of stays as it was
    assert cypher(case.graph, COUNT).table["n"].tolist() == [4]
    asking.close_all()
    assert len(_entries(cache_folder)) == 2


@pytest.mark.usefixtures("cache_folder")
def test_the_desk_shows_every_name_and_a_release_only_those_with_a_basis(case: Case) -> None:
    case.load(rows("p1 name Somebody", "p1 status arrested", "p2 name Other", "p2 status convicted"), source="s")
    found = cypher(case.graph, "MATCH (p:Person) RETURN p.id AS id, p.name AS name ORDER BY id")
    assert found.table["name"].tolist() == ["Somebody", "Other"]
    left = cypher(released_graph(case.graph), "MATCH (p:Person) RETURN p.id AS id, p.name AS name ORDER BY p.name")
    assert left.table["id"].tolist() == ["p2", handle(case.file, "p1")]
    assert left.table["name"].tolist() == ["Other", handle(case.file, "p1")]
