"""The steps that a path through a graph may take."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.moments import by_event, moments
from isthmus.graph.fold.table import Table
from isthmus.graph.given import names, words
from isthmus.graph.record import reading
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import suggestion
from isthmus.queries.evidence.adjacency import Adjacency, adjacency
from isthmus.queries.evidence.timed import Timed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Steps:
    """One row a pair of entities that some tie joins.

    `rows` are the statements behind each pair, the most likely first; `chance` is that of the first: further ties
    of the same two often rest on the same report; `low` and `high` are what its grade allows for. `first` and `last` are the outer bounds of all as days.
    `ties` has a row each tie, those of a pair together.
    """

    n: int
    source: Ints
    target: Ints
    chance: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    first: Ints
    last: Ints
    rows: list[list[int]]
    left_out: dict[str, int]
    ties: Table

    def timed(self, graph: Graph) -> Timed:
        """The moments of all ties: a tie's own dates, else those of its event; a tie without either has all of time."""
        ties = self.ties
        when = moments(ties.coded("intervals"))
        source, target = ties["source"].astype(np.int64), ties["target"].astype(np.int64)
        event = np.where(graph.of_kind("Event")[target], target, source)
        event = np.where(ties["event_dated"], event, -1)
        pair = np.repeat(np.arange(len(self.rows)), [len(rows) for rows in self.rows])
        chance, low, high = (ties[name][when.of] for name in ("probability", "low", "high"))
        return Timed(
            source[when.of], target[when.of], pair[when.of], ties["statement"][when.of], chance, low,
            high, *when[1:], event=event[when.of],
        )  # fmt: skip

    @cached_property
    def graph(self) -> Adjacency:
        """The pairs as an adjacency."""
        return adjacency(self.n, self.source, self.target)


def steps(
    graph: Graph,
    ends: Sequence[int],
    *,
    through: Texts,
    avoid: Collection[int] = (),
    avoid_ties: Texts = (),
    avoid_sources: Texts = (),
) -> Steps:
    """Ties between what is in `ends` or of a kind in `through`, each pair once.

    Left out are what is avoided (entities by position, kinds of tie, sources and what derives from nothing else),
    co-presence, and ties that are no part in something (trials, acquittals, stops).

    Raises
    ------
    BadQuestion
        A kind or tie that is not declared, or a source that the case does not have.
    """
    through, avoid_ties = words(through, schema().kinds, "kind of entity"), words(avoid_ties, schema().ties, "tie")
    avoid_sources = _sources(graph, avoid_sources)
    ties = graph.tie_table
    left_out: dict[str, int] = {}
    walkable = ties.coded("kind").compact().of(_walkable, bool)
    source, target = ties["source"].astype(np.int64), ties["target"].astype(np.int64)
    allowed = np.isin(graph.kinds, list(through))
    allowed[list(ends)] = True
    inside = allowed[source] & allowed[target] & (source != target)
    left_out["ties of co-presence, trials, acquittals and stops"] = int((inside & ~walkable).sum())
    shunned = np.isin(source, list(avoid)) | np.isin(target, list(avoid)) | ties.coded("kind").among(avoid_ties)
    left_out["ties avoided"] = int((inside & walkable & shunned).sum())
    used = ties.take(inside & walkable & ~shunned)
    if avoid_sources:
        kept = _without(graph, used, avoid_sources)
        left_out["ties that rest on avoided sources alone"] = len(used) - len(kept)
        used = kept
    return _paired(len(graph.ids), used, {reason: count for reason, count in left_out.items() if count})


def _walkable(kind: str) -> bool:
    declared = schema().ties[kind]
    basis = declared.basis or declared.joins
    return basis not in schema().co_presence if basis else declared.cross != "none"


def _sources(graph: Graph, given: Texts) -> tuple[str, ...]:
    """Ids of sources, each of which the case has."""
    known = reading.languages(graph.file).keys()
    for name in (found := names(given)):
        if name not in known:
            raise BadQuestion(f"{name!r} is no source of this case; {suggestion(name, known)}")
    return found


def _without(graph: Graph, ties: Table, avoided: Sequence[str]) -> Table:
    """The ties with evidence from other sources alone; those that have none go."""
    from isthmus.graph.fold.columns import evidence
    from isthmus.graph.fold.origins import origins_of

    origins = origins_of(graph.file)
    every = graph.claim_table
    out = {name for name in every.coded("source").used() if name in avoided or origins.roots(name)[0] <= {*avoided}}
    claims = every.take(~every.coded("source").among(out) & np.isin(every["statement"], ties["statement"]))
    row = claims["statement"]
    columns: Columns = {name: claims.coded(name) for name in ("valid", "polarity", "grade", "source")}
    columns["statement"] = row
    starts = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1]])) if len(row) else np.zeros(0, np.int64)
    rest = evidence(columns, np.append(starts, len(row)).astype(np.int64), origins)
    kept = ties.take(np.searchsorted(ties["statement"], row[starts]))  # rows of ties are in the order of statements
    ends = {"subject": kept["source"], "value_at": kept["target"], "property": kept.coded("kind")}
    dated = by_event({**ends, **rest._asdict()}, graph.event_dates)
    same = {name: kept[name] for name in ("source", "target", "statement")}
    return Table({**same, **{name: column for name, column in dated.items() if name not in ends}}).take(
        dated["affirmed"] > 0
    )


def _paired(n: int, ties: Table, left_out: dict[str, int]) -> Steps:
    source, target = ties["source"].astype(np.int64), ties["target"].astype(np.int64)
    low, high = np.minimum(source, target), np.maximum(source, target)
    chance = ties["probability"]
    order = np.lexsort((ties["statement"], -chance, high, low))
    low, high, chance = low[order], high[order], chance[order]
    starts = np.flatnonzero(np.concatenate([[True], (low[1:] != low[:-1]) | (high[1:] != high[:-1])])) if len(low) else (
        np.zeros(0, np.int64))  # fmt: skip
    bounds = np.append(starts, len(low))
    statements = ties["statement"][order].tolist()
    first, last = ties["first_day"][order], ties["last_day"][order]
    return Steps(
        n, low[starts], high[starts], chance[starts], ties["low"][order][starts],
        ties["high"][order][starts],
        np.minimum.reduceat(first, starts) if len(starts) else first,
        np.maximum.reduceat(last, starts) if len(starts) else last,
        [statements[a:b] for a, b in itertools.pairwise(bounds)], left_out, ties.take(order),
    )  # fmt: skip
