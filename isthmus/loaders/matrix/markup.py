"""GraphML and GEXF, streamed without entities or network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.loaders.matrix.items import Item, NodeItem, TieItem, span
from isthmus.loaders.xml import TAG, Node, entries, leaves, take, take_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source

_GRAPH = re.compile(rb"<(?:\w+:)?graph\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_LABELS = ("label", "name")
Titles = dict[str, tuple[str, str]]  # id of an attribute -> its title and default


def graphml(source: Source, path: Path) -> Iterator[Item]:
    """Brandes, Eiglsperger, Herman, Himsolt & Marshall (2002), GraphML progress report, GD 2001, LNCS 2265."""
    default = _graph(source, path).get("edgedefault", "undirected") == "directed"
    keys: dict[str, tuple[str, str, str]] = {}  # id -> what it is for, name, default
    for node in entries(source, path, {"key", "node", "edge", "hyperedge"}):
        tag, where = str(node[TAG][0]), source.where
        if tag == "key":
            key = take(node, "@id")
            keys[key] = (take(node, "@for"), take(node, "@attr.name") or key, take(node, "default"))
            source.skip(where, "declaration of an attribute")
        elif tag == "hyperedge":
            source.quarantine(where, "a tie of more than two ends is not read", dict(leaves(node)))
        elif tag == "node":
            told = _data(node, keys, "node")
            key = take(node, "@id")
            yield NodeItem(where, key, _label(told) or key, told)
        else:
            told = _data(node, keys, "edge")
            directed = {"true": True, "false": False}.get(take(node, "@directed"), default)
            weight = told.pop("weight", "")
            yield TieItem(where, take(node, "@source"), take(node, "@target"), told, weight, directed)


def _data(node: Node, keys: dict[str, tuple[str, str, str]], of: str) -> dict[str, str]:
    """What the `data` of an element say, with the defaults of those that are missing."""
    told = {name: default for target, name, default in keys.values() if default and target in {of, "all"}}
    for data in take_nodes(node, "data"):
        key = take(data, "@key")
        name = keys.get(key, ("", key, ""))[1]
        text = take(data, "#text")
        label = next((value for at, value in leaves(data) if at.split("/")[-2:] == ["NodeLabel", "#text"]), "")
        if label:
            told["label"] = label  # as yEd writes it
        elif text:
            told[name] = text
    return told


def gexf(source: Source, path: Path) -> Iterator[Item]:
    """GEXF 1.2 and 1.3 (gexf.net); a tie in several spells comes once a spell."""
    default = _graph(source, path).get("defaultedgetype", "undirected") == "directed"
    titles: dict[str, Titles] = {"node": {}, "edge": {}}  # id -> title, default
    for node in entries(source, path, {"attributes", "node", "edge"}):
        tag, where = str(node[TAG][0]), source.where
        if tag == "attributes":
            declared = titles.setdefault(take(node, "@class"), {})
            for one in take_nodes(node, "attribute"):
                key = take(one, "@id")
                declared[key] = (take(one, "@title") or key, take(one, "default"))
            source.skip(where, "declaration of attributes")
        elif tag == "node":
            told = _values(node, titles["node"])
            key = take(node, "@id")
            label = take(node, "@label") or key
            yield NodeItem(where, key, label, told | _times(node))
        else:
            yield from _edge(source, where, node, titles["edge"], default=default)


def _edge(
    source: Source, where: str, node: Node, titles: dict[str, tuple[str, str]], *, default: bool
) -> Iterator[TieItem]:
    told = _values(node, titles)
    directed = {"directed": True, "mutual": True, "undirected": False}.get(take(node, "@type"), default)
    ends, weight = (take(node, "@source"), take(node, "@target")), take(node, "@weight")
    for name in ("label", "kind"):
        if text := take(node, f"@{name}"):
            told[name] = text
    boxes = [spell for box in take_nodes(node, "spells") for spell in take_nodes(box, "spell")]
    spells = [(take(spell, "@start"), take(spell, "@end")) for spell in boxes or [node]]
    for _ in spells[1:]:
        source.count(where)
    for start, end in spells:
        valid, remark = span(start, end)
        yield TieItem(where, *ends, told | ({"time": remark} if remark else {}), weight, directed, valid)


def _values(node: Node, titles: Titles) -> dict[str, str]:
    told = {title: default for title, default in titles.values() if default}
    for box in take_nodes(node, "attvalues"):
        for value in take_nodes(box, "attvalue"):
            key = take(value, "@for") or take(value, "@id")
            if text := take(value, "@value"):
                told[titles.get(key, (key, ""))[0]] = text
    return told


def _times(node: Node) -> dict[str, str]:
    return {name: text for name in ("start", "end") if (text := take(node, f"@{name}"))}


def _label(told: dict[str, str]) -> str:
    for name in list(told):
        if name.lower() in _LABELS:
            return told.pop(name)
    return ""


def _graph(source: Source, path: Path) -> dict[str, str]:
    """Attributes of the first `graph` element: its start, with the ties' direction, comes before them."""
    rest = b""
    with source.open(path) as stream:
        while chunk := stream.read(1 << 16):
            fits = _GRAPH.search(rest + chunk)
            if fits:
                return {key.decode("ascii", "replace"): value.decode("utf-8", "replace")
                        for key, value in _ATTRIBUTE.findall(fits[1])}  # fmt: skip
            rest = chunk[-4096:]
    return {}
