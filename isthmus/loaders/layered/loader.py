"""Nodes, ties and layers of one network or several, each three CSV files that share the start of their name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import to_builtins

from isthmus.graph.errors import BadInput, BadRow, UnknownWord
from isthmus.loaders.layered.layers import Meaning, meanings, shared
from isthmus.loaders.layered.stated import Code, Known, Own
from isthmus.loaders.networks import WEIGHT_0, Node, PublishedNetwork, Repeats, kinds, slug, truth
from isthmus.loaders.stated import Publisher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Claim, Record, Row
    from isthmus.loaders.source import Source

_FILE = re.compile(r"^(?P<start>.*?)(?P<part>nodes|edges|layers)\.csv(\.\w+)?$", re.IGNORECASE)
_MISSING = {"", "NA"}


def load(source: Source) -> Iterator[Row]:
    """Entities, then ties; the table of layers is held against what was read."""
    for parts in _networks(source):
        yield from _Layered(source, parts).rows()


def _networks(source: Source) -> list[dict[str, Path]]:
    found: dict[tuple[str, str], dict[str, Path]] = {}
    for path in source.files():
        fits = _FILE.match(path.name)
        if fits is None:
            raise BadInput(f"{path}: the name ends neither in nodes.csv nor in edges.csv nor in layers.csv")
        found.setdefault((str(path.parent), fits["start"]), {})[fits["part"].lower()] = path
    for key, parts in found.items():
        if "edges" not in parts:
            raise BadInput(f"{key[0]}: there is no {key[1]}edges.csv beside {next(iter(parts.values())).name}")
    return list(found.values())


class _Layer(NamedTuple):
    meaning: Meaning
    directed: bool


class _Layered:
    def __init__(self, source: Source, parts: dict[str, Path]) -> None:
        self.source, self.parts = source, parts
        self.stated = list(source.csv_rows(parts["layers"], required=["layer"])) if "layers" in parts else []
        names = list(dict.fromkeys(row["layer"] for row in self.stated)) or self._names()
        self.about = _known(source, names)
        meant = meanings(names, source.stated(Own), self.about)
        directed = {row["layer"]: row.get("directed", "") for row in self.stated}
        flag = source.options.get("directed", "")
        self.layers = {name: _Layer(meant[name], truth(directed.get(name) or flag)) for name in names}
        stated = self.about.kinds
        self.kinds = kinds(source, ",".join(stated) if stated else "Person")
        self.network = PublishedNetwork(source, self._id(names), **_told(self.about))
        self.nodes: dict[str, Node] = {}
        self.listed: Counter[str] = Counter()
        self.tied: Counter[str] = Counter()
        self.repeats = Repeats()

    def rows(self) -> Iterator[Row]:
        yield self.network.row
        if "nodes" in self.parts:
            rows = self.source.csv_rows(self.parts["nodes"], required=["layer", "name"])
            yield from self.source.each(rows, self._node)
        yield from self.source.each(self._edges(), self._edge)
        for row in self.stated:
            self.source.where = f"{self.parts['layers'].name}:{row['__line__']}"
            yield from self.source.each([row], self._control)

    def _edges(self) -> Iterator[dict[str, str]]:
        return self.source.csv_rows(self.parts["edges"], required=["layer", "source", "target"])

    def _names(self) -> list[str]:
        """The layers that the table of ties names, where there is no table of layers: the file is read twice."""
        import csv
        import io

        path = self.parts["edges"]
        with io.TextIOWrapper(self.source.open(path), encoding=self.source.encoding(path), newline="") as stream:
            found = dict.fromkeys((row.get("layer") or "").strip() for row in csv.DictReader(stream))
        if not found:
            raise BadInput(f"{path} has no rows; fetch it again or leave it out")
        return list(found)

    def _id(self, names: list[str]) -> str:
        start = shared(names).strip("_-")
        plain = not start or re.fullmatch(r"layer\d*", start, re.IGNORECASE)
        return str(self.about.id or slug(self.parts["edges"].resolve().parent.name if plain else start))

    def _node(self, row: dict[str, str]) -> Iterator[Row]:
        line, layer, label = row.pop("__line__"), row.pop("layer"), row.pop("name")
        second = row.pop("type", "NA")
        self.listed[layer] += 1
        meaning = self._layer(layer).meaning
        told = {key: value for key, value in row.items() if value not in _MISSING}
        twice = self.repeats.before(f"{layer}\x1f{label}")
        known = label in self.nodes
        node = self.nodes.setdefault(label, self._made(label, second))
        if twice:
            yield from self._twice(label, node, layer)
            return
        record = self.network.record(f"node {label} in {layer}", file=self.parts["nodes"].name, text=_text(row, label))
        claims = [] if known else list(self.network.declare(record, node, self._name(label)))
        if claims and node.kind == "Event":
            claims.append(self.source.claim(record, node.id, "event_kind", self.about.event_kind))
        if node.kind != "Country":
            claims += [self.source.claim(record, node.id, "attribute", told[key], name=key) for key in told]
            claims += self._membership(node, meaning, record)
        if claims:
            yield record
            yield from claims
        elif known:
            self.source.skip(line, "node listed again in another layer")
        else:
            self.source.skip(line, "a country, which needs no claim to exist")

    def _membership(self, node: Node, meaning: Meaning, record: Record) -> list[Claim]:
        word = self.about.membership
        if not word or not meaning.valid or node.kind != "Organisation":
            return []
        return [self.source.claim(record, node.id, word, meaning.valid, meaning.valid)]

    def _twice(self, label: str, node: Node, layer: str) -> Iterator[Row]:
        """Two rows of one layer bear one label: the table of ties cannot tell them apart, and says so."""
        self.source.notice(
            f"label {label!r} stands in two rows of the nodes of {layer}; their ties cannot be told apart"
        )
        record = self.network.record(f"node {label} in {layer}, again", file=self.parts["nodes"].name, text=label)
        if node.kind == "Country":
            self.source.skip(self.source.where, "node listed twice in one layer")
            return
        yield record
        yield self.source.claim(
            record, node.id, "note", "the label stands in two rows of the publisher's nodes; ties name only the label"
        )

    def _edge(self, row: dict[str, str]) -> Iterator[Row]:
        line, layer = row.pop("__line__"), row.pop("layer")
        labels = row.pop("source"), row.pop("target")
        weight = row.pop("weight", "")
        self.source.expect_empty(row)
        meaning, directed = self._layer(layer)
        self.tied[layer] += 1
        if meaning.skip:
            self.source.skip(line, meaning.skip)
            return
        if labels[0] == labels[1] and labels[0]:
            self.source.skip(line, "a node tied to itself")
            return
        meaning, strength = self._coded(meaning, "" if weight in _MISSING else weight)
        if meaning.skip:
            self.source.skip(line, meaning.skip)
            return
        ends = self._end(labels[0]), self._end(labels[1])
        order = labels if directed else tuple(sorted(labels))
        record = self.network.record(
            f"{layer}: {order[0]} | {order[1]}",
            file=self.parts["edges"].name,
            text=f"{layer},{','.join(order)},{weight}",
        )
        if self.repeats.before(record.id):
            self.source.skip(line, "the same tie again")
            return
        tie = self.network.tie(
            record, ends, tie=meaning.tie, directed=directed, valid=meaning.valid, role=meaning.role, weight=strength,
            layer=layer,
        )  # fmt: skip
        yield record
        for node, label in zip(ends, labels, strict=True):
            yield from self.network.declare(record, node, self._name(label))
        yield tie

    def _coded(self, meaning: Meaning, weight: str) -> tuple[Meaning, str]:
        """A value that is a code says what the tie is, and is no strength."""
        if not meaning.codes:
            strength = self.network.weight(weight)
            if strength is None:
                return meaning._replace(skip=WEIGHT_0), ""
            role = meaning.role or self.about.strength.get(weight, "")
            return meaning._replace(role=role), strength
        code = meaning.code or weight
        known = self.source.stated(Own).codes[meaning.codes].get(code)
        if known is None:
            raise UnknownWord(f"{meaning.codes} code {code!r} isn't in isthmus/loaders/layered/source.yml")
        stated = known if isinstance(known, Code) else Code(role=known)
        return meaning._replace(**{name: said for name, said in to_builtins(stated).items() if said}), ""

    def _control(self, row: dict[str, str]) -> Iterator[Row]:
        """A row of the table of layers: its counts must be those of the rows read."""
        for column, found in (("nodes", self.listed if "nodes" in self.parts else None), ("edges", self.tied)):
            stated = row.get(column, "")
            if found is not None and stated not in _MISSING and stated != str(found[row["layer"]]):
                raise BadRow(f"layer {row['layer']} should have {stated} {column}; {found[row['layer']]} were read")
        self.source.skip(row["__line__"], "control counts, which agree")
        return iter(())

    def _layer(self, name: str) -> _Layer:
        if name not in self.layers:
            raise BadRow(f"layer {name!r} isn't in the table of layers")
        return self.layers[name]

    def _end(self, label: str) -> Node:
        if label in self.nodes:
            return self.nodes[label]
        if "nodes" in self.parts:
            raise BadRow(f"{label!r} isn't in {self.parts['nodes'].name}")
        return self._made(label, "NA")

    def _made(self, label: str, second: str) -> Node:
        return self.network.node(label, self._kind(label, second), self._name(label))

    def _kind(self, label: str, second: str) -> str:
        exact: dict[str, str] = self.about.kind_of
        if label in exact:
            return exact[label]
        if second in _MISSING:
            return self.kinds[0]
        if truth(second) and self.kinds[0] == self.kinds[1]:
            raise BadInput("the nodes are of two modes; say their kinds with --set kinds=FIRST,SECOND")
        return self.kinds[truth(second)]

    def _name(self, label: str) -> str:
        text = str(self.about.corrections.get(label, label))
        return text.replace("_", " ") if self.about.underscores else text


def _known(source: Source, names: list[str]) -> Known:
    """What `source.yml` says of the network whose layers bear these names; nothing where it is new."""
    for about in source.stated(Own).networks:
        if all(re.match(about.layers, name) for name in names):
            return about
    source.notice(
        "a network that source.yml does not know: its nodes are taken for what `kinds` says, people if nothing"
    )
    return Known()


def _told(about: Known) -> dict[str, str]:
    named = about.publisher.name if isinstance(about.publisher, Publisher) else about.publisher
    told = {"title": about.title, "publisher": named, "licence": about.licence}
    return {key: value for key, value in told.items() if value}


def _text(row: dict[str, str], label: str) -> str:
    told = [f"{key}={value}" for key, value in row.items() if value not in _MISSING]
    return "; ".join([label, *told])
