"""Nodes and ties as a network file states them, and the claims they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph import dates
from isthmus.graph.errors import BadDate, BadRow
from isthmus.graph.schema import schema
from isthmus.loaders.matrix.stated import Own
from isthmus.loaders.networks import WEIGHT_0, Node, PublishedNetwork, Repeats, kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from isthmus.graph.record.rows import Claim, Record, Row
    from isthmus.loaders.source import Source

_KIND = ("kind", "type", "label", "labels")
_TIE = ("kind", "tie", "type", "relation", "label")


class NodeItem(NamedTuple):
    """One node: the key that ties use, the label that people read, and what else is told of it."""

    where: str
    key: str
    label: str
    told: dict[str, str]
    mode: int = 0


class TieItem(NamedTuple):
    """One tie between two keys."""

    where: str
    source: str
    target: str
    told: dict[str, str]
    weight: str = ""
    directed: bool = False
    valid: str = ""


Item = NodeItem | TieItem


def nodes_first(items: Iterable[Item]) -> Iterator[Item]:
    """The items, a tie not before its two nodes; one whose nodes never come is handed on at the end."""
    known: set[str] = set()
    waiting: list[TieItem] = []
    for item in items:
        if isinstance(item, NodeItem):
            known.add(item.key)
            yield item
        elif item.source in known and item.target in known:
            yield item
        else:
            waiting.append(item)
    yield from waiting


class Maker:
    """Makes claims of the items of one file. Equal labels stay two entities and are told."""

    def __init__(self, source: Source, network: PublishedNetwork, path: Path) -> None:
        self.source, self.network, self.file = source, network, path.name
        self.kinds = kinds(source)
        self.tie_name = source.options.get("tie", "")
        self.nodes: dict[str, Node] = {}
        self._labels = Repeats()
        self._ties = Repeats()
        self._marks = str(source.stated(Own).marks)

    def rows(self, items: Iterable[Item]) -> Iterator[Row]:
        """Claims of all items; those that cannot be used are set aside."""
        return self.source.each(nodes_first(items), self._one)

    def _one(self, item: Item) -> Iterator[Row]:
        self.source.where = item.where
        return self._node(item) if isinstance(item, NodeItem) else self._tie(item)

    def _node(self, item: NodeItem) -> Iterator[Row]:
        text = "; ".join([item.label, *(f"{key}={value}" for key, value in item.told.items())])
        record = self.network.record(f"node {item.key}", file=self.file, text=text)
        claims = list(self.describe(record, item))
        if claims:
            yield record
            yield from claims
        else:
            self.source.skip(item.where, "a country, which needs no claim to exist")

    def describe(self, record: Record, item: NodeItem) -> Iterator[Claim]:
        """Kind, name and attributes of a node.

        Raises `BadRow` for a key that stands twice.
        """
        if not item.key:
            raise BadRow("the node has no key")
        if item.key in self.nodes:
            raise BadRow(f"node {item.key!r} stands twice")
        told = dict(item.told)
        kind = _word(told, _KIND, schema().kinds) or self.kinds[item.mode]
        name = item.label.rstrip(self._marks).strip() or item.label
        node = self.network.node(item.key, kind, name)
        about: list[Claim] = []
        if node.kind == "Event":
            about.append(self.source.claim(record, node.id, "event_kind", told.pop("event_kind", "other")))
        if name != item.label:
            about.append(self.source.claim(record, node.id, "native_label", item.label))
        about += [self.source.claim(record, node.id, "attribute", value, name=key) for key, value in told.items()]
        self.nodes[item.key] = node  # only what could be read whole is a node that ties may name
        if node.kind == "Country":
            return
        yield from self.network.declare(record, node, name)
        yield from about
        if self._labels.before(name):
            self.source.notice(f"label {name!r} stands for several nodes, which stay apart")
            yield self.source.claim(record, node.id, "note", "another node of the publisher's bears the same label")

    def _tie(self, item: TieItem) -> Iterator[Row]:
        for key in (item.source, item.target):
            if key not in self.nodes:
                raise BadRow(f"no node has the key {key!r}")
        if item.source == item.target:
            self.source.skip(item.where, "a node tied to itself")
            return
        weight = self.network.weight(item.weight)
        if weight is None:
            self.source.skip(item.where, WEIGHT_0)
            return
        item = item._replace(weight=weight)
        order = (item.source, item.target) if item.directed else tuple(sorted((item.source, item.target)))
        arrow = ">" if item.directed else "|"
        parts = [*order, item.weight, item.valid, *(f"{key}={value}" for key, value in item.told.items())]
        record = self.network.record(
            f"tie {order[0]} {arrow} {order[1]}", file=self.file, text="; ".join(part for part in parts if part)
        )
        if self._ties.before(record.id):
            self.source.skip(item.where, "the same tie again")
            return
        yield record
        yield self.tie(record, item)

    def tie(self, record: Record, item: TieItem) -> Claim:
        """The claim of one tie between nodes that are known."""
        told = dict(item.told)
        name = _word(told, _TIE, schema().ties) or self.tie_name
        role = told.pop("role", "") or told.pop("relation", "") or told.pop("label", "")
        rest = "; ".join(f"{key}={value}" for key, value in told.items())
        ends = self.nodes[item.source], self.nodes[item.target]
        return self.network.tie(
            record, ends, tie=name, directed=item.directed, valid=item.valid, role=role, weight=item.weight, note=rest
        )


def symmetric(cells: Mapping[tuple[int, int], str]) -> bool:
    """Whether each cell has its mirror with the same value: whether the ties of a square matrix have no direction."""
    return all(cells.get((column, row)) == value for (row, column), value in cells.items())


def span(start: str, end: str) -> tuple[str, str]:
    """EDTF of a start and an end, and nothing; or nothing and a remark, where they are no dates (slices, seconds)."""
    start, end = start.strip(), end.strip()
    if not start and not end:
        return "", ""
    days = [text.partition("T")[0] for text in (start, end)]
    if not (days[0] and days[1]):
        text = f"{days[0] or '..'}/{days[1] or '..'}"
    else:
        text = days[0] if days[0] == days[1] else f"{days[0]}/{days[1]}"
    try:
        dates.parse(text)
    except BadDate:
        return "", f"{start or '-'} to {end or '-'}"
    return text, ""


def _word(told: dict[str, str], names: tuple[str, ...], known: Iterable[str]) -> str:
    """Take out the first column that holds a word of the vocabulary."""
    words = {word.lower(): word for word in known}
    for name in names:
        word = words.get(told.get(name, "").lower().lstrip(":"), "")
        if word:
            told.pop(name)
            return word
    return ""
