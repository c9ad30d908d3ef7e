"""Where embedded projections lie: a folder a projection in the user's cache, whole or not there at all.

A store is sealed when it was closed after building: the seal has a checksum of every file, and one of its own. Asking
changes no file of a store but those that `_LOOSE` names. Before a store is opened its files are compared with the seal;
one that is not as it was sealed is never opened.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from isthmus.graph import checksum, places
from isthmus.graph.record.rows import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "7"
"""Grows when the projection itself changes, so that older ones are built again."""
SEAL = "complete"
_LOOSE = ("configuration.json", "statistics.json")
"""What the engine writes anew while it only reads: its settings, and counts. The seal has them whole, to be put back."""
_OF_USE = (".lck", ".wal")
"""What is there while a process has the store open, and stays when that is killed; never read: closing a file that this
process has locked would unlock it."""
_KEPT = 30 * 86_400  # seconds since last used
_SUPERSEDED = 3_600
_log = logging.getLogger(__name__)


def folder() -> Path:
    """The cache of embedded projections; it can be deleted at any time."""
    return places.cache() / "cypher"


def entry(scope: str, state: str, evidence: bool, release: str) -> Path:
    """The folder of a projection: one of each scope, state of the case, depth, and release of the engine.

    A case without a state may have gone another way in a copy: it never finds what was made before.
    """
    known = digest(state or uuid4().hex, FORMAT, release)
    return folder() / f"{places.family(scope)}-{known}{'-evidence' if evidence else ''}"


def scratch() -> Path:
    """A fresh folder beside the entries, for building; on the same disk, so that it can be renamed into place."""
    return Path(mkdtemp(prefix=".making-", dir=places.folder(folder())))


def complete(place: Path, made: Path) -> Path:
    """Seal what was built at `made` and move it to `place`; where another process was first, keep ours as it is."""
    places.close_off(made)
    _seal(made, place.name)
    try:
        made.rename(place)
    except OSError:
        return made
    return place


def doubt(place: Path, name: str) -> str:
    """What is wrong with the store at `place`, sealed under `name`; empty if it is whole."""
    sealed = _sealed(place, name)
    if sealed is None:
        return f"{SEAL} is damaged or missing"
    try:
        if _checksums(place / "db") == sealed["files"]:
            return ""
    except OSError as error:
        return str(error)
    return "a file isn't as it was written"


def put_back(place: Path, name: str) -> None:
    """Write what the engine changes while it only reads as it was sealed; another process may have the store open."""
    sealed = _sealed(place, name) or {"loose": {}}
    for loose, text in sealed["loose"].items():
        file = place / "db" / loose
        if not file.exists() or file.read_bytes() != text.encode():
            with places.written(file) as out:
                out.write(text.encode())


def used(place: Path) -> None:
    """Note that an entry was used now."""
    with suppress(OSError):
        os.utime(place / SEAL)


def say_doubt(place: Path, why: str) -> None:
    """Log that a store is built again."""
    _log.warning("%s: damaged (%s); what it held is made again", place, why)


def drop(place: Path) -> None:
    """Delete an entry, whole and at once; what cannot be deleted is left.

    A process that has it open goes on with the files that it has.
    """
    aside = place.with_name(f".dropped-{uuid4().hex}")
    with suppress(OSError):
        place.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def prune(keep: Path) -> None:
    """Delete entries long unused, those of former states of `keep`'s case, and what unfinished builds left."""
    now = time.time()
    family = keep.name.split("-")[0]
    for place, idle in _idle(now):
        superseded = place.name.split("-")[0] == family and idle > _SUPERSEDED
        if place != keep and (idle > _KEPT or superseded):
            drop(place)


def _idle(now: float) -> Iterator[tuple[Path, float]]:
    for place in list(folder().iterdir()):
        if place.is_dir():
            said = place / SEAL
            try:
                yield place, now - (said if said.exists() else place).stat().st_mtime
            except OSError:
                continue


def _seal(made: Path, name: str) -> None:
    """Write down what a store that nobody has open is made of."""
    loose = {one: (made / "db" / one).read_text(encoding="utf-8") for one in _LOOSE if (made / "db" / one).exists()}
    text = json.dumps({"files": _checksums(made / "db"), "loose": loose}).encode()
    with places.written(made / SEAL) as out:
        out.write(_sum(name, text) + text)


def _sealed(place: Path, name: str) -> dict[str, Any] | None:
    """What the seal says; None where there is none, or it is not as it was written for this name."""
    try:
        found = (place / SEAL).read_bytes()
    except OSError:
        return None
    total, text = found[: checksum.LENGTH], found[checksum.LENGTH :]
    if total != _sum(name, text):
        return None
    said: dict[str, Any] = json.loads(text)
    return said


def _sum(name: str, text: bytes) -> bytes:
    made = checksum.begun(name)
    made.update(text)
    return made.digest()


def _checksums(store: Path) -> dict[str, str]:
    """A checksum of each file of a store, by its name."""
    found = {}
    for file in sorted(store.iterdir()):
        if file.name in _LOOSE or (file.suffix in _OF_USE and not file.stat().st_size):
            continue
        with file.open("rb") as stream:
            found[file.name] = checksum.of(stream, file.name).hex()
    return found
