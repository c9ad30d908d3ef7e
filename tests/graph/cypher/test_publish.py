"""Publishing to a real server: generations, several cases, what is foreign, and everything that can break."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from isthmus.case import Case
from isthmus.cli import cli
from isthmus.graph.acts import deciding
from isthmus.graph.cypher import publish as publishing
from isthmus.graph.cypher.publish import Described, Publisher, publish
from isthmus.graph.cypher.pull import pull
from isthmus.graph.errors import BadQuestion, ServerError
from isthmus.graph.record import book
from isthmus.graph.record.dump import dump
from isthmus.graph.record.handles import handle
from isthmus.graph.record.rows import Claim, Record, SourceRow
from isthmus.queries.cypher import asking, cypher
from tests.graph.cypher.conftest import everything
from tests.graph.make import rows
from tests.servers import Server, both, free_port, start

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.cypher.projection import Projection
    from isthmus.graph.cypher.publish import Published
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row

pytestmark = pytest.mark.neo4j

COUNT = "MATCH (p:Person) RETURN count(p) AS n"


def _fill(case: Case, people: int) -> Graph:
    case.load(rows(*(f"p{at} took_part_in e1" for at in range(people))), source="s")
    return case.graph


def _publish(graph: Graph, server: Server, **options: Any) -> Published:
    made = asking.whole_projection(graph, evidence=True)
    said = "; ".join(f"{name}={value}" for name, value in graph.arguments.items())
    return publish(made, server.url, Described("test", graph.file.version, said), **options)


def _asked(graph: Graph, server: Server, text: str = COUNT) -> list[Any]:
    found: list[Any] = cypher(graph, text, on=server.url).table["n"].tolist()
    return found


def _labels(server: Server) -> list[str]:
    with server.driver() as driver:
        return sorted(
            row["l"] for row in driver.execute_query("MATCH (n) UNWIND labels(n) AS l RETURN DISTINCT l AS l").records
        )


@pytest.mark.parametrize("at_once", [60_000, 0], ids=["in one transaction", "staged"])
@both
def test_generations(case: Case, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(publishing, "AT_ONCE", at_once)
    assert _publish(_fill(case, 2), neo4j_server, size=3, parallel=2).generation == 1
    assert _asked(case.graph, neo4j_server) == [2]
    graph = _fill(case, 5)
    stale = cypher(graph, COUNT, on=neo4j_server.url)
    assert stale.table["n"].tolist() == [2]
    assert "version 1 of this case and the file is at version 2" in stale.caveats[-1]
    assert _publish(graph, neo4j_server, size=3, parallel=2).generation == 2
    assert _asked(graph, neo4j_server) == [5]
    assert _asked(graph, neo4j_server, "MATCH (c:Claim)-[:STATED_IN]->(:Record) RETURN count(c) AS n") == [11]
    assert not {label for label in _labels(neo4j_server) if label.startswith("Isthmus")} - {"IsthmusCase"}


def test_several_cases_and_clocks_side_by_side(case: Case, neo4j_server: Server, tmp_path: Path) -> None:
    graph = _fill(case, 2)
    with Case.create(tmp_path / "other.case") as other:
        second = _fill(other, 3)
        _publish(graph, neo4j_server)
        _publish(second, neo4j_server)
        scoped = "MATCH (p:Person {case: $case}) RETURN count(p) AS n"
        assert _asked(graph, neo4j_server, scoped) == [2]
        assert _asked(second, neo4j_server, scoped) == [3]
        with pytest.raises(BadQuestion, match=r"case: \$case"):
            _asked(graph, neo4j_server)
        reached = "MATCH (p:Person) WHERE p.case <> $case RETURN p.id AS n ORDER BY n"
        assert _asked(graph, neo4j_server, reached) == ["p0", "p1", "p2"]
        strict = case.through(min_grade="A1").graph
        with pytest.raises(ServerError, match="--min-grade A1"):
            _asked(strict, neo4j_server, scoped)
        _publish(strict, neo4j_server)
        ties = "MATCH (p:Person {case: $case})-[t]->() RETURN count(t) AS n"
        assert _asked(strict, neo4j_server, ties) == [0]
        assert _asked(graph, neo4j_server, ties) == [2]
        with pytest.raises(BadQuestion, match="2 cases that fit"):
            pull(neo4j_server.url, tmp_path / "none.case")
        assert not (tmp_path / "none.case").exists()


def test_whom_an_analyst_let_in_comes_back_with_the_name(case: Case, neo4j_server: Server, tmp_path: Path) -> None:
    """Two people who were 17 or 18 when recorded; of one an analyst found out that she was of age."""
    record = Record("s", "list", published="2016-06")
    told: list[Row] = [SourceRow("s"), record]
    for one in ("ada-ohne", "berta-ohne"):
        told += [Claim(record.id, one, "kind", "Person"), Claim(record.id, one, "birth", "1998")]
        told.append(Claim(record.id, one, "name", one.replace("-", " ").title()))
    case.load(told, source="s")
    deciding.admit(case.file, handle(case.file, "ada-ohne"), why="born in January")
    case.load(told, source="s")
    _publish(case.graph, neo4j_server)
    pull(neo4j_server.url, tmp_path / "pulled.case")
    with Case.open(tmp_path / "pulled.case") as pulled:
        assert pulled.graph.ids.tolist() == case.graph.ids.tolist()
        assert [str(name) for name in pulled.graph.names if "Ohne" in str(name)] == ["Ada Ohne"]
        assert not [entry for entry in book.entries(pulled.file) if not entry.admitted]


@both
def test_someone_elses_data_is_refused_and_never_touched(case: Case, neo4j_server: Server) -> None:
    graph = _fill(case, 2)
    with neo4j_server.driver() as driver:
        driver.execute_query("CREATE (:Person {id: 'p1', name: 'theirs'})-[:KNOWS]->(:Film {title: 'x'})")
        with pytest.raises(ServerError, match="2 nodes that Isthmus didn't write"):
            _publish(graph, neo4j_server)
        for people in (2, 3):
            graph = _fill(case, people)
            _publish(graph, neo4j_server, beside=True)
        with pytest.raises(BadQuestion, match="what Isthmus didn't write"):
            _asked(graph, neo4j_server)
        assert _asked(graph, neo4j_server, "MATCH (p:Person {case: $case}) RETURN count(p) AS n") == [3]
        theirs = driver.execute_query("MATCH (p:Person {name: 'theirs'})-[:KNOWS]->(f) RETURN p.id AS p, f.title AS f")
        assert [row.data() for row in theirs.records] == [{"p": "p1", "f": "x"}]


@both
def test_pull_gives_the_case_back_byte_for_byte(shipped: Case, neo4j_server: Server, tmp_path: Path) -> None:
    _publish(shipped.graph, neo4j_server)
    pull(neo4j_server.url, tmp_path / "pulled.case")
    dump(shipped.file, tmp_path / "before")
    with Case.open(tmp_path / "pulled.case") as pulled:
        dump(pulled.file, tmp_path / "after")
    names = sorted(path.name for path in (tmp_path / "before").iterdir())
    assert names
    for name in names:
        assert (tmp_path / "before" / name).read_bytes() == (tmp_path / "after" / name).read_bytes(), name


@both
def test_a_wrong_password_says_so_and_shows_no_password(
    case: Case, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(case, 2)
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-password")
    result = CliRunner(catch_exceptions=True).invoke(cli, ["publish", neo4j_server.url, "--case", str(case.file.path)])
    assert isinstance(result.exception, ServerError)
    said = str(result.exception)
    assert "NEO4J_PASSWORD" in said
    assert "not-the-password" not in said


def test_a_password_in_the_address_is_refused(case: Case) -> None:
    with pytest.raises(ServerError, match="doesn't belong in an address") as refused:
        publish(
            asking.whole_projection(_fill(case, 2), evidence=True),
            "bolt://neo4j:secret@127.0.0.1",
            Described("", 1, ""),
        )
    assert "secret" not in str(refused.value)


def test_no_server_there(case: Case) -> None:
    with pytest.raises(ServerError, match="can't be reached"):
        cypher(_fill(case, 2), COUNT, on=f"bolt://127.0.0.1:{free_port()}")
    with pytest.raises(ServerError, match="use one of bolt"):
        cypher(case.graph, COUNT, on="http://127.0.0.1")


@both
def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch, neo4j_server: Server) -> None:
    from isthmus.graph.cypher import neo4j

    monkeypatch.setattr(neo4j, "OLDEST", (9999, 1))
    with pytest.raises(ServerError, match=r"'Neo4j/\d.*9999\.1 or newer is needed"):
        neo4j.connect(neo4j_server.url)


_SLOW_PUBLISH = """
import sys, time
from isthmus.case import Case
from isthmus.graph.cypher import bolt_packing, publish as publishing
from isthmus.queries.cypher import asking
publishing.AT_ONCE = int(sys.argv[3])
slow = bolt_packing.ties
def told(*arguments):
    print("ties", flush=True)
    time.sleep(0.2)
    return slow(*arguments)
