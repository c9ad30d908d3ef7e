"""The embedded engine without a Java machine: the package `arcadedb`, in a process of its own, by the same adapter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import named
from tests.graph.cypher.compare import difference
from tests.graph.cypher.conftest import open_embedded
from tests.graph.cypher.test_readonly import READ, REFUSED
from tests.graph.cypher.test_same_rows import questions

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.graph import Graph

HIDDEN = [
    "RETURN COLLECT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS n",
    "MATCH (p:Person) WHERE EXISTS { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN p.id AS n",
    "CALL (*) { LOAD CSV FROM '/etc/passwd' AS line RETURN line } RETURN line",
    "RETURN COLLECT { CREATE (n:Person) RETURN n } AS n",
]
"""Reading of files and writing inside a subquery, of which the engine's plan shows nothing."""
_ASK = """
import json, sys
from importlib.util import find_spec
from pathlib import Path
from isthmus.graph.cypher import jvm
jvm.find_spec = lambda name: None if name == "arcadedb_embedded" else find_spec(name)
from isthmus.case import Case
from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import named
from isthmus.graph.errors import BadQuestion
from isthmus.queries.cypher import asking
asked = json.load(sys.stdin)
with Case.open(Path(sys.argv[1])) as case:
    engine = asking.embedded(case.graph, evidence=True)
    said = {"backend": engine.package.__backend__, "java": "jpype" in sys.modules, "rows": [], "errors": []}
    for text, bound in asked:
        try:
            said["rows"].append(engine.read(text, bound, Limits(seconds=20, rows=100_000)).rows)
        except BadQuestion as error:
            said["errors"].append(str(error))
    asking.close_all()
print(json.dumps(said))
"""


def _ask(path: Path, cache: Path, asked: list[tuple[str, dict[str, object]]]) -> dict[str, object]:
    told = subprocess.run(
        [sys.executable, "-c", _ASK, str(path)], input=json.dumps(asked), capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    found: dict[str, object] = json.loads(told.stdout)
    assert found.pop("backend") == "native"
    assert not found.pop("java")
    return found


@pytest.fixture(autouse=True)
def _native() -> None:
    if find_spec("arcadedb") is None:
        pytest.skip("needs the package arcadedb")


def test_named_queries_give_the_same_rows(shipped_path: Path, shipped_graph: Graph, tmp_path: Path) -> None:
    asked = [(named(name).text, named(name).bind(given)) for name, given in questions()]
    found = _ask(shipped_path, tmp_path, asked)
    assert found["errors"] == []
    engine = open_embedded(shipped_graph)
    rows = found["rows"]
    assert isinstance(rows, list)
    for (text, bound), native in zip(asked, rows, strict=True):
        assert not difference(engine.read(text, bound, Limits(rows=100_000)).rows, native), text


def test_it_only_reads(shipped_path: Path, tmp_path: Path) -> None:
    refused = [*REFUSED, *HIDDEN]
    count = "MATCH (n) RETURN count(n) AS n"
    found = _ask(shipped_path, tmp_path, [(text, {}) for text in (count, *refused, *READ, count)])
    errors, rows = found["errors"], found["rows"]
    assert isinstance(errors, list)
    assert isinstance(rows, list)
    assert len(errors) == len(refused)
    assert rows[0] == rows[-1]
    assert {text for text, error in zip(refused, errors, strict=True) if "only reads" not in error} == {
        "CALL dbms.listConfig()", "CALL db.awaitIndexes()",
    }  # fmt: skip
