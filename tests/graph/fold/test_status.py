"""Legal status: the last word by its day, through a lens the status of that day, and who may be named at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.dates import iso
from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.fold.status import UNKNOWN, changes
from isthmus.graph.graph import Graph
from isthmus.graph.lens import Lens
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.given import Day


def told(case: Case, *facts: str, source: str = "s", published: str = "") -> None:
    lines = [f"p1 status {fact}" for fact in facts]
    case.load(rows("p1 took_part_in e1", "p1 name Anton", *lines, source=source, published=published), source=source)


def shown(case: Case, valid: Day | None = None, published_by: Day | None = None) -> tuple[str, bool, bool]:
    """Status, and whether the person may be named and ranked, through a lens."""
    graph = Graph.of(case.file, Lens.of(valid=valid, published_by=published_by))
    at = graph.index("p1")
    return graph.shown["status"][at], bool(graph.shown["named"][at]), bool(graph.shown["ranked"][at])


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (["arrested 2015-01/..", "charged 2015-02-01/..", "convicted 2017/.."], "convicted"),
        (["convicted 2017/..", "acquitted 2019-03-01/.."], "acquitted"),  # on appeal: the last word counts
        (["acquitted 2018-02/..", "convicted 2019-03-29/.."], "convicted"),
        (["convicted 2019/..", "acquitted 2019-03/.."], "acquitted, convicted"),  # which came last is not said
        (["arrested 2015-01-15/..", "charged 2015-01-15/.."], "charged, arrested"),
        (["tried 2016-07-05/..", "convicted 2016-07-05/.."], "convicted"),  # the verdict of that day
        (["convicted 2015/..", "arrested 2016-01/.."], "convicted, arrested"),
        (["acquitted 2015/..", "arrested 2016-01/.."], "acquitted, arrested"),
        (["convicted 2021/..", "tried 2022/.."], "convicted, tried"),
        (["convicted 2016-12/..", "tried 2016-12-12/.."], "convicted"),  # a trial comes before its verdict
        (["arrested 2016-10/..", "dead 2016-10/.."], "dead"),
        (["acquitted", "convicted 2019/.."], "acquitted, convicted"),
        (["killed 2015-12-24/..", "convicted 2016-01-15/.."], "convicted, killed"),  # death stays
        (["convicted 2012/..", "listed 2015-09-29/.."], "convicted, listed"),
        (["arrested 2015-01-15", "arrested 2015-01-15/.."], "arrested"),
        ([], UNKNOWN),
    ],
)
def test_the_last_by_its_day_stands_beside_the_name(case: Case, facts: list[str], status: str) -> None:
    told(case, *facts)
    assert shown(case)[0] == status


def test_what_is_undated_came_before_the_publication_that_tells_of_it(case: Case) -> None:
    told(case, "arrested", source="paper", published="2016-03-19")
    told(case, "acquitted 2019/..", source="court", published="2019")
    graph = Graph.of(case.file, Lens())
    found = [(change.code, iso(change.first), iso(change.last)) for change in changes(graph)[graph.index("p1")]]
    assert found == [("arrested", "", "2016-03-19"), ("acquitted", "2019-01-01", "2019-12-31")]
    assert shown(case)[0] == "acquitted"


def test_a_change_later_than_the_clock_is_not_there(case: Case) -> None:
    told(case, "arrested 2016-03-18/..", source="paper", published="2016-03-19")
    told(case, "convicted 2022-06-29/..", source="court", published="2022-07-01")
    assert [shown(case, valid=day)[0] for day in ("2015-11-12", "2016-03-17", "2016-03-18", "2022-06-28", "2022")] == [
        UNKNOWN, UNKNOWN, "arrested", "arrested", "convicted",
    ]  # fmt: skip
    assert [shown(case, published_by=day)[0] for day in ("2016-03-19", "2022-06-30", "2022-07-01")] == [
        "arrested", "arrested", "convicted",
    ]  # fmt: skip


def test_of_what_is_undated_no_day_before_its_publication_is_told(case: Case) -> None:
    told(case, "convicted", source="paper", published="2016-03-19")
    assert [shown(case, valid=day)[0] for day in (None, "2015", "2016-03-18", "2016-03-19")] == [
        "convicted", UNKNOWN, UNKNOWN, "convicted",
    ]  # fmt: skip


def test_no_date_unlocks_a_name_and_none_locks_it(case: Case) -> None:
    told(case, "charged 2016/..", "convicted 2022/..")
    assert {shown(case, valid=day)[1] for day in ("2014", "2016", "2023")} == {True}


def test_who_was_acquitted_is_named_with_the_acquittal_alone_and_never_ranked(case: Case) -> None:
    told(case, "convicted 2017/..", "acquitted 2019-03-01/..")
    assert shown(case) == ("acquitted", True, False)
    assert shown(case, valid="2018") == ("convicted", False, False)


def test_an_acquittal_that_an_appeal_undid_keeps_no_one_out_of_a_ranking(case: Case) -> None:
    told(case, "acquitted 2018-02/..", "convicted 2019-03-29/..")
    assert shown(case) == ("convicted", True, True)
    assert shown(case, valid="2018-06") == ("acquitted", True, False)


@pytest.mark.parametrize(
    ("facts", "based"),
    [
        (["arrested 2015/..", "charged 2016-01/..", "released 2016-05/.."], False),
        (["released 2015/..", "charged 2016-01/.."], True),
        (["charged", "released"], False),  # which came last is not said
        (["convicted 2015/..", "released 2020/.."], True),
        (["charged 2015/..", "dead 2016/.."], True),
    ],
)
def test_a_release_without_a_verdict_lifts_a_charge(case: Case, facts: list[str], based: bool) -> None:
    told(case, *facts)
    assert ("p1" in bases_of(case.file).named) == based
