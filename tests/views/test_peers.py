"""GraphML read by programs of others: every tie arrives, once, with its id, in its own direction."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from platformdirs import user_cache_path

from isthmus.graph.tokens import tie_token, token
from isthmus.views.export import export
from tests.views.conftest import people, rows_of
from tests.views.test_explorer import saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row
    from tests.browser import Opened

    Tie = tuple[str, str, str, str]
    Reader = Callable[[Path], Counter[Tie]]

pytestmark = pytest.mark.peers
FOLDER = Path(__file__).parents[1] / "peers"
_CACHE = str(user_cache_path())  # of the user; tests have caches of their own
NEEDS = {"java": ["java", "mvn"], "node": ["node", "npm"]}


@pytest.fixture(scope="session")
def fetched() -> Callable[[str], Path]:
    """The folder of the programs on Java, or of those on Node."""
    folders: dict[str, Path] = {}

    def fetch(sort: str) -> Path:
        missing = [tool for tool in NEEDS[sort] if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"{' and '.join(missing)} not on the path: needed to fetch and run the peers on {sort}")
        if sort not in folders:
            done = subprocess.run(
                [str(FOLDER / "fetch.sh"), sort], env={**os.environ, "XDG_CACHE_HOME": _CACHE}, capture_output=True,
                text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                pytest.skip(f"the peers on {sort} could not be fetched: {done.stderr.strip()[-300:]}")
            folders[sort] = Path(done.stdout.strip())
        return folders[sort]

    return fetch


@pytest.fixture(params=["gephi", "jgrapht", "graphology"])
def reader(request: pytest.FixtureRequest, fetched: Callable[[str], Path]) -> Reader:
    """Reads a file with one of the programs; gives its ties as (id, source, target, kind)."""
    name, environment = request.param, dict(os.environ)
    if name == "graphology":
        environment["NODE_PATH"] = str(fetched("node") / "node_modules")
        command = ["node", str(FOLDER / "graphology.cjs")]
    else:
        jars = fetched("java")
        path, source = ("gephi-toolkit-*.jar", "Gephi.java") if name == "gephi" else ("[!g]*.jar", "JGraphT.java")
        command = ["java", "-cp", os.pathsep.join(map(str, sorted(jars.glob(path)))), str(FOLDER / source)]

    def read(file: Path) -> Counter[Tie]:
        done = subprocess.run([*command, str(file)], env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        lines = (line.split("\t") for line in done.stdout.decode("utf-8").splitlines())
        return Counter((identity, source, target, kind) for identity, source, target, kind in lines)

    return read


def shown_ties(graph: Graph) -> Counter[Tie]:
    """The ties of a graph as a program should read them."""
    ids, ties = graph.ids.tolist(), graph.ties
    return Counter(
        (tie_token(ids[a], kind, ids[b]), token(ids[a]), token(ids[b]), kind)
        for a, b, kind in zip(ties["source"], ties["target"], ties["kind"], strict=True)
    )


def as_told(ties: Counter[Tie], read: Counter[Tie]) -> Counter[Tie]:
    """`ties` as the program that gave `read` tells them: JGraphT keeps no ids."""
    if all(identity for identity, *_ in read):
        return ties
    return Counter(("", source, target, kind) for _, source, target, kind in ties.elements())


def test_the_export_arrives_whole(reader: Reader, shipped_graph: Graph, tmp_path: Path) -> None:
    export(shipped_graph, "graphml", tmp_path / "all.graphml", desk=True)
    read = reader(tmp_path / "all.graphml")
    assert read.total() == len(shipped_graph.ties) > 1_300
    assert read == as_told(shown_ties(shipped_graph), read)


@pytest.mark.browser
def test_what_the_page_saves_arrives_whole(
    reader: Reader, released_shipped: Graph, shipped_page: Path, open_page: Callable[..., Opened], tmp_path: Path
) -> None:
    opened = open_page(shipped_page)
    (tmp_path / "page.graphml").write_bytes(saved(opened, "GraphML of what is shown"))
    read = reader(tmp_path / "page.graphml")
    assert read.total() == opened.page.evaluate("window.isthmus.masks.shownTies") > 500  # ties to countries are regions
    assert read <= as_told(shown_ties(released_shipped), read)


def test_ids_with_any_sign_arrive(reader: Reader, make_case: Callable[[list[Row]], Case], tmp_path: Path) -> None:
    one, other = 'Žan o\'Brien & <co> "_x0020_"', "ابو عمر 7"
    triples = [(one, "met", other), (other, "met", one), (one, "recruited", other), (other, "recruited", one)]
    graph = make_case(rows_of([*people(one, other), *triples])).graph
    export(graph, "graphml", tmp_path / "odd.graphml", desk=True)
    read = reader(tmp_path / "odd.graphml")
    assert read == as_told(shown_ties(graph), read)
    assert read.total() == len(triples)
