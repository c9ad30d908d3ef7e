"""An answer that is cut says so in every form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from isthmus.cli.output import emit
from isthmus.queries.finding import Finding
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.graph import Graph

PAIRS = "MATCH (a:Person),(b:Person) RETURN a.id, b.id"


@pytest.mark.needs("cypher")
def test_csv_cut(shipped_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    done = isthmus("--case", shipped_path, "cypher", PAIRS, "--csv", "--out", out)
    assert done.returncode == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 10_001
    assert "Cut after 10,000 rows: there are more." in done.stderr


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param(
            ("query", "attacks_by_direction", "--rows", "2"),
            "Cut after 2 rows: there are more.",
            marks=pytest.mark.needs("cypher"),
        ),
        (("find", "al", "--limit", "5"), "further matches; --limit shows more"),
        (("origins", "--top", "5"), "further ties; --top 0 shows all"),
        (("rank", "degree", "--top", "3", "--draws", "3"), "further places; --top 0 shows all"),
        (("brokers", "--top", "3", "--draws", "3"), "further places; --top 0 shows all"),
        (("gap", "--known-by", "2015-11-12"), "--need all counts them"),
    ],
)
def test_what_the_text_says_of_a_cut_goes_to_standard_error_with_csv(
    shipped_path: Path, question: tuple[str, ...], says: str
) -> None:
    text = isthmus("--case", shipped_path, *question)
    assert says in " ".join(text.stdout.split())
    done = isthmus("--case", shipped_path, *question, "--csv")
    assert done.returncode == 0
    assert says in " ".join(done.stderr.split())
    assert says not in done.stdout
    said = json.loads(isthmus("--case", shipped_path, *question, "--json").stdout)
    assert any(says in reason for reason in [*said["left_out"], *said["caveats"]])


def test_a_text_in_a_file_says_on_the_terminal_what_it_lacks(
    shipped_graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Finding(
        "long", pd.DataFrame({"n": range(501)}), "Counted.", left_out={"odd ones": 1234}, caveats=("Doubt.",)
    )
    emit(found, shipped_graph, None, tmp_path / "long.txt")
    told = capsys.readouterr().err
    assert "… and 1 more; --csv and --json give them all" in told
    assert "Left out: 1,234 odd ones" in told
    assert "Caveats: Doubt." in told
    emit(found, shipped_graph, "json", tmp_path / "long.json")
    assert "odd ones" not in capsys.readouterr().err
