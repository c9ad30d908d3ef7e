"""The commands that ask Cypher, as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.graph.errors import BadQuestion
from isthmus.queries.cypher import asking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers import Server


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("ISTHMUS_CASE", str(shipped_path))
    yield
    asking.close_all()


def _run(*words: str) -> str:
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_queries_lists_what_there_is() -> None:
    listed = json.loads(_run("queries", "--json"))
    assert len(listed) >= 24
    assert {"name", "parameters", "columns"} <= listed[0].keys()
    assert "coordinators" in _run("queries")


def test_a_named_query_and_free_cypher() -> None:
    found = json.loads(_run("query", "coordinators", "countries=3", "--json"))
    assert found["columns"][0] == "person"
    assert [row["person"] for row in found["rows"]] == ["abdelhamid-abaaoud"]
    free = json.loads(
        _run("cypher", "MATCH (e:Event {id: $id}) RETURN e.event_kind AS kind", "id=verviers-plot-2015", "--json")
    )
    assert free["rows"] == [{"kind": "plot"}]
    assert _run("query", "timeline", "since=2015-11-13", "until=2015-11-13", "country=FR", "--csv").startswith(
        "first,last"
    )


def test_explain_prints_text_parameters_and_plan() -> None:
    said = _run("query", "ego", "person=Abaaoud", "--explain")
    assert "MATCH path = " in said
    assert "person = 'abdelhamid-abaaoud'" in said
    assert "Plan:" in said


def test_a_cut_answer_says_so() -> None:
    found = json.loads(_run("cypher", "MATCH (p:Person) RETURN p.label AS label", "--rows", "5", "--json"))
    assert len(found["rows"]) == 5
    assert "there are more" in found["caveats"][0]


def test_what_may_not_be_done_is_refused() -> None:
    with pytest.raises(BadQuestion, match="would write"):
        _run("cypher", "MATCH (p:Person) DETACH DELETE p")
    with pytest.raises(BadQuestion, match="did you mean 'countries'"):
        _run("query", "coordinators", "country=3")


def test_export_writes_import_files(tmp_path: Path) -> None:
    assert "neo4j-import" in _run("export", "--help")
    assert "files into" in _run("export", "neo4j-import", "--out", str(tmp_path / "import"))
    assert (tmp_path / "import" / "import.sh").exists()
    with pytest.raises(BadQuestion, match="something already"):
        _run("export", "neo4j-import", "--out", str(tmp_path / "import"))


@pytest.mark.neo4j
def test_publish_ask_pull(neo4j_server: Server, tmp_path: Path) -> None:
    said = _run("publish", neo4j_server.url, "--title", "Europe")
    assert "published Europe, generation 1" in said
    assert neo4j_server.password not in said
    here, there = (json.loads(_run("query", "layer_counts", "--json", *on)) for on in ((), ("--on", neo4j_server.url)))
    assert here["rows"] == there["rows"]
    assert neo4j_server.url in there["parameters"]["asked_of"]
    pulled = tmp_path / "pulled.case"
    assert "440 sources, 2,804 records" in _run("pull", neo4j_server.url, "--case", str(pulled), "--from", "Europe")
