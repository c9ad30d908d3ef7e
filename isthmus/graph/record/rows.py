"""The rows a case is made of: sources, records, claims, and what was said about them.

All fields are text, so that each table is a spreadsheet; `schema.yml` says how a property's value is read.
"""

from __future__ import annotations

import builtins
import json
from hashlib import blake2b
from typing import NamedTuple

AFFIRMED, DENIED = "affirmed", "denied"


def digest(*parts: str) -> str:
    """24 hexadecimal digits that stand for `parts`: the same parts give the same digits on every machine."""
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def pack(qualifiers: dict[str, str]) -> str:
    """Qualifiers as canonical JSON; none as the empty string."""
    kept = {key: value for key, value in qualifiers.items() if value}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":")) if kept else ""


class SourceRow(NamedTuple):
    """A publication. Its reliability is an assessment, not a field."""

    id: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    locator: str = ""
    language: str = ""
    licence: str = ""
    extent_seen: str = ""
    derived_from: str = ""  # ids joined by ";"; "own" states an origin of its own; empty is unknown


class Record(NamedTuple):
    """One row of a list, one passage of a text. `id` is a digest of the other fields."""

    source: str
    native_key: str
    pointer: str = ""
    exact: str = "yes"  # whether the pointer names the very place
    published: str = ""
    text: str = ""

    @builtins.property
    def id(self) -> str:
        """Digest of every field."""
        return digest(*self)


class Claim(NamedTuple):
    """Something was so, at some time, according to a record. `id` is a digest of the other fields."""

    record: str
    subject: str
    property: str
    value: str
    valid: str = ""  # EDTF
    polarity: str = AFFIRMED
    qualifiers: str = ""  # canonical JSON, see `pack`

    @builtins.property
    def id(self) -> str:
        """Digest of every field."""
        return digest(*self)

    @builtins.property
    def statement(self) -> str:
        """Digest of subject, property and value: claims that say the same share it."""
        return digest(self.subject, self.property, self.value)


class Assessment(NamedTuple):
    """Admiralty reliability A-F of a source, or credibility 1-6 of a claim."""

    target: str  # "source" or "claim"
    id: str
    grade: str
    by: str
    at: str = ""
    why: str = ""


class Holding(NamedTuple):
    """Who knew a statement, since when: a fact of its own with its own record."""

    subject: str
    property: str
    value: str
    country: str
    record: str
    body: str = ""
    valid: str = ""  # EDTF: since when, or up to when, it was held or not held
    how: str = ""  # collected, received, by rule
    from_country: str = ""
    state: str = "held"  # held, not held, believed otherwise, unknown
    used: str = "unknown"  # acted on, not acted on, unknown
    group: str = ""  # the failure that an inquiry described
    note: str = ""

    @builtins.property
    def statement(self) -> str:
        """Digest of subject, property and value."""
        return digest(self.subject, self.property, self.value)


class Judgement(NamedTuple):
    """Whether two entities are one. Reversible: the latest by `judged_at` counts."""

    left: str
    right: str
    verdict: str  # same, different, undecided
    by: str
    judged_at: str
    known_from: str = ""  # EDTF, or JSON {country: EDTF} where holders were told at different times
    why: str = ""


class Marking(NamedTuple):
    """TLP 2.0 label of a record."""

    record: str
    tlp: str


Row = SourceRow | Record | Claim | Assessment | Holding | Judgement | Marking
TABLES: dict[str, type[Row]] = {
    "sources": SourceRow,
    "records": Record,
    "claims": Claim,
    "assessments": Assessment,
    "holdings": Holding,
    "judgements": Judgement,
    "markings": Marking,
}
