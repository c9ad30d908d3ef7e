"""`isthmus load` and `isthmus sources`, as typed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.cli import main
from isthmus.data import folder
from isthmus.graph.fold import kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Told = tuple[int, str, str]


@pytest.fixture
def isthmus(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """The command: exit code, what it printed, what it complained of."""

    def run(*words: object) -> Told:
        monkeypatch.setattr(sys, "argv", ["isthmus", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return run


def sheet(tmp_path: Path, text: str = "carl,Carl C.,court,high\n") -> Path:
    path = tmp_path / "people.csv"
    path.write_text(f"id,name,sources,confidence\n{text}", encoding="utf-8")
    return path


def test_load_makes_a_case_and_says_what_it_did(isthmus: Callable[..., Told], tmp_path: Path) -> None:
    case = tmp_path / "x.case"
    with folder() as shipped:
        code, out, _ = isthmus("load", "tables", shipped, "--case", case)
        assert code == 0
        assert "2,183 rows read: 2,183 loaded, 0 set aside, 0 skipped" in out
        assert "8,927 claims" in out
        code, out, _ = isthmus("load", "tables", shipped, "--case", case)
    assert (code, "added nothing new" in out) == (0, True)


def test_json_is_one_object(isthmus: Callable[..., Told], tmp_path: Path) -> None:
    _, out, _ = isthmus("load", "tables", sheet(tmp_path), "--case", tmp_path / "x.case", "--json")
    told = json.loads(out)
    assert told["rows"] == {"read": 1, "loaded": 1, "quarantined": 0, "skipped": 0}
    assert told["counts"]["Person"] == 1


def test_rows_set_aside_are_written_down_and_named(isthmus: Callable[..., Told], tmp_path: Path) -> None:
    path = sheet(tmp_path, "carl,Carl C.,court,high\ndora,Dora D.,,high\n")
    code, _, err = isthmus("load", "tables", path, "--case", tmp_path / "x.case")
    assert code == 1
    assert "1 of 2 rows cannot be used, more than 5%" in err
    assert not (tmp_path / "x.case").exists()
    code, out, _ = isthmus("load", "tables", path, "--case", tmp_path / "x.case", "--quarantine-share", "0.5")
    assert code == 0
    aside = tmp_path / "x.case.tables.quarantine.jsonl"
    assert str(aside) in out
    assert json.loads(aside.read_text(encoding="utf-8"))["where"] == "people.csv:3"


def test_a_load_that_fails_leaves_the_case_as_it_was(isthmus: Callable[..., Told], tmp_path: Path) -> None:
    case = tmp_path / "x.case"
    isthmus("load", "tables", sheet(tmp_path), "--case", case)
    with Case.open(case) as before:
        version = before.file.version
    code, out, err = isthmus("load", "tables", sheet(tmp_path, "e,E,court,hihg\n"), "--case", case)
    assert (code, out) == (1, "")
    assert err.startswith("Error: people.csv:2: confidence 'hihg'; choose from high, medium, low")
    with Case.open(case) as after:
        assert after.file.version == version


def test_check_reports_and_loads_nothing(isthmus: Callable[..., Told], tmp_path: Path) -> None:
    case = tmp_path / "x.case"
    path = sheet(tmp_path, "carl,Carl C.,court,high\nx,X,court,hihg\n")
    code, out, _ = isthmus("load", "tables", path, "--check", "--case", case)
    assert code == 1
    assert "people.csv:3: confidence 'hihg'; choose from high, medium, low" in out
    assert not case.exists()
    code, out, _ = isthmus("load", "tables", sheet(tmp_path), "--check", "--json")
    assert (code, json.loads(out)) == (0, {"source": "tables", "faults": []})


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("load", "tabels", "{sheet}"), 1, "no source is called 'tabels'; did you mean 'tables'"),
        (("load", "tables", "{missing}"), 1, "no such file"),
        (("load", "tables"), 2, "Missing argument"),
        (("load", "tables", "{sheet}", "--set", "x"), 2, "write KEY=VALUE"),
    ],
)
def test_mistakes_are_one_sentence(
    isthmus: Callable[..., Told], tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    names = {"sheet": str(sheet(tmp_path)), "missing": str(tmp_path / "none.csv")}
    given = [word.format(**names) for word in words]
    found, out, err = isthmus(*given, "--case", tmp_path / "x.case")
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_nothing_from_a_file_commands_the_terminal(isthmus: Callable[..., Told], tmp_path: Path) -> None:
    path = sheet(tmp_path, "x,\x1b[2JX,court,\x1b]0;gone\x07\n")
    _, out, err = isthmus("load", "tables", path, "--case", tmp_path / "x.case")
    assert "\x1b" not in out + err
    _, out, err = isthmus("load", "tables", path, "--check")
    assert "\x1b" not in out + err


def test_sources_lists_what_can_be_loaded(isthmus: Callable[..., Told]) -> None:
    code, out, _ = isthmus("sources")
    assert code == 0
    assert "tables" in out
    rows = json.loads(isthmus("sources", "--json")[1])["rows"]
    assert {"name", "title", "publisher", "files", "licence", "attribution"} == set(rows[0])


def test_a_large_case_is_folded_when_it_is_loaded(
    isthmus: Callable[..., Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "WORTH", 1)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    path = tmp_path / "x.case"
    isthmus("load", "tables", sheet(tmp_path), "--case", path, "--no-fold")
    with Case.open(path) as case:
        assert kept.waits(case.file, {})
    code, _, told = isthmus("load", "tables", sheet(tmp_path), "--case", path)
    assert code == 0
    assert "folding the case" in told
    with Case.open(path) as case:
        assert not kept.waits(case.file, {})
    assert "folding" not in isthmus("load", "tables", sheet(tmp_path), "--case", path)[2]
