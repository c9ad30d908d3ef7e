"""What a loader is handed: the books, and the vocabulary it must keep to."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from isthmus.graph import dates, values
from isthmus.graph.errors import BadInput, BadRow, UnknownWord
from isthmus.graph.record.rows import AFFIRMED, DENIED, Assessment, Claim, Record, Row, SourceRow, pack
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import suggestion
from isthmus.loaders.books import Books, Fault, Progress
from isthmus.loaders.excel import excel_rows
from isthmus.loaders.sheets import Layout, csv_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["Fault", "Progress", "Source"]

_ANY = Record("", "")
_NO_END = "9999-12-31"


@dataclass
class Source(Books):
    """One source being read: its rows become records and claims that keep to `schema.yml`."""

    def __post_init__(self) -> None:
        """Open the books, with nothing said yet."""
        super().__post_init__()
        self.places: dict[str, str] = {}  # record id -> where, when checking
        self._last: tuple[Record | None, str] = (None, "")
        self._known: dict[str, tuple[Callable[[str], None] | None, frozenset[str], bool]] = {}
        self._seen: dict[str, set[int]] = {}
        self._counts: Counter[str] = Counter()

    def csv_rows(self, path: Path, **how: Unpack[Layout]) -> Iterator[dict[str, str]]:
        """The rows of a CSV file as dictionaries, with `__line__`; see `sheets.Layout` for what may be said."""
        return csv_rows(self, path, **how)

    def excel_rows(self, path: Path, *, sheet: str = "", **how: Unpack[Layout]) -> Iterator[dict[str, str]]:
        """The rows of an Excel sheet (the first if none is named), as `csv_rows` gives them."""
        return excel_rows(self, path, sheet=sheet, **how)

    # --- what a loader yields --------------------------------------------------------------------------------

    def row(self, **changed: str) -> SourceRow:
        """The source itself, from `source.yml`; fields may be given anew."""
        meta = self.meta
        stated = {
            "title": meta.title or self.name,
            "publisher": meta.publisher.name,
            "published": meta.published,
            "locator": meta.locator,
            "language": meta.language,
            "licence": "; to be cited: ".join(filter(None, (meta.licence, meta.attribution))),
            "extent_seen": meta.extent_seen,
            "derived_from": meta.derived_from,
        }
        return SourceRow(self.name, **(stated | changed))

    def reliability(self, at: str = "") -> Iterator[Assessment]:
        """The source's reliability as `source.yml` states it; nothing where it states none."""
        if grade := self.meta.reliability:
            yield Assessment("source", self.name, grade, f"loader {self.name}", at, self.meta.graded)

    def record(
        self, native_key: str, *, pointer: str = "", exact: str = "yes", published: str = "", text: str = "",
        source: str = "",
    ) -> Record:  # fmt: skip
        """One row of a list, one passage of a text. `native_key` must stay the same from edition to edition."""
        if not native_key:
            raise BadRow("the row has no key of its own")
        record = Record(source or self.name, native_key, pointer, exact, published, text)
        if self.faults is not None:
            self.places[record.id] = self.where
        return record

    def claim(
        self, record: Record, subject: str, property: str, value: str, valid: str = "", polarity: str = AFFIRMED,  # noqa: A002
        **qualifiers: str,
    ) -> Claim:  # fmt: skip
        """A claim that keeps to `schema.yml`.

        Raises
        ------
        UnknownWord
            Property, qualifier or code isn't declared: it could change the meaning, so the run stops.
        BadRow, BadDate
            No subject or value, or one that cannot be read: the row is set aside.
        """
        known = self._known.get(property)
        if known is None:
            declared = schema().properties.get(property)
            once = declared is not None and declared.once
            known = self._known[property] = (values.checker(property), schema().allowed_qualifiers(property), once)
        if not subject or not value:
            raise BadRow(f"{property} lacks {'its value' if subject else 'a subject'}")
        check, allowed, once = known
        if check is not None:
            check(value)
        if once:
            value = dates.once(value)
        if valid:
            dates.parse(valid)
        self._tell_no_end(value, valid)
        for key in qualifiers.keys() - allowed:
            raise UnknownWord(f"qualifier {key!r} of {property}; {suggestion(key, allowed)}")
        if polarity not in {AFFIRMED, DENIED}:
            raise UnknownWord(f"polarity {polarity!r}; it is {AFFIRMED!r} or {DENIED!r}")
        if record is not self._last[0]:
            self._last = (record, record.id)
        return Claim(self._last[1], subject, property, value, valid, polarity, pack(qualifiers) if qualifiers else "")

    def _tell_no_end(self, value: str, valid: str) -> None:
        if value == _NO_END or _NO_END in valid:
            self.notice(f"{_NO_END}, which many programs write for no end, is kept as written and counts as no date")

    def check_claim(self, made: Claim) -> None:
        """Raise what `claim` would for a claim that comes ready made."""
        try:
            qualifiers = json.loads(made.qualifiers or "{}")
        except ValueError as broken:
            raise BadRow(f"qualifiers {made.qualifiers!r} are no JSON ({broken})") from broken
        if not isinstance(qualifiers, dict) or pack(qualifiers) != made.qualifiers:
            raise BadRow(f"qualifiers {made.qualifiers!r} are not in their canonical form")
        self.claim(_ANY, made.subject, made.property, made.value, made.valid, made.polarity, **qualifiers)

    def grade(self, claim: Claim, grade: str, why: str = "", *, at: str = "", by: str = "") -> Assessment:
        """Credibility 1-6 of a claim."""
        if grade not in schema().grades.credibility:
            raise UnknownWord(f"credibility {grade!r}; it is a digit 1-6")
        return Assessment("claim", claim.id, grade, by or f"loader {self.name}", at, why)

    # --- the run ---------------------------------------------------------------------------------------------

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass a loader's rows on, counting entities by kind; at the end, hold the counts to `source.yml`."""
        seen, claims, records = self._seen, 0, 0
        try:
            for row in rows:
                if isinstance(row, Claim):
                    claims += 1
                    if row.property == "kind":
                        seen.setdefault(row.value, set()).add(hash(row.subject))
                elif isinstance(row, Record):
                    records += 1
                yield row
            self._counts.update(claims=claims, records=records)
            self._finish()
        finally:
            self.put_away()

    @property
    def counts(self) -> dict[str, int]:
        """Entities by kind so far; at the end, records and claims too."""
        return {kind: len(ids) for kind, ids in sorted(self._seen.items())} | dict(sorted(self._counts.items()))

    def _finish(self) -> None:
        self.close()
        if self.options.get("any_count") or self.faults is not None:
            return
        counts = self.counts
        for what, (low, high) in self.meta.expect.items():
            if not low <= counts.get(what, 0) <= high:
                raise BadInput(
                    f"{self.name}: {counts.get(what, 0):,} {what}, where {low:,} to {high:,} are expected; "
                    "the file is cut or its layout changed. Nothing was loaded; --any-count loads it all the same"
                )
