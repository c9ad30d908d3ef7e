"""The property graph that Cypher is asked of: labels, relationship types, properties, in columns.

Labels are the kinds of `schema.yml`, relationship types its ties in upper case; both engines are filled from here.
Values are texts, numbers, booleans and lists of texts; what is unknown is absent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.cypher.column import column, constant, of_texts
from isthmus.graph.dates import parse
from isthmus.graph.fold.table import Coded, objects
from isthmus.graph.record.rows import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

    Columns = Mapping[str, Coded | Sequence[Any] | NDArray[Any]]

_TEXTS = ("role", "first", "last", "intervals", "grade")
_NUMBERS = ("probability", "low", "high", "origins", "origins_known", "affirmed", "denied")


@dataclass
class Nodes:
    """Nodes of one label; the first has the number `first`, the others follow."""

    label: str
    first: int
    columns: dict[str, Coded]

    def __len__(self) -> int:
        """How many."""
        return len(self.columns["id"])

    def rows(self, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        """Properties of a slice of the nodes, without those that are absent."""
        return rows_of(self.columns, start, len(self) if stop is None else stop)


@dataclass
class Ties:
    """Relationships of one type, from and to nodes by number."""

    type: str
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    columns: dict[str, Coded]

    def __len__(self) -> int:
        """How many."""
        return len(self.source)

    def rows(self, start: int = 0, stop: int | None = None) -> list[dict[str, Any]]:
        """Properties of a slice of the relationships, without those that are absent."""
        return rows_of(self.columns, start, len(self) if stop is None else stop)


@dataclass
class Projection:
    """Nodes and relationships of one case as one fold of its claims shows it.

    `scope` is the value of the property `case` on every node: the case's id, and what narrowed the fold.
    """

    scope: str
    nodes: list[Nodes] = field(default_factory=list)
    ties: list[Ties] = field(default_factory=list)
    size: int = 0

    def add(self, label: str, columns: Columns) -> int:
        """Add nodes of a label; gives the number of the first."""
        first, count = self.size, len(columns["id"])
        if count:
            self.nodes.append(Nodes(label, first, {**_present(columns), "case": constant(self.scope, count)}))
            self.size += count
        return first

    def tie(self, kind: str, source: Any, target: Any, columns: Columns | None = None) -> None:
        """Add relationships of a type."""
        if len(source):
            ends = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
            self.ties.append(Ties(kind, *ends, _present(columns or {})))

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
    return graph.file.id + (f"?{'&'.join(said)}" if said else "")


def project(graph: Graph) -> Projection:
    """The entities and ties of a graph."""
    from isthmus.graph.cypher.attributes import attributes

    made = Projection(scope(graph))
    numbers = np.full(len(graph.ids), -1, dtype=np.int64)
    columns, of_people = attributes(graph)
    for kind in sorted(set(graph.kinds)):
        at = np.flatnonzero(graph.of_kind(kind))
        wanted = {**columns, **of_people} if kind == "Person" else columns
        first = made.add(str(kind), {name: every.take(at).compact() for name, every in wanted.items()})
        numbers[at] = first + np.arange(len(at))
    _add_ties(made, graph, numbers)
    return made


def _add_ties(made: Projection, graph: Graph, numbers: NDArray[np.int64]) -> None:
    table = graph.statement_table
    rows = np.flatnonzero((table["value_at"] >= 0) & (table["affirmed"] > 0))
    columns = {name: of_texts(table.coded(name), rows) for name in _TEXTS}
    columns |= {name: column(table[name][rows]) for name in _NUMBERS}
    columns["statement"] = Coded(np.arange(len(rows), dtype=np.int32), objects(statement_ids(graph, rows)))
    columns["basis"], columns["joins"] = bases(graph, rows)
    kind, stays = table.coded("property"), schema().placed_by("activity")
    for code in sorted(set(kind.codes[rows].tolist()), key=lambda code: str(kind.distinct[code])):
        name = str(kind.distinct[code])
        at = np.flatnonzero(kind.codes[rows] == code)
        own = {key: every.take(at).compact() for key, every in columns.items()}
        cross = schema().ties[name].cross
        if cross:
            own["cross"] = constant(cross, len(at))
        if not schema().symmetric(name):
            own["reads"] = constant(schema().reading(name, backward=True), len(at))
        if cross == "remote" or name in stays or schema().ties[name].joins:
            own["spans"] = column([_spans(text or "") for text in own["intervals"].cells()])
        source, target = (numbers[table[end][rows[at]]] for end in ("subject", "value_at"))
        made.tie(name.upper(), source, target, own)


def _spans(intervals: str) -> str:
    """Each interval as four ISO days: first and last that its start may be, first and last that its end may be.

    A "?" follows where the date is doubted. One text, since lists on relationships take the embedded engine's slow
    way in.
    """
    return ";".join(
        " ".join(date.fromordinal(day).isoformat() for day in span[:4]) + (" ?" if span.uncertain else "")
        for span in map(parse, intervals.split(";"))
    )


def statement_ids(graph: Graph, rows: NDArray[np.int64]) -> list[str]:
    """The digest of subject, property and value of statements: what a tie and its claims share."""
    table = graph.statement_table
    subjects = graph.ids[table["subject"][rows]].tolist()
    parts = (table.at(name, rows).tolist() for name in ("property", "value"))
    return list(map(digest, subjects, *parts))


def bases(graph: Graph, rows: NDArray[np.int64]) -> tuple[Coded, Coded]:
    """What each tie is to the projection on people: a basis of its own, or one that joins those at its target.

    `rows` are the ties' statements. As `graph.people` has it: through organisations, systems and networks, and
    through groups larger than `people.LARGEST_GROUP`, no one is joined. Whether two were there at one time is for the
    query to say, from `spans`.
    """
    from isthmus.graph.people import LARGEST_GROUP

    table, names = graph.statement_table, schema().bases
    source, target = table["subject"][rows], table["value_at"][rows]
    person = graph.of_kind("Person")
    basis, joins = (_of_kinds(graph, rows, word) for word in ("basis", "joins"))
    basis[~(person[source] & person[target] & (source != target))] = -1
    joins[~(person[source] & ~graph.of_kind(*schema().never_a_basis_through)[target])] = -1
    at = np.flatnonzero(joins >= 0)
    at = at[np.lexsort((source[at], target[at], joins[at]))]
    group = np.cumsum(_first(joins[at], target[at])) - 1
    people = np.bincount(group, weights=_first(group, source[at])) if len(at) else np.zeros(0)
    small = people[group] <= LARGEST_GROUP
    found = np.full(len(rows), -1, dtype=np.int32)
    found[at[small]] = joins[at[small]]
    return Coded(basis, objects(names)), Coded(found, objects(names))


def _of_kinds(graph: Graph, rows: NDArray[np.int64], word: str) -> NDArray[np.int32]:
    """What `schema.yml` says of each tie's kind under `word`, as a place among the bases; -1 where nothing."""
    places = {name: at for at, name in enumerate(schema().bases)}
    kind = graph.statement_table.coded("property")
    ties = schema().ties
    said = [places.get(getattr(ties[name], word), -1) if name in ties else -1 for name in map(str, kind.distinct)]
    found: NDArray[np.int32] = np.array(said, dtype=np.int32)[kind.codes[rows]]
    return found


def _first(*keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows differ from the one before in any of the keys."""
    found = np.ones(len(keys[0]), dtype=bool)
    if len(found):
        found[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return found


def _present(columns: Columns) -> dict[str, Coded]:
    """The columns that hold anything."""
    made = {name: given if isinstance(given, Coded) else column(given) for name, given in columns.items()}
    return {name: given for name, given in made.items() if (given.codes >= 0).any()}


def rows_of(columns: dict[str, Coded], start: int, stop: int) -> list[dict[str, Any]]:
    """A slice of the rows as maps, without what is absent."""
    if not columns:
        return [{} for _ in range(start, stop)]
    cells = [given.cells(start, stop) for given in columns.values()]
    names = list(columns)
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for values in zip(*cells, strict=True)
    ]


def batches(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Bounds of parts of at most `size`."""
    for start in range(0, length, size):
        yield start, min(start + size, length)
