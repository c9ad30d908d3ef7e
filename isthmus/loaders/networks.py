"""What the loaders of published networks share: entities by label, ties by the kinds of their ends, repeats."""

from __future__ import annotations

import csv
import io
import math
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.countries import country_code
from isthmus.graph.errors import BadInput, BadRow
from isthmus.graph.record.scratch import CountsOnDisk
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Claim, Record, SourceRow
    from isthmus.loaders.source import Source

_HINT = "sep="  # Excel's own first line, which names the delimiter
_SAME = "linked_to"  # two of a kind, no direction told
_DIRECTED = "tied_to"
YES = {"true", "yes", "y", "1", "t"}
WEIGHT_0 = "weight 0: no tie"
_TOLD = 5  # weights that are no numbers, named one by one
NO = {"false", "no", "n", "0", "f", ""}


class Node(NamedTuple):
    """An entity as an end of a tie."""

    id: str
    kind: str


class Repeats:
    """Counts how often a key came before, in memory that does not grow: what is too much goes to a file."""

    def __init__(self, room: int = 500_000) -> None:
        self._room = room
        self._counts: dict[bytes, int] = {}
        self._spilt: CountsOnDisk | None = None

    def before(self, key: str) -> int:
        """How often `key` was asked about before."""
        short = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).digest()
        count = self._counts.get(short)
        if count is None:
            count = self._spilt[short] if self._spilt is not None else 0
            if len(self._counts) >= self._room:
                self._spill()
        self._counts[short] = count + 1
        return count

    def _spill(self) -> None:
        if self._spilt is None:
            self._spilt = CountsOnDisk()
        self._spilt.put(self._counts)
        self._counts.clear()


class PublishedNetwork:
    """One published network: its id goes before every entity's, so that equal labels of two networks stay two."""

    def __init__(self, source: Source, name: str, **about: str) -> None:
        self.source = source
        self.id = slug(source.options.get("id") or name)
        self.row: SourceRow = source.row(**about)._replace(id=self.id)
        self._declared = Repeats()
        self._no_numbers: set[str] = set()  # weights that were told

    def record(self, key: str, *, file: str, text: str) -> Record:
        """The record of one row: `key` says which row it is, `text` holds what stands in it."""
        return self.source.record(key, pointer=f"{file}: {key}", text=text, source=self.id)

    def node(self, label: str, kind: str, name: str = "") -> Node:
        """The entity that `label` stands for; `name` is what it is called where that is not the label.

        A country that no list knows (Sahara, Chechnya) is a place.
        """
        if not label:
            raise BadRow("an end of the tie has no label")
        if kind == "Country":
            code = country_code(name or label)
            if code is not None:
                return Node(code, kind)
            kind = "Place"
        return Node(f"{self.id}:{label}", kind)

    def declare(self, record: Record, node: Node, name: str) -> Iterator[Claim]:
        """Kind and name of an entity, the first time it is met; countries need neither."""
        if node.kind != "Country" and not self._declared.before(node.id):
            yield self.source.claim(record, node.id, "kind", node.kind)
            yield self.source.claim(record, node.id, "name", name)

    def weight(self, text: str) -> str | None:
        """A weight as the file writes it; "" for one that is no finite number, which is told; None for 0, no tie."""
        text = text.strip()
        try:
            number = float(text or "nan")
        except ValueError:
            number = float("nan")
        if number == 0:
            return None
        if math.isfinite(number):
            return text
        if text and len(self._no_numbers | {text}) <= _TOLD:
            self._no_numbers.add(text)
            self.source.notice(f"weight {text!r} is no number: the tie is kept without one")
        elif text:
            self.source.notice("other weights that are no number: their ties are kept without one")
        return ""

    def tie(
        self, record: Record, ends: tuple[Node, Node], *, tie: str = "", directed: bool = False, valid: str = "",
        **qualifiers: str,
    ) -> Claim:  # fmt: skip
        """The claim that a row's two ends are tied.

        Without `tie` the kinds of the ends say what it is. A tie without direction is written from the end whose id
        sorts first, so that both orders make one statement.
        """
        first, second = ends
        if first.id == second.id:
            raise BadRow(f"{first.id!r} is tied to itself")
        name = tie or between(first.kind, second.kind, directed=directed)
        declared = schema().ties[name]
        fits = first.kind in declared.sources and second.kind in declared.targets
        turned = second.kind in declared.sources and first.kind in declared.targets
        if not fits and not turned:
            raise BadRow(f"{name} joins no {first.kind} to a {second.kind}; say what it is with --set tie=NAME")
        if (not fits) or (declared.symmetric and turned and second.id < first.id):
            first, second = second, first
        return self.source.claim(record, first.id, name, second.id, valid, **qualifiers)


def between(first: str, second: str, *, directed: bool = False) -> str:
    """What a tie between two kinds says where the file does not say it."""
    if first == second:
        return _DIRECTED if directed else _SAME
    says = schema().between
    found = says.get(first, {}).get(second) or says.get(second, {}).get(first)
    if found is None:
        raise BadInput(f"what does a tie between a {first} and a {second} say? Name it with --set tie=NAME")
    return found


def kinds(source: Source, default: str = "Person") -> tuple[str, str]:
    """Kinds of the two modes (of rows and columns), from the option `kinds`; one word stands for both."""
    stated = [word.strip() for word in (source.options.get("kinds") or default).split(",")]
    for word in stated:
        if word not in schema().kinds:
            raise BadInput(f"kind {word!r} isn't in graph/schema; {choices(schema().kinds)}")
    if len(stated) > 2:
        raise BadInput(f"kinds={','.join(stated)}: a network has one kind of node or two")
    return stated[0], stated[-1]


def lines(source: Source, path: Path) -> Iterator[str]:
    """The lines of a text file, whatever its end of line.

    Raises `BadInput` at bytes that its encoding does not have.
    """
    encoding = source.encoding(path)
    with io.TextIOWrapper(source.open(path), encoding=encoding, newline=None) as stream:
        number = 0
        while True:
            try:
                line = stream.readline()
            except UnicodeError as wrong:
                raise BadInput(f"{path}, after line {number}: {wrong}; state --encoding") from wrong
            if not line:
                return
            number += 1
            yield line


def peek(source: Source, path: Path) -> Iterator[list[str]]:
    """The cells of each line that is not blank, stripped; none of it counts as read. It ends at broken quoting."""
    head = next(lines(source, path), "")
    hint = head.startswith(_HINT) and len(head.rstrip("\n")) > len(_HINT)
    delimiter = head[len(_HINT)] if hint else max(",;\t|", key="".join(head.split('"')[::2]).count)
    try:
        for at, cells in enumerate(csv.reader(lines(source, path), delimiter=delimiter, strict=True)):
            if any(cells) and not (hint and at == 0):
                yield [cell.strip().lstrip("\ufeff") for cell in cells]
    except csv.Error:
        return


def truth(text: str) -> bool:
    """A publisher's yes or no.

    Raises `BadRow` for anything else.
    """
    word = text.strip().lower()
    if word not in YES and word not in NO:
        raise BadRow(f"{text!r} is neither yes nor no")
    return word in YES


def slug(text: str) -> str:
    """Lower-case letters, digits and low lines; what else there is becomes a low line."""
    return re.sub(r"[^\w]+", "_", text).strip("_").lower() or "network"
