"""What an analyst hangs on published nodes outlives every publish, or the publish refuses and says what hangs where."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.case import Case
from isthmus.graph.cypher import cache
from isthmus.graph.cypher import publish as publishing
from isthmus.graph.cypher.publish import Described, publish
from isthmus.graph.cypher.pull import pull
from isthmus.graph.errors import ServerError
from isthmus.graph.record.dump import dump
from isthmus.queries.cypher import asking
from tests.graph.cypher.conftest import everything
from tests.graph.make import rows
from tests.servers import Server, both

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.cypher.publish import Published
    from isthmus.graph.graph import Graph

pytestmark = pytest.mark.neo4j

FACTS = ["p1 met p2", "p2 met p3", "p1 took_part_in e1", "e1 occurred_in FR", "e1 killed 3"]
THEIRS = """MATCH (p:Person {id: 'p1'}), (q:Person {id: 'p3'}), (p)-[met:MET]->(:Person {id: 'p2'}), (c:Claim)
WITH p, q, met, c ORDER BY c.id LIMIT 1
CREATE (p)-[:HAS_NOTE {at: date('2026-11-30')}]->(:MyNote {text: 'x'})-[:ABOUT]->(c)
CREATE (p)-[:MET {mine: true}]->(q), (p)-[:MET {mine: true}]->(:MyNote {text: 'y'}), (p)-[:SELF]->(p)
SET p.checked = datetime('2026-11-30T10:00Z'), p:Watched, met.weighed = [1, 2]"""
SEEN = {
    "MATCH (:Person {id: 'p1'})-[t:HAS_NOTE]->(:MyNote)-[:ABOUT]->(c:Claim) RETURN count(*) AS n, min(t.at) = date('2026-11-30') AS same": (1, True),
    "MATCH (n:MyNote)-[t]-() RETURN count(t) AS n, count(DISTINCT n) = 2 AS same": (3, True),
    "MATCH (:Person {id: 'p1'})-[t:MET {mine: true}]->(q) RETURN count(t) AS n, collect(DISTINCT q.id) = ['p3'] AS same": (2, True),
    "MATCH (p:Person)-[t:SELF]->(p) RETURN count(t) AS n, count(t) = 1 AS same": (1, True),
    "MATCH (p:Watched:Person) RETURN count(p) AS n, min(p.checked) = datetime('2026-11-30T10:00Z') AS same": (1, True),
    "MATCH ()-[t:MET {weighed: [1, 2]}]->() RETURN count(t) AS n, min(t.statement) IS NOT NULL AS same": (1, True),
    "MATCH (n) WHERE any(l IN labels(n) WHERE l STARTS WITH 'Isthmus' AND l <> 'IsthmusCase') RETURN count(n) AS n, count(n) = 0 AS same": (0, True),
}  # fmt: skip


def _publish(graph: Graph, server: Server) -> Published:
    made = asking.whole_projection(graph, evidence=True)
    return publish(made, server.url, Described("test", graph.file.version, ""), size=3, beside=True)


def _run(server: Server, text: str) -> list[dict[str, Any]]:
    with server.driver() as driver:
        return [row.data() for row in driver.execute_query(text).records]


def _seen(server: Server) -> dict[str, tuple[int, bool]]:
    found = {text: _run(server, text)[0] for text in SEEN}
    return {text: (row["n"], row["same"]) for text, row in found.items()}


WAYS = pytest.mark.parametrize("way", ["only what changed", "in one transaction", "staged"])


def _take(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next publish go one of its three ways."""
    if way != "only what changed":
        shutil.rmtree(cache.folder().parent / "published")
    if way == "staged":
        monkeypatch.setattr(publishing, "AT_ONCE", 0)


@WAYS
@both
def test_what_others_hung_on_published_nodes_stays(
    case: Case, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    case.load(rows(*FACTS), source="s", complete=True)
    _publish(case.graph, neo4j_server)
    _run(neo4j_server, THEIRS)
    assert _seen(neo4j_server) == SEEN
    case.load(rows(*FACTS[:4], "p1 citizen_of BE", "p1 met p2 2015", "p4 met p1"), source="s")
    for _ in range(2):
        _take(way, monkeypatch)
        done = _publish(case.graph, neo4j_server)
        assert (done.changed is None) == (way != "only what changed")
        assert _seen(neo4j_server) == SEEN
    pull(neo4j_server.url, tmp_path / "pulled.case")
    dump(case.file, tmp_path / "before")
    with Case.open(tmp_path / "pulled.case") as pulled:
        dump(pulled.file, tmp_path / "after")
    for path in (tmp_path / "before").iterdir():
        assert path.read_bytes() == (tmp_path / "after" / path.name).read_bytes()


@WAYS
@both
def test_what_isthmus_wrote_and_no_longer_says_goes(
    case: Case, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    case.load(rows(*FACTS, "p1 radicalised yes"), source="s", complete=True)
    _publish(case.graph, neo4j_server)
    assert _run(neo4j_server, "MATCH (e:Event) RETURN e.killed_low AS n") == [{"n": 3.0}]
    case.load(rows(*FACTS[1:4], "p1 met p2 2015", published="2016"), source="s")
    _take(way, monkeypatch)
    _publish(case.graph, neo4j_server)
    after = everything(neo4j_server)
    neo4j_server.empty()
    _publish(case.graph, neo4j_server)
    assert after == everything(neo4j_server)
    left = [row for row in after if '"Person"' in row or '"Event"' in row]
    assert not [row for row in left if '"killed' in row or '"radicalised"' in row]


@WAYS
@both
def test_a_publish_that_would_take_away_what_they_hang_on_is_refused(
    case: Case, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    case.load(rows(*FACTS, "p9 met p1"), source="s", complete=True)
    _publish(case.graph, neo4j_server)
    mark = "MATCH (p:Person {id: 'p9'})-[t:MET]->() SET t.weighed = 1, p.checked = true, p:Watched CREATE (p)-[:HAS_NOTE]->(:MyNote)"
    _run(neo4j_server, mark)
    before = everything(neo4j_server)
    case.load(rows(*FACTS, published="2016"), source="s")
    _take(way, monkeypatch)
    with pytest.raises(ServerError, match=r"4 rel.*didn't write hang on what this publish takes away") as refused:
        _publish(case.graph, neo4j_server)
    for said in ("HAS_NOTE at Person p9", "checked at Person p9", "Watched at Person p9", "weighed at p9 MET p1"):
        assert said in str(refused.value)
    assert everything(neo4j_server) == before
    _run(neo4j_server, "MATCH (p:Person {id: 'p9'})-[t]->() SET t.weighed = null REMOVE p.checked, p:Watched")
    _run(neo4j_server, "MATCH (n:MyNote) DETACH DELETE n")
    assert _publish(case.graph, neo4j_server).generation == 2
    assert _run(neo4j_server, "MATCH (p:Person {id: 'p9'}) RETURN p.id AS n") == []
