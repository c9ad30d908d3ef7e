"""The books of a load: files opened, rows read, set aside and skipped, each with its place and reason."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

from isthmus.graph import values
from isthmus.graph.errors import BadInput, BadRow, UnknownWord
from isthmus.loaders import opening
from isthmus.loaders.points import doubts
from isthmus.loaders.stated import UNTOLD, Stated
from isthmus.loaders.tally import Quarantine, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from isthmus.graph.record.rows import Row

T = TypeVar("T")
S = TypeVar("S", bound=Stated)
_QUARANTINE_SHARE = 0.01
_EVERY = 0.2  # seconds between two calls of the progress callback
_TELLING = 10  # doubts that are told one by one


class Progress(NamedTuple):
    """How far a load is: rows read, share of the bytes (0..1), seconds so far."""

    rows: int
    share: float
    seconds: float


class Fault(NamedTuple):
    """One thing wrong with the input: where (file and line), the value, what to do about it."""

    where: str
    value: str
    message: str


@dataclass
class Books:
    """One source's files, and what becomes of each row. `meta` is its `source.yml`; `options` are the user's words."""

    name: str
    paths: list[Path]
    meta: Stated = UNTOLD
    options: dict[str, str] = field(default_factory=dict)
    quarantine_path: Path | None = None
    progress: Callable[[Progress], None] | None = None
    faults: list[Fault] | None = None  # a list when only checking: faults are kept, and nothing stops the run

    def __post_init__(self) -> None:
        """Open the books."""
        stated = _QUARANTINE_SHARE if self.meta.quarantine is None else self.meta.quarantine
        share = float(self.options.get("quarantine_share") or stated)
        self.tally = Tally()
        self.where = ""  # file and line of the row being read
        self._quarantine = Quarantine(self.quarantine_path, 1.0 if self.faults is not None else share)
        self._total = sum(_size(path) for path in self.paths)
        self._bytes = self._doubts = 0
        self._start = self._told = time.monotonic()

    def stated(self, form: type[S]) -> S:
        """What the source's own `source.yml` states, as the structure that its loader declared for it."""
        if not isinstance(self.meta, form):
            raise TypeError(f"{self.name} is read as {form.__qualname__}, and is {type(self.meta).__qualname__}")
        return self.meta

    # --- files -----------------------------------------------------------------------------------------------

    def files(self, *patterns: str) -> list[Path]:
        """The files to read: named ones, and those in named folders and zip archives that fit a pattern."""
        found = opening.files(self.paths, patterns or self.meta.files or ("*",))
        if not found:
            raise BadInput(f"no file for {self.name} in {', '.join(map(str, self.paths)) or 'nothing'}")
        return found

    def open(self, path: Path) -> BinaryIO:
        """The unpacked bytes of a file (plain, gz, xz, bz2, zip), with limits on size and ratio."""
        return opening.open_binary(path, self._read)

    def encoding(self, path: Path) -> str:
        """The encoding of a text file, detected once and stated in the report; `source.yml` may fix it."""
        known = self.tally.encodings.get(path.name)
        if known is None:
            known = self.options.get("encoding") or self.meta.encoding or opening.encoding_of(path)
            self.tally.encodings[path.name] = known
        return known

    def _read(self, count: int) -> None:
        self._bytes += count

    # --- rows and their books --------------------------------------------------------------------------------

    def reading(self, rows: Iterable[T], where: Callable[[T], str] | None = None) -> Iterator[T]:
        """Pass rows on, counting each as read. `csv_rows` does so itself."""
        for row in rows:
            self.count(where(row) if where is not None else self.where)
            yield row

    def count(self, where: str) -> None:
        """Count one row as read, at this place."""
        self.where = where
        self.tally.read += 1
        if self.progress is not None and not self.tally.read & 0xFF:
            self.tell()

    def each(self, rows: Iterable[T], make: Callable[[T], Iterable[Row]]) -> Iterator[Row]:
        """What `make` makes of each row: all of it or, if it raises `BadRow`, none of it.

        A row that raised goes to quarantine with the reason. `make` may call `skip` and yield nothing; a row that
        yields nothing without a word is counted as skipped, `nothing in it to load`.
        """
        tally = self.tally
        for row in rows:
            skipped, kept = tally.skipped, dict(row) if isinstance(row, dict) else row  # `make` takes fields out
            try:
                made = list(make(row))
            except BadRow as bad:
                self.quarantine(self.where, str(bad), kept)
                continue
            except UnknownWord as unknown:
                if self.faults is None:
                    raise UnknownWord(f"{self.where}: {unknown}") from unknown
                self.quarantine(self.where, str(unknown), kept)
                continue
            for doubt in doubts(made):
                self.doubt(f"{doubt.subject}: {doubt.message}", doubt.value)
            if made:
                tally.loaded += 1
            elif tally.skipped == skipped:
                self.skip(self.where, "nothing in it to load")
            yield from made

    def quarantine(self, where: str, reason: str, row: object) -> None:
        """Set a row aside: its place is written down with the reason, and the load goes on, up to the stated share."""
        self.tally.quarantined += 1
        self.tally.reasons[reason] += 1
        if self.faults is not None:
            self.faults.append(Fault(where, _shown(row), reason))
        self._quarantine.put(where, reason)
        self._quarantine.judge(self.tally)

    def doubt(self, message: str, value: str) -> None:
        """Something in a row that is kept and looks wrong: told with its place, the first few; all when checking."""
        if self.faults is not None:
            self.faults.append(Fault(self.where, value, message))
        self._doubts += 1
        self.notice(f"{self.where}: {message}" if self._doubts <= _TELLING else "further rows with a point in doubt")

    def reads(self, property: str, value: str) -> bool:  # noqa: A002
        """Whether a cell's value can be read. One that cannot is set aside by itself, and its row stands without it."""
        check = values.checker(property)
        if check is not None:
            try:
                check(value)
            except BadRow as bad:
                self.set_aside(property, value, str(bad))
                return False
        return True

    def set_aside(self, name: str, value: str, reason: str) -> None:
        """Set a cell aside that cannot be read, the value of the property `name`: its place is written down with the reason.

        Its row stands without it.
        """
        self.tally.cells += 1
        self.notice(f"{name} set aside, and its row kept: {reason}")
        self._quarantine.put(self.where, reason, name)
        if self.faults is not None:
            self.faults.append(Fault(self.where, f"{name}={value}", reason))

    def skip(self, where: str, reason: str) -> None:
        """Pass a row over on purpose: it is counted under the reason."""
        del where  # the signature is that of `quarantine`; a count by reason is what a reader needs
        self.tally.skips[reason] += 1

    def expect_empty(self, row: Mapping[str, str], ignore: Collection[str] = (), where: str = "") -> None:
        """Report what is left in a row: fields nobody took out and nobody chose to ignore."""
        del where
        for key, value in row.items():
            if value and key not in ignore and not key.startswith("__"):
                self.tally.unread[key] += 1

    def notice(self, text: str) -> None:
        """Something the reader should know, counted."""
        self.tally.notices[text] += 1

    def close(self) -> None:
        """Judge the share set aside, and say that all is read."""
        self.tally.close()
        self._quarantine.judge(self.tally, at_end=True)
        self.tell(share=1.0)

    def put_away(self) -> None:
        """Close the file of rows set aside, whatever came of the load."""
        self._quarantine.close()

    def tell(self, share: float | None = None) -> None:
        """Call the progress callback, a few times a second at most."""
        now = time.monotonic()
        if self.progress is None or (share is None and now - self._told < _EVERY):
            return
        self._told = now
        read = min(self._bytes / self._total, 0.99) if self._total else 0.0
        self.progress(Progress(self.tally.read, read if share is None else share, now - self._start))


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(child.stat().st_size for child in path.rglob("*") if child.is_file())
    return path.stat().st_size if path.is_file() else 0


def _shown(row: object) -> str:
    text = "; ".join(f"{key}={value}" for key, value in row.items() if value) if isinstance(row, dict) else str(row)
    return text[:200]
