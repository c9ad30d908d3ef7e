"""What a loader is handed: the files, the vocabulary it must keep to, and the books of what became of each row."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeVar, Unpack

from isthmus.graph import dates, values
from isthmus.graph.errors import BadInput, BadRow, UnknownWord
from isthmus.graph.record.rows import AFFIRMED, DENIED, Assessment, Claim, Record, Row, SourceRow, pack
from isthmus.graph.schema import nearest, schema
from isthmus.loaders import opening
from isthmus.loaders.sheets import Layout, csv_rows
from isthmus.loaders.tally import Quarantine, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")
_QUARANTINE_SHARE = 0.01
_ANY = Record("", "")
_EVERY = 0.2  # seconds between two calls of the progress callback


class Progress(NamedTuple):
    """How far a load is: rows read, share of the bytes (0..1), seconds so far."""

    rows: int
    share: float
    seconds: float


class Fault(NamedTuple):
    """One thing wrong with the input: where (file and line), the value, what to do about it."""

    where: str
    value: str
    message: str


@dataclass
class Source:
    """One source being read. `meta` is its `source.yml`; `options` are the user's words for this load."""

    name: str
    paths: list[Path]
    meta: dict[str, Any] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    quarantine_path: Path | None = None
    progress: Callable[[Progress], None] | None = None
    faults: list[Fault] | None = None  # a list when only checking: faults are kept, and nothing stops the run

    def __post_init__(self) -> None:
        """Open the books."""
        share = float(self.options.get("quarantine_share") or self.meta.get("quarantine", _QUARANTINE_SHARE))
        self.tally = Tally()
        self.where = ""  # file and line of the row being read
        self.places: dict[str, str] = {}  # record id -> where, when checking
        self._quarantine = Quarantine(self.quarantine_path, 1.0 if self.faults is not None else share)
        self._last: tuple[Record | None, str] = (None, "")
        self._known: dict[str, tuple[Callable[[str], None] | None, frozenset[str], bool]] = {}
        self._seen: dict[str, set[int]] = {}
        self._counts: Counter[str] = Counter()
        self._total = sum(_size(path) for path in self.paths)
        self._bytes = 0
        self._start = self._told = time.monotonic()

    # --- files -----------------------------------------------------------------------------------------------

    def files(self, *patterns: str) -> list[Path]:
        """The files to read: named ones, and those in named folders and zip archives that fit a pattern."""
        found = opening.files(self.paths, patterns or self.meta.get("files") or ("*",))
        if not found:
            raise BadInput(f"no file for {self.name} in {', '.join(map(str, self.paths)) or 'nothing'}")
        return found

    def open(self, path: Path) -> BinaryIO:
        """The unpacked bytes of a file (plain, gz, xz, bz2, zip), with limits on size and ratio."""
        return opening.open_binary(path, self._read)

    def encoding(self, path: Path) -> str:
        """The encoding of a text file, detected once and stated in the report; `source.yml` may fix it."""
        known = self.tally.encodings.get(path.name)
        if known is None:
            known = self.options.get("encoding") or self.meta.get("encoding") or opening.encoding_of(path)
            self.tally.encodings[path.name] = known
        return known

    def csv_rows(self, path: Path, **how: Unpack[Layout]) -> Iterator[dict[str, str]]:
        """The rows of a CSV file as dictionaries, with `__line__`; see `sheets.Layout` for what may be said."""
        return csv_rows(self, path, **how)

    def excel_rows(self, path: Path, *, sheet: str = "", **how: Unpack[Layout]) -> Iterator[dict[str, str]]:
        """The rows of an Excel sheet (the first if none is named), as `csv_rows` gives them."""
        from isthmus.loaders.excel import excel_rows

        return excel_rows(self, path, sheet=sheet, **how)

    def _read(self, count: int) -> None:
        self._bytes += count

    # --- rows and their books --------------------------------------------------------------------------------

    def reading(self, rows: Iterable[T], where: Callable[[T], str] | None = None) -> Iterator[T]:
        """Pass rows on, counting each as read. `csv_rows` does so itself."""
        for row in rows:
            self.count(where(row) if where is not None else self.where)
            yield row

    def count(self, where: str) -> None:
        """Count one row as read, at this place."""
        self.where = where
        self.tally.read += 1
        if self.progress is not None and not self.tally.read & 0xFF:
            self.tell()

    def each(self, rows: Iterable[T], make: Callable[[T], Iterable[Row]]) -> Iterator[Row]:
        """What `make` makes of each row: all of it or, if it raises `BadRow`, none of it.

        A row that raised goes to quarantine with the reason. `make` may call `skip` and yield nothing; a row that
        yields nothing without a word is counted as skipped, `nothing in it to load`.
        """
        tally = self.tally
        for row in rows:
            skipped, kept = tally.skipped, dict(row) if isinstance(row, dict) else row  # `make` takes fields out
            try:
                made = list(make(row))
            except BadRow as bad:
                self.quarantine(self.where, str(bad), kept)
                continue
            except UnknownWord as unknown:
                if self.faults is None:
                    raise UnknownWord(f"{self.where}: {unknown}") from unknown
                self.quarantine(self.where, str(unknown), kept)
                continue
            if made:
                tally.loaded += 1
            elif tally.skipped == skipped:
                self.skip(self.where, "nothing in it to load")
            yield from made

    def quarantine(self, where: str, reason: str, row: object) -> None:
        """Set a row aside: it is written down with its reason, and the load goes on, up to the stated share."""
        self.tally.quarantined += 1
        self.tally.reasons[reason] += 1
        if self.faults is not None:
            self.faults.append(Fault(where, _shown(row), reason))
        self._quarantine.put(where, reason, row)
        self._quarantine.judge(self.tally)

    def reads(self, property: str, value: str) -> bool:  # noqa: A002
        """Whether a cell's value can be read. One that cannot is set aside by itself, and its row stands without it."""
        check = values.checker(property)
        try:
            if check is not None:
                check(value)
        except BadRow as bad:
            self.tally.cells += 1
            self.notice(f"{property} set aside, and its row kept: {bad}")
            self._quarantine.put(self.where, str(bad), {property: value})
            if self.faults is not None:
                self.faults.append(Fault(self.where, f"{property}={value}", str(bad)))
            return False
        return True

    def skip(self, where: str, reason: str) -> None:
        """Pass a row over on purpose: it is counted under the reason."""
        del where  # the signature is that of `quarantine`; a count by reason is what a reader needs
        self.tally.skips[reason] += 1

    def expect_empty(self, row: Mapping[str, str], ignore: Collection[str] = (), where: str = "") -> None:
        """Report what is left in a row: fields nobody took out and nobody chose to ignore."""
        del where
        for key, value in row.items():
            if value and key not in ignore and not key.startswith("__"):
                self.tally.unread[key] += 1

    def notice(self, text: str) -> None:
        """Something the reader should know, counted."""
        self.tally.notices[text] += 1

    # --- what a loader yields --------------------------------------------------------------------------------

    def row(self, **changed: str) -> SourceRow:
        """The source itself, from `source.yml`; fields may be given anew."""
        publisher = self.meta.get("publisher", "")
        stated = {
            "title": self.meta.get("title", self.name),
            "publisher": publisher.get("name", "") if isinstance(publisher, dict) else publisher,
            "published": self.meta.get("published", ""),
            "locator": self.meta.get("locator", ""),
            "language": self.meta.get("language", ""),
            "licence": "; to be cited: ".join(filter(None, (self.meta.get("licence"), self.meta.get("attribution")))),
            "extent_seen": self.meta.get("extent_seen", "dataset"),
            "derived_from": self.meta.get("derived_from", ""),
        }
        return SourceRow(self.name, **{key: str(value) for key, value in (stated | changed).items()})

    def reliability(self, at: str = "") -> Iterator[Assessment]:
        """The source's reliability as `source.yml` states it; nothing where it states none."""
        if grade := self.meta.get("reliability"):
            yield Assessment("source", self.name, str(grade), f"loader {self.name}", at, self.meta.get("graded", ""))

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
            once = bool(schema().declared(property).get("once"))
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
        for key in qualifiers.keys() - allowed:
            raise UnknownWord(f"qualifier {key!r} of {property}; did you mean {nearest(key, allowed)!r}?")
        if polarity not in {AFFIRMED, DENIED}:
            raise UnknownWord(f"polarity {polarity!r}; it is {AFFIRMED!r} or {DENIED!r}")
        if record is not self._last[0]:
            self._last = (record, record.id)
        return Claim(self._last[1], subject, property, value, valid, polarity, pack(qualifiers) if qualifiers else "")

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
        if grade not in schema().grades["credibility"]:
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
            self._quarantine.close()

    @property
    def counts(self) -> dict[str, int]:
        """Entities by kind so far; at the end, records and claims too."""
        return {kind: len(ids) for kind, ids in sorted(self._seen.items())} | dict(sorted(self._counts.items()))

    def _finish(self) -> None:
        self.tally.close()
        self._quarantine.judge(self.tally, at_end=True)
        self.tell(share=1.0)
        if self.options.get("any_count") or self.faults is not None:
            return
        counts = self.counts
        for what, (low, high) in self.meta.get("expect", {}).items():
            if not low <= counts.get(what, 0) <= high:
                raise BadInput(
                    f"{self.name}: {counts.get(what, 0):,} {what}, where {low:,} to {high:,} are expected; "
                    "the file is cut or its layout changed. Nothing was loaded; --any-count loads it all the same"
                )

    def tell(self, share: float | None = None) -> None:
        """Call the progress callback, a few times a second at most."""
        now = time.monotonic()
        if self.progress is None or (share is None and now - self._told < _EVERY):
            return
        self._told = now
        read = min(self._bytes / self._total, 0.99) if self._total else 0.0
        self.progress(Progress(self.tally.read, read if share is None else share, now - self._start))


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(child.stat().st_size for child in path.rglob("*") if child.is_file())
    return path.stat().st_size if path.is_file() else 0


def _shown(row: object) -> str:
    text = "; ".join(f"{key}={value}" for key, value in row.items() if value) if isinstance(row, dict) else str(row)
    return text[:200]
