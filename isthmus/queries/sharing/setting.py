"""A case seen from a day under one rule: who holds what, and who would want to know of whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from isthmus.graph import dates
from isthmus.graph.countries import countries
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word
from isthmus.queries.sharing import worth as worth_knowing
from isthmus.queries.sharing.facts import Facts
from isthmus.queries.sharing.interest import interest, relevant
from isthmus.queries.sharing.rules import Ledger, Rule, ledger

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph
    from isthmus.queries.sharing.worth import Value

    Bools = NDArray[np.bool_]
    Need = Literal["interest", "all"]

NO_DEFAULT_PARTY = frozenset({"SY", "IQ"})


@dataclass(frozen=True)
class Setting:
    """Facts, holders and wants. Matrices are facts × parties."""

    ledger: Ledger
    parties: tuple[str, ...]
    day: int | None
    values: tuple[Value, ...] = worth_knowing.DEFAULT
    need: Need = "interest"
    within: int = 2
    country_rule: CountryRule = "citizenship"

    @property
    def facts(self) -> Facts:
        """The facts."""
        return self.ledger.facts

    @property
    def graph(self) -> Graph:
        """The graph they are of."""
        return self.ledger.facts.graph

    @cached_property
    def held(self) -> Bools:
        """Who held what by the day."""
        return self.ledger.held(self.parties, self.day)

    @cached_property
    def wanted(self) -> Bools:
        """Entities × parties: of whom each would want to know."""
        if self.need == "all":
            return np.ones((len(self.graph.ids), len(self.parties)), dtype=bool)
        return interest(self.facts, self.held, self.parties, self.day)

    @cached_property
    def counted(self) -> Bools:
        """Facts that bear on the values and may have been so by the day."""
        found = worth_knowing.counts(self.facts, self.values)
        return found if self.day is None else found & (self.facts.first <= self.day)

    @cached_property
    def needed(self) -> Bools:
        """What each party would want to know and did not hold."""
        return np.asarray(relevant(self.facts, self.wanted) & ~self.held & self.counted[:, None], dtype=bool)

    def unseen(self) -> dict[str, int]:
        """Facts that one party holds and another lacks, and that no exchange counts, by reason."""
        traded = self.held.any(axis=1) & ~self.held.all(axis=1)
        if self.day is not None:
            traded &= self.facts.first <= self.day
        bearing = worth_knowing.counts(self.facts, self.values)
        idle = traded & bearing & ~self.needed.any(axis=1)
        return {
            "facts on no one whom a country without them would want to know of; --need all counts them": int(
                idle.sum()
            ),
            f"facts that bear on no {' or '.join(self.values)}; --value chooses others": int((traded & ~bearing).sum()),
        }

    def under(self, rule: Rule, *, q: float = 0.5, seed: int = 1) -> Setting:
        """The same under another rule."""
        return replace(self, ledger=ledger(self.facts, rule, q=q, seed=seed))


def setting(
    graph: Graph,
    *,
    rule: Rule = "arresting",
    q: float = 0.5,
    seed: int = 1,
    known_by: str | None = None,
    among: Texts | None = None,
    values: Texts = worth_knowing.DEFAULT,
    need: str = "interest",
    within: int = 2,
    country_rule: CountryRule = "citizenship",
) -> Setting:
    """The setting that the options of `gap` describe.

    Raises
    ------
    BadQuestion
        An option that does not exist; a party that is no country; fewer than two parties; no step.
    """
    needs: tuple[Need, ...] = ("interest", "all")
    if within < 1:
        raise BadQuestion(f"within counts steps from 1, not {within}")
    book = ledger(Facts.of(graph), rule, q=q, seed=seed)
    day = dates.day(known_by) if known_by else None
    asked = countries(among)
    parties = asked or default_parties(book)
    if len(asked) == 1:
        raise BadQuestion("an exchange takes two parties; name two or more, such as BE,FR")
    checked = worth_knowing.checked(values)
    return Setting(book, parties, day, checked, word(need, needs, "need", harmless=True), within, country_rule)


def default_parties(book: Ledger) -> tuple[str, ...]:
    """Every country that ever holds something, or has a national, a resident or a threat; not Syria, not Iraq."""
    graph = book.facts.graph
    every = tuple(sorted({str(i) for i in graph.ids[graph.kinds == "Country"]} | set(book.countries())))
    held = book.held(every, None)
    wants = interest(book.facts, held, every, None).any(axis=0) | held.any(axis=0)
    return tuple(every[at] for at in np.flatnonzero(wants) if every[at] not in NO_DEFAULT_PARTY)
