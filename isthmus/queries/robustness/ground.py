"""The people of a graph as a network to rank: who may be ranked, who stands in the spotlight, what a row rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.fold.status import looked_into
from isthmus.graph.weights import weights
from isthmus.queries.measures.network import Network
from isthmus.queries.robustness.budget import budget
from isthmus.queries.robustness.cards import Card, Score, card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph
    from isthmus.graph.people import People
    from isthmus.graph.weights import Weights


@dataclass(frozen=True)
class Ground:
    """`eligible` may be ranked: not the acquitted, nor those whom only co-presence ties. `lit`: a status
    put the person in the spotlight, where ties were looked into.

    `weights` are those of the ties; where they are left `unweighted` each tie of `network` weighs 1.
    """

    graph: Graph
    people: People
    network: Network
    eligible: NDArray[np.bool_]
    lit: NDArray[np.bool_]
    weights: Weights
    unweighted: bool = False

    @classmethod
    def of(cls, graph: Graph, bases: Texts | None = None, *, unweighted: bool = False) -> Ground:
        """The people of a graph; `bases` as in `Graph.people`. Those whom none of these bases ties are not ranked."""
        people = graph.people(bases)
        found_weights = weights(people)
        network = Network(len(people.positions), people.source, people.target, found_weights.of_basis.sum(axis=1))
        network = network.unweighted if unweighted else network
        lit = looked_into(graph)[people.positions]
        eligible = graph.shown["ranked"][people.positions] & (network.degree > 0)
        return cls(graph, people, network, eligible, lit, found_weights, unweighted)

    @property
    def stated(self) -> bool:
        """Whether weights that sources state are to be read."""
        return self.weights.any and not self.unweighted

    @property
    def left_out(self) -> dict[str, int]:
        """How many people are not ranked, and why."""
        may = self.graph.shown["ranked"][self.people.positions]
        tied = self.network.degree > 0
        counts = {
            "people not ranked: acquitted, or tied by co-presence alone": int((~may).sum()),
            "people not ranked: no tie to another": int((may & ~tied).sum()),
        }
        return {**self.graph.left_out, **self.people.left_out, **{why: count for why, count in counts.items() if count}}

    def pairs_of(self, person: int) -> list[int]:
        """Rows of the ties of a person."""
        rows = (self.network.source == person) | (self.network.target == person)
        return [int(row) for row in np.flatnonzero(rows)]

    def statements(self, pairs: Sequence[int]) -> list[int]:
        """Rows of the statements behind ties, each once."""
        return list(dict.fromkeys(row for pair in pairs for row in self.people.statements(pair)))

    def card(
        self, score: Score, *, heavy: float = 0, together: bool = True, of_ties: bool = False, k: int = 10,
        levels: Sequence[float] | None = None, draws: int | None = None, seed: int = 1,
    ) -> tuple[Card | None, str]:  # fmt: skip
        """The robustness card of a ranking, and what is to be said of it; none where it would take too long."""
        plan = budget(self.network, heavy=heavy, levels=levels, draws=draws)
        if not plan.levels or not self.network.m:
            return None, plan.caveat
        eligible = self.eligible
        if of_ties:
            eligible = eligible[self.network.source] & eligible[self.network.target]
        made = card(
            self.network, score, eligible=eligible, lit=self.lit, levels=plan.levels, draws=plan.draws, k=k, seed=seed,
            together=together, of_ties=of_ties,
        )  # fmt: skip
        return made, plan.caveat


def further(eligible: NDArray[np.bool_], rank: NDArray[np.float64], shown: NDArray[Any]) -> dict[str, int]:
    """How many of those who are ranked stand behind the places shown."""
    rest = int((eligible & ~np.isnan(rank)).sum()) - len(shown)
    return {"further places; --top 0 shows all": rest} if rest else {}


def first(eligible: NDArray[np.bool_], rank: NDArray[np.float64], top: int) -> NDArray[Any]:
    """Those who are ranked, in order of rank, at most `top` places; equals of the last place are all in. 0 means all."""
    with np.errstate(invalid="ignore"):
        inside = np.flatnonzero(eligible & ~np.isnan(rank) & ((rank <= top) | (top == 0)))
    return inside[np.argsort(rank[inside], kind="stable")]
