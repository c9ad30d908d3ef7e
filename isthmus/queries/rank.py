"""Who comes first by a measure of position, how far that rests on what may be missing, and on what counts as a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.table import objects
from isthmus.graph.given import numbers, words
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding
from isthmus.queries.gds.measures import counterpart, measured
from isthmus.queries.measures.catalogue import ESTIMATED, MEASURES, Measure, measure
from isthmus.queries.robustness.agreement import ranks
from isthmus.queries.robustness.bases import curve
from isthmus.queries.robustness.ground import Ground, first, further
from isthmus.queries.weighing import doubts, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.given import Numbers, Texts
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Columns
    from isthmus.queries.gds.measures import Measured
    from isthmus.queries.robustness import Card

__all__ = ["MEASURES", "rank"]

CAVEATS = (
    "A rank says who stands where in what was recorded; it measures neither danger nor guilt.",
    "People who were looked into have more recorded ties: see the card under spotlight.",
)


def rank(
    graph: Graph,
    measure_name: str,
    *,
    top: int = 20,
    bases: Texts | None = None,
    over_bases: bool = False,
    k: int = 10,
    levels: Numbers | None = None,
    draws: int | None = None,
    seed: int = 1,
    on: str | None = None,
    unweighted: bool = False,
) -> Finding:
    """People, or ties, in order of a measure of `MEASURES`, each with the interval of its rank under errors.

    `top` places are shown, all if 0. `bases` are those that make a tie, all if not given; `over_bases` ranks again
    under every combination of bases. The card has the overlap of the first `k`; its `levels` and `draws` follow
    from the size of the network unless given. The acquitted, and people tied by co-presence alone, are not ranked
    but stay in the network; nor is who has no value, such as the clustering of one contact: those come after all
    ranks where all places are shown. Weights that sources state are read by the measures that know weights, unless
    `unweighted`: a path is the shorter the larger they are. The values come from Graph Data Science on the Neo4j server `on`, if one is given; the
    card is drawn here all the same.

    Raises
    ------
    BadQuestion
        No such measure or basis, a number that cannot be, or a measure that a server does not have.
    MissingExtra, ServerError
        See `isthmus.graph.cypher.gds.sent`.
    """
    bases, levels = words(bases, schema().bases, "basis") or None, numbers(levels) or None
    check(top, k, levels, draws)
    if measure(measure_name).of_ties and over_bases:
        raise BadQuestion("a measure of ties cannot be ranked over bases: choose a measure of people")
    if on is not None:
        counterpart(measure_name)
    ground = Ground.of(graph, bases, unweighted=unweighted)
    chosen = measure(measure_name).reading(ground.stated)
    there = measured(measure_name, ground.network, on, weighted=ground.stated) if on is not None else None
    values, margin = (there.values, None) if there else chosen.measured(ground.network)
    eligible = _eligible(ground, chosen)
    place = ranks(np.where(eligible, -values if chosen.rising else values, np.nan))
    made, said = ground.card(
        lambda made, _: chosen.score(made), heavy=chosen.heavy, together=chosen.together, of_ties=chosen.of_ties,
        k=k, levels=levels, draws=draws, seed=seed,
    )  # fmt: skip
    shown = first(eligible, place, top)
    unplaced = np.flatnonzero(eligible & np.isnan(place))
    shown = np.concatenate([shown, unplaced]) if top == 0 else shown
    make = _of_ties if chosen.of_ties else _of_people
    table, groups = make(ground, shown, values, place, made)
    if margin is not None:
        table = _after("value", table, "margin", [round(float(value), 6) for value in margin[shown]])
    robustness: dict[str, Any] = made.to_dict() if made else {}
    if over_bases:
        robustness |= _over_bases(ground, chosen, k, seed)
    return Finding(
        name=f"rank {measure_name}",
        table=table,
        method=f"{measure_name}: {chosen.says}. People are tied by {', '.join(bases or ['any basis'])}; ties have no "
        f"direction. {' '.join(filter(None, _told(ground, chosen, values, there)))}",
        parameters={
            **({"asked_of": there.where} if there else {}),
            "measure": measure_name, "top": top, "bases": list(bases or []), "over_bases": over_bases, "k": k,
            "levels": list(levels or []), "draws": draws, "unweighted": unweighted, **graph.arguments,
        },
        claims=Backing(graph).claim_ids(groups),
        literature=(chosen.literature, "Wang et al. (2012)", "Borgatti, Carley & Krackhardt (2006)",
                    "Frantz & Carley (2005)", "Smith & Moody (2013)"),
        robustness=robustness,
        caveats=tuple(
            text for text in (*CAVEATS, said, "" if margin is None else ESTIMATED, *doubts(ground, chosen)) if text
        ),
        left_out=further(eligible, place, shown) | ground.left_out | (
            {f"people not ranked: {chosen.undefined}": len(unplaced)} if chosen.undefined and len(unplaced) else {}
        ),
        seed=seed,
        sentence="{rank}. {person} ({status}; {countries}): {value}, rank {rank_low} to {rank_high}"
        if not chosen.of_ties else "{rank}. {person} – {other}: {value}, rank {rank_low} to {rank_high}; {bases}",
        without="Not ranked: {person} ({status}; {countries})",
    )  # fmt: skip


def check(top: int, k: int, levels: Sequence[float] | None, draws: int | None) -> None:
    """Refuse numbers that cannot be.

    Raises
    ------
    BadQuestion
        A number is out of its range.
    """
    if top < 0 or k < 1 or (draws is not None and draws < 1):
        raise BadQuestion(f"top = {top}, k = {k}, draws = {draws}: top must be 0 or more, the others 1 or more")
    for level in levels or ():
        if not 0 <= level <= 1:
            raise BadQuestion(f"{level} is no level of error; give a share from 0 to 1, such as 0.1")


def _told(ground: Ground, chosen: Measure, values: NDArray[Any], there: Measured | None) -> Iterator[str]:
    """Sentences on how the values came about."""
    yield weighed(ground, chosen)
    yield chosen.remark(ground.network, values) if chosen.remark else ""
    yield there.said if there else ""


def _eligible(ground: Ground, chosen: Measure) -> NDArray[np.bool_]:
    both: NDArray[np.bool_] = ground.eligible
    return both[ground.network.source] & both[ground.network.target] if chosen.of_ties else both


def _after(place: str, table: Columns, name: str, cells: list[Any]) -> Columns:
    """The table with one column more, after that called `place`."""
    return {
        called: column
        for old, its in table.items()
        for called, column in [(old, its), *([(name, cells)] if old == place else [])]
    }


def interval(made: Card | None, at: NDArray[Any]) -> Columns:
    """Columns of the rank's interval; empty without a card."""
    bounds = (made.low[at], made.high[at]) if made else (np.full(len(at), np.nan),) * 2
    return {name: _places(bound) for name, bound in zip(("rank_low", "rank_high"), bounds, strict=True)}


