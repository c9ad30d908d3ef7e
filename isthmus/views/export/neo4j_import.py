"""CSV files that `neo4j-admin database import full` reads: for the first load of millions. The whole case, as published.

Operations Manual 5, "Import", section "CSV header format": the first line of a file names its columns with their
types; `:ID` is the number of a node, which is not kept. Written with U+001F between the items of a list.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING, Any

from isthmus.graph.cypher.projection import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from isthmus.graph.cypher.projection import Projection
    from isthmus.graph.graph import Graph

LIST = "\x1f"
_ROWS = 50_000


def export(graph: Graph, out: Path) -> list[Path]:
    """Write the projection of a graph as import files into the folder `out`, with the command that reads them."""
    from isthmus.queries.cypher.asking import whole_projection

    made = whole_projection(graph, evidence=True)
    out.mkdir(parents=True, exist_ok=True)
    files = [_nodes(made, label, out) for label in made.labels()]
    files += [_ties(made, kind, out) for kind in sorted({ties.type for ties in made.ties})]
    files += [_marker(graph, made, out), _constraints(made, out)]
    return [*files, _command(made, files, out)]


def _nodes(made: Projection, label: str, out: Path) -> Path:
    groups = [nodes for nodes in made.nodes if nodes.label == label]
    types = _types(nodes.columns for nodes in groups)
    path = out / f"nodes-{label}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([":ID", *(f"{name}:{kind}" for name, kind in types.items()), ":LABEL"])
        for nodes in groups:
            for start, stop in batches(len(nodes), _ROWS):
                for at, row in enumerate(nodes.rows(start, stop), start=nodes.first + start):
                    writer.writerow([at, *(_cell(row.get(name)) for name in types), label])
    return path


def _ties(made: Projection, kind: str, out: Path) -> Path:
    groups = [ties for ties in made.ties if ties.type == kind]
    types = _types(ties.columns for ties in groups)
    path = out / f"relationships-{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([":START_ID", ":END_ID", *(f"{name}:{read}" for name, read in types.items()), ":TYPE"])
        for ties in groups:
            for start, stop in batches(len(ties), _ROWS):
                ends = zip(ties.source[start:stop].tolist(), ties.target[start:stop].tolist(), strict=True)
                for (a, b), row in zip(ends, ties.rows(start, stop), strict=True):
                    writer.writerow([a, b, *(_cell(row.get(name)) for name in types), kind])
    return path


def _types(groups: Iterable[dict[str, Sequence[Any]]]) -> dict[str, str]:
    """Type of each column that holds anything."""
    found: dict[str, str] = {}
    for columns in groups:
        for name, column in columns.items():
            known = next((value for value in column if value not in (None, "", [])), None)
            if known is not None:
                found.setdefault(name, _type(known))
    return found


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long"
    if isinstance(value, float):
        return "double"
    return "string[]" if isinstance(value, list) else "string"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST.join(str(item) for item in value)
    return repr(value) if isinstance(value, float) else str(value)


def _marker(graph: Graph, made: Projection, out: Path) -> Path:
    """The node by which a server knows the case, so that `query --on` and `pull` find it."""
    nodes, ties = made.counts()
    path = out / "nodes-IsthmusCase.csv"
    said = "; ".join(f"{name}={value}" for name, value in graph.arguments.items())
    columns = {
        "case:string": made.scope, "title:string": graph.case.path.stem, "version:long": graph.case.version,
        "arguments:string": said, "generation:long": 1, "nodes:long": nodes, "ties:long": ties,
        "labels:string[]": LIST.join(made.labels()),
        "published:string": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([":ID", *columns, ":LABEL"])
        writer.writerow([made.size, *columns.values(), "IsthmusCase"])
    return path


def _constraints(made: Projection, out: Path) -> Path:
    from isthmus.graph.cypher.publish import constraints

    path = out / "constraints.cypher"
    path.write_text("".join(f"{statement};\n" for statement in constraints(made.labels())), encoding="utf-8")
    return path


def _command(made: Projection, files: list[Path], out: Path) -> Path:
    """A script with the command; the name of the database is its argument."""
    options = [
        f"--{'nodes' if file.name.startswith('nodes') else 'relationships'}={quote(file.name)}"
        for file in files
        if file.suffix == ".csv"
    ]
    path = out / "import.sh"
    lines = " \\\n  ".join(
        ["neo4j-admin database import full", "--id-type=integer", "--array-delimiter=U+001F", "--multiline-fields=true",
         *options, '"${1:-neo4j}"']
    )  # fmt: skip
    path.write_text(
        "#!/bin/sh\n# Run in this folder on the machine of the server, which must be stopped; then run\n"
        f"# constraints.cypher in it. {made.size:,} nodes.\nset -e\n{lines}\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path
