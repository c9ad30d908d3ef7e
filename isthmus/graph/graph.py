"""A graph: the columns that a fold of claims gives."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from isthmus.graph.errors import AmbiguousName, BadQuestion, NoSuchEntity
from isthmus.graph.names import folded
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from isthmus.graph.case import Case
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
        entities: pd.DataFrame,
        statements: pd.DataFrame,
        claims: pd.DataFrame,
        offsets: NDArray[np.int64],
        holdings: pd.DataFrame,
        left_out: dict[str, int],
        same: dict[str, str],
    ) -> None:
        self.case, self.arguments, self.left_out, self.same = case, arguments, left_out, same
        self._entities, self.statements, self._claims, self.offsets = entities, statements, claims, offsets
        self._holdings = holdings

    @cached_property
    def entities(self) -> pd.DataFrame:
        """One row an entity, ordered by id; `label` has passed the guard."""
        from isthmus.graph.guard import labels

        return self._entities.assign(label=labels(self))

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """Ids by position."""
        return self._entities["id"].to_numpy(dtype=object)

    @cached_property
    def kinds(self) -> NDArray[np.object_]:
        """Kinds by position."""
        return self._entities["kind"].to_numpy(dtype=object)

    @cached_property
    def names(self) -> NDArray[np.object_]:
        """Names as claimed, by position: not to be shown, see `entities.label`."""
        return self._entities["name"].to_numpy(dtype=object)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Affirmed statements between two entities; `statement` is the row in `statements`."""
        rows = self.statements
        is_tie = (rows["value_at"] >= 0) & (rows["affirmed"] > 0)
        ties = rows[is_tie].rename(columns={"subject": "source", "value_at": "target", "property": "kind"})
        return ties.drop(columns="value").assign(statement=np.flatnonzero(is_tie)).reset_index(drop=True)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The claims used, in the order of their statements."""
        ids = dict(self.case.connection.execute("SELECT num, id FROM claim").fetchall())
        records = dict(self.case.connection.execute("SELECT num, id FROM record").fetchall())
        frame = self._claims.assign(id=self._claims["num"].map(ids), record_num=self._claims["record"])
        return frame.assign(record=frame["record"].map(records))

    def claim_ids(self, statement: int) -> tuple[str, ...]:
        """Ids of the claims behind a statement, in the order they were recorded."""
        start, end = self.offsets[statement], self.offsets[statement + 1]
        nums = self._claims["num"].to_numpy()[start:end]
        found = self.case.connection.execute(
            f"SELECT id FROM claim WHERE num IN ({', '.join('?' * len(nums))}) ORDER BY num", [int(num) for num in nums]
        )
        return tuple(row[0] for row in found)

    @cached_property
    def holdings(self) -> pd.DataFrame:
        """Declared holdings with the row of their statement, or -1; see `holdings.read_holdings`."""
        frame = self._holdings.copy()
        is_tie = frame["property"].isin(schema().ties.keys())
        if self.same:
            frame["subject"] = frame["subject"].map(self.same).fillna(frame["subject"])
            frame.loc[is_tie, "value"] = frame["value"].map(self.same).fillna(frame["value"])
        rows = self.statements
        keys = self.ids[rows["subject"].to_numpy()] + "\x1f" + rows["property"] + "\x1f" + rows["value"]
        at = pd.Series(np.arange(len(rows)), index=keys.to_numpy(dtype=object))
        wanted = frame["subject"] + "\x1f" + frame["property"] + "\x1f" + frame["value"]
        return frame.assign(statement=at.reindex(wanted).fillna(-1).astype("int64").to_numpy())

    def values(self, name: str) -> pd.DataFrame:
        """Affirmed statements of one property, with the subject's id as `id`."""
        rows = self.statements
        found = rows[(rows["property"] == name) & (rows["affirmed"] > 0)]
        return found.assign(id=self.ids[found["subject"].to_numpy()], statement=found.index)

    def index(self, name: str) -> int:
        """Position of the entity with this id or any spelling of its name.

        Raises
        ------
        NoSuchEntity
            Nothing is so called; the message has the nearest names that may be shown.
        AmbiguousName
            Several are; the message lists them.
        """
        at = np.searchsorted(self.ids, name) if len(self.ids) else 0
        if at < len(self.ids) and self.ids[at] == name:
            return int(at)
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
        from isthmus.graph.guard import redact

        return str(redact(str(self.ids[at]), self))

    def _nearest(self, name: str) -> str:
        from isthmus.graph.guard import may_name
        from isthmus.graph.schema import nearest

        shown = may_name(self)
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
        if rule not in COUNTRY_RULES:
            raise BadQuestion(f"{rule!r} is no country rule; choose one of {', '.join(COUNTRY_RULES)}")
        wanted = {"citizenship", "residence"} if rule == "either" else {rule}
        found: list[set[str]] = [set() for _ in self.ids]
        ties = self.ties[
            self.ties["kind"].isin([k for k, v in schema().ties.items() if "country" in v] + ["occurred_in", "body_of"])
        ]
        kinds = self.kinds
        for source, target, kind in zip(ties["source"], ties["target"], ties["kind"], strict=True):
            meaning = schema().ties[kind].get("country")
            fits = meaning in wanted if kinds[source] == "Person" else True
            if fits and kinds[target] == "Country":
                found[source].add(str(self.ids[target]))
        for at in np.flatnonzero(kinds == "Country"):
            found[at].add(str(self.ids[at]))
        return [frozenset(codes) for codes in found]

    def people(self, ties: Sequence[str] | None = None) -> People:
        """The projection on people; `ties` names the bases to use, all if not given."""
        from isthmus.graph.people import project

        return project(self, tuple(ties) if ties is not None else None)

    @cached_property
    def nx(self) -> nx.MultiDiGraph[str]:
        """The same as a networkx graph, every field as an attribute; made when first asked for."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        ids = self.ids
        for at, (identity, kind, label) in enumerate(zip(ids, self.kinds, self.entities["label"], strict=True)):
            graph.add_node(identity, kind=kind, label=label, position=at)
        columns = [name for name in self.ties.columns if name not in ("source", "target", "kind")]
        fields = [self.ties[name].tolist() for name in columns]
        ends = zip(self.ties["source"], self.ties["target"], self.ties["kind"], *fields, strict=True)
        for source, target, kind, *values in ends:
            graph.add_edge(ids[source], ids[target], key=kind, kind=kind, **dict(zip(columns, values, strict=True)))
        return graph
