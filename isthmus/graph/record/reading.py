"""All that is read from a case file, and as of which moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from isthmus.graph.record import recorded
from isthmus.graph.record.force import in_force
from isthmus.graph.record.judgements import standing
from isthmus.graph.record.markings import marks, source_within, within
from isthmus.graph.record.recorded import loaded
from isthmus.graph.record.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.judgements import Standing

T = TypeVar("T")

_PUBLISHED = "coalesce(nullif(r.published, ''), s.published, '')"
_MANY = 900  # values that one statement takes
_COUNTED = (
    "source",
    "record",
    "claim",
    "source_assessment",
    "claim_assessment",
    "holding",
    "judgement",
    "marking",
    "load",
)
_CURRENT = {
    "sources": "SELECT id, title, publisher, published, locator, language, licence, extent_seen, derived_from "
    "FROM source s WHERE {source} ORDER BY id",
    "records": "SELECT source, native_key, pointer, exact, published, text FROM record r WHERE {current} AND {within} ORDER BY id",
    "claims": "SELECT r.id, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers FROM claim c "
    "JOIN record r ON r.num = c.record WHERE {current} AND {within} AND c.load {by_then} ORDER BY c.id",
    "assessments": "SELECT * FROM (SELECT 'source', source, grade, by, at, why FROM (SELECT rowid, *, source AS id FROM source_assessment) s WHERE {source} AND s.{in_force} AND s.load {by_then} "
    "AND NOT EXISTS (SELECT 1 FROM source_assessment n WHERE (n.source, n.by, n.at) = (s.source, s.by, s.at) "
    "AND n.{in_force} AND n.load {by_then} AND (n.load, n.rowid) > (s.load, s.rowid)) UNION ALL "
    "SELECT 'claim', c.id, a.grade, a.by, a.at, a.why FROM claim_assessment a JOIN claim c ON c.num = a.claim "
    "JOIN record r ON r.num = c.record WHERE {current} AND {within} AND a.{in_force} AND a.load {by_then}) ORDER BY 1, 2, 3, 4, 5, 6",
    "holdings": "SELECT h.subject, h.property, h.value, h.country, r.id, h.body, h.valid, h.how, h.from_country, "
    "h.state, h.used, h.grouped, h.note FROM holding h JOIN record r ON r.num = h.record WHERE {current} "
    "AND {within} AND h.load {by_then} ORDER BY h.id",
    "markings": "SELECT r.id, m.tlp FROM ({marks}) m JOIN record r ON r.num = m.record WHERE {current} AND {within} "
    "ORDER BY 1, 2",
}


def rows(file: CaseFile, table: str, tlp: str | None = None, *, recorded_by: str | None = None) -> Iterator[Any]:
    """Current rows of one of `rows.TABLES`, in a fixed order; with `tlp` none of a record marked more strictly.

    Then a source of which nothing is left but such records is no row either. With `recorded_by` the rows that were
    current then; of the sources, what is known now, and of markings, those that stand now.
    """
    if table == "judgements":
        yield from sorted(one.row for one in standing(file.connection, recorded.moment(recorded_by)))
        return
    made = TABLES[table]
    now, until = recorded.current(recorded_by)[0].replace("?", ":until"), recorded.moment(recorded_by)
    by_then = "IN (SELECT num FROM load WHERE at <= :until)" if recorded_by else "IS NOT NULL"
    words = {"in_force": in_force(file.connection, until=until), "marks": marks(file), "within": within(file, tlp)}
    words |= {"source": source_within(file, tlp), "current": now, "by_then": by_then}
    for values in file.connection.execute(_CURRENT[table].format(**words), {"until": until}):
        yield made(*values)


def ever_called(file: CaseFile, properties: Sequence[str]) -> set[tuple[str, str]]:
    """Subject and value of each claim of these properties that there ever was."""
    marks = ", ".join("?" * len(properties))
    return set(file.connection.execute(f"SELECT subject, value FROM claim WHERE property IN ({marks})", properties))


def ever_spoken_of(file: CaseFile, ties: Sequence[str]) -> set[str]:
    """Ids at both ends of every claim there ever was; `ties` are the properties that have a second."""
    marks = ", ".join("?" * len(ties))
    asked = f"SELECT subject FROM claim UNION SELECT value FROM claim WHERE property IN ({marks})"
    return {str(identity) for (identity,) in file.connection.execute(asked, ties)}


# --- what a fold reads, as the case said it by a date ----------------------------------------------------------------


def claims(file: CaseFile, recorded_by: str | None = None, tlp: str | None = None) -> list[tuple[Any, ...]]:
    """Number, record, subject, property, value, valid, polarity and qualifiers of each claim, in the order recorded.

    With `tlp` none of a record marked more strictly, but for retractions: what was taken back stays so for everyone.
    """
    (current, at), (made, by) = recorded.current(recorded_by), recorded.loaded(recorded_by, "c.load")
    return file.connection.execute(
        "SELECT c.num, c.record, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers "
        f"FROM claim c JOIN record r ON r.num = c.record WHERE {current} AND {made} "
        f"AND ({within(file, tlp)} OR c.property = 'retracts') ORDER BY c.num",
        at + by,
    ).fetchall()


def publication_of_records(file: CaseFile) -> list[tuple[int, str, str]]:
    """Number, source and date of publication of each record, in rising order; that of its source where it has none."""
    return file.connection.execute(
        f"SELECT r.num, r.source, {_PUBLISHED} FROM record r LEFT JOIN source s ON s.id = r.source ORDER BY r.num"
    ).fetchall()


def grades(file: CaseFile, recorded_by: str | None = None) -> tuple[dict[str, str], dict[int, str]]:
    """The latest reliability of each source and credibility of each claim, of those that were in force."""
    (made, by), stands = recorded.loaded(recorded_by), recorded.in_force_then(file.connection, recorded_by)
    reliability, credibility = (
        dict(
            file.connection.execute(
                f"SELECT {of}, grade FROM {of}_assessment WHERE {stands} AND {made} ORDER BY {order}", by
            )
        )
        for of, order in (("source", "at, load, rowid"), ("claim", "at, load"))
    )
    return reliability, credibility


def holdings(file: CaseFile, recorded_by: str | None = None, tlp: str | None = None) -> list[tuple[str, ...]]:
    """Subject, property, value, country, body, valid, how, from, state, used, group, note, record and its publication, of each holding."""
    (current, then), (made, by) = recorded.current(recorded_by), recorded.loaded(recorded_by, "h.load")
    return file.connection.execute(
        "SELECT h.subject, h.property, h.value, h.country, h.body, h.valid, h.how, h.from_country, h.state, h.used, "
        f"h.grouped, h.note, r.id, {_PUBLISHED} FROM holding h JOIN record r ON r.num = h.record LEFT JOIN source s ON s.id = r.source WHERE {current} AND {made} "
        f"AND {within(file, tlp)} ORDER BY h.num",
        then + by,
    ).fetchall()


def judgements(file: CaseFile, recorded_by: str | None = None) -> list[Standing]:
    """The judgements that stood, each with its load."""
    return standing(file.connection, recorded.moment(recorded_by))


def derived_from(file: CaseFile) -> dict[str, str]:
    """What each source derives from, as it is stated now: the case keeps no older statement."""
    return dict(file.connection.execute("SELECT id, derived_from FROM source").fetchall())


def derived(file: CaseFile) -> int:
    """How many sources derive from others, or are said not to."""
    return sum(1 for text in derived_from(file).values() if text)


def claim_numbers(file: CaseFile, ids: Sequence[str]) -> dict[str, int]:
    """Number of each of these claims that there is."""
    found: dict[str, int] = {}
    for part in _parts(ids):
        marks = ", ".join("?" * len(part))
        found.update(file.connection.execute(f"SELECT id, num FROM claim WHERE id IN ({marks})", part))
    return found


# --- the file as a whole -------------------------------------------------------------------------------------------


def size(file: CaseFile) -> int:
    """How many claims were ever recorded, about."""
    return int(file.connection.execute("SELECT max(num) FROM claim").fetchone()[0] or 0)


def counts(file: CaseFile) -> dict[str, int]:
    """Rows of each table, whatever became of them; and `records not current`."""
    ask = file.connection.execute
    found = {f"{table} rows": ask(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED}
    return found | {"records not current": ask("SELECT count(*) FROM record WHERE NOT current").fetchone()[0]}


def kinds(file: CaseFile) -> list[tuple[str, int]]:
    """How many entities current records claim of each kind."""
    return file.connection.execute(
        "SELECT value, count(DISTINCT subject) FROM claim c JOIN record r ON r.num = c.record "
        "WHERE r.current AND property = 'kind' GROUP BY value ORDER BY value"
    ).fetchall()


def last_load(file: CaseFile, recorded_by: str | None = None) -> str:
    """The moment of the last load, of those made by then; "" before the first."""
    made, by = recorded.loaded(recorded_by, "num")
    return str(file.connection.execute(f"SELECT max(at) FROM load WHERE {made}", by).fetchone()[0] or "")


# --- sources -------------------------------------------------------------------------------------------------------


def sources_listed(file: CaseFile, tlp: str | None = None) -> list[tuple[Any, ...]]:
    """Each source: id, title, publisher, published, reliability, language, extent seen, derived from, licence, locator,
    and how many claims its current records make.
    """  # fmt: skip
    return file.connection.execute(
        "SELECT s.id, s.title, s.publisher, s.published, coalesce((SELECT grade FROM source_assessment a "
        f"WHERE a.source = s.id AND a.{in_force(file.connection)} ORDER BY a.at DESC, a.load DESC LIMIT 1), 'F'), "
        "s.language, s.extent_seen, "
        "s.derived_from, s.licence, s.locator, (SELECT count(*) FROM claim c JOIN record r ON r.num = c.record "
        "WHERE r.source = s.id AND r.current "
        f"AND {within(file, tlp)}) FROM source s WHERE {source_within(file, tlp)} ORDER BY s.id"
    ).fetchall()


def languages(file: CaseFile) -> dict[str, str]:
    """The language of each source, "" where none is stated."""
    return dict(file.connection.execute("SELECT id, language FROM source").fetchall())


def publications(file: CaseFile) -> dict[str, tuple[str, str, str, str]]:
    """Title, publisher, date of publication and locator of each source."""
    rows = file.connection.execute("SELECT id, title, publisher, published, locator FROM source")
    return {key: (title, publisher, published, locator) for key, title, publisher, published, locator in rows}


def titles(file: CaseFile) -> dict[str, str]:
    """The title of each source that has one."""
    return dict(file.connection.execute("SELECT id, title FROM source WHERE title <> ''").fetchall())


def names(file: CaseFile) -> Iterator[tuple[str, str]]:
    """Subject and name of each current claim of a name, then of each alias, in the order recorded."""
    yield from file.connection.execute(
        "SELECT c.subject, c.value FROM claim c JOIN record r ON r.num = c.record "
        "WHERE r.current AND c.property IN ('name', 'alias') ORDER BY c.property DESC, c.num"
    )


def names_standing(file: CaseFile) -> Iterator[tuple[str, str]]:
    """Subject and name of each name and alias that a current record affirms and nothing takes back."""
    yield from file.connection.execute(
        "SELECT c.subject, c.value FROM claim c JOIN record r ON r.num = c.record WHERE r.current "
        "AND c.property IN ('name', 'alias') AND c.polarity = 'affirmed' "
        "AND c.id NOT IN (SELECT value FROM claim WHERE property = 'retracts')"
    )


def sources_with_records(file: CaseFile) -> list[str]:
    """Ids of the sources that current records come from."""
    rows = file.connection.execute("SELECT DISTINCT source FROM record WHERE current ORDER BY source")
    return [str(source) for (source,) in rows]


# --- records and claims by number ----------------------------------------------------------------------------------


def record_ids(file: CaseFile) -> dict[int, str]:
    """Id of each record by its number."""
    return dict(file.connection.execute("SELECT num, id FROM record").fetchall())


def pointers(file: CaseFile) -> dict[int, str]:
    """Place in its source of each record by its number."""
    return dict(file.connection.execute("SELECT num, pointer FROM record").fetchall())


def places(file: CaseFile, nums: Sequence[int]) -> list[tuple[str, str]]:
    """Source and pointer of these records, whose numbers are in rising order."""
    found: list[tuple[str, str]] = []
    for part in _parts(nums):
        marks = ", ".join("?" * len(part))
        found += file.connection.execute(
            f"SELECT source, pointer FROM record WHERE num IN ({marks}) ORDER BY num", part
        )
    return found


def texts(file: CaseFile) -> Iterator[tuple[int, str, str, str, str]]:
    """Number, source, native key, text and day of publication of each record that has a text."""
    yield from file.connection.execute(
        "SELECT r.num, r.source, r.native_key, r.text, "
        f"{_PUBLISHED} "
        "FROM record r JOIN source s ON s.id = r.source WHERE r.text <> ''"
    )


def unpublished(file: CaseFile) -> int:
    """How many claims of current records have no date of publication."""
    asked = "SELECT count(*) FROM claim c JOIN record r ON r.num = c.record WHERE r.current AND r.published = ''"
    return int(file.connection.execute(asked).fetchone()[0])


def claim_ids(file: CaseFile, nums: Sequence[int]) -> dict[int, str]:
    """Id of each of these claims by its number; a file that was closed meanwhile is opened once more."""
    ids: dict[int, str] = {}
    with file.reading() as connection:
        for part in _parts(nums):
            marks = ", ".join("?" * len(part))
            ids.update(connection.execute(f"SELECT num, id FROM claim WHERE num IN ({marks})", part))
    return ids


def every_claim_id(file: CaseFile) -> dict[int, str]:
    """Id of each claim by its number."""
    return dict(file.connection.execute("SELECT num, id FROM claim").fetchall())


def held_and_claimed(file: CaseFile, recorded_by: str | None, tlp: str | None = None) -> Iterator[tuple[str, str, str]]:
    """Subject, property and value that both a holding names and some claim, current or not, had made by then."""
    made, by = loaded(recorded_by, "c.load")
    yield from file.connection.execute(
        "SELECT DISTINCT c.subject, c.property, c.value FROM claim c JOIN holding h "
        f"ON h.subject = c.subject AND h.property = c.property AND h.value = c.value "
        f"WHERE {made} AND {within(file, tlp, 'c.record')} AND {within(file, tlp, 'h.record')}",
        by,
    )


def _parts(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Values as many at a time as one statement takes."""
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]
