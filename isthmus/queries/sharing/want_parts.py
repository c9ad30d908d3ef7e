"""Four parts of what there is to see: by one country, only by pooling, by nobody, and where the rule is silent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.sharing import worth as worth_knowing
from isthmus.queries.sharing.chains import chains, universe
from isthmus.queries.sharing.reach import pairs_in, seen_by_any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.components import HeldNetwork
    from isthmus.queries.sharing.setting import Setting
    from isthmus.queries.sharing.worth import Value

    Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Parts:
    """Counts under one value: of wants (one party, one item that it would want to know), or of pairs.

    `one`: who wants it sees it alone (of pairs: some party sees the chain alone). `pooling`: it takes another party.
    `nobody`: declared or ruled not to be held by any party. `silent`: no holder is named at all.
    """

    value: str
    one: int
    pooling: int
    nobody: int
    silent: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.one + self.pooling + self.nobody + self.silent


def parts(setting: Setting) -> list[Parts]:
    """One entry a value of the setting."""
    return [_of_pairs(setting) if value == "pairs" else _of_items(setting, value) for value in setting.values]


def item_holders(setting: Setting, value: Value) -> tuple[Bools, Bools, Bools]:
    """Items × parties: who would want to know, and who holds what shows it; and which items no rule speaks of.

    Items count that some party wants to know and that may have been so by the day.
    """
    found, shown = worth_knowing.items(setting.facts, [value])
    in_time = setting.counted[shown[:, 0]] if len(shown) else np.zeros(0, dtype=bool)
    shown = shown[in_time]
    subject = np.array([item[1] for item in found], dtype=np.int64)
    wanted = setting.wanted[subject]
    held = np.zeros((len(found), len(setting.parties)), dtype=bool)
    np.logical_or.at(held, shown[:, 1], setting.held[shown[:, 0]])
    silent = np.ones(len(found), dtype=bool)
    np.logical_and.at(silent, shown[:, 1], setting.ledger.silent()[shown[:, 0]])
    exists = np.zeros(len(found), dtype=bool)
    exists[shown[:, 1]] = True
    keep = exists & wanted.any(axis=1)
    return wanted[keep], held[keep], silent[keep]


def _of_items(setting: Setting, value: Value) -> Parts:
    wanted, held, silent = item_holders(setting, value)
    wants = wanted.sum(axis=1)
    own = (held & wanted).sum(axis=1)
    seen = held.any(axis=1)
    return Parts(
        value, int(own.sum()), int((wants - own)[seen].sum()), int(wants[~seen & ~silent].sum()),
        int(wants[~seen & silent].sum()),
    )  # fmt: skip


def _of_pairs(setting: Setting) -> Parts:
    network = chains(setting)
    within, single = setting.within, np.eye(len(setting.parties), dtype=bool)
    whole = pairs_in(seen_by_any(network, universe(network), within))
    one = pairs_in(seen_by_any(network, network.seen(single), within))
    together = _together(network, within)
    open_facts = replace(network, held=network.held | setting.ledger.silent()[:, None])
    reachable = _together(open_facts, within)
    return Parts("pairs", one, together - one, whole - reachable, reachable - together)


def _together(network: HeldNetwork, within: int) -> int:
    everyone = np.ones((1, network.held.shape[1]), dtype=bool)
    return pairs_in(seen_by_any(network, network.seen(everyone), within))
