"""All that is read from a case file, and as of which moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.record.force import in_force
from isthmus.graph.record.judgements import standing
from isthmus.graph.record.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.file import CaseFile

_CURRENT = {
    "sources": "SELECT id, title, publisher, published, locator, language, licence, extent_seen, derived_from "
    "FROM source ORDER BY id",
    "records": "SELECT source, native_key, pointer, exact, published, text FROM record WHERE current ORDER BY id",
    "claims": "SELECT r.id, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers FROM claim c "
    "JOIN record r ON r.num = c.record WHERE r.current ORDER BY c.id",
    "assessments": "SELECT * FROM (SELECT 'source', source, grade, by, at, why FROM source_assessment s WHERE s.{in_force} "
    "AND NOT EXISTS (SELECT 1 FROM source_assessment n WHERE (n.source, n.by, n.at) = (s.source, s.by, s.at) "
    "AND n.{in_force} AND (n.load, n.rowid) > (s.load, s.rowid)) UNION ALL "
    "SELECT 'claim', c.id, a.grade, a.by, a.at, a.why FROM claim_assessment a JOIN claim c ON c.num = a.claim "
    "JOIN record r ON r.num = c.record WHERE r.current AND a.{in_force}) ORDER BY 1, 2, 3, 4, 5, 6",
    "holdings": "SELECT h.subject, h.property, h.value, h.country, r.id, h.body, h.valid, h.how, h.from_country, "
    "h.state, h.used, h.grouped, h.note FROM holding h JOIN record r ON r.num = h.record WHERE r.current "
    "ORDER BY h.id",
    "markings": "SELECT r.id, m.tlp FROM marking m JOIN record r ON r.num = m.record WHERE r.current ORDER BY 1, 2",
}


def rows(file: CaseFile, table: str) -> Iterator[Any]:
    """Current rows of one of `rows.TABLES`, in a fixed order."""
    if table == "judgements":
        yield from sorted(one.row for one in standing(file.connection))
        return
    made = TABLES[table]
    for values in file.connection.execute(_CURRENT[table].format(in_force=in_force(file.connection))):
        yield made(*values)
