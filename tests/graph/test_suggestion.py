"""A word is guessed only where no guess can accuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph import values
from isthmus.graph.errors import IsthmusError
from isthmus.graph.grading import check
from isthmus.graph.lens import Lens
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices, suggestion
from isthmus.loaders.edges.mapping import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.graph.graph import Graph


def test_a_word_that_looks_like_none_lists_them() -> None:
    assert suggestion("cyhper", ["cypher", "query"]) == "did you mean 'cypher'?"
    assert suggestion("WhatsApp", ["cypher", "query"]) == "choose from cypher, query"
    assert choices({"b", "a", ""}) == "choose from a, b"
    assert choices([]) == "there is none to choose"
    assert choices(map(str, range(150))).endswith(" and 50 more")


@pytest.mark.parametrize(
    ("asked", "lists"),
    [
        (lambda _: _claim("status", "witness"), "convicted"),
        (lambda _: _claim("object_kind", "wapon"), "weapon"),
        (lambda _: _claim("event_kind", "atack"), "attack"),
        (lambda _: _claim("kind", "Celll"), "Cell"),
        (lambda _: schema().declared("WhatsApp"), "threatens"),
        (lambda _: schema().declared("directd"), "directed"),
        (lambda _: Lens.of(ties="directd"), "directed"),
        (lambda graph: graph.people("co-arest"), "co-arrest"),
        (lambda _: parse("m", {"rows": "edges", "source": "a", "target": "b", "tie": "directd"}), "directed"),
    ],
)
def test_a_status_tie_property_kind_or_basis_is_never_guessed(
    shipped_graph: Graph, asked: Callable[[Graph], object], lists: str
) -> None:
    with pytest.raises(IsthmusError) as raised:
        asked(shipped_graph)
    said = str(raised.value)
    assert "choose from" in said
    assert lists in said
    assert "did you mean" not in said


def test_no_name_of_the_case_stands_in_for_one_that_it_lacks(shipped_graph: Graph) -> None:
    with pytest.raises(IsthmusError) as raised:
        shipped_graph.index("Salah Abdeslan Smith")
    assert str(raised.value) == (
        "nothing in the case is called 'Salah Abdeslan Smith'; try `isthmus find Salah Abdeslan Smith`"
    )


def test_a_grade_in_small_letters() -> None:
    assert check(" c3 ") == "C3"


def _claim(name: str, value: str) -> None:
    checked = values.checker(name)
    assert checked is not None
    checked(value)
