"""Used-up memory: said so, with what to raise; what answered before still answers, and nothing is left or touched."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.cypher import publish as publishing
from isthmus.graph.cypher.publish import Described, publish
from isthmus.graph.errors import ServerError
from isthmus.queries.cypher import asking, cypher
from tests.graph.make import rows
from tests.servers import start

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.cypher.publish import Published
    from isthmus.graph.graph import Graph
    from tests.servers import Server

COUNT = "MATCH (p:Person {case: $case}) RETURN count(p) AS n"
NO_LIMIT = "db.memory.transaction.max=0\ndbms.memory.transaction.total.max=0"


def _graph(case: Case, people: int) -> Graph:
    case.load(rows(*(f"p{at} took_part_in e{at % 50}" for at in range(people))), source="s")
    return case.graph


def _publish(graph: Graph, server: Server, size: int = publishing.BATCH) -> Published:
    made = asking.whole_projection(graph, evidence=True)
    return publish(made, server.url, Described("test", graph.file.version, ""), size=size, beside=True)


def _held(server: Server) -> dict[str, int]:
    """How many nodes bear each label that is no word of the vocabulary."""
    with server.driver() as driver:
        found = driver.execute_query("MATCH (n) UNWIND labels(n) AS l RETURN l AS l, count(*) AS n").records
    return {row["l"]: row["n"] for row in found if row["l"].startswith("Isthmus") or row["l"] == "Film"}


@pytest.mark.neo4j
def test_a_server_without_enough_memory(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on transactions first; then no limit, and a heap that is used up, which ends the server."""
    home = tmp_path / "home"
    server = start(home, NEO4J_SETTINGS="db.memory.transaction.max=3m")
    try:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        with server.driver() as driver:
            driver.execute_query("CREATE (:Film {title: 'theirs'})")
        _publish(_graph(case, 3), server)
        graph = _graph(case, 2_000)
        monkeypatch.setattr(publishing, "AT_ONCE", 0)  # staged
        with pytest.raises(ServerError, match=r"ran out of memory; .*transaction\.max"):
            _publish(graph, server)
        monkeypatch.setattr(publishing, "AT_ONCE", 60_000)
        assert cypher(graph, COUNT, on=server.url).table["n"].tolist() == [3]
        assert _held(server) == {"IsthmusCase": 1, "Film": 1}
    finally:
        server.stop()
    small = start(home, password=server.password, NEO4J_HEAP="110m", NEO4J_SETTINGS=NO_LIMIT)
    try:
        with pytest.raises(ServerError, match=r"ran out of memory|connection broke"):
            _publish(_graph(case, 8_000), small, size=100_000)
        assert small.process is not None
        assert small.process.wait(timeout=60) == 3  # as a server's own settings have it end when its heap is used up
    finally:
        small.stop()
    again = start(home, password=server.password)
    try:
        assert cypher(case.graph, COUNT, on=again.url).table["n"].tolist() == [3]
        assert _held(again) == {"IsthmusCase": 1, "IsthmusPending": 1, "Film": 1}
    finally:
        again.discard()


@pytest.mark.needs("cypher")
@pytest.mark.parametrize(
    ("heap", "said"),
    [("24m", "more memory"), ("2m", "doesn't start"), ("lots", "a size such as 512m")],
)
def test_an_embedded_engine_without_enough_memory(shipped_path: Path, tmp_path: Path, heap: str, said: str) -> None:
    cache = tmp_path / "cache"

    def ask(heap: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "isthmus", "cypher", "MATCH (p:Person) RETURN count(p) AS n", "--json",
             "--case", str(shipped_path)],
            env={**os.environ, "XDG_CACHE_HOME": str(cache), "ISTHMUS_CYPHER_HEAP": heap},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    failed = ask(heap)
    assert failed.returncode == 1
    assert failed.stderr.startswith("Error: ")
    assert len(failed.stderr.splitlines()) == 1
    assert said in failed.stderr
    assert "ISTHMUS_CYPHER_HEAP" in failed.stderr
    assert [place for place in (cache / "isthmus" / "cypher").glob("*") if place.is_dir()] == []
    assert ask("512m").returncode == 0
