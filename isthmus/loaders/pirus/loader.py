"""PIRUS: one anonymous person a row, with the groups, countries and codes that its columns give.

The file says nothing of a person's name, and its codes of arrest and sentence no legal status in this vocabulary.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.loaders.columns import Columns, Met, category, iso_day, row_text
from isthmus.loaders.pirus.stated import Own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Record, Row
    from isthmus.loaders.source import Source

_CODE = re.compile(r"^-?\d{1,4}$")
_SEVERAL = re.compile(r"[;,]")


def load(source: Source) -> Iterator[Row]:
    """Yield a record for each person, and what its columns claim.

    Raises `UnknownWord` for a category or country that isn't known: the run stops.
    """
    yield source.row()
    yield from source.reliability()
    reader = _Reader(source)
    for path in source.files():
        yield from source.each(reader.columns.rows(source, path), reader.person)


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source, self.claim, self.met, self.columns = source, source.claim, Met(), Columns(source)
        self.gender, self.yes_no = category(source, "gender"), category(source, "yesno")
        self.meta = source.stated(Own)
        self.unknown = frozenset(source.stated(Own).unknown)
        self.corrected: dict[str, str] = source.stated(Own).corrections["country"]
        self.kept = frozenset(source.stated(Own).kept)

    def person(self, row: dict[str, str]) -> Iterator[Row]:
        """Everything that one row says."""
        self.met.start()
        text = row_text(row)
        key = self.met.once("subject_id", row.pop("subject_id"))
        record, person = self.source.record(key, pointer=f"Subject_ID {key}", text=text), f"pirus:{key}"
        codes = [(name, self._code(name, row.pop(name, ""))) for name in self.meta.coded]
        yield record
        yield self.claim(record, person, "kind", "Person")
        if (gender := row.pop("gender", "")) not in self.unknown:
            yield self.claim(record, person, "gender", self.gender[gender])
        for column, word in self.meta.ideologies.items():
            if self.yes_no[row.pop(column, "")] == "yes":
                yield self.claim(record, person, "radicalised", word)
        yield from self._places(record, person, row)
        yield from self._groups(record, person, row)
        for name, code in codes:
            if code:
                yield self.claim(record, person, "attribute", f"{name}: {code}", name=name)
        if (exposed := row.get("date_exposure", "")) not in self.unknown:
            self._check_day(exposed)
        self.source.expect_empty(row, self.kept)
        self.met.keep()

    def _code(self, name: str, text: str) -> str:
        if text in self.unknown:
            return ""
        if not _CODE.match(text):
            raise BadRow(f"{name} {text[:40]!r} is no code; have the row's cells slipped?")
        return text

    def _check_day(self, text: str) -> None:
        try:
            iso_day(text, month_first=True, serial=True)
        except BadRow:
            self.source.notice("date_exposure that is no date")

    def _places(self, record: Record, person: str, row: dict[str, str]) -> Iterator[Row]:
        """Citizenships, birthplace and home; the home is a state of the union, so it is in the United States."""
        for tie, column in (("citizen_of", "citizenship"), ("born_in", "nativity")):
            for country in self._countries(column, row.pop(column, "")):
                yield self.claim(record, person, tie, country)
        state, city = row.pop("loc_habitation_state1", ""), row.pop("loc_habitation_city1", "")
        if state not in self.unknown:
            yield self.claim(record, person, "resident_of", "US")
            yield self.claim(record, person, "region", state)
        if city not in self.unknown:
            yield self.claim(record, person, "city", city)

    def _countries(self, column: str, text: str) -> Iterator[str]:
        if text in self.unknown:
            return
        for part in dict.fromkeys(name.strip() for name in _SEVERAL.split(text)):
            code = country_code(self.corrected.get(part, part))
            if code is None:
                raise UnknownWord(f"{column} {part[:80]!r} is no country known here; correct it in source.yml")
            yield code

    def _groups(self, record: Record, person: str, row: dict[str, str]) -> Iterator[Row]:
        for name in dict.fromkeys(row.pop(column, "") for column in self.meta.groups):
            if name in self.unknown:
                continue
            group = f"pirus:group/{name}"
            if self.met.first(group):
                own = self.source.record(group, pointer="column Terrorist_Group_Name1", exact="no", text=name)
                yield own
                yield self.claim(own, group, "kind", "Organisation")
                yield self.claim(own, group, "name", name)
            yield self.claim(record, person, "member_of", group, role="affiliated")
