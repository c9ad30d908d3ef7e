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
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word, words
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.graph.given import Texts
    from isthmus.queries.sharing.facts import Facts

    Bools = NDArray[np.bool_]
    Row = tuple[int, str, int]  # fact, country, since

Rule = Literal["arresting", "territory", "each-side", "declared", "nationality"]
RULES: tuple[Rule, ...] = get_args(Rule)
UPPER_BOUND = "nationality"
COLUMNS = ["fact", "country", "since", "body", "how", "from_country", "used", "rule", "record"]


@dataclass(frozen=True)
class Ledger:
    """Facts and their holders. `rows` has one row a holding; `since` is the day from which it certainly held, the
    end of time where that is not stated. `refused` says until when a country declaredly did not hold a fact.
    """

    facts: Facts
    rule: Rule
    rows: pd.DataFrame
    refused: pd.DataFrame

    def since(self, parties: tuple[str, ...]) -> NDArray[np.int64]:
        """Facts × parties: first day of holding; `MAX_DAY` for a day not stated, `MAX_DAY` + 1 for never."""
        first = np.full((len(self.facts), len(parties)), MAX_DAY + 1, dtype=np.int64)
        column = {party: at for at, party in enumerate(parties)}
        rows = self.rows[self.rows["country"].isin(list(parties))]
        at = rows["country"].map(column).to_numpy(dtype=np.int64)
        np.minimum.at(first, (rows["fact"].to_numpy(dtype=np.int64), at), rows["since"].to_numpy(dtype=np.int64))
        return first

    def held(self, parties: tuple[str, ...], day: int | None) -> Bools:
        """Facts × parties: held by `day`, or ever where no day is given (undated holdings then count)."""
        return np.asarray(self.since(parties) <= (MAX_DAY if day is None else min(day, MAX_DAY - 1)), dtype=bool)

    def countries(self) -> list[str]:
        """Countries that hold something."""
        return sorted(set(self.rows["country"]))

    def silent(self) -> Bools:
        """Facts of which neither a declaration nor the rule says anything."""
        quiet = np.ones(len(self.facts), dtype=bool)
        quiet[self.rows["fact"].to_numpy(dtype=np.int64)] = False
        quiet[self.refused["fact"].to_numpy(dtype=np.int64)] = False
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
    added = list(_arresting(facts, refused) if rule == "arresting" else _RULES[rule](facts, q, seed))
    if not added:
        return Ledger(facts, rule, declared, refused)
    rows = pd.DataFrame(added, columns=["fact", "country", "since"]).assign(rule=rule, how="by rule", used="unknown")
    rows = rows.sort_values("since", kind="stable").drop_duplicates(["fact", "country"])
    rows = _without_refused(rows, refused)
    both = pd.concat([declared, rows.reindex(columns=COLUMNS, fill_value="")], ignore_index=True)
    return Ledger(facts, rule, both.fillna(""), refused)


def _declared(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = facts.graph.holdings
    keys = list(zip(frame["subject"], frame["property"], frame["value"], strict=True))
    frame = frame.assign(fact=[facts.keys.get(key, -1) for key in keys], since=frame["start"], rule="declared")
    frame = frame[frame["fact"] >= 0]
    whole = frame[(frame["state"] == "not held") & (frame["body"] == "")]
    refused = pd.DataFrame({"fact": whole["fact"], "country": whole["country"], "until": whole["end"]})
    held = frame.loc[frame["state"] == "held", COLUMNS].sort_values("since", kind="stable")
    held = held.drop_duplicates(["fact", "country", "body", "how", "from_country", "since"])
    return held.sort_values(["fact", "since"], kind="stable").reset_index(drop=True), refused.reset_index(drop=True)


def _without_refused(rows: pd.DataFrame, refused: pd.DataFrame) -> pd.DataFrame:
    """A rule's holding starts the day after a declared ignorance ends; never, if it does not end."""
    until = _until(refused)
    rows = rows.merge(until, on=["fact", "country"], how="left")
    rows = rows[~(rows["until"] >= MAX_DAY)]
    after = (rows["until"] + 1).fillna(MIN_DAY).astype(np.int64)
    return rows.assign(since=np.maximum(rows["since"], after)).drop(columns="until")


def _until(refused: pd.DataFrame) -> pd.DataFrame:
    """The last day of each country's declared ignorance of a fact."""
    return refused.groupby(["fact", "country"])["until"].max().reset_index()


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


def _arresting(facts: Facts, refused: pd.DataFrame) -> Iterator[Row]:
    until = {(fact, country): last for fact, country, last in _until(refused).itertuples(index=False)}
    of_person: dict[int, list[int]] = {}
    for fact, person in zip(*(column.tolist() for column in facts.about), strict=True):
        of_person.setdefault(person, []).append(fact)
    own: dict[int, list[int]] = {}
    for fact in np.flatnonzero(np.isin(facts.words, sorted(schema().of_event))).tolist():
        own.setdefault(int(facts.subject[fact]), []).append(fact)
    for fact, country, day in custody(facts):
        ignorant = until.get((fact, country), MIN_DAY)
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
