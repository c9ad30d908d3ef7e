"""A row of a finding as a sentence: the template is tidied before the data go in, so that no word of theirs is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNTIDY = [
    (re.compile(r"\s+"), " "),
    (re.compile(r"\( ?[;,] ?"), "("),
    (re.compile(r" ?[;,] ?\)"), ")"),
    (re.compile(r" ?\( ?\)| ?\[ ?\]"), ""),
    (re.compile(r"(?:^ ?|(?<=[·:] ))to (?=·|$)"), ""),  # a period without either end; one that is open keeps its "to"
    (re.compile(r"(?:· ?)+(?=·)"), ""),
]
_HELD = re.compile("\ue000(\\d+)\ue001")
_WORD = re.compile(r"\w+")
_VOCABULARY = ("tie", "says")  # columns with names of ties and properties, which read better without underscores


def sentence(template: str, texts: Mapping[str, str]) -> str:
    """The template with its columns filled in; what a row lacks leaves no empty brackets or separators behind."""
    filled = [_readable(text) if name in _VOCABULARY else text for name, text in texts.items()]
    held = {name: f"\ue000{at}\ue001" if text else "" for at, (name, text) in enumerate(texts.items())}
    made = template.format(**held)
    for untidy, tidy in _UNTIDY:
        made = untidy.sub(tidy, made)
    return _HELD.sub(lambda found: filled[int(found.group(1))], made.strip(" ·,;"))


def _readable(text: str) -> str:
    """Names of ties and properties without underscores; every other word as it is."""
    known = schema().ties.keys() | schema().properties.keys()
    return _WORD.sub(lambda word: word.group().replace("_", " ") if word.group() in known else word.group(), text)
