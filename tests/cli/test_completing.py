"""What a shell is offered."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.names import NEVER_NAMED
from isthmus.graph.record.rows import Claim, Judgement, Record, SourceRow
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.record.rows import Row


def offered(*words: str, of: str = "zsh", **environment: str) -> list[str]:
    """What is offered for the last of `words`."""
    told = {"_ISTHMUS_COMPLETE": f"{of}_complete", "COMP_WORDS": " ".join(("isthmus", *words)),
            "COMP_CWORD": str(len(words))}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import sys; sys.argv = ['isthmus']; from isthmus.cli import main; main()"],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **told, **environment},
    )  # fmt: skip
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    return lines[1::3] if of == "zsh" else [line.partition(",")[2] for line in lines]


PEOPLE = {
    "p1": ("Émile Aubert", "acquitted"),
    "p2": ("Emil Berg", ""),
    "p3": ("Emil Kind", "minor"),
    "p4": ("Emil Cole", "victim"),
    "p5": ("Emil\x1b[31m", ""),
    "p6": ("Emil Zweitname", ""),  # judged one with p3
}


@pytest.fixture
def people(case: Case) -> Path:
    record = Record("s", "r")
    rows: list[Row] = [SourceRow("s"), record]
    for who, (name, status) in PEOPLE.items():
        rows += [Claim(record.id, who, "kind", "Person"), Claim(record.id, who, "name", name)]
        rows += [Claim(record.id, who, "status", status)] if status else []
    rows.append(Judgement("p3", "p6", "same", "a", "2020-01-01T00:00:00Z"))
    case.load(rows, source="s")
    return case.file.path


@pytest.mark.parametrize("words", [("show",), ("find",), ("path",), ("path", "x"), ("same",), ("same", "x"), ("add",)])
def test_names_of_the_case_are_offered_but_never_a_minors_or_a_victims(people: Path, words: tuple[str, ...]) -> None:
    assert offered(*words, "emil", ISTHMUS_CASE=str(people)) == ["Emil Berg", "Émile Aubert"]


def test_who_is_never_named_is_as_the_vocabulary_says() -> None:
    assert schema().never_named == NEVER_NAMED


def test_ids_are_offered_but_not_those_of_who_is_never_named(people: Path) -> None:
    assert offered("show", "p", ISTHMUS_CASE=str(people)) == ["p1", "p2", "p5"]


def test_bash_gets_what_it_can_read_back(people: Path) -> None:
    words = ("--case", str(people), "show", r"Emil\ B")
    assert offered(*words, of="bash") == [r"Emil\ Berg"]
    assert offered("show", "--case", str(people), r"Emil\ B", of="bash") == [r"Emil\ Berg"]


def test_a_name_taken_back_is_not_offered(case: Case, people: Path) -> None:
    named = next(claim for claim in case.rows("claims") if claim.value == "Emil Berg")
    case.retract(named.id, why="a mistake", by="a")
    assert offered("show", "emil", ISTHMUS_CASE=str(people)) == ["Émile Aubert"]


def test_without_a_case_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert offered("show", "emil", ISTHMUS_CASE=str(tmp_path / "none.case")) == []
    assert list(tmp_path.iterdir()) == []


def test_sources_of_load(tmp_path: Path) -> None:
    assert offered("load", "e", ISTHMUS_CASE=str(tmp_path / "none.case")) == ["edges", "eu_list"]
    assert offered("load", "au", ISTHMUS_CASE=str(tmp_path / "none.case")) == ["auto"]
