"""Event data in a case: loaded again, in a newer edition, and asked about."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.loaders import check, run

if TYPE_CHECKING:
    from isthmus.case import Case

FIXTURES = Path(__file__).parent.parent / "fixtures"
SOURCES = {
    "gtd": ["globalterrorism_invented.csv"],
    "acled": ["acled_invented.csv"],
    "ucdp": ["ged_invented.csv", "dyadic_invented.csv"],
    "foreign_fighters": ["icsr_invented.csv"],
    "pirus": ["pirus_invented.csv"],
    "sageman": ["sageAttributes.csv", "sagemanAdjacency.csv"],
}
OPTIONS = {"any_count": "1", "quarantine_share": "1"}


@pytest.mark.parametrize("name", SOURCES)
def test_loading_again_changes_nothing(case: Case, name: str) -> None:
    paths = [FIXTURES / name / file for file in SOURCES[name]]
    first = run(name, paths, case.file, options=OPTIONS)
    assert first.report.changed
    before = list(case.rows("claims"))
    again = run(name, paths, case.file, options=OPTIONS)
    assert not again.report.changed
    assert list(case.rows("claims")) == before


@pytest.mark.parametrize("name", SOURCES)
def test_a_check_finds_no_more_than_what_would_be_set_aside(name: str) -> None:
    faults = check(name, [FIXTURES / name / file for file in SOURCES[name]])
    slipped = [fault for fault in faults if "have the row's cells slipped?" in fault.message]
    assert faults == slipped
    assert len(slipped) == (name == "pirus")


def _edition(path: Path, changed: dict[str, dict[str, str]], gone: str) -> Path:
    """A newer edition of the GTD fixture, one row of it changed and one left out, in another order."""
    with (FIXTURES / "gtd" / "globalterrorism_invented.csv").open(encoding="latin-1", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        for row in reversed(rows):
            if row["eventid"] != gone:
                writer.writerow(row | changed.get(row["eventid"], {}))
    return path


def test_a_newer_edition_supersedes_what_changed_and_withdraws_what_is_gone(case: Case, tmp_path: Path) -> None:
    run("gtd", [FIXTURES / "gtd" / "globalterrorism_invented.csv"], case.file, options=OPTIONS)
    newer = _edition(tmp_path / "newer.csv", {"201903040001": {"nkill": "4"}}, gone="201906010006")
    report = run("gtd", [newer], case.file, options=OPTIONS, complete=True).report
    # the incident and its town are gone; the other rows are the same though they stand elsewhere in the file
    assert (report.superseded, report.withdrawn) == (1, 2)
    killed = [row.value for row in case.rows("claims") if row[1:3] == ("gtd:201903040001", "killed")]
    assert killed == ["4"]
    assert not [row for row in case.rows("claims") if row.subject == "gtd:201906010006"]


def test_the_graph_of_event_data_has_its_groups_events_and_countries(case: Case) -> None:
    run("gtd", [FIXTURES / "gtd" / "globalterrorism_invented.csv"], case.file, options=OPTIONS)
    graph = case.graph
    kinds = dict(graph.entities["kind"].value_counts())
    assert (kinds["Cell"], kinds["Event"], kinds["Place"]) == (2, 9, 6)
    assert set(graph.entities.loc[graph.entities["kind"] == "Country", "id"]) == {
        "BE",
        "FR",
        "XK",
        "DE",
        "SY",
        "US",
        "IQ",
        "TR",
        "SU",
    }
    carried = graph.ties[graph.ties["kind"] == "carried_out"]
    first = carried[carried["first"] == "2019-03-04"]
    assert sorted(first["grade"]) == ["B2", "B4"]  # START's reliability, and how sure it is of each


def test_a_group_that_struck_in_three_countries_is_a_cell_across_borders(case: Case) -> None:
    from isthmus.queries.cross_border import cross_border

    run("gtd", [FIXTURES / "gtd" / "globalterrorism_invented.csv"], case.file, options=OPTIONS)
    table = cross_border(case.graph, kinds=["cell"]).table
    assert "gtd:group/Brigade of the Two Rivers" in table.astype(str).to_numpy().ravel()
