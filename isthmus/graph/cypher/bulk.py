"""Fills the embedded engine from columns.

Row by row across the boundary to Java, as the package's own functions go, a relationship takes 25 microseconds, and a
million do not fit into 2 GB. Here each column crosses whole, its distinct values and its codes, and a loop composed
in Java of method handles (`java.lang.invoke.MethodHandles`) puts the rows together and hands them to the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph.cypher import jvm
from isthmus.graph.cypher.projection import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.graph.cypher.projection import Nodes, Projection, Ties
    from isthmus.graph.fold.table import Coded

    Columns = dict[str, Coded]

_AT_ONCE = 100_000
"""Rows that are in Java at a time, and relationships that the engine sorts at a time."""
SMALL = 20_000
"""Nodes and relationships of which fewer are sooner handed over row by row than the loops are composed."""


def fill(package: Any, database: Any, made: Projection) -> None:
    """Write all nodes and relationships of a projection into an empty database."""
    options = {"use_wal": False, "expected_edge_count": max(1, made.counts()[1]), "parallel_flush": True}
    with database.graph_batch(batch_size=_AT_ONCE, **options) as batch:
        if jvm.has_java(package) and sum(made.counts()) >= SMALL:
            _Java(batch._java_graph_batch, made.size).fill(made)
        else:
            _by_rows(batch, made)


def _by_rows(batch: Any, made: Projection) -> None:
    """By the package's own functions: for little, and without a Java machine."""
    places: list[str] = []
    for nodes in made.nodes:
        places += batch.create_vertices(nodes.label, nodes.rows())
    for ties in made.ties:
        for start, stop in batches(len(ties), _AT_ONCE):
            ends = ([places[at] for at in end[start:stop].tolist()] for end in (ties.source, ties.target))
            batch.new_edges(next(ends), ties.type, next(ends), ties.rows(start, stop))


class _Java:
    """Composes the loops. A handle over rows takes the row's number."""

    def __init__(self, batch: Any, nodes: int) -> None:
        from jpype import JArray, JClass, JInt, JObject, JString

        self.batch, self.array, self.whole, self.thing = batch, JArray, JInt, JObject
        self.handles, self.signature = JClass("java.lang.invoke.MethodHandles"), JClass("java.lang.invoke.MethodType")
        self.handle = JClass("java.lang.invoke.MethodHandle")
        self.number, self.nothing = JClass("java.lang.Integer").TYPE, JClass("java.lang.Void").TYPE
        self.boxed, self.arrays, self.system = (
            JClass(f"java.{name}") for name in ("lang.Integer", "util.Arrays", "lang.System")
        )
        place = JClass("com.arcadedb.database.RID")
        self.row, self.codes = self.array(self.thing)(0).getClass(), self.array(self.whole)(0).getClass()
        self.places = self.array(place)(nodes)
        self.types = self.array(JClass("java.lang.Class"))
        takes = self.signature.methodType(
            self.nothing, place.class_, self.types([JString.class_, place.class_, self.row])
        )
        self.connect = self.handles.publicLookup().findVirtual(batch.getClass(), "newEdge", takes).asFixedArity()

    def fill(self, made: Projection) -> None:
        """Nodes first, whose places in the database the relationships need."""
        for nodes in made.nodes:
            for start, stop in batches(len(nodes), _AT_ONCE):
                self._add_nodes(nodes, np.arange(start, stop))
        for ties in made.ties:
            for start, stop in batches(len(ties), _AT_ONCE):
                self._add_ties(ties, np.arange(start, stop))

    def _add_nodes(self, nodes: Nodes, at: NDArray[np.int64]) -> None:
        rows = self.array(self.array(self.thing))(len(at))
        put = self.handles.arrayElementSetter(rows.getClass()).bindTo(rows)
        for own, columns in self._columns(nodes.columns, at):
            self._run(put, [self._numbers(own), self._properties(columns)], len(own))
        made = self.batch.createVertices(nodes.label, rows)
        self.system.arraycopy(made, 0, self.places, nodes.first + int(at[0]), len(at))

    def _add_ties(self, ties: Ties, at: NDArray[np.int64]) -> None:
        place = self.handles.arrayElementGetter(self.places.getClass()).bindTo(self.places)
        connect = self.handles.insertArguments(self.connect.bindTo(self.batch), 1, self._things([ties.type]))
        for own, columns in self._columns(ties.columns, at):
            ends = [
                self.handles.filterReturnValue(self._numbers(end[at[own]]), place) for end in (ties.source, ties.target)
            ]
            self._run(connect, [*ends, self._properties(columns)], len(own))

    def _columns(self, columns: Columns, at: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], dict[str, Any]]]:
        """Rows that have the same properties, by their number in `at`; and those columns as handles."""
        parts = {name: column.take(at).compact() for name, column in columns.items()}
        values = {name: self._things(part.distinct.tolist()) for name, part in parts.items()}
        for own in _alike([part.codes >= 0 for part in parts.values()], len(at)):
            yield (
                own,
                {
                    name: self.handles.filterReturnValue(self._numbers(part.codes[own]), self._element(values[name]))
                    for name, part in parts.items()
                    if part.codes[own[0]] >= 0
                },
            )

    def _properties(self, columns: dict[str, Any]) -> Any:
        """From a row's number to its properties as the engine takes them: name, value, name, value."""
        row = self.handles.identity(self.row).asCollector(self.row, 2 * len(columns))
        for at, name in reversed(list(enumerate(columns))):
            row = self.handles.insertArguments(row, 2 * at, self._things([name]))
        return self._by_number(row, list(columns.values()), self.row)

    def _run(self, work: Any, parts: list[Any], count: int) -> None:
        """Do `work` with what each of `parts` gives for 0, 1 … `count` - 1."""
        body = self._by_number(work, parts, self.nothing)
        times = self.handles.constant(self.number, self.boxed.valueOf(count))
        self.handles.countedLoop(times, None, body).invokeWithArguments(self._things([]))

    def _by_number(self, work: Any, parts: list[Any], gives: Any) -> Any:
        """`work` on what each of `parts` gives for one number."""
        if not parts:
            return self.handles.dropArguments(work, 0, self.types([self.number]))
        filtered = self.handles.filterArguments(work, 0, self.array(self.handle)(parts))
        same = self.array(self.whole)([0] * len(parts))
        return self.handles.permuteArguments(filtered, self.signature.methodType(gives, self.number), same)

    def _numbers(self, numbers: NDArray[Any]) -> Any:
        """From a row's number to its entry in an array of whole numbers."""
        crossed = self.array(self.whole)(np.ascontiguousarray(numbers, dtype=np.int32))
        return self.handles.arrayElementGetter(self.codes).bindTo(crossed)

    def _element(self, values: Any) -> Any:
        return self.handles.arrayElementGetter(self.row).bindTo(values)

    def _things(self, values: list[Any]) -> Any:
        """Values as Java's own."""
        lists = [self.arrays.asList(self._things(value)) if isinstance(value, list) else value for value in values]
        return self.array(self.thing)(lists)


def _alike(there: list[NDArray[np.bool_]], length: int) -> list[NDArray[np.int64]]:
    """Numbers of the rows that have the same properties, together."""
    which = np.zeros(length, dtype=np.int64)
    for has in there:
        which = pd.factorize(which * 2 + has)[0]
    return [np.flatnonzero(which == kind) for kind in range(int(which.max()) + 1)]
