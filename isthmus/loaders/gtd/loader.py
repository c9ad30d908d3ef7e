"""The Global Terrorism Database: one record, one event a row, in any of its layouts.

What the codebook calls "related" are incidents of one co-ordinated series; it says nothing of who directed them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.loaders.columns import Met, category, count, iso_day, partial_date, point
from isthmus.loaders.gtd.register import Register
from isthmus.loaders.gtd.stated import Own
from isthmus.loaders.wide import Table, packed, sayer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source
    from isthmus.loaders.wide import Say

_KEY = re.compile(r"^(?:\d{12}|[A-Z]{2,4}\d{1,9})$")  # the second form is another data base's, in merged files
_RELATED = re.compile(r"^\d{12}$")
_UNKNOWN_COUNTS = frozenset({"-9", "-99"})
_ATTACKS = tuple((f"attacktype{number}_txt", f"attacktype{number}") for number in "123")
_WEAPONS = tuple((f"weaptype{number}_txt", f"weaptype{number}") for number in "1234")
_TARGETS = tuple((f"targtype{number}_txt", f"targtype{number}", f"natlty{number}_txt") for number in "123")
_CODES = tuple((f"int_{word}", f"INT_{word.upper()} ") for word in ("log", "ideo", "misc", "any"))
_SCHEME = packed("scheme", "GTD")
_DOUBT = {"no": ("2", "no doubt of terrorism proper"), "yes": ("3", "terrorism proper is doubted")}
_UNJUDGED = ("6", "not coded whether terrorism proper is doubted")


def load(source: Source) -> Iterator[Row]:
    """Yield a record for each incident, and what its columns claim.

    Raises `UnknownWord` for a category or country that isn't known: the run stops.
    """
    yield source.row()
    yield from source.reliability()
    reader = _Reader(source)
    for path in source.files():
        yield from source.each(reader.table.rows(source, path), reader.event)


class _Reader:
    """What is needed to read rows, and what was met so far: keys, groups, places."""

    def __init__(self, source: Source) -> None:
        self.source, self.table, self.met = source, Table(source), Met()
        self.register = Register(source, self.met)
        self.attack, self.target = category(source, "attacktype"), category(source, "targtype")
        self.weapon, self.alternative = category(source, "weaptype"), category(source, "alternative")
        self.yes_no, self.precision = category(source, "yesno"), category(source, "specificity")
        self.manual = category(source, "manual")
        self.no_states = frozenset(source.stated(Own).not_countries)

    def event(self, row: dict[str, str]) -> list[Row]:
        """Everything that one row says."""
        if self.manual.word(row["manual"]) == "against a terrorist organization":
            self.source.skip(self.source.where, "an attack on a terrorist organisation, which is no incident here")
            return []
        self.met.start()
        key = row["eventid"]
        if not _KEY.match(key):
            raise BadRow(f"eventid {key[:40]!r} is no 12 digits; was it read as a number?")
        when = self._when(row, key)
        country = self._country("country_txt", row["country_txt"])
        if not country:
            raise BadRow("country_txt is empty")
        pointer = f"eventid {key}"
        record = self.source.record(self.met.once("eventid", key), pointer=pointer, text=row["__text__"])
        made: list[Row] = [record]
        say = sayer(made, record.id, f"gtd:{key}")
        say("kind", "Event")
        self._what(made, say, row)
        say("date", when, "", packed("note", row["approxdate"]) if row["approxdate"] else "")
        say("occurred_in", country, when)
        self.register.place(made, say, row, country, when)
        self._point(say, row)
        self._targets(say, row)
        self._harm(say, row)
        self.register.groups(made, say, row, country, when)
        if row["related"]:
            self._series(say, f"gtd:{key}", row["related"])
        self.met.keep()
        return made

    def _when(self, row: dict[str, str], key: str) -> str:
        """The date, to its end where the incident lasted longer than a day."""
        year = row["iyear"] or key[:4]
        if "iday" in self.table.lacking and len(key) == 12:  # the key begins with the date
            start = self._day_of_key(year, row["imonth"], key[6:8])
        else:
            start = partial_date(year, row["imonth"], row["iday"])
        end = row["resolution"]
        if not end or self.yes_no[row["extended"]] != "yes":
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
        code = country_code(text) if text else None
        if code is None and text and text not in self.no_states:
            raise UnknownWord(f"{column} {text[:80]!r} is no country known here; correct it")
        return code or ""

    def _what(self, made: list[Row], say: Say, row: dict[str, str]) -> None:
        attack = say("event_kind", "attack")
        doubt = self.yes_no[row["doubtterr"]]
        made.append(self.source.grade(attack, *_DOUBT.get(doubt, _UNJUDGED)))
        other = self.alternative[row["alternative_txt"], row["alternative"]]
        if doubt == "yes":
            say("doubt", f"perhaps {other}" if other else "doubted")
        for name, found, columns in (("attack_type", self.attack, _ATTACKS), ("weapon_type", self.weapon, _WEAPONS)):
            words = {found[row[text], row[code]]: None for text, code in columns if row[text] or row[code]}
            for word in words:  # each once, in their order
                if word != "Unknown":
                    say(name, word)
        if word := self.yes_no[row["success"]]:
            say("success", word)
        if self.yes_no[row["suicide"]] == "yes":
            say("attribute", "suicide attack", "", packed("name", "suicide"))

    def _point(self, say: Say, row: dict[str, str]) -> None:
        found = point(row["latitude"], row["longitude"])
        precision = self.precision[row["specificity"]]
        near = self.yes_no[row["vicinity"]]
        if found:
            words = f"near {precision}" if near == "yes" else precision
            say("coordinates", found, "", packed("precision", words) if words else "")

    def _targets(self, say: Say, row: dict[str, str]) -> None:
        """Types and nationalities of up to three targets, each once."""
        types, said = set(), set()
        for text, code, nationality in _TARGETS:
            if not (row[text] or row[code] or row[nationality]):
                continue
            word = self.target[row[text], row[code]]
            country = self._country(nationality, row[nationality])
            if word and word != "Unknown" and word not in types:
                types.add(word)
                say("target_type", word)
            if (word, row[nationality]) in said:
                continue
            said.add((word, row[nationality]))
            if country:
                say("targets", country, "", packed("role", word) if word else "")
            elif row[nationality]:
                say(
                    "attribute", f"target's nationality: {row[nationality]}", "", packed("name", "target's nationality")
                )

    def _harm(self, say: Say, row: dict[str, str]) -> None:
        for column, name in (("nkill", "killed"), ("nwound", "wounded")):
            if number := count(row[column], column, _UNKNOWN_COUNTS):
                say(name, number)
        attackers = count(row["nkillter"], "nkillter", _UNKNOWN_COUNTS)
        if attackers and attackers != "0":
            say("attribute", f"attackers killed: {attackers}", "", packed("name", "attackers killed"))
        for column, label in _CODES:
            value = row[column]
            if self.yes_no[value]:
                say("cross_border_code", label + value, "", _SCHEME)

    def _series(self, say: Say, event: str, related: str) -> None:
        """Ties to the other incidents of a series, from the lower id to the higher, as both rows state them."""
        others = dict.fromkeys(part.strip() for part in related.split(","))
        for other in others:
            if not other or f"gtd:{other}" == event:
                continue
            if not _RELATED.match(other):
                self.source.notice("related incident that has no 12 digits")
                continue
            first, second = sorted((event, f"gtd:{other}"))
            say("kind", "Event", subject=f"gtd:{other}")
            say("related_to", second, subject=first)
