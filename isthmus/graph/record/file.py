"""The case file: one SQLite file that holds what was read and what was said about it. It knows neither graph nor loader."""

from __future__ import annotations

import sqlite3
import weakref
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from isthmus.graph.errors import BadCase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

SCHEMA_VERSION = "1"
_APPLICATION = 0x49535448  # "ISTH", so that `file` and other programs know whose file this is


class CaseFile:
    """An open case file. Close it, or use it in a `with` block; else it is closed when nobody has it any more."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        ends_with(self, connection)

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """A new, empty case at `path`.

        Raises
        ------
        BadCase
            Something is there already, or the folder cannot be written.
        """
        path = Path(path)
        if path.exists():
            raise BadCase(f"{path}: there is a file already; open it, or choose another name")
        if not path.parent.is_dir():
            raise BadCase(f"{path}: the folder {path.parent} doesn't exist; make it first")
        script = files("isthmus.graph.record").joinpath("tables.sql").read_text(encoding="utf-8")
        identity = (
            f"INSERT INTO meta VALUES ('schema', '{SCHEMA_VERSION}'), ('id', '{uuid4().hex}'), ('version', '0'), "
            f"('state', '{uuid4().hex}');"
        )
        try:
            with _closed_on_error(_connect(path)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.executescript(f"BEGIN; {script} {identity} COMMIT;")
        except sqlite3.Error as error:
            raise BadCase(f"{path}: can't be written ({error}); is the folder read-only or the disk full?") from error
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The case at `path`.

        Raises
        ------
        BadCase
            No file, no case, a version this release does not know, or locked by another program.
        """
        path = Path(path)
        if not path.is_file():
            raise BadCase(f"{path}: no such case; `isthmus load` makes one, or name another with --case")
        try:
            connection, found = _described(_connect(path))
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BadCase(f"{path}: another program is writing to it; try again when it is done") from error
            connection, found = _unchanging(path, error)
        except sqlite3.DatabaseError as error:
            raise BadCase(
                f"{path}: this is no case file ({error}); was it cut short or made by another program?"
            ) from error
        if found.get("schema") != SCHEMA_VERSION:
            connection.close()
            raise BadCase(
                f"{path}: schema version {found.get('schema')!r}, and this release reads {SCHEMA_VERSION!r}; "
                "open it with the release that wrote it"
            )
        return cls(path, connection)

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self.connection.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read within is of one state of the case, whatever others load meanwhile."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for reads: this one, or another where it is closed already."""
        try:
            self.connection.total_changes  # noqa: B018  raises where it is closed
        except sqlite3.ProgrammingError:
            with CaseFile.open(self.path) as again:
                yield again.connection
        else:
            yield self.connection

    def _meta(self, key: str) -> str:
        return str(self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0])

    @property
    def id(self) -> str:
        """What tells this case from every other, also when both are published to one server."""
        return self._meta("id")

    @property
    def version(self) -> int:
        """Grows by one with every load that changed something."""
        return int(self._meta("version"))

    @property
    def state(self) -> str:
        """Another text after every change, and no other case's: copies of one file that went different ways differ too.

        "" in a case that has not changed since a release that did not keep it: nothing derived from it is kept.
        """
        found = self.connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
        return str(found[0]) if found else ""


def ends_with(owner: object, connection: sqlite3.Connection) -> None:
    """Close a connection when its owner goes, at the latest when the program ends."""
    weakref.finalize(owner, connection.close)


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _connect(path: Path) -> sqlite3.Connection:
    with _closed_on_error(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -131072")
    return connection


def _described(connection: sqlite3.Connection) -> tuple[sqlite3.Connection, dict[str, str]]:
    """The connection, and what the file says of itself."""
    with _closed_on_error(connection):
        return connection, dict(connection.execute("SELECT key, value FROM meta").fetchall())


def _unchanging(path: Path, why: sqlite3.Error) -> tuple[sqlite3.Connection, dict[str, str]]:
    """As `_described`, of a case that lies where nothing can be written."""
    try:
        return _described(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None))
    except sqlite3.Error as error:
        raise BadCase(f"{path}: this is no case file, or it can't be read ({why})") from error
