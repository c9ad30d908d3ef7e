"""Questions: as a frame, as JSON, as CSV and as text."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.graph.cypher.library import library
from isthmus.graph.schema import schema
from isthmus.queries.changes import changes
from isthmus.queries.cross_border import cross_border
from isthmus.queries.gap import gap
from isthmus.queries.knowable import knowable
from isthmus.queries.origins import origins
from isthmus.queries.path import path
from isthmus.queries.query import query
from isthmus.queries.show import show
from tests.directions.claimed import rows_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding
    from tests.directions.claimed import Claimed

Row = dict[str, Any]
PRINT_TIES = {
    "cross-border",
    "path",
    "show",
    "origins",
    "gap",
    "knowable",
    "query",
    "cypher",
    "changes",
    "export",
    "view",
}
PRINT_NONE = {"add", "basis", "brokers", "correct", "demo", "different", "door", "find", "forget", "info", "layers", "load", "log", "mark", "profile",
              "publish", "pull", "release", "queries", "rank", "retract", "same", "sources", "undo", "withdraw"}  # fmt: skip
DAY = "2015-11-12"
ENDS = [("mehdi-nemmouche", "khalid-el-bakraoui"), ("khalid-zerkani", "salah-abdeslam"), ("oussama-atar", "reda-hame")]
ASKED = ["abdelhamid-abaaoud", "khalid-zerkani", "oussama-atar", "verviers-plot-2015"]


def test_every_command_is_known_to_print_ties_or_none() -> None:
    """A new command is put into one of the two lists; what prints ties gets a test here, `demo` and `view` show others'."""
    assert set(cli.list_commands(None)) == PRINT_TIES | PRINT_NONE  # type: ignore[arg-type]


def test_a_tie_printed_backwards_is_found(claimed: Claimed) -> None:
    assert claimed.tie("right", "khalid-zerkani", "recruited", "abdelhamid-abaaoud") == 1
    assert claimed.tie("right", "abdelhamid-abaaoud", "recruited by", "khalid-zerkani") == 1
    for backwards in (("abdelhamid-abaaoud", "recruited"), ("khalid-zerkani", "recruited by")):
        with pytest.raises(AssertionError, match="nobody claims"):
            claimed.tie("wrong", *backwards, "khalid-zerkani" if backwards[0][0] == "a" else "abdelhamid-abaaoud")


