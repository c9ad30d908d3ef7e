"""Opening what publishers ship: plain, gzip, xz, zip, in the encoding it turns out to have."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from fnmatch import fnmatch
from typing import IO, TYPE_CHECKING, BinaryIO

from isthmus.graph.errors import BadInput
from isthmus.loaders.encoding import CHUNK, detect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MAX_BYTES = 16 << 30  # what one file may unpack to
MAX_RATIO = 200  # unpacked to packed, once `RATIO_FROM` is passed; text packs 5 to 20 times
RATIO_FROM = 64 << 20

_BROKEN = (EOFError, OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)


class _Limited(io.RawIOBase):
    """An unpacking stream that stops at a bomb, names the file when it is damaged, and tells how far it is."""

    def __init__(self, inner: IO[bytes], path: Path, packed: int, told: Callable[[int], None] | None) -> None:
        self._inner, self._path, self._packed, self._told = inner, path, max(packed, 1), told
        self._given = 0
        super().__init__()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._inner.read(len(buffer))
        except _BROKEN as broken:
            raise BadInput(
                f"{self._path}: damaged after {self._given:,} bytes ({broken}); fetch the file again"
            ) from broken
        self._given += len(chunk)
        hold_to_limits(self._path, self._given, self._packed)
        if self._told is not None:
            self._told(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._inner.close()
        super().close()


def hold_to_limits(path: Path, unpacked: int, packed: int) -> None:
    """Raise `BadInput` if a file unpacks to more than a text could."""
    if unpacked > MAX_BYTES or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise BadInput(
            f"{path}: unpacks to {unpacked:,} bytes or more from {packed:,}; unpack it yourself if you trust it"
        )


def files(paths: Iterable[Path], patterns: Iterable[str] = ("*",)) -> list[Path]:
    """The files among `paths` that fit a pattern; folders and zip archives are looked into, in name order.

    A member of an archive is `archive.zip/member`, which `open_binary` understands.
    """
    wanted = [pattern.lower() for pattern in patterns]
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(child for child in path.rglob("*") if child.is_file() and not _hidden(child, path))
        elif _is_archive(path):
            with _archive(path) as archive:
                inside = sorted(path / item.filename for item in archive.infolist() if not item.is_dir())
        else:
            found.append(path)  # named by the user: taken whatever it is called
            continue
        found += [child for child in inside if any(fnmatch(child.name.lower(), glob) for glob in wanted)]
    return found


def open_binary(path: Path, told: Callable[[int], None] | None = None) -> BinaryIO:
    """The unpacked bytes of a file, read as a stream; `told` hears how many bytes were read.

    Raises `BadInput` for a missing, empty, unreadable or damaged file, and for one that unpacks beyond the limits.
    """
    whole, member = _split(path)
    try:
        packed = whole.stat().st_size
        if whole.is_dir():
            raise BadInput(f"{path} is a folder; name the file in it")
        if packed == 0:
            raise BadInput(f"{path} is empty; fetch it again or leave it out")
        stream, packed = _unpacked(whole, member, packed)
    except FileNotFoundError:
        raise BadInput(f"{path}: no such file; check the path") from None
    except PermissionError:
        raise BadInput(f"{path}: may not be read; check its permissions") from None
    except _BROKEN as broken:
        raise BadInput(f"{path}: cannot be unpacked ({broken}); fetch the file again") from broken
    return io.BufferedReader(_Limited(stream, path, packed, told), CHUNK)


def encoding_of(path: Path) -> str:
    """The encoding of a text file; see `encoding.detect`."""
    return detect(str(path), lambda: open_binary(path))


def _hidden(child: Path, root: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in child.relative_to(root).parts)


def _is_archive(path: Path) -> bool:
    if path.suffix.lower() in {".xlsx", ".xlsm", ".ods"}:
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _BROKEN as broken:
        raise BadInput(f"{path}: not a readable zip archive ({broken}); fetch the file again") from broken


def _split(path: Path) -> tuple[Path, str]:
    """The file on disk, and the member inside it if the path goes on into an archive."""
    if not path.exists():
        for parent in path.parents:
            if parent.is_file():
                return parent, path.relative_to(parent).as_posix()
    return path, ""


def _unpacked(path: Path, member: str, size: int) -> tuple[IO[bytes], int]:
    if member or _is_archive(path):
        archive = zipfile.ZipFile(path)
        names = [item.filename for item in archive.infolist() if not item.is_dir()]
        if not member and len(names) != 1:
            raise BadInput(f"{path} holds {len(names)} files; name one as {path}/{names[0] if names else 'NAME'}")
        name = member or names[0]
        if name not in names:
            raise BadInput(f"{path} holds no {name}; it holds {', '.join(names[:5])}")
        return archive.open(name), archive.getinfo(name).compress_size
    with path.open("rb") as stream:
        head = stream.read(6)
    if head[:2] == b"\x1f\x8b":
        return gzip.open(path, "rb"), size  # type: ignore[return-value]
    if head[:6] == b"\xfd7zXZ\0":
        return lzma.open(path, "rb"), size
    if head[:3] == b"BZh":
        return bz2.open(path, "rb"), size
    return path.open("rb"), size
