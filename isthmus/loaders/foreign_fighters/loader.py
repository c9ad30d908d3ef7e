"""ICSR's estimates of foreign fighters: one record a country and date, with the lowest and the highest number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.values import span
from isthmus.loaders.columns import Columns, Met, count, iso_day, row_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source

_UNKNOWN = frozenset({"NA"})


def load(source: Source) -> Iterator[Row]:
    """Yield a record and an estimate for each row that has a figure.

    Raises `UnknownWord` for a country that isn't known: the run stops.
    """
    yield source.row()
    yield from source.reliability()
    met = Met()

    def estimate(row: dict[str, str]) -> Iterator[Row]:
        met.start()
        text = row_text(row)
        country, day = _country(row.pop("country"), row.pop("countrycode")), iso_day(row.pop("icsr.date"))
        key = met.once("country and date", f"{country} {day}")
        low, high, mean = (count(row.pop(name, ""), name, _UNKNOWN) for name in ("icsr.low", "icsr.high", "icsr.mean"))
        if low and high and float(low) > float(high):
            raise BadRow(f"icsr.low {low} is above icsr.high {high}")
        source.expect_empty(row)
        met.keep()
        value = span(low, high) or mean
        if not value:
            source.skip(source.where, "no figure given")
            return
        record = source.record(key, pointer=f"country {country}, icsr.date {day}", published=day, text=text)
        yield record
        note = "" if low or high else "one number given"
        yield source.claim(record, country, "foreign_fighters", value, day, note=note, scope="left for Syria or Iraq")

    columns = Columns(source)
    for path in source.files():
        yield from source.each(columns.rows(source, path), estimate)


def _country(name: str, code: str) -> str:
    """The country by name and code, which must agree."""
    by_name, by_code = country_code(name), country_code(code) if not code.isdecimal() else None
    if not name and not code:
        raise BadRow("country is empty")
    if by_name is None and by_code is None:
        raise UnknownWord(f"country {name[:80]!r} ({code[:10]}) isn't known here; correct it in the file")
    if by_name and by_code and by_name != by_code:
        raise BadRow(f"country {name!r} is {by_name}, countrycode {code!r} is {by_code}")
    return by_name or by_code or ""
