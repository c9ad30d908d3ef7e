"""What a text in YAML states, kept in the user's cache: reading the vocabulary took a tenth of a short question.

A file there holds a checksum and plain values in MessagePack; it is named by the text it is of, and one that is not as
it was written counts as none.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

from isthmus.graph import checksum, places

if TYPE_CHECKING:
    from pathlib import Path


def read(text: str) -> Any:
    """What was kept of a text; None where nothing is."""
    place = _place(text)
    try:
        data = place.read_bytes()
    except OSError:
        return None
    body = data[checksum.LENGTH :]
    if data[: checksum.LENGTH] != checksum.of(BytesIO(body), place.name):
        return None
    return msgspec.msgpack.decode(body)


def keep(text: str, stated: Any) -> None:
    """Keep what a text states, if the disk lets us, where it comes back as it is: a date would come back as text."""
    place, body = _place(text), msgspec.msgpack.encode(stated)
    if msgspec.msgpack.decode(body) != stated:
        return
    with suppress(OSError), places.written(place) as out:
        out.write(checksum.of(BytesIO(body), place.name) + body)


def _place(text: str) -> Path:
    of = checksum.begun("YAML")
    of.update(text.encode())
    return places.cache() / "stated" / f"{of.digest().hex()}.msgpack"
