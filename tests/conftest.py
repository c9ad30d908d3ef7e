"""Fixtures that every test may use, and the rule that nothing is skipped unseen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from isthmus.case import Case
from tests import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph

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
