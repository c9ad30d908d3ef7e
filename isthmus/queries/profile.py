"""The network as a whole, in the numbers that publications print, so that a loaded file can be checked against one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.table import objects
from isthmus.graph.given import words
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding
from isthmus.queries.gds.communities import leiden
from isthmus.queries.structure.cohesion import components, degree_assortativity, transitivity
from isthmus.queries.structure.colouring import Sides, sides
from isthmus.queries.structure.communities import Partition, louvain
from isthmus.queries.structure.distances import Distances, distances
from isthmus.queries.structure.simple import Simple, simple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph

Value = int | float | None
FEW = 5_000  # ties up to which Louvain is run `RUNS` times, and their claims are listed
RUNS = 10
LARGE, STARTS = 20_000, 1_024  # nodes above which distances are estimated, from those of so many
METHOD = (
    "Ties are pairs, counted once, without direction or weight. Components count people without ties. Diameter and "
    "mean distance are in ties, the diameter in the largest component, the mean over pairs that a path joins. Global "
    "efficiency is the mean of 1/distance over all pairs, 0 where no path is. Secrecy is 1 - (n + 2m)/n²: the share "
    "of the others whom an exposed person does not expose. Modularity is the best of {runs} runs of {search}, "
    "seeds from {seed} on. Degree assortativity is the correlation of the degrees at the ends of a tie. Every row "
    "rests on the claims that are listed with `ties`."
)
LITERATURE = (
    "Wasserman & Faust (1994), Social Network Analysis",
    "Latora & Marchiori (2001), Physical Review Letters 87: 198701 (efficiency)",
    "Lindelauf, Borm & Hamers (2009), Social Networks 31: 126-137 (secrecy)",
    "Newman, Strogatz & Watts (2001), Physical Review E 64: 026118 (transitivity)",
    "Newman (2002), Physical Review Letters 89: 208701 (assortativity)",
    "Newman & Girvan (2004), Physical Review E 69: 026113 (modularity)",
    "Blondel, Guillaume, Lambiotte & Lefebvre (2008), J. Stat. Mech. P10008 (Louvain)",
    "Traag, Waltman & van Eck (2019), Scientific Reports 9: 5233 (Leiden)",
)


@dataclass(frozen=True)
class _ProfiledNetwork:
    """What is measured, and what is caveats of it."""

    graph: Simple
    directed: int  # pairs of one kind that a tie with a direction joins
    statements: NDArray[np.int64]  # rows of the statements behind the ties
    modes: tuple[str, ...] = ()  # kind of each node, where ties only join the kinds of one side to those of the other
    sides: tuple[Sides, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


def profile(
    graph: Graph,
    *,
    kinds: Texts | None = None,
    bases: Texts | None = None,
    seed: int = 1,
    on: str | None = None,
) -> Finding:
    """Size, components, distances, density, triangles, secrecy and modularity, one row a measure.

    The nodes are people, tied as `graph.people` ties them on `bases` (all if not given); or the entities of `kinds`,
    with every tie between two of them. Of kinds on two sides that are only tied across, counts come by kind, and
    two-mode density is over the pairs across. A measure that nothing defines (the density of one person) is None. Modularity is that of
    Graph Data Science on the Neo4j server `on`, if one is given; all else is counted here.

    Raises
    ------
    BadQuestion
        A kind or basis that is not declared, or bases together with kinds.
    MissingExtra, ServerError
        See `isthmus.graph.cypher.gds.sent`.
    """
    kinds, bases = words(kinds, schema().kinds, "kind of entity"), words(bases, schema().bases, "basis") or None
    if kinds and bases:
        raise BadQuestion("bases belong to ties between people; leave out either --basis or --kinds")
    network = _kinds(graph, kinds) if kinds else _people(graph, bases)
    runs = RUNS if network.graph.m <= FEW else 1
    partition, search, where = _partition(network.graph, on, seed=seed, runs=runs)
    lengths = _lengths(network.graph, seed)
    rows = [*_rows(network, partition, lengths), *_mode_rows(network)]
    return Finding(
        name="profile",
        table={"measure": [name for name, _ in rows], "value": objects(value for _, value in rows)},
        method=METHOD.format(runs=runs, seed=seed, search=search),
        parameters={**({"asked_of": where} if where else {}), "kinds": list(kinds or ["Person"]), "projection": "entities" if kinds else "people",
                    "bases": list(bases) if bases else None, "seed": seed, **graph.arguments},
        claims=_claims(graph, network, rows),
        literature=LITERATURE,
        robustness={**_robustness(partition, runs), **_estimated(network.graph, lengths)},
        caveats=_caveats(graph, network, kinds),
        left_out={**graph.left_out, **network.left_out},
        seed=seed,
    )  # fmt: skip


def _partition(graph: Simple, on: str | None, *, seed: int, runs: int) -> tuple[Partition | None, str, str]:
    """The communities, the method that found them, and the server if it was one."""
    if on is None:
        return louvain(graph, seed=seed, runs=runs), "Louvain's method", ""
    partition, where = leiden(graph, on, seed=seed, runs=runs)
    return partition, f"the Leiden method on {where} (gds.leiden; all else was counted here)", where


def _people(graph: Graph, bases: Sequence[str] | None) -> _ProfiledNetwork:
    people = graph.people(ties=bases)
    tied = simple(len(people.positions), people.source, people.target)
    behind = np.unique(people.behind)
    return _ProfiledNetwork(tied, int(people.directed.sum()), behind[behind >= 0], left_out=dict(people.left_out))


def _kinds(graph: Graph, kinds: tuple[str, ...]) -> _ProfiledNetwork:
    wanted = np.isin(graph.kinds.astype(str), kinds)
    place = np.cumsum(wanted) - 1
    source, target = (graph.tie_table[name].astype(np.int64) for name in ("source", "target"))
    inside = wanted[source] & wanted[target]
    loops = inside & (source == target)
    keep = inside & ~loops
    ends = place[source[keep]], place[target[keep]]
    tied = simple(int(wanted.sum()), *ends)
    names = graph.kinds[wanted].astype(str)
    differ = names[ends[0]] != names[ends[1]]
    two_sides = sides(set(zip(names[ends[0]].tolist(), names[ends[1]].tolist(), strict=True)))
    one_way = ~graph.tie_table.coded("kind").compact().of(schema().symmetric, bool)[keep] & ~differ
    left_out = {"ties to entities of other kinds": int((~inside & (wanted[source] | wanted[target])).sum())}
    if loops.any():
        left_out["ties of an entity to itself"] = int(loops.sum())
    return _ProfiledNetwork(
        tied, _pairs(ends[0][one_way], ends[1][one_way]), graph.tie_table["statement"][keep],
        tuple(names.tolist()) if two_sides else (), tuple(two_sides), left_out,
    )  # fmt: skip


def _pairs(source: NDArray[np.int64], target: NDArray[np.int64]) -> int:
    return len(np.unique(np.stack([np.minimum(source, target), np.maximum(source, target)]), axis=1).T)


def _lengths(graph: Simple, seed: int) -> Distances:
    """Distances from all nodes, or from some where all would take too long."""
    if graph.n <= LARGE:
        return distances(graph)
    return distances(graph, np.random.default_rng(seed).choice(graph.n, STARTS, replace=False))


def _estimated(graph: Simple, lengths: Distances) -> dict[str, Any]:
    """How near the distances are to those of all nodes, if they are estimates."""
    if len(lengths.reached) == graph.n:
        return {}
    mean, efficiency = lengths.margins(graph.n)
    return {
        f"distances, from {len(lengths.reached):,} of {graph.n:,} nodes": {
            "mean_distance within": float(f"{mean:.2g}"), "global_efficiency within": float(f"{efficiency:.2g}"),
            "in": "95 of 100 draws", "diameter": "at least what is given",
        }
    }  # fmt: skip


def _rows(network: _ProfiledNetwork, partition: Partition | None, lengths: Distances) -> Iterable[tuple[str, Value]]:
    graph, n, m = network.graph, network.graph.n, network.graph.m
    part = components(graph)
    sizes = np.bincount(part) if n else np.zeros(0, np.int64)
    yield "nodes", n
    yield "ties", m
    yield "components", len(sizes)
    yield "isolates", int((graph.degree == 0).sum())
    yield "largest_component", int(sizes.max()) if n else None
    in_largest = lengths.reach[np.isin(part[lengths.starts], np.flatnonzero(sizes == sizes.max(initial=0)))]
    yield "diameter", int(in_largest.max(initial=0)) if n else None
    yield "mean_distance", lengths.mean
    yield "density", 2 * m / (n * (n - 1)) if n > 1 else None
    yield "mean_degree", 2 * m / n if n else None
    yield "transitivity", transitivity(graph)
    yield "global_efficiency", float(lengths.inverse.mean()) / (n - 1) if n > 1 else None
    yield "secrecy", 1 - (n + 2 * m) / n**2 if n else None
    yield "modularity", partition.modularity if partition else None
    yield "degree_assortativity", degree_assortativity(graph)
    yield "directed_ties", network.directed


def _mode_rows(network: _ProfiledNetwork) -> Iterable[tuple[str, Value]]:
    """Counts by kind, and the density over the pairs of a node of one side and one of the other."""
    counts = Counter(network.modes)
    if not counts:
        return
    kinds = np.array(network.modes)
    for kind, count in sorted(counts.items()):
        yield f"nodes_{kind}", count
        yield f"mean_degree_{kind}", float(network.graph.degree[kinds == kind].sum()) / count
    if len(network.sides) == 1:  # of kinds in several parts nothing says which stand on one side
        first, second = (sum(counts[kind] for kind in side) for side in network.sides[0])
        yield "two_mode_density", network.graph.m / (first * second)


def _claims(graph: Graph, network: _ProfiledNetwork, rows: Sequence[tuple[str, Value]]) -> tuple[tuple[str, ...], ...]:
    """Ids of the claims behind the ties, given once, with the row `ties`: every other row rests on the same."""
    if network.graph.m > FEW:
        return tuple(() for _ in rows)
    (behind,) = Backing(graph).claim_ids([network.statements.tolist()])
    return tuple(behind if name == "ties" else () for name, _ in rows)


def _robustness(partition: Partition | None, runs: int) -> dict[str, Any]:
    if partition is None:
        return {}
    return {
        "modularity": {
            "runs": runs,
            "lowest": round(partition.lowest, 6),
            "highest": round(partition.modularity, 6),
            "communities": len(set(partition.community.tolist())),
        }
    }


def _caveats(graph: Graph, network: _ProfiledNetwork, kinds: Sequence[str] | None) -> tuple[str, ...]:
    caveats = []
    if network.directed:
        caveats.append(
            f"{network.directed} of {network.graph.m} ties have a direction in the record; every measure here leaves it out."
        )
    if network.modes:
        caveats.append(
            "Nodes of one side are never tied, so transitivity is 0 whatever the data; density counts all pairs, "
            "two-mode density those of "
            + " and of ".join(" with ".join(", ".join(sorted(side)) for side in both) for both in network.sides)
            + "."
        )
    if not network.graph.n:
        there = Counter(graph.kinds.astype(str).tolist())
        listed = ", ".join(f"{kind} {count}" for kind, count in there.most_common()) or "nothing"
        caveats.append(f"The graph has no {' or '.join(kinds or ['Person'])}. It has {listed}; ask with --kinds.")
    if not kinds:
        caveats.append(
            "Ties between people include those through a shared event or cell; --basis direct leaves them out."
        )
    caveats.append(
        "A missing tie is not known to be absent: density, efficiency and secrecy follow what was looked for."
    )
    return tuple(caveats)
