"""What a real server can't do, doesn't have, or may not be told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.cypher import gds as gds_module
from isthmus.graph.cypher.gds import check_memory, sent
from isthmus.graph.errors import BadQuestion, MissingExtra, ServerError
from isthmus.queries.path import path
from isthmus.queries.profile import profile
from isthmus.queries.rank import rank
from tests.cli.run import isthmus
from tests.queries import small
from tests.queries.gds.conftest import graphs

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from tests.servers import Server

pytestmark = pytest.mark.neo4j

ENDS = ("Abdelhamid Abaaoud", "Salah Abdeslam")
NOBODY = np.zeros(0, np.int64)
PAIR = (np.array([0]), np.array([1]), np.ones(1), NOBODY)


def test_a_failure_leaves_nothing_in_memory(shipped_graph: Graph, gds: str, gds_session: Server) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail(gds, gds_session)
    assert graphs(gds_session) == []
    with pytest.raises(
        ServerError, match=r"Memory required to run Yens .* exceeds available memory .*; give the server"
    ):
        path(shipped_graph, *ENDS, by="evidence", k=1_000_000_000, on=gds)
    assert graphs(gds_session) == []


def _fail(gds: str, server: Server) -> None:
    with sent(gds, *PAIR):
        (name,) = graphs(server)
        assert name.startswith("isthmus-")
        raise ZeroDivisionError


def test_two_at_once_do_not_meet(gds: str, gds_session: Server) -> None:
    with sent(gds, *PAIR) as one, sent(gds, *PAIR) as two:
        assert len(set(graphs(gds_session))) == 2
        assert one.graph.name() != two.graph.name()


def test_too_large_for_the_servers_memory(gds: str, gds_session: Server) -> None:
    with gds_session.driver() as driver, pytest.raises(ServerError, match=r"need .*GiB.*, more than the server's heap"):
        check_memory(driver, gds, 10**8, 10**10)


def test_no_graph_data_science(shipped_graph: Graph, neo4j_server: Server) -> None:
    with pytest.raises(ServerError, match="the server has no Graph Data Science; install it there, or leave out --on"):
        rank(shipped_graph, "degree", on=neo4j_server.url)


def test_too_old(shipped_graph: Graph, gds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gds_module, "OLDEST", (99, 0))
    with pytest.raises(ServerError, match=r"has Graph Data Science 2\.\d+\.\d+; 99\.0 or newer is needed"):
        rank(shipped_graph, "degree", on=gds)


def test_wrong_password(shipped_graph: Graph, gds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "a wrong secret")
    with pytest.raises(ServerError, match="user and password were refused") as caught:
        profile(shipped_graph, on=gds)
    assert "secret" not in str(caught.value)


def test_no_client(shipped_graph: Graph, gds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphdatascience", None)
    with pytest.raises(MissingExtra, match=r"pip install 'isthmus\[gds\]'"):
        rank(shipped_graph, "degree", on=gds)


def test_no_counterpart(shipped_graph: Graph, case: Case) -> None:
    nowhere = "bolt://nowhere.invalid"  # refused before any server is asked
    with pytest.raises(BadQuestion, match="nothing that means the same as constraint; leave out --on"):
        rank(shipped_graph, "constraint", on=nowhere)
    with pytest.raises(BadQuestion, match="no paths by widest; leave out --on, or choose shortest or evidence"):
        path(shipped_graph, *ENDS, by="widest", on=nowhere)
    alone = small.graph(case, {"a": "Person"}, [])
    with pytest.raises(BadQuestion, match="no two are tied"):
        rank(alone, "degree", on=nowhere)


def test_the_command_says_where_and_ranks_no_one_who_was_acquitted(
    case: Case, gds: str, gds_session: Server, tmp_path: Path
) -> None:
    people = dict.fromkeys(["ann", "ben", "cleared", "suspect"], "Person")
    ties = [("ann", "met", "ben"), ("ann", "met", "suspect"), ("ben", "met", "cleared"), ("ann", "met", "cleared")]
    small.graph(case, people, ties, status={"cleared": "acquitted", "suspect": "suspected"})
    login = gds_session.environment()
    ranked = isthmus("rank", "betweenness", "--draws", "5", "--on", gds, "--case", case.file.path, **login)
    assert ranked.returncode == 0, ranked.stderr
    assert ranked.stderr == ""
    assert "Graph Data Science 2." in ranked.stdout
    assert "Ann (convicted" in ranked.stdout
    assert "Suspect (suspected" in ranked.stdout  # the desk: a name, with its status beside it
    assert "Cleared" not in ranked.stdout
    out = tmp_path / "path.json"
    joined = isthmus("path", "suspect", "ben", "--on", gds, "--json", "--out", out, "--case", case.file.path, **login)
    assert joined.returncode == 0, joined.stderr
    assert '"asked_of": "Graph Data Science' in out.read_text(encoding="utf-8")
    refused = isthmus("rank", "eigenvector", "--on", gds, "--case", case.file.path, **login)
    assert refused.returncode == 1
    assert "leave out --on" in refused.stderr
