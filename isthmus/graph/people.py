"""The projection on people: who is tied to whom, and on what bases.

A basis through a group of k people weighs 1/(k - 1) (Newman 2001, Phys. Rev. E 64, 016132). Organisations,
networks and systems are never a basis.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.fold.columns import take
from isthmus.graph.fold.moments import moments
from isthmus.graph.fold.table import objects
from isthmus.graph.given import words
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.fold.table import Table
    from isthmus.graph.given import Texts

LARGEST_GROUP = 500
"""Groups of more people than this are no basis: their pairs would weigh under 0.002 each."""
NEVER_TOGETHER = "pairs who shared a cell, an object or a place, but certainly never at one time"


@dataclass(frozen=True)
class People:
    """People by position, and one row a tied pair (`source` < `target`, indices into `positions`).

    `basis_weight` has a column for each of `schema().bases`; `weight` is its sum. `first` and `last` are ordinal
    days, `probability` that of the best evidenced basis. `certain` is false where all that a pair rests on is something
    shared that they may have shared at different times. `left_out` counts groups that were too large, and pairs whose
    stays, memberships or uses certainly did not overlap.
    """

    graph: Folded
    positions: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    basis_weight: NDArray[np.float64]
    probability: NDArray[np.float64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    directed: NDArray[np.bool_]
    certain: NDArray[np.bool_]
    offsets: NDArray[np.int64]
    behind: NDArray[np.int64]  # statement rows behind the pairs, two columns; -1 where a direct tie has only one
    left_out: dict[str, int]

    @classmethod
    def of(cls, graph: Folded, kept: Table) -> People:
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

    def statements_of(self, pairs: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Rows of the statements behind several pairs, given as a mask, each once and in order."""
        rows = self.behind[np.repeat(pairs, np.diff(self.offsets))]
        return np.unique(rows[rows >= 0])

    def claim_ids(self, pair: int) -> tuple[str, ...]:
        """Ids of the claims behind a pair."""
        return tuple(identity for row in self.statements(pair) for identity in self.graph.claim_ids(row))


def project(graph: Folded, bases: Texts | None = None) -> People:
    """See `Graph.people`.

    Raises
    ------
    BadQuestion
        A basis that is not declared.
    """
    if bases is None:
        return People.of(graph, graph.kept("people", lambda: _projected(graph, set(schema().bases)).columns()))
    return _projected(graph, set(words(bases, schema().bases, "basis")))


def _projected(graph: Folded, wanted: set[str]) -> People:
    positions = np.flatnonzero(graph.of_kind("Person")).astype(np.int64)
    left_out: dict[str, int] = {}
    parts = [_direct(graph, wanted), *_groups(graph, wanted, left_out)]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return _pairs(graph, positions, found, left_out) if len(found["a"]) else _none(graph, positions, left_out)


def _direct(graph: Folded, wanted: set[str]) -> Columns:
    """Ties between two people, each a basis by itself."""
    number = _numbers("basis", wanted)
    rows = graph.tie_rows(number)
    table, person = graph.statement_table, graph.of_kind("Person")
    a, b = table["subject"][rows].astype(np.int64), table["value_at"][rows].astype(np.int64)
    keep = person[a] & person[b] & (a != b)
    rows, a, b = rows[keep], a[keep], b[keep]
    kind = table.coded("property").take(rows)
    one_way = {name for name in schema().ties if not schema().symmetric(name)}
    return {
        "a": a, "b": b, "basis": kind.of(lambda name: number.get(name, -1), np.int64), "weight": np.ones(len(rows)),
        "grouped": np.zeros(len(rows), dtype=bool), "probability": table["probability"][rows],
        "first": table["first_day"][rows], "last": table["last_day"][rows], "directed": kind.among(one_way),
        "certain": np.ones(len(rows), dtype=bool),
        "left": rows, "right": np.full(len(rows), -1),
    }  # fmt: skip


def _numbers(what: str, wanted: set[str]) -> dict[str, int]:
    """Kinds of tie that are (`basis`) or make (`joins`) one of the wanted bases, with its number."""
    bases = {kind: getattr(declared, what) for kind, declared in schema().ties.items()}
    return {kind: schema().bases.index(basis) for kind, basis in bases.items() if basis in wanted}


