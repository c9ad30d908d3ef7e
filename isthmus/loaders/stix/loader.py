"""Bundles through the `stix2` library, which holds each object to the standard."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadRow, MissingExtra
from isthmus.graph.record.rows import Claim, Marking
from isthmus.loaders.stix.bundle import Bundle, objects
from isthmus.loaders.stix.say import Object, describe, group, relate
from isthmus.loaders.stix.stated import Own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Record, Row, SourceRow
    from isthmus.loaders.source import Source
    from isthmus.loaders.stix.bundle import Thing


def load(source: Source) -> Iterator[Row]:
    """Yield the identities, actors, groupings, events and relationships of each bundle.

    Raises `MissingExtra` where stix2 isn't installed.
    """
    yield source.row()
    yield from source.reliability()
    checked = _checker()
    for path in source.files():
        found = objects(source, path)
        reader = _Reader(source, Bundle(source, found), checked)
        yield from source.each(source.reading(found, partial(_where, path)), reader.make)


def _where(path: Path, thing: object) -> str:
    return f"{path.name}: {thing.get('id', '?') if isinstance(thing, dict) else '?'}"


def _checker() -> Callable[[Thing], None]:
    """Raises `BadRow` for an object that is not as the standard says."""
    try:
        from stix2 import parse
        from stix2.exceptions import STIXError
    except ImportError:
        raise MissingExtra("STIX bundles need an extra: pip install 'isthmus[stix]'") from None

    def check(thing: Thing) -> None:
        try:
            parse(thing, allow_custom=True, version="2.1")
        except (STIXError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
            raise BadRow(f"not as STIX 2.1 has it: {' '.join(str(wrong).split())[:200]}") from wrong

    return check


class _Reader:
    def __init__(self, source: Source, bundle: Bundle, check: Callable[[Thing], None]) -> None:
        self.source, self.bundle, self.check = source, bundle, check
        self._creators: set[str] = set()

    def make(self, thing: Any) -> list[Row]:
        """The rows of one object."""
        if not isinstance(thing, dict) or not isinstance(thing.get("id"), str):
            raise BadRow("an object without an id")
        type_ = str(thing.get("type"))
        if type_ == "marking-definition":
            self.source.skip(self.source.where, "marking-definition: it stands on what it marks")
            return []
        if type_ in self.source.stated(Own).technical:
            self.source.skip(self.source.where, f"{type_}: nothing the vocabulary has a word for")
            return []
        self.check(thing)
        if thing.get("revoked") is True:
            self.source.skip(self.source.where, "revoked by its creator")
            return []
        if str(thing.get("modified", "")) < self.bundle.latest[thing["id"]]:
            self.source.skip(self.source.where, "an older version of the object")
            return []
        return self._told(thing, type_)

    def _told(self, thing: Thing, type_: str) -> list[Row]:
        rows: list[Row] = []
        record = self._record(thing, rows)
        said = Object(self.source, self.bundle, thing, record)
        if type_ == "relationship":
            if not relate(said):
                self.source.skip(self.source.where, "relationship of what the vocabulary has no word for")
                return []
        elif kind := self.bundle.kind(thing):
            describe(said, kind)
            if type_ == "grouping":
                group(said)
        else:
            self.source.skip(self.source.where, f"{type_[:40]}: no object of the standard that says who or what")
            return []
        rows += said.rows
        if tlp := self.bundle.tlp(thing):
            rows.append(Marking(record.id, tlp))
        if grade := self._grade(thing):
            why = f"confidence {thing['confidence']}"
            rows += [self.source.grade(row, grade, why) for row in said.rows if isinstance(row, Claim)]
        return rows

    def _record(self, thing: Thing, rows: list[Row]) -> Record:
        """The object as a record of its creator."""
        creator = str(thing.get("created_by_ref", ""))
        name = f"{self.source.name}:{creator}" if creator else self.source.name
        if creator and creator not in self._creators:
            self._creators.add(creator)
            rows.append(self._creator(name, creator))
        text = json.dumps(thing, ensure_ascii=False, sort_keys=True, indent=1)
        modified = str(thing.get("modified", ""))[:10]
        return self.source.record(thing["id"], pointer=f"id {thing['id']}", published=modified, text=text, source=name)

    def _creator(self, name: str, creator: str) -> SourceRow:
        called = self.bundle.names.get(creator) or creator
        return self.source.row(title=called, publisher=called)._replace(id=name)

    def _grade(self, thing: Thing) -> str:
        confidence = thing.get("confidence")
        if not isinstance(confidence, int):
            return ""
        return next((str(grade) for lowest, grade in self.source.stated(Own).confidence if confidence >= lowest), "")
