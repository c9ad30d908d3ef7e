"""The encoding of a text file: UTF-8 if it can be, a Western single-byte one if it looks so, else a guess that is told.

Nothing is read twice that is plain UTF-8, which nearly every file is.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from isthmus.graph.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

CHUNK = 1 << 20
_SAMPLE = 1 << 16  # bytes around the first accents, for the guess
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ESCAPED = re.compile("[\udc80-\udcff]")  # what `surrogateescape` makes of a byte that is not UTF-8
_ACCENTED = re.compile("[^\x00-\x7f\udc80-\udcff]")
_NOT_CP1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_HIGH = re.compile(rb"[\x80-\xff]")
_RUN = re.compile(rb"[\x80-\xff]{3,}")  # accents stand alone in Latin scripts, and in rows in others


def detect(name: str, opened: Callable[[], BinaryIO]) -> str:
    """Name of the encoding of a whole file: the first accented letter may stand in its last row.

    Where single bytes are no UTF-8: `latin-1`, `cp1252` where bytes 128 to 159 are used, and for a script
    that is not Latin what charset-normalizer makes of it.

    Raises
    ------
    BadInput
        The file is binary, is UTF-8 with damaged places (the message has the line of the first), or has an encoding
        that nothing recognises.
    """
    with opened() as stream:
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        head = stream.read(CHUNK)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        try:
            while head:
                _refuse_binary(name, head)
                decoder.decode(head)
                head = stream.read(CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            pass
        else:
            return "utf-8"
    return _single_byte(name, opened)


@dataclass
class _Seen:
    """What stands above 127 in a file: UTF-8 letters, bytes that are none, and where those begin."""

    accented: int = 0
    escaped: int = 0
    line: int = 0  # of the first byte that is not UTF-8
    codes: set[int] = field(default_factory=set)
    sample: bytes = b""


def _single_byte(name: str, opened: Callable[[], BinaryIO]) -> str:
    seen = _survey(name, opened)
    if seen.accented > seen.escaped:
        raise BadInput(
            f"{name}, line {seen.line}: bytes that are not UTF-8 in a file that otherwise is; "
            "fetch it or save it again as UTF-8"
        )
    in_rows = sum(map(len, _RUN.findall(seen.sample)))
    if 2 * in_rows > len(_HIGH.findall(seen.sample)) or seen.codes & _NOT_CP1252:
        return _guess(name, seen)
    return "cp1252" if any(code < 0xA0 for code in seen.codes) else "latin-1"


def _survey(name: str, opened: Callable[[], BinaryIO]) -> _Seen:
    seen, lines = _Seen(), 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with opened() as stream:
        while chunk := stream.read(CHUNK):
            _refuse_binary(name, chunk)
            text = decoder.decode(chunk)
            found = _ESCAPED.findall(text)
            if found and not seen.line:
                first = text.index(found[0])
                seen.line = lines + len(re.findall("\r\n|\r|\n", text[:first])) + 1
                seen.sample = chunk[max(0, first - _SAMPLE) : first + _SAMPLE]
            seen.escaped += len(found)
            seen.accented += len(_ACCENTED.findall(text))
            seen.codes |= {ord(sign) - 0xDC00 for sign in found}
            lines += len(re.findall("\r\n|\r|\n", text))
    return seen


def _guess(name: str, seen: _Seen) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(seen.sample).best()
    if best is None or best.encoding in {"ascii", "utf_8"}:
        raise BadInput(f"{name}, line {seen.line}: bytes of no encoding known here; save it as UTF-8")
    return best.encoding


def _refuse_binary(name: str, chunk: bytes) -> None:
    if b"\0" in chunk:
        raise BadInput(f"{name} is not a text file (it holds zero bytes); name the CSV, XML or JSON file")
