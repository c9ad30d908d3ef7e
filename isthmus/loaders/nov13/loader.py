"""The three tables of Nov13: a source on every relation, the press report that its authors coded it from."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadDate, BadInput, BadRow, UnknownWord
from isthmus.loaders.columns import row_text
from isthmus.loaders.days import edtf
from isthmus.loaders.networks import Node, Repeats
from isthmus.loaders.nov13.stated import Own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Record, Row
    from isthmus.loaders.source import Source

_POINTED = re.compile(r"^(\d{4})\.(\d{2})(\d{2})?$")
_UNTOLD = {"", "NA"}
_DATES = ("attackDate", "date", "data")
_KEPT = ("age", "file", "notInNov13", "preNov13", "location")  # columns kept as attributes


def load(source: Source) -> Iterator[Row]:
    """References become sources; people, events and places; then the relations."""
    yield source.row()
    tables = {path.name.split(".")[0].lower(): path for path in source.files()}
    for name in ("nodes", "relationships"):
        if name not in tables:
            raise BadInput(f"{source.paths[0]}: there is no {name}.csv; name the folder that holds all three tables")
    reader = _Nov13(source)
    if "references" in tables:
        yield from source.each(_rows(source, tables["references"], "key", "url"), reader.reference)
    yield from source.each(_rows(source, tables["nodes"], "var", "label", "name"), reader.node)
    yield from source.each(_rows(source, tables["relationships"], "source", "type", "target"), reader.relation)


def _rows(source: Source, path: Path, *required: str) -> Iterator[dict[str, str]]:
    return source.csv_rows(path, required=required)


class _Nov13:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes: dict[str, Node] = {}
        self.references: set[str] = set()
        self.repeats = Repeats()

    @cached_property
    def meta(self) -> Own:
        return self.source.stated(Own)

    def reference(self, row: dict[str, str]) -> Iterator[Row]:
        """A press or court report, known here by its address alone."""
        key, url = row.pop("key"), row.pop("url")
        if not key or key in self.references:
            raise BadRow(f"reference {key!r} stands twice" if key else "the reference has no key")
        self.references.add(key)
        try:
            publisher = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            raise BadRow(f"{url[:80]!r} is no address") from None
        yield self.source.row(
            title=f"{publisher or 'report'} (reference {key} of Nov13)", publisher=publisher, published="",
            locator=url, language="", extent_seen="as coded by the authors of Nov13",
        )._replace(id=self._source(key))  # fmt: skip

    def node(self, row: dict[str, str]) -> Iterator[Row]:
        """A person, event or place."""
        line = row.pop("__line__")
        text = row_text(row)
        key, label, name = row.pop("var"), row.pop("label"), row.pop("name")
        if not key or key in self.nodes:
            raise BadRow(f"node {key!r} stands twice" if key else "the node has no key")
        if label not in self.meta.labels:
            raise UnknownWord(f"label {label!r} isn't in isthmus/loaders/nov13/source.yml")
        name = self.meta.names.get(name, name) or key
        node = self._node(key, name, label)
        refs = row.pop("refs", "")
        told = list(self._told(key, node, label, name, row))
        made: list[Row] = []
        for source_row, record in self._records(f"node {key}", "nodes.csv", text, refs):
            claims = [self.source.claim(record, node.id, *claim, **how) for claim, how in told]
            made += [*source_row, record, *claims]
        self.source.expect_empty(row)
        self.nodes[key] = node  # only a row that could be read whole is one that relations may name
        if node.kind == "Country":
            self.source.skip(line, "a country, which needs no claim to exist")
        else:
            yield from made

    def relation(self, row: dict[str, str]) -> Iterator[Row]:
        """INVOLVED_IN, PRESENT_IN or LINKED_TO, once a reference."""
        row.pop("__line__")
        text = row_text(row)
        first, kind, second = row.pop("source"), row.pop("type"), row.pop("target")
        for key in (first, second):
            if key not in self.nodes:
                raise BadRow(f"{key!r} isn't in nodes.csv")
        if first == second:
            raise BadRow(f"{first!r} is tied to itself")
        note = row.pop("note", "")
        ties, said = self._ties(kind, second, note)
        attack = {row.pop("attackType", ""), row.pop("attack_type", "")} - {""}
        valid = self._date(row.pop("date", ""))
        layer = row.pop("file", "")
        refs = row.pop("refs", "")
        self.source.expect_empty(row)
        ends = self.nodes[first].id, self.nodes[second].id
        made = False
        for source_row, record in self._records(f"{first} {kind} {second}", "relationships.csv", text, refs):
            if self.repeats.before(record.id):
                continue
            made = True
            yield from source_row
            yield record
            for tie in ties:
                claim = self.source.claim(
                    record, ends[0], tie, ends[1], valid, role=", ".join(sorted(attack)), note=said, layer=layer
                )
                yield claim
                if note in self.meta.doubt:
                    yield self.source.grade(claim, "4", f"the publisher notes: {note}")
        if not made:
            self.source.skip(first, "the same relation again, from the same reference")

    def _ties(self, kind: str, target: str, note: str) -> tuple[list[str], str]:
        """Kinds of tie that a relation and its note say, and what of the note is left."""
        end = self.nodes[target].kind
        if kind == "LINKED_TO":
            named = self.meta.links.get(note)
            return (list(named), "") if named else (["linked_to"], note)
        if kind == "INVOLVED_IN":
            if target in self.meta.not_a_basis:
                return ["linked_to"], note
            return (["member_of"] if end == "Organisation" else ["took_part_in"]), note
        if kind == "PRESENT_IN":
            return (["located_in"] if end == "Country" else ["present_at"]), note
        raise UnknownWord(f"relation {kind!r} isn't one of INVOLVED_IN, PRESENT_IN, LINKED_TO")

    def _node(self, key: str, name: str, label: str) -> Node:
        kind = self.meta.kind_of.get(key, self.meta.labels[label])
        if kind != "Country":
            return Node(f"{self.source.name}:{key}", kind)
        code = country_code(name)
        if code is None:
            raise BadRow(f"{name!r} is the name of no country")
        return Node(code, kind)

    def _told(
        self, key: str, node: Node, label: str, name: str, row: dict[str, str]
    ) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
        """Property, value and date of each claim on a node, with its qualifiers."""
        yield ("kind", node.kind), {}
        yield ("name", name), {}
        if node.kind == "Person":
            yield from self._person(row)
        elif node.kind == "Event":
            yield from self._event(key, label, row)
        if role := row.pop("role", ""):
            yield from (
                ((("role", word.strip().lower()), {}) for word in role.split("|"))
                if node.kind == "Person"
                else [(("note", role), {})]
            )
        if note := row.pop("note", ""):
            yield ("note", note), {}
        for column in (*_KEPT, *_DATES):  # dates of what is no event are kept as they are
            if (value := row.pop(column, "")) not in _UNTOLD:
                yield ("attribute", value), {"name": column}

    def _person(self, row: dict[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
        for alias in re.split(r" and ", row.pop("alias", "")):
            if word := alias.rstrip("? ").strip():
                yield ("alias", word), {"quality": "doubtful"} if "?" in alias else {}
        if nickname := row.pop("nickname", ""):
            yield ("alias", nickname), {"alias_type": "nickname"}
        if (birth := self._birth(row.pop("DOB", ""))) and self.source.reads("birth", birth):
            yield ("birth", birth), {}
        if gender := row.pop("gender", ""):
            yield ("gender", gender.lower()), {}
        yield from self._status(row)
        stated = row.pop("citizenship", "")
        if country := self.meta.citizenship.get(stated, stated):
            code = country_code(country)
            if code is None:
                raise BadRow(f"citizenship {country!r} is no country")
            yield ("citizen_of", code), {}

    def _status(self, row: dict[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
        arrested = self._date(row.pop("dateOfArrest", ""))
        if word := row.pop("status", ""):
            known = self.meta.status.get(word)
            if known is None:
                raise UnknownWord(f"status {word!r} isn't in isthmus/loaders/nov13/source.yml")
            status = known.status
            valid = f"{arrested}/.." if arrested and status == "arrested" else ""
            yield ("status", status, valid), {"detail": known.detail}
        age = row.get("age", "")
        if age not in _UNTOLD and not age.isdecimal():
            raise BadRow(f"age {age!r} is no number")  # who could be a child is not let through as an adult
        if age.isdecimal() and int(age) < int(self.meta.of_age):
            yield ("status", "minor"), {"detail": f"aged {age}"}

    def _event(self, key: str, label: str, row: dict[str, str]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
        attack = "plot" if key in self.meta.plots else "attack"
        yield ("event_kind", self.meta.activities.get(key, "other") if label == "Activity" else attack), {}
        dates = [self._date(row.pop(column, "")) for column in _DATES]
        yield from ((("date", date), {}) for date in dates if date)
        for column, name in (("killed", "killed"), ("wounded", "wounded"), ("injured", "wounded")):
            if value := row.pop(column, ""):
                yield (name, value), {}
        for column, name in (("attackType", "attack_type"), ("outcome", "success")):
            if value := row.pop(column, ""):
                yield (name, value), {}

    def _birth(self, text: str) -> str:
        try:
            return self._date(text)
        except BadDate:
            return text  # set aside as it is written

    def _date(self, text: str) -> str:
        text = str(self.meta.dates.get(text, text))
        if found := _POINTED.match(text):
            return "-".join(part for part in found.groups() if part)
        return edtf(text) if text else ""

    def _source(self, key: str) -> str:
        return f"{self.source.name}:{key}"

    def _records(self, key: str, file: str, text: str, refs: str) -> Iterator[tuple[list[Row], Record]]:
        """A record in each reference; in the data set itself where none is given."""
        words = [word for word in refs.split("|") if word and word not in self.meta.no_reference]
        for word in words:
            new: list[Row] = []
            if word not in self.references:
                self.references.add(word)
                self.source.notice(f"reference {word} is used and not listed")
                new = [self.source.row(title=f"report {word} of Nov13, whose address is not listed", publisher="",
                       published="", locator="", language="", extent_seen="as coded by the authors of Nov13",
                       )._replace(id=self._source(word))]  # fmt: skip
            yield (
                new,
                self.source.record(key, pointer=f"{file}: {key}", exact="no", text=text, source=self._source(word)),
            )
        if not words:
            yield [], self.source.record(key, pointer=f"{file}: {key}", text=text)
