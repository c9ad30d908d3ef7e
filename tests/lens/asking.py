"""The questions that are put to a case through a lens and to the same case cut to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import IsthmusError
from isthmus.queries.measures.catalogue import MEASURES
from isthmus.queries.sharing.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isthmus.case import Case
    from isthmus.queries.finding import Finding
    from tests.lens.cutting import Asked

    Question = Callable[[Case], Finding]

SHOWN, PATHS = 20, 3  # how many entities are shown, and pairs joined
BARE: dict[str, dict[str, Any]] = {
    "cross_border": {}, "country_matrix": {}, "layers": {}, "profile": {}, "origins": {},
    "brokers": {"draws": 3, "levels": [0.1]}, "chance": {"permutations": 50},
}  # fmt: skip
"""Questions that need no word of what is asked about, and what keeps them short."""


def questions(case: Case) -> Iterator[tuple[str, Question]]:
    """Each question with its name; those about someone are about the first people of `case`, and about others."""
    for name, options in BARE.items():
        yield name, asking(name, **options)
    yield "layers, in detail", asking("layers", detail=True)
    yield "cross_border by activity", asking("cross_border", country_rule="activity", overlap="any")
    for measure in MEASURES:
        yield f"rank by {measure}", asking("rank", measure, draws=3, levels=[0.1])
    yield "find", asking("find", "ab")
    ids = case.graph.ids.tolist()
    for identity in ids[:: max(1, len(ids) // SHOWN)]:
        yield f"show {identity}", asking("show", identity)
    people = case.graph.ids[case.graph.of_kind("Person")].tolist()
    for source, target in zip(people[:PATHS], people[-PATHS:], strict=True):
        yield f"path from {source} to {target}", asking("path", source, target)


def counted(case: Case) -> Iterator[tuple[str, Question]]:
    """Questions that count who certainly held what; with a day, those that do not set rules of holding to it."""
    for table in ("exchanges", "statements", "matrix") if case.lens.known_by else TABLES:
        yield f"gap, {table}", asking("gap", table=table)


def asking(name: str, *arguments: Any, **options: Any) -> Question:
    """A question by its name, with what it is asked."""
    return lambda case: getattr(case, name)(*arguments, **options)


def through(case: Case, asked: Asked) -> Case:
    """The case through a lens."""
    return case.through(**{name: part for name, part in asked._asdict().items() if part})


def answered(question: Question, case: Case) -> Any:
    """The answer, or what the question is refused with."""
    try:
        return answer(question(case))
    except IsthmusError as error:
        return str(error)


def answer(finding: Finding) -> list[dict[str, Any]]:
    """The rows of an answer without what is told with hindsight."""
    return [{name: cell for name, cell in row.items() if not name.endswith("_hindsight")} for row in finding.rows()]
