"""Lists of ties and of nodes, streamed: a row is read, becomes claims, and is forgotten."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from isthmus.graph.errors import BadInput, BadRow
from isthmus.graph.schema import schema
from isthmus.loaders.columns import serial_day
from isthmus.loaders.days import NO_ORDER, ORDERS, edtf
from isthmus.loaders.edges.mapping import DATES, Columns, Mapping, recognise, save, saved
from isthmus.loaders.edges.readers import head, objects, rows
from isthmus.loaders.edges.stated import Own
from isthmus.loaders.networks import WEIGHT_0, Node, PublishedNetwork, Repeats, kinds, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Claim, Record, Row
    from isthmus.loaders.source import Source

_DIRECTION = {"directed": True, "undirected": False, "mutual": False}  # Gephi's column Type
_FILLER = {"", "NA", "N/A", "NULL", "None", "none"}
_ENDINGS = re.compile(r"(\.(csv|tsv|txt|net|edges|ndjson|jsonl|gz|xz|bz2|zip))+$", re.IGNORECASE)
_JSON_NODE = Columns(rows="nodes", node="id", name="name", kind_column="type", attributes=("*",))
_JSON_TIE = Columns(source="source", target="target", weight="weight", tie_column="type", note=("observed",))


def load(source: Source) -> Iterator[Row]:
    """Nodes first where there are lists of them, then ties; files of one id are one network."""
    mapping = saved(source.options["mapping"]) if source.options.get("mapping") else None
    found = [one for path in source.files() if (one := _columns(source, path, mapping)) is not None]
    if not found:
        raise BadInput(f"the mapping {source.options.get('mapping')} fits none of the files")
    if source.options.get("save"):
        save(Path(source.options["save"]), {path.name: columns for path, columns in found if columns is not None})
    networks: dict[str, _List] = {}
    stem = _stem(found[0][0]) if len(found) == 1 else found[0][0].resolve().parent.name
    for path, columns in sorted(found, key=lambda one: one[1] is None or one[1].rows != "nodes"):
        name = (columns.id if columns else "") or (mapping.id if mapping else "") or stem
        if name not in networks:
            networks[name] = _List(source, PublishedNetwork(source, name, **(mapping.about if mapping else {})))
            yield networks[name].network.row
        yield from networks[name].rows(path, columns)


def _columns(source: Source, path: Path, mapping: Mapping | None) -> tuple[Path, Columns | None] | None:
    """The file with its columns; no columns for one that names its own; nothing for one the mapping leaves out."""
    if mapping is not None:
        columns = mapping.of(path)
        if columns is None:
            source.notice(f"{path.name} is not in the mapping and was not read")
        return (path, columns) if columns is not None else None
    parted, lines = head(source, path)
    if parted == "json":
        return path, None
    if not lines:
        raise BadInput(f"{path}: its first line cannot be read as CSV; see `isthmus load edges --check`")
    columns = recognise(path, lines[0], lines[1:], source.stated(Own))
    if source.options.get("kinds"):  # the user's word goes before that of the header
        columns = replace(columns, source_kind="", target_kind="")
    if parted == "blank":
        names = columns.header or tuple(lines[0])
        if not columns.header:
            raise BadInput(f"{path}: columns parted by blanks are read with a mapping (`delimiter: blank`)")
        columns = replace(columns, delimiter="blank", header=names)
    source.notice(f"{path.name} is read as {columns.rows}: {_said(columns)}")
    return path, columns


def _said(columns: Columns) -> str:
    names = (
        "source",
        "target",
        "source_kind",
        "target_kind",
        "node",
        "name",
        "kind_column",
        "tie_column",
        "weight",
        "layer",
        "start",
        "end",
    )
    return ", ".join(f"{name} {getattr(columns, name)!r}" for name in names if getattr(columns, name))


class _List:
    """The lists of one network."""

    def __init__(self, source: Source, network: PublishedNetwork) -> None:
        self.source, self.network = source, network
        self.kinds = kinds(source)
        self.records = Repeats()
        self.kind_of: dict[str, str] = {}  # of listed nodes that are not of the first kind

    def rows(self, path: Path, columns: Columns | None) -> Iterator[Row]:
        if columns is None:
            yield from self.source.each(objects(self.source, path), partial(self._object, path.name))
            return
        make = self._node if columns.rows == "nodes" else self._edge
        yield from self.source.each(rows(self.source, path, columns), partial(make, path.name, columns))

    def _object(self, file: str, row: dict[str, str]) -> Iterator[Row]:
        if row.pop("__what__") == "node":
            return self._node(file, _JSON_NODE, row)
        return self._edge(file, _JSON_TIE, row)

    # --- nodes ---------------------------------------------------------------------------------------------------

    def _node(self, file: str, columns: Columns, row: dict[str, str]) -> Iterator[Row]:
        row.pop("__line__", "")
        text = _text(row)
        key = _take(row, columns.node)
        name = _take(row, columns.name) or key
        kind = columns.kind or self._kind(row, columns)
        node = self.network.node(key, kind, name)
        record = self.network.record(f"node {_take(row, columns.key) or key}", file=file, text=text)
        if self.records.before(record.id):
            self.source.skip(file, "the same row again")
            return
        if node.kind != self.kinds[0]:
            self.kind_of[key] = node.kind
        about = list(self._about(record, node, columns, row))
        declared = list(self.network.declare(record, node, name))
        if not declared and node.kind != "Country":
            raise BadRow(f"node {key!r} stands twice, with different words")
        claims = [*declared, *about]
        self.source.expect_empty(row, ignore=columns.ignore)
        if claims:
            yield record
            yield from claims
        else:
            self.source.skip(file, "a country, which needs no claim to exist")

    def _kind(self, row: dict[str, str], columns: Columns) -> str:
        """The kind that a column names; a word of another vocabulary stays an attribute."""
        word = row.get(columns.kind_column, "") if columns.kind_column else ""
        known = {kind.lower(): kind for kind in schema().kinds}
        if word.lower() in known:
            row.pop(columns.kind_column)
            return known[word.lower()]
        return self.kinds[0]

    def _about(self, record: Record, node: Node, columns: Columns, row: dict[str, str]) -> Iterator[Claim]:
        for name, how in columns.properties.items():
            if value := _made(row, how):
                yield self.source.claim(record, node.id, name, value)
        for tie, end in columns.ties.items():
            word = _take(row, end.column)
            word = end.words.get(word, word)
            if word not in _FILLER:
                other = self.network.node(word, end.kind)
                claim = self.network.tie(record, (node, other), tie=tie, valid=columns.valid)
                yield from self.network.declare(record, other, word)
                yield claim
        for column in list(columns.properties.values()):
            for name in re.findall(r"\{(\w+)\}", column) or [column]:
                row.pop(name, "")
        wanted = list(row) if "*" in columns.attributes else columns.attributes
        for column in wanted:
            if (value := _take(row, column)) not in _FILLER and not column.startswith("__"):
                yield self.source.claim(record, node.id, "attribute", value, name=column)
        if note := _notes(row, columns.note):
            yield self.source.claim(record, node.id, "note", note)

    # --- ties ----------------------------------------------------------------------------------------------------

    def _edge(self, file: str, columns: Columns, row: dict[str, str]) -> Iterator[Row]:
        row.pop("__line__", "")
        whole = dict(row)
        labels = [_take(row, columns.source), _take(row, columns.target)]
        key = _take(row, columns.key)
        if not any(labels):
            raise BadRow("the row has neither end of a tie")
        if not all(labels):
            yield from self._isolate(file, columns, labels, whole, key)
            return
        if labels[0] == labels[1] and self._end_kind(columns, labels, 0) == self._end_kind(columns, labels, 1):
            self.source.skip(file, "a node tied to itself")
            return
        weight = self.network.weight("" if (told := _take(row, columns.weight)) in _FILLER else told)
        if weight is None:
            self.source.notice(f"{WEIGHT_0}; its ends are kept")
            yield from self._untied(file, columns, labels, whole, key)
            return
        tie, role, directed = self._tie(columns, row)
        order = labels if directed or tie else sorted(labels)
        whole[columns.source], whole[columns.target] = order
        arrow = ">" if directed or tie else "|"
        record = self.network.record(key or f"tie {order[0]} {arrow} {order[1]}", file=file, text=_text(whole))
        if self.records.before(record.id):
            self.source.skip(file, "the same tie again")
            return
        ends = self._end(columns, labels, 0), self._end(columns, labels, 1)
        valid = self._valid(columns, row)
        note = _notes(row, columns.note)
        role = _take(row, columns.role) or role
        layer = _take(row, columns.layer)
        self.source.expect_empty(row, ignore=columns.ignore)
        claim = self.network.tie(
            record, ends, tie=tie, directed=directed, valid=valid, role=role, layer=layer,
            weight=weight, note=note,
        )  # fmt: skip
        yield record
        for node, label in zip(ends, labels, strict=True):
            yield from self.network.declare(record, node, label)
        yield claim

    def _untied(self, file: str, columns: Columns, labels: list[str], row: dict[str, str], key: str) -> Iterator[Row]:
        """A row that says of its two ends that they are not tied names them all the same."""
        ends = [self._end(columns, labels, at) for at in (0, 1)]
        record = self.network.record(key or f"no tie {' | '.join(sorted(labels))}", file=file, text=_text(row))
        claims = [
            c for node, label in zip(ends, labels, strict=True) for c in self.network.declare(record, node, label)
        ]
        if claims:
            yield record
            yield from claims
        else:
            self.source.skip(file, WEIGHT_0)

    def _isolate(self, file: str, columns: Columns, labels: list[str], row: dict[str, str], key: str) -> Iterator[Row]:
        """A row with one end only names a node that nothing is tied to, as far as this row goes."""
        at = 0 if labels[0] else 1
        node = self._end(columns, labels, at)
        record = self.network.record(key or f"node {labels[at]}", file=file, text=_text(row))
        claims = list(self.network.declare(record, node, labels[at]))
        if claims:
            yield record
            yield from claims
        else:
            self.source.skip(file, "a node without a tie, met before")

    def _end(self, columns: Columns, labels: list[str], at: int) -> Node:
        return self.network.node(labels[at], self._end_kind(columns, labels, at))

    def _end_kind(self, columns: Columns, labels: list[str], at: int) -> str:
        stated = (columns.source_kind, columns.target_kind)[at]
        return stated or self.kind_of.get(labels[at], self.kinds[at])

    def _tie(self, columns: Columns, row: dict[str, str]) -> tuple[str, str, bool]:
        """Kind of tie, role, and whether it has a direction."""
        directed = columns.directed or self.source.options.get("directed", "") in {"yes", "true", "1"}
        word = _take(row, columns.tie_column)
        if word.lower() in _DIRECTION:
            return columns.tie or self.source.options.get("tie", ""), "", _DIRECTION[word.lower()]
        name = columns.words.get(word) or word.lower().replace(" ", "_")
        if name in schema().ties:
            return name, "", directed
        return columns.tie or self.source.options.get("tie", ""), word, directed

    def _day(self, text: str, columns: Columns) -> str:
        if text in _FILLER:
            return ""
        stated = columns.dates if columns.dates != "text" else self.source.options.get("dates", "")
        if stated == "excel":
            return serial_day(text)
        if stated and stated not in DATES:
            raise BadInput(f"dates={stated!r} is no way to read dates; choose one of {', '.join(DATES)}")
        return edtf(text, order=next((one for one in ORDERS if one == stated), NO_ORDER))

    def _valid(self, columns: Columns, row: dict[str, str]) -> str:
        start, end = (self._day(_take(row, name), columns) for name in (columns.start, columns.end))
        length = _take(row, columns.days)
        if start and length not in _FILLER:
            end = _later(start, length)
        if not start and not end:
            return columns.valid
        if not columns.end and not columns.days:
            return start
        return start if start == end else f"{start}/{end}" if end else f"{start}/" if columns.days else f"{start}/.."


def _later(start: str, length: str) -> str:
    try:
        return (date.fromisoformat(start) + timedelta(days=int(float(length)))).isoformat()
    except (ValueError, OverflowError):
        raise BadRow(f"{length!r} days from {start!r} is no date") from None


def _take(row: dict[str, str], column: str) -> str:
    return row.pop(column, "") if column else ""


def _made(row: dict[str, str], how: str) -> str:
    """A property's value: `=value`, a column, or columns in a text such as `{lat},{lon}`."""
    if how.startswith("="):
        return how[1:]
    if "{" not in how:
        value = row.get(how, "")
        return "" if value in _FILLER else value
    names = re.findall(r"\{(\w+)\}", how)
    if any(row.get(name, "") in _FILLER for name in names):
        return ""
    return re.sub(r"\{(\w+)\}", lambda name: row[name[1]], how)


def _notes(row: dict[str, str], columns: tuple[str, ...]) -> str:
    told = [(name, value) for name in columns if (value := _take(row, name)) not in _FILLER]
    return told[0][1] if len(columns) == 1 and told else "; ".join(f"{name}: {value}" for name, value in told)


def _text(row: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in row.items() if value and not name.startswith("__"))


def _stem(path: Path) -> str:
    return slug(_ENDINGS.sub("", path.name))
