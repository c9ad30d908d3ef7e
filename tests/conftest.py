"""Fixtures that every test may use, and the rule that nothing is skipped unseen."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from isthmus.case import Case
from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.record.rows import Claim, Record, SourceRow
from tests import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row

settings.load_profile(drawing.FIXED)  # `--hypothesis-profile fresh` takes its place
pytest_plugins = ["tests.servers", "tests.browser", "tests.extras"]


@pytest.fixture
def external() -> Path:
    """The folder of other publishers' files, which the project may not carry."""
    folder = os.environ.get("ISTHMUS_EXTERNAL")
    if not folder or not Path(folder).is_dir():
        pytest.skip("ISTHMUS_EXTERNAL names no folder of other publishers' files")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept between questions is that of this run alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A new, empty case."""
    with Case.create(tmp_path / "test.case") as made:
        yield made


@pytest.fixture(scope="session")
def shipped_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case, loaded once; copy it before changing it."""
    from isthmus.data import load_shipped

    path = tmp_path_factory.mktemp("shipped") / "isis_europe.case"
    with Case.create(path) as made:
        load_shipped(made.file)
    return path


@pytest.fixture(scope="session")
def shipped(shipped_path: Path) -> Iterator[Case]:
    """The shipped case, open; not to be changed."""
    with Case.open(shipped_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def unreleased_path(shipped: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case with an invented name, alias and birth for each who has no basis, and two titles that name them."""
    path = tmp_path_factory.mktemp("unreleased") / "unreleased.case"
    record = Record("invented", "1", text="Zyxwala Qanariona met Zyxwalb Qanarionb")
    source = SourceRow("invented", title="The trial of Zyxwalc Qanarionc", locator="https://x/zyxwald-qanariond")
    rows: list[Row] = [source, record, Claim(record.id, "salah-abdeslam", "note", "seen with Zyxwale Qanarione")]
    for at, identity in enumerate(bases_of(shipped.file).unnamed):
        letter = chr(ord("a") + at)
        told = ("name", f"Zyxwal{letter} Qanarion{letter}"), ("alias", f"Abu Wuxyr{letter}"), ("birth", "1971-05-06")
        rows += [Claim(record.id, identity, name, value) for name, value in told]
    with closing(sqlite3.connect(shipped.file.path)) as source_file, closing(sqlite3.connect(path)) as target:
        source_file.backup(target)
    with Case.open(path) as made:
        made.load(rows, source="invented")
    return path


@pytest.fixture(scope="session")
def unreleased(unreleased_path: Path) -> Iterator[Case]:
    """The same, open; not to be changed."""
    with Case.open(unreleased_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def shipped_graph(shipped: Case) -> Graph:
    """The graph of the shipped case."""
    return shipped.graph


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Where ISTHMUS_TEST_NO_SKIP is set, a skipped test fails the run."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if os.environ.get("ISTHMUS_TEST_NO_SKIP") and skipped and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{len(skipped)} tests were skipped, and here none may be", red=True)
