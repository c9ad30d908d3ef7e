"""The log: what was done with a case, one JSON line an act, in a file beside it that is only ever added to.

Every line has the hash of the line before it, and the case has that of the last: a line that was changed, taken out or
cut off shows. The log names no one. What an act was about it tells by handles, by keyed hashes (see `handles`) and by
counts; reasons and names stay in the case.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph.errors import BadCase
from isthmus.graph.record import storage
from isthmus.graph.record.handles import is_handle
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from isthmus.graph.record.file import CaseFile

ACTS = (
    "load", "pull", "add", "judgement", "mark", "withdraw", "undo", "failed", "admit", "erase", "forget", "basis",
    "page", "export", "publish", "release", "desk-copy",
)  # fmt: skip
WORDS = frozenset({"page", "graphml", "neo4j", "neo4j-import", "csv", "json", "case", "not-marked"})
"""The words that a line may hold as they are, beside markings: forms of what leaves."""

Fact = int | str
_HASH = re.compile(r"[0-9a-f]{24}")
_OWNER_ONLY = 0o600
_LINE = 1 << 16  # bytes at the end of a log in which its last line is looked for


class Line(NamedTuple):
    """One act: when (ISO 8601, UTC), what, and what is told of it."""

    at: str
    act: str
    facts: dict[str, Fact]


def place(path: Path) -> Path:
    """Where the log of a case lies."""
    return Path(f"{path}.log")


def note(file: CaseFile, act: str, **facts: Fact) -> None:
    """Add a line to the log of a case. A fact is a number, a handle, a keyed hash, a marking or one of `WORDS`.

    Raises
    ------
    BadCase
        The log or the case cannot be written.
    ValueError
        No such act, or a fact that might name someone.
    """
    line = Line(_now(), act, dict(facts))
    _check(line)
    try:
        with closing(storage.connect(file.path)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {storage.WAIT * 1000}")
            connection.execute("BEGIN IMMEDIATE")
            enter(connection, file.path, act, facts)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise BadCase(f"{file.path}: its log can't be written now ({error}); {storage.remedy(error)}") from error


def enter(connection: sqlite3.Connection, path: Path, act: str, facts: Mapping[str, Fact]) -> None:
    """Add a line within the transaction that `connection` has begun to write; it stays if that is rolled back."""
    line = Line(_now(), act, dict(facts))
    _check(line)
    before, torn = _last(path)
    before = before or _anchor(connection)
    text = json.dumps({"at": line.at, "act": act, **line.facts, "before": before}, ensure_ascii=False)
    try:
        with _opened(path) as stream:
            stream.write(f"{torn}{text}\n".encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise _unwritable(path, error) from error
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('log', ?)", (_hash(text.encode()),))


def check_writable(path: Path) -> None:
    """Raise `BadCase` unless the log of the case at `path` can be added to."""
    try:
        _opened(path).close()
    except OSError as error:
        raise _unwritable(path, error) from error


def lines(file: CaseFile) -> Iterator[Line]:
    """The lines of the log, the first first; those that cannot be read are passed over (`faults` has them)."""
    for raw in _raw(file.path):
        with suppress(ValueError, KeyError, TypeError):
            told: dict[str, Any] = json.loads(raw)
            at, act, _ = told.pop("at"), told.pop("act"), told.pop("before")
            yield Line(at, act, told)


def faults(file: CaseFile) -> list[str]:
    """What shows that the log is not as it was written; empty if nothing does."""
    before, found, at = "", [], 0
    hashes = set()
    for at, raw in enumerate(_raw(file.path), 1):
        said = _before(raw)
        if said is None:
            found.append(f"line {at} is no line of a log")
        elif said != before and at > 1:
            found.append(f"line {at} does not follow on line {at - 1}: one was changed, put in or taken out")
        elif said != before:
            found.append(
                "line 1 has lines before it, which are not here: they lie with the case that this is a copy of"
            )
        before = _hash(raw)
        hashes.add(before)
    anchor = _anchor(file.connection)
    if anchor and anchor not in hashes:
        found.append(
            f"the last line that the case knows of is not among the {at:,} here: lines were changed or cut off"
        )
    return found


def _check(line: Line) -> None:
    if line.act not in ACTS:
        raise ValueError(f"{line.act!r} is no act of the log")
    for name, fact in line.facts.items():
        if isinstance(fact, str) and not (
            fact in WORDS or fact in schema().tlp or is_handle(fact) or _HASH.fullmatch(fact)
        ):
            raise ValueError(f"the log names no one: {name} is a number, a handle, a keyed hash or a known word")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _opened(path: Path) -> Any:
    return os.fdopen(os.open(place(path), os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY), "ab")


def _unwritable(path: Path, error: OSError) -> BadCase:
    return BadCase(f"{place(path)}: the log can't be written ({error}); {storage.remedy(error)} Nothing was done")


def _raw(path: Path) -> Iterator[bytes]:
    try:
        with place(path).open("rb") as stream:
            for raw in stream:
                yield raw.removesuffix(b"\n")
    except FileNotFoundError:
        return


def _last(path: Path) -> tuple[str, str]:
    """The hash of the last line, "" where there is none; and what ends it, should a crash have cut it short."""
    try:
        with place(path).open("rb") as stream:
            end = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, end - _LINE))
            tail = stream.read()
    except FileNotFoundError:
        return "", ""
    whole = tail.removesuffix(b"\n")
    return (_hash(whole.rsplit(b"\n", 1)[-1]), "\n" if whole == tail else "") if tail else ("", "")


def _before(raw: bytes) -> str | None:
    try:
        return str(json.loads(raw)["before"])
    except (ValueError, KeyError, TypeError):
        return None


def _anchor(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = 'log'").fetchone()
    return str(row[0]) if row else ""


def _hash(raw: bytes) -> str:
    return blake2b(raw, digest_size=16).hexdigest()
