"""Rows of the wide sheets: one record for each publication a row names, and its statements on each record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph import dates
from isthmus.graph.errors import BadRow, UnknownWord
from isthmus.graph.record.rows import Assessment, Holding, Record, Row, SourceRow
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices, suggestion
from isthmus.loaders.tables.grading import confirmed, credibility
from isthmus.loaders.tables.making import MAKERS, Cells, CountryCell, Said, country, parts
from isthmus.loaders.tables.told import could_tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.loaders.source import Source

_STATES = ("held", "not held", "believed otherwise", "unknown")
_HOW = ("", "collected", "received", "by rule")
_USED = ("", "acted on", "not acted on", "unknown")


class Evidence:
    """The evidence columns of one row: its publications, the places in them, and its grade.

    `text` is the whole row: a corrected cell makes another record, which supersedes the one before.
    """

    def __init__(self, native: str, row: Cells) -> None:
        self.native = native
        self.text = "; ".join(f"{name}: {cell}" for name, cell in row.items() if cell)
        self.keys = parts(row.pop("sources", ""))
        pointer = row.pop("pointer", "")
        places = [part.strip() for part in pointer.split(";")]
        own = len(places) == len(self.keys) and len(self.keys) > 1
        self.pointers = dict(zip(self.keys, places, strict=True)) if own else {}
        self.pointer, self.exact = pointer, "yes" if len(self.keys) == 1 else "no"
        self.confidence, self.by_hand = row.pop("confidence", ""), row.pop("credibility", "")
        if not self.keys:
            raise BadRow("the row names no source; fill its column sources")

    def place(self, key: str) -> tuple[str, str]:
        """Pointer into a publication, and whether it names the very place."""
        if key not in self.keys:
            return "", "no"
        pointer = self.pointers.get(key, self.pointer)
        exact = "yes" if key in self.pointers else self.exact
        return pointer, exact if pointer else "no"


class Wide:
    """Makes rows of a case from the wide sheets of one load. `publications` are those of the sheet `sources`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.publications: dict[str, SourceRow] = {}

    def publication(self, row: Cells) -> Iterator[Row]:
        """A row of `sources`: the publication and its reliability."""
        row.pop("__line__", None)
        letter, kind = row.pop("reliability", ""), row.pop("publisher_class", "")
        if letter and letter not in schema().grades.reliability:
            raise UnknownWord(f"reliability {letter!r}; it is a letter A-F")
        extent, copy = row.pop("extent_seen", ""), row.pop("copy_read", "")
        if published := row.get("published"):
            dates.parse(published)
        derived = ";".join(parts(row.pop("derived_from", "")))
        made = SourceRow(**row, derived_from=derived, extent_seen=f"{extent}; copy read: {copy}" if copy else extent)
        if made.id in self.publications:
            raise BadRow(f"duplicate: source {made.id!r} stands twice")
        self.publications[made.id] = made
        yield made
        if letter:
            yield Assessment("source", made.id, letter, "loader tables", "", kind)

    def statements(self, sheet: str, row: Cells) -> Iterator[Row]:
        """A row of any other sheet but `holdings`: its statements, on a record of each publication."""
        make, names = MAKERS[sheet]
        row.pop("__line__", None)
        evidence = Evidence(_native(sheet, *(row.get(name, "") for name in names)), row)
        said = [one for told in make(row) for one in self._read(told)]
        self.source.expect_empty(row)
        keys = dict.fromkeys(evidence.keys)
        for one in said:
            keys.update(dict.fromkeys(parts(one.sources)))
        for key in keys:
            mine = [one for one in said if key in (parts(one.sources) or evidence.keys)]
            yield from self._claims(key, evidence, list(self._told(key, evidence, mine)) or mine)

    def _told(self, key: str, evidence: Evidence, mine: list[Said]) -> Iterator[Said]:
        """What the publication `key` can have told of `mine`, beside the others that the row names for it."""
        for one in mine:
            published = {other: self._publication(other).published for other in parts(one.sources) or evidence.keys}
            if told := could_tell(one, published.pop(key), published.values()):
                yield told

    def _read(self, told: Said) -> Iterator[Said]:
        """A statement with its countries as codes; none where its cell is set aside."""
        if isinstance(told.value, CountryCell):
            try:
                yield from (told._replace(value=code) for code in told.value.codes())
            except BadRow as bad:
                self.source.set_aside(told.property, told.value, str(bad))
        elif told.property != "birth" or self.source.reads("birth", told.value):
            yield told

    def holding(self, row: Cells) -> Iterator[Row]:
        """A row of `holdings`: the claim, and who held it since when. A wrong belief gives no claim."""
        row.pop("__line__", None)
        native = row.get("id") or "/".join(row[name] for name in ("subject", "property", "value", "country"))
        evidence = Evidence(_native("holdings", native), row)
        subject, name, value, valid = (row.pop(column, "") for column in ("subject", "property", "value", "valid"))
        row.pop("id", None)
        state = _word("state", row.pop("state", "") or "held", _STATES)
        since = row.pop("since", "")
        if since:
            dates.parse(since)
        held = Holding(
            subject, name, value, country(row.pop("country")), "", row.pop("body", ""),
            f"{since}/.." if since and "/" not in since else since, _word("how", row.pop("how", ""), _HOW),
            country(origin) if (origin := row.pop("from_country", "")) else "", state,
            _word("used", row.pop("used", ""), _USED) or "unknown", row.pop("failure", ""), row.pop("note", ""),
        )  # fmt: skip
        self.source.expect_empty(row)
        said = [] if state == "believed otherwise" else [Said(subject, name, value, valid)]
        schema().declared(name)
        for key in evidence.keys:
            made = list(self._claims(key, evidence, said))
            yield from made
            yield held._replace(record=next(one for one in made if isinstance(one, Record)).id)

    def _claims(self, key: str, evidence: Evidence, said: list[Said]) -> Iterator[Row]:
        publication = self._publication(key)
        pointer, exact = evidence.place(key)
        record = self.source.record(
            evidence.native,
            pointer=pointer,
            exact=exact,
            published=publication.published,
            text=evidence.text,
            source=key,
        )
        yield record
        for one in said:
            sure = confirmed(parts(one.sources) or evidence.keys, self.publications)
            digit, why = credibility(evidence.confidence, evidence.by_hand, publication.extent_seen, sure)
            valid = _valid(one, publication.published)
            polarity, more = one.polarity, {k: v for k, v in one.qualifiers.items() if v}
            claim = self.source.claim(record, one.subject, one.property, one.value, valid, polarity, **more)
            yield claim
            yield self.source.grade(claim, digit, why)

    def _publication(self, key: str) -> SourceRow:
        found = self.publications.get(key)
        if found is None and self.publications:
            raise BadRow(f"source {key!r} isn't in the sheet sources; {suggestion(key, self.publications)}")
        return found or SourceRow(key)  # without that sheet, the ids are those of the case


def _native(sheet: str, *names: str) -> str:
    """A row's own key, which a correction of its other cells leaves as it is."""
    return "/".join([sheet, *(name for name in names if name)])


def _valid(one: Said, published: str) -> str:
    """What a list says holds while the list has it: certainly up to the edition that is cited."""
    status = schema().statuses.get(one.value) if one.property == "status" else None
    return dates.until_told(one.valid.removesuffix("/.."), published) if status and status.on_list else one.valid


def _word(column: str, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise UnknownWord(f"{column} {word!r}; {choices(known)}")
    return word
