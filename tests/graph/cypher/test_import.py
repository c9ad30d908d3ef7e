"""The files for `neo4j-admin database import`: read back by its documented rules, and taken by the tool itself."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.case import Case
from isthmus.graph.cypher.pull import pull
from isthmus.graph.record.dump import dump
from isthmus.graph.record.rows import Claim, Record, SourceRow, pack
from isthmus.queries.cypher import asking, cypher
from isthmus.views.export.neo4j_import import export
from tests.graph.cypher.conftest import everything, open_published
from tests.graph.make import rows
from tests.servers import FOLDER, emptied, start, tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from tests.servers import Server

HOSTILE = [
    'He said "no"', '"', '""', '"quoted"', "'", "one,two;three|four\tfive", "line\nbreak", "line\r\nbreak", "line\rbreak",
    "ends in a backslash\\", '\\"', "", " leading and trailing ", "\u202eevil\u202c", "أبو عمر", "\u2028\u2029", "a\x1fb\x1ec",
    "\x07", "nul\x00l", "null", "true", "007", "1e5", ":ID", "😀", "x" * 50_000, "\ufeffbom", "=cmd|'/c calc'!A1", "${HOME}$(id)`id`",
]  # fmt: skip


@pytest.fixture
def hostile(case: Case) -> Graph:
    case.load(
        rows("p1 took_part_in e1 2015-11-13", "p2 took_part_in e1", "e1 occurred_in FR", "e1 killed 5"), source="s"
    )
    record = Record("t", "row")
    names = [Claim(record.id, f"p{at % 2 + 1}", "alias", text) for at, text in enumerate(HOSTILE) if text]
    said = Claim(record.id, "p1", "met", "p2", qualifiers=pack({"role": "\n".join(HOSTILE[:9])}))
    case.load([SourceRow("t", title="; ".join(HOSTILE[:5])), record, *names, said], source="t")
    return case.graph


def test_read_back_by_the_documented_rules(hostile: Graph, tmp_path: Path) -> None:
    _check_files(hostile, tmp_path)


def test_the_shipped_case_read_back(shipped_graph: Graph, tmp_path: Path) -> None:
    _check_files(shipped_graph, tmp_path)


def _check_files(graph: Graph, folder: Path) -> None:
    made = asking.whole_projection(graph, evidence=True)
    export(graph, folder, "case")
    separator = _separator(folder)
    nodes, ties = {}, []
    for path in sorted(folder.glob("nodes-*.csv")):
        for row in _read(path, separator):
            nodes[row.pop(":ID")] = (row.pop(":LABEL"), row)
    for path in sorted(folder.glob("relationships-*.csv")):
        found = _read(path, separator)
        ties += [(row.pop(":START_ID"), row.pop(":TYPE"), row.pop(":END_ID"), row) for row in found]
    marker = nodes.pop(str(made.size))
    assert marker[0] == "IsthmusCase"
    assert (marker[1]["nodes"], marker[1]["ties"]) == made.counts()
    assert nodes == {
        str(group.first + at): (group.label, row) for group in made.nodes for at, row in enumerate(group.rows())
    }
    wanted = [
        (str(a), group.type, str(b), row)
        for group in sorted(made.ties, key=lambda group: group.type)
        for a, b, row in zip(group.source, group.target, group.rows(), strict=True)
    ]
    assert sorted(ties, key=str) == sorted(wanted, key=str)


def _separator(folder: Path) -> str:
    found = re.search(r"--array-delimiter=U\+([0-9A-F]{4})", (folder / "import.sh").read_text(encoding="utf-8"))
    assert found is not None
    return chr(int(found.group(1), 16))


def _read(path: Path, separator: str) -> Iterator[dict[str, Any]]:
    """Rows as the importer is documented to read them.

    A quote opens a field that ends at the next quote that isn't doubled; a field without quotes and text is null.
    """
    lines = list(_lines(path.read_bytes().decode("utf-8")))
    head = lines[0]
    assert len({str(name) for name in head}) == len(head)
    for line in lines[1:]:
        assert len(line) == len(head)
        row = {}
        for column, field in zip(head, line, strict=True):
            name, _, kind = str(column).partition(":")
            if not name:
                row[f":{kind}"] = field
            elif field is not None:
                row[name] = _value(field, kind, separator)
        yield row


def _lines(text: str) -> Iterator[list[str | None]]:
    fields: list[str | None] = []
    at = 0
    while at < len(text):
        if text[at] == '"':
            value, at = _quoted(text, at + 1)
            fields.append(value)
        else:
            stop = min(found for found in (text.find(",", at), text.find("\n", at)) if found >= 0)
            assert '"' not in text[at:stop]
            fields.append(text[at:stop] or None)
            at = stop
        if text[at] == "\n":
            yield fields
            fields = []
        else:
            assert text[at] == ","
        at += 1
    assert not fields


def _quoted(text: str, at: int) -> tuple[str, int]:
    parts = []
    while True:
        stop = text.index('"', at)
        parts.append(text[at:stop])
        if text[stop + 1] != '"':
            return '"'.join(parts), stop + 1
        at = stop + 2


def _value(field: str, kind: str, separator: str) -> Any:
    if kind == "string[]":
        return field.split(separator)
    if kind == "boolean":
        return {"true": True, "false": False}[field]
    if kind == "long":
        return int(field)
    return float(field) if kind == "double" else field


def _import(files: Path, home: Path, flavour: str) -> str:
    (home / "conf").mkdir(parents=True)
    environment = tools(flavour)
    told = subprocess.run(
        [files / "import.sh"], capture_output=True, text=True, check=False,
        env={**environment, "PATH": f"{FOLDER}:{environment['PATH']}", "NEO4J_HOME": str(home), "FLAVOUR": flavour},
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


@pytest.mark.neo4j
def test_the_tool_of_the_long_term_release_takes_them(hostile: Graph, tmp_path: Path) -> None:
    nodes, ties = asking.whole_projection(hostile, evidence=True).counts()
    export(hostile, tmp_path / "files", "case")
    said = _import(tmp_path / "files", tmp_path / "home", "plain")
    assert f"Imported:\n  {nodes + 1} nodes\n  {ties} relationships" in said  # and the marker


@pytest.mark.neo4j
def test_what_the_tool_makes_of_them_is_what_a_publish_makes(
    hostile: Graph, neo4j_servers: Callable[[str], Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(hostile, tmp_path / "files", "case")
    _import(tmp_path / "files", tmp_path / "home", "latest")
    server = start(tmp_path / "home", "latest")
    try:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        with server.driver() as driver:
            for statement in (tmp_path / "files" / "constraints.cypher").read_text(encoding="utf-8").split(";\n"):
                if statement:
                    driver.execute_query(statement)
        imported = everything(server)
        asked = cypher(hostile, "MATCH (p:Person)-[:TOOK_PART_IN]->() RETURN count(p) AS n", on=server.url)
        assert asked.table["n"].tolist() == [2]
        pull(server.url, tmp_path / "pulled.case")
    finally:
        server.discard()
    published = emptied(neo4j_servers("latest"), monkeypatch)
    open_published(hostile, published).close()
    assert imported == everything(published)
    dump(hostile.file, tmp_path / "before")
    with Case.open(tmp_path / "pulled.case") as pulled:
        dump(pulled.file, tmp_path / "after")
    for before in (tmp_path / "before").iterdir():
        assert before.read_bytes() == (tmp_path / "after" / before.name).read_bytes(), before.name
