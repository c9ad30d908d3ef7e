"""Which column is what: read from a saved mapping, or recognised by the header."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import field, to_builtins

from isthmus.graph.errors import BadInput
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices
from isthmus.graph.typed import Typed, fitted, plain
from isthmus.loaders.days import ORDERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from isthmus.loaders.edges.stated import Own

DATES = ("text", "excel", *ORDERS)


class TieColumn(Typed, frozen=True):
    """A column of nodes that names the other end of a tie: its kind, and what its words mean."""

    column: str
    kind: str = "Place"
    words: dict[str, str] = field(default_factory=dict)


class Columns(Typed, frozen=True):
    """What the columns of one file are. A field holds a column's name; an empty one, that there is none."""

    rows: str = "edges"  # or nodes
    id: str = ""  # of the network, not a column
    delimiter: str = ""  # a sign, or `blank` for any white space
    header: tuple[str, ...] = ()  # of a file without one
    # edges
    source: str = ""
    target: str = ""
    source_kind: str = ""  # a kind, not a column
    target_kind: str = ""
    tie: str = ""  # a tie's kind, not a column
    tie_column: str = ""
    words: dict[str, str] = field(default_factory=dict)  # of the tie column -> kind of tie
    directed: bool = False
    weight: str = ""
    layer: str = ""
    role: str = ""
    start: str = ""
    end: str = ""
    days: str = ""  # length, from the start
    dates: str = "text"  # or excel: serial numbers; dmy or mdy: how 03/04/2015 is meant
    # nodes
    node: str = ""
    name: str = ""
    kind: str = ""  # a kind, not a column
    kind_column: str = ""
    properties: dict[str, str] = field(default_factory=dict)  # property -> column, "{a},{b}" of columns, or "=value"
    ties: dict[str, TieColumn] = field(default_factory=dict)  # by kind of tie
    attributes: tuple[str, ...] = ()  # columns kept as they are; `*` is every other one
    # both
    key: str = ""  # the row's own key
    valid: str = ""  # EDTF for every row
    note: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


_NONE = Columns()


class Mapping(Typed, frozen=True):
    """A saved mapping: what the source is, and the columns of each of its files, by patterns of their names."""

    files: dict[str, Columns]
    id: str = ""
    title: str = ""
    publisher: str = ""
    licence: str = ""
    locator: str = ""

    @property
    def about(self) -> dict[str, str]:
        """What is stated of the source."""
        stated = {name: getattr(self, name) for name in ("title", "publisher", "licence", "locator")}
        return {name: text for name, text in stated.items() if text}

    def of(self, path: Path) -> Columns | None:
        """Columns of a file, by its name; None where no pattern fits."""
        return next((columns for glob, columns in self.files.items() if fnmatch(path.name, glob)), None)


def saved(name: str) -> Mapping:
    """Read a mapping: a path, or the name of one that is shipped.

    Raises `BadInput` for one that is missing, is no YAML, or says something that is not known.
    """
    path = Path(name)
    shipped = files("isthmus.loaders.edges").joinpath("mappings", f"{name}.yml")
    try:
        text = path.read_text("utf-8") if path.is_file() else shipped.read_text("utf-8")
        stated = plain(text, f"mapping {name}")
    except OSError:
        folder = files("isthmus.loaders.edges").joinpath("mappings")
        names = ", ".join(sorted(item.name.removesuffix(".yml") for item in folder.iterdir()))
        raise BadInput(f"no mapping {name!r}: neither a file nor one of {names}") from None
    except UnicodeError as broken:
        raise BadInput(f"mapping {name}: {broken}") from broken
    mapping = fitted(_plain_values(stated), Mapping, f"mapping {name}")
    for glob, columns in mapping.files.items():
        _check(f"mapping {name}: files.{glob}", columns)
    return mapping


def parse(where: str, stated: Any) -> Columns:
    """The columns of one file, checked against the vocabulary.

    Raises `BadInput`.
    """
    columns = fitted(_plain_values(stated), Columns, f"mapping {where}")
    _check(f"mapping {where}", columns)
    return columns


def _plain_values(stated: Any, key: str = "") -> Any:
    """What was read, with a number as the text that it is (a column may be called 2015), and one of a list as a list."""
    if isinstance(stated, dict):
        return {str(name): _plain_values(value, str(name)) for name, value in stated.items()}
    if isinstance(stated, list):
        return [_plain_values(value) for value in stated]
    text = str(stated) if isinstance(stated, int | float) and not isinstance(stated, bool) else stated
    return [text] if isinstance(text, str) and isinstance(getattr(_NONE, key, None), tuple) else text


def _check(where: str, columns: Columns) -> None:
    """Raise `BadInput` for columns that are not enough, or a word that is not declared."""
    _words(where, columns)
    if columns.rows not in {"edges", "nodes"} or columns.dates not in DATES:
        raise BadInput(f"{where}: `rows` is edges or nodes, `dates` is one of {', '.join(DATES)}")
    for name in ("source", "target") if columns.rows == "edges" else ("node",):
        if not getattr(columns, name):
            raise BadInput(f"{where}: it must say which column is `{name}`")


def _words(where: str, columns: Columns) -> None:
    """Raise `BadInput` for a kind, tie or property that is not declared."""
    uses: list[tuple[Iterable[str], Collection[str]]] = [
        ((columns.kind, columns.source_kind, columns.target_kind), schema().kinds),
        ([end.kind for end in columns.ties.values()], schema().kinds),
        ((columns.tie, *columns.words.values(), *columns.ties), schema().ties),
        (columns.properties, schema().properties),
    ]
    for used, vocabulary in uses:
        for word in used:
            if word and word not in vocabulary:
                raise BadInput(f"{where}: {word!r} isn't in graph/schema; {choices(vocabulary)}")


