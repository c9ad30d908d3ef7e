"""What is worked out from a large case is kept in the user's cache, as columns that the next question maps into memory.

An entry is a folder for one state of a case and one choice of clocks; a file in it holds the tables of one part. A
file is written beside its place and moved there; one that is missing, cut short or of another release is made again.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from isthmus.graph import places
from isthmus.graph.fold.table import Coded, Table, objects
from isthmus.graph.record import reading
from isthmus.graph.record.rows import digest
from isthmus.graph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from isthmus.graph.record.file import CaseFile

    Tables = Mapping[str, Table]

FORMAT = "3"
"""Grows when a kept part is made otherwise than before; each release makes its own in any file."""
WORTH = 1_000  # claims; fewer are folded in less time than a file takes to find
_MAGIC = b"ISTHMUS columns\n"
_ALIGNED = 64
_UNUSED = 30 * 86_400  # seconds
_SUPERSEDED = 3_600


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
    found = read(file)
    if found is None:
        made = make()
        keep(file, *made)
        _prune(place)
        found = read(file) or made  # as everyone after reads it
    return found


def keep(file: Path, tables: Tables, said: dict[str, Any]) -> None:
    """Write a part, if the disk lets us: a question is answered without too."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = mkstemp(prefix=".making-", dir=file.parent)
        try:
            with os.fdopen(number, "wb") as out:
                _write(out, tables, said)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return


def _write(out: Any, tables: Tables, said: dict[str, Any]) -> None:
    parts: list[bytes | NDArray[Any]] = []
    listed: dict[str, dict[str, Any]] = {}
    at = 0

    def add(data: bytes | NDArray[Any]) -> int:
        nonlocal at
        start = at
        parts.append(data)
        at += -(-(len(data) if isinstance(data, bytes) else data.nbytes) // _ALIGNED) * _ALIGNED
        return start

    for table, columns in tables.items():
        listed[table] = {}
        for name in columns.names:
            listed[table][name] = _described(columns.stored(name), add)
    head = json.dumps({"tables": listed, "said": said, "size": at}).encode()
    out.write(_MAGIC + len(head).to_bytes(8, "little") + crc32(head).to_bytes(8, "little"))
    out.write(head + bytes(-len(head) % _ALIGNED))
    for data in parts:
        written = out.write(data if isinstance(data, bytes) else np.ascontiguousarray(data).view(np.uint8).data)
        out.write(bytes(-written % _ALIGNED))


def _described(column: NDArray[Any] | Coded, add: Callable[[bytes | NDArray[Any]], int]) -> dict[str, Any]:
    if isinstance(column, Coded):
        texts = json.dumps(column.distinct.tolist()).encode()
        return {"texts": [add(texts), len(texts)], **_described(column.codes, add)}
    return {"at": add(column), "type": column.dtype.str, "shape": column.shape}


def read(file: Path) -> tuple[Tables, dict[str, Any]] | None:
    """A part as it was kept; None where it is missing or not whole."""
    try:
        with file.open("rb") as opened:
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    at = len(_MAGIC) + 16
    length, check = (int.from_bytes(data[start : start + 8], "little") for start in (at - 16, at - 8))
    head = data[at : at + length]
    if data[: len(_MAGIC)] != _MAGIC or crc32(head) != check:
        return None
    at += -(-length // _ALIGNED) * _ALIGNED
    listed = json.loads(head)
    if len(data) < at + listed["size"]:
        return None
    with suppress(OSError):
        os.utime(file.parent)  # used now
    columns = {
        table: Table({name: _column(data, at, how) for name, how in described.items()})
        for table, described in listed["tables"].items()
    }
    return columns, listed["said"]


def _column(data: mmap.mmap, start: int, how: Mapping[str, Any]) -> NDArray[Any] | Callable[[], Coded]:
    shape, kind = how["shape"], np.dtype(how["type"])
    count = int(np.prod(shape))
    column = np.frombuffer(data, kind, count, start + how["at"]).reshape(shape) if count else np.zeros(shape, kind)
    if "texts" not in how:
        return column
    begin, length = how["texts"]

    def coded() -> Coded:
        texts = json.loads(data[start + begin : start + begin + length])
        return Coded(column, objects(texts))

    return coded


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
