"""The changes of legal status in the shipped case: sourced, dated, and none told before it came."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from isthmus.data import folder
from isthmus.graph.dates import parse
from isthmus.graph.graph import Graph
from isthmus.graph.lens import Lens

if TYPE_CHECKING:
    from isthmus.case import Case

    Rows = list[dict[str, str]]


def sheet(name: str) -> Rows:
    with folder() as path:
        return list(csv.DictReader((path / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def changes() -> Rows:
    return sheet("statuses")


def test_no_source_tells_of_a_change_that_was_still_to_come(changes: Rows) -> None:
    published = {row["id"]: row["published"] for row in sheet("sources")}
    early = [
        (row["person"], row["date"], source)
        for row in changes
        for source in row["sources"].split(";")
        if row["date"] and published[source] and parse(published[source]).last < parse(row["date"]).first
    ]
    assert early == []


def test_everyone_has_a_change_and_how_exactly_they_are_dated(changes: Rows) -> None:
    assert {row["person"] for row in changes} == {row["id"] for row in sheet("people")}
    lengths = {0: "unknown", 4: "year", 7: "month", 10: "day"}
    exact = Counter("span" if row["date"][:1] == "[" else lengths[len(row["date"])] for row in changes)
    assert exact == {"day": 237, "month": 31, "year": 11, "span": 2, "unknown": 9}


def test_every_arrest_and_trial_is_a_change_of_status_of_its_day(changes: Rows) -> None:
    """A verdict of the month stands for its trial; the day of one arrest is that of the crossing before it."""
    came = {(row["person"], row["status"], row["date"]) for row in changes}
    of_trial = {"convicted", "convicted in absentia", "acquitted", "tried"}
    for row in sheet("links"):
        who, day = row["from"], row["start"]
        if row["tie"] == "arrested_in":
            assert {(who, "arrested", day), (who, "arrested", "2014-06")} & came, row
        if row["tie"] == "tried_in":
            assert any(person == who and status in of_trial and _fits(date, day) for person, status, date in came), row


def _fits(date: str, day: str) -> bool:
    return bool(date) and parse(date).first <= parse(day).last and date[:4] == day[:4]


@pytest.mark.parametrize(
    ("who", "day", "status"),
    [
        ("salah-abdeslam", "2015-11-12", "status not known"),
        ("salah-abdeslam", "2016-03-18", "arrested"),
        ("salah-abdeslam", None, "convicted"),
        ("khalid-zerkani", "2015-11-12", "convicted"),
        ("reda-hame", "2015-11-12", "arrested"),
        ("abdelhamid-abaaoud", "2015-11-12", "tried"),
        ("abdelhamid-abaaoud", None, "killed"),
        ("jawad-bendaoud", "2018-06", "acquitted"),
        ("jawad-bendaoud", None, "convicted"),
        ("smail-farisi", "2016", "status not known"),
        ("smail-farisi", None, "acquitted"),
        ("anjem-choudary", None, "convicted, listed"),
        ("gelel-attar", None, "convicted in absentia, arrested"),
        ("P-dw13y3vkbw", None, "dead"),
    ],
)
def test_the_status_beside_a_name_is_that_of_the_day(shipped: Case, who: str, day: str | None, status: str) -> None:
    graph = Graph.of(shipped.file, Lens.of(valid=day))
    assert graph.shown["status"][graph.index(who)] == status


def test_who_may_be_named_is_the_same_on_every_day_but_for_the_acquitted(shipped: Case) -> None:
    whole, then = (Graph.of(shipped.file, lens) for lens in (Lens(), Lens.of(valid="2016-03")))
    named = {str(identity): bool(named) for identity, named in zip(whole.ids, whole.shown["named"], strict=True)}
    other = {
        str(identity)
        for identity, may in zip(then.ids, then.shown["named"], strict=True)
        if bool(may) != named[str(identity)]
    }
    assert other == {"smail-farisi", "ibrahim-farisi"}
