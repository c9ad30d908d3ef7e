"""What a server says of the cases on it: which generation answers, and which is being written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph.cypher import foreign
from isthmus.graph.errors import ServerError

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Record

_OWN = "MATCH (n:IsthmusStaged {case: $case, stage: $token})"
_GIVE_UP = (  # few at a time, and ties first: it may be for want of memory
    f"{_OWN}-[t]-() WITH DISTINCT t LIMIT 1000 DELETE t RETURN count(*) AS gone",
    f"{_OWN} WITH n LIMIT 1000 DELETE n RETURN count(*) AS gone",
    "MATCH (p:IsthmusPending {case: $case, token: $token}) DELETE p RETURN count(*) AS gone",
)


class Marker(NamedTuple):
    """A published case as the server has it."""

    scope: str
    title: str
    version: int
    generation: int
    arguments: str
    published: str


def published(driver: Driver) -> list[Marker]:
    """The complete cases on a server, by title."""
    rows = driver.execute_query(
        "MATCH (m:IsthmusCase) RETURN m.case AS scope, m.title AS title, m.version AS version, "
        "m.generation AS generation, coalesce(m.arguments, '') AS arguments, m.published AS published "
        "ORDER BY title, scope",
        routing_="r",
    ).records
    return [Marker(**row.data()) for row in rows]


def unfinished(driver: Driver) -> list[str]:
    """Scopes of which a generation is being written, or was left half-written."""
    rows = driver.execute_query("MATCH (p:IsthmusPending) RETURN p.case AS scope ORDER BY scope", routing_="r").records
    return [str(row["scope"]) for row in rows]


def staged(label: str) -> str:
    """Label of a node while its generation is being written."""
    return f"Isthmus{label}"


def begin(driver: Driver, scope: str, token: str) -> None:
    """Announce a generation; one announced earlier and never completed is thereby given up."""
    driver.execute_query("MERGE (p:IsthmusPending {case: $case}) SET p.token = $token", case=scope, token=token)


def give_up(driver: Driver, scope: str, token: str) -> None:
    """Clear what a publish that failed has written out of sight, and its announcement.

    Where the server no longer answers they are left: the next publish of the case clears them.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    with suppress(DriverError, Neo4jError, OSError), driver.session() as session:
        for text in _GIVE_UP:
            while session.run(text, case=scope, token=token).single(strict=True)["gone"]:
                pass


def switch(transaction: ManagedTransaction, scope: str, token: str, labels: list[str], marker: dict[str, Any]) -> int:
    """Make the generation that was written the one that answers, and hide the former; gives its number."""
    claim(transaction, scope, token)
    former = foreign.former_names(transaction, scope)
    retire(transaction, scope)
    for label in labels:
        transaction.run(
            f"MATCH (n:{staged(label)} {{stage: $token}}) "
            f"REMOVE n:IsthmusStaged:{staged(label)}, n.stage SET n:{label}",
            token=token,
        ).consume()
    foreign.carry(transaction, scope, former)
    return move_on(transaction, scope, marker)


def claim(transaction: ManagedTransaction, scope: str, token: str) -> None:
    """End the announcement of one's own generation.

    Raises
    ------
    ServerError
        Another publish of the same case began in the meantime: it has cleared what this one wrote.
    """
    mine = transaction.run(
        "MATCH (p:IsthmusPending {case: $case, token: $token}) DELETE p RETURN count(*) AS mine",
        case=scope,
        token=token,
    ).single(strict=True)["mine"]
    if not mine:
        raise ServerError("another publish of this case began on the server meanwhile; let one of them finish")


def retire(transaction: ManagedTransaction, scope: str) -> None:
    """Take the labels of the generation that answers now."""
    found: Record | None = transaction.run(
        "MATCH (m:IsthmusCase {case: $case}) RETURN m.labels AS labels", case=scope
    ).single()
    for label in found["labels"] if found else ():
        transaction.run(
            f"MATCH (n:{label} {{case: $case}}) REMOVE n:{label} SET n:{foreign.RETIRED}:{staged(label)}", case=scope
        ).consume()


def token_of(transaction: ManagedTransaction, scope: str) -> str:
    """The token that the publish of the generation that answers now left; "" where there is none, or it left no names."""
    found = transaction.run(
        "MATCH (m:IsthmusCase {case: $case}) WHERE m.names IS NOT NULL RETURN m.token AS token", case=scope
    ).single()
    return str(found["token"]) if found else ""


def move_on(transaction: ManagedTransaction, scope: str, marker: dict[str, Any]) -> int:
    """Give the case's marker what is true of the new generation; gives its number."""
    found = transaction.run(
        "MERGE (m:IsthmusCase {case: $case}) SET m.generation = coalesce(m.generation, 0) + 1, m += $marker "
        "RETURN m.generation AS generation",
        case=scope,
        marker=marker,
    ).single(strict=True)
    return int(found["generation"])


def foreign_nodes(driver: Driver) -> int:
    """How many nodes there are that no publish wrote: they bear the mark of no case on the server."""
    row = driver.execute_query(
        "MATCH (m) WHERE m:IsthmusCase OR m:IsthmusPending WITH collect(m.case) AS ours "
        "MATCH (n) WHERE n.case IS NULL OR NOT n.case IN ours RETURN count(n) AS foreign",
        routing_="r",
    ).records[0]
    return int(row["foreign"])


def refuse_foreign(driver: Driver, url: str) -> None:
    """Refuse a database that holds nodes which no publish wrote.

    Raises
    ------
    ServerError
        There are such nodes; the message counts them.
    """
    found = foreign_nodes(driver)
    if found:
        raise ServerError(
            f"{url}: the database holds {found:,} nodes that Isthmus didn't write; publish to an empty one, "
            "or add --beside to write next to them: they stay untouched"
        )
