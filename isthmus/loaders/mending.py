"""Reading what can be read of a damaged XML file: each entry by itself, so that damage in one costs no other."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from isthmus.graph.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

CHUNK = 1 << 18
LONGEST = 1 << 23  # characters of one entry; what is longer is cut here
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_STRAY = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z]\w{0,31};)|<(?![A-Za-z_/!?])")


class Fragment(NamedTuple):
    """The text of one entry, from its start tag to its end tag or, where that is lost, to the next entry.

    Empty for an entry of which only the end tag is left.
    """

    line: int
    text: str


def fragments(path: Path, stream: BinaryIO, tags: Collection[str]) -> Iterator[Fragment]:
    """The entries called one of `tags`, found by their start tags.

    A byte from A0 up that is no UTF-8 is read as Latin-1; any other, and a control character, becomes U+FFFD. An `&`
    or `<` that begins nothing stands for itself.

    Raises `BadInput` for a file that declares entities.
    """
    names = "|".join(map(re.escape, tags))
    start = re.compile(rf"<(?:\w+:)?(?:{names})(?=[\s>])")
    waiting, line, inside = "", 1, False
    for chunk in _texts(stream):
        if "<!ENTITY" in waiting[-8:] + chunk:
            raise BadInput(f"{path} declares entities, which no list needs and which can be used to attack a reader")
        waiting += chunk
        places = [found.start() for found in start.finditer(waiting)]
        for begin, end in pairwise(places):
            yield from _fragments(line + waiting.count("\n", 0, begin), waiting[begin:end], names)
        inside = inside or bool(places)
        used = places[-1] if places else 0 if inside else max(0, len(waiting) - 200)
        line += waiting.count("\n", 0, used)
        waiting = waiting[used : used + LONGEST]
    if inside:
        yield from _fragments(line, waiting, names)


def _fragments(line: int, text: str, names: str) -> Iterator[Fragment]:
    """One entry as well-formed as it can be made by looking at signs alone, and those after it that lost their start."""
    ends = [found.end() for found in re.finditer(rf"</(?:\w+:)?(?:{names})\s*>", text)]
    whole = text[: ends[0]] if ends else text
    yield Fragment(line, _STRAY.sub(lambda sign: "&amp;" if sign.group() == "&" else "&lt;", whole))
    for end in ends[1:]:
        yield Fragment(line + text.count("\n", 0, end), "")


def _texts(stream: BinaryIO) -> Iterator[str]:
    first = stream.read(CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(first))("isthmus.mend")
    chunk = first
    while chunk:
        yield _CONTROLS.sub("\ufffd", decoder.decode(chunk))
        chunk = stream.read(CHUNK)
    yield _CONTROLS.sub("\ufffd", decoder.decode(b"", final=True))


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = re.search(rb"encoding=[\"']([\w-]+)", head[:200])
    try:
        return codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def _mend(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  decoding alone uses it
    bad = error.object[error.start : error.end]
    return "".join(chr(byte) if byte >= 0xA0 else "\ufffd" for byte in bad), error.end


codecs.register_error("isthmus.mend", _mend)
