"""The house: imports run one way, no circle stands in it, and SQL has one room."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "isthmus"
FRONTEND = PACKAGE / "views" / "frontend" / "src"

FLOORS = (  # a module may import from its own floor and from those below
    ("graph.record",),
    ("graph.fold", "graph.fitting"),
    ("graph.graph", "graph.people", "graph.weights"),
    ("graph.acts", "graph.cypher", "graph.disclosure"),
    ("queries", "loaders"),
    ("views", "data"),
    ("case",),
    ("cli", "__main__"),
)
WORDS = "graph"  # what else stands in graph/: the words that everything is said in, below all floors
PACKAGE_ITSELF = {"isthmus"}  # the public names, which open the desk
TABLES = re.compile(
    r"\b(?:FROM|INTO|JOIN|UPDATE|TABLE)\s+(?:IF NOT EXISTS\s+)?"
    r"(?:source|record|claim|source_assessment|claim_assessment|holding|judgement|marking|load|meta|record_change)\b"
)


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a package is its `__init__`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(name: str) -> set[str]:
    """Modules of the package that one imports, for types and within functions too."""
    found = set()
    for node in ast.walk(tree(modules()[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {one if one in modules() else node.module for one in whole}
    return {one for one in found if one in modules()} - {name}


@cache
def house() -> nx.DiGraph[str]:
    return nx.DiGraph((name, other) for name in modules() for other in imported(name))


def floor(name: str) -> int:
    inner = name.removeprefix("isthmus.")
    for at, rooms in enumerate(FLOORS, start=1):
        if any(inner == room or inner.startswith(f"{room}.") for room in rooms):
            return at
    return 0 if inner == WORDS or inner.startswith(f"{WORDS}.") else len(FLOORS)


def circles(arrows: nx.DiGraph[str]) -> list[list[str]]:
    return [sorted(ring) for ring in nx.strongly_connected_components(arrows) if len(ring) > 1]


def test_every_module_has_its_floor() -> None:
    known = {room for rooms in FLOORS for room in rooms}
    for name in modules():
        inner = name.removeprefix("isthmus.")
        room = name in PACKAGE_ITSELF or inner.split(".")[0] == WORDS or any(
            inner == one or inner.startswith(f"{one}.") for one in known
        )  # fmt: skip
        assert room, f"{name} stands on no floor; give it one in FLOORS"


def test_no_import_is_part_of_a_circle() -> None:
    assert circles(house()) == []


def test_no_import_runs_upward() -> None:
    up = [
        f"{name} -> {other}"
        for name, other in sorted(house().edges)
        if name not in PACKAGE_ITSELF and (other in PACKAGE_ITSELF or floor(other) > floor(name))
    ]
    assert up == []


def test_no_typescript_import_is_part_of_a_circle() -> None:
    arrows: nx.DiGraph[str] = nx.DiGraph()
    for path in FRONTEND.glob("*.ts"):
        for other in re.findall(r"""from\s+["']\./([\w-]+)["']""", path.read_text(encoding="utf-8")):
            arrows.add_edge(path.stem, other)
    assert len(arrows) > 20
    assert circles(arrows) == []


def sql_outside(name: str) -> list[str]:
    """What a module knows of the case file's tables that it should not."""
    found = []
    for node in ast.walk(tree(modules()[name])):
        if isinstance(node, ast.Attribute) and node.attr == "connection":
            found.append(f"{name}:{node.lineno} a connection")
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            found += [f"{name}:{node.lineno} sqlite3" for one in names if one.split(".")[0] == "sqlite3"]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TABLES.search(node.value):
            found.append(f"{name}:{node.lineno} a statement: {node.value[:60]!r}")
    return found


def test_sql_over_the_case_file_stands_in_the_record_alone() -> None:
    outside = [name for name in modules() if not name.startswith(("isthmus.graph.record", "isthmus.graph.cypher"))]
    assert [line for name in outside for line in sql_outside(name)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "import sqlite3",
        "def f(case):\n    return case.file.connection",
        'ASK = f"SELECT id FROM claim WHERE {1}"',
        'ASK = "INSERT INTO marking VALUES (1)"',
    ],
)
def test_sql_elsewhere_would_be_seen(planted: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(planted, encoding="utf-8")
    monkeypatch.setitem(modules(), "isthmus.planted", path)
    assert len(sql_outside("isthmus.planted")) == 1


def test_a_circle_would_be_seen() -> None:
    assert circles(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])) == [["a", "b", "c"]]


BY_NAME = re.compile(
    r"isthmus\.(cli\.commands|queries|views\.export)\.\w+|isthmus\.loaders\.\w+\.(loader|stated)|isthmus\.(cli\.)?__main__"
)


def test_every_room_has_a_door() -> None:
    """No module stands that nobody imports, here or in what is measured, but for those that are found by their name."""
    packages = {name for name, path in modules().items() if path.name == "__init__.py"}
    scripts = [path.read_text(encoding="utf-8") for place in ("bench", "docs") for path in (ROOT / place).glob("*.py")]
    entered = {other for _, other in house().edges} | {
        name for name in modules() if any(name in text for text in scripts)
    }
    assert sorted(name for name in set(modules()) - packages - entered if not BY_NAME.fullmatch(name)) == []
