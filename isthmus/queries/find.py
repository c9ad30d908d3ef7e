"""Who or what is called so, in any spelling."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word
from isthmus.graph.names import folded
from isthmus.graph.schema import schema
from isthmus.queries.backing import Backing
from isthmus.queries.finding import Finding

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph

CLOSE = 0.8
"""Likeness of two folded names (Ratcliff and Obershelp) from which they are shown as near."""


def find(graph: Graph, text: str, *, kind: str | None = None, limit: int = 50) -> Finding:
    """Entities whose id, name or alias holds `text`, in any spelling; near ones where none does.

    `match` is exact, part or near, in this order, people first.

    Raises
    ------
    BadQuestion
        `text` has no letter or digit, or there is no such kind.
    """
    wanted, kind = folded(text), word(kind, schema().kinds, "kind of entity") if kind is not None else None
    if not wanted:
        raise BadQuestion(f"{text!r} has nothing to search for; give a name or a part of one")
    hits: dict[int, tuple[int, str, str]] = {}
    spellings = [(at, str(name)) for at, name in enumerate(graph.ids)]
    for prop in schema().names:
        spellings += [(at, name) for at, name, _ in graph.said(prop)]
    for at, name in spellings:
        rank = _rank(wanted, folded(name))
        if rank is not None and (kind is None or graph.kinds[at] == kind) and rank < hits.get(at, (9,))[0]:
            hits[at] = (rank, ("exact", "part", "near")[rank], name)
    best = min((rank for rank, _, _ in hits.values()), default=0)
    firm = {at: hit for at, hit in hits.items() if hit[0] < 2 or best == 2}
    support, shown = Backing(graph), graph.shown["named"]
    order = sorted(firm, key=lambda at: (firm[at][0], graph.kinds[at] != "Person", str(support.labels[at])))[:limit]
    table = {
        "name": [str(support.labels[at]) for at in order],
        "kind": [str(graph.kinds[at]) for at in order],
        "status": [str(support.status[at]) for at in order],
        "match": [firm[at][1] for at in order],
        "spelling": [firm[at][2] if shown[at] else "" for at in order],
        "id": [str(graph.ids[at]) for at in order],
    }
    return Finding(
        name="find",
        table=table,
        method="Names and aliases without accents, articles and doubled letters; English, French and Dutch spellings "
        "of one Arabic name fold together.",
        parameters={"text": text, "kind": kind, "limit": limit},
        sentence="{name} ({kind}; {status}) · {spelling} · id {id}",
        heading="match",
        left_out={
            **graph.left_out,
            **({"further matches; --limit shows more": len(firm) - len(order)} if len(firm) > len(order) else {}),
        },
        about=order,
    )


def _rank(wanted: str, name: str) -> int | None:
    if wanted == name:
        return 0
    if wanted in name:
        return 1
    return 2 if SequenceMatcher(None, wanted, name).ratio() >= CLOSE else None
