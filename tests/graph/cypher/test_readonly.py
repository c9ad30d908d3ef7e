"""Free Cypher only reads, is bounded, and says where it is wrong: the same on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.cypher.engine import Limits
from isthmus.graph.errors import BadQuestion
from tests.graph.make import rows

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.cypher.engine import Engine
    from isthmus.graph.graph import Graph
    from tests.graph.cypher.conftest import Open

REFUSED = [
    "CREATE (n:Person {id: 'x'})",
    "MATCH (p:Person) SET p.name = 'x' RETURN p.id",
    "MATCH (p:Person) DETACH DELETE p",
    "MATCH (p:Person) REMOVE p.name",
    "MERGE (p:Person {id: 'x'}) RETURN p.id",
    "MATCH (p:Person) CALL (p) { SET p.x = 1 } RETURN count(*)",
    "MATCH (p:Person) CALL (p) { SET p.x = 1 } IN TRANSACTIONS",
    "FOREACH (i IN [1] | CREATE (:Person))",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (p:Person) CALL (p) { LOAD CSV FROM 'https://example.org' AS line RETURN line } RETURN line",
    "CREATE INDEX FOR (p:Person) ON (p.name)",
    "DROP CONSTRAINT isthmus_person",
    "CREATE USER x SET PASSWORD 'secretsecret'",
    "SHOW INDEXES",
    "TERMINATE TRANSACTIONS 'x'",
    "CALL dbms.listConfig()",
    "CALL db.awaitIndexes()",
]
READ = {
    "MATCH (p:Person) RETURN count(p) AS n": 3,
    "RETURN 'MATCH (n) DELETE n' AS n": "MATCH (n) DELETE n",
    "MATCH (p:Person) /* CREATE */ RETURN count(p) AS n // SET x = 1": 3,
    "MATCH (p:Person {id: 'p1'})-[t:TOOK_PART_IN]->(e) RETURN e.id AS n": "e1",
    "CALL db.labels() YIELD label WITH label WHERE label = 'Person' RETURN label AS n": "Person",
    "MATCH (delete:Person {id: 'p1'}) RETURN delete.id AS n": "p1",
    "MATCH (e:Event) RETURN e.lat + e.lon AS n": 50.75,
    "MATCH (e:Event) WHERE date(e.first) = date('2015-11-13') RETURN e.id AS n": "e1",
    "MATCH path = (a:Person {id: 'p1'})-[*2]-(b:Person {id: 'p2'}) RETURN path AS n": ["p1", "e1", "p2"],
}


@pytest.fixture
def small(case: Case) -> Graph:
    placed = ("e1 coordinates 48.5,2.25", "e1 date 2015-11-13", "e1 occurred_in FR")
    case.load(rows("p1 took_part_in e1", "p2 took_part_in e1", "p3 met p1", *placed), source="s")
    return case.graph


def test_reading_bounds_and_places(engine_of: Open, small: Graph) -> None:
    engine = engine_of(small)
    for text, wanted in READ.items():
        assert engine.read(text, {}, Limits()).rows[0]["n"] == wanted, text
    before = engine.read("MATCH (n) RETURN count(n) AS n", {}, Limits()).rows
    for text in REFUSED:
        with pytest.raises(BadQuestion):
            engine.read(text, {}, Limits())
    assert engine.read("MATCH (n) RETURN count(n) AS n", {}, Limits()).rows == before
    check_limits(engine)
    check_places(engine)
    check_values(engine)


def check_limits(engine: Engine) -> None:
    assert len(engine.read("UNWIND range(1, 50) AS n RETURN n", {}, Limits(rows=50)).rows) == 50
    cut = engine.read("UNWIND range(1, 51) AS n RETURN n", {}, Limits(rows=50))
    assert cut.cut
    assert len(cut.rows) == 50
    slow = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    with pytest.raises(BadQuestion, match=r"longer than 0.5 s"):
        engine.read(slow, {}, Limits(seconds=0.5))


def check_places(engine: Engine) -> None:
    with pytest.raises(BadQuestion) as wrong:
        engine.read("MATCH (p:Person)\nRETRUN p.id", {}, Limits())
    assert str(wrong.value).endswith("\n  RETRUN p.id\n  ^")
    with pytest.raises(BadQuestion) as wrong:
        engine.read("MATCH (p:Person)\nRETURN q.id", {}, Limits())
    assert str(wrong.value).endswith("\n  RETURN q.id\n         ^")
    with pytest.raises(BadQuestion, match="NAME=VALUE"):
        engine.read("RETURN $wanted AS n", {}, Limits())


def check_values(engine: Engine) -> None:
    node = engine.read("MATCH (p:Person {id: 'p1'}) RETURN p AS n", {}, Limits()).rows[0]["n"]
    assert node["id"] == "p1"
    assert node["labels"] == ["Person"]
    tie = engine.read("MATCH (:Person {id: 'p1'})-[t:TOOK_PART_IN]->() RETURN t AS n", {}, Limits()).rows[0]["n"]
    assert tie["type"] == "TOOK_PART_IN"
    assert tie["grade"] == "B2"
    assert engine.read("RETURN date('2015-11-13') AS n", {}, Limits()).rows == [{"n": "2015-11-13"}]


def test_a_missing_engine_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from isthmus.graph.cypher import jvm
    from isthmus.graph.errors import MissingExtra

    monkeypatch.setattr(jvm, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r"isthmus\[cypher\].*--on"):
        jvm.start(tmp_path)
