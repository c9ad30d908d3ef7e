"""The commands of the analyst's hand say whom and what they found, and refuse what is not in the case."""

from __future__ import annotations

from pathlib import Path

from tests.cli.run import isthmus

FIELD = Path(__file__).parents[1] / "field"


def test_the_hand_names_whom_it_found_and_refuses_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "own.case"
    hand = ("--case", path, "--by", "me", "--why", "t")
    assert isthmus("load", "tables", FIELD / "add_subject/data", "--case", path).returncode == 0
    for line in ("nobody-at-all note hello", "zzz met a", "a met zzz"):
        done = isthmus("add", *line.split(), *hand)
        assert (done.returncode, done.stdout) == (1, ""), line
        assert "--new" in done.stderr
    done = isthmus("add", "Anton Alpha", "note", "hello", *hand)
    assert done.stdout.startswith("Anton Alfa (Person; convicted; id a): note hello\nadded claim ")
    done = isthmus("same", "nosuch-1", "nosuch-2", *hand)
    assert (done.returncode, done.stdout) == (1, "")
    assert isthmus("same", "a", "b", *hand).stdout.startswith("Anton Alfa (Person; convicted; id a) and Boris Bravo")
    assert isthmus("different", "a", "c", *hand).returncode == 0
    done = isthmus("same", "c", "b", *hand)
    assert done.returncode == 1
    assert "a same b (me" in done.stderr
    assert "a different c (me" in done.stderr
    assert isthmus("show", "b", "--case", path).returncode == 0


def test_a_source_is_withdrawn_with_its_copy_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "own.case"
    hand = ("--case", path, "--by", "me", "--why", "withdrawn")
    assert isthmus("load", "tables", FIELD / "source_retracted/data", "--case", path).returncode == 0
    done = isthmus("retract", "s1", *hand)
    assert done.returncode == 1
    assert "isthmus withdraw s1" in done.stderr
    said = isthmus("withdraw", "s1", *hand).stdout
    assert "withdrew source s1 (Paper that was withdrawn (invented)), and what derives from it alone: s2" in said
    assert "met Boris Bravo" in said
    assert "withdrawn" in isthmus("changes", "--case", path).stdout
    assert "s1" in isthmus("undo", "--case", path, "--by", "me").stdout
    assert "Boris Bravo" in isthmus("show", "b", "--case", path).stdout
