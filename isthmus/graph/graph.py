"""A graph: the columns that a fold of claims gives."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from isthmus.graph.errors import AmbiguousName, BadQuestion, NoSuchEntity
from isthmus.graph.fold.kept import part
from isthmus.graph.fold.table import Table
from isthmus.graph.names import folded
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    import networkx as nx
    from numpy.typing import NDArray

    from isthmus.graph.case import Case
    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.people import People

CountryRule = Literal["citizenship", "residence", "either", "activity"]
COUNTRY_RULES: tuple[CountryRule, ...] = ("citizenship", "residence", "either", "activity")


class Graph:
    """Entities, statements and the claims behind them; made by `Case.graph`.

    `entities`: id, kind, name, label (what may be shown). `statements`: subject and value as positions in
    `entities`, property, value, and the evidence: first, last, intervals, grade, probability with low and high,
    origins, affirmed, denied. `left_out` counts what the fold kept out, by reason.
    """

    def __init__(
        self,
        case: Case,
        arguments: dict[str, Any],
        tables: Mapping[str, Table],
        left_out: dict[str, int],
        same: dict[str, str],
        place: Path | None,
    ) -> None:
        self.case, self.arguments, self.left_out, self.same = case, arguments, left_out, same
        self.entity_table, self.statement_table, self.claim_table = (
            tables[name] for name in ("entities", "statements", "claims")
        )
        self.offsets: NDArray[np.int64] = tables["offsets"]["offset"]
        self._place = place

    def kept(self, name: str, make: Callable[[], Columns]) -> Table:
        """Columns that follow from this graph alone: kept beside its fold where that is, else made by `make`."""
        return part(self._place, name, lambda: ({name: Table(make())}, {}))[0][name]

    @cached_property
    def shown(self) -> Table:
        """How each entity may be shown: `label`, `status`, and whether it may be `named` and `ranked`."""
        from isthmus.graph.disclosure.guard import shown

        return self.kept("shown", lambda: shown(self))

    @cached_property
    def entities(self) -> pd.DataFrame:
        """One row an entity, ordered by id; `label` has passed the guard."""
        return self.entity_table.frame.assign(label=pd.Series(self.shown["label"], dtype=object))

    @cached_property
    def statements(self) -> pd.DataFrame:
        """One row a statement, in the order of subject, property and value."""
        return self.statement_table.frame

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """Ids by position."""
        return self.entity_table["id"]

    @cached_property
    def kinds(self) -> NDArray[np.object_]:
        """Kinds by position."""
        return self.entity_table["kind"]

    @cached_property
    def names(self) -> NDArray[np.object_]:
        """Names as claimed, by position: not to be shown, see `entities.label`."""
        return self.entity_table["name"]

    def of_kind(self, *kinds: str) -> NDArray[np.bool_]:
        """Which entities are of one of `kinds`."""
        return self.entity_table.coded("kind").among(kinds)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Affirmed statements between two entities; `statement` is the row in `statements`."""
        return self._ties(np.flatnonzero(self._is_tie))

    def ties_of(self, kinds: Collection[str]) -> pd.DataFrame:
        """The ties of these kinds, as in `ties`."""
        return self._ties(self.tie_rows(kinds))

    def tie_rows(self, kinds: Collection[str]) -> NDArray[np.int64]:
        """Rows of the ties of these kinds in `statement_table`."""
        return np.flatnonzero(self._is_tie & self.statement_table.coded("property").among(kinds))

    def ends_of(self, kinds: Collection[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Sources and targets of the ties of these kinds."""
        rows = self.tie_rows(kinds)
        return self.statement_table["subject"][rows], self.statement_table["value_at"][rows]

    @cached_property
    def _is_tie(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (self.statement_table["value_at"] >= 0) & (self.statement_table["affirmed"] > 0)
        return found

    def _ties(self, rows: NDArray[np.int64]) -> pd.DataFrame:
        wanted = [name for name in self.statement_table.names if name != "value"]
        found = self.statement_table.rows(rows, wanted)
        found = found.rename(columns={"subject": "source", "value_at": "target", "property": "kind"})
        return found.assign(statement=rows)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The claims used, in the order of their statements."""
        ids = dict(self.case.connection.execute("SELECT num, id FROM claim").fetchall())
        records = dict(self.case.connection.execute("SELECT num, id FROM record").fetchall())
        used = self.claim_table.frame
        frame = used.assign(id=used["num"].map(ids), record_num=used["record"])
        return frame.assign(record=frame["record"].map(records))

    def claim_ids(self, statement: int) -> tuple[str, ...]:
        """Ids of the claims behind a statement, in the order they were recorded."""
        start, end = self.offsets[statement], self.offsets[statement + 1]
        nums = self.claim_table["num"][start:end]
        found = self.case.connection.execute(
            f"SELECT id FROM claim WHERE num IN ({', '.join('?' * len(nums))}) ORDER BY num", [int(num) for num in nums]
        )
        return tuple(row[0] for row in found)

    @cached_property
    def holdings(self) -> pd.DataFrame:
        """Declared holdings with the row of their statement, or -1; see `holdings.read_holdings`."""
        from isthmus.graph.fold.holdings import read_holdings

        frame = read_holdings(self.case, self.arguments.get("recorded_by"))
        is_tie = frame["property"].isin(schema().ties.keys())
        if self.same:
            frame["subject"] = frame["subject"].map(self.same).fillna(frame["subject"])
            frame.loc[is_tie, "value"] = frame["value"].map(self.same).fillna(frame["value"])
        if frame.empty:
            return frame.assign(statement=np.zeros(0, dtype=np.int64))
        rows = self.statements
        keys = self.ids[rows["subject"].to_numpy()] + "\x1f" + rows["property"] + "\x1f" + rows["value"]
        at = pd.Series(np.arange(len(rows)), index=keys.to_numpy(dtype=object))
        wanted = frame["subject"] + "\x1f" + frame["property"] + "\x1f" + frame["value"]
        return frame.assign(statement=at.reindex(wanted).fillna(-1).astype("int64").to_numpy())

    def values(self, name: str) -> pd.DataFrame:
        """Affirmed statements of one property, with the subject's id as `id`."""
        table = self.statement_table
        rows = np.flatnonzero(table.coded("property").among({name}) & (table["affirmed"] > 0))
        found = table.rows(rows)
        found.index = pd.Index(rows)
        return found.assign(id=self.ids[found["subject"].to_numpy()], statement=rows)

    def place(self, identity: str) -> int | None:
        """Position of the entity with this very id, if it is in view."""
        at = int(np.searchsorted(self.ids, identity)) if len(self.ids) else 0
        return at if at < len(self.ids) and self.ids[at] == identity else None

    def index(self, name: str) -> int:
        """Position of the entity with this id or any spelling of its name.

        Raises
        ------
        NoSuchEntity
            Nothing is so called; the message has the nearest names that may be shown.
        AmbiguousName
            Several are; the message lists them.
        """
        at = self.place(name)
        if at is not None:
            return at
        if name in self.same:
            return self.index(self.same[name])
        found = sorted(self._spellings.get(folded(name), ())) or self._by_words(name)
        if len(found) == 1:
            return found[0]
        labels = self.entities["label"]
        if found:
            listed = "; ".join(f"{labels[at]} ({self.kinds[at]}, id {self.shown_id(at)})" for at in found)
            raise AmbiguousName(f"{name!r} is the name of {len(found)} entities: {listed}; use an id")
        raise NoSuchEntity(f"nothing in the case is called {name!r}{self._nearest(name)}; try `isthmus find {name}`")

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

    def shown_id(self, at: int) -> str:
        """The entity's id as it may be shown."""
        from isthmus.graph.disclosure.guard import redact

        return str(redact(str(self.ids[at]), self))

    def _nearest(self, name: str) -> str:
        from isthmus.graph.schema import nearest

        shown = self.shown["named"]
        known = {key: at for key, places in self._spellings.items() for at in places if shown[at]}
        best = nearest(folded(name), known)
        return f"; did you mean {self.entities['label'][known[best]]!r}?" if best else ""

    @cached_property
    def _spellings(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for at, name in enumerate(self.names):
            found.setdefault(folded(str(name)), set()).add(at)
        for prop in ("name", "alias"):
            rows = self.values(prop)
            for at, name in zip(rows["subject"], rows["value"], strict=True):
                found.setdefault(folded(name), set()).add(int(at))
        found.pop("", None)
        return found

    def countries(self, rule: CountryRule = "citizenship") -> list[frozenset[str]]:
        """Countries of each entity: a person's by `rule`, an event's scene, a cell's field, a country itself.

        Raises
        ------
        BadQuestion
            No such rule.
        """
        found: list[set[str]] = [set() for _ in self.ids]
        for at, place in zip(*(ends.tolist() for ends in self.located(rule)), strict=True):
            found[at].add(str(self.ids[place]))
        return [frozenset(codes) for codes in found]

    def located(self, rule: CountryRule = "citizenship") -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The same as `countries`, as positions: entity and country, a pair for each country of each entity."""
        if rule not in COUNTRY_RULES:
            raise BadQuestion(f"{rule!r} is no country rule; choose one of {', '.join(COUNTRY_RULES)}")
        wanted = {"citizenship", "residence"} if rule == "either" else {rule}
        meanings = {kind: declared.get("country") for kind, declared in schema().ties.items()}
        table, kind = self.statement_table, self.statement_table.coded("property")
        rows = self.tie_rows(schema().placing)
        source, target = table["subject"][rows].astype(np.int64), table["value_at"][rows].astype(np.int64)
        of_person = np.array([meanings.get(name) in wanted for name in kind.distinct], dtype=bool)[kind.codes[rows]]
        is_country = self.of_kind("Country")
        fits = is_country[target] & (of_person | ~self.of_kind("Person")[source])
        itself = np.flatnonzero(is_country)
        return np.concatenate([source[fits], itself]), np.concatenate([target[fits], itself])

    def people(self, ties: Sequence[str] | None = None) -> People:
        """The projection on people; `ties` names the bases to use, all if not given."""
        from isthmus.graph.people import project

        return project(self, tuple(ties) if ties is not None else None)

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
