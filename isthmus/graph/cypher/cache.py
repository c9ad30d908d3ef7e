"""Where embedded projections lie: a folder a projection in the user's cache, whole or not there at all."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from isthmus.graph import places
from isthmus.graph.record.rows import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "6"
"""Grows when the projection itself changes, so that older ones are built again."""
_KEPT = 30 * 86_400  # seconds since last used
_SUPERSEDED = 3_600


def folder() -> Path:
    """The cache of embedded projections; it can be deleted at any time."""
    return places.cache() / "cypher"


def entry(scope: str, state: str, evidence: bool) -> Path:
    """The folder of a projection: one of each scope, state of the case, and depth.

    A case without a state may have gone another way in a copy: it never finds what was made before.
    """
    return folder() / f"{digest(scope)}-{digest(state or uuid4().hex, FORMAT)}{'-evidence' if evidence else ''}"


def scratch() -> Path:
    """A fresh folder beside the entries, for building; on the same disk, so that it can be renamed into place."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(mkdtemp(prefix=".making-", dir=folder()))


def complete(place: Path, made: Path, counts: dict[str, Any]) -> Path:
    """Move what was built at `made` to `place`; where another process was first, keep ours as it is."""
    (made / "complete.json").write_text(json.dumps(counts), encoding="utf-8")
    try:
        made.rename(place)
    except OSError:
        return made
    return place


def counts(place: Path) -> dict[str, Any] | None:
    """What a complete entry says it holds; None where there is none or it is damaged."""
    try:
        found: dict[str, Any] = json.loads((place / "complete.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def used(place: Path) -> None:
    """Note that an entry was used now."""
    try:
        os.utime(place / "complete.json")
    except OSError:
        return


def drop(place: Path) -> None:
    """Delete an entry; what cannot be deleted is left."""
    shutil.rmtree(place, ignore_errors=True)


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
            said = place / "complete.json"
            try:
                yield place, now - (said if said.exists() else place).stat().st_mtime
            except OSError:
                continue
