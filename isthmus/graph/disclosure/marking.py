"""TLP markings: an output takes the strictest of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word
from isthmus.graph.record import reading
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.graph.graph import Graph


def strictest(graph: Graph, behind: Iterable[Sequence[tuple[str, ...]]] = (), *, whole: bool = False) -> str:
    """The strictest TLP marking of what an output shows; CLEAR where nothing of it is marked.

    That is the records of the claims in view and of holdings on entities in view, those of the claims `behind` the rows
    of findings, and with `whole` every current record. A record that was superseded, or whose claims were all taken
    back, marks nothing else.
    """
    order, rows = schema().tlp, reading.marked(graph.file)
    if not rows:
        return order[0]
    shown = set(np.unique(graph.claim_table["record"]).tolist())
    held = graph.holdings
    told = set(held.loc[(held["statement"] >= 0) | held["subject"].isin(graph.ids), "record"])
    out = {
        num
        for num, identity, _, current in rows
        if num not in shown and identity not in told and not (whole and current)
    }
    for listed in behind if out else ():
        claims = {identity for ids in listed for identity in ids}
        out -= {record for record, identity in reading.claims_of_marked(graph.file) if identity in claims}
    return max((tlp for num, _, tlp, _ in rows if num not in out), key=order.index, default=order[0])


def check_marking(
    graph: Graph, allowed: str, behind: Iterable[Sequence[tuple[str, ...]]] = (), *, whole: bool = False
) -> str:
    """The marking of an output, if `allowed` covers it; see `strictest`.

    Raises
    ------
    BadQuestion
        What would be shown is marked more strictly.
    """
    order, found = schema().tlp, strictest(graph, behind, whole=whole)
    allowed = word(allowed, order, "TLP marking")
    if order.index(found) > order.index(allowed):
        raise BadQuestion(f"this shows records marked TLP:{found}; ask for --tlp {found} if its readers may see that")
    return found
