"""What is worked out from a large case is kept in the user's cache, as columns that the next question maps into memory.

An entry is a folder for one state of a case and one choice of clocks; a file in it holds the tables of one part. A
file is written beside its place and moved there, with a checksum of all of it and of its name, and the checksum is
worked out again when it is opened: one that is damaged, cut short, of another release or in another's place is made
again, and the log says so.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import shutil
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from isthmus.graph import checksum, places
from isthmus.graph.fold.table import Coded, Table
from isthmus.graph.fold.texts import Texts
from isthmus.graph.record import reading
from isthmus.graph.record.rows import digest
from isthmus.graph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from isthmus.graph.record.file import CaseFile

    Tables = Mapping[str, Table]

FORMAT = "7"
"""Grows when a kept part is made otherwise than before; each release makes its own in any file."""
WORTH = 1_000  # claims; fewer are folded in less time than a file takes to find
_MAGIC = b"ISTHMUS columns\n"
_ALIGNED = 64  # bytes: as long as what stands before a file's head
_UNUSED = 30 * 86_400  # seconds
_SUPERSEDED = 3_600
_log = logging.getLogger(__name__)


def folder() -> Path:
    """Where entries lie; it can be deleted at any time."""
    return places.cache() / "folds"


def entry(file: CaseFile, arguments: Mapping[str, Any]) -> Path | None:
    """The folder for a fold of a case as it is now; None where nothing is kept."""
    if reading.size(file) < WORTH or not file.state:
        return None
    asked = json.dumps(arguments, sort_keys=True, default=list)
    return folder() / f"{digest(file.id)}-{digest(file.state, asked, __version__, FORMAT)}"


def waits(file: CaseFile, arguments: Mapping[str, Any]) -> bool:
    """Whether this fold would be kept and is not yet: the next question makes it, which takes a while."""
    place = entry(file, arguments)
    return place is not None and not place.exists()


def part(
    place: Path | None, name: str, make: Callable[[], tuple[Tables, dict[str, Any]]]
) -> tuple[Tables, dict[str, Any]]:
    """The tables of a part and what is said of them: as kept at `place`, or made now and kept there."""
    if place is None:
        return make()
    file = place / f"{name}.columns"
    tables = read(file)
    if tables is None:
        made = make()
        keep(file, *made)
        _prune(place)
        tables = read(file) or made  # as everyone after reads it
    return tables


def keep(file: Path, tables: Tables, said: dict[str, Any]) -> None:
    """Write a part, if the disk lets us: a question is answered without too."""
    with suppress(OSError), places.written(file) as out:
        _write(out, checksum.begun(_name(file)), tables, said)


def _name(file: Path) -> str:
    """What a part is known by: its entry and its own name, wherever the cache lies."""
    return f"{file.parent.name}/{file.name}"


def _write(out: IO[bytes], total: checksum.Checksum, tables: Tables, said: dict[str, Any]) -> None:
    parts: list[bytes | NDArray[Any]] = []
    listed: dict[str, dict[str, Any]] = {}
    at = 0

    def add(data: bytes | NDArray[Any]) -> int:
        nonlocal at
        start = at
        parts.append(data)
        at += -(-(len(data) if isinstance(data, bytes) else data.nbytes) // _ALIGNED) * _ALIGNED
        return start

    def put(data: bytes | memoryview) -> None:
        for piece in (data, bytes(-len(data) % _ALIGNED)):
            out.write(piece)
            total.update(piece)

    for table, columns in tables.items():
        listed[table] = {}
        for name in columns.names:
            listed[table][name] = _described(columns.stored(name), add)
    head = json.dumps({"tables": listed, "said": said}).encode()
    out.write(bytes(_ALIGNED - 8))  # the checksum's place
    out.write(length := len(head).to_bytes(8, "little"))
    total.update(length)
    put(head)
    for data in parts:
        put(data if isinstance(data, bytes) else np.ascontiguousarray(data).reshape(-1).view(np.uint8).data)
    out.seek(0)
    out.write(_MAGIC + total.digest())


def _described(column: NDArray[Any] | Coded, add: Callable[[bytes | NDArray[Any]], int]) -> dict[str, Any]:
    if isinstance(column, Coded):
        texts = Texts.of(column.distinct)
        return {
            "run": _described(texts.run, add),
            "bounds": _described(texts.bounds, add),
            **_described(column.codes, add),
        }
    return {"at": add(column), "type": column.dtype.str, "shape": column.shape}


def read(file: Path) -> tuple[Tables, dict[str, Any]] | None:
    """A part as it was kept; None where there is none, or where it is not as it was written, which the log says."""
    try:
        with file.open("rb") as opened:
            if not _whole(opened, _name(file)):
                _doubt(file, "damaged, or of another release")
                return None
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        _doubt(file, str(error))
        return None
    length = int.from_bytes(data[_ALIGNED - 8 : _ALIGNED], "little")
    listed = json.loads(data[_ALIGNED : _ALIGNED + length])
    at = _ALIGNED - (-length // _ALIGNED) * _ALIGNED
    with suppress(OSError):
        os.utime(file.parent)  # used now
    columns = {
        table: Table({name: _column(data, at, how) for name, how in described.items()})
        for table, described in listed["tables"].items()
    }
    return columns, listed["said"]


def _whole(stream: IO[bytes], name: str) -> bool:
    before = stream.read(_ALIGNED - 8)
    return before == (_MAGIC + checksum.of(stream, name)).ljust(_ALIGNED - 8, b"\0")


def _doubt(file: Path, why: str) -> None:
    _log.warning("%s: %s; what it held is made again", file, why)


def _column(data: mmap.mmap, start: int, how: Mapping[str, Any]) -> NDArray[Any] | Coded:
    numbers = _numbers(data, start, how)
    if "run" not in how:
        return numbers
    return Coded(numbers, Texts(_numbers(data, start, how["run"]), _numbers(data, start, how["bounds"])))


def _numbers(data: mmap.mmap, start: int, how: Mapping[str, Any]) -> NDArray[Any]:
    shape, kind = how["shape"], np.dtype(how["type"])
    count = int(np.prod(shape))
    return np.frombuffer(data, kind, count, start + how["at"]).reshape(shape) if count else np.zeros(shape, kind)


def _prune(keep: Path) -> None:
    """Delete entries long unused, and those of former states of the same file."""
    now, family = time.time(), keep.name.split("-")[0]
    for place in keep.parent.iterdir() if keep.exists() else ():
        try:
            idle = now - place.stat().st_mtime
        except OSError:
            continue
        former = place.name.split("-")[0] == family and idle > _SUPERSEDED
        if place != keep and (idle > _UNUSED or former):
            shutil.rmtree(place, ignore_errors=True)
