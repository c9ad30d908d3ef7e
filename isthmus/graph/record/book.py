"""The door's book: whose name was kept out, held back or taken out for good, by handle; it names no one.

A decision to let someone in is about what the record said of the age then: should a source say something else, it is
asked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.record.age import HELD
from isthmus.graph.record.handles import handle

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from isthmus.graph.record.file import CaseFile

FORGOTTEN = "forgotten"
ONCE = "as in the case that it is made of"
"""In the place of what a decision is about, where a case is made of another; with the first load it is what is said there."""
_TABLES = """
CREATE TABLE IF NOT EXISTS door (
  handle TEXT PRIMARY KEY, verdict TEXT NOT NULL, reason TEXT NOT NULL, place TEXT NOT NULL, evidence TEXT NOT NULL,
  load INTEGER NOT NULL, admitted TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS door_name (name TEXT PRIMARY KEY, handle TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claim_birth ON claim (subject) WHERE property = 'birth'
"""


class Entry(NamedTuple):
    """One person at the door: what was decided, why and where; `evidence` is a keyed hash of what it rests on."""

    handle: str
    verdict: str
    reason: str
    place: str
    evidence: str
    load: int
    admitted: str = ""
    why: str = ""

    def says(self) -> str:
        """The entry as a line: who, what was decided and why, where the name stands."""
        decided = "let in; load the files again" if self.admitted and self.admitted == self.evidence else self.verdict
        return f"{self.handle}  {decided}: {self.reason}{f' ({self.place})' if self.place else ''}"


def prepare(connection: sqlite3.Connection) -> None:
    """Make the book in a case of an earlier release."""
    for statement in _TABLES.split(";"):
        connection.execute(statement)


def there(file: CaseFile) -> bool:
    """Whether the case has a book; one of an earlier release gets it with its next load."""
    return file.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'door'").fetchone() is not None


def entries(file: CaseFile) -> list[Entry]:
    """Everyone in the book, in the order of loads."""
    if not there(file):
        return []
    rows = file.connection.execute(f"SELECT {', '.join(Entry._fields)} FROM door ORDER BY load, handle")
    return [Entry(*row) for row in rows]


def write(file: CaseFile, rows: Iterable[Entry]) -> None:
    """Put what was decided in the book, in the place of what was decided of the same people before."""
    file.connection.executemany("INSERT OR REPLACE INTO door VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def admit(file: CaseFile, entry: Entry, why: str) -> None:
    """Let someone in, as long as the record says of the age what it says now."""
    file.connection.execute(
        "UPDATE door SET admitted = ?, why = ? WHERE handle = ?", (entry.evidence, why, entry.handle)
    )


def carry(file: CaseFile, other: CaseFile) -> None:
    """Let another, empty file, made of the rows of this one, let in whom an analyst let in here: what is said is the same."""
    let_in(other, admitted(file))


def admitted(file: CaseFile) -> dict[str, Entry]:
    """The people whom an analyst let in, by id."""
    decided = {entry.handle: entry for entry in entries(file) if entry.admitted}
    if not decided:
        return {}
    people = file.connection.execute("SELECT DISTINCT subject FROM claim WHERE property = 'kind' AND value = 'Person'")
    return {one: decided[handle(file, one)] for (one,) in people if handle(file, one) in decided}


def let_in(file: CaseFile, people: Mapping[str, Entry]) -> None:
    """Let these people into an empty file, as they were where its rows are from."""
    if people:
        prepare(file.connection)
        write(
            file,
            [
                entry._replace(handle=handle(file, one), admitted=ONCE, evidence=ONCE, load=0)
                for one, entry in people.items()
            ],
        )


def find(file: CaseFile, shown: str) -> Entry:
    """Who is held back under this handle.

    Raises
    ------
    NoSuchEntity, BadQuestion
        Nobody at the door has that handle; or who has it is not merely held back.
    """
    found = {entry.handle: entry for entry in entries(file)}.get(shown.strip())
    if found is None:
        raise NoSuchEntity(f"nobody at the door has the handle {shown!r}; `isthmus door` lists them")
    if found.verdict != HELD:
        raise BadQuestion(f"{shown} is {found.verdict} ({found.reason}), which nobody can decide otherwise")
    return found


def forget(file: CaseFile, hashes: Iterable[str], shown: str) -> None:
    """Keep keyed hashes of the names of someone who was taken out for good, so that a later load is stopped."""
    file.connection.executemany("INSERT OR IGNORE INTO door_name VALUES (?, ?)", [(one, shown) for one in hashes])


def forgotten_names(file: CaseFile) -> frozenset[str]:
    """The keyed hashes of names that were forgotten."""
    return frozenset(name for (name,) in file.connection.execute("SELECT name FROM door_name"))
