"""The commands that ask about paths, ranks, brokers, origins and chance, as a reader runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.run import isthmus

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = [
    ("path", "Abaaoud", "Reda Hame", "--by", "evidence", "-k", "3"),
    ("rank", "betweenness", "--draws", "20", "--levels", "10", "--top", "5"),
    ("brokers", "--role", "gatekeeper", "--draws", "20", "--levels", "5,10", "--top", "5"),
    ("origins", "Abaaoud", "--top", "5"),
    ("cross-border", "--chance", "--permutations", "50", "--stratum", "none"),
    ("cross-border", "--matrix"),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_json_has_everything_and_people_read_eighty_columns(shipped_path: Path, question: tuple[str, ...]) -> None:
    done = isthmus("--case", shipped_path, *question, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["rows"]
    assert len(said["claims"]) == len(said["rows"])
    assert said["robustness"]
    assert said["method"]
    printed = isthmus("--case", shipped_path, *question)
    assert max(len(line) for line in printed.stdout.splitlines()) <= 80


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (("path", "Abaaoud", "nobody at all"), "nothing in the case is called"),
        (("path", "Abaaoud", "Reda Hame", "--avoid", "Abaaoud"), "own ends"),
        (("rank", "betweeness"), "did you mean 'betweenness'"),
        (("rank", "degree", "--bases", "kinship"), "no basis"),
        (("origins", "nobody at all"), "nothing in the case is called"),
    ],
)
def test_a_wrong_question_is_one_sentence(shipped_path: Path, question: tuple[str, ...], sentence: str) -> None:
    done = isthmus("--case", shipped_path, *question)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    "question",
    [("rank", "degree", "--levels", "ten"), ("cross-border", "--chance", "--matrix"),
     ("cross-border", "--chance", "--person", "Abaaoud"), ("path", "Abaaoud")],
)  # fmt: skip
def test_wrong_usage_exits_with_2(shipped_path: Path, question: tuple[str, ...]) -> None:
    assert isthmus("--case", shipped_path, *question).returncode == 2
