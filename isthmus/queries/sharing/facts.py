"""What there is to hold: the statements of a graph, told apart from what only names things."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY, parse
from isthmus.graph.errors import BadDate
from isthmus.graph.fold.holdings import claimed
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph
    from isthmus.graph.people import People

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Facts:
    """One entry a fact, in ordinal days: `first` is the earliest at which it may have begun (that of the event where
    the fact is undated), `last` the latest; `begun` the day by which it certainly had, the end of time where nobody
    says. What a person is by birth or kin is timeless.

    `row` is the fact's row in `graph.statements`, -1 for what was declared held and no claim says.
    """

    graph: Graph
    subject: Ints
    prop: Texts
    value: Texts
    target: Ints
    first: Ints
    last: Ints
    begun: Ints
    row: Ints
    unknown_subjects: int = 0

    @classmethod
    def of(cls, graph: Graph) -> Facts:
        """The affirmed facts of a graph, and those that only a holding tells of."""
        rows = graph.statement_table
        prop, subject = rows["property"], rows["subject"].astype(np.int64)
        keep = (rows["affirmed"] > 0) & ~rows.coded("property").among(schema().those(lambda word: not word.held))
        keep &= graph.of_kind(*schema().kind_sets.holdable)[subject]
        kept = np.flatnonzero(keep)
        spare, unknown = _unclaimed(graph)
        target = rows["value_at"].astype(np.int64)[kept]
        first, last, begun = _days(graph, kept, target)
        values = rows.at("value", kept)
        none = np.full(len(spare), -1, dtype=np.int64)
        return cls(
            graph,
            np.append(subject[kept], np.array([graph.index(s) for s, _, _ in spare], dtype=np.int64)),
            np.append(prop[kept], np.array([p for _, p, _ in spare], dtype=object)),
            np.append(values, np.array([v for _, _, v in spare], dtype=object)),
            np.append(target, none), np.append(first, np.full(len(spare), MIN_DAY)),
            np.append(last, np.full(len(spare), MAX_DAY)), np.append(begun, np.full(len(spare), MAX_DAY)),
            np.append(kept, none), unknown,
        )  # fmt: skip

    def __len__(self) -> int:
        """Number of facts."""
        return len(self.subject)

    @cached_property
    def kinds(self) -> Texts:
        """Kind of each entity."""
        return self.graph.kinds

    @cached_property
    def words(self) -> NDArray[np.str_]:
        """Properties as an array that numpy compares at once."""
        return self.prop.astype(str)

    @cached_property
    def shown(self) -> dict[str, tuple[list[tuple[str, int, str]], Ints]]:
        """Items by value, as `values.items` finds them."""
        return {}

    @cached_property
    def places(self) -> list[frozenset[str]]:
        """Countries of each entity, a person's by citizenship."""
        return self.graph.countries()

    @cached_property
    def people(self) -> People:
        """The projection on people."""
        return self.graph.people()

    @cached_property
    def days(self) -> tuple[Ints, Ints]:
        """First and last day of each event."""
        return event_days(self.graph)

    @cached_property
    def of_statement(self) -> Ints:
        """Fact of each row of `graph.statements`, -1 for what is no fact."""
        found = np.full(len(self.graph.statement_table), -1, dtype=np.int64)
        claimed = np.flatnonzero(self.row >= 0)
        found[self.row[claimed]] = claimed
        return found

    @cached_property
    def about(self) -> tuple[Ints, Ints]:
        """(fact, position of a person in it), as subject or as the other end, ordered by fact."""
        person = self.kinds == "Person"
        left = np.flatnonzero(person[self.subject])
        right = np.flatnonzero((self.target >= 0) & person[self.target])
        fact, who = np.append(left, right), np.append(self.subject[left], self.target[right])
        order = np.lexsort((who, fact))
        return fact[order], who[order]

    @cached_property
    def keys(self) -> dict[tuple[str, str, str], int]:
        """Fact by (subject id, property, value)."""
        names = self.graph.ids[self.subject]
        return {key: at for at, key in enumerate(zip(names, self.prop, self.value, strict=True))}

    def people_in(self, facts: Ints) -> int:
        """How many people some facts are about."""
        fact, who = self.about
        return len(np.unique(who[np.isin(fact, facts)]))

    def any_person(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Per fact and column: whether someone in the fact has the mark. `mask` is entities × columns."""
        fact, who = self.about
        found = np.zeros((len(self), mask.shape[1]), dtype=bool)
        np.logical_or.at(found, fact, mask[who])
        return found


def _days(graph: Graph, kept: Ints, target: Ints) -> tuple[Ints, Ints, Ints]:
    """`first`, `last` and `begun` of some statements."""
    rows = graph.statement_table.take(kept)
    words = rows["property"].astype(str)
    first, last = rows["first_day"], rows["last_day"]
    undated = ((first == MIN_DAY) & (last == MAX_DAY)) | rows["event_dated"]
    certain = [min(parse(text).start_hi for text in texts.split(";")) for texts in rows["intervals"]]
    begun = np.where(undated, MAX_DAY, np.array(certain, dtype=np.int64))
    began, ended = event_days(graph)
    own = np.isin(words, sorted(schema().of_event))
    event = np.where(own, rows["subject"].astype(np.int64), target)
    dated = (event >= 0) & (began[event] > MIN_DAY)
    bare = dated & (undated | own)
    first, last = np.where(bare, began[event], first), np.where(bare, ended[event], last)
    begun = np.where(bare, ended[event], np.where(dated, np.maximum(begun, began[event]), begun))
    return first, last, np.where(np.isin(words, sorted(schema().ageless)), MIN_DAY, begun)


def event_days(graph: Graph) -> tuple[Ints, Ints]:
    """First and last day of each event, open for undated ones and for what is no event."""
    first = np.full(len(graph.ids), MIN_DAY, dtype=np.int64)
    last = np.full(len(graph.ids), MAX_DAY, dtype=np.int64)
    for at, text, _ in graph.said("date"):
        try:
            span = parse(text)
        except BadDate:
            continue
        first[at], last[at] = span.first, span.last
    return first, last


def _unclaimed(graph: Graph) -> tuple[list[tuple[str, str, str]], int]:
    """Held things that no claim ever said, and how many of those are on something the case does not know.

    What a claim says that was filtered, corrected or taken back is no fact because someone held it.
    """
    holdings = graph.holding_table
    spare = np.flatnonzero((holdings["statement"] < 0) & (holdings["state"] == "held"))
    if not len(spare):
        return [], 0
    held = zip(*(holdings.at(name, spare).tolist() for name in ("subject", "property", "value")), strict=True)
    keys = sorted(set(held) - claimed(graph.file, graph.lens, graph.same))
    known = set(graph.ids.tolist())
    found = [key for key in keys if key[0] in known]
    return found, len(keys) - len(found)
