"""XML as lists are published in it: streamed, without entities or network, damage refused or marked.

Only one entry is in memory at a time. It is handed on as a plain `Node`, so that a loader takes fields out of it as
it does with a row of a table, and what is left can be reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from isthmus.graph.errors import BadInput, MissingExtra
from isthmus.loaders.mending import fragments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source

Node = dict[str, list[Any]]  # child name -> texts and nodes, in order; "@name" -> an attribute
TAG = "__tag__"


def entries(source: Source, path: Path, tags: Collection[str], *, recover: bool = False) -> Iterator[Node]:
    """The elements called one of `tags` (without namespace) as nodes, in the order of the file, each counted as read.

    With `recover`, each entry is read by itself, as far as it can be. One of which nothing can be read is counted as
    read and as skipped.

    Raises
    ------
    BadInput
        The file is not well-formed (line and column are named), or it declares entities.
    """
    for line, node in _nodes(source, path, tags, recover=recover):
        source.tally.read += 1
        source.where = f"{path.name}:{line}"
        if not source.tally.read & 0xFF:
            source.tell()
        if node is None:
            source.skip(source.where, "lost in the damaged file")
        else:
            yield node


def parsed(source: Source, path: Path, tags: Collection[str], *, recover: bool = False) -> Iterator[Node]:
    """As `entries`, without counting: for a first look at the whole file."""
    for _, node in _nodes(source, path, tags, recover=recover):
        if node is not None:
            yield node


def _nodes(source: Source, path: Path, tags: Collection[str], *, recover: bool) -> Iterator[tuple[int, Node | None]]:
    """Line and node of each entry; None for one that is lost."""
    with source.open(path) as stream:
        elements = _recovered(path, stream, tags) if recover else _parsed(path, stream)
        for line, element in elements:
            if element is None:
                yield line, None
            elif (tag := _local(element)) in tags:
                node = _plain(element)
                node[TAG] = [tag]
                _forget(element)
                yield line, node


def root(source: Source, path: Path) -> tuple[str, dict[str, str]]:
    """Name and attributes of the outermost element.

    Raises `BadInput` for a file that is no XML.
    """
    from lxml import etree

    with source.open(path) as stream:
        try:
            for _, element in _parser(stream, recover=True, events=("start",)):
                return _local(element), {str(key): str(value) for key, value in element.attrib.items()}
        except etree.XMLSyntaxError:
            pass
    raise BadInput(f"{path} holds no XML; name the list's XML file")


def take(node: Node, name: str) -> str:
    """Take the children called `name` out and give the first one's text; empty where there is none."""
    return next((item for item in node.pop(name, ()) if isinstance(item, str)), "")


def take_all(node: Node, name: str) -> list[str]:
    """Take the children called `name` out and give the texts of those that have one."""
    return [item for item in node.pop(name, ()) if isinstance(item, str)]


def take_nodes(node: Node, name: str) -> list[Node]:
    """Take the children called `name` out and give those with children of their own."""
    return [item for item in node.pop(name, ()) if isinstance(item, dict)]


def leaves(node: Node, above: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of everything in a node."""
    for name, items in node.items():
        if name == TAG:
            continue
        path = f"{above}/{name}" if above else name
        for item in items:
            if isinstance(item, dict):
                yield from leaves(item, path)
            else:
                yield path, item


def clean(text: str | None) -> str:
    """White space as one blank, none at the ends."""
    return " ".join(text.split()) if text else ""


def _plain(element: Any) -> Node:
    """What an element holds; empty children are left out. libxml2 allows 256 levels, so this ends."""
    node: Node = {f"@{key}": [text] for key, value in element.attrib.items() if (text := clean(value))}
    for child in element:
        inner: Node | str = _plain(child) if len(child) or child.attrib else clean(child.text)
        if inner:
            node.setdefault(_local(child), []).append(inner)
    if node and (own := clean(element.text)):
        node.setdefault("#text", []).append(own)
    return node


def _local(element: Any) -> str:
    """An element's name without its namespace; empty for an entity or comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _recovered(path: Path, stream: BinaryIO, tags: Collection[str]) -> Iterator[tuple[int, Any]]:
    """Line and element of each entry of a damaged file; None for one that is lost."""
    from lxml import etree

    for line, text in fragments(path, stream, tags):
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
        element = etree.fromstring(text.encode(), parser) if text else None
        yield line, element if element is not None and _local(element) in tags else None


def _parsed(path: Path, stream: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Line and element of everything in the file, as it ends."""
    from lxml import etree

    first = True
    try:
        for _, element in _parser(stream, recover=False, events=("end",)):
            if first:
                _refuse_entities(path, element)
                first = False
            yield element.sourceline or 0, element
    except etree.XMLSyntaxError as damage:
        line, column = damage.position
        raise BadInput(
            f"{path}, line {line}, column {column}: the XML is damaged ({damage.msg}); fetch the file again, "
            "or read what can be read with --recover"
        ) from damage


def _parser(stream: BinaryIO, *, recover: bool, events: tuple[str, ...]) -> Any:
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtra("reading XML needs lxml: pip install lxml") from None
    return etree.iterparse(
        stream, events=events, recover=recover, resolve_entities=False, load_dtd=False, dtd_validation=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _refuse_entities(path: Path, element: Any) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise BadInput(f"{path} declares entities, which no list needs and which can be used to attack a reader")


def _forget(element: Any) -> None:
    """Empty an element that has been used, and drop those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def is_xml(source: Source, path: Path) -> bool:
    """Whether a file begins as XML does."""
    with source.open(path) as stream:
        head = stream.read(200)
    return (
        head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "ignore")
        .lstrip("ï»¿\ufeff \t\r\n")
        .startswith("<")
    )
