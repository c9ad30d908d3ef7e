"""A second analyst's p1 is not the first one's, unless someone says so."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph.record.rows import TABLES, Judgement
from isthmus.loaders import run
from isthmus.loaders.clashes import OtherIds
from tests.cli.run import isthmus
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case

FIELD = Path(__file__).parents[1] / "field"


def expected(slug: str, sheet: str) -> list[dict[str, str]]:
    with (FIELD / slug / "expected" / sheet).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("slug", ["two_analysts", "two_analysts_ids"])
def test_the_second_analysts_ids_are_refused_and_the_first_ones_stay(case: Case, slug: str) -> None:
    run("tables", [FIELD / slug / "data/one"], case.file)
    before = {table: list(case.rows(table)) for table in TABLES}
    with pytest.raises(OtherIds) as refused:
        run("tables", [FIELD / slug / "data/two"], case.file)
    said = str(refused.value)
    assert "p1 is 'Anton Alfa' in the case and 'Gustav Golf' here" in said
    assert "p2 is 'Boris Bravo' in the case and 'Hugo Hotel' here" in said
    titles = "source s1 is 'Court file (invented)' in the case and 'Newspaper of another day (invented)' here"
    assert (titles in said) is (slug == "two_analysts")
    assert "--namespace" in said
    assert {table: list(case.rows(table)) for table in TABLES} == before


@pytest.mark.parametrize("slug", ["two_analysts", "two_analysts_ids"])
def test_with_a_name_for_each_both_stand_side_by_side(case: Case, slug: str) -> None:
    for name in ("one", "two"):
        run("tables", [FIELD / slug / f"data/{name}"], case.file, options={"namespace": name})
    graph = case.graph
    named = {str(i): str(name) for i, name, kind in zip(graph.ids, graph.names, graph.kinds, strict=True)
             if kind == "Person"}  # fmt: skip
    nodes = [row for row in expected(slug, "nodes.csv") if row["kind"] == "Person"]
    assert named == {row["id_or_label"]: row["notes"].split(";")[0].removeprefix("label: ") for row in nodes}
    ids = graph.ids
    ties = {(str(ids[a]), kind.replace("citizen_of", "nationalities"), str(ids[b]))
            for a, kind, b in zip(graph.ties["source"], graph.ties["kind"], graph.ties["target"], strict=True)}  # fmt: skip
    assert ties == {(row["from"], row["word"], row["to"]) for row in expected(slug, "ties.csv")}
    assert len(list(case.rows("sources"))) == 2
    version = case.file.version
    run("tables", [FIELD / slug / "data/two"], case.file, options={"namespace": "two"})
    assert case.file.version == version


def test_it_may_be_said_that_they_are_the_same(case: Case) -> None:
    run("tables", [FIELD / "two_analysts/data/one"], case.file)
    run("tables", [FIELD / "two_analysts/data/two"], case.file, options={"same_ids": "yes"})
    assert sorted(case.graph.values("name")["value"]) == ["Gustav Golf", "Hugo Hotel"]


def test_a_spelling_a_longer_name_and_a_bare_alias_are_no_clash(case: Case, tmp_path: Path) -> None:
    head = "id,name,nationalities,status,sources\n"
    (tmp_path / "people.csv").write_text(head + "p1,Mohamed Abou Omar,BE,convicted,s1\n", encoding="utf-8")
    run("tables", [tmp_path], case.file, options={"quarantine_share": "1"})
    for name in ("Mohammed El-Khazzani", "Omar al-Khazzani", "Abu Omar Mohamed"):
        (tmp_path / "people.csv").write_text(head + f"p1,{name},BE,convicted,s1\n", encoding="utf-8")
        run("tables", [tmp_path], case.file)
    (tmp_path / "people.csv").unlink()
    (tmp_path / "aliases.csv").write_text("id,alias,sources\np1,The Tall One,s1\n", encoding="utf-8")
    run("tables", [tmp_path], case.file)
    (tmp_path / "aliases.csv").unlink()
    (tmp_path / "people.csv").write_text(head + "p1,Abu Bakr B.,BE,convicted,s1\n", encoding="utf-8")
    with pytest.raises(OtherIds):
        run("tables", [tmp_path], case.file)


def test_what_an_import_would_join_is_told_with_the_chain(case: Case, tmp_path: Path) -> None:
    case.load([*rows("p1 met p2"), Judgement("p1", "p2", "different", "me", "2020-01-01")], source="s")
    sheet = "left,right,verdict,by,judged_at,known_from,why\np2,p1,same,them,2021-01-01,,\n"
    (tmp_path / "judgements.csv").write_text(sheet, encoding="utf-8")
    loaded = run("tables", [tmp_path], case.file)
    assert loaded.apart == ("p2 same p1 (them, 2021-01-01) joins nothing: p1 different p2 (me, 2020-01-01)",)


def test_the_command_refuses_asks_for_a_namespace_and_says_the_load(tmp_path: Path) -> None:
    path, data = tmp_path / "own.case", FIELD / "two_analysts/data"
    first = isthmus("load", "tables", data / "one", "--case", path)
    assert "this is load 1; isthmus withdraw 1 takes it back" in first.stdout
    done = isthmus("load", "tables", data / "two", "--case", path)
    assert done.returncode == 1
    assert "Gustav Golf" in done.stderr
    assert isthmus("load", "tables", data / "two", "--case", path, "--namespace", "two").returncode == 0
    gone = isthmus("withdraw", "1", "--case", path, "--why", "t", "--by", "me")
    assert "withdrew load 1" in gone.stdout
    assert "Anton Alfa" in gone.stdout
    assert "undone: withdraw by me" in isthmus("undo", "--case", path, "--by", "me").stdout
