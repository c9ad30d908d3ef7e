"""A case is looked at through a lens: another desk over the same file, with a graph of its own."""

from __future__ import annotations

import pickle

import pytest

from isthmus.case import Case
from isthmus.graph.errors import BadQuestion
from isthmus.graph.lens import Lens
from tests.graph.make import rows

FACTS = ("p1 citizen_of FR", "p2 citizen_of BE", "p1 met p2 2015-11", "p1 name Alpha")


@pytest.fixture
def case(case: Case) -> Case:
    case.load(rows(*FACTS), source="s")
    return case


def test_parts_are_put_together_and_the_later_counts(case: Case) -> None:
    seen = case.through(valid="2015", min_grade="C3").through(valid=2016).through(ties=["met"])
    assert seen.lens == Lens.of(valid="2016", min_grade="C3", ties=["met"])
    assert seen.file is case.file
    assert case.lens == Lens()


def test_one_lens_for_all_ways_to_write_it(case: Case) -> None:
    one = case.through(known_by="2015-11-12", holders=["FR", "BE"], ties="used,met")
    other = case.through(holders="Belgium;France,BE", known_by="2015-11-12", ties=["met", "used"])
    assert one.lens == other.lens
    assert hash(one.lens) == hash(other.lens)
    assert one.lens.holders == ("BE", "FR")
    assert one.lens.ties == ("met", "used")


def test_holders_need_a_date(case: Case) -> None:
    with pytest.raises(BadQuestion, match="known_by"):
        case.through(holders=["FR"])
    assert case.through(known_by="2015").through(holders=["FR"]).lens.holders == ("FR",)


def test_a_graph_is_folded_once_and_again_after_each_change(case: Case) -> None:
    seen = case.through(ties=["met"])
    before, seen_before = case.graph, seen.graph
    assert case.graph is before
    assert seen.graph is seen_before
    case.add("p1", "met", "p3", why="they were seen", new=True)
    assert len(case.graph.ties_of(["met"])) == len(seen.graph.ties_of(["met"])) == 2
    case.undo()
    assert len(case.graph.ties_of(["met"])) == len(seen.graph.ties_of(["met"])) == 1
    with Case.open(case.file.path) as other:
        other.load(rows("p4 met p5"), source="t")
    assert len(seen.graph.ties_of(["met"])) == 2


def test_a_question_is_asked_through_the_lens(case: Case) -> None:
    assert len(case.cross_border(kinds=["pair"]).table) == 1
    assert case.through(valid="2014").cross_border(kinds=["pair"]).table.empty
    assert case.through(valid="2014").cross_border(kinds=["pair"]).parameters["valid"] == "2014"


def test_a_case_keeps_its_lens_when_pickled(case: Case) -> None:
    with pickle.loads(pickle.dumps(case.through(valid="2015"))) as again:  # noqa: S301  our own
        assert again.lens == Lens.of(valid="2015")
        assert again.graph.lens == again.lens
