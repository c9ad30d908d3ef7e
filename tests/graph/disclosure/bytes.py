"""Looks for a name in bytes, in every way in which it could stand there. It shares no code with the release."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BOUND = 8  # letters: a shorter name counts only where it stands by itself


def forms(name: str) -> set[str]:
    """A name as it may be written: with other accents, case, order, breaks and separators."""
    words = name.split()
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    found = {name, bare, unicodedata.normalize("NFD", name), unicodedata.normalize("NFC", name)}
    for text in list(found):
        parts = text.split()
        found |= {between.join(parts) for between in ("\n", "\r\n", "-", "_", ".", "  ", "\\n", "+")}
        found |= {quote(text), quote_plus(text), text[::-1], ", ".join([words[-1], " ".join(words[:-1])])}
    return {one.casefold() for one in found if one}


def packed(name: str) -> set[str]:
    """A name as base64 in its three alignments, as written and in small letters."""
    found = set()
    for text in {name, name.lower(), name.upper()}:
        for shift in range(3):
            code = base64.b64encode(b"\0" * shift + text.encode()).decode().rstrip("=")
            found.add(code[(0, 2, 3)[shift] : len(code) - 1])
    return {one for one in found if len(one) >= BOUND}


def within(data: bytes, names: Iterable[str]) -> dict[str, str]:
    """Those of the names that stand in the bytes, each with the form that was found."""
    text = data.decode("utf-8", "replace")
    small, found = text.casefold(), {}
    for name in names:
        for form in forms(name):
            there = form in small if len(form) >= BOUND else re.search(rf"(?<!\w){re.escape(form)}(?!\w)", small)
            if there:
                found[name] = form
        for form in packed(name):
            if form in text:
                found[name] = form
    return found


def unpacked(path: Path) -> Iterator[bytes]:
    """Every file at or under `path`, and what is packed in it by zlib, gzip, zip or base64."""
    for file in [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file()):
        yield from opened(file.read_bytes())


def opened(data: bytes) -> Iterator[bytes]:
    """Bytes, and what is packed in them."""
    yield data
    if data[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(data)) as packed_file:
            for name in packed_file.namelist():
                yield packed_file.read(name)
    for run in re.findall(rb"[A-Za-z0-9+/]{400,}={0,2}", data):
        raw = base64.b64decode(run + b"=" * (-len(run) % 4))
        yield raw
        for bits in (15, 31, -15):
            try:
                yield zlib.decompress(raw, bits)
            except zlib.error:
                continue
