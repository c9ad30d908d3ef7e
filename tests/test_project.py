"""The project's own rules, held by a test."""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.extras import kept_files

ROOT = Path(__file__).parents[1]
ROOMS = {"graph": set(), "loaders": {"graph"}, "queries": {"graph"}, "views": {"graph", "queries"},
         "data": {"loaders", "graph"}, "cli": {"graph", "loaders", "queries", "views", "data", "case"}}  # fmt: skip


def _imports(path: Path) -> set[str]:
    """Rooms that a file imports; what stands in functions counts too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
            if node.module == "isthmus":
                names += [f"isthmus.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("isthmus.")}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    allowed: set[str] = ROOMS[room] | {room, "__version__"}
    for path in sorted((ROOT / "isthmus" / room).rglob("*.py")):
        assert _imports(path) <= allowed, f"{path} imports {_imports(path) - allowed}"


@pytest.mark.parametrize("name", ["graph", "loaders", "queries", "data"])
def test_the_top_level_is_a_map_of_links(name: str) -> None:
    assert (ROOT / name).is_symlink() or (ROOT / name).is_file()  # a checkout without links holds them as files
    assert (
        str((ROOT / name).readlink() if (ROOT / name).is_symlink() else (ROOT / name).read_text()) == f"isthmus/{name}"
    )


def test_no_tracked_file_names_a_machine() -> None:
    marks = ["/wo" + "rk/", "/ro" + "ot/", "/fa" + "rm/", "pypi" + ".org", "npm" + "js.", "repo1." + "maven"]
    for name in kept_files():
        path = ROOT / name
        if (
            path.is_file()
            and not path.is_symlink()
            and path.suffix not in {".png", ".xlsx", ".gz", ".zip", ".xz", ".svg"}
        ):
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not [mark for mark in marks if mark in text], f"{name} names a machine's path or a registry"


def test_the_vocabularys_page_is_what_the_schema_says() -> None:
    path = ROOT / "docs" / "make_vocabulary.py"
    spec = importlib.util.spec_from_file_location("make_vocabulary", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    assert made == module.page(), "run python docs/make_vocabulary.py"


def test_ci_installs_what_the_project_asks_for() -> None:
    """Every requirement by a release in the lock that is within its bounds; `make lock` writes it anew."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    asked += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    locked: dict[str, list[str]] = {}
    for line in (ROOT / ".ci" / "lock.txt").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([\w.-]+)==([^ ;]+)", line):
            locked.setdefault(canonicalize_name(found[1]), []).append(found[2])
    for requirement in map(Requirement, asked):
        if requirement.name != "isthmus":
            releases = locked.get(canonicalize_name(requirement.name), [])
            assert releases, f"{requirement.name} is not in .ci/lock.txt: run make lock"
            assert all(requirement.specifier.contains(one, prereleases=True) for one in releases), (
                requirement,
                releases,
            )


OWN_JSON = {"isthmus/loaders/source.py", "isthmus/loaders/ftm/model.py"}
"""Files of `loaders` that read what this program wrote itself."""


def test_json_from_outside_is_bounded_before_it_is_parsed() -> None:
    """Loaders read JSON by `isthmus.graph.foreign_json`, which counts its depth first."""
    parsing = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "isthmus" / "loaders").rglob("*.py")
        if re.search(r"\bjson\.loads?\(|\bjson\.JSONDecoder|\borjson\b", path.read_text(encoding="utf-8"))
    }
    assert parsing == OWN_JSON, "use read_json of isthmus.graph.foreign_json"
