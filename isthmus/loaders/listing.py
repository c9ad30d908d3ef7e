"""What sanctions lists have in common: one entry with names, dates, nationalities, documents and a listing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.dates import until_told
from isthmus.graph.errors import BadDate
from isthmus.loaders.days import edtf
from isthmus.loaders.stated import Listing, Meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus.graph.record.rows import Claim, Record, Row
    from isthmus.loaders.days import Order
    from isthmus.loaders.source import Source

# First words of a letter's Unicode name, and the script's code in ISO 15924.
_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HANGUL": "Hang", "CJK": "Hani", "GREEK": "Grek",
    "HEBREW": "Hebr", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "DEVANAGARI": "Deva", "BENGALI": "Beng",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "ETHIOPIC": "Ethi", "THAI": "Thai", "SYRIAC": "Syrc", "TAMIL": "Taml",
}  # fmt: skip
_KUNYA = re.compile(r"^(?:Abu|Abou|Abo|Umm?|Oumm?)[ -]\S+(?: \S+)?$", re.IGNORECASE)
STRONG, WEAK = "good", "weak"


class Entry:
    """One entry of a list on its way into rows: the record first, then what it says.

    `marks` are qualifiers that every claim of the entry carries.
    """

    def __init__(self, source: Source, record: Record, subject: str, kind: str, marks: Mapping[str, str]) -> None:
        self._source, self._record, self.subject, self.kind, self._marks = source, record, subject, kind, marks
        self.rows: list[Row] = [record]
        self._made: set[Claim] = set()
        self.claim("kind", kind)

    @property
    def recovered(self) -> bool:
        """Whether it comes from a damaged file."""
        return "recovered" in self._marks

    def claim(self, prop: str, value: str, valid: str = "", subject: str = "", **qualifiers: str) -> Claim:
        """Add one claim, unless the entry has made it before; empty qualifiers are left out."""
        kept = {key: text for key, text in (qualifiers | dict(self._marks)).items() if text}
        claim = self._source.claim(self._record, subject or self.subject, prop, value, valid, **kept)
        if claim not in self._made:
            self._made.add(claim)
            self.rows.append(claim)
        return claim

    def grade(self, claim: Claim, what: str, own: str = "") -> None:
        """The credibility that `source.yml` gives the listing itself, or the particulars of who is listed.

        `own` is that of this one claim, where the list itself doubts it.
        """
        stated = self._source.stated(Listing).credibility.get(what)
        if stated:
            self.rows.append(
                self._source.grade(claim, own or str(stated.grade), "the list doubts it" if own else stated.why)
            )

    def attribute(self, name: str, value: str, note: str = "") -> None:
        """What has no property of its own, under the publisher's word for it. Nothing if empty."""
        if value:
            self.claim("attribute", value, name=name, note=note)

    def alias(self, name: str, quality: str = "", alias_type: str = "", note: str = "") -> None:
        """Another name; its script where that isn't Latin. A kunya is found by its form. Nothing if empty."""
        if not name:
            return
        if not alias_type and self.kind == "Person" and _KUNYA.match(name):
            alias_type = "kunya"
        if quality == WEAK and not alias_type:
            alias_type = "weak alias"
        script = script_of(name)
        self.claim(
            "alias", name, quality=quality, alias_type=alias_type, script="" if script == "Latn" else script, note=note
        )

    def birth(self, text: str, note: str = "", order: Order = "dmy") -> None:
        """A date of birth; one that cannot be read is kept as it is written."""
        try:
            self.claim("birth", edtf(text, order), note=note)
        except BadDate:
            self.attribute("date of birth", text, note)

    def country(self, tie: str, text: str, note: str = "", valid: str = "", otherwise: str = "") -> None:
        """A tie to a country; a text that names none is kept as an attribute `otherwise`. Nothing if empty.

        `source.yml` may say under `countries` what a text means: a code, several, or `{code, valid, note, grade}`.
        """
        if not text:
            return
        corrected = self._source.stated(Listing).countries.get(text, text)
        meant = corrected if isinstance(corrected, tuple) else (corrected,)
        for one in meant:
            stated = one if isinstance(one, Meant) else Meant(one)
            word = stated.code
            code = None if word.isdigit() else country_code(word)  # no list means a state number
            if code is None:
                if word:
                    self.attribute(otherwise or tie.replace("_", " "), joined([note, text], ", "))
                continue
            claim = self.claim(
                tie,
                code,
                valid if stated.valid is None else stated.valid,
                note=note if stated.note is None else stated.note,
            )
            self.grade(claim, "particulars", "" if stated.grade is None else str(stated.grade))

    def listing(
        self, by: str, *, since: str = "", programme: str = "", reference: str = "", status: str = "listed"
    ) -> None:
        """That the entry is designated, and a person's status with it: certain up to its last change, possible after."""
        valid = until_told(_date(since) or "", _date(self._record.published) or "")
        self.grade(self.claim("designation", by, valid, programme=programme, reference=reference), "listing")
        if self.kind == "Person":
            detail = f"{by}: {programme}" if programme else by
            self.grade(self.claim("status", status, valid, detail=detail), "listing")


def _date(text: str) -> str | None:
    try:
        return edtf(text)
    except BadDate:
        return None


def joined(parts: list[str], by: str = " ") -> str:
    """Parts that are not empty, trimmed, in order."""
    return by.join(trimmed for part in parts if (trimmed := " ".join(part.split())))


def script_of(text: str) -> str:
    """ISO 15924 code of the first letter that isn't Latin; `Latn` where all are, empty where there is no letter."""
    if text.isascii():
        return "Latn"
    found = ""
    for sign in text:
        if sign.isalpha():
            found = _script(sign)
            if found != "Latn":
                return found
    return found


@lru_cache(maxsize=4096)
def _script(sign: str) -> str:
    return _SCRIPTS.get(unicodedata.name(sign, "").partition(" ")[0], "Zyyy")