bolt_packing.ties = told
with Case.open(sys.argv[1]) as case:
    made = asking.whole_projection(case.graph, evidence=True)
    publishing.publish(made, sys.argv[2], publishing.Described("killed", case.file.version, ""), size=5)
"""


def _publishing(case: Case, server: Server, at_once: int) -> subprocess.Popen[str]:
    """A process that is in the middle of publishing."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW_PUBLISH, str(case.file.path), server.url, str(at_once)],
        env={**os.environ, "XDG_CACHE_HOME": str(case.file.path.parent / "elsewhere")},  # knows of no former publish
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ties\n"
    assert process.stdout.readline() == "ties\n"
    return process


@pytest.mark.parametrize("at_once", [60_000, 0], ids=["in one transaction", "staged"])
@both
def test_a_killed_client_leaves_the_former_generation(case: Case, neo4j_server: Server, at_once: int) -> None:
    _publish(_fill(case, 2), neo4j_server)
    graph = _fill(case, 9)
    process = _publishing(case, neo4j_server, at_once)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    scoped = "MATCH (p:Person {case: $case}) RETURN count(p) AS n"
    assert _asked(graph, neo4j_server, scoped) == [2]
    assert _publish(graph, neo4j_server).generation == 2
    assert _asked(graph, neo4j_server) == [9]
    assert not {label for label in _labels(neo4j_server) if label.startswith("Isthmus")} - {"IsthmusCase"}


