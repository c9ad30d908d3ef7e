"""One network from a file of another program: the layout is told by what stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput
from isthmus.loaders.matrix import dl, gml, markup, pajek
from isthmus.loaders.matrix.items import Maker
from isthmus.loaders.matrix.stated import Own
from isthmus.loaders.matrix.tables import Table, attributes, matrix, survey
from isthmus.loaders.networks import PublishedNetwork, kinds, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.matrix.items import Item
    from isthmus.loaders.source import Source

_HEAD = 4096
_ENDINGS = re.compile(r"(\.(csv|tsv|txt|net|paj|dl|gml|graphml|gexf|xml|gz|xz|bz2|zip))+$", re.IGNORECASE)
_LAYOUTS: tuple[tuple[str, str, Callable[[Source, Path], Iterator[Item]]], ...] = (
    ("GraphML", r"<(\w+:)?graphml\b", markup.graphml),
    ("GEXF", r"<(\w+:)?gexf\b", markup.gexf),
    ("Pajek", r"^\s*\*(vertices|network)\b", pajek.items),
    ("UCINET DL", r"\A\s*dl\b", dl.items),
    ("GML", r"^\s*graph\s*(\[|$)", gml.items),
)


def load(source: Source) -> Iterator[Row]:
    """Nodes and ties; a table of attributes is joined to the matrix by its labels."""
    tables: list[Path] = []
    for path in source.files():
        found = layout(source, path)
        if found is None:
            tables.append(path)
            continue
        network = PublishedNetwork(source, _stem(path))
        yield network.row
        maker = Maker(source, network, path)
        yield from maker.rows(found(source, path))
    if tables:
        yield from _tables(source, tables)


def layout(source: Source, path: Path) -> Callable[[Source, Path], Iterator[Item]] | None:
    """The reader that fits the start of a file; None for a table."""
    with source.open(path) as stream:
        start = stream.read(_HEAD)
    text = start.decode("utf-16" if start[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    name = named_layout(text)
    return next((read for layout, _, read in _LAYOUTS if layout == name), None)


def named_layout(text: str) -> str:
    """Name of the format that a file's start shows; empty for a table."""
    fits = (name for name, pattern, _ in _LAYOUTS if re.search(pattern, text, re.IGNORECASE | re.MULTILINE))
    return next(fits, "")


def _tables(source: Source, paths: list[Path]) -> Iterator[Row]:
    found = [survey(source, path) for path in paths]
    told = {table.path for table in found if not table.square and _is_attributes(source, table)}
    matrices = [table for table in found if table.path not in told]
    if not matrices:
        raise BadInput(f"{paths[0]} is a table of attributes, and no matrix is beside it; load it as edges")
    network = PublishedNetwork(source, _stem(paths[0]) if len(matrices) == 1 else paths[0].resolve().parent.name)
    yield network.row
    maker = Maker(source, network, matrices[0].path)
    for table in sorted(matrices, key=lambda table: not table.square):
        _two_modes(source, table)
        yield from matrix(source, maker, table, layer=_stem(table.path) if len(matrices) > 1 else "")
    for table in found:
        if table.path in told:
            yield from attributes(source, maker, table)


def _two_modes(source: Source, table: Table) -> None:
    first, second = kinds(source)
    if table.square:
        return
    if not table.numbers:
        raise BadInput(f"{table.path} is neither a matrix of numbers nor beside one; is it a list of ties (edges)?")
    if first == second:
        raise BadInput(
            f"{table.path}: rows and columns bear different labels, so the network has two modes; "
            "say what they are with --set kinds=Person,Event (rows first)"
        )


def _is_attributes(source: Source, table: Table) -> bool:
    word = str(source.options.get("attributes") or source.stated(Own).attributes).lower()
    return word in table.path.name.lower() or not table.numbers


def _stem(path: Path) -> str:
    return slug(
        re.sub(r"(\.(csv|tsv|txt|net|paj|dl|gml|graphml|gexf|xml|gz|xz|bz2|zip))+$", "", path.name, flags=re.IGNORECASE)
    )
