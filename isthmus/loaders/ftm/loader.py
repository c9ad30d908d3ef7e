"""JSON lines by FollowTheMoney's model: it says which schemata and properties there are, and what joins what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadRow
from isthmus.graph.foreign_json import read_json
from isthmus.loaders.ftm.line import Line
from isthmus.loaders.ftm.links import edge, family, occupancy, paper, sanction
from isthmus.loaders.ftm.model import model, version
from isthmus.loaders.ftm.stated import Own
from isthmus.loaders.ftm.things import Words, thing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Record, Row, SourceRow
    from isthmus.loaders.ftm.model import Schema
    from isthmus.loaders.source import Source

_LONGEST = 16 << 20  # bytes of one line
_LONGEST_ID = 255  # as in the databases that FollowTheMoney is kept in
_TOP = {"id", "caption", "schema", "properties", "datasets", "referents", "target", "first_seen", "last_seen",
        "last_change", "origin"}  # fmt: skip


def load(source: Source) -> Iterator[Row]:
    """Yield the entities and edges of each file, each under the data sets that its line names."""
    reader = _Reader(source)
    yield source.row()
    yield from source.reliability()
    for path in source.files():
        reader.posts = _posts(source, path)
        yield from source.each(source.reading(_lines(source, path)), reader.make)


def _lines(source: Source, path: Path) -> Iterator[bytes]:
    with source.open(path) as stream:
        number = 0
        while line := stream.readline(_LONGEST):
            number += 1
            source.where = f"{path.name}:{number}"
            yield line


def _posts(source: Source, path: Path) -> dict[str, str]:
    """Names of the offices in the file: those who held them say only their ids, and may come first."""
    found: dict[str, str] = {}
    with source.open(path) as stream:
        while line := stream.readline(_LONGEST):
            if b'"Position"' not in line:
                continue
            try:
                entity = read_json(line)
                if entity["schema"] == "Position":
                    found[entity["id"]] = str(entity.get("caption") or entity["properties"]["name"][0])
            except (ValueError, KeyError, IndexError, TypeError, AttributeError):
                continue  # the second reading sets the line aside
    return found


class _Reader:
    """Turns lines into rows; knows the model and which data sets it has met."""

    def __init__(self, source: Source) -> None:
        self.source, self.posts = source, dict[str, str]()
        self._model = model()
        self._sets: dict[tuple[str, ...], str] = {}
        self._ignored = frozenset(source.stated(Own).ignore)
        self._words = Words.of(source.stated(Own))

    def make(self, raw: bytes) -> list[Row]:
        """The rows of one line."""
        try:
            entity = read_json(raw)
        except ValueError as broken:
            if not raw.strip():
                self.source.skip(self.source.where, "blank line")
                return []
            raise BadRow(f"the line is no JSON ({broken})") from broken
        identity, schema, properties = _checked(entity)
        kind = self._model.get(schema)
        if kind is None:
            raise BadRow(f"FollowTheMoney {version()} has no schema {schema!r}; is Isthmus older than the file?")
        told = {"id": identity, "schema": schema, "properties": properties}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        rows: list[Row] = []
        record = self._record(entity, identity, text, rows)
        line = Line(self.source, record, identity, schema, properties)
        if not self._tell(line, kind, str(entity.get("caption") or "")):
            return []
        self._left(line, kind, entity)
        return rows + list(dict.fromkeys(line.rows))  # a name may stand under several properties

    def _tell(self, line: Line, kind: Schema, caption: str) -> bool:
        schema = line.schema
        if schema in self.source.stated(Own).kinds:
            thing(line, caption, self._words)
        elif schema == "Family":
            family(line, *kind.ends)
        elif schema in self.source.stated(Own).edges:
            edge(line, *(kind.ends if kind.ends[0] else ("subject", "object")))
        elif schema == "Occupancy":
            return occupancy(line, self.posts)
        elif schema == "Sanction":
            sanction(line)
        elif schema in ("Passport", "Identification"):
            paper(line)
        elif schema == "Position":
            self.source.skip(self.source.where, "Position: told with those who hold it")
            return False
        else:
            self.source.skip(self.source.where, f"{schema}: nothing the vocabulary has a word for")
            return False
        return True

    def _left(self, line: Line, kind: Schema, entity: dict[str, Any]) -> None:
        """Report what nobody took; properties that the model does not know under their own words."""
        known = kind.properties
        for name in line.properties:
            if name not in self._ignored:
                self.source.tally.unread[name if name in known else f"{name} (not in the model)"] += 1
        for name in entity.keys() - _TOP:
            self.source.tally.unread[f"{name} (beside the properties)"] += 1

    def _record(self, entity: dict[str, Any], identity: str, text: str, rows: list[Row]) -> Record:
        """The line as a record of its data sets; a data set met for the first time is put before it."""
        sets = entity.get("datasets") or []
        if not isinstance(sets, list) or not all(isinstance(name, str) for name in sets):
            raise BadRow("the entity's datasets are no list of names")
        key = tuple(sorted(set(sets)))
        name = self._sets.get(key)
        if name is None:
            name = self._sets[key] = f"{self.source.name}:{'+'.join(key)}" if key else self.source.name
            if key:
                rows.append(self._source_row(name, key))
        changed = entity.get("last_change") or entity.get("first_seen") or ""
        published = changed[:10] if isinstance(changed, str) else ""
        return self.source.record(identity, pointer=f"id {identity}", published=published, text=text, source=name)

    def _source_row(self, name: str, sets: tuple[str, ...]) -> SourceRow:
        """A data set; several together are derived from each."""
        derived = ";".join(f"{self.source.name}:{one}" for one in sets) if len(sets) > 1 else ""
        return self.source.row(title=", ".join(sets), derived_from=derived)._replace(id=name)


def _checked(entity: Any) -> tuple[str, str, Any]:
    if not isinstance(entity, dict):
        raise BadRow(f"the line is {type(entity).__name__}, not an object")
    identity, schema = entity.get("id"), entity.get("schema")
    if not isinstance(identity, str) or not identity or not isinstance(schema, str):
        raise BadRow("the entity has no id or no schema")
    if len(identity) > _LONGEST_ID or identity != identity.strip():
        raise BadRow(f"the id {identity[:40]!r} is longer than {_LONGEST_ID} characters or has blanks around it")
    return identity, schema, entity.get("properties", {})