@both
def test_two_publishes_at_once_do_not_mix(case: Case, neo4j_server: Server) -> None:
    """The later announcement wins; the earlier process is told, and what answers is whole."""
    graph = _fill(case, 9)
    process = _publishing(case, neo4j_server, 0)
    assert _publish(graph, neo4j_server).generation == 1
    _, said = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "ServerError" in said
    assert _asked(graph, neo4j_server, "MATCH (p:Person {case: $case})-[t]->() RETURN count(t) AS n") == [9]


def test_who_is_told_that_another_won_clears_what_it_wrote(
    case: Case, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other begins and ends before the first has written anything, which therefore nobody else would clear."""
    graph = _fill(case, 9)
    stage = Publisher._stage

    def late(self: Publisher, made: Projection, token: str) -> None:
        monkeypatch.setattr(Publisher, "_stage", stage)
        assert _publish(graph, neo4j_server).generation == 1
        stage(self, made, token)
        assert "IsthmusStaged" in _labels(neo4j_server)

    monkeypatch.setattr(publishing, "AT_ONCE", 0)
    monkeypatch.setattr(Publisher, "_stage", late)
    with pytest.raises(ServerError, match="another publish"):
        _publish(graph, neo4j_server)
    assert not {label for label in _labels(neo4j_server) if label.startswith("Isthmus")} - {"IsthmusCase"}
    assert _asked(graph, neo4j_server) == [9]


def test_a_killed_server_leaves_the_former_generation(
    case: Case, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of its own: killed in the middle of a publish, and started again over the same folder."""
    home = tmp_path_factory.mktemp("killed") / "home"
    server = start(home)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    _publish(_fill(case, 2), server)
    graph = _fill(case, 9)
    process = _publishing(case, server, 0)
    server.kill()
    _, said = process.communicate(timeout=180)
    assert "ServerError" in said
    assert "Traceback" in said  # the script does not catch it; the command would
    assert server.password not in said
    server.stop()
    again = start(home, password=server.password)
    try:
        scoped = "MATCH (p:Person {case: $case}) RETURN count(p) AS n"
        assert _asked(graph, again, scoped) == [2]
        assert _publish(graph, again).generation == 2
        assert _asked(graph, again) == [9]
    finally:
        again.discard()


@both
def test_only_what_changed_is_written(case: Case, neo4j_server: Server, tmp_path: Path) -> None:
    """A tie, a claim and a person more, one tie less, another dated anew: the same as published whole."""
    facts = ["p1 met p2", "p2 met p3", "p1 took_part_in e1", "p3 took_part_in e1 2015", "e1 occurred_in FR"]
    case.load(rows(*facts, "p9 met p1"), source="s", complete=True)
    assert _publish(case.graph, neo4j_server).changed is None
    before = everything(neo4j_server)
    case.load(rows(*facts[1:3], "p3 took_part_in e1 2014", facts[4], "p4 met p1", "p4 citizen_of BE"), source="s")
    case.load([], source="s")
    graph = case.graph
    done = _publish(graph, neo4j_server)
    assert done.changed is not None
    assert done.generation == 2
    changed = everything(neo4j_server)
    assert changed != before
    neo4j_server.empty()
    assert _publish(graph, neo4j_server).changed is None
    assert everything(neo4j_server) == changed
    assert _publish(graph, neo4j_server).changed == 0
    pull(neo4j_server.url, tmp_path / "pulled.case")
