"""Who connects what across a border: five kinds of link, each with its rule and what it does not know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import numpy as np

from isthmus.graph.countries import countries
from isthmus.graph.given import word, words
from isthmus.queries.backing import SUCCESSOR, Backing, CountrySets
from isthmus.queries.behind import Groups
from isthmus.queries.borders.cells import cells
from isthmus.queries.borders.crossing_rows import COLUMNS, chosen, count, joined
from isthmus.queries.borders.pairs import pairs
from isthmus.queries.borders.parts import abroad, remote, span
from isthmus.queries.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph
    from isthmus.queries.borders.crossing_rows import Links, Rows

Kind = Literal["pair", "abroad", "remote", "span", "cell"]
Overlap = Literal["disjoint", "partly", "successor"]
OVERLAPS: tuple[Overlap, ...] = ("disjoint", "partly", "successor")
RULES: dict[Kind, str] = {
    "pair": "two people tied, their countries disjoint or partly shared; who shared a cell, an object or a place is tied "
    'by the time they were both there, and not tied where that certainly never was; "possibly together" says that the dates '
    "allow both",
    "abroad": "a person with a part in an event, or in a cell, in a country not theirs",
    "remote": "a person who directs, supplies or finances from one country, where they certainly or possibly were at the "
    "time, what happens in another",
    "span": "a person with a part in events in two countries or more; arrests, stops and trials do not count",
    "cell": "a cell, network or organisation that operates in two countries or more",
}


_UNTOLD = "links between a state that ended and one that may be its successor (--overlap successor shows them)"


def cross_border(
    graph: Graph,
    *,
    kinds: Texts | None = None,
    country_rule: CountryRule = "citizenship",
    overlap: Overlap = "partly",
    between: Texts | None = None,
    person: str | None = None,
) -> Finding:
    """Cross-border links of a graph, one row each.

    `kinds` are those of `RULES`, all by default. A person's countries follow `country_rule`. Only disjoint pairs
    count as across a border; those that share some country stand beside them unless `overlap` is "disjoint".
    A state that ended against one that came after it is no border that anyone can tell: such links are counted, and
    shown with `overlap` "successor". A pair is judged at the last day of its tie.
    `between` keeps links that touch all of these countries, `person` those of one person. An unknown country is
    never a border: such ties are counted in `left_out`.

    Raises
    ------
    BadQuestion, NoSuchEntity, AmbiguousName
        A kind or rule that does not exist; a person who is not found.
    """
    asked = list(words(kinds, RULES, "kind of cross-border link") or RULES)
    overlap, touching = word(overlap, OVERLAPS, "overlap", harmless=True), countries(between)
    sets, support = CountrySets(graph, country_rule), Backing(graph)
    left_out: dict[str, int] = dict(graph.left_out)
    parts = [_MAKERS[kind](graph, sets, support, left_out) for kind in asked]
    rows = joined([links for links, _ in parts])
    groups = Groups.join([part[1] for part in parts])
    if overlap != "successor":
        count(left_out, _UNTOLD, int((rows["overlap"] == SUCCESSOR).sum()))
    keep = _kept(rows, overlap, touching, str(graph.ids[graph.index(person)]) if person else None)
    if not keep.all():
        rows, groups = chosen(rows, keep), groups.take(np.flatnonzero(keep))
    rows["source"] = support.pointers(groups.firsts)
    counts = Counter(zip(rows["kind"].tolist(), rows["overlap"].tolist(), strict=True))
    return Finding(
        name="cross-border",
        table={name: rows[name] for name in COLUMNS},
        method=". ".join(f"{kind}: {RULES[kind]}" for kind in asked) + f". A person's countries by {country_rule}.",
        parameters={
            "kinds": asked, "country_rule": country_rule, "overlap": overlap, "between": list(touching),
            "person": person, **graph.arguments,
        },
        claims=support.claim_ids(groups),
        robustness={f"{kind} {word}".strip(): number for (kind, word), number in counts.items()},
        caveats=(
            "Few links of a country may mean few sources on it; --matrix shows both, country by country.",
            "A tie says what its source says; it is no finding of guilt.",
        ),
        left_out=left_out,
        sentence="{subject} ({status}; {countries}) {tie} {object} ({object_status}; {object_countries})\n"
        "{overlap} · {first} to {last} · {grade}, origins {origins} · {source}",
        heading="kind",
    )  # fmt: skip


def _kept(rows: Links, overlap: str, between: Sequence[str], person: str | None) -> NDArray[np.bool_]:
    keep = np.ones(len(rows["overlap"]), dtype=bool)
    if overlap != "successor":
        keep &= rows["overlap"] != SUCCESSOR
    if overlap == "disjoint":
        keep &= rows["overlap"] != "partly shared"
    if person is not None:
        keep &= (rows["subject_id"] == person) | (rows["object_id"] == person)
    for code in between:
        sides = zip(rows["countries"].tolist(), rows["object_countries"].tolist(), strict=True)
        keep &= np.array([code in (*left.split("/"), *right.split("/")) for left, right in sides], dtype=bool)
    return keep


_MAKERS: dict[Kind, Callable[[Graph, CountrySets, Backing, dict[str, int]], Rows]] = {
    "pair": pairs,
    "abroad": abroad,
    "remote": remote,
    "span": span,
    "cell": cells,
}
