"""CSV files that `neo4j-admin database import full` reads: for the first load of millions. The whole case, as published.

Operations Manual, "Import", section "CSV header format": the first line of a file names its columns with their types;
`:ID` is the number of a node, which is not kept. A field without quotes and without text is absent, `""` is the empty
text; a quote within quotes is doubled. The items of a list stand between quotes too, parted by one character.
"""

from __future__ import annotations

from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher.foreign import names
from isthmus.graph.cypher.projection import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from isthmus.graph.cypher.projection import Nodes, Projection, Ties
    from isthmus.graph.graph import Graph

WHOLE = True
_SEPARATORS = "".join(chr(code) for code in range(0x1F, 0, -1) if chr(code) not in "\t\n\r")
_ROWS = 50_000


def export(graph: Graph, out: Path, title: str) -> list[Path]:
    """Write the projection of a graph as import files into the folder `out`, with the command that reads them.

    A server calls the case `title`.
    """
    from isthmus.queries.cypher.asking import whole_projection

    made = whole_projection(graph, evidence=True)
    out.mkdir(parents=True, exist_ok=True)
    separator = _separator(made)
    files = [_nodes(made, label, out, separator) for label in made.labels()]
    files += [_ties(made, kind, out, separator) for kind in sorted({ties.type for ties in made.ties})]
    files += [_marker(graph, made, title, out, separator), _constraints(made, out)]
    return [*files, _command(made, files, out, separator)]


def _separator(made: Projection) -> str:
    """A control character that is in no item of a list."""
    held: set[str] = set()
    groups: list[Nodes | Ties] = [*made.nodes, *made.ties]
    for group in groups:
        for row in _each(group):
            for value in row.values():
                if isinstance(value, list):
                    held.update(*(item for item in value if not item.isprintable()))
    return next(char for char in _SEPARATORS if char not in held)


def _each(group: Nodes | Ties) -> Iterator[dict[str, Any]]:
    for start, stop in batches(len(group), _ROWS):
        yield from group.rows(start, stop)


def _nodes(made: Projection, label: str, out: Path, separator: str) -> Path:
    groups = [nodes for nodes in made.nodes if nodes.label == label]
    types = _types(groups)

    def rows() -> Iterator[list[Any]]:
        for nodes in groups:
            for at, row in enumerate(_each(nodes), start=nodes.first):
                yield [at, *(row.get(name) for name in types), label]

    path = out / f"nodes-{label}.csv"
    _write(path, [":ID", *(f"{name}:{kind}" for name, kind in types.items()), ":LABEL"], rows(), separator)
    return path


def _ties(made: Projection, kind: str, out: Path, separator: str) -> Path:
    groups = [ties for ties in made.ties if ties.type == kind]
    types = _types(groups)

    def rows() -> Iterator[list[Any]]:
        for ties in groups:
            ends = zip(ties.source.tolist(), ties.target.tolist(), strict=True)
            for (a, b), row in zip(ends, _each(ties), strict=True):
                yield [a, b, *(row.get(name) for name in types), kind]

    path = out / f"relationships-{kind}.csv"
    head = [":START_ID", ":END_ID", *(f"{name}:{read}" for name, read in types.items()), ":TYPE"]
    _write(path, head, rows(), separator)
    return path


def _write(path: Path, head: list[str], rows: Iterable[Sequence[Any]], separator: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(head) + "\n")
        stream.writelines(",".join(_field(value, separator) for value in row) + "\n" for row in rows)


def _types(groups: Sequence[Nodes | Ties]) -> dict[str, str]:
    """Type of each property that any row of the groups has."""
    found: dict[str, set[str]] = {}
    for group in groups:
        for row in _each(group):
            for name, value in row.items():
                found.setdefault(name, set()).add(_type(value))
    return {name: kinds.pop() if len(kinds) == 1 else _common(kinds) for name, kinds in found.items()}


def _common(kinds: set[str]) -> str:
    return "double" if kinds == {"double", "long"} else "string"


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    if isinstance(value, float):
        return "double"
    return "string[]" if isinstance(value, list) else "string"


def _field(value: Any, separator: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = separator.join(value) if isinstance(value, list) else str(value)
    return '"' + text.replace('"', '""') + '"'


def _marker(graph: Graph, made: Projection, title: str, out: Path, separator: str) -> Path:
    """The node by which a server knows the case, so that `query --on` and `pull` find it."""
    nodes, ties = made.counts()
    path = out / "nodes-IsthmusCase.csv"
    said = "; ".join(f"{name}={value}" for name, value in graph.arguments.items())
    columns = {
        "case:string": made.scope, "title:string": title, "version:long": graph.file.version,
        "arguments:string": said, "generation:long": 1, "nodes:long": nodes, "ties:long": ties,
        "labels:string[]": made.labels(), "names:string": names(made), "published:string": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    _write(path, [":ID", *columns, ":LABEL"], [[made.size, *columns.values(), "IsthmusCase"]], separator)
    return path


def _constraints(made: Projection, out: Path) -> Path:
    from isthmus.graph.cypher.publish import constraints

    path = out / "constraints.cypher"
    path.write_text("".join(f"{statement};\n" for statement in constraints(made.labels())), encoding="utf-8")
    return path


def _command(made: Projection, files: list[Path], out: Path, separator: str) -> Path:
    """A script with the command; the name of the database is its argument.

    The database comes first, since every word after a file would be taken for one more; and the newest release looks
    for a file only where a folder is named.
    """
    options = [
        f"--{'nodes' if file.name.startswith('nodes') else 'relationships'}={quote(f'./{file.name}')}"
        for file in files
        if file.suffix == ".csv"
    ]
    path = out / "import.sh"
    lines = " \\\n  ".join(
        ['neo4j-admin database import full "${1:-neo4j}"', "--id-type=integer", f"--array-delimiter=U+{ord(separator):04X}",
         "--multiline-fields=true", *options]
    )  # fmt: skip
    path.write_text(
        "#!/bin/sh\n# Run on the machine of the server, which must be stopped; then start it, and run\n"
        f'# constraints.cypher in it. {made.size:,} nodes.\nset -e\ncd "$(dirname "$0")"\n{lines}\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path