def _groups(graph: Folded, wanted: set[str], left_out: dict[str, int]) -> list[Columns]:
    """People who share something at one time, two and two; groups of one size at a time."""
    stays = _stays(graph, _numbers("joins", wanted))
    new = _changes(stays["basis"], stays["thing"])
    starts = np.flatnonzero(new)
    people = (
        np.add.reduceat(_changes(np.cumsum(new), stays["person"]).astype(np.int64), starts) if len(starts) else starts
    )
    sizes = np.diff(np.append(starts, len(new)))
    if (people > LARGEST_GROUP).any():
        left_out[f"groups of more than {LARGEST_GROUP} people"] = int((people > LARGEST_GROUP).sum())
    found, apart = [], 0
    for size, once in sorted({*zip(sizes.tolist(), (sizes == people).tolist(), strict=True)}):
        chosen = (sizes == size) & ((sizes == people) == once) & (people > 1) & (people <= LARGEST_GROUP)
        if chosen.any():
            made, never = _members(stays, starts[chosen], size, people[chosen], once=once)
            found.append(made)
            apart += never
    if apart:
        left_out[NEVER_TOGETHER] = apart
    return found


def _stays(graph: Folded, number: dict[str, int]) -> Columns:
    """One entry for each time that a person was in, at or with something, in the order of the things and people."""
    rows = graph.tie_rows(number)
    table = graph.statement_table
    source, target = table["subject"][rows], table["value_at"][rows]
    rows = rows[graph.of_kind("Person")[source] & ~graph.of_kind(*schema().never_a_basis_through)[target]]
    basis = table.coded("property").take(rows).of(lambda name: number.get(name, -1), np.int64)
    when = moments(table.coded("intervals").take(rows))
    row = rows[when.of]
    stays: Columns = {
        "row": row, "basis": basis[when.of], "thing": table["value_at"][row], "person": table["subject"][row],
        "chance": table["probability"][row], "event": graph.of_kind("Event")[table["value_at"][row]],
        "undated": when.undated, **when._asdict(),
    }  # fmt: skip
    return take(stays, np.lexsort((row, stays["person"], stays["thing"], stays["basis"])))


