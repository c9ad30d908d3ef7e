"""How far a result hangs on the rule, on the chance q, and on facts that nobody recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.schema import schema
from isthmus.queries.figures import figure
from isthmus.queries.sharing.exchanges import Exchanges
from isthmus.queries.sharing.ranking import expected_reciprocal_rank
from isthmus.queries.sharing.rules import RULES, UPPER_BOUND
from isthmus.queries.sharing.want_parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from isthmus.queries.sharing.rules import Rule
    from isthmus.queries.sharing.setting import Setting
    from isthmus.queries.sharing.toward import Toward

    Ints = NDArray[np.int64]

CHANCES = (0.5, 0.25, 0.1)
MISSING = (0.1, 0.3, 0.5)
DRAWS = 20
ROBUST, FAIRLY = 0.9, 0.7


@dataclass(frozen=True)
class Outcome:
    """One rule's answer: exchanges that are not zero, the first of them, and the parts of what there is to see."""

    rule: str
    not_zero: int
    first: str
    gain: float
    seen: float
    pooling: float
    nobody: float
    silent: float

    @property
    def text(self) -> str:
        """In one line."""
        shares = (
            f"seen {self.seen:.0%}, by exchange {self.pooling:.0%}, nobody {self.nobody:.0%}, silent {self.silent:.0%}"
        )
        return f"{self.not_zero} exchanges not zero, first {self.first} ({figure(self.gain)}); {shares}"


def side_by_side(setting: Setting, *, draws: int = 5, seed: int = 1) -> list[Outcome]:
    """Every rule on the same facts, each-side by three chances (means over draws); nationality last and marked."""
    found = []
    for rule in RULES:
        if rule == "each-side":
            found += [_mean(setting, q, draws, seed) for q in CHANCES]
        else:
            name = f"{rule} (upper bound)" if rule == UPPER_BOUND else rule
            found.append(_outcome(setting if rule == setting.ledger.rule else setting.under(rule), name))
    return found


def _mean(setting: Setting, q: float, draws: int, seed: int) -> Outcome:
    runs = [_outcome(setting.under("each-side", q=q, seed=seed + at), "") for at in range(draws)]
    names = [run.first for run in runs]
    most = max(sorted(set(names)), key=names.count)
    means = [float(np.mean([getattr(run, name) for run in runs])) for name in
             ("not_zero", "gain", "seen", "pooling", "nobody", "silent")]  # fmt: skip
    first = f"{most} in {names.count(most)} of {draws}"
    return Outcome(f"each-side, q = {q}", round(means[0]), first, *means[1:])


def _outcome(setting: Setting, name: str) -> Outcome:
    gain = Exchanges(setting).gain
    counted = parts(setting)
    total = max(1, sum(part.all for part in counted))
    shares = [sum(getattr(part, kind) for part in counted) / total for kind in ("one", "pooling", "nobody", "silent")]
    best = int(gain.max(initial=0))
    firsts = [pair(setting, a, b) for a, b in np.argwhere(gain == best)] if best else ["none"]
    first = firsts[0] if len(firsts) == 1 else f"{len(firsts)} equal"
    return Outcome(name, int((gain > 0).sum()), first, float(best), *shares)


def pair(setting: Setting, giver: int, receiver: int) -> str:
    """An exchange in words."""
    return f"{setting.parties[giver]} to {setting.parties[receiver]}"


def missing(exchanges: Exchanges, *, seed: int = 1) -> dict[str, str]:
    """How often the first exchange stays first, and how many of the first three stay, when facts go missing."""
    gain = exchanges.gain
    if exchanges.of_pairs or not (gain > 0).any():
        return {}
    first = int(np.argmax(gain))
    three = set(np.argsort(-gain, axis=None, kind="stable")[:3].tolist())
    found = {}
    for share in MISSING:
        stays, kept = [], []
        for drawn in _thinned(exchanges.setting, share, seed):
            stays.append(float(expected_first(drawn, first)))
            after = set(np.argsort(-drawn, axis=None, kind="stable")[:3].tolist())
            kept.append(len(three & after) / 3)
        found[f"{share:.0%} of facts missing"] = (
            f"the first exchange stays first in {np.mean(stays):.0%} of {DRAWS} draws, "
            f"{np.mean(kept):.0%} of the first three stay: {robust(stays)}"
        )
    return found


