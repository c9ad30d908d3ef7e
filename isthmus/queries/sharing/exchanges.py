"""Exchanges: what a holds, b does not, and b would want to know.

Never the number of pairs joined within many steps: that measures size, and reaches nearly all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.sharing.chains import chains, with_interest
from isthmus.queries.sharing.components import every_coalition
from isthmus.queries.sharing.credit import EXACT_PARTIES
from isthmus.queries.sharing.hitnohit import hit_pairs
from isthmus.queries.sharing.reach import count_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.components import HeldNetwork
    from isthmus.queries.sharing.setting import Setting

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Exchanges:
    """Matrices giver × receiver. `gain` is facts, or cross-border pairs where `pairs` alone is the value."""

    setting: Setting

    @cached_property
    def of_pairs(self) -> bool:
        """Whether the gain is counted in pairs."""
        return self.setting.values == ("pairs",)

    @cached_property
    def facts(self) -> Ints:
        """Relevant facts that the giver holds and the receiver does not."""
        return across(self.setting.held, self.setting.needed)

    @cached_property
    def gain(self) -> Ints:
        """What the exchange is ranked by."""
        if not self.of_pairs:
            return self.facts
        parties = len(self.setting.parties)
        single = np.eye(parties, dtype=bool)
        columns = [self.learns(b, single) for b in range(parties)]
        return np.stack(columns, axis=1) if columns else np.zeros((0, 0), dtype=np.int64)

    @cached_property
    def handed(self) -> Ints:
        """All facts that the giver holds and the receiver does not: what giving everything would hand over."""
        return across(self.setting.held, ~self.setting.held)

    @cached_property
    def exclusive(self) -> Ints:
        """Relevant facts that no third party holds."""
        alone = self.setting.held & (self.setting.held.sum(axis=1) == 1)[:, None]
        return across(alone, self.setting.needed)

    @cached_property
    def hits(self) -> Ints:
        """Relevant facts on people of whom the receiver holds something: found by comparing pseudonyms alone."""
        setting = self.setting
        fact, who = setting.facts.about
        on_file = np.zeros((len(setting.graph.ids), len(setting.parties)), dtype=bool)
        np.logical_or.at(on_file, who, setting.held[fact])
        return across(setting.held, setting.needed & setting.facts.any_person(on_file))

    @cached_property
    def holdings(self) -> Ints:
        """Facts that each party holds."""
        return np.asarray(self.setting.held.sum(axis=0), dtype=np.int64)

    @cached_property
    def balanced(self) -> NDArray[np.float64]:
        """Gain over the square root of both holdings."""
        size = np.maximum(self.holdings, 1).astype(float)
        return np.asarray(self.gain / np.sqrt(np.outer(size, size)))

    def learns(self, receiver: int, givers: Bools) -> Ints:
        """What the receiver gains from each set of givers (sets × parties)."""
        setting = self.setting
        if self.of_pairs:
            with_own = np.append(givers, np.zeros((1, givers.shape[1]), dtype=bool), axis=0)
            with_own[:, receiver] = True
            network = self._network(receiver)
            found = count_pairs(network, network.seen(with_own), setting.within)
            return np.asarray(found[:-1] - found[-1])
        needed = np.flatnonzero(setting.needed[:, receiver])
        held = setting.held[needed].astype(np.float32)
        return np.asarray(((held @ givers.T.astype(np.float32)) > 0).sum(axis=0), dtype=np.int64)

    def hit_share(self, giver: int, receiver: int) -> float:
        """Share of the gain that comparing pseudonyms alone would show; 0 where nothing is gained."""
        gain = int(self.gain[giver, receiver])
        if self.of_pairs:
            found = hit_pairs(self._network(receiver), giver, receiver, self.setting.within)
        else:
            found = int(self.hits[giver, receiver])
        return found / gain if gain else 0.0

    def _network(self, receiver: int) -> HeldNetwork:
        if receiver not in self._networks:
            self._networks[receiver] = with_interest(self._chains, self.setting, receiver)
        return self._networks[receiver]

    @cached_property
    def _networks(self) -> dict[int, HeldNetwork]:
        return {}

    @cached_property
    def _chains(self) -> HeldNetwork:
        return chains(self.setting)


def greedy(exchanges: Exchanges, most: int) -> list[tuple[int, int, int]]:
    """(giver, receiver, gain beyond the earlier ones), the largest first; ends when nothing is gained any more."""
    parties = len(exchanges.setting.parties)
    given = np.zeros((parties, parties), dtype=bool)  # receiver × giver
    total = np.zeros(parties, dtype=np.int64)
    gains = exchanges.gain.T.copy()  # receiver × giver
    found: list[tuple[int, int, int]] = []
    while parties and len(found) < most:
        receiver, giver = (int(at) for at in np.unravel_index(np.argmax(gains), gains.shape))
        gain = int(gains[receiver, giver])
        if gain <= 0:
            break
        found.append((giver, receiver, gain))
        given[receiver, giver] = True
        total[receiver] += gain
        sets = given[receiver] | np.eye(parties, dtype=bool)
        gains[receiver] = exchanges.learns(receiver, sets) - total[receiver]
    return found


def best_set(exchanges: Exchanges, most: int) -> tuple[int, list[tuple[int, int]]] | None:
    """The largest joint gain of at most `most` exchanges and which they are; None above 12 parties.

    What one receiver learns does not depend on what others are told, so the best set of givers of each receiver, by
    its size, is found by enumeration, and the sizes are shared out by dynamic programming.
    """
    parties = len(exchanges.setting.parties)
    if parties > EXACT_PARTIES:
        return None
    coalitions = every_coalition(parties)
    best: list[tuple[int, list[tuple[int, int]]]] = [(0, []) for _ in range(most + 1)]
    for receiver in range(parties):
        options = _best_by_size(exchanges, receiver, coalitions, most)
        table = list(best)
        for used, size in product(range(most + 1), range(1, len(options))):
            if used + size <= most and best[used][0] + options[size][0] > table[used + size][0]:
                gain, givers = options[size]
                table[used + size] = (best[used][0] + gain, [*best[used][1], *((g, receiver) for g in givers)])
        best = table
    return max(best, key=lambda option: (option[0], -len(option[1])))


def _best_by_size(exchanges: Exchanges, receiver: int, coalitions: Bools, most: int) -> list[tuple[int, list[int]]]:
    sets = coalitions[~coalitions[:, receiver]]
    sizes = sets.sum(axis=1)
    learnt = exchanges.learns(receiver, sets)
    found: list[tuple[int, list[int]]] = [(0, [])]
    for size in range(1, min(most, len(exchanges.setting.parties) - 1) + 1):
        of_size = np.flatnonzero(sizes == size)
        top = of_size[np.argmax(learnt[of_size])]
        found.append((int(learnt[top]), np.flatnonzero(sets[top]).tolist()))
    return found


def across(held: Bools, needed: Bools) -> Ints:
    """Giver × receiver: facts that the one has and the other needs."""
    found = np.rint(held.T.astype(np.float32) @ needed.astype(np.float32)).astype(np.int64)
    np.fill_diagonal(found, 0)
    return found
