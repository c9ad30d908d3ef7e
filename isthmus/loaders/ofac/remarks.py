"""The list's remarks: dates, places, documents, weak aliases and links as prose, parted by semicolons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.loaders.listing import WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.loaders.listing import Entry

_LINK = re.compile(r"(\()?Linked To: (.+)$")
_ALIAS = re.compile(r"^(?:alt\. )?([afn])\.k\.a\. ['\"](.+?)['\"]\.?$")
_FIELD = re.compile(r"^(?:alt\. )?(DOB|POB|nationality|citizen|Gender) (.+)$")
_DOCUMENT = re.compile(
    r"^(?:alt\. )?((?:[A-Z][\w.'’-]* )*(?:Passport|No\.|Number|ID|Code|Card|License|FEIN|NIT|RUC|RIF|C\.U\.R\.P\.|"
    r"R\.F\.C\.|D\.N\.I\.|SSN|Cedula))(?:[:#])? (\S*\d\S*)(?: (.+))?$"
)
_TIES = {"nationality": "citizen_of", "citizen": "citizen_of"}


def parts(remarks: str) -> list[str]:
    """The remarks' statements, without the full stop that ends them. A semicolon within an alias or brackets parts nothing."""
    found: list[str] = []
    depth, quoted, start = 0, "", 0
    for at, sign in enumerate(remarks):
        if quoted:
            quoted = "" if sign == quoted and remarks[at + 1 : at + 2] in ("", ";", ".", ")") else quoted
        elif sign in "'\"" and remarks.startswith("k.a. ", at - 5):
            quoted = sign
        elif sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif sign == ";" and not depth:
            found.append(remarks[start:at])
            start = at + 1
    found.append(remarks[start:].removesuffix("."))
    return [part.strip() for part in found if part.strip(" .")]


def links(remarks: str) -> Iterator[str]:
    """Names that the remarks say the entry is linked to."""
    if "Linked To" in remarks:
        for part in parts(remarks):
            if found := _LINK.search(part):
                yield found[2].removesuffix(")") if found[1] else found[2]


def tell(entry: Entry, remarks: str) -> None:
    """What the remarks say, but for the links."""
    for part in parts(remarks):
        if _LINK.search(part):
            continue
        if alias := _ALIAS.match(part):
            entry.alias(alias[2], WEAK, "former name" if alias[1] == "f" else "")
        elif field := _FIELD.match(part):
            _field(entry, field[1], field[2])
        elif document := _DOCUMENT.match(part):
            entry.claim("identifier", document[2].rstrip(","), scheme=document[1], note=document[3] or "")
        else:
            entry.attribute("remark", part)


def _field(entry: Entry, name: str, text: str) -> None:
    if name == "DOB":
        entry.birth(text)
    elif name == "Gender":
        entry.claim("gender", text.lower())
    elif name == "POB":
        place, _, country = text.rpartition(", ")
        entry.country("born_in", country or text, place, otherwise="place of birth")
    else:
        entry.country(_TIES[name], text)
