"""The second look of a question: the record as it is now, in columns of its own and in nothing else.

What the second look gives stands in columns whose name ends in `_hindsight`: whoever reads the others reads what was in
view through the lens.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import NoSuchEntity
from isthmus.graph.fold.identity import merged
from isthmus.graph.graph import Graph
from isthmus.graph.lens import Lens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from isthmus.graph.record.file import CaseFile
    from isthmus.queries.finding import Columns, Finding

SUFFIX = "_hindsight"
SAYS = "Columns that end in _hindsight come from a second look, at the record as it is now; nothing else does."
ALONE = "Asked in hindsight: every row comes from the record as it is now, of which nobody may have known then."


def as_now(case_file: CaseFile, lens: Lens) -> Graph:
    """The record as it is now, whatever was held, published or recorded by when.

    What was so (`valid`), grades, kinds of tie and markings are the lens's; identities are those known by its day, to
    one of its `holders`, or to anyone.
    """
    now = replace(lens, known_by=None, holders=None, published_by=None, recorded_by=None)
    return Graph.of(case_file, now, same=merged(case_file, Lens(known_by=lens.known_by, holders=lens.holders)))


def holds_back(lens: Lens) -> bool:
    """Whether the record as it is now may say more than is in view."""
    return bool(lens.known_by or lens.published_by or lens.recorded_by)


def aim(graph: Graph, name: str) -> int:
    """Position of what a question is asked toward.

    Raises
    ------
    NoSuchEntity, AmbiguousName
        Nothing in view is so called, or several things are.
    """
    try:
        return graph.index(name)
    except NoSuchEntity:
        if not holds_back(graph.lens):
            raise
        raise NoSuchEntity(
            f"nothing in view is called {name!r} through this lens; --hindsight asks of the record as it is now"
        ) from None


def beside(first: Columns, second: Columns, keys: Sequence[str], columns: Sequence[str]) -> Columns:
    """Rows of the first look, with some columns of the second beside them: 0 where it has no such row."""
    rows = {key: at for at, key in enumerate(zip(*(second[name] for name in keys), strict=True))}
    places = [rows.get(key) for key in zip(*(first[name] for name in keys), strict=True)]
    beside = {}
    for name in columns:
        none = 0.0 if any(isinstance(cell, float) for cell in second[name]) else 0
        beside[f"{name}{SUFFIX}"] = [none if at is None else second[name][at] for at in places]
    return {**first, **beside}


def alone(finding: Finding) -> Finding:
    """A finding of the second look alone: each column, and each line on the whole, says so by its name."""
    columns = {name: f"{name}{SUFFIX}" for name in finding.columns}
    told = [name for name in finding.parameters if name.startswith("declared")]  # in their order
    return replace(
        finding,
        table={columns[name]: cells for name, cells in finding.by_column().items()},
        parameters=_named({name: finding.parameters[name] for name in told})
        | {name: value for name, value in finding.parameters.items() if name not in told}
        | {"hindsight": True},
        robustness=_named(finding.robustness),
        left_out=_named(finding.left_out),
        caveats=(ALONE, *finding.caveats),
        sentence=re.sub(r"\{(\w+)\}", rf"{{\1{SUFFIX}}}", finding.sentence),
        heading=columns.get(finding.heading, ""),
    )


def _named(said: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}{SUFFIX}": value for name, value in said.items()}
