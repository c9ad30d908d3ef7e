"""Credit of each party in a setting, beside its share of holdings: alone it mostly repeats that share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.sharing import credit
from isthmus.queries.sharing.chains import chains
from isthmus.queries.sharing.components import every_coalition
from isthmus.queries.sharing.reach import count_pairs
from isthmus.queries.sharing.sampled import sampled
from isthmus.queries.sharing.want_parts import item_holders

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.queries.sharing.credit import Credit
    from isthmus.queries.sharing.setting import Setting

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """Credit, interaction (None where it would take enumeration of more than 12 parties), share of holdings."""

    credit: Credit
    interaction: Floats | None
    share: Floats
    unit: str


def standing(setting: Setting, *, seed: int = 1, error: float = 0.05, seconds: float = 20.0) -> Standing:
    """Credit of what all parties see together: items, or pairs across a border where `pairs` alone is the value."""
    total = setting.held.sum(axis=0).astype(float)
    share = total / total.sum() if total.sum() else total
    if setting.values != ("pairs",):
        value, together = of_items(setting)
        rank = credit.ranks(value)
        found = credit.Credit(value, np.zeros_like(value), rank, rank)
        return Standing(found, together, share, "items")
    network = chains(setting)
    if len(setting.parties) > credit.EXACT_PARTIES:
        found = sampled(network, setting.within, seed=seed, error=error, seconds=seconds)
        return Standing(found, None, share, "pairs")
    worth = count_pairs(network, network.seen(every_coalition(len(setting.parties))), setting.within).astype(float)
    return Standing(credit.exact(worth), credit.interaction(worth), share, "pairs")


def of_items(setting: Setting) -> tuple[Floats, Floats]:
    """Exact credit and interaction for any number of parties.

    An item is seen once one of its holders is in: its credit is shared evenly among them, and two of its `t` holders
    interact by -1/(t - 1), the chance that neither is preceded by another.
    """
    parties = len(setting.parties)
    value, together = np.zeros(parties), np.zeros((parties, parties))
    for name in setting.values:
        if name == "pairs":
            continue
        _, held, _ = item_holders(setting, name)
        holders = held.sum(axis=1)
        seen = held[holders > 0].astype(float)
        value += (seen / holders[holders > 0][:, None]).sum(axis=0)
        several = held[holders > 1].astype(float)
        together -= several.T @ (several / (holders[holders > 1] - 1.0)[:, None])
    np.fill_diagonal(together, 0.0)
    return value, together