def _changes(*keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which entries differ from the one before in any of the keys."""
    found = np.ones(len(keys[0]), dtype=bool)
    if len(found):
        found[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return found


def _members(
    stays: Columns, starts: NDArray[np.int64], size: int, people: NDArray[np.int64], *, once: bool
) -> tuple[Columns, int]:
    """Pairs of the groups of one size, which begin at `starts`; and how many pairs were never there together.

    Two stays, memberships or uses that certainly do not overlap make no pair, and the overlap of others dates it; an
    event is itself the time together. `once`: each person of these groups has one stay.
    """
    one, other = np.triu_indices(size, 1)
    at, beside = (starts[:, None] + one).ravel(), (starts[:, None] + other).ravel()
    weight = np.repeat(1.0 / (people - 1), len(one))
    if not once:
        two = stays["person"][at] != stays["person"][beside]
        at, beside, weight = at[two], beside[two], weight[two]
    begin, end = _both(stays, at, beside, np.maximum, "start_lo"), _both(stays, at, beside, np.minimum, "end_hi")
    apart, event = begin > end, stays["event"][at]
    if apart.any():  # only an event's pairs stay
        begin, end = (
            np.where(apart, _both(stays, at, beside, np.minimum, "start_lo"), begin),
            np.where(apart, _both(stays, at, beside, np.maximum, "end_hi"), end),
        )
    made = {
        "a": stays["person"][at].astype(np.int64), "b": stays["person"][beside].astype(np.int64),
        "basis": stays["basis"][at], "weight": weight, "grouped": np.ones(len(at), dtype=bool),
        "probability": stays["chance"][at] * stays["chance"][beside], "first": begin, "last": end,
        "directed": np.zeros(len(at), dtype=bool), "certain": _certain(stays, at, beside),
        "left": stays["row"][at], "right": stays["row"][beside],
    }  # fmt: skip
    together = event | ~apart
    if once:
        return (made if together.all() else take(made, together)), int((~together).sum())
    return _counted_once(made, stays["thing"][at], together)


def _both(
    stays: Columns, at: NDArray[np.int64], beside: NDArray[np.int64], choose: np.ufunc, name: str
) -> NDArray[np.int64]:
    found: NDArray[np.int64] = choose(stays[name][at], stays[name][beside])
    return found


def _certain(stays: Columns, at: NDArray[np.int64], beside: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which two were there together for certain; also where neither date says anything, and nothing is doubted."""
    plain = stays["event"] | stays["undated"]
    if plain.all():
        return np.ones(len(at), dtype=bool)
    sure = _both(stays, at, beside, np.maximum, "start_hi") <= _both(stays, at, beside, np.minimum, "end_lo")
    doubted = stays["uncertain"] & ~stays["undated"]
    found: NDArray[np.bool_] = (plain[at] & plain[beside]) | (sure & ~doubted[at] & ~doubted[beside])
    return found


def _counted_once(made: Columns, thing: NDArray[np.int64], together: NDArray[np.bool_]) -> tuple[Columns, int]:
    """The pairs that were together, each with its weight once, however often they were; how many never were."""
    keys = np.stack([made["basis"], thing, made["a"], made["b"]])
    distinct, pair = np.unique(keys, axis=1, return_inverse=True)
    _, first = np.unique(pair.reshape(-1)[together], return_index=True)
    kept = take(made, together)
    repeat = np.ones(len(kept["weight"]), dtype=bool)
    repeat[first] = False
    kept["weight"] = np.where(repeat, 0.0, kept["weight"])
    return kept, distinct.shape[1] - len(first)


def _pairs(graph: Folded, positions: NDArray[np.int64], found: Columns, left_out: dict[str, int]) -> People:
    at = np.full(len(graph.ids), -1, dtype=np.int64)
    at[positions] = np.arange(len(positions))
    a, b = at[found["a"]], at[found["b"]]
    key = np.minimum(a, b) * len(positions) + np.maximum(a, b)
    order = np.lexsort((found["right"], found["left"], key))
    found, key = take(found, order), key[order]
    new = np.append(True, key[1:] != key[:-1])
    starts, pair = np.flatnonzero(new), np.cumsum(new) - 1
    low, high = np.divmod(key[starts], len(positions))
    return People(
        graph, positions, low, high, _weights(found, pair, len(starts)),
        np.maximum.reduceat(found["probability"], starts), np.minimum.reduceat(found["first"], starts),
        np.maximum.reduceat(found["last"], starts), np.logical_or.reduceat(found["directed"], starts),
        np.logical_or.reduceat(found["certain"], starts),
        np.append(starts, len(key)).astype(np.int64), np.stack([found["left"], found["right"]], axis=1), left_out,
    )  # fmt: skip


def _weights(found: Columns, pair: NDArray[np.int64], pairs: int) -> NDArray[np.float64]:
    """A pair's tie stated outright and the shared event that it repeats count once: the larger of the two."""
    shape = (pairs, len(schema().bases))
    grouped, outright = np.zeros(shape), np.zeros(shape)
    through, basis, weight = found["grouped"], found["basis"], found["weight"]
    np.add.at(grouped, (pair[through], basis[through]), weight[through])
    np.maximum.at(outright, (pair[~through], basis[~through]), weight[~through])
    return np.maximum(grouped, outright)


def _none(graph: Folded, positions: NDArray[np.int64], left_out: dict[str, int]) -> People:
    whole, real = np.zeros(0, dtype=np.int64), np.zeros(0)
    return People(
        graph, positions, whole, whole, np.zeros((0, len(schema().bases))), real, whole, whole,
        np.zeros(0, dtype=bool), np.zeros(0, dtype=bool), np.zeros(1, dtype=np.int64), np.zeros((0, 2), dtype=np.int64),
        left_out,
    )  # fmt: skip
