from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from isthmus.case import Case
from isthmus.cli import Commands, cli
from isthmus.cli.output import cell
from isthmus.cli.printable import safe
from isthmus.graph.record.rows import Claim, Record, SourceRow
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CONTEXT = click.Context(cli)
NAMES = Commands().list_commands(CONTEXT)


@pytest.mark.parametrize("name", NAMES)
def test_each_command_has_help_and_a_place_in_the_docs(name: str) -> None:
    command = Commands().get_command(CONTEXT, name)
    assert command is not None
    assert command.help, "a command says what it does"
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts[0]} says what it is for"
    assert f"`{name}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["cross-border", "layers", "info", "find abaaoud", "show abaaoud"])
def test_json_is_one_object_with_everything(shipped_path: Path, name: str) -> None:
    done = isthmus("--case", shipped_path, *name.split(), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {"finding", "parameters", "columns", "rows", "robustness", "caveats", "left_out"} <= set(said)
    assert said["rows"]
    assert all(list(row) == said["columns"] for row in said["rows"])
    assert done.stderr == ""


def test_csv_and_out_hold_the_same_rows(shipped_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    printed = isthmus("layers", "--case", shipped_path, "--csv")
    written = isthmus("layers", "--case", shipped_path, "--csv", "--out", out)
    assert (printed.returncode, written.returncode) == (0, 0)
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert len(list(csv.DictReader(io.StringIO(printed.stdout)))) == 10


def test_people_read_eighty_columns(shipped_path: Path) -> None:
    done = isthmus("--case", shipped_path, "cross-border")
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def _broken(folder: Path) -> Iterator[tuple[str, Path]]:
    for name, content in (("empty", b""), ("binary", bytes(range(256)) * 40), ("cut", b"SQLite format 3\x00abc")):
        path = folder / f"{name}.case"
        path.write_bytes(content)
        yield name, path
    yield "missing", folder / "missing.case"
    yield "folder", folder


def test_a_case_that_is_none_is_one_sentence_and_exit_1(tmp_path: Path) -> None:
    for name, path in _broken(tmp_path):
        done = isthmus("--case", path, "cross-border")
        assert done.returncode in (1, 2), name
        assert "Traceback" not in done.stderr, name
        assert str(path) in done.stderr, name


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("shwo", "x"), 2, "show"),
        (("show",), 2, "NAME"),
        (("show", "Nobody At All"), 1, "isthmus find"),
        (("cross-border", "--valid", "yesterday"), 1, "yesterday"),
        (("cross-border", "--min-grade", "Z9"), 1, "Z9"),
        (("cross-border", "--ties", "mett"), 1, "met"),
        (("cross-border", "--holders", "FR"), 1, "known_by"),
        (("cross-border", "--kind", "sideways"), 1, "sideways"),
    ],
)
def test_what_is_wrong_is_said_with_the_next_step(
    shipped_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = isthmus("--case", shipped_path, *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


HOSTILE = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\x1b[31mred\x1b[0m", "a\x07b", "‮evil"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_is_no_formula_and_a_text_no_command_to_the_terminal(text: str) -> None:
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f‮]", safe(text))


def test_hostile_names_pass_every_output_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "hostile.case"
    record = Record("s", "1", pointer="\x1b[2J")
    with Case.create(path) as case:
        rows: list[SourceRow | Record | Claim] = [SourceRow("s"), record]
        for at, text in enumerate(HOSTILE):
            identity = f"p{at}"
            rows += [
                Claim(record.id, identity, "kind", "Person"),
                Claim(record.id, identity, "name", text + "x"),
                Claim(record.id, identity, "status", "convicted"),
                Claim(record.id, identity, "citizen_of", "FR" if at % 2 else "BE"),
            ]
            if at:
                rows.append(Claim(record.id, identity, "met", f"p{at - 1}"))
        case.load(rows, source="s")
    for arguments in (("cross-border",), ("cross-border", "--csv"), ("show", "p1"), ("find", "x")):
        done = isthmus("--case", path, *arguments)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout
        if "--csv" in arguments:
            cells = [value for row in csv.reader(io.StringIO(done.stdout)) for value in row]
            assert not [value for value in cells if value.startswith(("=", "+", "-", "@"))]


def test_the_desk_shows_every_name_with_its_status(unreleased: Case, unreleased_path: Path) -> None:
    from isthmus.graph.disclosure.basis import bases_of

    who = next(iter(bases_of(unreleased.file).unnamed))
    status = unreleased.graph.shown["status"][unreleased.graph.index(who)]
    for name in ("Zyxwala Qanariona", who):
        assert f"Zyxwala Qanariona ({status})" in isthmus("--case", unreleased_path, "show", name).stdout
    rows = json.loads(isthmus("--case", unreleased_path, "find", "qanariona", "--json").stdout)["rows"]
    assert [(row["name"], row["status"], row["id"]) for row in rows[:1]] == [("Zyxwala Qanariona", status, who)]


def test_the_analysts_own_hand(tmp_path: Path) -> None:
    path = tmp_path / "own.case"
    Case.create(path).close()
    hand = ("--case", path, "--by", "me", "--why", "seen")
    for fact in (("p1", "kind", "Person", "--new"), ("p2", "kind", "Person", "--new"), ("p1", "met", "p2")):
        done = isthmus("add", *fact, *hand)
        assert done.returncode == 0, done.stderr
    claim = done.stdout.split()[-1]
    assert isthmus("retract", claim[:10], *hand).returncode == 0
    with Case.open(path) as case:
        assert case.graph.ties.empty
    assert isthmus("undo", "--case", path, "--by", "me").returncode == 0
    assert isthmus("correct", claim, "p3", *hand).returncode == 1
    assert isthmus("correct", claim, "p3", "--new", *hand).returncode == 0
    assert isthmus("add", "p1", "met", "p2", "--case", path, "--by", "me").returncode == 2, "a reason is asked for"
    assert isthmus("add", "p1", "status", "guilty", *hand).returncode == 1
    with Case.open(path) as case:
        ties = case.graph.ties
        assert len(ties) == 1
        assert {claim.record for claim in case.rows("claims")} <= {record.id for record in case.rows("records")}


def test_same_and_different(tmp_path: Path) -> None:
    path = tmp_path / "own.case"
    Case.create(path).close()
    hand = ("--case", path, "--by", "me", "--why", "seen")
    for person in ("p1", "p2"):
        isthmus("add", person, "kind", "Person", "--new", *hand)
    assert isthmus("same", "p1", "p2", *hand).returncode == 0
    with Case.open(path) as case:
        assert list(case.graph.ids) == ["p1"]
    assert isthmus("different", "p1", "p2", *hand).returncode == 0
    with Case.open(path) as case:
        assert list(case.graph.ids) == ["p1", "p2"]
