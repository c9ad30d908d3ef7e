"""The columns that a fold of claims gives, and what is read off them at once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.country_rules import COUNTRY_RULES
from isthmus.graph.fold.kept import part
from isthmus.graph.fold.table import Table
from isthmus.graph.given import word
from isthmus.graph.record import reading
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile


@dataclass(frozen=True, eq=False)
class Folded:
    """Entities, statements and the claims behind them, as frozen columns; made by `folding.fold`.

    `entity_table`: id, kind, name. `statement_table`: subject and value as positions in it, property, value, and the
    evidence: first, last, intervals, grade, probability with low and high, origins, affirmed, denied. The claims of
    statement i are rows `offsets[i]` (the only column of `offset_table`) to `offsets[i + 1]` of `claim_table`. `left_out` counts what the fold kept out, by
    reason. `same` maps ids to the one that stands for them.
    """

    file: CaseFile
    lens: Lens
    entity_table: Table
    statement_table: Table
    claim_table: Table
    offset_table: Table
    left_out: dict[str, int]
    same: dict[str, str]
    kept_at: Path | None

    @property
    def arguments(self) -> dict[str, Any]:
        """The parts of the lens that were given."""
        return self.lens.stated()

    def kept(self, name: str, make: Callable[[], Columns]) -> Table:
        """Columns that follow from this graph alone: kept beside its fold where that is, else made by `make`."""
        return part(self.kept_at, name, lambda: ({name: Table(make())}, {}))[0][name]

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where the claims of each statement begin, and where the last ones end."""
        return self.offset_table["offset"]

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

    def id_of(self, at: int) -> str:
        """The id at a position, without those of all others."""
        return str(self.entity_table.coded("id")[at])

    def kind_of(self, at: int) -> str:
        """The kind at a position, without those of all others."""
        return str(self.entity_table.coded("kind")[at])

    def of_kind(self, *kinds: str) -> NDArray[np.bool_]:
        """Which entities are of one of `kinds`."""
        return self.entity_table.coded("kind").among(kinds)

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

    def rows_of(self, name: str, *, by_chance: bool = False) -> NDArray[np.int64]:
        """Rows of the affirmed statements of one property; with `by_chance` the least probable first."""
        table = self.statement_table
        rows = np.flatnonzero(table.coded("property").among({name}) & (table["affirmed"] > 0))
        return rows[np.argsort(table["probability"][rows], kind="stable")] if by_chance else rows

    def said(self, name: str, *, by_chance: bool = False) -> Iterator[tuple[int, str, int]]:
        """Subject, value and row of the affirmed statements of one property; see `rows_of`."""
        rows, table = self.rows_of(name, by_chance=by_chance), self.statement_table
        return zip(table["subject"][rows].tolist(), table.at("value", rows).tolist(), rows.tolist(), strict=True)

    def values(self, name: str) -> pd.DataFrame:
        """Affirmed statements of one property, with the subject's id as `id`."""
        stated = self.stated(name)
        return stated.frame.set_axis(stated["statement"]).assign(id=self.ids[stated["subject"]])

    def stated(self, name: str, *, by_chance: bool = False) -> Table:
        """Affirmed statements of one property, with their row as `statement`; see `rows_of`."""
        rows, table = self.rows_of(name, by_chance=by_chance), self.statement_table
        return Table({**{column: partial(table.taken, column, rows) for column in table.names}, "statement": rows})

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
        rule = word(rule, COUNTRY_RULES, "country rule", harmless=True)
        wanted = schema().placed_by(*schema().country_rules[rule])
        table, kind = self.statement_table, self.statement_table.coded("property")
        rows = self.tie_rows(schema().placing)
        source, target = table["subject"][rows].astype(np.int64), table["value_at"][rows].astype(np.int64)
        of_person = np.array([name in wanted for name in kind.distinct], dtype=bool)[kind.codes[rows]]
        is_country = self.of_kind("Country")
        fits = is_country[target] & (of_person | ~self.of_kind("Person")[source])
        itself = np.flatnonzero(is_country)
        return np.concatenate([source[fits], itself]), np.concatenate([target[fits], itself])

    def claim_ids(self, statement: int) -> tuple[str, ...]:
        """Ids of the claims behind a statement, in the order they were recorded."""
        start, end = self.offsets[statement], self.offsets[statement + 1]
        ids = reading.claim_ids(self.file, self.claim_table["num"][start:end].tolist())
        return tuple(ids[num] for num in sorted(ids))

    def row(self, subject: str, name: str, value: str) -> int:
        """Row of the statement with these very texts, or -1."""
        at = self.place(subject)
        if at is None:
            return -1
        start, end = np.searchsorted(self.statement_table["subject"], [at, at + 1]).tolist()
        said = (self.statement_table.at(part, slice(start, end)).tolist() for part in ("property", "value"))
        return next((row for row, parts in enumerate(zip(*said, strict=True), start) if parts == (name, value)), -1)

    def place(self, identity: str) -> int | None:
        """Position of the entity with this very id, if it is in view."""
        ids = self.entity_table.coded("id")
        at = bisect_left(range(len(ids)), identity, key=ids.__getitem__)  # few of many are looked at
        return at if at < len(ids) and ids[at] == identity else None
