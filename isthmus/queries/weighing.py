"""What a ranking says of the weights that it reads, or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isthmus.queries.measures.catalogue import Measure
    from isthmus.queries.robustness.ground import Ground

NONE = "No source states a weight"


def weighed(ground: Ground, chosen: Measure) -> str:
    """Which weights a measure was taken with, in a sentence."""
    found, count = ground.weights, ground.network.m
    if ground.unweighted:
        return "Every tie weighs 1, as asked."
    if not found.any:
        return f"{NONE}." if chosen.weights else f"{NONE}; every tie counts alike."
    if not chosen.weights:
        return "Every tie counts alike; the weights that sources state are not read."
    told = int(found.stated.sum())
    rest = "" if told == count else "; a tie without one weighs 1, a basis through k people 1/(k - 1)"
    return f"Weights are those that sources state, for {told:,} of {count:,} ties, the largest of a tie{rest}."


def doubts(ground: Ground, chosen: Measure) -> tuple[str, ...]:
    """What may mislead about the weights that were read."""
    found, said = ground.weights, []
    if not chosen.weights or ground.unweighted:
        return ()
    if found.unused:
        said.append(
            f"Ties whose stated weight is no number above 0, which no measure here can read, and which weigh 1: "
            f"{found.unused:,}."
        )
    if found.sources > 1:
        said.append(f"{found.sources} sources state weights, each on a scale of its own: --unweighted leaves them out.")
    return tuple(said)
