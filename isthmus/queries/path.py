"""How two entities are joined: by the fewest ties, by the best evidence, by the strongest weakest tie, in time order."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from isthmus.graph.dates import iso
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import names, word, words
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.evidence.avoiding import avoided
from isthmus.queries.evidence.best import Path, best_paths, lengths
from isthmus.queries.evidence.reliability import connection
from isthmus.queries.evidence.shortest import all_shortest
from isthmus.queries.evidence.steps import Steps, steps
from isthmus.queries.evidence.timed import Timed, foremost, order
from isthmus.queries.evidence.widest import weakest, widest
from isthmus.queries.finding import Finding, of_records
from isthmus.queries.gds.paths import k_shortest
from isthmus.queries.measures.network import Network
from isthmus.queries.robustness.path_draws import critical, path_card

if TYPE_CHECKING:
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Columns

By = Literal["shortest", "evidence", "widest", "time"]
WAYS: dict[By, str] = {
    "shortest": "all paths with the fewest ties",
    "evidence": "paths whose ties are most likely all so: shortest by -ln p (Dijkstra 1959), k best (Yen 1971)",
    "widest": "the path whose least likely tie is as likely as can be (Pollack 1960)",
    "time": "the path that arrives first when no tie ends before the one ahead of it begins (Kempe et al. 2002), of those "
    "that arrive on one day the one with the fewest ties, of those the likeliest; a tie has its own dates, else its "
    "event's, and goes both ways; waiting is allowed, and so are two ties on one day",
}
THERE = ("shortest", "evidence")
"""Ways that a server has too."""
MANY, TOO_MANY = 20_000, 200_000
"""Pairs above which fewer errors are drawn, and none."""
HALF_WIDTH, ROUGH = 0.02, 0.05
"""How near the drawn connection is to be if nothing else is asked; the second with too many pairs."""
COLUMNS = [
    "path",
    "hop",
    "from",
    "tie",
    "to",
    "first",
    "last",
    "grade",
    "origins",
    "p",
    "p_low",
    "p_high",
    "source",
    "from_id",
    "to_id",
]


def path(
    graph: Graph,
    source: str,
    target: str,
    *,
    by: By = "shortest",
    k: int = 10,
    avoid: Texts = (),
    avoid_sources: Texts = (),
    avoid_ties: Texts = (),
    through: Texts | None = None,
    half_width: float | None = None,
    country_rule: CountryRule = "citizenship",
    seed: int = 1,
    on: str | None = None,
) -> Finding:
    """Paths between two entities, one row a hop, with the chance that the two are connected at all.

    At most `k` paths are listed. A path goes through entities of the kinds in `through` only, by default those that do
    not join too many; `avoid` names
    entities, or countries, whose people by `country_rule` are then avoided, but for the two ends; `avoid_sources` sources and `avoid_ties` kinds of tie that it must do without. A hop's chance is that
    of its best evidenced tie. The connection is exact with up to 20 uncertain ties, else drawn to `half_width`
    (`HALF_WIDTH` if not given, `ROUGH` in a large network).
    The shortest and the best evidenced paths are found by Graph Data Science on the Neo4j server `on`, if one is given.

    Raises
    ------
    BadQuestion, NoSuchEntity, AmbiguousName
        A way, kind, tie or source that does not exist; an end that is not found, or is avoided; a way that a server
        does not have.
    MissingExtra, ServerError
        See `isthmus.graph.cypher.gds.sent`.
    """
    by = word(by, WAYS, "way to choose a path", harmless=True)
    through = words(schema().kind_sets.through if through is None else through, schema().kinds, "kind of entity")
    avoid = names(avoid)
    avoid_ties, avoid_sources = words(avoid_ties, schema().ties, "tie"), names(avoid_sources)
    if on is not None and by not in THERE:
        raise BadQuestion(f"Graph Data Science has no paths by {by}; leave out --on, or choose {' or '.join(THERE)}")
    if k < 1 or not (half_width is None or 0 < half_width < 1):
        raise BadQuestion(f"k = {k} and half-width {half_width}: k must be 1 or more, the half-width between 0 and 1")
    ends = graph.index(source), graph.index(target)
    shunned = avoided(graph, avoid, ends, country_rule)
    walk = steps(
        graph, ends, through=through, avoid=shunned.positions, avoid_ties=avoid_ties, avoid_sources=avoid_sources
    )
    if half_width is None:
        half_width = HALF_WIDTH if len(walk.chance) <= TOO_MANY else ROUGH
    support = Backing(graph)
    listed = _paths(graph, walk, by, ends, k) if on is None else _paths_there(walk, by, ends, k, on)
    joined = connection(walk.graph, walk.chance, *ends, half_width=half_width, seed=seed)
    table, groups = _table(graph, support, _hops(walk, listed))
    return Finding(
        name="path",
        table=table,
        method=f"{WAYS[by][0].upper()}{WAYS[by][1:]}, through {', '.join(through)}. A hop's chance p is that of its "
        "best evidenced tie; a chain's is their product, ties taken as independent."
        + (f" The paths were found by gds.shortestPath.yens on {listed.where}; all else here." if listed.where else ""),
        parameters={
            **({"asked_of": listed.where} if listed.where else {}),
            "source": source, "target": target, "by": by, "k": k, "avoid": list(avoid), "through": list(through),
            "avoid_sources": list(avoid_sources), "avoid_ties": list(avoid_ties), "half_width": half_width,
            "country_rule": country_rule, **graph.arguments,
        },
        claims=support.claim_ids(groups),
        literature=("Yen (1971)", "Pollack (1960)", "Kempe, Kleinberg & Kumar (2002)", "Ke, Khan & Lim (2019)", "Wang et al. (2012)"),
        robustness={
            "connected at all" + (", whatever the order in time" if by == "time" else ""): {
                "p": round(joined.chance, 4), "low": round(joined.low, 4), "high": round(joined.high, 4),
                "draws": joined.draws, "how": "drawn, 95 % Wilson interval" if joined.draws else "exact",
                **_by_grade(walk, ends, half_width, seed),
            },
            **_card(support, walk, listed, seed),
        },
        caveats=(*_caveats(listed, by, len(walk.chance)), *listed.caveats),
        left_out={**graph.left_out, **walk.left_out, **shunned.left_out, **({"further paths of the same length; -k shows more": listed.further} if listed.further else {})},
        seed=seed if joined.draws else None,
        sentence="{hop}. {from} {tie} {to}\n{first} to {last} · {grade}, origins {origins}, p {p} ({p_low}-{p_high}) · {source}",
        heading="path",
    )  # fmt: skip


def _by_grade(walk: Steps, ends: tuple[int, int], half_width: float, seed: int) -> dict[str, float]:
    """The connection if every tie were as doubtful, or as sure, as its grade allows for."""
    return {
        f"p at the grades' {end} ends": round(
            connection(walk.graph, chance, *ends, half_width=half_width, seed=seed).chance, 4)
        for end, chance in (("low", walk.low), ("high", walk.high))
    }  # fmt: skip


class _Listed(NamedTuple):
    """The paths asked for, how many more equally short ones there are, and the server that found them, if one did."""

    paths: list[Path]
    further: int = 0
    where: str = ""
    caveats: tuple[str, ...] = ()
    timed: Timed | None = None
    moments: tuple[int, ...] = ()  # of `timed`: those that the one path in time uses

    @property
    def order(self) -> str:
        """Whether the moments of the path in time certainly or possibly came one after the other; "" for others."""
        return order(self.timed, self.moments) if self.timed is not None and self.moments else ""


def _paths(graph: Graph, walk: Steps, by: By, ends: tuple[int, int], k: int) -> _Listed:
    if by == "evidence":
        return _Listed(best_paths(walk.graph, walk.chance, *ends, k=k))
    if by == "widest":
        wide = widest(walk.graph, walk.chance, *ends)
        return _Listed([wide] if wide else [])
    if by == "time":
        return _in_time(walk.timed(graph), len(graph.ids), ends)
    listed, count = all_shortest(walk.graph, *ends, limit=k)
    return _Listed([_with_ties(walk, nodes) for nodes in listed], count - len(listed))


def _in_time(timed: Timed, n: int, ends: tuple[int, int]) -> _Listed:
    found = foremost(timed, n, *ends)
    if found is None:
        return _Listed([])
    used = list(found.moments)
    path = Path(found.nodes, tuple(timed.pair[used].tolist()), float(np.prod(timed.chance[used])))
    return _Listed([path], timed=timed, moments=found.moments)


def _paths_there(walk: Steps, by: By, ends: tuple[int, int], k: int, on: str) -> _Listed:
    """The same from a server, which does not count: one path more than asked for tells whether there are more."""
    if by == "evidence":
        found, where = k_shortest(walk, lengths(walk.chance), ends, k, on)
        return _Listed([_with_ties(walk, nodes) for nodes in found], where=where)
    found, where = k_shortest(walk, np.ones(len(walk.chance)), ends, k + 1, on)
    short = [nodes for nodes in found if len(nodes) == len(found[0])]
    more = (f"There are more paths of this length than the {k} shown; which are shown was the server's choice.",)
    paths = [_with_ties(walk, nodes) for nodes in sorted(short[:k])]
    return _Listed(paths, where=where, caveats=more if len(short) > k else ())


def _with_ties(walk: Steps, nodes: tuple[int, ...]) -> Path:
    arcs = [next(arc for arc in walk.graph.arcs(a) if walk.graph.to[arc] == b) for a, b in itertools.pairwise(nodes)]
    ties = tuple(int(walk.graph.tie[arc]) for arc in arcs)
    return Path(nodes, ties, float(np.prod(walk.chance[list(ties)])))


class _Hop(NamedTuple):
    """One tie of a path as it is used: the statements, the best evidenced first, and their time and chance."""

    path: int
    hop: int
    start: int
    end: int
    rows: list[int]
    first: int
    last: int
    chance: tuple[float, float, float]


def _hops(walk: Steps, listed: _Listed) -> list[_Hop]:
    hops = []
    for number, found in enumerate(listed.paths, 1):
        steps = zip(found.nodes[:-1], found.nodes[1:], found.ties, strict=True)
        for hop, (a, b, tie) in enumerate(steps):
            if listed.timed is not None:
                use, at, rows = listed.timed, listed.moments[hop], [int(listed.timed.row[listed.moments[hop]])]
                first, last = use.start_lo[at], use.end_hi[at]
                chance = use.chance[at], use.low[at], use.high[at]
            else:
                rows, first, last = walk.rows[tie], walk.first[tie], walk.last[tie]
                chance = walk.chance[tie], walk.low[tie], walk.high[tie]
            hops.append(_Hop(number, hop + 1, a, b, rows, int(first), int(last), chance))
    return hops


def _table(graph: Graph, support: Backing, hops: list[_Hop]) -> tuple[Columns, list[list[int]]]:
    shown = [
        f"{label} ({status})" if status else str(label)
        for label, status in zip(support.labels, support.status, strict=True)
    ]
    groups = [hop.rows for hop in hops]
    best = np.array([group[0] for group in groups], dtype=np.int64)
    grades, origin_counts = (graph.statement_table.at(name, best).tolist() for name in ("grade", "origins"))
    rows = []
    for hop, grade, origins, place in zip(hops, grades, origin_counts, support.pointers(best), strict=True):
        p, low, high = (round(float(chance), 3) for chance in hop.chance)
        rows.append(
            {
                "path": hop.path, "hop": hop.hop, "from": shown[hop.start],
                "tie": _reading(graph, hop.rows, hop.start), "to": shown[hop.end], "first": iso(hop.first),
                "last": iso(hop.last), "grade": grade, "origins": origins, "p": p, "p_low": low, "p_high": high,
                "source": place, "from_id": graph.ids[hop.start], "to_id": graph.ids[hop.end],
            }
        )  # fmt: skip
    return of_records(COLUMNS, rows), groups


def _reading(graph: Graph, rows: list[int], start: int) -> str:
    """The ties of a hop as they read from `start`, the best evidenced first."""
    subjects, kinds = (graph.statement_table.at(name, np.array(rows)).tolist() for name in ("subject", "property"))
    words = [
        schema().reading(kind, backward=subject != start).replace("_", " ")
        for subject, kind in zip(subjects, kinds, strict=True)
    ]
    return ", ".join(dict.fromkeys(words))


def _card(support: Backing, walk: Steps, listed: _Listed, seed: int) -> dict[str, Any]:
    """What each path hangs on, and how it stands when something is missing."""
    chosen = [found for found in listed.paths if found.ties]
    leaving_out = ", whatever the order in time," if listed.timed is not None else ""
    if not chosen:
        return {}
    labels = support.labels
    used = np.unique(np.concatenate([walk.source, walk.target]))
    tied = Network(
        len(used), np.searchsorted(used, walk.source), np.searchsorted(used, walk.target), np.ones(len(walk.source))
    )
    inner = [tuple(np.searchsorted(used, found.nodes).tolist()) for found in chosen]
    draws = 300 if tied.m <= MANY else 50
    rows = path_card(tied, inner, draws=draws, seed=seed) if tied.m <= TOO_MANY else []
    card: dict[str, Any] = {}
    for number, found in enumerate(chosen):
        weak = _weakest(walk, listed, found)
        card[f"path {number + 1}"] = {
            "p": round(found.chance, 4),
            **({"in this order": listed.order} if listed.order else {}),
            "weakest tie": f"{labels[weak[0]]} – {labels[weak[1]]}",
            **{f"stands with {row['level']:.0%} {row['model']}": row["stands"][number] for row in rows},
        }
    if rows:
        card["draws"] = f"{draws} a model"
    ties, nodes = critical(tied, inner[0])
    for row in rows:
        card[f"connected{leaving_out} with {row['level']:.0%} {row['model']}"] = row["connected"]
    if len(ties):
        card["no path without the ties"] = [
            f"{labels[used[tied.source[row]]]} – {labels[used[tied.target[row]]]}" for row in ties
        ]
    if nodes:
        card["no path without"] = [str(labels[used[node]]) for node in nodes]
    return card


def _weakest(walk: Steps, listed: _Listed, found: Path) -> tuple[int, int]:
    """The ends of the least likely tie of a path, in the order of their places."""
    if listed.timed is None:
        tie = weakest(found, walk.chance)
    else:
        tie = found.ties[int(np.argmin(listed.timed.chance[list(listed.moments)]))]
    return int(walk.source[tie]), int(walk.target[tie])


def _caveats(listed: _Listed, by: By, ties: int) -> tuple[str, ...]:
    said = [
        "A path shows who could be reached through whom; it shows no order, message or guilt.",
        "The chance takes ties as independent; reports that share a hidden origin make it too high. Use it to order "
        "paths, not as a frequency: see docs/validation.md.",
    ]
    if by == "time":
        said.append("A tie without a date of its own or an event's may have been used at any time.")
    if listed.order == "possibly":
        said.insert(
            0, "The ties may have come in this order, and need not have: a date may lie on either side of the next one."
        )
    if ties > TOO_MANY:
        said.append(f"With {ties:,} pairs to go by, no errors were drawn: how often a path stands is not said.")
    if not listed.paths:
        said.insert(0, "No path joins the two under these rules; that is no proof that they were not in touch.")
    return tuple(said)
