"""Entities called like a column or a word of the vocabulary break no output: each face is as with any other names."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from isthmus.case import Case
from isthmus.cli import cli
from isthmus.graph.record.rows import Assessment, Claim, Holding, Record, SourceRow
from isthmus.queries.rank import rank
from isthmus.views.export import export
from isthmus.views.notebook import finding_html
from isthmus.views.picture import picture
from isthmus.views.quick import quick_from_picture

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.record.rows import Row

ODD = [
    "person",
    "id",
    "rank",
    "value",
    "rows",
    "kind",
    "tie",
    "source",
    "columns",
    "nodes",
    "p",
    "role",
    "Person",
    "met",
]
PLAIN = [f"q{number}" for number in range(len(ODD))]
ASKED = [
    ["find", "{2}"], ["show", "{0}"], ["info"], ["cross-border"], ["cross-border", "--matrix"], ["origins"],
    ["path", "{0}", "{5}"], ["rank", "degree"], ["rank", "betweenness"], ["brokers"], ["profile"], ["layers"], ["gap"],
    ["gap", "--table", "statements"], ["gap", "--table", "matrix"], ["knowable", "2016-01-01"],
    ["knowable", "2016-01-01", "--table", "facts"], ["query", "ego", "person={0}"], ["query", "cross_border_ties"],
    ["query", "single_source_ties"], ["cypher", "MATCH (a:Person)-[t]->(b) RETURN a.id AS id, type(t) AS kind, b.id AS value"],
]  # fmt: skip


def facts(names: list[str], status: str) -> list[Row]:
    """People in a ring of three countries and in one organisation, each of whom some country held."""
    record = Record("s", "1")
    held = [Holding(name, "member_of", "o", ("BE", "FR")[at % 2], record.id, valid="2015", how="collected")
            for at, name in enumerate(names)]  # fmt: skip
    claims = [
        Claim(record.id, "e", "kind", "Event"),
        Claim(record.id, "o", "kind", "Organisation"),
        Claim(record.id, "e", "occurred_in", "FR", "2015-11-13"),
    ]
    for at, name in enumerate(names):
        after = names[(at + 1) % len(names)]
        claims += [
            Claim(record.id, name, prop, value)
            for prop, value in (
                ("kind", "Person"), ("name", name), ("status", status), ("citizen_of", ("FR", "BE", "DE")[at % 3]),
                ("recruited", after), ("met", names[at - 2]), ("member_of", "o"),
                *([("took_part_in", "e")] if at < 3 else []),
            )
        ]  # fmt: skip
    return [SourceRow("s", "A source"), Assessment("source", "s", "B", "t"), record, *claims, *held]


@pytest.fixture(scope="module", params=["convicted", "arrested"], ids=["named", "not named"])
def cases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same case with odd names and with plain ones."""
    folder = tmp_path_factory.mktemp("odd")
    paths = folder / "odd.case", folder / "plain.case"
    for path, names in zip(paths, (ODD, PLAIN), strict=True):
        with Case.create(path) as case:
            case.load(facts(names, request.param), source="s")
    return paths


def _printed(path: Path, names: list[str], asked: list[str], *more: str) -> str:
    words = [word.format(*names) if word.startswith(("{", "person=")) else word for word in asked]
    done = CliRunner().invoke(cli, [words[0], "--case", str(path), *words[1:], *more], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def _shape(found: dict[str, Any]) -> dict[str, Any]:
    """What no name may change: the words of a finding, its columns, how many rows there are."""
    kept = {name: found[name] for name in ("method", "literature", "caveats", "columns")}
    lists = {name: [*found[name]] for name in ("parameters", "robustness", "left_out")}
    return {**kept, **lists, "rows": len(found["rows"]), "keys": [list(row) for row in found["rows"]]}


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_question(cases: tuple[Path, Path], asked: list[str]) -> None:
    odd, plain = cases
    one, other = json.loads(_printed(odd, ODD, asked, "--json")), json.loads(_printed(plain, PLAIN, asked, "--json"))
    assert _shape(one) == _shape(other)
    assert other["rows"]
    head, *rows = csv.reader(io.StringIO(_printed(odd, ODD, asked, "--csv")))
    assert head == one["columns"]
    assert {len(row) for row in rows} == {len(head)}
    assert _printed(odd, ODD, asked)
    for column in ("kind", "tie", "says", "section"):
        if column in head and asked[0] != "cypher":
            words = [{row[column] for row in found["rows"]} for found in (one, other)]
            assert words[0] == words[1]


def test_pages_files_and_notebook(cases: tuple[Path, Path], tmp_path: Path) -> None:
    made = []
    for path in cases:
        with Case.open(path) as case:
            graph = case.graph
            answer = rank(graph, "degree")
            parts = picture(graph, [answer])
            assert quick_from_picture(parts)
            assert "degree" in finding_html(answer, graph)
            export(graph, "graphml", tmp_path / f"{path.stem}.graphml")
            export(graph, "neo4j-import", tmp_path / path.stem)
            assert graph.nx.number_of_edges() == len(graph.ties)
            kept = {name: parts[name] for name in ("words", "format")}
            made.append({**kept, **{name: sorted(part) for name, part in parts.items() if isinstance(part, dict)},
                         "property": sorted(parts["statements"]["property"])})  # fmt: skip
            assert len(set(parts["nodes"]["id"])) == len(graph.ids)
    assert made[0] == made[1]
