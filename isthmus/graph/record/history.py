"""What is read of a case file about its loads: what each did, and what an analyst wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.force import in_force
from isthmus.graph.record.markings import source_within, within
from isthmus.graph.record.rows import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from isthmus.graph.record.file import CaseFile


def is_load(file: CaseFile, number: int) -> bool:
    """Whether there is a load of this number."""
    return file.connection.execute("SELECT 1 FROM load WHERE num = ?", (number,)).fetchone() is not None


def is_source(file: CaseFile, name: str) -> bool:
    """Whether a source is so called, or records name one so."""
    asked = "SELECT 1 FROM source WHERE id = ? UNION SELECT 1 FROM record WHERE source = ?"
    return file.connection.execute(asked, (name, name)).fetchone() is not None


def days_of_loads(file: CaseFile) -> list[str]:
    """The day of the first load and that of the last; none where there was no load."""
    asked = "SELECT substr(min(at), 1, 10), substr(max(at), 1, 10) FROM load HAVING count(*)"
    return [str(day) for row in file.connection.execute(asked) for day in row]


def last_loads(file: CaseFile, most: int) -> list[tuple[int, str, str]]:
    """Number, source and day of the last loads, the newest first."""
    asked = "SELECT num, source, substr(at, 1, 10) FROM load ORDER BY num DESC LIMIT ?"
    return file.connection.execute(asked, (most,)).fetchall()


def last_load_of(file: CaseFile, source: str, loaders: Sequence[str]) -> int | None:
    """The last load by one of these loaders for a source that is in force."""
    marks = ", ".join("?" * len(loaders))
    row = file.connection.execute(
        f"SELECT max(num) FROM load WHERE source = ? AND loader IN ({marks}) AND {in_force(file.connection, 'num')}",
        (source, *loaders),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def load_told(file: CaseFile, load: int) -> tuple[str, str, str | None]:
    """Loader and source of a load, and what it withdraws, as JSON, if it does."""
    loader, source, withdrawn = file.connection.execute(
        "SELECT loader, source, json_extract(counts, '$.withdraws') FROM load WHERE num = ?", (load,)
    ).fetchone()
    return loader, source, withdrawn


def claims_of_load(file: CaseFile, load: int) -> list[Claim]:
    """The claims that a load brought, in the order recorded; their `record` is not read."""
    rows = file.connection.execute(
        "SELECT '', subject, property, value, valid, polarity, qualifiers FROM claim WHERE load = ? ORDER BY num",
        (load,),
    )
    return [Claim(*row) for row in rows]


def judged_by_load(file: CaseFile, load: int) -> list[tuple[str, str, str]]:
    """Left, verdict and right of each judgement that a load brought."""
    return file.connection.execute("SELECT left, verdict, right FROM judgement WHERE load = ?", (load,)).fetchall()


def retractions(file: CaseFile) -> Iterator[tuple[str, str]]:
    """Id of each current retraction and of the claim it takes back, the newest first."""
    yield from file.connection.execute(
        "SELECT c.id, c.value FROM claim c JOIN record r ON r.num = c.record "
        "WHERE c.property = 'retracts' AND r.current ORDER BY c.num DESC"
    )


def claims_beginning(file: CaseFile, digits: str, most: int) -> list[Claim]:
    """Current claims whose ids begin so, in the order of ids."""
    rows = file.connection.execute(
        "SELECT r.id, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers FROM claim c "
        "JOIN record r ON r.num = c.record WHERE c.id >= ? AND c.id < ? AND r.current ORDER BY c.id LIMIT ?",
        (digits, digits + "g", most),
    )
    return [Claim(*row) for row in rows]


def record_changes(
    file: CaseFile, since: str, tlp: str | None = None
) -> Iterator[tuple[int, str, str, str, str, int, str]]:
    """What loads from the moment `since` on did to records: load, its moment, source, native key, what, record, pointer.

    In the order of load, source, native key and record.
    """
    yield from file.connection.execute(
        "SELECT l.num, l.at, r.source, r.native_key, c.what, r.num, r.pointer FROM record_change c "
        "JOIN load l ON l.num = c.load JOIN record r ON r.num = c.record WHERE l.at >= ? "
        f"AND {within(file, tlp)} ORDER BY l.num, r.source, r.native_key, r.num",
        (since,),
    )


def said(file: CaseFile, record: int) -> list[tuple[str, ...]]:
    """Subject, property, value, valid, polarity, qualifiers and id of each claim of a record, in the order recorded."""
    return file.connection.execute(
        "SELECT subject, property, value, valid, polarity, qualifiers, id FROM claim WHERE record = ? ORDER BY num",
        (record,),
    ).fetchall()


def regradings(
    file: CaseFile, since: str, tlp: str | None = None
) -> Iterator[tuple[str, int, str, str | None, str | None]]:
    """Each source whose reliability a load from the moment `since` on changed: moment, load, source, from what, to what."""
    yield from file.connection.execute(
        "SELECT l.at, l.num, g.key, json_extract(g.value, '$[0]'), json_extract(g.value, '$[1]') "
        "FROM load l, json_each(l.counts, '$.regraded') g WHERE l.at >= ? "
        f"AND {source_within(file, tlp, 'g.key')} ORDER BY l.num, g.key",
        (since,),
    )


def people_gone(file: CaseFile) -> set[str]:
    """Ids that were people and of which no current record says what they are."""
    rows = file.connection.execute(
        "SELECT DISTINCT subject FROM claim WHERE property = 'kind' AND value = 'Person' AND subject NOT IN "
        "(SELECT subject FROM claim c JOIN record r ON r.num = c.record WHERE r.current AND property = 'kind')"
    )
    return {str(subject) for (subject,) in rows}


def ever_said(file: CaseFile, *properties: str) -> Iterator[tuple[str, str]]:
    """Subject and value of every claim of these properties, current or not."""
    marks = ", ".join("?" * len(properties))
    yield from file.connection.execute(f"SELECT subject, value FROM claim WHERE property IN ({marks})", properties)
