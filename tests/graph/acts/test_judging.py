"""Judgements by hand: they hold against each other, by whatever chain, and undoing one gives what was before."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.case import Case
from isthmus.graph.errors import BadQuestion, IsthmusError, NoSuchEntity
from isthmus.graph.fold.identity import Identity, deciding, kept_apart, merged
from isthmus.graph.record.judgements import Standing, standing
from isthmus.graph.record.rows import Judgement
from isthmus.queries.show import show
from tests.drawing import drawn
from tests.graph.acts.test_claims import WHY, loaded
from tests.graph.make import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FACTS = ("p1 met p2", "p3 met p4", "e1 date 2015")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Four people and an event."""
    with Case.create(tmp_path / "own.case") as made:
        made.load(rows(*FACTS), source="s")
        yield made


def one(case: Case, *ids: str) -> bool:
    same = merged(case.file)
    return len({same.get(i, i) for i in ids}) == 1


@pytest.mark.parametrize("pair", [("nosuch-1", "nosuch-2"), ("p1", "nosuch-2"), ("P-0123456789", "P-9876543210")])
def test_what_is_not_in_the_case_is_not_judged(case: Case, pair: tuple[str, str]) -> None:
    with pytest.raises(NoSuchEntity):
        case.same(*pair, why=WHY)
    assert not list(case.rows("judgements"))
    assert one(case, "p1", "p1")


def test_unlike_kinds_and_one_id_are_refused(case: Case) -> None:
    with pytest.raises(BadQuestion, match="different kinds"):
        case.same("p1", "e1", why=WHY)
    with pytest.raises(BadQuestion, match="name two ids"):
        case.same("p1", "p1", why=WHY)
    with pytest.raises(IsthmusError, match="yesterday"):
        case.same("p1", "p2", why=WHY, known_from="yesterday")
    case.same("p1", "p2", why=WHY, known_from='{"France": "2015-06", "be": "2016"}')
    assert [row.known_from for row in case.rows("judgements")] == ['{"BE": "2016", "FR": "2015-06"}']
    assert case.through(known_by="2015-12-31", holders=["FR"]).graph.same
    assert not case.through(known_by="2015-12-31", holders=["BE"]).graph.same


def test_a_file_of_judgements_on_nobody_is_shown_without_running_in_circles(case: Case) -> None:
    pairs = itertools.permutations(("x", "y", "z", "p1"), 2)
    case.load([Judgement(a, b, "same", "them", "2020-01-01") for a, b in pairs], source="them")
    graph = case.graph
    for name in ("x", "y", "z", "p1"):  # one with p1, whose id is the first in order
        assert show(graph, name).parameters["name"] == "p1"
    case.load([Judgement("aa", "ab", "same", "them", "2020-01-01")], source="them")
    for name in ("aa", "ab"):
        with pytest.raises(NoSuchEntity):
            show(case.graph, name)


def test_the_chain_that_keeps_two_apart_is_shown_and_holds(case: Case) -> None:
    case.same("p1", "p2", why=WHY, by="me")
    case.different("p1", "p3", why=WHY, by="me")
    with pytest.raises(BadQuestion, match=r"p1 same p2 \(me, .*; p1 different p3 \(me, .*\)") as refused:
        case.same("p3", "p2", why=WHY, by="me")
    assert "can't be judged same" in str(refused.value)
    assert one(case, "p1", "p2")
    assert not one(case, "p2", "p3")


def test_different_is_refused_where_others_join_the_two(case: Case) -> None:
    case.same("p1", "p2", why=WHY)
    case.same("p2", "p3", why=WHY)
    with pytest.raises(BadQuestion, match=r"this joins them: p1 same p2 .*; p2 same p3"):
        case.different("p1", "p3", why=WHY)
    case.different("p2", "p1", why=WHY)
    case.different("p1", "p3", why=WHY)
    assert one(case, "p2", "p3")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_is_loaded_is_kept_apart_in_whatever_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    said = [
        Judgement("p1", "p2", "same", "me", "2020-01-01"),
        Judgement("p1", "p3", "different", "me", "2020-01-02"),
        Judgement("p3", "p2", "same", "them", "2020-01-03"),
    ]
    with Case.create(tmp_path / "own.case") as case:
        case.load(rows(*FACTS), source="s")
        for at in order:
            last = case.load([said[at]], source=said[at].by)
        assert one(case, "p1", "p2")
        assert not one(case, "p2", "p3")
        assert case.graph.left_out["judgements that would join what is judged different"] == 1
        if order[-1] == 2:
            assert list(kept_apart(case.file, last.load)) == [
                "p3 same p2 (them, 2020-01-03) joins nothing: p1 same p2 (me, 2020-01-01); "
                "p1 different p3 (me, 2020-01-02)"
            ]


def test_a_same_that_is_loaded_does_not_undo_a_different(case: Case) -> None:
    case.different("p1", "p3", why=WHY)
    last = case.load([Judgement("p3", "p1", "same", "them", "2999-01-01")], source="them")
    assert not one(case, "p1", "p3")
    assert "p1 different p3" in next(kept_apart(case.file, last.load))
    case.same("p1", "p3", why=WHY)  # said of these two, by hand, with both in sight
    assert one(case, "p1", "p3")
    case.undo()
    assert not one(case, "p1", "p3")


