"""Making a case file again from what was published to Neo4j."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher import markers
from isthmus.graph.cypher.evidence import ADMISSION, LABELS, UNUSED
from isthmus.graph.cypher.neo4j import clear, connect
from isthmus.graph.errors import BadQuestion, ServerError
from isthmus.graph.foreign_json import read_json
from isthmus.graph.record import book
from isthmus.graph.record.age import HELD
from isthmus.graph.record.book import Entry
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.rows import TABLES, Assessment, Marking
from isthmus.graph.record.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from neo4j import ManagedTransaction

    from isthmus.graph.cypher.markers import Marker
    from isthmus.graph.record.rows import Row


def pull(url: str, path: Path, name: str | None = None) -> dict[str, int]:
    """Write the case that the server at `url` holds to a new file; gives how many rows of each table.

    `name` is the title or id of the case; it can be left out where the server holds one. The tables are those that
    were published, row for row; the history of loads is not on the server, and the file is a case of its own.

    Raises
    ------
    ServerError
        The server is down, refuses, or breaks off; there is then no file.
    BadQuestion
        No such case, several, or only one that was narrowed when it was published.
    """
    with connect(url) as driver, clear(url):
        found = _chosen(markers.published(driver), url, name)
        with driver.session(default_access_mode="READ", fetch_size=5000) as session:
            rows = session.execute_read(_read, found.scope)
            let_in = session.execute_read(_admitted, found.scope)
        if {marker.scope: marker.generation for marker in markers.published(driver)}.get(
            found.scope
        ) != found.generation:
            raise ServerError(f"{url}: {found.title} was published again meanwhile; pull once more")
    with CaseFile.create(path) as case_file:
        try:
            book.let_in(case_file, let_in)
            report = write(case_file, rows, source="neo4j", loader="pull")
        except BaseException:
            case_file.discard()
            raise
    return dict(report.added)


def _chosen(found: list[Marker], url: str, name: str | None) -> Marker:
    whole = [marker for marker in found if not marker.arguments]
    fits = [marker for marker in whole if name in (None, marker.title, marker.scope)]
    if len(fits) == 1:
        return fits[0]
    listed = ", ".join(f"{marker.title} ({marker.scope})" for marker in whole) or "no whole case"
    wanted = f"no case {name!r}" if name and not fits else f"{len(fits)} cases that fit"
    raise BadQuestion(f"{url} holds {wanted}; it has {listed}; name one with --from")


def _read(transaction: ManagedTransaction, scope: str) -> list[Row]:
    """Every row within one transaction, parents before what names them."""
    rows: list[Row] = []
    for table, label in LABELS.items():
        for each in (label, UNUSED) if table == "claims" else (label,):
            result = transaction.run(
                f"MATCH (n:{each} {{case: $case}}) WHERE n.label IS NULL RETURN properties(n) AS p", case=scope
            )
            for record in result:
                rows += _rows(table, record["p"])
    return sorted(rows, key=_order)


def _admitted(transaction: ManagedTransaction, scope: str) -> dict[str, Entry]:
    """The people whom an analyst let in past the door, by id."""
    found = transaction.run(
        f"MATCH (n:{ADMISSION} {{case: $case}}) RETURN n.subject AS who, n.reason AS reason", case=scope
    )
    return {record["who"]: Entry("", HELD, record["reason"], "", "", 0) for record in found}


def _rows(table: str, properties: dict[str, Any]) -> Iterator[Row]:
    made = TABLES[table]
    yield made(*(properties.get(name, "") for name in made._fields))
    for text in properties.get("assessments", ()):
        yield Assessment("source" if table == "sources" else "claim", properties["id"], *read_json(text))
    for tlp in properties.get("tlp", ()):
        yield Marking(properties["id"], tlp)


def _order(row: Row) -> tuple[int, tuple[str, ...]]:
    kinds = list(TABLES.values())
    return kinds.index(type(row)), tuple(row)
