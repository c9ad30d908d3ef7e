"""Measures of other publishers' networks, against what R igraph, R sna, python-igraph and leidenalg give for them.

The values, the calls that gave them and how people are numbered stand in `tests/fixtures/reference_measures.json`. Not
held to: values of one's own component alone, harmonic centrality, directed brokerage and its expectations, which no
question gives.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from isthmus.queries import measures
from isthmus.queries.measures.crossing import country_sets
from isthmus.queries.measures.roles import brokerage
from isthmus.queries.structure.cohesion import components, degree_assortativity, transitivity
from isthmus.queries.structure.communities import louvain
from isthmus.queries.structure.distances import distances
from isthmus.queries.structure.simple import simple

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.queries.measures import Network
    from isthmus.queries.measures.network import Reals

FILE = Path(__file__).parents[2] / "fixtures" / "reference_measures.json"
PERIODS = tuple(f"{number:02}_" for number in range(1, 22))  # the layers of dated ties
NEAR = 2e-6  # the values have six digits
Drawn = tuple[list[str], "Network"]  # the number of each person, and the network


def values_of(name: str) -> dict[str, Any]:
    listed = json.loads(FILE.read_text("utf-8"))["values"]
    return {one["call"]: one["value"] for one in listed if one["network"] == name}


def drawn(names: list[str], rows: list[tuple[str, str, float]]) -> Network:
    """Each pair once, with the largest of its weights."""
    largest: dict[tuple[int, int], float] = {}
    at = {name: place for place, name in enumerate(names)}
    for one, other, weight in rows:
        pair = min(at[one], at[other]), max(at[one], at[other])
        largest[pair] = max(largest.get(pair, 0), weight)
    ends = np.array(list(largest), dtype=np.int64)
    return measures.network(len(names), ends[:, 0], ends[:, 1], list(largest.values()))


def numbered(names: list[str]) -> list[str]:
    return [f"n{place}" for place in range(1, len(names) + 1)]


def layered(folder: Path, layers: tuple[str, ...] = ("",)) -> Drawn:
    with (folder / "nodes.csv").open(encoding="utf-8") as stream:
        names = sorted({row["name"] for row in csv.DictReader(stream)})
    return names, drawn(names, tied(folder, layers))


def tied(folder: Path, layers: tuple[str, ...] = ("",)) -> list[tuple[str, str, float]]:
    """Ties of the layers whose names begin so."""
    with (folder / "edges.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["layer"].startswith(layers)]
    return [(row["source"], row["target"], float(row["weight"])) for row in rows]


def krebs62(external: Path) -> Drawn:
    with (external / "krebs_911" / "firstmonday_fig4_62_edges.csv").open(encoding="utf-8") as stream:
        rows = [(row[0], row[1], 1.0) for row in csv.reader(stream)]
    names = sorted({name for row in rows for name in row[:2]})
    return numbered(names), drawn(names, rows)


def koschade(external: Path) -> Drawn:
    rows = tied(external / "koschade_ji_bali_2002")
    names = sorted({name for row in rows for name in row[:2]})
    return numbered(names), drawn(names, rows)


def madrid70(external: Path) -> Drawn:
    names, graph = layered(external / "rodriguez_madrid_2004")
    return numbered(names), graph


def jjatt_madrid(external: Path) -> Drawn:
    return layered(external / "jjatt_madrid_2004", PERIODS)


def sageman368(external: Path) -> Drawn:
    cells = np.loadtxt(external / "sageman_global_salafi_jihad" / "sagemanAdjacency.csv", delimiter=",", dtype=int)
    source, target = np.nonzero(np.triu(cells | cells.T, 1))
    return [str(row) for row in range(1, len(cells) + 1)], measures.network(len(cells), source, target)


NETWORKS: list[Callable[[Path], Drawn]] = [krebs62, koschade, madrid70, jjatt_madrid, sageman368]
NODES: dict[str, Callable[[Network], Reals]] = {
    "degree(g)": lambda graph: graph.degree.astype(float),
    "betweenness(g, normalized=TRUE)": measures.betweenness_centrality,
    "closeness(g, normalized=TRUE) * (size of component - 1)/(n - 1)": measures.closeness_centrality,
    "eigen_centrality(g)$vector, scaled to length 1": measures.eigenvector_centrality,
    "page_rank(g)$vector": lambda graph: measures.pagerank(graph.unweighted),
    "constraint(g), lowest first": lambda graph: measures.constraint(graph.unweighted),
}
WHOLE: dict[str, Callable[[Network], float | None]] = {
    "edge_density(g)": lambda graph: 2 * graph.m / graph.n / (graph.n - 1),
    "transitivity(g)": lambda graph: transitivity(simple(graph.n, graph.source, graph.target)),
    "transitivity(g,'localaverage')": lambda graph: float(np.nanmean(measures.clustering(graph))),
    "transitivity(g,'localaverage',isolates='zero')": lambda graph: float(
        np.nan_to_num(measures.clustering(graph)).mean()
    ),
    "diameter(g)": lambda graph: float(distances(simple(graph.n, graph.source, graph.target)).reach.max()),
    "mean_distance(g)": lambda graph: distances(simple(graph.n, graph.source, graph.target)).mean,
    "global_efficiency(g)": lambda graph: float(
        distances(simple(graph.n, graph.source, graph.target)).inverse.mean() / (graph.n - 1)
    ),
    "assortativity_degree(g)": lambda graph: degree_assortativity(simple(graph.n, graph.source, graph.target)),
}
each_network = pytest.mark.parametrize("draw", NETWORKS, ids=lambda draw: draw.__name__)


@pytest.mark.external
@each_network
def test_people_measure_alike(external: Path, draw: Callable[[Path], Drawn]) -> None:
    names, graph = draw(external)
    told = values_of(draw.__name__)
    for call, measure in NODES.items():
        found = dict(zip(names, measure(graph).tolist(), strict=True))
        assert {name: found[name] for name in told[call]} == pytest.approx(told[call], abs=NEAR), call


@pytest.mark.external
@each_network
def test_wholes_measure_alike(external: Path, draw: Callable[[Path], Drawn]) -> None:
    _, graph = draw(external)
    told = values_of(draw.__name__)
    for call, measure in WHOLE.items():
        assert measure(graph) == pytest.approx(told[call], abs=NEAR), call
    parts = np.bincount(components(simple(graph.n, graph.source, graph.target)))
    assert told["components(g)"] == {
        "no": len(parts), "largest": parts.max(), "isolates": int((graph.degree == 0).sum())
    }  # fmt: skip


@pytest.mark.external
@each_network
def test_cohesion_measures_alike(external: Path, draw: Callable[[Path], Drawn]) -> None:
    names, graph = draw(external)
    told = values_of(draw.__name__)
    core = measures.core_number(graph)
    assert told["coreness(g)"] == {"max": core.max(), "in_max": int((core == core.max()).sum())}
    points = told["articulation_points(g)"]
    assert {names[at] for at in measures.articulation_points(graph)} == set(
        [points] if isinstance(points, str) else points
    )
    cut = measures.bridges(graph)
    ends = {frozenset((names[graph.source[row]], names[graph.target[row]])) for row in cut}
    assert ends == {frozenset(pair) for pair in told["bridges(g)"]}


@pytest.mark.external
@each_network
def test_modularity_lies_between_louvain_and_leiden(external: Path, draw: Callable[[Path], Drawn]) -> None:
    """Ours is the best of ten runs; a network without Leiden's values is held to the best of R's fifty."""
    _, graph = draw(external)
    told = values_of(draw.__name__)
    best = told["cluster_louvain(g), 50 seeds"]
    highest = max([best["highest"], *(value["highest"] for call, value in told.items() if "Modularity" in call)])
    found = louvain(simple(graph.n, graph.source, graph.target), seed=1, runs=10)
    assert found is not None
    assert best["lowest"] - NEAR <= found.modularity <= highest + NEAR


@pytest.mark.external
def test_koschade_by_weight(external: Path) -> None:
    names, graph = koschade(external)
    told = values_of("koschade, weights")
    by: dict[str, Callable[[Network], Reals]] = {
        "strength(g, weights=w)": measures.strength,
        "betweenness(g, weights=1/w, normalized=TRUE)": measures.weighted_betweenness,
        "eigen_centrality(g, weights=w)$vector, length 1": lambda made: measures.eigenvector_centrality(
            made, weighted=True
        ),
        "constraint(g, weights=w)": measures.constraint,
    }
    for call, measure in by.items():
        found = dict(zip(names, measure(graph).tolist(), strict=True))
        assert found == pytest.approx(told[call], abs=NEAR), call
    read_as_distance = told["betweenness(g, weights=w, normalized=TRUE)"]
    found = dict(zip(names, measures.weighted_betweenness(graph).tolist(), strict=True))
    assert sorted(found, key=found.__getitem__)[-2:] == ["n8", "n16"]
    assert sorted(read_as_distance, key=read_as_distance.__getitem__)[-2:] == ["n12", "n16"]


@pytest.mark.external
def test_periods_are_not_parallel_ties(external: Path) -> None:
    """573 dated ties are 226 pairs; as parallel ties they would make of a coreness of 7 one of 21."""
    names, graph = jjatt_madrid(external)
    told = values_of("jjatt_madrid as a multigraph")
    assert (graph.m, len(tied(external / "jjatt_madrid_2004", PERIODS))) == (226, 573)
    assert [21, measures.core_number(graph).max()] == told["max(coreness(g)) parallel / simple"]
    between = measures.betweenness_centrality(graph, normalized=False)
    assert between[names.index("3132")] < told["betweenness(g) on parallel ties"]["3132"] - 40


OURS = {"w_I": "internal broker", "w_O": "outside broker", "b_IO": "representative", "b_OI": "gatekeeper",
        "b_O": "liaison"}  # fmt: skip


def counted(graph: Network, groups: list[str], at: int | None = None) -> dict[str, int]:
    """Counts as sna names them: of one person, or of the whole network."""
    sets = country_sets([frozenset({group} - {""}) for group in groups])
    found = brokerage(graph, sets.of, sets.apart)
    counts = {name: int(found[role].sum() if at is None else found[role][at]) for name, role in OURS.items()}
    return {**counts, "t": sum(counts.values())}


def test_brokers_of_a_toy_and_of_a_star() -> None:
    toy = measures.network(6, [0, 1, 2, 3, 4, 5, 0, 3], [1, 2, 3, 4, 5, 0, 2, 1])
    told = values_of("brokerage, toy symmetrised")["brokerage(pmax(m,t(m)), cl)$raw.nli"]
    assert [counted(toy, list("AAABBC"), at) for at in range(6)] == told
    star = measures.network(6, [0] * 5, [1, 2, 3, 4, 5])
    (told,) = values_of("brokerage, star").values()
    assert counted(star, list("XXXYYZ"), 0) == told["raw"]


@pytest.mark.external
def test_brokers_of_nov13(external: Path) -> None:
    with (external / "nov13" / "nodes.csv").open(encoding="utf-8") as stream:
        people = {row["var"]: row["citizenship"] for row in csv.DictReader(stream) if row["label"] == "Person"}
    with (external / "nov13" / "relationships.csv").open(encoding="utf-8") as stream:
        rows = [(row["source"], row["target"], 1.0) for row in csv.DictReader(stream)]
    names = sorted(people)
    graph = drawn(names, [row for row in rows if row[0] in people and row[1] in people and row[0] != row[1]])
    groups = [people[name] if people[name] not in ("", "NA", "unknown") else "" for name in names]
    whole = values_of("nov13 person-person rows of relationships.csv, symmetrised, citizenship as written, unknown "
                      "left out")  # fmt: skip
    assert counted(graph, groups) == whole["brokerage(S, citizenship)$raw.gli / exp.gli / z.gli"]["raw"]
    (first,) = values_of("nov13 as above").values()
    assert {name: counted(graph, groups, numbered(names).index(name)) for name in first} == first


def test_every_call_is_used_or_named_as_left_out() -> None:
    """A value that is added to the file does not go unread."""
    used = {*NODES, *WHOLE, "components(g)", "coreness(g)", "articulation_points(g)", "bridges(g)",
            "cluster_louvain(g), 50 seeds"}  # fmt: skip
    left = {"closeness per component (igraph)", "harmonic_centrality(g, normalized=TRUE)",
            "Graph.community_optimal_modularity()"}  # fmt: skip
    calls = defaultdict(set)
    for one in json.loads(FILE.read_text("utf-8"))["values"]:
        calls[one["network"]].add(one["call"])
    for draw in NETWORKS:
        rest = {call for call in calls[draw.__name__] - used - left if "ModularityVertexPartition" not in call}
        assert not rest, rest