def test_a_judgement_is_told_with_whom_it_is_about_and_what_lies_within(tmp_path: Path) -> None:
    with loaded(tmp_path, "merge_undo/data") as case:
        said = case.same("a", "a2", why=WHY).says.splitlines()
        assert said[0] == "Anton Alfa (Person; convicted; id a) and Antoine Alpha (Person; convicted; id a2): same"
        assert said[1] == "a tie between them is now within one: a2 associate_of a"
        with pytest.raises(BadQuestion, match="judged to be one"):
            case.add("a", "met", "a2", why=WHY)


def test_merges_are_undone_in_reverse_order_and_a_different_splits(tmp_path: Path) -> None:
    with loaded(tmp_path, "merge_undo/data") as case:
        before = case.graph
        case.same("a", "a2", why=WHY)
        case.same("a2", "a3", why=WHY)
        joined = case.graph
        assert list(joined.ids[joined.of_kind("Person")]) == ["a", "b"]
        assert sorted(joined.values("birth")["value"]) == ["1980", "1987-04-08", "1988"]
        assert sorted(joined.values("name")["value"]) == ["Antoine Alpha", "Anton Alfa", "Boris Bravo", "Toni A."]
        assert joined.claims["id"].nunique() == before.claims["id"].nunique(), "every claim is kept"
        case.undo()
        assert one(case, "a", "a2")
        assert not one(case, "a2", "a3")
        case.undo()
        assert case.graph.statements.equals(before.statements)
        with pytest.raises(NoSuchEntity, match="nothing in this case that could be undone"):
            case.undo()
        case.same("a", "a2", why=WHY)
        case.same("a2", "a3", why=WHY)
        case.different("a", "a2", why=WHY)
        assert one(case, "a2", "a3")
        assert not one(case, "a", "a2")


def test_undoing_a_different_gives_the_same_that_it_replaced(case: Case) -> None:
    case.same("p1", "p3", why=WHY, by="me")
    assert "takes the place of p1 same p3" in case.different("p1", "p3", why=WHY, by="me").says
    assert not one(case, "p1", "p3")
    assert "p1 same p3 (me" in case.undo(by="me").says
    assert one(case, "p1", "p3")


def test_judgements_of_two_hands_are_undone_in_any_order(case: Case) -> None:
    case.same("p1", "p3", why=WHY, by="ann")
    case.different("p1", "p3", why=WHY, by="bob")
    case.same("p1", "p3", why=WHY, by="eve")
    case.undo(by="bob")
    case.undo(by="eve")
    assert one(case, "p1", "p3")
    assert [row.by for row in case.rows("judgements")] == ["ann"]


PEOPLE = st.sampled_from(["p1", "p2", "p3", "p4"])
JUDGED = st.lists(st.tuples(PEOPLE, PEOPLE, st.sampled_from(["same", "different"])), min_size=1, max_size=8)


@drawn(25)
@given(JUDGED)
def test_undo_gives_the_state_before(
    tmp_path_factory: pytest.TempPathFactory, judged: list[tuple[str, str, str]]
) -> None:
    with Case.create(tmp_path_factory.mktemp("undo") / "own.case") as case:
        case.load(rows(*FACTS), source="s")
        states = []
        for left, right, verdict in judged:
            state = list(case.rows("judgements")), merged(case.file), case.file.state
            try:
                getattr(case, verdict)(left, right, why=WHY, by="me")
            except BadQuestion:
                assert (list(case.rows("judgements")), merged(case.file), case.file.state) == state
            else:
                states.append(state)
        for rows_before, merged_before, _ in reversed(states):
            case.undo(by="me")
            assert (list(case.rows("judgements")), merged(case.file)) == (rows_before, merged_before)
        assert not standing(case.file.connection)


MANY = st.lists(
    st.tuples(PEOPLE, PEOPLE, st.sampled_from(["same", "same", "different", "undecided"]), st.integers(1, 9)),
    max_size=10,
)


@drawn(200)
@given(MANY, st.randoms(use_true_random=False))
def test_no_two_judged_different_are_one_and_the_order_says_nothing(
    said: list[tuple[str, str, str, int]], chance: object
) -> None:
    stand = [
        Standing(Judgement(a, b, verdict, "me", f"2020-01-0{day}"), at)
        for at, (a, b, verdict, day) in enumerate(said)
        if a != b
    ]
    found = Identity(deciding(stand))
    for each in deciding(stand):
        if each.row.verdict == "different":
            assert found.root(each.row.left) != found.root(each.row.right)
        elif each.row.verdict == "same" and each not in found.apart:
            assert found.root(each.row.left) == found.root(each.row.right)
    for each in found.apart:
        assert any(other.row.verdict == "different" for other in found.chain(*each.pair))
    shuffled = list(stand)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Identity(deciding(shuffled)).same == found.same
