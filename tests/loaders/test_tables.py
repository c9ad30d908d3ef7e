"""Sheets as an analyst fills them in, in CSV and Excel, right and wrong."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadInput, IsthmusError, UnknownWord
from isthmus.graph.record.rows import SourceRow
from isthmus.loaders import check, run
from isthmus.loaders.tables.grading import confirmed, credibility, origins

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.record.rows import Claim, Holding

SHEETS = {
    "sources": "id,title,reliability,published,extent_seen,derived_from\n"
    "court,Judgement,A,2016-07-05,full-text,own\nreport,Report,B,2016,full-text,own\n"
    "paper,Article,C,2015-11,opening-excerpt,\n",
    "people": "id,name,birth,nationalities,status,status_date,sources,pointer,confidence\n"
    "anna,Anna A.,1987,BE;Morocco,convicted,2016-07-05,court;paper,para 3; lead,high\n"
    "bert,Bert B.,,FR,,,paper,,medium\ncora,Cora C.,,,,,court,,high\n",
    "statuses": "person,status,date,detail,sources,pointer,confidence\n"
    "bert,arrested,2015-11,in Brussels,paper,lead,medium\nbert,killed,2016-01-05,shot,report,,high\n"
    "cora,listed,2014-08-15,,court,,high\n",
    "aliases": "id,alias,script,alias_type,sources,confidence\nanna,أنا,Arab,kunya,paper,low\n",
    "cells": "id,name,kind,countries,active_from,active_to,parent,leaders,sources,confidence\n"
    "cell,The cell,Cell,BE;FR,2014,2015-01,org,anna,court,high\norg,The organisation,Organisation,SY,,,,,court,high\n",
    "events": "id,name,event_kind,date,end_date,country,lat,lon,killed,toll_note,toll_sources,direction,"
    "target_countries,sources,confidence\n"
    "raid,Raid,raid,2015-01-15,,BE,50.5,5.8,2,suspects,paper,none,,court,high\n"
    "plot,Plot,plot,2014-09,2015-01-15,BE,,,,,,directed,BE,court,high\n",
    "links": "from,tie,to,start,end,end_bound,sources,pointer,confidence\n"
    "anna,directed,plot,2014,2015-01-15,,court;report,para 1,high\nanna,member_of,cell,2014,,,paper,,low\n"
    "plot,foiled_by,raid,2015-01-15,2015-01-15,,court,,high\n",
    "holdings": "id,failure,subject,property,value,valid,country,body,since,how,from_country,state,used,sources,"
    "confidence\nh1,f,anna,located_in,GR,2014,GR,,2014-10,collected,,held,,court,high\n"
    "h2,f,anna,located_in,GR,2014,BE,,2015-01,received,GR,held,not acted on,court,high\n"
    "h3,f,anna,located_in,SY,,FR,,../2015-01,,,believed otherwise,,court,high\n",
    "countries": "country,measure,low,high,as_of,sources,confidence,note\nBE,foreign_fighters,100,150,2015-01,"
    "report,high,at most\nGR,transit,,,2015,paper,medium,a landing\n",
    "threat_levels": "country,system,level,heightened,start,end,sources,confidence\nBE,OCAM,3,yes,2015-01-15,,"
    "report,high\n",
}  # fmt: skip


def folder(tmp_path: Path, **changed: str) -> Path:
    path = tmp_path / "sheets"
    path.mkdir(exist_ok=True)
    for name, text in (SHEETS | changed).items():
        if text:
            (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def claims(case: Case, subject: str, name: str) -> list[Claim]:
    return [row for row in case.rows("claims") if row.subject == subject and row.property == name]


def grade_of(case: Case, claim: Claim) -> str:
    return next(str(row.grade) for row in case.rows("assessments") if row.id == claim.id)


def test_one_record_for_each_row_and_publication(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file)
    records = {(row.source, row.native_key): row for row in case.rows("records")}
    assert records["court", "people/anna"].pointer == "para 3"
    assert records["paper", "people/anna"].pointer == "lead"
    assert records["court", "links/anna/directed/plot"].exact == "no"  # one pointer for two publications
    assert records["court", "people/anna"].published == "2016-07-05"


def test_a_row_becomes_its_claims(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file)
    assert {claim.value for claim in claims(case, "anna", "citizen_of")} == {"BE", "MA"}
    assert claims(case, "anna", "status")[0].valid == "2016-07-05/.."
    assert claims(case, "anna", "leader_of")[0].valid == ""  # its row does not say when she led it
    assert claims(case, "cell", "part_of")[0].value == "org"
    assert claims(case, "anna", "member_of")[0].valid == "2014/"  # the end is unknown, not open
    assert claims(case, "plot", "date")[0].value == "2014-09/2015-01-15"
    assert claims(case, "raid", "coordinates")[0].value == "50.5,5.8"
    assert claims(case, "BE", "foreign_fighters")[0].value == "100..150"
    assert claims(case, "GR", "transit")[0].value == "a landing"
    assert '"heightened":"yes"' in claims(case, "BE", "threat_level")[0].qualifiers
    toll = claims(case, "raid", "killed")[0]
    source = {row.id: row.source for row in case.rows("records")}
    assert source[toll.record] == "paper"


def test_each_change_of_status_is_a_claim_from_its_day_on(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file)
    said = {(claim.value, claim.valid): json.loads(claim.qualifiers) for claim in claims(case, "bert", "status")}
    assert said == {
        ("arrested", "2015-11/.."): {"detail": "in Brussels"},
        ("killed", "2016-01-05/.."): {"detail": "shot"},
    }
    assert [(claim.value, claim.valid) for claim in claims(case, "bert", "death")] == [("2016-01-05", "2016-01-05/..")]
    records = {(row.source, row.native_key): row.pointer for row in case.rows("records")}
    assert [claim.valid for claim in claims(case, "cora", "status")] == [
        "2014-08-15/[2016-07-05..]"
    ]  # the edition's day
    assert records["paper", "statuses/bert/arrested/2015-11"] == "lead"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("bert,arestd,2015,,paper,,high", "statuses.csv:2: .*'arestd'"),
        (",arrested,2015,,paper,,high", "statuses.csv:2: the column person is empty"),
        ("bert,,2015,,paper,,high", "statuses.csv:2: the column status is empty"),
        ("bert,arrested,2015-13,,paper,,high", "statuses.csv:2: .*'2015-13"),
        ("bert,arrested,2014/2015,,paper,,high", "statuses.csv:2: status date '2014/2015' is a period"),
        ("bert,arrested,2015,,,,high", "statuses.csv:2: the row names no source"),
        ("bert,arrested,2015,,papr,,high", "statuses.csv:2: source 'papr' isn't in the sheet sources"),
    ],
)
def test_a_wrong_change_of_status_is_refused_with_file_line_and_value(tmp_path: Path, row: str, message: str) -> None:
    path = folder(tmp_path, statuses=f"person,status,date,detail,sources,pointer,confidence\n{row}\n")
    told = "\n".join(f"{fault.where}: {fault.message} {fault.value!r}" for fault in check("tables", [path]))
    assert re.search(message, told), told


def test_grades_follow_confidence_and_extent(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file)
    assert grade_of(case, claims(case, "plot", "name")[0]) == "2"
    assert {grade_of(case, claim) for claim in claims(case, "anna", "directed")} == {"1"}  # two known origins
    assert {grade_of(case, claim) for claim in claims(case, "anna", "name")} == {"2", "3"}
    assert grade_of(case, claims(case, "anna", "alias")[0]) == "4"


def test_credibility_rule() -> None:
    assert credibility("high", "", "full-text", confirmed=False)[0] == "2"
    assert credibility("high", "", "opening-excerpt (full Table 1)", confirmed=True)[0] == "3"
    assert credibility("medium", "", "full-text", confirmed=True)[0] == "3"
    assert credibility("low", "", "full-text", confirmed=True)[0] == "4"
    assert credibility("", "", "full-text", confirmed=True)[0] == "6"
    with pytest.raises(IsthmusError, match="credibility 1 needs two sources"):
        credibility("high", "1", "full-text", confirmed=False)


def test_origins_are_followed_and_an_unknown_step_makes_them_unknown() -> None:
    rows = {
        "agency": SourceRow("agency", derived_from="own", extent_seen="full-text"),
        "reprint": SourceRow("reprint", derived_from="agency", extent_seen="full-text"),
        "court": SourceRow("court", derived_from="own", extent_seen="full-text"),
        "blog": SourceRow("blog", extent_seen="full-text"),
        "mixed": SourceRow("mixed", derived_from="court;blog", extent_seen="full-text"),
        "loop": SourceRow("loop", derived_from="loop", extent_seen="full-text"),
    }
    assert origins("reprint", rows) == {"agency"}
    assert origins("mixed", rows) == origins("loop", rows) == frozenset()
    assert not confirmed(["agency", "reprint"], rows)  # one origin
    assert confirmed(["reprint", "court"], rows)
    assert not confirmed(["blog", "court"], rows)


def test_holdings_give_claims_and_a_wrong_belief_gives_none(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file)
    held: list[Holding] = sorted(case.rows("holdings"), key=lambda row: row.country)
    assert [(row.country, row.valid, row.state, row.used) for row in held] == [
        ("BE", "2015-01/..", "held", "not acted on"),
        ("FR", "../2015-01", "believed otherwise", "unknown"),
        ("GR", "2014-10/..", "held", "unknown"),
    ]
    assert {claim.value for claim in claims(case, "anna", "located_in")} == {"GR"}


def test_loading_twice_changes_nothing_and_a_correction_supersedes(case: Case, tmp_path: Path) -> None:
    path = folder(tmp_path)
    run("tables", [path], case.file)
    before, version = [list(case.rows(name)) for name in ("claims", "holdings")], case.file.version
    again = run("tables", [path], case.file).report
    assert not again.changed
    assert ([list(case.rows(name)) for name in ("claims", "holdings")], case.file.version) == (before, version)
    folder(tmp_path, people=SHEETS["people"].replace("convicted", "acquitted"))
    assert run("tables", [path], case.file).report.superseded == 2  # one for each publication
    assert {claim.value for claim in claims(case, "anna", "status")} == {"acquitted"}


def test_a_complete_edition_withdraws_the_rows_that_are_gone(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file, complete=True)
    fewer = SHEETS["people"].replace("bert,Bert B.,,FR,,,paper,,medium\n", "")
    assert run("tables", [folder(tmp_path, people=fewer)], case.file, complete=True).report.withdrawn == 1
    assert not claims(case, "bert", "name")


def test_a_workbook_gives_the_same_case_as_the_sheets(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import csv

    book = openpyxl.Workbook()
    for name, text in SHEETS.items():
        page = book.create_sheet(name)
        for row in csv.reader(text.splitlines()):
            page.append(row)
    book.save(tmp_path / "all.xlsx")
    with Case.create(tmp_path / "a.case") as one, Case.create(tmp_path / "b.case") as other:
        run("tables", [folder(tmp_path)], one.file)
        run("tables", [tmp_path / "all.xlsx"], other.file)
        for table in ("sources", "records", "claims", "holdings", "assessments"):
            assert list(one.rows(table)) == list(other.rows(table)), table


def test_sheets_without_sources_rest_on_those_of_the_case(case: Case, tmp_path: Path) -> None:
    run("tables", [folder(tmp_path)], case.file)
    alone = tmp_path / "people-2017.csv"
    alone.write_text("id,name,sources,confidence\ncarl,Carl C.,court,high\n", encoding="utf-8")
    run("tables", [alone], case.file)
    assert next(row.title for row in case.rows("sources") if row.id == "court") == "Judgement"
    assert claims(case, "carl", "name")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"people": "id,name,staus,sources\nanna,A,x,court\n"}, "unknown column 'staus'; did you mean 'status'"),
        ({"people": "id,nam,sources\nanna,A,court\n"}, "column 'name' is missing; is 'nam' it"),
        ({"links": "from,tie,to,sources\nanna,directd,plot,court\n"}, "tie 'directd'.*choose from citizen_of"),
        (
            {"events": "id,name,event_kind,sources\nx,X,atack,court\n"},
            "event_kind 'atack'.*choose from alert, arrest, attack",
        ),
        ({"cells": "id,name,kind,sources\nx,X,Sell,court\n"}, "kind 'Sell'.*choose from Body, Cell"),
        ({"aliases": "id,alias,quality,sources\nanna,A,low,court\n"}, "quality 'low'; it is good, weak, or empty"),
        ({"sources": "id,title,reliability\ncourt,J,G\n"}, "reliability 'G'; it is a letter A-F"),
    ],
)
def test_what_changes_the_meaning_stops_the_load_and_leaves_the_case(
    case: Case, tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    with pytest.raises((BadInput, UnknownWord), match=said):
        run("tables", [folder(tmp_path, **changed)], case.file)
    assert list(case.rows("claims")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 not a zip", "zip"),
        (b"\x00\x01\x02\x00", "not a text file|missing"),
        ("id,name,sources\nzoë,Zoë,court\n".encode() + b"p2,\xff\xfe\xff,court\n", "utf-8.*state --encoding"),
        ("id,name,sources\nzoë,Zoë,court\n".encode("cp1252"), "utf-8.*state --encoding"),
        (b"id,name,sources\n", ""),
    ],
)
def test_a_broken_file_is_one_sentence_and_loads_nothing(case: Case, tmp_path: Path, content: bytes, said: str) -> None:
    path = folder(tmp_path) / "people.csv"
    path.write_bytes(content)
    if not said:
        assert run("tables", [path], case.file).tally.read == 0
        return
    with pytest.raises(BadInput, match=said) as caught:
        run("tables", [path.parent], case.file)
    assert "people.csv" in str(caught.value)
    assert list(case.rows("sources")) == []


def test_another_encoding_can_be_stated(case: Case, tmp_path: Path) -> None:
    path = folder(tmp_path)
    for name, text in SHEETS.items():
        (path / f"{name}.csv").write_bytes(text.replace("أنا", "Zoë").encode("cp1252"))
    run("tables", [path], case.file, options={"encoding": "cp1252"})
    assert claims(case, "anna", "alias")[0].value == "Zoë"


def test_a_sheet_of_an_unknown_name_is_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "persons.csv"
    path.write_text("id,name\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no sheet is called 'persons'"):
        run("tables", [path], case.file)


def faults(tmp_path: Path, **changed: str) -> list[tuple[str, str]]:
    return [(fault.where, fault.message) for fault in check("tables", [folder(tmp_path, **changed)])]


def test_a_good_folder_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("anna,directd,plot,,,,court,,high", "choose from citizen_of"),
        ("ana,directed,plot,,,,court,,high", "orphan: nothing says what 'ana' is"),
        ("anna,met,anna,,,,court,,high", "self-loop"),
        ("anna,directed,plot,2015-02-30,,,court,,high", "no day of the calendar"),
        ("anna,directed,plot,2015,2014,,court,,high", "ends before it starts"),
        ("anna,directed,plot,,,,curt,,high", "did you mean 'court'"),
        ("anna,directed,plot,,,,court,,hgh", "confidence 'hgh'; choose from high"),
        ("plot,member_of,cell,,,,court,,high", "'plot' is an Event"),
        ("anna,directed,plot,,,,,,high", ""),
    ],
)
def test_check_names_file_line_and_value(tmp_path: Path, row: str, said: str) -> None:
    links = SHEETS["links"] + row + "\n"
    found = faults(tmp_path, links=links)
    if not said:
        assert found == [("links.csv:5", "the row names no source; fill its column sources")]
        return
    assert len(found) == 1, found
    assert found[0][0] == "links.csv:5"
    assert said in found[0][1]


def test_check_finds_duplicates_and_values_outside_a_code_list(tmp_path: Path) -> None:
    people = SHEETS["people"] + "bert,Bert B.,,FR,convictd,,paper,,medium\n"
    assert any("choose from acquitted, arrested" in message for _, message in faults(tmp_path, people=people))
    sources = SHEETS["sources"] + "court,Judgement again,A,,,\n"
    assert any("stands twice" in message for _, message in faults(tmp_path, sources=sources))
    twice = SHEETS["people"] + "bert,Bert B.,,FR,,,paper,,medium\n"
    found = [message for _, message in faults(tmp_path, people=twice)]
    assert found
    assert all("duplicate" in message for message in found)
