"""Countries, days and lists in every form that users gave them, each against an answer that is not empty."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import isthmus
from isthmus.graph.errors import BadQuestion
from isthmus.queries.query import query
from tests.cli.run import isthmus as run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from isthmus.case import Case
    from isthmus.graph.graph import Graph

EVE = "2015-11-12"
DAYS = (dt.date(2015, 11, 12), dt.datetime(2015, 11, 12, 8), pd.Timestamp("2015-11-12"))  # noqa: DTZ001


@pytest.fixture(scope="module")
def analyst(shipped_path: Path) -> Iterator[Case]:
    """The shipped case as an analyst scripts it."""
    with isthmus.open(shipped_path) as opened:
        yield opened


def rows(found: Any) -> list[dict[str, Any]]:
    """Rows of a finding, as any face gives them."""
    got: list[dict[str, Any]] = found.to_dict()["rows"]
    return got


@pytest.mark.parametrize("form", ["fr", "France", " FRA ", ("France",), {"fr"}])
def test_country_between(analyst: Case, form: Any) -> None:
    right = rows(analyst.cross_border(between=["FR"]))
    assert {row["kind"] for row in right} == {"pair", "abroad", "remote", "span", "cell"}
    assert len(right) > 150  # 177 when it was asked; fewer since people who were never together are not tied
    assert rows(analyst.cross_border(between=form)) == right


@pytest.mark.parametrize("form", ["BE,FR", "Belgium and France", ["France", "Belgium"]])
def test_two_countries_are_two(analyst: Case, form: Any) -> None:
    right = rows(analyst.cross_border(between=["BE", "FR"]))
    assert len(right) > 100
    assert all({"BE", "FR"} <= {*row["countries"].split("/"), *row["object_countries"].split("/")} for row in right)
    assert rows(analyst.cross_border(between=form)) == sorted(right, key=right.index)


@pytest.mark.parametrize("form", ["fr", ("FR", "France")])
def test_holders(analyst: Case, form: Any) -> None:
    right = analyst.through(known_by=EVE, holders=["FR"]).graph
    assert 200 < len(right.ties) < 300
    found = analyst.through(known_by=EVE, holders=form).graph
    assert found.lens == right.lens  # so that a kept fold, and a published one, is found again
    assert found.ties.equals(right.ties)
    assert rows(analyst.knowable(EVE, holders=form)) == rows(analyst.knowable(EVE, holders=["FR"])) != []


def test_needer_and_among(analyst: Case) -> None:
    right = rows(analyst.gap(known_by=EVE, toward="Salah Abdeslam", needer="FR"))
    assert right
    assert rows(analyst.gap(known_by=EVE, toward="Salah Abdeslam", needer="france")) == right
    among = rows(analyst.gap(known_by=EVE, among=["BE", "FR", "TR"]))
    assert among
    assert rows(analyst.gap(known_by=EVE, among="Belgium; fr / Turkey")) == among


@pytest.mark.parametrize(
    ("name", "code", "form"),
    [
        ("cells_of_country", "FR", "France"),
        ("cells_of_country", "FR", "fr"),
        ("attacks_by_direction", "TR", "Turkey"),
        ("plots_and_targets", "DE", "germany"),
        ("threat_level_changes", "BE", "Belgium"),
        ("foreign_fighter_sources", "TN", "Tunisia"),
        ("members_abroad", "BE", "be"),
        ("timeline", "TR", "Türkiye"),
    ],
)
def test_parameters_of_named_queries(shipped_graph: Graph, name: str, code: str, form: str) -> None:
    right = rows(query(shipped_graph, name, country=code))
    assert right
    assert rows(query(shipped_graph, name, country=form)) == right


def test_words_of_named_queries(shipped_graph: Graph) -> None:
    attacks = rows(query(shipped_graph, "pairs_by_event_across_border", kind="attack"))
    assert attacks
    given = query(shipped_graph, "pairs_by_event_across_border", kind="Attack")
    assert rows(given) == attacks
    assert given.parameters["kind"] == "attack"
    with pytest.raises(BadQuestion, match="kind: 'atack' is no kind of event; choose from alert"):
        query(shipped_graph, "pairs_by_event_across_border", kind="atack")
    with pytest.raises(BadQuestion, match="rule: 'nationality' is no country rule"):
        query(shipped_graph, "cross_border_ties", rule="nationality")
    with pytest.raises(BadQuestion, match="no whole number"):
        query(shipped_graph, "coordinators", countries="2.5")


@pytest.mark.parametrize(
    "ask",
    [
        lambda case: case.cross_border(between="XX"),
        lambda case: case.through(known_by=EVE, holders="XX").graph,
        lambda case: case.knowable(EVE, holders="XX"),
        lambda case: case.gap(among=["FR", "XX"]),
        lambda case: case.gap(toward="Salah Abdeslam", needer="XX"),
        lambda case: case.query("cells_of_country", country="XX"),
        lambda case: case.query("timeline", country="XX"),
    ],
)
def test_what_is_no_country_is_refused_everywhere(analyst: Case, ask: Callable[[Case], object]) -> None:
    with pytest.raises(BadQuestion, match="'XX' names no country"):
        ask(analyst)


@pytest.mark.parametrize(
    "ask",
    [
        lambda case, day: case.through(known_by=day, holders=["FR"]).graph.ties,
        lambda case, day: case.through(valid=day).graph.ties,
        lambda case, day: case.through(published_by=day).graph.ties,
        lambda case, day: case.gap(known_by=day).table,
        lambda case, day: case.knowable(day).table,
        lambda case, day: case.cross_border(valid=day).table,
        lambda case, day: case.changes(since=day).table,
        lambda case, day: case.query("ties_valid_on", day=day).table,
        lambda case, day: case.query("timeline", since=day).table,
    ],
)
def test_python_dates(analyst: Case, ask: Callable[[Case, Any], pd.DataFrame]) -> None:
    right = ask(analyst, EVE)
    assert len(right)
    for form in DAYS:
        assert ask(analyst, form).equals(right), form


def test_a_year_as_a_number(analyst: Case) -> None:
    assert analyst.through(valid=2015).graph.lens == analyst.through(valid="2015").graph.lens


@pytest.mark.parametrize(
    ("ask", "right", "forms"),
    [
        (lambda case, given: case.cross_border(kinds=given), ["remote"], ["remote", "Remote", ("REMOTE",)]),
        (lambda case, given: case.cross_border(kinds=given), ["span", "cell"], ["span,cell", ["span;Cell"]]),
        (lambda case, given: case.cross_border(ties=given), ["member_of"], ["member_of", "Member of", "MEMBER-OF"]),
        (lambda case, given: case.cross_border(min_grade=given), "C3", ["c3"]),
        (lambda case, given: case.profile(kinds=given), ["Person", "Cell"], ["person;cell", "Cell,Person"]),
        (lambda case, given: case.profile(bases=given), ["same cell"], ["same cell", "Same_Cell"]),
        (lambda case, given: case.rank("degree", bases=given, draws=3), ["kin"], ["kin", "Kin"]),
        (lambda case, given: case.rank("degree", levels=given, draws=3), [0.1], [0.1, "0.1", (0.1,)]),
        (lambda case, given: case.brokers(role=given, draws=3), "gatekeeper", ["Gatekeeper"]),
        (lambda case, given: case.chance(strata=given, permutations=10), ["role"], ["role", "Role"]),
        (lambda case, given: case.gap(known_by=EVE, value=given), ["concern"], ["concern", "CONCERN"]),
        (lambda case, given: case.find("Abaaoud", kind=given), "Person", ["person"]),
        (lambda case, given: case.path("Abaaoud", "Reda Hame", avoid_ties=given), ["met"], ["Met"]),
        (lambda case, given: case.path("Abaaoud", "Reda Hame", through=given), ["Person"], ["person"]),
        (lambda case, given: case.path("Abaaoud", "Reda Hame", avoid=given), ["paris-2015"], ["paris-2015"]),
    ],
)
def test_kinds_ties_grades_and_lists(
    analyst: Case, ask: Callable[[Case, Any], Any], right: Any, forms: list[Any]
) -> None:
    expected = rows(ask(analyst, right))
    assert expected
    for form in forms:
        assert rows(ask(analyst, form)) == expected, form


@pytest.mark.parametrize(
    ("options", "forms"),
    [
        (("cross-border", "--between", "FR"), ["france"]),
        (("cross-border", "--between", "BE,FR"), ["France; be"]),
        (("cross-border", "--kind", "span,cell"), ["Span;CELL"]),
        (("knowable", EVE, "--holders", "FR"), ["fr"]),
        pytest.param(
            ("query", "cells_of_country", "country=FR"), ["country=France"], marks=pytest.mark.needs("cypher")
        ),
        (("profile", "--kinds", "Person,Cell"), ["person;cell"]),
    ],
)
def test_the_command_reads_as_python_does(shipped_path: Path, options: tuple[str, ...], forms: list[str]) -> None:
    right = json.loads(run("--case", shipped_path, *options, "--json").stdout)["rows"]
    assert right
    for form in forms:
        done = run("--case", shipped_path, *options[:-1], form, "--json")
        assert json.loads(done.stdout)["rows"] == right, (form, done.stderr)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("cross-border", "--between", "XX"), "'XX' names no country"),
        (("cross-border", "--known-by", EVE, "--holders", "FR;XX"), "'XX' names no country"),
        (("cross-border", "--known-by", EVE, "--holders", ""), "'' is no text"),
        (("cross-border", "--kind", "pairs"), "'pairs' is no kind of cross-border link; choose from pair"),
        (("cross-border", "--ties", "directd"), "'directd' is no kind of tie; choose from citizen_of"),
        (("find", "Abaaoud", "--kind", "Persn"), "'Persn' is no kind of entity; choose from Person"),
        (("export", "graphml", "--out", "x.graphml", "--tlp", "blue"), "'blue' is no TLP marking"),
    ],
)
def test_the_command_refuses_in_one_sentence(shipped_path: Path, options: tuple[str, ...], says: str) -> None:
    done = run("--case", shipped_path, *options)
    assert done.returncode == 1
    assert done.stdout == ""
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
