"""A case for others: people without a basis are absent from it by name.

What is written is a new case of new rows. Who has no basis stands there by a handle (`record.handles`), with role, country and ties; no identifying claim of theirs is in it, and no text that might name them: such a text is left out
whole, wherever it stands, and an id or key made of it is another. Nothing is searched for and replaced.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.disclosure.spelling import Names
from isthmus.graph.record import book, reading
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.handles import handle, keyed
from isthmus.graph.record.rows import (
    Assessment,
    Claim,
    Holding,
    Judgement,
    Marking,
    Record,
    SourceRow,
    pack,
)
from isthmus.graph.record.writing import write
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set
    from pathlib import Path

    from isthmus.graph.disclosure.basis import Bases
    from isthmus.graph.record.rows import Row
    from isthmus.graph.record.writing import LoadReport

_ROLE = re.compile(r"[a-z][a-z-]+(?: [a-z-]+){0,3}")
"""A plain word for what a person is or does, such as a role, that says no more of who it is."""
_TYPES = frozenset({"kind", "code", "date", "range", "number"})
"""Types of property whose values describe nobody in words, and lie nowhere."""
_PROSE = frozenset({"title", "publisher", "licence", "extent_seen"})
_NOTHING: frozenset[str] = frozenset()
_NO_ONE = (
    "country",
    "valid",
    "how",
    "from_country",
    "state",
    "used",
)  # of a holding: codes, checked when it was loaded


def released(
    file: CaseFile,
    path: Path,
    *,
    recorded_by: str | None = None,
    tlp: str | None = None,
    besides: frozenset[str] = frozenset(),
) -> CaseFile:
    """A new case at `path` with what `file` holds now, or held by `recorded_by`, that may leave it.

    With `tlp` no record that is marked more strictly. `besides` are ids of people who are not named though they have a
    basis. The new case has a key and an id of its own,
    one load, and who has a basis in it keeps it there.

    Raises
    ------
    BadCase
        Something is at `path` already, or it cannot be written.
    """
    with file.snapshot():
        bases = bases_of(file, besides)
        made = _Release(file, bases, recorded_by, tlp)
        target = CaseFile.create(path)
        try:
            book.carry(file, target)
            write(
                target, made.rows(), source="release", loader="release", also=_keeps(bases),
                at=reading.last_load(file, recorded_by) or None,
            )  # fmt: skip
        except BaseException:
            target.discard()
            raise
    return target


def _keeps(bases: Bases) -> Callable[[LoadReport], None]:
    people = sorted(bases.named)

    def keep(report: LoadReport) -> None:
        if people:
            report.kept["basis"] = {"people": people, "sources": []}

    return keep


def _own(claims: list[Claim], hidden: Callable[[str], bool]) -> frozenset[str]:
    """Telephones, vehicles and documents that are tied to somebody who is not named: their number would lead there."""
    kinds = {row.subject: row.value for row in claims if row.property == "object_kind"}
    tied = {
        thing
        for row in claims
        if schema().is_tie(row.property)
        for who, thing in ((row.subject, row.value), (row.value, row.subject))
        if thing in kinds and hidden(who)
    }
    return frozenset(thing for thing in tied if kinds[thing] in schema().personal)


class _Near:
    """By which words those who are not named are known beside whom something stands; and records that speak of them."""

    def __init__(self) -> None:
        self.touched: set[str] = set()
        self._words: dict[tuple[str, str], set[str]] = {}

    def add(self, of: str, identity: str, words: Set[str]) -> None:
        """These words tell of somebody beside an entity, a record or a source."""
        if words:
            self._words.setdefault((of, identity), set()).update(words)

    def to(self, of: str, identity: str) -> Set[str]:
        """The words of all beside it."""
        return self._words.get((of, identity), _NOTHING)


@dataclass
class _Release:
    """The rows of a case as they may leave it."""

    file: CaseFile
    bases: Bases
    recorded_by: str | None
    tlp: str | None

    def __post_init__(self) -> None:
        self.roots = {one: root for root, ids in self.bases.unnamed.items() for one in ids}
        self.open = self.bases.open
        self.stated: list[Claim] = list(self._read("claims"))
        self.own = _own(self.stated, self._hidden)
        self.open = self.bases.open - self.own
        things = {row.value for row in self.stated if row.subject in self.own} | self.own
        self.called: dict[str, set[str]] = {}
        for subject, name in reading.ever_called(self.file, [*schema().names, "used_identity"]):
            self.called.setdefault(subject, set()).add(name)
        unknown = reading.ever_spoken_of(self.file, list(schema().ties)) - self.bases.open
        people = self.people = set[str]().union(*self.bases.named.values())
        hidden = (name for one, names in self.called.items() if one not in self.bases.open for name in names)
        public = (name for one in people for name in self.called.get(one, ()))
        common = (name for one in self.bases.common for name in (one, *self.called.get(one, ())))
        self.names = Names(hidden, public, self.roots.keys() | unknown, common, things)
        self.near = _Near()
        self.ids: dict[str, str] = {}
        self.records: dict[str, str] = {}
        self.claims: dict[str, str] = {}
        self.held: set[tuple[str, str, str]] = set()  # statements that are left out
        self.properties = schema().properties
        self.plain = {name for name, declared in schema().qualifiers.items() if declared.plain}

    def rows(self) -> Iterator[Row]:
        """Every row, changed where it must be, in the order in which a case takes them."""
        claims = self.stated
        records: list[Record] = list(self._read("records"))
        self.near = self._neighbours(claims, {row.id: row.source for row in records})
        yield from self._each("sources", self._source)
        yield from map(self._record, records)
        yield from self._all_claims(claims)
        yield from self._each("assessments", self._assessment)
        yield from self._each("holdings", self._holding)
        yield from self._each("judgements", self._judgement)
        yield from self._each("markings", self._marking)

    def _read(self, table: str) -> Iterator[Any]:
        return reading.rows(self.file, table, self.tlp, recorded_by=self.recorded_by)

    def _each(self, table: str, made: Callable[[Any], Row | None]) -> Iterator[Row]:
        return (row for row in map(made, self._read(table)) if row is not None)

    def _neighbours(self, claims: list[Claim], sources: dict[str, str]) -> _Near:
        """Beside whom each thing, record and source stands, of those who are not named."""
        near, people = _Near(), set[str]().union(*self.bases.named.values())
        words: dict[str, frozenset[str]] = {}
        for claim in claims:
            ends = [claim.subject, claim.value] if schema().is_tie(claim.property) else [claim.subject]
            for hidden in filter(self._hidden, ends):
                if hidden not in words and hidden not in self.own:
                    told = (self.names.told_by(name) for name in (hidden, *self.called.get(hidden, ())))
                    words[hidden] = frozenset().union(*told)
                near.touched.add(claim.record)
                near.add("source", sources[claim.record], words.get(hidden, _NOTHING))
                for other in ends:
                    if other in self.open and other not in people:
                        near.add("entity", other, words.get(hidden, _NOTHING))
        for claim in claims:
            near.add("record", claim.record, near.to("entity", claim.subject))
        return near

    # --- what is said of whom ------------------------------------------------------------------------------------

    def _hidden(self, identity: str) -> bool:
        return identity not in self.open

    def _touches(self, subject: str, prop: str, value: str) -> bool:
        """Whether a statement is about somebody who is not named."""
        return self._hidden(subject) or (schema().is_tie(prop) and self._hidden(value))

    def _entity(self, identity: str) -> str:
        """An id as it leaves: the handle of who is not named, and of what is called after them."""
        found = self.ids.get(identity)
        if found is None:
            hidden = self._hidden(identity)
            found = identity
            if hidden or self.names.in_text(identity, near=self.near.to("entity", identity)):
                found = handle(self.file, self.roots.get(identity, identity))
            self.ids[identity] = found
        return found

    def _text(self, text: str, *, prose: bool = True, near: Set[str] = _NOTHING) -> str:
        """A text, if it names none of them."""
        return "" if self.names.in_text(text, prose=prose, near=near) else text

    # --- tables --------------------------------------------------------------------------------------------------

    def _source_id(self, identity: str) -> str:
        if not self.names.in_text(identity, near=self.near.to("source", identity)):
            return identity
        scheme, colon, _ = identity.partition(":")
        kept = f"{scheme}:" if colon and not self.names.in_text(scheme) else ""
        return kept + keyed(self.file, "source", identity)

    def _source(self, row: SourceRow) -> SourceRow:
        derived = ";".join(self._source_id(part) for part in row.derived_from.split(";"))
        near = self.near.to("source", row.id)
        kept = {
            name: self._text(getattr(row, name), prose=name in _PROSE, near=near)
            for name in row._fields
            if name not in ("id", "derived_from")
        }
        return SourceRow(self._source_id(row.id), derived_from=derived, **kept)

    def _record(self, row: Record) -> Record:
        """A record; of one that speaks of somebody not named, neither its text nor its place nor its key."""
        near, touched = self.near.to("record", row.id), row.id in self.near.touched
        key = row.native_key
        if touched or self.names.in_text(key, near=near):
            key = keyed(self.file, "record", row.source, key)
        kept = Record(
            self._source_id(row.source), key,
            "" if touched else self._text(row.pointer, prose=False, near=near),
            self._text(row.exact), self._text(row.published), "" if touched else self._text(row.text, near=near),
        )  # fmt: skip
        self.records[row.id] = kept.id
        return kept

    def _all_claims(self, claims: list[Claim]) -> Iterator[Claim]:
        late = []
        for claim in claims:
            if claim.property == "retracts":
                late.append(claim)
                continue
            made = self._claim(claim)
            if made is None:
                self.held.add((claim.subject, claim.property, claim.value))
            else:
                self.claims[claim.id] = made.id
                yield made
        for claim in late:
            if claim.value in self.claims:
                about = self._entity(claim.subject)
                yield Claim(
                    self.records[claim.record], about, "retracts", self.claims[claim.value], claim.valid,
                    claim.polarity, self._qualifiers(claim.qualifiers, hidden=self._hidden(claim.subject)),
                )  # fmt: skip

    def _claim(self, claim: Claim) -> Claim | None:
        record, subject, prop, value, valid, polarity, qualifiers = claim
        touches = self._touches(subject, prop, value)
        kept = self._value(subject, prop, value)
        if kept is None:
            return None
        said = self._qualifiers(qualifiers, hidden=touches, near=self.near.to("entity", subject))
        return Claim(self.records[record], self._entity(subject), prop, kept, self._text(valid), polarity, said)

    def _value(self, subject: str, prop: str, value: str) -> str | None:
        """A value as it leaves; None where the statement is left out."""
        if schema().is_tie(prop):
            return None if self._hidden(subject) and schema().ties[prop].identifies else self._entity(value)
        if subject in self.people and prop in schema().names:  # theirs, whoever is called so too
            return value
        if not self._hidden(subject):
            near = self.near.to("entity", subject)
            return self._text(value, prose=" " in value, near=near) or (None if value else value)
        declared = self.properties.get(prop)
        if declared is not None and declared.plain:
            return self._role(value) or None
        plain = declared is not None and declared.type in _TYPES and not declared.identifies
        return value if plain and self._text(value, prose=False) else None

    def _role(self, text: str) -> str:
        return text if _ROLE.fullmatch(text) and not self.names.in_text(text) else ""

    def _qualifiers(self, qualifiers: str, *, hidden: bool, near: Set[str] = _NOTHING) -> str:
        """Qualifiers as they leave; those of a statement about somebody not named without what is told in words."""
        if not qualifiers:
            return ""
        told: dict[str, str] = json.loads(qualifiers)
        if hidden:
            told = {
                name: text
                for name, text in told.items()
                if name in self.plain and (self._role(text) or _is_number(text))
            }
        return pack({name: self._text(text, near=near) for name, text in told.items()})

    def _assessment(self, row: Assessment) -> Assessment | None:
        known = self._source_id(row.id) if row.target == "source" else self.claims.get(row.id)
        if known is None:
            return None
        return Assessment(row.target, known, row.grade, self._text(row.by, prose=False), row.at, self._text(row.why))

    def _holding(self, row: Holding) -> Holding | None:
        """What a country held of somebody not named is told without words; of a statement that is left out, not at all."""
        touches = self._touches(row.subject, row.property, row.value)
        value = self._value(row.subject, row.property, row.value)
        if value is None or (row.subject, row.property, row.value) in self.held:
            return None
        body = self._entity(row.body) if row.body in self.open else self._text(row.body, prose=False)
        return Holding(
            self._entity(row.subject), row.property, value, record=self.records[row.record], body=body,
            group=self._group(row.group), note="" if touches else self._text(row.note, near=self.near.to("entity", row.subject)),
            **{name: self._text(getattr(row, name)) for name in _NO_ONE},
        )  # fmt: skip

    def _group(self, group: str) -> str:
        return keyed(self.file, "group", group) if self.names.in_text(group) else group

    def _judgement(self, row: Judgement) -> Judgement | None:
        left, right = self._entity(row.left), self._entity(row.right)
        if left == right:  # the ids that are one have one handle
            return None
        touches = self._hidden(row.left) or self._hidden(row.right)
        return Judgement(
            left, right, row.verdict, self._text(row.by, prose=False), row.judged_at, self._text(row.known_from),
            "" if touches else self._text(row.why),
        )  # fmt: skip

    def _marking(self, row: Marking) -> Marking | None:
        return Marking(self.records[row.record], row.tlp) if row.record in self.records else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(?:e-?\d+)?", text) is not None