def missing_toward(found: Toward, *, seed: int = 1) -> dict[str, str]:
    """How often the first to ask stays first when facts go missing."""
    order, _, last, _ = found.order()
    if not len(order) or found.score[order[0]] <= 0 or last[0] > 1:
        return {}
    rng, best, said = np.random.default_rng(seed), int(order[0]), {}
    for share in MISSING:
        stays = []
        for _ in range(DRAWS):
            keep = rng.random(len(found.own_facts)) >= share
            own, near = found.own_facts[keep].sum(axis=0), found.near_facts[keep].sum(axis=0)
            score = np.where(found.asked, own + near / (near.sum() + 1.0), -1.0)
            stays.append(expected_first(score, best))
        said[f"{share:.0%} of facts missing"] = (
            f"{found.setting.parties[best]} stays first in {np.mean(stays):.0%} of {DRAWS} draws: {robust(stays)}"
        )
    return said


def missing_people(setting: Setting, own: NDArray[np.bool_], *, seed: int = 1) -> dict[str, str]:
    """How many people of concern the holders of the facts `own` would still see when facts go missing."""
    fact, who = setting.facts.about
    bears = own[fact] & np.isin(setting.facts.words[fact], sorted(schema().worth("concern")))
    rng, whole, said = np.random.default_rng(seed), len(np.unique(who[bears])), {}
    for share in MISSING if whole else ():
        counts = [len(np.unique(who[bears & (rng.random(len(own)) >= share)[fact]])) for _ in range(DRAWS)]
        said[f"{share:.0%} of facts missing"] = f"{np.mean(counts):.1f} of {whole} people of concern still seen"
    return said


def robust(shares: list[float]) -> str:
    """A word for how often a result stays: our own thresholds."""
    mean = float(np.mean(shares))
    return "robust" if mean >= ROBUST else "fairly robust" if mean >= FAIRLY else "fragile"


def expected_first(gain: NDArray[Any], at: int) -> float:
    """Chance that the entry comes first when equals are ordered at random; 0 where it gains nothing."""
    flat = gain.ravel()
    return 0.0 if flat[at] < flat.max() or flat[at] <= 0 else 1.0 / float((flat == flat.max()).sum())


def _thinned(setting: Setting, share: float, seed: int) -> Iterator[Ints]:
    rng = np.random.default_rng(seed)
    held, needed = setting.held.astype(np.float32), setting.needed
    for _ in range(DRAWS):
        keep = rng.random(len(held)) >= share
        gain = np.rint(held.T @ (needed & keep[:, None]).astype(np.float32)).astype(np.int64)
        np.fill_diagonal(gain, 0)
        yield gain


def rule_of_first(outcomes: list[Outcome], rule: Rule) -> str:
    """Whether the first exchange under `rule` is the first under the others too."""
    own = next((outcome.first for outcome in outcomes if outcome.rule == rule), "none")
    others = [o for o in outcomes if o.rule != rule and UPPER_BOUND not in o.rule]
    agree = [o.rule for o in others if o.first.startswith(own) and own != "none"]
    return f"{own} comes first under {len(agree)} of the {len(others)} other settings"


def reciprocal(gain: Ints) -> NDArray[np.float64]:
    """Expected reciprocal rank of every exchange between two different parties; 0 on the diagonal."""
    apart = ~np.eye(len(gain), dtype=bool)
    found = np.zeros(gain.shape)
    found[apart] = expected_reciprocal_rank(gain[apart].astype(float))
    return found
