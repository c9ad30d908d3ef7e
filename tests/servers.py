"""Real Neo4j servers for the tests: one of each release a session, from jars cached for the user, emptied for each test."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import pytest
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from neo4j import Driver

FOLDER = Path(__file__).parent / "neo4j"
OLDEST_JAVA = {"plain": 17, "gds": 17, "latest": 21}
"""The flavours of server: 5.26 LTS, the same with Graph Data Science, the newest release; and the Java each needs."""
both = pytest.mark.parametrize(
    "neo4j_server", [pytest.param("plain", id="5.26"), pytest.param("latest", id="latest")], indirect=True
)
"""For tests that must hold on the long-term release and on the newest one."""
_CACHE = str(user_cache_path())  # of the user; tests have caches of their own
_JAVA_FOLDERS = ("/usr/lib/jvm/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home", "/opt/java/*", "/opt/jdk*")
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

    def discard(self) -> None:
        """End it at once: its folder is not needed again."""
        if self.process is not None:
            self.kill()
        self.stop()

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


def java(oldest: int) -> Path | None:
    """A Java of version `oldest` or newer; Debian 12 has 17 alone, where the embedded engine's own serves."""
    found = (home / "bin" / "java" for home in [*_homes(), *_of_the_engine()])
    return next((program for program in found if program.exists() and _version(program) >= oldest), None)


def compiler() -> Path | None:
    """A Java compiler that builds for Java 17."""
    found = (home / "bin" for home in _homes())
    return next((each / "javac" for each in found if (each / "javac").exists() and _version(each / "java") >= 17), None)


def _homes() -> list[Path]:
    """Folders of Java: that of JAVA_HOME, that on the PATH, and those installed."""
    named, found = os.environ.get("JAVA_HOME"), shutil.which("java")
    homes = [Path(named)] if named else []
    homes += [Path(found).resolve().parent.parent] if found else []
    return homes + [home for pattern in _JAVA_FOLDERS for home in sorted(Path("/").glob(pattern[1:]))]


def _of_the_engine() -> list[Path]:
    engine = find_spec("arcadedb_embedded")
    return [Path(engine.origin).parent / "jre"] if engine is not None and engine.origin else []


def _version(program: Path) -> int:
    said = subprocess.run([str(program), "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def tools(flavour: str) -> dict[str, str]:
    """The environment in which a server of this flavour, and its tools, start; skips the test where they can't."""
    program, javac = java(OLDEST_JAVA[flavour]), compiler()
    if program is None or javac is None or shutil.which("mvn") is None:
        pytest.skip(f"Neo4j ({flavour}) needs Maven, a Java compiler, and Java {OLDEST_JAVA[flavour]} or newer")
    return {**os.environ, "JAVA": str(program), "JAVAC": str(javac), "XDG_CACHE_HOME": _CACHE}


def start(home: Path, flavour: str = "plain", password: str | None = None, **settings: str) -> Server:
    """A server over the folder `home`, ready to answer. A second start over it needs the same password.

    `settings` are environment variables of `start.sh`.
    """
    environment = {**tools(flavour), **settings}
    port, password = free_port(), password or token_urlsafe(12)
    said_wrong = home.parent / f"{home.name}.log"
    with said_wrong.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [str(FOLDER / "start.sh"), str(home), str(port), flavour],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            env={**environment, "NEO4J_PASSWORD": password},
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
def neo4j_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """The session's servers by flavour, started when first asked for.

    "plain" is the one that ISTHMUS_TEST_NEO4J names, if it is empty.
    """
    running: dict[str, Server] = {}

    def server(flavour: str) -> Server:
        if flavour not in running:
            url = os.environ.get("ISTHMUS_TEST_NEO4J") if flavour == "plain" else None
            home = tmp_path_factory.mktemp("neo4j") / "home"
            running[flavour] = _named(url) if url else start(home, flavour)
        return running[flavour]

    yield server
    for each in running.values():
        if each.process is None:
            each.empty()
        each.discard()


def _named(url: str) -> Server:
    """A server that was running already; it is refused if it holds anything."""
    server = Server(url, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
    with server.driver() as driver:
        held = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records[0]["nodes"]
    if held:
        pytest.fail(f"{url} holds {held} nodes; the tests empty their server, so it must be empty from the start")
    return server


@pytest.fixture
def neo4j_server(
    request: pytest.FixtureRequest, neo4j_servers: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch
) -> Server:
    """A server, empty, with its login in the environment: "plain", or the flavour that is the fixture's parameter."""
    return emptied(neo4j_servers(getattr(request, "param", "plain")), monkeypatch)


def emptied(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server without anything in it, its login in the environment."""
    server.empty()
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    return server


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Under pytest-xdist (`--dist loadgroup`) the tests of the server stay in one process: they share it."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if item.get_closest_marker("neo4j"):
                item.add_marker(pytest.mark.xdist_group("neo4j"))
