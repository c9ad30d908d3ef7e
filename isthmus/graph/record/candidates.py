"""Whom a load touches of those whose age or part may keep a name out; everyone else costs nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from isthmus.graph.names import folded
from isthmus.graph.record.evidence import acted, speaks, texts
from isthmus.graph.record.handles import handle, is_handle, keyed
from isthmus.graph.record.judgements import standing
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from isthmus.graph.record.file import CaseFile

_YEARS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_AMPLE = 21  # years: 18, one for `~`, one for the year itself, one more
_PERSON = "SELECT subject FROM claim WHERE property = 'kind' AND value = 'Person'"
_TOUCHED = "SELECT subject FROM claim WHERE num >= :first UNION SELECT value FROM claim WHERE num >= :first AND property IN ({ties})"


def candidates(
    file: CaseFile, load: int, first: int, handles: Collection[str], forgotten: Collection[str]
) -> list[frozenset[str]]:
    """The people to decide about, each with all ids that are judged the same, whom claims from number `first` on touch.

    `handles` are those in the door's book, `forgotten` the keyed hashes of names that may not come back.
    """
    connection = file.connection
    judged = _judged(connection, load)
    found = {*_dated(connection, first), *_told(connection, first), *judged}
    if handles:
        found |= {one for one in _touched(connection, first) if handle(file, one) in handles}
    if forgotten:
        found |= {one for one, name in _names(connection, first) if keyed(file, "name", folded(name)) in forgotten}
    found = {one for one in found if not is_handle(one)}
    return list(dict.fromkeys(_joined(connection, found))) if found else []


def _dated(connection: sqlite3.Connection, first: int) -> set[str]:
    """Those of whom a birth is said, now or before, and who are touched, or whose event is; not who was of age at all times."""
    births = "SELECT subject, value FROM claim WHERE property = 'birth'"
    asked = [f"{births} AND num >= :first"]
    if connection.execute("SELECT 1 FROM claim WHERE property = 'birth' AND num < ?", (first,)).fetchone() is not None:
        asked.append(f"{births} AND subject IN ({_sql(_TOUCHED)})")
        events = "SELECT subject FROM claim WHERE num >= :first AND property IN ('date', 'event_kind')"
        if connection.execute(f"{events} LIMIT 1", {"first": first}).fetchone() is not None:
            asked.append(f"{births} AND subject IN (SELECT subject FROM claim WHERE value IN ({events}))")
    found = {row for one in asked for row in connection.execute(one, {"first": first})}
    since = _since(connection) if found else 0
    return {subject for subject, value in found if not _of_age(value, since)}


def _of_age(birth: str, year: int) -> bool:
    """Whether a birth is so long before a year, by all that is written in it, that nothing else has to be looked at."""
    years = _YEARS.findall(birth)
    return (
        bool(years) and "X" not in birth and ".." not in (birth[-3:-1], birth[-2:]) and int(max(years)) + _AMPLE < year
    )


def _since(connection: sqlite3.Connection) -> int:
    """A year before which nothing in the case is dated at which an age counts; 0 where that is not plain."""
    dated = ", ".join(f"'{name}'" for name in sorted({*acted(), "date"}))
    found = [str(datetime.now(UTC).year)]
    for asked in (
        f"SELECT DISTINCT substr(valid, 1, 4) FROM claim WHERE valid <> '' AND property IN ({dated})",
        "SELECT DISTINCT substr(value, 1, 4) FROM claim WHERE property = 'date'",
        "SELECT DISTINCT substr(published, 1, 4) FROM record WHERE published <> ''",
        "SELECT DISTINCT substr(published, 1, 4) FROM source WHERE published <> ''",
    ):
        found += [text for (text,) in connection.execute(asked) if not text.startswith("..")]
    return min(int(text) if _YEARS.fullmatch(text) else 0 for text in found)


def _told(connection: sqlite3.Connection, first: int) -> Iterator[str]:
    """Those of whom this load says, in a word or by an age, that their names may have to stay out."""
    spoken = ", ".join(f"'{name}'" for name in sorted({*texts(), "killed_in"}))
    rows = connection.execute(
        "SELECT subject, property, value, qualifiers FROM claim WHERE num >= ? "
        f"AND (property IN ({spoken}) OR qualifiers LIKE '%\"role\"%') AND subject IN ({_PERSON})",
        (first,),
    )
    yield from (subject for subject, *said in rows.fetchall() if speaks(*said))


def _touched(connection: sqlite3.Connection, first: int) -> list[str]:
    return [one for (one,) in connection.execute(_sql(_TOUCHED), {"first": first})]


def _names(connection: sqlite3.Connection, first: int) -> list[tuple[str, str]]:
    names = ", ".join(f"'{name}'" for name in schema().names)
    asked = f"SELECT subject, value FROM claim WHERE num >= ? AND property IN ({names}) AND subject IN ({_PERSON})"
    return connection.execute(asked, (first,)).fetchall()


def _judged(connection: sqlite3.Connection, load: int) -> set[str]:
    rows = connection.execute(f"SELECT left, right FROM judgement WHERE load = ? AND left IN ({_PERSON})", (load,))
    return {one for pair in rows.fetchall() for one in pair}


def _joined(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[frozenset[str]]:
    """Each with all that a judgement in force makes the same, by however many steps."""
    beside: dict[str, set[str]] = {}
    for one in standing(connection):
        if one.row.verdict == "same":
            beside.setdefault(one.row.left, set()).add(one.row.right)
            beside.setdefault(one.row.right, set()).add(one.row.left)
    for start in sorted(ids):
        found, waiting = {start}, [start]
        while waiting:
            more = beside.get(waiting.pop(), set()) - found
            found |= more
            waiting += more
        yield frozenset(found)


def _sql(text: str) -> str:
    return text.format(ties=", ".join(f"'{tie}'" for tie in schema().ties))
