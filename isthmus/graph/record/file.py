"""The case file: one SQLite file that holds what was read and what was said about it. It knows neither graph nor loader."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import weakref
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from isthmus.graph.errors import BadCase
from isthmus.graph.record import storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType


class CaseFile:
    """An open case file. Close it, or use it in a `with` block; else it is closed when nobody has it any more.

    Several threads may use it, each by a connection of its own. It is pickled as its path, and opened where it is
    taken out.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._all = [connection]
        self._own = threading.local()
        self._own.connection = connection
        self._closed = False
        self._key = b""
        self.held: dict[str, object] = {}  # what was worked out of it, by state, for as long as it is open
        self._place = _place(path)
        weakref.finalize(self, _close, self._all)

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """A new, empty case at `path`.

        Raises
        ------
        BadCase
            Something is there already, or the folder cannot be written.
        """
        storage.make(Path(path))
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The case at `path`.

        Raises
        ------
        BadCase
            No file, no case, a version this release does not know, or locked by another program.
        """
        path = Path(path)
        return cls(path, storage.connect(path))

    @classmethod
    def ensure(cls, path: Path | str) -> tuple[Self, bool]:
        """The case at `path`, made if there is none; and whether it was made now."""
        path = Path(path)
        if not path.exists():
            try:
                return cls.create(path), True
            except BadCase:
                if not path.exists():  # else another was quicker
                    raise
        return cls.open(path), False

    def discard(self) -> None:
        """Close the file and delete it, unless something was ever loaded into it or is being loaded."""
        with suppress(sqlite3.Error):
            self.connection.execute("BEGIN IMMEDIATE")
            if self.version == 0 and self.there:
                for end in ("", "-wal", "-shm", ".log"):
                    with suppress(OSError):
                        Path(f"{self.path}{end}").unlink()
            self.connection.execute("ROLLBACK")
        self.close()

    def stand_for(self, other: CaseFile, state: str) -> None:
        """Bear the id and version of `other`, of which this is made, and a state of its own: it is asked in its place."""
        said = ((other.id, "id"), (str(other.version), "version"), (state, "state"))
        self.connection.executemany("UPDATE meta SET value = ? WHERE key = ?", said)

    @property
    def there(self) -> bool:
        """Whether the file that was opened still bears its name."""
        return _place(self.path) == self._place

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection.

        Raises
        ------
        BadCase
            The file is closed.
        """
        if self._closed:
            raise BadCase(f"{self.path}: the case is closed; open it again")
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            found = self._own.connection = storage.connect(self.path)
            self._all.append(found)
        return found

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._closed = True
        self.held.clear()
        _close(self._all)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        """Its path, for pickling."""
        return type(self).open, (self.path,)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read within is of one state of the case, whatever others load meanwhile; snapshots may nest."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for reads: this one, or another where it is closed already."""
        if self._closed:
            with CaseFile.open(self.path) as again:
                yield again.connection
        else:
            yield self.connection

    def _meta(self, key: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    @property
    def id(self) -> str:
        """What tells this case from every other, also when both are published to one server."""
        return self._meta("id")

    @property
    def key(self) -> bytes:
        """The case's own secret, of which handles and the hashes in its log are made: in no dump, export or publication.

        A case that an earlier release made gets one when it is first asked for; where nothing can be written, one that
        lasts as long as the file is open.
        """
        if not self._key:
            with suppress(sqlite3.OperationalError):
                storage.give_key(self.path)
            self._key = bytes.fromhex(self._meta("key")) or secrets.token_bytes(32)
        return self._key

    @property
    def version(self) -> int:
        """Grows by one with every load that changed something."""
        return int(self._meta("version"))

    @property
    def state(self) -> str:
        """Another text after every change, and no other case's: copies of one file that went different ways differ too.

        "" in a case that has not changed since a release that did not keep it: nothing derived from it is kept.
        """
        return self._meta("state")


def _place(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _close(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()
