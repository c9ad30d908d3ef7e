"""The shipped case: every row of every sheet is in it, what may not be in it isn't, and the known answers hold."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.data import folder, load_shipped
from isthmus.graph import dates
from isthmus.graph.schema import schema
from isthmus.loaders import check
from isthmus.loaders.tables.grading import origins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Claim, Holding

ROWS = {
    "sources": 440,
    "people": 181,
    "statuses": 290,
    "aliases": 130,
    "cells": 55,
    "events": 163,
    "links": 504,
    "objects": 5,
    "places": 1,
    "bodies": 35,
    "countries": 86,
    "threat_levels": 30,
    "holdings": 208,
    "sharing_failures": 36,
    "systems_literature": 19,
}


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[dict[str, str]]]:
    with folder() as path:
        return {
            sheet.stem: list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines()))
            for sheet in path.glob("*.csv")
        }


@pytest.fixture(scope="module")
def keys(shipped: Case) -> set[tuple[str, str]]:
    return {(row.source, row.native_key) for row in shipped.rows("records")}


def claims(case: Case, name: str, subject: str = "") -> Iterator[Claim]:
    return (row for row in case.rows("claims") if row.property == name and subject in ("", row.subject))


def test_the_sheets_have_the_rows_they_should(sheets: dict[str, list[dict[str, str]]]) -> None:
    assert {name: len(rows) for name, rows in sheets.items()} == ROWS


def test_nothing_is_wrong_with_them() -> None:
    with folder() as path:
        assert check("tables", [path]) == []


def test_every_row_is_a_record_of_each_of_its_publications(
    sheets: dict[str, list[dict[str, str]]], keys: set[tuple[str, str]]
) -> None:
    names = {
        "aliases": ("id", "alias"),
        "links": ("from", "tie", "to"),
        "statuses": ("person", "status", "date"),
        "countries": ("country", "measure", "as_of"),
        "threat_levels": ("country", "system", "scope", "start"),
        "systems_literature": ("system", "topic"),
    }
    for sheet, rows in sheets.items():
        for row in rows if sheet != "sources" else ():
            own = "/".join([sheet, *(row[name] for name in names.get(sheet, ("id",)) if row[name])])
            for publication in row["sources"].split(";"):
                assert (publication, own) in keys


def test_every_record_is_a_row_and_gives_claims_or_a_holding(
    shipped: Case, sheets: dict[str, list[dict[str, str]]]
) -> None:
    by_sheet = Counter(row.native_key.partition("/")[0] for row in shipped.rows("records"))
    assert set(by_sheet) == set(sheets) - {"sources"}
    named = {row.record for row in shipped.rows("claims")} | {row.record for row in shipped.rows("holdings")}
    assert {row.id for row in shipped.rows("records")} == named
    assert {row.id for row in shipped.rows("sources")} == {row["id"] for row in sheets["sources"]}


def test_counts_of_what_is_in_the_case(shipped: Case) -> None:
    kinds = Counter(dict(_pairs(shipped, "kind")).values())
    assert kinds == {
        "Person": 181, "Event": 163, "Body": 35, "Network": 22, "Cell": 21, "Organisation": 8, "Object": 5,
        "System": 4, "Place": 1,
    }  # fmt: skip
    assert sum(1 for _ in shipped.rows("records")) == 2804
    assert sum(1 for _ in shipped.rows("claims")) == 8927
    assert (
        len({(h.group, h.subject, h.property, h.value, h.country, h.body, h.valid) for h in holdings(shipped)}) == 208
    )


def _pairs(case: Case, name: str) -> set[tuple[str, str]]:
    return {(row.subject, row.value) for row in claims(case, name)}


def holdings(case: Case) -> list[Holding]:
    return list(case.rows("holdings"))


def test_loading_again_changes_nothing(shipped: Case, tmp_path: Path) -> None:
    copy = tmp_path / "copy.case"
    # Not by its bytes: closing the file would drop the locks that this process has on it through SQLite.
    with closing(sqlite3.connect(copy)) as target:
        shipped.file.connection.backup(target)
    with Case.open(copy) as case:
        assert not load_shipped(case.file).report.changed


def test_nothing_rests_on_a_source_that_may_not_be_passed_on(shipped: Case, keys: set[tuple[str, str]]) -> None:
    for row in shipped.rows("sources"):
        assert "Global Terrorism Database" not in row.title
        assert row.id != "unsourced"
    assert not {source for source, _ in keys if source.startswith("gtd")}
    for row in shipped.rows("records"):
        assert not re.search(r"\bGTD\b|\bgtd-", row.text + row.pointer), row
    for absent in ("turkey-2015-04-20", "suruc-area-2014-09-28", "suruc-area-2014-10-18"):
        assert not any(key.endswith(absent) for _, key in keys)


def test_points_come_from_the_gazetteer_or_the_articles(shipped: Case) -> None:
    source = {row.id: row.source for row in shipped.rows("records")}
    assert {source[row.record] for row in claims(shipped, "coordinates")} == {
        "geonames", "wiki-jewish", "wiki-zvornik",
    }  # fmt: skip


def test_grades_keep_their_limits(shipped: Case) -> None:
    extent = {row.id: row.extent_seen for row in shipped.rows("sources")}
    source = {row.id: row.source for row in shipped.rows("records")}
    where = {row.id: source[row.record] for row in shipped.rows("claims")}
    graded = {row.id: row.grade for row in shipped.rows("assessments") if row.target == "claim"}
    assert set(graded) == set(where)
    for claim, grade in graded.items():
        assert grade in {"1", "2", "3", "4"}
        if not extent[where[claim]].startswith(("full-text", "dataset")):
            assert grade >= "3"
    letters = {row.id: row.grade for row in shipped.rows("assessments") if row.target == "source"}
    assert set(letters) == set(extent)


def test_a_one_rests_on_two_known_and_different_origins(shipped: Case) -> None:
    publications = {row.id: row for row in shipped.rows("sources")}
    source = {row.id: row.source for row in shipped.rows("records")}
    sure = {row.id for row in shipped.rows("assessments") if row.target == "claim" and row.grade == "1"}
    stated: dict[str, set[frozenset[str]]] = {}
    for row in shipped.rows("claims"):
        roots = origins(source[row.record], publications)
        stated.setdefault(row.statement, set()).update({roots} if roots else set())
    ones = [row for row in shipped.rows("claims") if row.id in sure]
    assert len(ones) == 156
    for row in ones:
        assert any(not one & other for one in stated[row.statement] for other in stated[row.statement]), row


def test_no_total_is_counted_with_its_parts(shipped: Case) -> None:
    totals = {
        row.subject for row in claims(shipped, "killed") if json.loads(row.qualifiers or "{}").get("scope") == "total"
    }
    assert totals == {"paris-attacks-2015", "brussels-attacks-2016"}
    parts = Counter(row.value for row in shipped.rows("claims") if row.property == "part_of" and row.value in totals)
    sites = {row.subject for row in shipped.rows("claims") if row.property == "part_of" and row.value in totals}
    assert set(parts) == totals
    assert len(sites) == 8


def test_plot_and_raid_are_two_events(shipped: Case) -> None:
    assert ("verviers-plot-2015", "verviers-raid-2015") in _pairs(shipped, "foiled_by")
    assert ("abdelhamid-abaaoud", "verviers-plot-2015") in _pairs(shipped, "directed")
    assert ("abdelhamid-abaaoud", "verviers-raid-2015") not in _pairs(shipped, "directed")
    assert dict(_pairs(shipped, "direction"))["verviers-raid-2015"] == "none"
    assert dict(_pairs(shipped, "direction"))["verviers-plot-2015"] == "directed"
    assert ("khalid-ben-larbi", "verviers-raid-2015") in _pairs(shipped, "killed_in")
    part = {subject for subject, event in _pairs(shipped, "took_part_in") if "raid" in event}
    assert not part


def test_stops_objects_and_bodies(shipped: Case) -> None:
    kinds = dict(_pairs(shipped, "event_kind"))
    stops = {event for event, kind in kinds.items() if kind == "stop"}
    assert stops == {
        "orestiada-stop-2014", "cambrai-stop-2015", "hu-at-border-stop-2015-09", "bavaria-arms-2015-11", "sesto-2016",
    }  # fmt: skip
    assert {who for who, what in _pairs(shipped, "used") if what == "telephone-shared-syria"} == {
        "P-wjgz7xpm11", "P-wxc33ktm2g",
    }  # fmt: skip
    assert len(_pairs(shipped, "stayed_at")) == 8
    bodies = {subject for subject, kind in _pairs(shipped, "kind") if kind == "Body"}
    assert {row.body for row in holdings(shipped)} - {""} == bodies


def test_a_journey_that_is_an_event_is_no_tie_beside_it(shipped: Case) -> None:
    together = _pairs(shipped, "travelled_with")
    assert ("abdelhamid-abaaoud", "ayoub-el-khazzani") not in together
    assert {who for who, what in _pairs(shipped, "travelled_in") if what == "budapest-abaaoud-2015-08"} == {
        "abdelhamid-abaaoud", "ayoub-el-khazzani",
    }  # fmt: skip
    assert not {row.property for row in shipped.rows("claims")} & {"arrested_with", "took_part_with"}


def test_abaaoud_in_athens_is_dated_and_held(shipped: Case) -> None:
    athens = {row.valid for row in claims(shipped, "located_in", "abdelhamid-abaaoud") if row.value == "GR"}
    assert "2014-09/2015-01" in athens
    held = {(row.country, row.state) for row in holdings(shipped) if row.group == "gr-be-abaaoud-athens"}
    assert held == {("GR", "held"), ("EU", "held"), ("BE", "held")}


def test_a_wrong_belief_is_a_holding_and_no_claim(shipped: Case) -> None:
    believed = [row for row in holdings(shipped) if row.state == "believed otherwise"]
    assert {(row.subject, row.property, row.value, row.country) for row in believed} == {
        ("abdelhamid-abaaoud", "located_in", "SY", "FR")
    }
    assert "SY" not in {row.value for row in claims(shipped, "located_in", "abdelhamid-abaaoud")}


def test_shared_and_not_acted_on(shipped: Case) -> None:
    not_acted = {row.group for row in holdings(shipped) if row.used == "not acted on"}
    assert not_acted == {
        "tr-fr-mostefai", "es-be-khazzani-2012", "tr-be-alilou", "tr-fr-coulibaly-nice", "de-fr-nemmouche-frankfurt",
    }  # fmt: skip
    assert {row.used for row in holdings(shipped)} == {"not acted on", "unknown"}


def test_words_are_those_of_the_vocabulary(shipped: Case) -> None:
    assert {value for _, value in _pairs(shipped, "status")} <= set(schema().statuses)
    for row in claims(shipped, "alias"):
        assert json.loads(row.qualifiers)["alias_type"] in schema().alias_types


def test_every_tie_of_the_case_has_both_ends_in_the_graph(shipped_graph: Graph) -> None:
    assert not shipped_graph.left_out
    assert set(shipped_graph.kinds) >= {"Person", "Event", "Body", "Object", "Country"}


def test_no_cell_is_a_formula_or_holds_a_control_sign(sheets: dict[str, list[dict[str, str]]]) -> None:
    for sheet, rows in sheets.items():
        for row in rows:
            for name, cell in row.items():
                assert cell == cell.strip(), (sheet, row)
                assert not re.search(r"[\x00-\x1f\x7f]", cell), (sheet, row)
                assert not cell.startswith(("=", "+", "@")), (sheet, row)
                assert not cell.startswith("-") or name in {"lat", "lon"}, (sheet, row)


def test_nobody_leads_acts_or_belongs_after_their_death(shipped: Case) -> None:
    died: dict[str, int] = {}
    for claim in shipped.rows("claims"):
        if claim.property == "death":
            died[claim.subject] = max(died.get(claim.subject, 0), dates.parse(claim.value).last)
    late = [
        (claim.subject, claim.property, claim.value, claim.valid)
        for claim in shipped.rows("claims")
        if schema().is_tie(claim.property) and claim.valid
        for end in (claim.subject, claim.value)
        if end in died and max(dates.parse(claim.valid).start_lo, _earliest_end(claim.valid)) > died[end]
    ]
    assert len(died) > 30
    assert late == []


def _earliest_end(valid: str) -> int:
    """The first day on which a period may have ended; an open end, or none, may be any day."""
    span = dates.parse(valid)
    return span.end_lo if span.end_hi < dates.MAX_DAY else dates.MIN_DAY


def test_no_publication_tells_of_a_year_after_it(shipped: Case) -> None:
    """Ids are names that we gave; a publication of an unknown day tells of any."""
    records = {record.id: record for record in shipped.rows("records")}
    later = []
    for claim in shipped.rows("claims"):
        published = records[claim.record].published
        own = "" if claim.property in schema().ties else claim.value
        for text in (own, claim.valid, *json.loads(claim.qualifiers or "{}").values()):
            years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)]
            if published and max(years, default=0) > int(published[:4]):
                later.append((records[claim.record].native_key, published, text))
    assert not later
