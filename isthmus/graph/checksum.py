"""Checksums of what is kept: they tell of disks and cables, cut files and files in a wrong place, not of forgers."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from xxhash import xxh3_128

if TYPE_CHECKING:
    from typing import Protocol

    class Checksum(Protocol):
        """What adds bytes up."""

        def update(self, data: bytes | memoryview, /) -> None:
            """Add bytes."""

        def digest(self) -> bytes:
            """The checksum of the bytes so far."""


LENGTH = 16  # bytes
_CHUNK = 1 << 20


def begun(name: str) -> Checksum:
    """A checksum of nothing so far but a name: what is kept under another name has another."""
    made = xxh3_128()
    made.update(name.encode() + b"\n")
    return made


def of(stream: IO[bytes], name: str) -> bytes:
    """The checksum of the rest of a stream, kept under a name.

    It is read, not mapped: pages that nobody asks for stay out of this process's memory.
    """
    made = begun(name)
    buffer = memoryview(bytearray(_CHUNK))
    while got := stream.readinto(buffer):  # type: ignore[attr-defined]
        made.update(buffer[:got])
    return made.digest()
