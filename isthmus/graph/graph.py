"""A graph: the fold of a case, with what people ask of it."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self

import numpy as np

from isthmus.graph.errors import AmbiguousName, NoSuchEntity
from isthmus.graph.fold import standing
from isthmus.graph.fold.columns import take
from isthmus.graph.fold.days import rows_of_holdings
from isthmus.graph.fold.folded import Folded
from isthmus.graph.fold.folding import fold
from isthmus.graph.fold.holdings import claimed, joined, read_holdings, told
from isthmus.graph.fold.table import Table, frame
from isthmus.graph.names import folded
from isthmus.graph.people import project
from isthmus.graph.record import reading
from isthmus.graph.record.handles import handle, is_handle
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Collection

    import networkx as nx
    import pandas as pd
    from numpy.typing import NDArray

    from isthmus.graph.given import Texts
    from isthmus.graph.lens import Lens
    from isthmus.graph.people import People
    from isthmus.graph.record.file import CaseFile

_OF_TIES = {"subject": "source", "value_at": "target", "property": "kind"}
"""What columns of statements are called of ties."""


class Graph(Folded):
    """A fold with names to look up, frames, holdings, the projection on people and a networkx view."""

    @classmethod
    def of(cls, file: CaseFile, lens: Lens, *, same: dict[str, str] | None = None) -> Self:
        """The claims of a case, seen through a lens; `same` replaces the identities that it would give."""
        folded = fold(file, lens, same=same)
        return cls(**{field.name: getattr(folded, field.name) for field in fields(folded)})

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """The case's path and the lens, for pickling: folded again where it is taken out."""
        return _again, (type(self), self.file, self.lens, self.same)

    @cached_property
    def shown(self) -> Table:
        """How each entity is shown: `label`, `status`, and whether it is `named` and may be `ranked`."""
        return self.kept("shown", lambda: standing.shown(self))

    @cached_property
    def entities(self) -> pd.DataFrame:
        """One row an entity, ordered by id; `label` is its name, or what stands for one."""
        return self.entity_table.frame.assign(label=frame({"label": self.shown["label"]})["label"])

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Affirmed statements between two entities; `statement` is the row in `statements`."""
        return self.tie_table.frame

    @cached_property
    def tie_table(self) -> Table:
        """The same as `ties`, as a table."""
        return self._ties(np.flatnonzero(self._is_tie))

    def ties_of(self, kinds: Collection[str]) -> Table:
        """The ties of these kinds, as in `tie_table`."""
        return self._ties(self.tie_rows(kinds))

    def _ties(self, rows: NDArray[np.int64]) -> Table:
        table = self.statement_table
        called = {name: _OF_TIES.get(name, name) for name in table.names if name != "value"}
        return Table({**{tie: partial(table.taken, name, rows) for name, tie in called.items()}, "statement": rows})

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The claims used, in the order of their statements."""
        ids = reading.every_claim_id(self.file)
        records = reading.record_ids(self.file)
        used = self.claim_table.frame
        frame = used.assign(id=used["num"].map(ids), record_num=used["record"])
        return frame.assign(record=frame["record"].map(records))

    @cached_property
    def holdings(self) -> pd.DataFrame:
        """The same as `holding_table`, as a frame."""
        return self.holding_table.frame

    @cached_property
    def holding_table(self) -> Table:
        """Declared holdings that the lens lets be known, with the row of their statement; see `holdings`.

        -1 where no claim in view makes it: a claim that the lens keeps out takes with it who held what it says.
        """
        lens = self.lens
        columns = joined(told(read_holdings(self.file, lens.recorded_by, lens.tlp), lens), self.same)
        columns = {**columns, "statement": rows_of_holdings(self, columns)}
        if lens == lens.of_record:
            return Table(columns)
        every = claimed(self.file, lens, self.same)
        said = zip(*(columns[name].tolist() for name in ("subject", "property", "value")), strict=True)
        unclaimed = np.array([parts not in every for parts in said], dtype=bool)
        return Table(take(columns, (columns["statement"] >= 0) | unclaimed))

    def index(self, name: str) -> int:
        """Position of the entity with this id, handle or any spelling of its name.

        Raises
        ------
        NoSuchEntity
            Nothing is so called. No other name is offered: it would be another person's.
        AmbiguousName
            Several are; the message lists them.
        """
        at = self.place(self.same.get(name, name))
        if at is not None:
            return at
        if is_handle(name) and name in self._handles:
            return self._handles[name]
        found = sorted(self._spellings.get(folded(name), ())) or self._by_words(name)
        if len(found) == 1:
            return found[0]
        labels = self.shown["label"]
        if found:
            listed = "; ".join(f"{labels[at]} ({self.kinds[at]}, id {self.ids[at]})" for at in found)
            raise AmbiguousName(f"{name!r} is the name of {len(found)} entities: {listed}; use an id")
        raise NoSuchEntity(f"nothing in the case is called {name!r}; try `isthmus find {name}`")

    def _by_words(self, name: str) -> list[int]:
        """Entities with every word of `name` in one of their spellings; people before all others."""
        words = set(folded(name).split())
        found = {
            at
            for spelling, places in self._spellings.items()
            if words and words <= set(spelling.split())
            for at in places
        }
        people = sorted(at for at in found if self.kinds[at] == "Person")
        return people or sorted(found)

    @cached_property
    def _handles(self) -> dict[str, int]:
        """Positions by handle, also by those of ids that are judged to be one."""
        places = {identity: at for at, identity in enumerate(self.ids.tolist())}
        ids = places | {one: places[root] for one, root in self.same.items() if root in places}
        return {handle(self.file, str(identity)): at for identity, at in ids.items()}

    @cached_property
    def _spellings(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for at, name in enumerate(self.names):
            found.setdefault(folded(str(name)), set()).add(at)
        for prop in schema().names:
            for at, name, _ in self.said(prop):
                found.setdefault(folded(name), set()).add(at)
        found.pop("", None)
        return found

    def people(self, ties: Texts | None = None) -> People:
        """The projection on people; `ties` names the bases to use, all if not given."""
        return project(self, ties)

    @cached_property
    def event_dates(self) -> NDArray[np.object_]:
        """The dates that are affirmed of each event, joined by ";", by position; "" for all else."""
        from isthmus.graph.fold.moments import event_dates

        table = self.statement_table
        texts = {name: table.coded(name) for name in ("property", "value")}
        return event_dates({**texts, **{name: table[name] for name in ("subject", "affirmed")}}, self.of_kind("Event"))

    @cached_property
    def nx(self) -> nx.MultiDiGraph[str]:
        """The same as a networkx graph, every field as an attribute; made when first asked for.

        The key of a tie is its id, so that a file written of the graph gives each tie an id of its own.
        """
        import networkx as nx

        from isthmus.graph.tokens import tie_token

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        ids = self.ids
        for at, (identity, kind, label) in enumerate(zip(ids, self.kinds, self.entities["label"], strict=True)):
            graph.add_node(identity, kind=kind, label=label, position=at)
        columns = [name for name in self.ties.columns if name not in ("source", "target", "kind")]
        fields = [self.ties[name].tolist() for name in columns]
        ends = zip(self.ties["source"], self.ties["target"], self.ties["kind"], *fields, strict=True)
        for source, target, kind, *values in ends:
            a, b = ids[source], ids[target]
            graph.add_edge(a, b, key=tie_token(a, kind, b), kind=kind, **dict(zip(columns, values, strict=True)))
        return graph


def _again(made: type[Graph], file: CaseFile, lens: Lens, same: dict[str, str]) -> Graph:
    return made.of(file, lens, same=same)
