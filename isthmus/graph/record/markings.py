"""TLP markings of records: those their sources came with, and those that an analyst put on a record or a source.

An analyst's mark is kept with the load that made it, as what a load undoes is: taken back it is read no more, and one
on a source holds for the records that come of it later too. A record takes the strictest of all its markings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.force import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.file import CaseFile

_MARKS = """
SELECT record, tlp FROM marking
UNION SELECT r.num, json_extract(l.counts, '$.marks.tlp') FROM load l
JOIN record r ON r.id = json_extract(l.counts, '$.marks.record') WHERE {stands}
UNION SELECT r.num, json_extract(l.counts, '$.marks.tlp') FROM load l
JOIN record r ON r.source = json_extract(l.counts, '$.marks.source') WHERE {stands}
"""


def marks(file: CaseFile) -> str:
    """A query in SQL for each marking: number of the record, and label."""
    return _MARKS.format(stands=in_force(file.connection, "l.num"))


def within(file: CaseFile, tlp: str | None, record: str = "r.num") -> str:
    """A condition in SQL: the record of this number is marked no more strictly than `tlp`; true without one."""
    if tlp is None:
        return "1"
    from isthmus.graph.schema import schema  # here: completion reads names and needs no vocabulary

    order = schema().tlp
    above = ", ".join(f"'{label}'" for label in order[order.index(tlp) + 1 :])
    return f"{record} NOT IN (SELECT record FROM ({marks(file)}) WHERE tlp IN ({above}))"


def source_within(file: CaseFile, tlp: str | None, source: str = "s.id") -> str:
    """A condition in SQL: some current record of this source is not above `tlp`, or it never had any."""
    if tlp is None:
        return "1"
    return (
        f"({source} NOT IN (SELECT source FROM record) "
        f"OR {source} IN (SELECT r.source FROM record r WHERE r.current AND {within(file, tlp)}))"
    )


def marked(file: CaseFile, tlp: str | None = None) -> list[tuple[int, str, str, bool]]:
    """Each marking up to `tlp`: number and id of its record, the label, and whether the record is current."""
    return [
        (num, identity, label, bool(current))
        for num, identity, label, current in file.connection.execute(
            f"SELECT r.num, r.id, m.tlp, r.current FROM ({marks(file)}) m JOIN record r ON r.num = m.record "
            f"WHERE {within(file, tlp)}"
        )
    ]


def above(file: CaseFile, tlp: str | None) -> int:
    """How many current records are marked more strictly than `tlp`."""
    asked = f"SELECT count(*) FROM record r WHERE r.current AND NOT ({within(file, tlp)})"
    return int(file.connection.execute(asked).fetchone()[0])


def left_out(file: CaseFile, tlp: str | None) -> dict[str, int]:
    """How many current records `tlp` leaves out, by the reason, as every answer says it; empty where none."""
    count = above(file, tlp)
    return {f"records marked above TLP:{tlp}": count} if count else {}


def unmarked(file: CaseFile) -> int:
    """How many current records have no marking."""
    asked = f"SELECT count(*) FROM record WHERE current AND num NOT IN (SELECT record FROM ({marks(file)}))"
    return int(file.connection.execute(asked).fetchone()[0])


def claims_of_marked(file: CaseFile) -> Iterator[tuple[int, str]]:
    """Number of its record, and id, of each claim whose record is marked, current or not."""
    yield from file.connection.execute(
        f"SELECT record, id FROM claim WHERE record IN (SELECT record FROM ({marks(file)}))"
    )


def records_beginning(file: CaseFile, digits: str, most: int) -> list[str]:
    """Ids of the current records that begin so, or have a claim whose id does, in their order."""
    upto = digits + "g"
    rows = file.connection.execute(
        "SELECT id FROM record WHERE id >= ? AND id < ? AND current UNION SELECT r.id FROM claim c "
        "JOIN record r ON r.num = c.record WHERE c.id >= ? AND c.id < ? AND r.current ORDER BY 1 LIMIT ?",
        (digits, upto, digits, upto, most),
    )
    return [identity for (identity,) in rows]


def labels_of(file: CaseFile, record: str) -> list[str]:
    """The markings of a record."""
    asked = f"SELECT m.tlp FROM ({marks(file)}) m JOIN record r ON r.num = m.record WHERE r.id = ?"
    return [label for (label,) in file.connection.execute(asked, (record,))]


def labels_of_source(file: CaseFile, source: str) -> list[str]:
    """The marks that an analyst put on a source."""
    asked = (
        "SELECT json_extract(l.counts, '$.marks.tlp') FROM load l WHERE json_extract(l.counts, '$.marks.source') = ? "
        f"AND {in_force(file.connection, 'l.num')}"
    )
    return [label for (label,) in file.connection.execute(asked, (source,))]


def mark_of_load(file: CaseFile, load: int) -> tuple[str, str] | None:
    """What a load marked, and how; None where it marked nothing."""
    asked = (
        "SELECT coalesce(json_extract(counts, '$.marks.record'), json_extract(counts, '$.marks.source')), "
        "json_extract(counts, '$.marks.tlp') FROM load WHERE num = ?"
    )
    what, label = file.connection.execute(asked, (load,)).fetchone()
    return (str(what), str(label)) if label else None
