"""Making and opening the SQLite file of a case."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING
from uuid import uuid4

from isthmus.graph.errors import BadCase

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_VERSION = "1"
_APPLICATION = 0x49535448  # "ISTH", so that `file` and other programs know whose file this is
_OWNER_ONLY = 0o600
WAIT = 600  # seconds that a load waits for another to end: a large one takes minutes


def make(path: Path) -> None:
    """A new, empty case at `path`, which its owner alone may read.

    It is made beside and given its name when it is whole, so that a failure leaves nothing, and of two that are made at
    once one is refused.

    Raises
    ------
    BadCase
        Something is there already, or the folder cannot be written.
    """
    if path.exists():
        raise taken(path)
    if not path.parent.is_dir():
        raise BadCase(f"{path}: the folder {path.parent} doesn't exist; make it first")
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.making")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
        with closing(_connection(beside)) as connection:
            _fill(connection)
        _name(beside, path)
    except FileExistsError as error:
        raise taken(path) from error
    except (OSError, sqlite3.Error) as error:
        raise BadCase(f"{path}: can't be made ({error}); {remedy(error)}") from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{beside}{end}").unlink()


def taken(path: Path) -> BadCase:
    """The error for a name that something has."""
    return BadCase(f"{path}: there is a file already; open it, or choose another name")


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the case at `path`, which may be closed in another thread than it is used in.

    Raises
    ------
    BadCase
        No file, no case, a version this release does not know, or locked by another program.
    """
    if not path.is_file():
        raise BadCase(f"{path}: no such case; `isthmus load` makes one, or name another with --case")
    try:
        connection = _checked(path, _connection(path))
        with _closed_on_error(connection):
            connection.execute("PRAGMA journal_mode").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise BadCase(f"{path}: another program is writing to it; try again when it is done") from error
        return _unchanging(path, error)
    except sqlite3.DatabaseError as error:
        raise BadCase(
            f"{path}: this is no case file ({error}); was it cut short or made by another program?"
        ) from error
    return connection


def remedy(error: BaseException) -> str:
    """What to do about a file that cannot be written."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == 28:  # ENOSPC
        return "the disk is full: make room and try again"
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM} or isinstance(error, OSError):
        return "is the folder read-only?"
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return "another program is writing to it: try again when it is done"
    return "is the disk full or damaged?"


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    with _closed_on_error(connection):
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is taken out of a case is overwritten
        connection.execute("PRAGMA cache_size = -131072")
    return connection


def _fill(connection: sqlite3.Connection) -> None:
    from importlib.resources import files

    script = files("isthmus.graph.record").joinpath("tables.sql").read_text(encoding="utf-8")
    identity = (
        f"INSERT INTO meta VALUES ('schema', '{SCHEMA_VERSION}'), ('id', '{uuid4().hex}'), ('version', '0'), "
        f"('state', '{uuid4().hex}'), ('key', '{token_hex(32)}');"
    )
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.executescript(f"BEGIN; {script} {identity} COMMIT;")
    connection.execute("PRAGMA journal_mode = WAL")  # the file remembers it


def give_key(path: Path) -> None:
    """Give the case a secret of its own, if it has none. `sqlite3.OperationalError` where it cannot be written."""
    with closing(_connection(path)) as connection:
        if connection.execute("SELECT 1 FROM meta WHERE key = 'key'").fetchone() is None:
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('key', ?)", (token_hex(32),))


def _name(beside: Path, path: Path) -> None:
    """Give a file its name unless another has it; where a disk has no second names, by moving it."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        if path.exists():
            raise FileExistsError(path) from None
        beside.rename(path)


def _checked(path: Path, connection: sqlite3.Connection) -> sqlite3.Connection:
    with _closed_on_error(connection):
        known = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        if known.get("schema") != SCHEMA_VERSION:
            raise BadCase(
                f"{path}: schema version {known.get('schema')!r}, and this release reads {SCHEMA_VERSION!r}; "
                "open it with the release that wrote it"
            )
    return connection


def _unchanging(path: Path, why: sqlite3.Error) -> sqlite3.Connection:
    """Read a case that lies where nothing can be written."""
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        return _checked(path, connection)
    except sqlite3.Error as error:
        raise BadCase(f"{path}: this is no case file, or it can't be read ({why})") from error


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
