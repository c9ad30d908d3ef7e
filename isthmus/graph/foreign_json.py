"""JSON from outside: bounded before it is parsed.

Python's parser goes one level of C down for each level of the text. How deep that may go differs between releases,
and in a process with a Java machine it can end the process rather than raise. So depth is counted first, as libxml2
does for XML.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import numpy as np

DEEPEST = 256
"""Levels of arrays and objects within each other; libxml2 allows as many elements."""
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NO_BRACKET = re.compile(r"[^][{}]+")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(raw: bytes | str) -> Any:
    """The value that a text holds.

    Raises `ValueError`, which says why and where, for what is no JSON by RFC 8259, is no Unicode, or is nested more
    than `DEEPEST` levels deep.
    """
    text = raw if isinstance(raw, str) else raw.decode(json.detect_encoding(raw))
    if text.count("[") + text.count("{") > DEEPEST and (deep := _depth(text)) > DEEPEST:
        raise ValueError(f"nested {deep:,} levels deep, where {DEEPEST} may be")
    found = json.loads(text, parse_constant=_no_number)
    if _SURROGATE.search(text):
        json.dumps(found, ensure_ascii=False).encode()  # half a character is none
    return found


def _depth(text: str) -> int:
    """How many brackets are open at most; those in strings do not count."""
    brackets = _NO_BRACKET.sub("", _STRING.sub("", text)).encode("ascii")
    signs = np.frombuffer(brackets, dtype=np.uint8)
    opened = (signs == ord("[")) | (signs == ord("{"))
    return int(np.cumsum(np.where(opened, 1, -1)).max(initial=0))


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")
