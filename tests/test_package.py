"""What is installed: a wheel made from the source archive has every module, sheet and page bundle, each once."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections import Counter
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import MissingExtra
from tests.extras import kept_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph

ROOT = Path(__file__).parents[1]
LINKS = ("graph", "loaders", "queries", "data")


def run(*words: object, folder: Path) -> str:
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", out, folder=ROOT)
    (made,) = out.glob("*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from the archive alone, in another place."""
    place = tmp_path_factory.mktemp("wheel")
    run("tar", "-xf", archive, folder=place)  # tarfile asks for a filter from 3.12 on, and knows none before 3.11.4
    (unpacked,) = place.iterdir()
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, folder=unpacked)
    (made,) = place.glob("*.whl")
    return made


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as packed:
        return packed.namelist()


def expected() -> Iterator[str]:
    """Files of the package that git keeps, without the front end's sources, and what its build makes."""
    for name in kept_files("--cached", "--others", "--exclude-standard", "isthmus"):
        if not name.startswith("isthmus/views/frontend/") and (ROOT / name).is_file():
            yield name
    yield from (f"isthmus/views/bundle/{name}" for name in ("explorer.js", "explorer.css", "world.json"))


def test_the_wheel_has_every_file_of_the_package_once(wheel: Path) -> None:
    counts = Counter(names(wheel))
    assert [name for name in expected() if counts[name] != 1] == []
    assert [name for name, count in counts.items() if count > 1] == []


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"isthmus"}
    assert not [name for name in names(wheel) if "node_modules" in name or name.endswith((".pyc", ".case", ".ts"))]


def test_licence_and_attribution_come_along(wheel: Path) -> None:
    files = {PurePosixPath(name).name for name in names(wheel) if ".dist-info/" in name}
    assert {"LICENSE", "NOTICE", "METADATA", "entry_points.txt"} <= files


def test_the_archive_has_tests_and_docs_and_follows_no_link(archive: Path) -> None:
    with tarfile.open(archive) as packed:
        members = packed.getnames()
    inside = {PurePosixPath(name).parts[1] for name in members if len(PurePosixPath(name).parts) > 1}
    assert {"isthmus", "tests", "docs", "bench", "README.md", "LICENSE", "NOTICE", "hatch_build.py"} <= inside
    assert not inside & set(LINKS)
    assert not [name for name in members if "node_modules" in name]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with nothing in it but what `pip install isthmus` brings: no extra."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=True, symlinks=os.name != "nt")
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, folder=place)
    return programs


def test_an_installed_wheel_works_away_from_the_source(installed: Path, tmp_path: Path) -> None:
    isthmus, case = installed / "isthmus", "out/isis_europe.case"
    said = run(installed / "python", "-c", "import isthmus; print(isthmus.__file__)", folder=tmp_path)
    assert said.startswith(str(installed.parent))
    assert "out/isis_europe.html" in run(isthmus, "demo", "--out", "out", folder=tmp_path)
    assert json.loads(run(isthmus, "--case", case, "gap", "--known-by", "2015-11-12", "--json", folder=tmp_path))[
        "rows"
    ]
    run(isthmus, "--case", case, "view", "--quick", "--out", "quick.html", folder=tmp_path)
    for page in ("out/isis_europe.html", "quick.html"):
        assert (tmp_path / page).stat().st_size > 300_000
    lines = ROOT / "tests" / "fixtures" / "ftm" / "entities.ftm.json"
    run(isthmus, "--case", "x.case", "load", "ftm", lines, folder=tmp_path)
    assert json.loads(run(isthmus, "--case", "x.case", "info", "--json", folder=tmp_path))["rows"]


def test_without_its_engine_cypher_names_the_extra(installed: Path, tmp_path: Path) -> None:
    run(installed / "isthmus", "--case", "x.case", "load", "ftm", ROOT / "tests" / "fixtures" / "ftm" / "entities.ftm.json",
        folder=tmp_path)  # fmt: skip
    asked = [str(installed / "isthmus"), "--case", "x.case", "cypher", "MATCH (n) RETURN n"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'isthmus[cypher]'" in done.stderr


def test_without_pyvis_the_quick_page_says_so(monkeypatch: pytest.MonkeyPatch, shipped_graph: Graph) -> None:
    from isthmus.views.quick import quick

    monkeypatch.setitem(sys.modules, "pyvis.network", None)
    with pytest.raises(MissingExtra, match="pip install pyvis"):
        quick(shipped_graph)


def test_what_is_imported_is_declared() -> None:
    """Every package that a module of ours imports is a dependency or in an extra, by the name it is installed under."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    declared = {re.split(r"[^\w-]", one, maxsplit=1)[0].lower().replace("-", "_") for one in required}
    imported = {
        name.split(".")[0]
        for path in (ROOT / "isthmus").rglob("*.py")
        if "frontend" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        )
    } - sys.stdlib_module_names - {"isthmus", "__future__"}  # fmt: skip
    installed_as = metadata.packages_distributions()
    own_name = {
        name: {found.lower().replace("-", "_") for found in installed_as.get(name, [name])} for name in imported
    }
    assert {name: found for name, found in own_name.items() if not found & declared} == {}
