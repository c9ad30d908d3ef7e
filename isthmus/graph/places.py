"""Where this program keeps what it can make again, so that its owner alone can read it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp
from typing import IO, TYPE_CHECKING
from uuid import uuid4

from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE, _FOLDER = 0o600, 0o700


def cache() -> Path:
    """The folder of the user's cache that is ours; it can be deleted at any time."""
    return user_cache_path("isthmus", appauthor=False)


def family(scope: str) -> str:
    """How what is made of a scope is called: first what stands for its case (`scope` up to a `?`), then for the whole."""
    case, _, narrowed = scope.partition("?")
    return f"{_digits(case)}.{_digits(narrowed)}" if narrowed else _digits(case)


def forget(case: str) -> None:
    """Delete all that was made of a case, whatever part of this program made it; what is in use goes when it is closed."""
    for folder in cache().glob("*"):
        for place in folder.glob(f"{_digits(case)}[.-]*"):
            aside = place.with_name(f".dropped-{uuid4().hex}")
            with suppress(OSError):
                place.rename(aside)
                aside.unlink() if aside.is_file() else shutil.rmtree(aside)


def _digits(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()


def folder(place: Path) -> Path:
    """The folder `place`, made where it is missing, with those above it; into what is made its owner alone may look.

    So it is with ours in the user's cache too where an earlier release left it open.
    """
    for missing in reversed([one for one in (place, *place.parents) if not one.exists()]):
        missing.mkdir(mode=_FOLDER, exist_ok=True)
    ours = cache()
    if place.is_relative_to(ours) and ours.stat().st_mode & 0o077:
        with suppress(OSError):
            ours.chmod(_FOLDER)
    return place


@contextmanager
def written(file: Path) -> Iterator[IO[bytes]]:
    """A stream to a file that its owner alone may read: written beside, and moved to its place when it is whole."""
    number, name = mkstemp(prefix=".making-", dir=folder(file.parent))
    try:
        with os.fdopen(number, "wb") as out:
            yield out
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def opened(file: Path) -> IO[str]:
    """A stream to a new text, in the place of what was there, that its owner alone may read."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE)
    with suppress(OSError):  # a disk that knows no owners
        file.chmod(_FILE)
    return os.fdopen(number, "w", encoding="utf-8")


def close_off(place: Path) -> None:
    """Take from everyone but the owner what another program wrote into a folder."""
    for top, _, files in os.walk(place):
        with suppress(OSError):  # gone meanwhile
            Path(top).chmod(_FOLDER)
        for name in files:
            with suppress(OSError):
                (Path(top) / name).chmod(_FILE)
