"""The property graph that Cypher is asked of: labels, relationship types, properties, in columns.

Labels are the kinds of `schema.yml`, relationship types its ties in upper case; both engines are filled from here.
Values are texts, numbers, booleans and lists of texts; what is unknown is absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.dates import parse
from isthmus.graph.records import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

Column = Any  # a list or an array, one value a row
_COPIED = ("role", "first", "last", "intervals", "grade", "probability", "low", "high", "origins", "origins_known",
           "affirmed", "denied")  # fmt: skip

_STAYS = ("located_in", "entered")


@dataclass
class Nodes:
    """Nodes of one label; the first has the number `first`, the others follow."""

    label: str
    first: int
    columns: dict[str, Column]

    def __len__(self) -> int:
        """How many."""
        return len(self.columns["id"])

    def rows(self, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        """Properties of a slice of the nodes, without those that are absent."""
        return _rows(self.columns, start, stop)


@dataclass
class Ties:
    """Relationships of one type, from and to nodes by number."""

    type: str
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    columns: dict[str, Column]

    def __len__(self) -> int:
        """How many."""
        return len(self.source)

    def rows(self, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        """Properties of a slice of the relationships, without those that are absent."""
        if not self.columns:
            return [{} for _ in range(start, len(self) if stop is None else min(stop, len(self)))]
        return _rows(self.columns, start, stop)


@dataclass
class Projection:
    """Nodes and relationships of one case as one fold of its claims shows it.

    `scope` is the value of the property `case` on every node: the case's id, and what narrowed the fold.
    """

    scope: str
    nodes: list[Nodes] = field(default_factory=list)
    ties: list[Ties] = field(default_factory=list)
    size: int = 0

    def add(self, label: str, columns: dict[str, Column]) -> int:
        """Add nodes of a label; gives the number of the first."""
        first, count = self.size, len(columns["id"])
        if count:
            self.nodes.append(Nodes(label, first, {**columns, "case": [self.scope] * count}))
            self.size += count
        return first

    def tie(self, kind: str, source: Any, target: Any, columns: dict[str, Column] | None = None) -> None:
        """Add relationships of a type."""
        if len(source):
            ends = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
            self.ties.append(Ties(kind, *ends, columns or {}))

    def counts(self) -> tuple[int, int]:
        """How many nodes and relationships."""
        return self.size, sum(len(ties) for ties in self.ties)

    def labels(self) -> list[str]:
        """Labels in use, each once."""
        return sorted({nodes.label for nodes in self.nodes})


def scope(graph: Graph) -> str:
    """What tells one projection from another: the case, and the arguments of the fold where any were given."""
    said = []
    for name, value in sorted(graph.arguments.items()):
        said.append(f"{name}={','.join(value) if isinstance(value, (list, tuple)) else value}")
    return graph.case.id + (f"?{'&'.join(said)}" if said else "")


def project(graph: Graph) -> Projection:
    """The entities and ties of a graph."""
    from isthmus.graph.cypher.attributes import attributes

    made = Projection(scope(graph))
    numbers = np.full(len(graph.ids), -1, dtype=np.int64)
    for kind in sorted(set(graph.kinds)):
        at = np.flatnonzero(graph.kinds == kind)
        first = made.add(str(kind), attributes(graph, str(kind), at))
        numbers[at] = first + np.arange(len(at))
    _add_ties(made, graph, numbers)
    return made


def _add_ties(made: Projection, graph: Graph, numbers: NDArray[np.int64]) -> None:
    ties = graph.ties
    basis, joins = bases(graph)
    columns = {name: ties[name].to_numpy() for name in _COPIED}
    columns["statement"] = statement_ids(graph, ties["statement"].to_numpy())
    columns["basis"], columns["joins"] = basis, joins
    kinds, source, target = (ties[name].to_numpy() for name in ("kind", "source", "target"))
    for kind in sorted(set(kinds)):
        at = np.flatnonzero(kinds == kind)
        own = {name: column[at].tolist() for name, column in columns.items()}
        cross = schema().ties[kind].get("cross")
        if cross:
            own["cross"] = [cross] * len(at)
        if cross == "remote" or kind in _STAYS:
            own["spans"] = [_spans(text) for text in own["intervals"]]
        made.tie(kind.upper(), numbers[source[at]], numbers[target[at]], own)


def _spans(intervals: str) -> str:
    """Each interval as four ISO days: first and last that its start may be, first and last that its end may be.

    One text, since lists on relationships take the embedded engine's slow way in.
    """
    return ";".join(
        " ".join(date.fromordinal(day).isoformat() for day in parse(text)[:4]) for text in intervals.split(";")
    )


def statement_ids(graph: Graph, rows: NDArray[np.int64]) -> NDArray[np.object_]:
    """The digest of subject, property and value of statements: what a tie and its claims share."""
    chosen = graph.statements.iloc[rows]
    subjects = graph.ids[chosen["subject"].to_numpy()]
    parts = zip(subjects, chosen["property"], chosen["value"], strict=True)
    return np.array([digest(*part) for part in parts], dtype=object)


def bases(graph: Graph) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """What each tie is to the projection on people: a basis of its own, or one that joins those at its target.

    As `graph.people` has it: through organisations, systems and networks, and through groups larger than
    `people.LARGEST_GROUP`, no one is joined; of several ties of a person to one target the likeliest counts.
    """
    from isthmus.graph.people import LARGEST_GROUP

    ties, kinds, declared = graph.ties, graph.kinds, schema().ties
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    person = kinds[source] == "Person"
    basis = (
        ties["kind"]
        .map({kind: words.get("basis") for kind, words in declared.items()})
        .to_numpy(dtype=object, copy=True)
    )
    basis[~(person & (kinds[target] == "Person") & (source != target))] = None
    joins = ties["kind"].map({kind: words.get("joins") for kind, words in declared.items()})
    through = ~np.isin(kinds[target], schema().never_a_basis_through)
    rows = ties[joins.notna().to_numpy() & through & person].assign(joins=joins)
    rows = rows.sort_values(["joins", "target", "source", "probability"], ascending=[True, True, True, False])
    rows = rows.drop_duplicates(["joins", "target", "source"])
    sizes = rows.groupby(["joins", "target"])["source"].transform("size")
    rows = rows[sizes <= LARGEST_GROUP]
    found = np.full(len(ties), None, dtype=object)
    found[rows.index.to_numpy()] = rows["joins"].to_numpy(dtype=object)
    return _without_nan(basis), found


def _without_nan(values: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.array([value if isinstance(value, str) else None for value in values], dtype=object)


def _rows(columns: dict[str, Column], start: int, stop: int | None) -> list[dict[str, Any]]:
    names = list(columns)
    parts = [columns[name][start:stop] for name in names]
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None and value not in ("", [])}
        for values in zip(*parts, strict=True)
    ]


def batches(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Bounds of parts of at most `size`."""
    for start in range(0, length, size):
        yield start, min(start + size, length)
