"""One set of options for the lens, in every command that looks at a case; the answer says it first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.cli.options import WITHOUT_LENS
from isthmus.graph.errors import BadQuestion
from isthmus.graph.lens import Lens
from isthmus.queries.changes import ASKED_OF
from tests.graph.make import rows

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

COMMANDS = sorted(cli.list_commands(None))  # type: ignore[arg-type]
OPTIONS = {f"--{name.replace('_', '-')}" for name in Lens.PARTS}
OWN = {"add": {"--valid"}, "correct": {"--valid"}, "release": {"--tlp"}}  # of what is written
GIVEN = {
    "valid": "2015", "known_by": "2015-11-12", "published_by": "2016", "recorded_by": "2030", "min_grade": "F6",
    "ties": "met", "tlp": "RED",
}  # fmt: skip


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in WITHOUT_LENS])
def test_help_has_the_whole_set(command: str) -> None:
    told = CliRunner().invoke(cli, [command, "--help"], catch_exceptions=False).output
    assert {option for option in OPTIONS if option in told.split()} == OPTIONS


def test_a_command_without_the_lens_says_why() -> None:
    assert set(WITHOUT_LENS) <= set(COMMANDS)
    for name, why in WITHOUT_LENS.items():
        assert len(why.split()) > 5
        told = CliRunner().invoke(cli, [name, "--help"], catch_exceptions=False).output
        assert OPTIONS & set(told.split()) <= OWN.get(name, set())


@pytest.fixture
def case(case: Case) -> Case:
    case.load(rows("p1 citizen_of FR", "p2 citizen_of BE", "p1 met p2 2015-11", "p1 name Alpha"), source="s")
    return case


def said(case: Case, *words: str) -> tuple[str, str]:
    done = CliRunner().invoke(cli, [*words, "--case", str(case.file.path)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


ASKED = [
    ["cross-border"], ["find", "p"], ["show", "p1"], ["info"], ["info", "--sources"], ["layers"], ["profile"], ["gap"],
    ["origins"], ["rank", "degree"], ["brokers"],
    pytest.param(["cypher", "MATCH (n) RETURN count(n) AS n"], marks=pytest.mark.needs("cypher")),
]  # fmt: skip


@pytest.mark.parametrize("words", ASKED, ids=str)
def test_the_first_line_says_the_lens(case: Case, words: list[str], tmp_path: Path) -> None:
    lens = ["--valid", "2015-11", "--min-grade", "F6", "--tlp", "RED"]
    first = "Through the lens: so on 2015-11; graded F6 or better; marked TLP:RED at most"
    assert said(case, *words, *lens)[0].splitlines()[0] == first
    assert said(case, *words, *lens, "--csv")[1].splitlines()[0] == first
    assert json.loads(said(case, *words, *lens, "--json")[0])["lens"] == {
        "valid": "2015-11", "min_grade": "F6", "tlp": "RED"
    }  # fmt: skip
    said(case, *words, *lens, "--out", str(tmp_path / "out"))
    assert (tmp_path / "out").read_text(encoding="utf-8").splitlines()[0] == first
    assert "Through the lens" not in said(case, *words)[0]


def test_knowable_says_its_date_and_holders_once(case: Case) -> None:
    first = "Through the lens: known by 2015-11-12 to BE, FR"
    assert said(case, "knowable", "2015-11-12", "--holders", "FR,BE")[0].splitlines()[0] == first
    told = CliRunner().invoke(cli, ["knowable", "2015", "--known-by", "2016", "--case", str(case.file.path)])
    assert told.exit_code == 2
    assert "differ" in told.stderr


@pytest.mark.parametrize("part", sorted(GIVEN))
def test_changes_refuses_what_makes_no_sense_of_loads(case: Case, part: str) -> None:
    if part in ASKED_OF:
        assert len(case.through(**{part: GIVEN[part]}).changes().table)
    else:
        with pytest.raises(BadQuestion, match=part):
            case.through(**{part: GIVEN[part]}).changes()


def test_changes_through_recorded_by_leaves_out_later_loads(case: Case) -> None:
    assert case.through(recorded_by="2000").changes().table.empty


def test_info_says_the_span_of_each_clock_and_what_has_no_date(case: Case) -> None:
    told = dict(case.info().table.to_numpy().tolist())
    assert told["clock valid"] == "2015-11-01 to 2015-11-30; 2 of 3 ties have no date"
    assert told["clock known_by"] == "no date; 0 of 0 holdings have no date"
    assert set(told) >= {f"clock {name}" for name in ("valid", "known_by", "published_by", "recorded_by")}
    seen = dict(case.through(ties=["met"]).info().table.to_numpy().tolist())
    assert seen["clock valid"] == "2015-11-01 to 2015-11-30; 2 of 3 ties have no date", "where things were is kept"
    assert seen["Person entities in view"] == 2


def test_what_has_no_date_is_said(case: Case) -> None:
    text, _ = said(case, "cross-border", "--valid", "2015", "--published-by", "2030")
    claims = case.file.connection.execute("SELECT count(*) FROM claim").fetchone()[0]
    assert text.splitlines()[1] == f"Without a date: {claims} claims have no date of publication and are left out"
    assert (
        said(case, "cross-border", "--valid", "2015-11")[0].splitlines()[1]
        == "Without a date: 2 ties have no date and stay"
    )
    assert json.loads(said(case, "find", "p", "--valid", "2015", "--json")[0])["undated"] == {
        "valid": "2 ties have no date and stay"
    }  # fmt: skip