def _places(place: NDArray[Any]) -> NDArray[Any]:
    """Ranks as whole numbers; missing where there is no value to rank."""
    if np.isnan(place).any():
        return objects(None if np.isnan(at) else int(at) for at in place)
    return place.astype(int)


def _of_people(
    ground: Ground, shown: NDArray[Any], values: NDArray[Any], place: NDArray[Any], made: Card | None
) -> tuple[Columns, list[list[int]]]:
    support, at = Backing(ground.graph), ground.people.positions[shown]
    countries = ground.graph.countries()
    table: Columns = {
        "rank": _places(place[shown]), "person": support.labels[at], "status": support.status[at],
        "countries": ["/".join(sorted(countries[i])) or "country unknown" for i in at],
        "value": [round(float(value), 6) for value in values[shown]], **interval(made, shown),
        "id": ground.graph.ids[at],
    }  # fmt: skip
    return table, [ground.statements(ground.pairs_of(int(person))) for person in shown]


def _of_ties(
    ground: Ground, shown: NDArray[Any], values: NDArray[Any], place: NDArray[Any], made: Card | None
) -> tuple[Columns, list[list[int]]]:
    support, people = Backing(ground.graph), ground.people
    left, right = people.positions[people.source[shown]], people.positions[people.target[shown]]
    label = [f"{name} ({status})" for name, status in zip(support.labels, support.status, strict=True)]
    table: Columns = {
        "rank": _places(place[shown]), "person": [label[i] for i in left], "other": [label[i] for i in right],
        "bases": [", ".join(people.bases(int(pair))) for pair in shown],
        "value": [round(float(value), 6) for value in values[shown]], **interval(made, shown),
        "id": ground.graph.ids[left], "other_id": ground.graph.ids[right],
    }  # fmt: skip
    return table, [ground.statements([int(pair)]) for pair in shown]


def _over_bases(ground: Ground, chosen: Measure, k: int, seed: int) -> dict[str, Any]:
    """What the specification curve says, each line for itself."""
    found = curve(
        ground.people, lambda made: chosen.score(made.unweighted if ground.unweighted else made), ground.eligible,
        k=k, seed=seed, weight_of=ground.weights.of_basis,
    )  # fmt: skip
    labels = Backing(ground.graph).labels[ground.people.positions]
    told = found["specifications"]
    if not told:
        return {}
    return {
        "over bases": f"{len(told)} combinations: the first stays first in {np.mean([row['top 1'] == 1 for row in told]):.0%}, "
        f"the first {k} overlap {np.mean([row['top k'] for row in told]):.2f} on average",
        "needs one basis": {str(labels[person]): needed for person, needed in found["needs"].items()},
        "specifications": told,
    }  # fmt: skip
