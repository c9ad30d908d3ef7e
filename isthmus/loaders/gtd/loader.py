"""The Global Terrorism Database: one record, one event a row, in any of its layouts.

What the codebook calls "related" are incidents of one co-ordinated series; it says nothing of who directed them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.schema import nearest
from isthmus.loaders.columns import (
    Columns,
    Met,
    category,
    count,
    iso_day,
    partial_date,
    point,
    row_text,
)
from isthmus.loaders.gtd.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.records import Claim, Record, Row
    from isthmus.loaders.source import Source

_KEY = re.compile(r"^(?:\d{12}|[A-Z]{2,4}\d{1,9})$")  # the second form is another data base's, in merged files
_RELATED = re.compile(r"^\d{12}$")
_UNKNOWN_COUNTS = frozenset({"-9", "-99"})
_INT_CODES = ("int_log", "int_ideo", "int_misc", "int_any")
_DOUBT = {"no": ("2", "no doubt of terrorism proper"), "yes": ("3", "terrorism proper is doubted")}
_UNJUDGED = ("6", "not coded")


def load(source: Source) -> Iterator[Row]:
    """Yield a record for each incident, and what its columns claim.

    Raises `UnknownWord` for a category or country that isn't known: the run stops.
    """
    yield source.row()
    yield from source.reliability()
    reader = _Reader(source)
    for path in source.files():
        yield from source.each(reader.columns.rows(source, path), reader.event)


class _Reader:
    """What is needed to read rows, and what was met so far: keys, groups, places."""

    def __init__(self, source: Source) -> None:
        self.source, self.claim = source, source.claim
        self.columns, self.met = Columns(source), Met()
        self.register = Register(source, self.met)
        self.ignored = frozenset(source.meta["ignored"])
        self.attack, self.target = category(source, "attacktype"), category(source, "targtype")
        self.weapon, self.alternative = category(source, "weaptype"), category(source, "alternative")
        self.yes_no, self.precision = category(source, "yesno"), category(source, "specificity")
        self.manual = category(source, "manual")
        self.no_states = frozenset(source.meta["not_countries"])

    def event(self, row: dict[str, str]) -> Iterator[Row]:
        """Everything that one row says."""
        if self.manual.word(row.pop("manual", "")) == "against a terrorist organization":
            self.source.skip(self.source.where, "an attack on a terrorist organisation, which is no incident here")
            return
        self.met.start()
        text = row_text(row)
        key = row.pop("eventid")
        if not _KEY.match(key):
            raise BadRow(f"eventid {key[:40]!r} is no 12 digits; was it read as a number?")
        record = self.source.record(self.met.once("eventid", key), pointer=f"eventid {key}", text=text)
        event = f"gtd:{key}"
        when = self._when(row, key)
        country = self._country("country_txt", row.pop("country_txt"))
        if not country:
            raise BadRow("country_txt is empty")
        yield record
        yield self.claim(record, event, "kind", "Event")
        yield from self._what(record, event, row)
        note = {"note": approximate} if (approximate := row.get("approxdate", "")) else {}
        yield self.claim(record, event, "date", when, **note)
        yield from self._where(record, event, row, country, when)
        yield from self._targets(record, event, row)
        yield from self._harm(record, event, row)
        yield from self.register.groups(record, event, row, when)
        yield from self._series(record, event, row.pop("related", ""))
        self.source.expect_empty(row, self.ignored)
        self.met.keep()

    def _when(self, row: dict[str, str], key: str) -> str:
        """The date, to its end where the incident lasted longer than a day."""
        year, month = row.pop("iyear", "") or key[:4], row.pop("imonth", "")
        day = row.pop("iday", None)
        if day is None and len(key) == 12:  # a cut without the column: the key begins with the date
            day = key[6:8]
            start = self._day_of_key(year, month, day)
        else:
            start = partial_date(year, month, day or "")
        extended = self.yes_no.word("", row.pop("extended", ""))
        end = row.pop("resolution", "")
        if extended != "yes" or not end:
            return start
        try:
            last = iso_day(end, month_first=True, serial=True)
        except BadRow:
            self.source.notice("resolution that is no date")
            return start
        return f"{start}/{last}" if last > start else start

    def _day_of_key(self, year: str, month: str, day: str) -> str:
        try:
            return partial_date(year, month, day)
        except BadRow:
            self.source.notice("day in an eventid that no calendar has")
            return partial_date(year, month, "")

    def _country(self, column: str, text: str) -> str:
        code = country_code(text)
        if code is None and text not in self.no_states and text not in {"", "N/A"}:
            near = nearest(text, self.no_states)
            raise UnknownWord(f"{column} {text[:80]!r} is no country known here (nor {near!r}); correct it")
        return code or ""

    def _what(self, record: Record, event: str, row: dict[str, str]) -> Iterator[Row]:
        attack = self.claim(record, event, "event_kind", "attack")
        yield attack
        doubt = self.yes_no.word("", row.pop("doubtterr", ""))
        yield self.source.grade(attack, *_DOUBT.get(doubt, _UNJUDGED))
        other = self.alternative.word(row.pop("alternative_txt", ""), row.pop("alternative", ""))
        if doubt == "yes":
            yield self.claim(record, event, "doubt", f"perhaps {other}" if other else "doubted")
        for number in "123":
            word = self.attack.word(row.pop(f"attacktype{number}_txt", ""), row.pop(f"attacktype{number}", ""))
            if word and word != "Unknown":
                yield self.claim(record, event, "attack_type", word)
        for number in "1234":
            word = self.weapon.word(row.pop(f"weaptype{number}_txt", ""), row.pop(f"weaptype{number}", ""))
            if word and word != "Unknown":
                yield self.claim(record, event, "weapon_type", word)
        for name in ("success", "suicide"):
            word = self.yes_no.word("", row.pop(name, ""))
            if word and name == "success":
                yield self.claim(record, event, "success", word)
            elif word == "yes":
                yield self.claim(record, event, "attribute", "suicide attack", name="suicide")

    def _where(self, record: Record, event: str, row: dict[str, str], country: str, when: str) -> Iterator[Row]:
        yield self.claim(record, event, "occurred_in", country, when)
        yield from self.register.place(record, event, row, country, when)
        found = point(row.pop("latitude", ""), row.pop("longitude", ""))
        precision = self.precision.word("", row.pop("specificity", ""))
        near = self.yes_no.word("", row.pop("vicinity", ""))
        if found:
            yield self.claim(
                record, event, "coordinates", found, precision=f"near {precision}" if near == "yes" else precision
            )

    def _targets(self, record: Record, event: str, row: dict[str, str]) -> Iterator[Claim]:
        for number in "123":
            word = self.target.word(row.pop(f"targtype{number}_txt", ""), row.pop(f"targtype{number}", ""))
            nationality = row.pop(f"natlty{number}_txt", "")
            if word and word != "Unknown":
                yield self.claim(record, event, "target_type", word)
            country = self._country(f"natlty{number}_txt", nationality)
            if country:
                yield self.claim(record, event, "targets", country, role=word)
            elif nationality in self.no_states:
                name = "target's nationality"
                yield self.claim(record, event, "attribute", f"{name}: {nationality}", name=name)

    def _harm(self, record: Record, event: str, row: dict[str, str]) -> Iterator[Claim]:
        for column, name in (("nkill", "killed"), ("nwound", "wounded")):
            number = count(row.pop(column, ""), column, _UNKNOWN_COUNTS)
            if number:
                yield self.claim(record, event, name, number)
        attackers = count(row.pop("nkillter", ""), "nkillter", _UNKNOWN_COUNTS)
        if attackers and attackers != "0":
            name = "attackers killed"
            yield self.claim(record, event, "attribute", f"{name}: {attackers}", name=name)
        for code in _INT_CODES:
            if self.yes_no.word("", value := row.pop(code, "")):
                yield self.claim(record, event, "cross_border_code", f"{code.upper()} {value}", scheme="GTD")

    def _series(self, record: Record, event: str, related: str) -> Iterator[Claim]:
        """Ties to the other incidents of a series, from the lower id to the higher, as both rows state them."""
        for other in {part.strip() for part in related.split(",")} - {"", "N/A", event.removeprefix("gtd:")}:
            if not _RELATED.match(other):
                self.source.notice("related incident that has no 12 digits")
                continue
            first, second = sorted((event, f"gtd:{other}"))
            yield self.claim(record, f"gtd:{other}", "kind", "Event")
            yield self.claim(record, first, "related_to", second)
