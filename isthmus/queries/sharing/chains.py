"""People tied to people, and what each tie rests on: the network of which coalitions see a part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.sharing.components import HeldNetwork, Pairs
from isthmus.queries.sharing.reach import count_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.setting import Setting

SATURATED = 0.9


def chains(setting: Setting) -> HeldNetwork:
    """The people of a case, tied as in `Graph.people`, with facts as holdings.

    A basis through a shared event or cell rests on both memberships. Ties that began after the day are left out.
    """
    graph, facts = setting.graph, setting.facts
    people = facts.people
    pair = np.repeat(np.arange(len(people.source)), np.diff(people.offsets))
    of_statement = facts.of_statement
    left = of_statement[people.behind[:, 0]]
    right = np.where(people.behind[:, 1] >= 0, of_statement[people.behind[:, 1]], -1)
    use = left >= 0
    if setting.day is not None:
        use &= (facts.first[left] <= setting.day) & ((right < 0) | (facts.first[right] <= setting.day))
    rule = setting.country_rule
    countries = facts.places if rule == "citizenship" else graph.countries(rule)
    pairs = Pairs.of_countries([countries[at] for at in people.positions])
    return HeldNetwork(
        len(people.positions), people.source[pair][use], people.target[pair][use], setting.held, pairs,
        left[use], right[use],
    )  # fmt: skip


def with_interest(network: HeldNetwork, setting: Setting, receiver: int) -> HeldNetwork:
    """Only pairs count that touch someone of whom the receiver would want to know."""
    people = np.flatnonzero(setting.graph.kinds == "Person")
    return replace(network, pairs=replace(network.pairs, wanted=setting.wanted[people, receiver]))


def universe(network: HeldNetwork) -> NDArray[np.bool_]:
    """Ties × 1: all ties, held or not."""
    return np.ones((len(network.source), 1), dtype=bool)


def saturation(network: HeldNetwork, within: int) -> float:
    """Share of the connected pairs across a border that lie within so many steps; 0 where there are none."""
    everything = int(count_pairs(network, universe(network), None)[0])
    return float(count_pairs(network, universe(network), within)[0]) / everything if everything else 0.0
