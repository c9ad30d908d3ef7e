"""GML: `key value` and `key [ … ]`, as in Himsolt (1997), GML: A portable graph file format."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadInput
from isthmus.loaders.matrix.items import Item, NodeItem, TieItem
from isthmus.loaders.networks import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.loaders.source import Source

_TOKEN = re.compile(r'\s*(?:"([^"]*)("?)|([\[\]])|([^\s\[\]"]+))')
_DEEPEST = 50
_DRAWN = ("graphics", "LabelGraphics")
Token = tuple[int, str, str]  # line; "text", "open", "close" or "word"; the text


def items(source: Source, path: Path) -> Iterator[Item]:
    """Nodes and ties in the order of the file; only one is in memory at a time."""
    tokens = _tokens(source, path)
    directed = False
    for line, kind, word in tokens:
        if kind == "word" and word.lower() == "graph":
            _expect_open(path, next(tokens, None))
        elif kind == "word" and word.lower() in {"node", "edge"}:
            _expect_open(path, next(tokens, None))
            fields = dict(_fields(path, tokens))
            where = f"{path.name}:{line}"
            source.count(where)
            yield _node(where, fields) if word.lower() == "node" else _edge(where, fields, directed=directed)
        elif kind == "word":
            value = next(tokens, None)
            if value is None:
                raise BadInput(f"{path}, line {line}: the file ends after {word!r}; fetch it again")
            if value[1] == "open":
                dict(_fields(path, tokens))
            elif word.lower() == "directed":
                directed = value[2] == "1"
        elif kind == "open":
            raise BadInput(f"{path}, line {line}: a bracket without a key")


def _node(where: str, fields: dict[str, str]) -> NodeItem:
    key = fields.pop("id", "")
    label = fields.pop("label", "") or fields.pop("name", "") or key
    return NodeItem(where, key, label, _kept(fields))


def _edge(where: str, fields: dict[str, str], *, directed: bool) -> TieItem:
    source, target = fields.pop("source", ""), fields.pop("target", "")
    weight = fields.pop("weight", "") or fields.pop("value", "")
    return TieItem(where, source, target, _kept(fields), weight, directed)


def _kept(fields: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value and not key.startswith(_DRAWN)}


def _fields(path: Path, tokens: Iterator[Token], above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Keys and values up to the closing bracket; those within brackets of their own as `key.key`."""
    if depth > _DEEPEST:
        raise BadInput(f"{path}: brackets within brackets, {_DEEPEST} deep")
    for line, kind, word in tokens:
        if kind == "close":
            return
        if kind != "word":
            raise BadInput(f"{path}, line {line}: {word!r} where a key is due")
        value = next(tokens, None)
        if value is None:
            break
        if value[1] == "open":
            yield from _fields(path, tokens, f"{above}{word}.", depth + 1)
        elif value[1] == "close":
            raise BadInput(f"{path}, line {line}: key {word!r} has no value")
        else:
            yield f"{above}{word}", value[2]
    else:
        line = -1
    raise BadInput(f"{path} ends within brackets; fetch it again")


def _expect_open(path: Path, token: Token | None) -> None:
    if token is None or token[1] != "open":
        raise BadInput(f"{path}, line {token[0] if token else 'last'}: a bracket must open here")


def _tokens(source: Source, path: Path) -> Iterator[Token]:
    open_text: list[str] = []  # lines of a text that goes on over line ends
    for number, line in enumerate(lines(source, path), start=1):
        rest = line
        if open_text:
            before, quote, rest = line.partition('"')
            open_text.append(before)
            if not quote:
                continue
            yield number, "text", _plain("".join(open_text))
            open_text = []
        elif line.lstrip().startswith("#"):
            continue
        for quoted, quote, bracket, word in _TOKEN.findall(rest):
            if bracket:
                yield number, "open" if bracket == "[" else "close", bracket
            elif word:
                yield number, "word" if word[0].isalpha() or word[0] == "_" else "text", word
            elif quote:
                yield number, "text", _plain(quoted)
            else:
                open_text = [quoted]
    if open_text:
        raise BadInput(f"{path}: a text in quotes does not end; fetch the file again")


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())
