"""A real Neo4j for the tests: one server a session, from jars cached for the user, emptied before each test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neo4j import Driver

START = Path(__file__).parent / "neo4j" / "start.sh"
_READY_WITHIN = 600  # seconds: the first start fetches 125 MB of jars


@dataclass
class Server:
    """A Neo4j that answers at `url`. `process` is None for one that was running already."""

    url: str
    user: str
    password: str
    process: subprocess.Popen[str] | None = None

    def driver(self) -> Driver:
        """A driver of its own, to look past the code under test."""
        from neo4j import GraphDatabase

        return GraphDatabase.driver(self.url, auth=(self.user, self.password), notifications_min_severity="OFF")

    def environment(self) -> dict[str, str]:
        """What a command needs to log in."""
        return {"NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password}

    def empty(self) -> None:
        """Delete every node, constraint and index."""
        with self.driver() as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")
            for row in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
                driver.execute_query(f"DROP CONSTRAINT `{row['name']}`")
            for row in driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").records:
                driver.execute_query(f"DROP INDEX `{row['name']}`")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it in good order: it ends when its standard input does."""
        if self.process is None:
            return
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, flavour: str = "plain", password: str | None = None) -> Server:
    """A server over the folder `home`, ready to answer. A second start over it needs the same password."""
    missing = [tool for tool in ("java", "mvn") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}, or a running server named by ISTHMUS_TEST_NEO4J")
    port, password = free_port(), password or token_urlsafe(12)
    said_wrong = home.parent / f"{home.name}.log"
    with said_wrong.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(START), str(home), str(port), flavour],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            env={**os.environ, "NEO4J_PASSWORD": password},
        )  # fmt: skip
    assert process.stdout is not None
    timer = threading.Timer(_READY_WITHIN, process.kill)
    timer.start()
    said = process.stdout.readline().strip()
    timer.cancel()
    server = Server(f"bolt://127.0.0.1:{port}", "neo4j", password, process)
    if said != "ready":
        server.stop()
        pytest.fail(f"the Neo4j server didn't start:\n{said_wrong.read_text(encoding='utf-8')[-3000:]}")
    return server


@pytest.fixture(scope="session")
def neo4j_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The session's server: the one that ISTHMUS_TEST_NEO4J names, if it is empty, or one of our own."""
    url = os.environ.get("ISTHMUS_TEST_NEO4J")
    if url:
        running = Server(url, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
        with running.driver() as driver:
            held = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records[0]["nodes"]
        if held:
            pytest.fail(f"{url} holds {held} nodes; the tests empty their server, so it must be empty from the start")
        yield running
        running.empty()
        return
    server = start(tmp_path_factory.mktemp("neo4j") / "home")
    yield server
    server.stop()


@pytest.fixture
def neo4j_server(neo4j_session: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The session's server, empty, with its login in the environment."""
    neo4j_session.empty()
    for name, value in neo4j_session.environment().items():
        monkeypatch.setenv(name, value)
    return neo4j_session


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Under pytest-xdist (`--dist loadgroup`) the tests of the server stay in one process: they share it."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if item.get_closest_marker("neo4j"):
                item.add_marker(pytest.mark.xdist_group("neo4j"))
