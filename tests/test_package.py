"""What is installed: a wheel made from the source archive has every module, sheet and page bundle, each once."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="data")
    (unpacked,) = place.iterdir()
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, folder=unpacked)
    (made,) = place.glob("*.whl")
    return made


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as packed:
        return packed.namelist()


def expected() -> Iterator[str]:
    """Files of the package that git keeps, without the front end's sources, and what its build makes."""
    kept = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "isthmus", folder=ROOT).splitlines()
    for name in kept:
        if not name.startswith("isthmus/views/frontend/") and (ROOT / name).is_file():
            yield name
    yield from (f"isthmus/views/bundle/{name}" for name in ("explorer.js", "explorer.css", "world.json"))


def test_the_wheel_has_every_file_of_the_package_once(wheel: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("a source archive has no git to ask which files belong to the package")
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


def test_an_installed_wheel_runs_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False, symlinks=os.name != "nt")
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    (site,) = (tmp_path / "env").rglob("site-packages")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)  # noqa: S202  made by this very test
    # dependencies are those of the running tests; the package itself is the one unpacked here
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(dependencies + "\n", encoding="utf-8")
    code = "import isthmus; from isthmus.case import Case; from isthmus.data import load_shipped\n"
    code += "case = Case.create('x.case'); print(isthmus.__file__); print(load_shipped(case).tally.loaded)"
    said = run(python, "-I", "-c", code, folder=tmp_path).splitlines()
    assert said[0].startswith(str(tmp_path))
    assert int(said[1]) > 1800
