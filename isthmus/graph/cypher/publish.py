"""Publishing a projection to Neo4j: a generation is written out of sight and becomes visible in one transaction.

Where this machine published the former
generation, only what changed is written (`delta`). A small generation is written in that transaction too. Of a larger one the nodes, while it is being written, bear the label `IsthmusStaged` and none of the vocabulary. One
transaction then gives them their labels, takes the former generation's away, and moves the case's marker on. What
died before that is not there; it clears itself, or if it can't, the next publish of the same case does. Other cases,
and what is not Isthmus's, are never touched; what others hung on published nodes is carried along (`foreign`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from isthmus.graph.cypher import bolt_packing, foreign, markers
from isthmus.graph.cypher.applying import apply
from isthmus.graph.cypher.delta import compare, fingerprints, load, save
from isthmus.graph.cypher.neo4j import clear, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from neo4j import Driver, ManagedTransaction

    from isthmus.graph.cypher.bolt_packing import Packed, Part
    from isthmus.graph.cypher.delta import Prints
    from isthmus.graph.cypher.projection import Projection

BATCH = 5_000
AT_ONCE = 60_000
"""Nodes and relationships that are written in a single transaction, out of sight by that alone."""
_CLEARED = 10_000
_OWN = (
    "CREATE CONSTRAINT isthmuscase IF NOT EXISTS FOR (n:IsthmusCase) REQUIRE n.case IS UNIQUE",
    "CREATE CONSTRAINT isthmuspending IF NOT EXISTS FOR (n:IsthmusPending) REQUIRE n.case IS UNIQUE",
)
_CREATE_NODES = """UNWIND $rows AS row CREATE (n:$(row[1])) SET n = $shared[row[2]], n += row[3]
RETURN row[0] AS number, elementId(n) AS id"""
_CREATE_TIES = """UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row[0] MATCH (b) WHERE elementId(b) = row[1]
CREATE (a)-[t:$(row[2])]->(b) SET t = $shared[row[3]], t += row[4]"""
_CLEAR_TIES = "MATCH (:{0} {{case: $case}})-[t]-() WITH DISTINCT t LIMIT $most DELETE t RETURN count(*) AS gone"
_CLEAR_NODES = "MATCH (n:{0} {{case: $case}}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS gone"
_STAGE_NODES = """UNWIND $rows AS row CREATE (n:IsthmusStaged:$("Isthmus" + row[1]))
SET n = $shared[row[2]], n += row[3], n.stage = $token RETURN row[0] AS number, elementId(n) AS id"""
# A server gives an id again once its node is gone: only a node that bears our token is ours.
_STAGE_TIES = """UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row[0] AND a.stage = $token
MATCH (b) WHERE elementId(b) = row[1] AND b.stage = $token
CREATE (a)-[t:$(row[2])]->(b) SET t = $shared[row[3]], t += row[4]"""


@dataclass(frozen=True)
class Published:
    """What a publish did: the generation that answers now, its size, how long it took (seconds).

    `changed` is how many nodes and relationships were touched; None says that all were written.
    """

    scope: str
    generation: int
    nodes: int
    ties: int
    seconds: float
    changed: int | None


@dataclass(frozen=True)
class Described:
    """What the marker says of a generation beside its counts."""

    title: str
    version: int
    arguments: str


class Publisher:
    """Writes projections to one server. `size` rows go in one statement, `parallel` statements at a time."""

    def __init__(self, driver: Driver, *, size: int = BATCH, parallel: int = 1) -> None:
        self.driver, self.size, self.parallel = driver, size, parallel

    def publish(self, made: Projection, said: Described) -> Published:
        """Write `made` as the next generation of its scope."""
        began = perf_counter()
        self._constrain(made.labels())
        token = uuid4().hex
        markers.begin(self.driver, made.scope, token)
        self._clear(made.scope)
        nodes, ties = made.counts()
        marker = {
            "title": said.title, "version": said.version, "arguments": said.arguments, "token": token, "nodes": nodes,
            "ties": ties, "labels": made.labels(), "names": foreign.names(made), "published": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        new = fingerprints(made)
        try:
            generation, changed = self._write(made, new, token, marker)
        except BaseException:
            markers.give_up(self.driver, made.scope, token)
            raise
        save(made.scope, token, new)
        self._clear(made.scope)
        return Published(made.scope, generation, nodes, ties, perf_counter() - began, changed)

    def _write(self, made: Projection, new: Prints, token: str, marker: dict[str, Any]) -> tuple[int, int | None]:
        """What changed, if that is known and little; everything in one transaction, if it is small; else staged."""
        with self.driver.session() as session:
            before = load(made.scope, session.execute_read(markers.token_of, made.scope))
            delta = compare(before, new) if before else None
            if delta is not None and len(delta) <= AT_ONCE:
                return session.execute_write(apply, made, new, delta, token, marker), len(delta)
            if sum(made.counts()) <= AT_ONCE:
                return session.execute_write(_at_once, made, token, marker, self.size), None
            self._stage(made, token)
            return session.execute_write(markers.switch, made.scope, token, made.labels(), marker), None

    def _constrain(self, labels: Iterable[str]) -> None:
        with self.driver.session() as session:
            session.execute_write(_constrained, list(labels))

    def _clear(self, scope: str) -> None:
        """Delete what is out of sight: a generation that was left unfinished, and the one before the present."""
        for label in ("IsthmusStaged", "IsthmusRetired"):
            for text in (_CLEAR_TIES.format(label), _CLEAR_NODES.format(label)):
                gone = _CLEARED
                while gone == _CLEARED:
                    with self.driver.session() as session:
                        gone = session.execute_write(_count, text, case=scope, most=_CLEARED)

    def _stage(self, made: Projection, token: str) -> None:
        """Nodes first, then relationships; one statement for all labels and types, so that it is planned once."""
        ids = [""] * made.size

        def write_nodes(part: Part) -> None:
            with self.driver.session() as session:
                found = session.execute_write(_written, _STAGE_NODES, bolt_packing.nodes(part), token)
            for number, identity in found:
                ids[number] = identity

        def write_ties(part: Part) -> None:
            with self.driver.session() as session:
                session.execute_write(_written, _STAGE_TIES, bolt_packing.ties(part, ids), token)

        self._run([partial(write_nodes, part) for part in bolt_packing.parts(made.nodes, self.size)])
        self._run([partial(write_ties, part) for part in bolt_packing.parts(made.ties, self.size)])

    def _run(self, jobs: list[Callable[[], None]]) -> None:
        if self.parallel <= 1:
            for job in jobs:
                job()
            return
        with ThreadPoolExecutor(self.parallel) as pool:
            for done in [pool.submit(job) for job in jobs]:
                done.result()


def publish(
    made: Projection, url: str, said: Described, *, size: int = BATCH, parallel: int = 1, beside: bool = False
) -> Published:
    """Publish to the server at `url`. `beside` allows a database that holds what is not Isthmus's.

    Raises
    ------
    ServerError
        The server is down, refuses, breaks off, or holds other data, which may hang on what this publish takes away;
        the former generation still answers.
    """
    with connect(url) as driver, clear(url):
        if not beside:
            markers.refuse_foreign(driver, url)
        return Publisher(driver, size=size, parallel=parallel).publish(made, said)


def _at_once(transaction: ManagedTransaction, made: Projection, token: str, marker: dict[str, Any], size: int) -> int:
    """Replace a generation by `made` within one transaction, in which the server's own ids can be relied on."""
    markers.claim(transaction, made.scope, token)
    former = foreign.former_names(transaction, made.scope)
    markers.retire(transaction, made.scope)  # deleting here would make each later uniqueness check slower
    ids = [""] * made.size
    for part in bolt_packing.parts(made.nodes, size):
        for number, identity in transaction.run(_CREATE_NODES, bolt_packing.nodes(part)):
            ids[number] = identity
    for part in bolt_packing.parts(made.ties, size):
        transaction.run(_CREATE_TIES, bolt_packing.ties(part, ids)).consume()
    foreign.carry(transaction, made.scope, former)
    return markers.move_on(transaction, made.scope, marker)


def _written(transaction: ManagedTransaction, text: str, packed: Packed, token: str) -> list[tuple[int, str]]:
    return [(row["number"], row["id"]) for row in transaction.run(text, packed, token=token)]


def _count(transaction: ManagedTransaction, /, text: str, **bound: Any) -> int:
    record = transaction.run(text, bound).single(strict=True)
    return int(record["gone"])


def _constrained(transaction: ManagedTransaction, labels: list[str]) -> None:
    for statement in [*_OWN, *constraints(labels)]:
        transaction.run(statement).consume()


def constraints(labels: Iterable[str]) -> list[str]:
    """Statements that make ids unique within a case, and claims quick to find."""
    found = [
        f"CREATE CONSTRAINT isthmus_{label.lower()} IF NOT EXISTS FOR (n:{label}) REQUIRE (n.case, n.id) IS UNIQUE"
        for label in labels
    ]
    if "Claim" in labels:
        found += [
            f"CREATE INDEX isthmus_claim_{name} IF NOT EXISTS FOR (n:Claim) ON (n.case, n.{name})"
            for name in ("statement", "subject")
        ]
    return found
