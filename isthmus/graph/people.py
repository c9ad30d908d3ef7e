"""The projection on people: who is tied to whom, and on what bases.

A basis through a group of k people weighs 1/(k - 1) (Newman 2001, Phys. Rev. E 64, 016132). Organisations,
networks and systems are never a basis.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from isthmus.graph.errors import BadQuestion
from isthmus.graph.schema import nearest, schema
from isthmus.graph.table import objects

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.columns import Columns
    from isthmus.graph.graph import Graph
    from isthmus.graph.table import Table

LARGEST_GROUP = 500
"""Groups of more people than this are no basis: their pairs would weigh under 0.002 each."""


@dataclass(frozen=True)
class People:
    """People by position, and one row a tied pair (`source` < `target`, indices into `positions`).

    `basis_weight` has a column for each of `schema().bases`; `weight` is its sum. `first` and `last` are ordinal
    days, `probability` that of the best evidenced basis. `left_out` counts groups that were too large.
    """

    graph: Graph
    positions: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    basis_weight: NDArray[np.float64]
    probability: NDArray[np.float64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    directed: NDArray[np.bool_]
    offsets: NDArray[np.int64]
    behind: NDArray[np.int64]  # statement rows behind the pairs, two columns; -1 where a direct tie has only one
    left_out: dict[str, int]

    @classmethod
    def of(cls, graph: Graph, kept: Table) -> People:
        """From what `columns` gave."""
        arrays = {field.name: kept[field.name] for field in fields(cls) if field.name not in ("graph", "left_out")}
        left_out = zip(kept["reasons"].tolist(), kept["counts"].tolist(), strict=True)
        return cls(graph, **arrays, left_out=dict(left_out))

    def columns(self) -> Columns:
        """The same as arrays by name, for keeping."""
        arrays = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name not in ("graph", "left_out")
        }
        reasons, counts = (
            objects(self.left_out),
            np.array([*self.left_out.values()], dtype=np.int64),
        )
        return {**arrays, "reasons": reasons, "counts": counts}

    @cached_property
    def weight(self) -> NDArray[np.float64]:
        """Sum of the bases' weights."""
        total: NDArray[np.float64] = self.basis_weight.sum(axis=1)
        return total

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the people."""
        return [str(identity) for identity in self.graph.ids[self.positions]]

    def bases(self, pair: int) -> tuple[str, ...]:
        """Names of the bases of a pair."""
        return tuple(name for name, weight in zip(schema().bases, self.basis_weight[pair], strict=True) if weight)

    def statements(self, pair: int) -> list[int]:
        """Rows of the statements behind a pair."""
        rows = self.behind[self.offsets[pair] : self.offsets[pair + 1]].ravel()
        return sorted({int(row) for row in rows if row >= 0})

    def claim_ids(self, pair: int) -> tuple[str, ...]:
        """Ids of the claims behind a pair."""
        return tuple(identity for row in self.statements(pair) for identity in self.graph.claim_ids(row))


def project(graph: Graph, bases: tuple[str, ...] | None = None) -> People:
    """See `Graph.people`.

    Raises
    ------
    BadQuestion
        A basis that is not declared.
    """
    for name in bases or ():
        if name not in schema().bases:
            raise BadQuestion(f"{name!r} is no basis; did you mean {nearest(name, schema().bases)!r}?")
    if bases is None:
        return People.of(graph, graph.kept("people", lambda: _projected(graph, set(schema().bases)).columns()))
    return _projected(graph, set(bases))


def _projected(graph: Graph, wanted: set[str]) -> People:
    positions = np.flatnonzero(graph.of_kind("Person")).astype(np.int64)
    left_out: dict[str, int] = {}
    parts = [_direct(graph, wanted), *_groups(graph, wanted, left_out)]
    parts = [part for part in parts if len(part)]
    if not parts:
        return _none(graph, positions)
    return _pairs(graph, positions, pd.concat(parts, ignore_index=True), left_out)


def _direct(graph: Graph, wanted: set[str]) -> pd.DataFrame:
    ties, kinds = graph.ties, graph.kinds
    basis = ties["kind"].map({kind: declared.get("basis") for kind, declared in schema().ties.items()})
    person = kinds == "Person"
    keep = basis.isin(wanted) & person[ties["source"]] & person[ties["target"]] & (ties["source"] != ties["target"])
    rows = ties[keep]
    one_way = rows["kind"].map({kind: not declared.get("symmetric") for kind, declared in schema().ties.items()})
    return pd.DataFrame(
        {
            "a": rows["source"], "b": rows["target"], "basis": basis[keep], "weight": 1.0, "grouped": False,
            "probability": rows["probability"], "first": rows["first_day"], "last": rows["last_day"],
            "directed": one_way.astype(bool), "left": rows["statement"], "right": -1,
        }
    )  # fmt: skip


def _groups(graph: Graph, wanted: set[str], left_out: dict[str, int]) -> list[pd.DataFrame]:
    ties, kinds = graph.ties, graph.kinds
    basis = ties["kind"].map({kind: declared.get("joins") for kind, declared in schema().ties.items()})
    through = ~pd.Series(kinds[ties["target"]]).isin(schema().never_a_basis_through).to_numpy()
    keep = basis.isin(wanted) & through & (kinds[ties["source"]] == "Person")
    rows = ties[keep].assign(basis=basis[keep])
    rows = rows.sort_values(["basis", "target", "source", "probability"], ascending=[True, True, True, False])
    rows = rows.drop_duplicates(["basis", "target", "source"])
    found = []
    for (name, _), group in rows.groupby(["basis", "target"], sort=True):
        size = len(group)
        if size > LARGEST_GROUP:
            left_out[f"groups of more than {LARGEST_GROUP} people"] = left_out.get(
                f"groups of more than {LARGEST_GROUP} people", 0) + 1  # fmt: skip
        elif size > 1:
            found.append(_members(str(name), group))
    return found


def _members(basis: str, group: pd.DataFrame) -> pd.DataFrame:
    left, right = np.triu_indices(len(group), 1)
    person, row = group["source"].to_numpy(), group["statement"].to_numpy()
    chance, first, last = (group[name].to_numpy() for name in ("probability", "first_day", "last_day"))
    begin, end = np.maximum(first[left], first[right]), np.minimum(last[left], last[right])
    return pd.DataFrame(
        {
            "a": person[left], "b": person[right], "basis": basis, "weight": 1.0 / (len(group) - 1), "grouped": True,
            "probability": chance[left] * chance[right], "first": np.minimum(begin, end),
            "last": np.maximum(begin, end), "directed": False, "left": row[left], "right": row[right],
        }
    )  # fmt: skip


def _pairs(graph: Graph, positions: NDArray[np.int64], found: pd.DataFrame, left_out: dict[str, int]) -> People:
    at = np.full(len(graph.ids), -1, dtype=np.int64)
    at[positions] = np.arange(len(positions))
    a, b = at[found["a"].to_numpy(dtype=np.int64)], at[found["b"].to_numpy(dtype=np.int64)]
    found = found.assign(low=np.minimum(a, b), high=np.maximum(a, b))
    found = found.sort_values(["low", "high", "left", "right"], kind="stable").reset_index(drop=True)
    key = found["low"].to_numpy() * len(positions) + found["high"].to_numpy()
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    pair = np.cumsum(np.concatenate([[False], key[1:] != key[:-1]]))
    return People(
        graph, positions, found["low"].to_numpy()[starts], found["high"].to_numpy()[starts],
        _weights(found.assign(pair=pair), len(starts)),
        np.maximum.reduceat(found["probability"].to_numpy(), starts),
        np.minimum.reduceat(found["first"].to_numpy(), starts),
        np.maximum.reduceat(found["last"].to_numpy(), starts),
        np.logical_or.reduceat(found["directed"].to_numpy(dtype=bool), starts),
        np.append(starts, len(found)).astype(np.int64),
        found[["left", "right"]].to_numpy(dtype=np.int64), left_out,
    )  # fmt: skip


def _weights(found: pd.DataFrame, pairs: int) -> NDArray[np.float64]:
    """A pair's tie stated outright and the shared event that it repeats count once: the larger of the two."""
    column = found["basis"].map({name: at for at, name in enumerate(schema().bases)}).to_numpy(dtype=np.int64)
    shape = (pairs, len(schema().bases))
    grouped, outright = np.zeros(shape), np.zeros(shape)
    through = found["grouped"].to_numpy(dtype=bool)
    pair, weight = found["pair"].to_numpy(), found["weight"].to_numpy()
    np.add.at(grouped, (pair[through], column[through]), weight[through])
    np.maximum.at(outright, (pair[~through], column[~through]), weight[~through])
    return np.maximum(grouped, outright)


def _none(graph: Graph, positions: NDArray[np.int64]) -> People:
    whole, real = np.zeros(0, dtype=np.int64), np.zeros(0)
    return People(
        graph, positions, whole, whole, np.zeros((0, len(schema().bases))), real, whole, whole,
        np.zeros(0, dtype=bool), np.zeros(1, dtype=np.int64), np.zeros((0, 2), dtype=np.int64), {},
    )  # fmt: skip
