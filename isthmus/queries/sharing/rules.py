"""Who holds what: what is declared, and a named rule where nothing is.

declared      nothing is added
territory     the country of an event holds what is said of the event and of those in it, from its end
arresting     the state that arrests or tries someone holds, from that day, what is said of that person and had begun
each-side     each side's country holds a fact across a border with chance q; what lies within one country, surely
nationality   the state of nationality of everyone in a fact holds it: an upper bound, never a headline

A declared "not held" by a country is stronger than a rule: what the state that arrests learns by an arrest, it learns
no earlier than it holds the arrest itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.table import Table
from isthmus.graph.given import word, words
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from isthmus.graph.given import Texts
    from isthmus.queries.sharing.facts import Facts

    Bools = NDArray[np.bool_]
    Row = tuple[int, str, int]  # fact, country, since
    Holder = tuple[int, str]  # fact, country

Rule = Literal["arresting", "territory", "each-side", "declared", "nationality"]
RULES: tuple[Rule, ...] = get_args(Rule)
UPPER_BOUND = "nationality"


@dataclass(frozen=True)
class Ledger:
    """Facts and their holders. `rows` has one row a holding; `since` is the day from which it certainly held, the
    end of time where that is not stated. `refused` is the last day on which a country declaredly did not hold a fact.
    """

    facts: Facts
    rule: Rule
    rows: Table
    refused: dict[Holder, int]

    def since(self, parties: tuple[str, ...]) -> NDArray[np.int64]:
        """Facts × parties: first day of holding; `MAX_DAY` for a day not stated, `MAX_DAY` + 1 for never."""
        first = np.full((len(self.facts), len(parties)), MAX_DAY + 1, dtype=np.int64)
        column = {party: at for at, party in enumerate(parties)}
        at = self.rows.coded("country").of(lambda country: column.get(country, -1), np.int64)
        asked = at >= 0
        np.minimum.at(first, (self.rows["fact"][asked], at[asked]), self.rows["since"][asked])
        return first

    def held(self, parties: tuple[str, ...], day: int | None) -> Bools:
        """Facts × parties: held by `day`, or ever where no day is given (undated holdings then count)."""
        return np.asarray(self.since(parties) <= (MAX_DAY if day is None else min(day, MAX_DAY - 1)), dtype=bool)

    def countries(self) -> list[str]:
        """Countries that hold something."""
        return sorted(set(self.rows["country"]))

    @property
    def declared(self) -> Table:
        """The rows that no rule gave."""
        return self.rows.take(self.rows.coded("rule").among({"declared"}))

    def silent(self) -> Bools:
        """Facts of which neither a declaration nor the rule says anything."""
        quiet = np.ones(len(self.facts), dtype=bool)
        quiet[self.rows["fact"]] = False
        quiet[[fact for fact, _ in self.refused]] = False
        return quiet


def ledger(facts: Facts, rule: Rule = "arresting", *, q: float = 0.5, seed: int = 1) -> Ledger:
    """Holdings of `facts`: declared ones, and those that `rule` gives. `q` and `seed` serve each-side only.

    Raises
    ------
    BadQuestion
        No such rule, or a chance outside 0..1.
    """
    rule = word(rule, RULES, "rule of holding", harmless=True)
    if not 0 <= q <= 1:
        raise BadQuestion(f"q is a chance from 0 to 1, not {q}")
    declared, refused = _declared(facts)
    given = _arresting(facts, refused) if rule == "arresting" else _RULES[rule](facts, q, seed)
    by_rule = _without_refused(given, refused)
    added = {"rule": rule, "how": "by rule", "used": "unknown", "body": "", "from_country": "", "record": ""}
    columns = {
        name: np.concatenate([declared[name], np.full(len(by_rule), word, object)]) for name, word in added.items()
    }
    for at, name in enumerate(("fact", "country", "since")):
        kind = declared[name].dtype
        columns[name] = np.concatenate([declared[name], np.array([row[at] for row in by_rule], dtype=kind)])
    return Ledger(facts, rule, Table(columns), refused)


def _declared(facts: Facts) -> tuple[Table, dict[Holder, int]]:
    """What is declared held, by fact and day; and until when a whole country is declared not to hold a fact."""
    told = facts.graph.holding_table
    keys = zip(*(told[name].tolist() for name in ("subject", "property", "value")), strict=True)
    of = np.array([facts.keys.get(key, -1) for key in keys], dtype=np.int64)
    none = np.flatnonzero((of >= 0) & (told["state"] == "not held") & (told["body"] == ""))
    refused: dict[Holder, int] = {}
    for fact, country, end in zip(
        of[none].tolist(), *(told[name][none].tolist() for name in ("country", "end")), strict=True
    ):
        refused[fact, country] = max(end, refused.get((fact, country), end))
    held = np.flatnonzero((of >= 0) & (told["state"] == "held"))
    held = held[np.argsort(told["start"][held], kind="stable")]
    seen: dict[tuple[Any, ...], int] = {}
    parts = ("country", "body", "how", "from_country", "start")
    for at, *part in zip(held.tolist(), of[held].tolist(), *(told[name][held].tolist() for name in parts), strict=True):
        seen.setdefault(tuple(part), at)
    once = np.array(list(seen.values()), dtype=np.int64)
    rows = once[np.lexsort((told["start"][once], of[once]))]
    texts = {name: told[name][rows] for name in ("country", "body", "how", "from_country", "used", "record")}
    declared = np.full(len(rows), "declared", dtype=object)
    return Table({**texts, "fact": of[rows], "since": told["start"][rows], "rule": declared}), refused


def _without_refused(given: Iterable[Row], refused: dict[Holder, int]) -> list[Row]:
    """What a rule gives, the earliest of each fact and country, in the order of days.

    It starts the day after a declared ignorance ends; never, if that does not end.
    """
    first: dict[Holder, int] = {}
    for fact, country, since in sorted(given, key=itemgetter(2)):
        first.setdefault((fact, country), since)
    return [
        (*holder, max(since, refused.get(holder, MIN_DAY - 1) + 1))
        for holder, since in first.items()
        if refused.get(holder, MIN_DAY) < MAX_DAY
    ]


def _none(_facts: Facts, _q: float, _seed: int) -> Iterator[Row]:
    return iter(())


def _territory(facts: Facts, _q: float, _seed: int) -> Iterator[Row]:
    _, ended = facts.days
    places, is_event = facts.places, facts.kinds == "Event"
    for fact, (subject, target) in enumerate(zip(facts.subject, facts.target, strict=True)):
        for at in (subject, target):
            if at >= 0 and is_event[at]:
                yield from ((fact, country, int(ended[at])) for country in sorted(places[at]))


def custody(facts: Facts) -> Iterator[tuple[int, str, int]]:
    """(fact of an arrest or trial, country, last possible day)."""
    (_, ended), places = facts.days, facts.places
    for fact in np.flatnonzero(
        np.isin(facts.words, sorted(schema().ties_that(lambda tie: tie.custody))) & (facts.target >= 0)
    ).tolist():
        event = int(facts.target[fact])
        day = int(ended[event]) if ended[event] < MAX_DAY else int(facts.last[fact])
        yield from ((fact, country, day) for country in sorted(places[event]))


def _arresting(facts: Facts, refused: dict[Holder, int]) -> Iterator[Row]:
    of_person: dict[int, list[int]] = {}
    for fact, person in zip(*(column.tolist() for column in facts.about), strict=True):
        of_person.setdefault(person, []).append(fact)
    own: dict[int, list[int]] = {}
    for fact in np.flatnonzero(np.isin(facts.words, sorted(schema().of_event))).tolist():
        own.setdefault(int(facts.subject[fact]), []).append(fact)
    for fact, country, day in custody(facts):
        ignorant = refused.get((fact, country), MIN_DAY)
        if ignorant >= MAX_DAY:
            continue
        since = max(day, ignorant + 1)
        for itself in [fact, *own.get(int(facts.target[fact]), ())]:
            yield itself, country, since
        for other in of_person.get(int(facts.subject[fact]), ()):
            if facts.begun[other] <= day:
                yield other, country, since


def _sides(facts: Facts) -> Iterator[tuple[int, list[frozenset[str]]]]:
    """Each fact with the countries of its people, and of the event or cell at its other end."""
    places, kinds = facts.places, facts.kinds
    for fact, (subject, target) in enumerate(zip(facts.subject, facts.target, strict=True)):
        ends = [at for at in (subject, target) if at >= 0 and kinds[at] in schema().kind_sets.sides]
        yield fact, [places[at] for at in ends if places[at]]


def _each_side(facts: Facts, q: float, seed: int) -> Iterator[Row]:
    rng = np.random.default_rng(seed)
    for fact, sides in _sides(facts):
        shared = frozenset.intersection(*sides) if len(sides) > 1 else frozenset[str]()
        chance = rng.random(len(sides))
        since = _began(facts, fact)
        for country in sorted(shared):
            yield fact, country, since
        if not shared:
            for side, draw in zip(sides, chance, strict=True):
                yield from ((fact, country, since) for country in sorted(side) if draw < q)


def _nationality(facts: Facts, _q: float, _seed: int) -> Iterator[Row]:
    places, person = facts.places, facts.kinds == "Person"
    for fact, ends in enumerate(zip(facts.subject, facts.target, strict=True)):
        for at in ends:
            if at >= 0 and person[at]:
                yield from ((fact, country, _began(facts, fact)) for country in sorted(places[at]))


def _began(facts: Facts, fact: int) -> int:
    return int(facts.first[fact]) if facts.first[fact] > MIN_DAY else MAX_DAY


_RULES = {
    "declared": _none,
    "territory": _territory,
    "each-side": _each_side,
    "nationality": _nationality,
}


def known(rules: Texts) -> tuple[Rule, ...]:
    """Rules by name, checked.

    Raises
    ------
    BadQuestion
        One that does not exist.
    """
    asked = words(rules, RULES, "rule of holding", harmless=True)
    return tuple(rule for rule in RULES if rule in asked)
