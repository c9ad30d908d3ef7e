"""Dates of births and events as sheets write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.loaders import run
from isthmus.queries.show import show
from tests.cli.run import isthmus
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case

FIELD = Path(__file__).parent


def _loaded(path: Path, loader: str, data: Path, *more: str) -> str:
    done = isthmus("--case", path, "load", loader, data, "--quarantine-share", "1", *more)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_old_years_sets_and_seasons_are_read_and_what_lies_before_our_era_is_told(tmp_path: Path) -> None:
    said = _loaded(tmp_path / "x.case", "tables", FIELD / "old_years" / "data")
    assert "18 rows read: 16 loaded, 2 set aside" in said
    assert "'-0043-03-15' lies before our era" in said
    assert "'0000' lies before our era" in said
    assert "9999-12-31, which many programs write for no end, is kept as written and counts as no date" in said
    listed = isthmus("--case", tmp_path / "x.case", "query", "timeline", "until=1900", "--csv").stdout.splitlines()[1:]
    assert [tuple(line.split(",")[:3]) for line in listed] == [
        ("1092-10-14", "1092-10-14", "e2"), ("1800-01-01", "1899-12-31", "e11"), ("1890-01-01", "1899-12-31", "e7"),
        ("1892-01-01", "1894-12-31", "e12"), ("1892-01-01", "1894-12-31", "e8"), ("1893-01-01", "1893-12-31", "e10"),
        ("1893-03-01", "1893-05-31", "e9"), ("1894-06-24", "1894-06-24", "e1"),
    ]  # fmt: skip


def test_dates_of_a_column_in_many_spellings(tmp_path: Path) -> None:
    """03/04/2015 has two readings and waits until it is said which; a cell stands in the reason as it is written."""
    edges = FIELD / "dates_mixed" / "data" / "edges.csv"
    said = _loaded(tmp_path / "x.case", "edges", edges, "--any-count")
    for told in ("'03/04/2015' has two readings", "'0000-00-00'", "'42321'", "'13-Nov-15'", "'1447451400000'"):
        assert told in said
    assert "11 rows read: 6 loaded, 5 set aside" in said
    listed = isthmus("--case", tmp_path / "x.case", "cypher", "MATCH (a)-[t]->(b) RETURN b.id, t.intervals", "--csv")
    found = sorted(line.partition(",")[2].strip() for line in listed.stdout.splitlines()[1:] if "," in line)
    assert found == [
        "2015-11-13/..",
        "2015-11-13/..",
        "2015-11-13/..",
        "2015-11-13/2015-11-14",
        "2015-11/..",
        "2015/..",
    ]
    told = _loaded(tmp_path / "y.case", "edges", edges, "--any-count", "--set", "dates=mdy")
    assert "'13/11/2015' is no day of the calendar" in told


PEOPLE = "id,name,birth,nationalities,status,sources\n"
SOURCES = "id,title,publisher,publisher_class,reliability,published\ns1,File (invented),Court,court,B,2016-01-01\n"


@pytest.mark.parametrize(
    ("birth", "kept"),
    [("1957", "1957"), ('"[1957,1962]"', "[1957,1962]"), ("1985-XX-15", "1985-XX-15"), ("1980/1985", "[1980..1985]"),
     ("1034~", "1034~"), ("31/12/1987", ""), ("1388", ""), ("1366-11", "")],
)  # fmt: skip
def test_a_birth_is_one_day_of_a_set_and_a_bad_one_leaves_its_person(
    tmp_path: Path, case: Case, birth: str, kept: str
) -> None:
    (tmp_path / "people.csv").write_text(f"{PEOPLE}a,Anton Alfa (invented),{birth},FR,convicted,s1\n")
    (tmp_path / "sources.csv").write_text(SOURCES)
    tally = run("tables", [tmp_path / "people.csv", tmp_path / "sources.csv"], case.file).tally
    graph = case.graph
    assert graph.ids.tolist() == ["FR", "a"]
    assert graph.values("birth")["value"].tolist() == ([kept] if kept else [])
    told = [text for text in tally.notices if text.startswith("birth set aside, and its row kept")]
    assert len(told) == (not kept)
    if birth == "1388":
        assert "two readings: 1388 in our own calendar" in told[0]
        assert "about 1969 by the moon (Hijri) and 2009 by the sun (Persian)" in told[0]


@pytest.mark.parametrize(
    ("facts", "contradicted"),
    [
        (("p1 birth 1957", "p1 birth 1957-03-05"), 0), (("p1 birth 1957", "p1 birth 1958"), 1),
        (("p1 birth [1957,1962]", "p1 birth 1962-05"), 0), (("p1 birth [1957,1962]", "p1 birth 1960"), 1),
        (("e1 date 2015-11", "e1 date 2015-11-13"), 0), (("e1 killed 130", "e1 killed 129..131"), 0),
        (("e1 killed 130", "e1 killed 131.."), 1), (("e1 event_kind raid", "e1 event_kind attack"), 1),
    ],
)  # fmt: skip
def test_values_contradict_where_none_fits_both(case: Case, facts: tuple[str, ...], contradicted: int) -> None:
    case.load(rows(*facts), source="s")
    table = show(case.graph, facts[0].split()[0]).table
    assert int((table["section"] == "contradicted").sum()) == contradicted
