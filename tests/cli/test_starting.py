"""A start is not felt: what a command does not need it does not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MOST_MODULES = 200
MODULES_OF_ARRAYS = 200  # numpy alone has some 130
HEAVY = {"numpy", "pandas", "pyarrow", "scipy", "networkx", "yaml", "msgspec", "arcadedb_embedded", "sqlite3"}
_RUN = """
import json, sys
from isthmus.cli import main
sys.argv[0] = "isthmus"
try:
    main()
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def imported(*arguments: str | Path, **environment: str) -> set[str]:
    """Modules that a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *map(str, arguments)],
        capture_output=True, text=True, timeout=60, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    found: list[str] = json.loads(done.stderr.splitlines()[-1])
    return set(found)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["nosuch"], ["show"], ["show", "--help"]])
def test_what_needs_no_case_imports_little(arguments: list[str]) -> None:
    modules = imported(*arguments)
    assert not modules & HEAVY
    assert len(modules) < MOST_MODULES


def test_completion_imports_little(shipped_path: Path) -> None:
    words = f"isthmus show --case {shipped_path} Sal"
    modules = imported(_ISTHMUS_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD="4")
    assert "isthmus.graph.record.reading" in modules
    assert not modules & (HEAVY - {"sqlite3"})
    assert len(modules) < MOST_MODULES


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
@pytest.mark.parametrize("question", [["find", "abdeslam"], ["show", "abdeslam"], ["info"], ["info", "--sources"]])
def test_a_look_into_the_case_asks_for_arrays_and_no_frame(
    shipped_path: Path, question: list[str], form: list[str]
) -> None:
    imported("info", "--case", shipped_path)  # keeps what the vocabulary states
    modules = imported(*question, *form, "--case", shipped_path)
    assert not modules & (HEAVY - {"numpy", "sqlite3", "msgspec"})
    assert len(modules) < MOST_MODULES + MODULES_OF_ARRAYS


def test_the_list_of_sources_asks_for_no_frame() -> None:
    assert not imported("sources") & {"pandas", "pyarrow", "scipy", "networkx"}


FORMS: tuple[list[str], ...] = ([], ["--json"], ["--csv"])
QUESTIONS = ["cross-border", "cross-border --matrix", "layers", "layers --detail", "profile", "profile --kinds Person,Cell",
             "path abaaoud salah-abdeslam", "path abaaoud salah-abdeslam --by time --who-could-see", "rank degree --draws 2",
             "rank k-core --draws 2", "origins", "changes", "gap", "gap --table statements", "gap --toward abaaoud",
             "knowable 2015-11-13", "knowable 2015-11-13 --table ladder"]  # fmt: skip


@pytest.mark.parametrize(("question", "form"), [(asked, FORMS[at % 3]) for at, asked in enumerate(QUESTIONS)])
def test_a_question_asks_for_no_frame_and_no_sparse_matrix(shipped_path: Path, question: str, form: list[str]) -> None:
    modules = imported(*question.split(), *form, "--case", shipped_path)
    assert not modules & {"pandas", "pyarrow", "scipy", "networkx", "arcadedb_embedded"}


@pytest.mark.parametrize(
    "question",
    [
        "brokers --draws 2",
        "rank betweenness --draws 2",
        "cross-border --chance --permutations 9",
        "path abaaoud paris-2015 --by evidence",
    ],
)
def test_what_needs_a_sparse_matrix_asks_for_no_frame(shipped_path: Path, question: str) -> None:
    modules = imported(*question.split(), "--case", shipped_path)
    assert not modules & {"pandas", "pyarrow", "networkx", "arcadedb_embedded"}