def printed(case: Path, *arguments: str) -> str:
    done = CliRunner().invoke(cli, [arguments[0], "--case", str(case), *arguments[1:]], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def in_json(text: str) -> list[Row]:
    found: list[Row] = json.loads(text)["rows"]
    return found


def in_csv(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def _ends(*columns: str) -> Callable[[Claimed, str, Iterable[Row]], int]:
    def look(claimed: Claimed, face: str, rows: Iterable[Row]) -> int:
        return sum(claimed.tie(face, *(str(row[name]) for name in columns)) for row in rows if row[columns[2]])

    return look


def _facts(claimed: Claimed, face: str, rows: Iterable[Row]) -> int:
    """Texts such as "name (status): verb name (status)"; a fact that is no tie reads otherwise."""
    return sum(claimed.sentence(face, str(row.get("fact") or row["fact_hindsight"]), held=True) or 0 for row in rows)


def _dossier(asked: str) -> Callable[[Claimed, str, Iterable[Row]], int]:
    def look(claimed: Claimed, face: str, rows: Iterable[Row]) -> int:
        found = 0
        for row in rows:
            if row["section"] in ("who held it", "contradicted") and row["says"] not in claimed.readings:
                found += claimed.sentence(face, f"{asked} {row['value']}", held=True) or 0
            elif row["says"].replace("_", " ") in claimed.readings:
                found += claimed.tie(face, asked, row["says"], row["value"])
        return found

    return look


FACES: list[tuple[list[str], Callable[[Case, Graph], Finding], Callable[[Claimed, str, Iterable[Row]], int], int]] = [
    (["cross-border"], lambda _, graph: cross_border(graph), _ends("subject_id", "tie", "object_id"), 70),
    (["origins", "--top", "0"], lambda _, graph: origins(graph, top=0), _ends("subject_id", "tie", "object_id"), 1100),
    *((["path", a, b], lambda _, graph, a=a, b=b: path(graph, a, b), _ends("from_id", "tie", "to_id"), 3) for a, b in ENDS),
    *((["show", name], lambda _, graph, name=name: show(graph, name), _dossier(name), 5) for name in ASKED),
    (["gap", "--table", "statements"], lambda case, _: gap(case.graph, table="statements"), _facts, 300),
    (["knowable", DAY, "--table", "facts"], lambda case, _: knowable(case.graph, DAY, table="facts"), _facts, 40),
    (["knowable", DAY, "--toward", "paris-attacks-2015", "--table", "ladder", "--hindsight"],
     lambda case, _: knowable(case.graph, DAY, toward="paris-attacks-2015", table="ladder", hindsight=True), _facts, 20),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "ask", "look", "least"), FACES, ids=[" ".join(face[0]) for face in FACES])
def test_a_question_in_every_form(
    claimed: Claimed, shipped: Case, shipped_graph: Graph, shipped_path: Path, asked: list[str],
    ask: Callable[[Case, Graph], Finding], look: Callable[[Claimed, str, Iterable[Row]], int], least: int,
) -> None:  # fmt: skip
    finding = ask(shipped, shipped_graph)
    face = " ".join(asked)
    found = look(claimed, f"{face} (frame)", rows_of(finding.table))
    assert found >= least
    assert look(claimed, f"{face} (JSON)", in_json(printed(shipped_path, *asked, "--json"))) == found
    assert look(claimed, f"{face} (CSV)", in_csv(printed(shipped_path, *asked, "--csv"))) == found


TEXTS: list[tuple[list[str], str, str, int, int]] = [  # arguments, what to cut off a line, what to set before it
    (["cross-border"], "", "", 2, 70),
    (["origins", "--top", "200"], "", "", 2, 150),
    *((["path", a, b], r"\d+\. ", "", 2, 3) for a, b in ENDS),
    *((["path", a, b, "--who-could-see"], r"hop \d+: ", "", 2, 1) for a, b in ENDS[1:]),
    *((["show", name], r"(?:held|not held|believed otherwise|unknown): [^:]*: ", f"{name} ", 2, 5) for name in ASKED),
    (["gap", "--table", "statements"], r"\w+ to \w+: ", "", 2, 200),
    (["knowable", DAY, "--table", "facts"], "", "", 0, 30),
]


@pytest.mark.parametrize(
    ("asked", "cut", "before", "indent", "least"), TEXTS, ids=[" ".join(text[0]) for text in TEXTS]
)
def test_a_question_as_text(
    claimed: Claimed, shipped_path: Path, asked: list[str], cut: str, before: str, indent: int, least: int
) -> None:
    lines = unwrapped(printed(shipped_path, *asked), indent)
    found = [
        claimed.sentence(f"{' '.join(asked)} (text)", before + re.sub(cut, "", line, count=1), held=True)
        for line in lines
    ]
    assert sum(one or 0 for one in found) >= least


QUERIES = {
    "cross_border_ties": ("subject", "tie", "object"), "kin_ties": ("person", "tie", "other"),
    "members_abroad": ("person", "tie", "cell"), "single_source_ties": ("source", "tie", "target"),
    "ties_valid_on": ("source", "tie", "target"), "claims_of": ("subject", "property", "value"),
    "contradicting_claims": ("subject", "property", "value"), "all_paths_within": ("ids", "ties", ""),
    "shortest_paths": ("ids", "ties", ""), "pairs_by_event_across_border": ("person", "ties", "event"),
    "coordinators": ("person", "ties", ""),
}  # fmt: skip
"""The columns of a tie in each named query that has one; `coordinators` has no other end."""
GIVEN = {"person": "khalid-zerkani", "other": "salah-abdeslam", "entity": "khalid-zerkani", "day": DAY}


def test_named_queries(claimed: Claimed, shipped_graph: Graph) -> None:
    words = {"tie", "ties", "property"}
    assert {name for name, asked in library().items() if words & {*asked.columns}} == set(QUERIES)
    for name, (subject, tie, target) in QUERIES.items():
        given: Row = {one.name: GIVEN[one.name] for one in library()[name].parameters if one.required}
        for row in rows_of(query(shipped_graph, name, rows=100_000, **given).table):
            for a, word, b in _named(row, subject, tie, target):
                if b and (word in schema().ties or tie != "property"):
                    claimed.tie(f"query {name}", a, word, b)
    assert claimed.counts["query all_paths_within"] > 30
    assert sum(claimed.counts.values()) > 500


def _named(row: Row, subject: str, tie: str, target: str) -> list[tuple[str, str, str]]:
    """The ties of a row: steps of a path, the parts of two people in one event, or one tie."""
    if subject == "ids":
        return list(zip(row["ids"], row["ties"], row["ids"][1:], strict=False))
    if target == "event":
        parts = [pair.split(" / ") for pair in row["ties"]]
        return [tie for a, b in parts for tie in ((row["person"], a, row["event"]), (row["other"], b, row["event"]))]
    return [(row[subject], row[tie], row[target])] if target else []


def test_cypher_gives_ties_from_source_to_target(claimed: Claimed, shipped_path: Path) -> None:
    text = "MATCH (a:Person)-[t]->(b) RETURN a.id AS a, type(t) AS tie, t.reads AS reads, b.id AS b"
    for row in in_json(printed(shipped_path, "cypher", text, "--json")):
        claimed.tie("cypher", row["a"], row["tie"].lower(), row["b"])
        if row["reads"]:
            claimed.tie("cypher, passive", row["b"], row["reads"], row["a"])
    assert claimed.counts["cypher"] == claimed.counts["cypher, passive"] > 500


def test_changes_say_what_the_claims_say(claimed: Claimed, shipped: Case) -> None:
    for row in rows_of(changes(shipped.file, added=True).table):
        for line in row["difference"]:
            a, word, rest = line.removeprefix("+ ").split(" ", 2)
            if word in schema().ties:
                claimed.tie("changes", a, word, rest.split(" ")[0])
    assert claimed.counts["changes"] > 1_000
