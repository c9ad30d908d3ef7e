"""What no result here shows. It stands on every one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.queries.sharing.chains import SATURATED

if TYPE_CHECKING:
    from isthmus.queries.sharing.setting import Setting

NOT_SHOWN = (
    "What it does not show: press accounts and inquiries are not holdings, and presence is not knowledge.",
    "The documented cases are known failures, without the signals that came to nothing.",
    "Services hold, not countries: what one body holds another of the same country may not have.",
    "The sources cover France and Belgium best; a country that they do not write about looks as if it held nothing.",
)
_RULE = {
    "declared": "Rule declared: only what a source says was held counts; everything else is held by nobody.",
    "arresting": "Rule arresting: the state that arrests or tries someone is presumed to hold, from that day, all that "
    "is said of that person and had begun; no source says that it did.",
    "territory": "Rule territory: a country is presumed to hold, from its end, what is said of an event on its soil.",
    "each-side": "Rule each-side: each side of a fact across a border holds it by chance: a test of sensitivity.",
    "nationality": "Rule nationality: an upper bound that closes gaps by construction; not for a headline.",
}


def caveats(setting: Setting, reached: float | None = None) -> tuple[str, ...]:
    """Caveats of a setting; `reached` is the share of connected pairs that its number of steps reaches."""
    found = [_RULE[setting.ledger.rule]]
    if setting.need == "all":
        found.append("Need all: every fact counts as wanted by everyone, so the largest holder comes first by size.")
    if reached is not None and reached > SATURATED:
        found.append(
            f"Saturated: {setting.within} steps reach {reached:.0%} of all connected pairs, so pairs measure size."
        )
    if setting.day is None:
        found.append("No day was given: undated holdings count, and what was learnt too late counts as held.")
    return (*found, *NOT_SHOWN)
