"""Who joins people of different countries who are not tied to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.given import numbers, word, words
from isthmus.graph.schema import schema
from isthmus.queries import measures
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding
from isthmus.queries.measures.catalogue import ESTIMATED, measure
from isthmus.queries.measures.crossing import country_sets, participation
from isthmus.queries.measures.roles import BETWEEN, ROLES, brokerage
from isthmus.queries.rank import CAVEATS, check, interval
from isthmus.queries.robustness.agreement import ranks
from isthmus.queries.robustness.ground import Ground, first, further

if TYPE_CHECKING:
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Numbers, Texts
    from isthmus.graph.graph import Graph
    from isthmus.queries.measures.network import Ints, Network, Reals


def brokers(
    graph: Graph,
    *,
    role: str | None = None,
    country_rule: CountryRule = "citizenship",
    top: int = 20,
    bases: Texts | None = None,
    k: int = 10,
    levels: Numbers | None = None,
    draws: int | None = None,
    seed: int = 1,
) -> Finding:
    """People by the open pairs of contacts whom they join across countries, or in one `role` of `ROLES`.

    Pairs count in both directions. Beside the roles stand betweenness, Burt's constraint and effective size, and
    participation: how evenly one's contacts are spread over countries. People whose country is unknown broker
    nothing and are no contacts. The card is that of the ranking shown; see `rank` for its options.

    Gould & Fernandez (1989), Sociological Methodology 19: 89-126; Burt (1992); Guimera & Amaral (2005), Nature 433.

    Raises
    ------
    BadQuestion
        No such role, rule or basis, or a number that cannot be.
    """
    role = word(role, ROLES, "role of a broker") if role is not None else None
    bases, levels = words(bases, schema().bases, "basis") or None, numbers(levels) or None
    check(top, k, levels, draws)
    chosen = (role,) if role else BETWEEN
    ground = Ground.of(graph, bases)
    every = graph.countries(country_rule)
    sets = country_sets([every[at] for at in ground.people.positions])

    def score(made: Network, of: Ints) -> Reals:
        counts = brokerage(made, np.where(of >= 0, np.append(sets.of, -1)[of], -1), sets.apart)
        total: Reals = np.sum([counts[name] for name in chosen], axis=0)
        return total

    counts = brokerage(ground.network, sets.of, sets.apart)
    total = np.sum([counts[name] for name in chosen], axis=0)
    place = ranks(np.where(ground.eligible, total, np.nan))
    made, said = ground.card(score, heavy=True, k=k, levels=levels, draws=draws, seed=seed)
    shown = first(ground.eligible & (total > 0), place, top)
    network, people = ground.network, ground.people
    between, margin = measure("betweenness").measured(network)
    support, at = Backing(graph), people.positions[shown]
    table = {
        "rank": place[shown].astype(int), "person": support.labels[at], "status": support.status[at],
        "countries": ["/".join(sorted(every[i])) for i in at], "pairs": total[shown].astype(int),
        **interval(made, shown), **{name: values[shown].astype(int) for name, values in counts.items()},
        "betweenness": between[shown].round(4),
        "constraint": measures.constraint(network)[shown].round(4),
        "effective_size": measures.effective_size(network)[shown].round(3),
        "participation": participation(network.source, network.target, sets)[shown].round(4),
        "id": graph.ids[at],
    }  # fmt: skip
    return Finding(
        name="brokers",
        table=table,
        method="Ordered pairs of contacts, not tied to each other, whom one joins: "
        + "; ".join(f"{name}: {ROLES[name]}" for name in ([role] if role else ROLES))
        + f". Of one group are those with a country in common ({country_rule}).",
        parameters={
            "role": role, "country_rule": country_rule, "top": top, "bases": list(bases or []), "k": k,
            "levels": list(levels or []), "draws": draws, **graph.arguments,
        },
        claims=support.claim_ids([ground.statements(ground.pairs_of(int(person))) for person in shown]),
        literature=("Gould & Fernandez (1989)", "Burt (1992)", "Guimera & Amaral (2005)", "Wang et al. (2012)"),
        robustness=_robustness(made, counts),
        caveats=tuple(text for text in (*CAVEATS, said, "" if margin is None else ESTIMATED) if text),
        left_out={**further(ground.eligible & (total > 0), place, shown), **ground.left_out, "people whose country is unknown": int((sets.of < 0).sum())},
        seed=seed,
        sentence="{rank}. {person} ({status}; {countries}): {pairs} pairs, rank {rank_low} to {rank_high}\n"
        "gatekeeper {gatekeeper}, liaison {liaison}, outside broker {outside broker}, joint member {joint member}, "
        "internal broker {internal broker} · participation {participation}, constraint {constraint}",
    )  # fmt: skip


def _robustness(made: Any, counts: dict[str, Reals]) -> dict[str, Any]:
    whole = {name: int(values.sum()) for name, values in counts.items()}
    return {**(made.to_dict() if made else {}), "pairs in the whole network": whole}
