"""Handles: what stands for an entity where its name does not, made of its id and the case's own secret.

A handle is a hash of one id with the key of the case: the same through every lens, after every load and in every copy
of the file, and no guess at a name finds it without the key. Of ids judged to be one, the first in order stands for all
(as in `fold.identity`), so theirs is its handle; the handle of every other still leads to them. What is called by a
handle already keeps it.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: none is taken for another, and they make no words
_LENGTH = 10  # 50 bits: of a million people, two share one once in 2,000 cases
_HANDLE = re.compile(rf"P-[{_DIGITS}]{{{_LENGTH}}}")


def handle(file: CaseFile, identity: str) -> str:
    """The handle of an id, such as `P-7k3m9x2qd4`; a handle is its own."""
    if is_handle(identity):
        return identity
    number = int.from_bytes(_hash(file, "handle", identity, size=8)) >> (64 - 5 * _LENGTH)
    return "P-" + "".join(_DIGITS[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))


def is_handle(text: str) -> bool:
    """Whether a text has the form of a handle."""
    return _HANDLE.fullmatch(text) is not None


def keyed(file: CaseFile, *parts: str) -> str:
    """24 hexadecimal digits that stand for `parts` in this case alone: nobody finds the parts by trying without its key."""
    return _hash(file, "keyed", *parts, size=12).hex()


def _hash(file: CaseFile, *parts: str, size: int) -> bytes:
    return blake2b("\x1f".join(parts).encode(), digest_size=size, key=file.key).digest()