def save(path: Path, found: dict[str, Columns]) -> None:
    """Write what was recognised as a mapping, to be corrected and used again.

    Raises `BadInput` for a file that is there already, or cannot be written.
    """
    import yaml

    empty = to_builtins(_NONE)
    told = {
        name: {key: _bare(value) for key, value in to_builtins(columns).items() if value != empty[key] or key == "rows"}
        for name, columns in found.items()
    }
    try:
        with path.open("x", encoding="utf-8") as stream:
            yaml.safe_dump({"files": told}, stream, sort_keys=False, allow_unicode=True)
    except FileExistsError:
        raise BadInput(f"{path} is there already; name another file for the mapping") from None
    except OSError as refused:
        raise BadInput(f"{path}: the mapping cannot be written ({refused})") from refused


def _bare(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def recognise(path: Path, header: Sequence[str], sample: Sequence[Sequence[str]], meta: Own) -> Columns:
    """What the columns of a file without a mapping are; `header` is its first line, `sample` some lines after it.

    Raises `BadInput` where that is in doubt: the message says what was seen and how to settle it.
    """
    plain = {_plain(name): name for name in header}
    edges = _match(path, plain, meta.columns)
    if "source" in edges and "target" in edges:
        said: dict[str, Any] = dict(edges)
        said["note"] = (said["note"],) if "note" in said else ()
        said["tie_column"] = said.pop("tie", "")
        return Columns(rows="edges", **said)
    nodes = _first(plain, meta.nodes)
    if "source" in edges or "target" in edges:
        raise _doubt(path, header, "one end of a tie is recognised and not the other")
    if nodes:
        node = nodes.pop("id", "") or nodes.get("name", "")
        if nodes.get("name") == node:
            nodes.pop("name")
        return Columns(rows="nodes", node=node, name=nodes.get("name", ""), kind_column=nodes.get("kind", ""),
                       attributes=("*",))  # fmt: skip
    return _by_kind(plain, edges, meta.ends) or _headless(path, header, sample, meta.ends)


def _by_kind(plain: dict[str, str], edges: dict[str, str], words: dict[str, list[str]]) -> Columns | None:
    """Ties whose two ends are named by what they are (person, event), every other column being recognised."""
    ends = [(name, kind) for key, name in plain.items() if (kind := _kind(key, words))]
    if len(ends) != 2 or len(plain) != 2 + len(edges):
        return None
    (source, source_kind), (target, target_kind) = ends
    said: dict[str, Any] = dict(edges)
    said["note"] = (said["note"],) if "note" in said else ()
    said["tie_column"] = said.pop("tie", "")
    return Columns(source=source, target=target, source_kind=source_kind, target_kind=target_kind, **said)


def _kind(word: str, words: dict[str, list[str]]) -> str:
    """The kind that a column's word stands for; "" for none."""
    return next((kind for kind, spellings in words.items() if word in spellings), "")


def _headless(
    path: Path, first: Sequence[str], sample: Sequence[Sequence[str]], words: dict[str, list[str]]
) -> Columns:
    """A file of two columns, or three with a number, whose first line is a tie like the others."""
    rows = [first, *sample]
    if any(_kind(_plain(cell), words) for cell in first):
        raise _doubt(path, first, "the first line may be a header or a tie")
    widths = {len(row) for row in rows}
    if widths == {3} and all(re.fullmatch(r"-?\d+(\.\d+)?", row[2]) for row in rows):
        return Columns(header=("source", "target", "weight"), source="source", target="target", weight="weight")
    if widths != {2}:
        raise _doubt(path, first, "no column is recognised")
    ends = [{row[at] for row in rows if row[at]} for at in (0, 1)]
    if len(rows) > 4 and not ends[0] & ends[1] and 5 * len(ends[1]) < len(ends[0]) * 2:
        raise _doubt(path, first, "two columns without a header, the second of few values: ties, or an attribute?")
    return Columns(header=("source", "target"), source="source", target="target")


def _match(path: Path, plain: dict[str, str], known: dict[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for what, spellings in known.items():
        fits = [name for key, name in plain.items() if key in spellings]
        if len(fits) > 1:
            raise _doubt(path, list(plain.values()), f"columns {fits[0]!r} and {fits[1]!r} could both be the {what}")
        if fits:
            found[what] = fits[0]
    return found


def _first(plain: dict[str, str], known: dict[str, list[str]]) -> dict[str, str]:
    """The first spelling in the order of `source.yml` decides."""
    found = {what: next((plain[word] for word in words if word in plain), "") for what, words in known.items()}
    return {what: name for what, name in found.items() if name}


def _doubt(path: Path, header: Sequence[str], why: str) -> BadInput:
    seen = ", ".join(map(repr, header[:8]))
    return BadInput(
        f"{path}: {why} (first line: {seen}). Say which column is what in a mapping, for example\n"
        f"  files: {{{path.name}: {{rows: edges, source: COLUMN, target: COLUMN}}}}\n"
        "and load with --mapping FILE; a file without a header line also needs `header: [NAME, NAME]`"
    )


def _plain(name: str) -> str:
    return re.sub(r"[^\w]", "", name).lower()
