"""A real server with Graph Data Science, which holds what somebody else wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers import Server

FOREIGN = "UNWIND range(0, 399) AS n CREATE (:Foreign {n: n})-[:NEXT]->(:Foreign {n: n})"
CONTENT = (
    "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r), sum(n.n), collect(DISTINCT labels(n))"
)


@pytest.fixture(scope="session")
def gds_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, and at the end: nothing in its memory, and the database as it was."""
    server = start(tmp_path_factory.mktemp("gds") / "home", "gds")
    with server.driver() as driver:
        driver.execute_query(FOREIGN)
        before = driver.execute_query(CONTENT).records[0].values()
        yield server
        assert driver.execute_query(CONTENT).records[0].values() == before
        assert graphs(server) == []
    server.stop()


@pytest.fixture
def gds(gds_session: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server's address, with its login in the environment."""
    for name, value in gds_session.environment().items():
        monkeypatch.setenv(name, value)
    return gds_session.url


def graphs(server: Server) -> list[str]:
    """Names of what is in the server's memory."""
    with server.driver() as driver:
        return [row["name"] for row in driver.execute_query("CALL gds.graph.list() YIELD graphName AS name").records]
