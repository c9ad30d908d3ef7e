"""TLP markings: an output takes the strictest of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word
from isthmus.graph.record import markings
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from isthmus.graph.graph import Graph

    Behind = Iterable[Sequence[tuple[str, ...]]]

UNMARKED = "not marked"


def strictest(graph: Graph, behind: Behind = (), *, whole: bool = False, about: Sequence[int] | None = None) -> str:
    """The strictest TLP marking of what an output shows; "" where nothing of it is marked.

    That is the records of the claims in view and of holdings on entities in view, those of the claims `behind` the rows
    of findings, and with `whole` every current record. Where an answer is `about` some entities alone, it is their
    claims and holdings, and what names those at the other ends. What is CLEAR in part and else unmarked
    is not marked: CLEAR would let everyone pass on what nobody has cleared.
    """
    order, rows = schema().tlp, markings.marked(graph.file, graph.lens.tlp)
    if not rows:
        return ""
    shown, held = _shown(graph, about), graph.holding_table
    subjects = graph.ids if about is None else graph.ids[np.asarray(about, dtype=np.int64)]
    known = set(subjects.tolist())
    on = held.coded("subject").among(known) | held.coded("value").among(known)
    told = set(held.at("record", on | ((held["statement"] >= 0) & (about is None))).tolist())
    found = {num for num, identity, _, current in rows if num in shown or identity in told or (whole and current)}
    claims = {identity for listed in behind for ids in listed for identity in ids}
    if claims:
        found |= {record for record, identity in markings.claims_of_marked(graph.file) if identity in claims}
    labels = {num: tlp for num, _, tlp, _ in sorted(rows, key=lambda row: order.index(row[2])) if num in found}
    strict = max(labels.values(), key=order.index, default="")
    if strict == order[0] and (shown - labels.keys() or (whole and markings.unmarked(graph.file))):
        return ""
    return strict


def _shown(graph: Graph, about: Sequence[int] | None) -> set[int]:
    """Numbers of the records behind the claims in view, or behind those that an answer about some entities shows."""
    records = graph.claim_table["record"]
    if about is None:
        return set(np.unique(records).tolist())
    table = graph.statement_table
    subject, value = table["subject"], table["value_at"]
    own = np.isin(subject, about) | np.isin(value, about)
    ends = np.union1d(subject[own], value[own])
    naming = table.coded("property").among(schema().labelling | schema().placing)
    rows = np.flatnonzero(own | (naming & np.isin(subject, ends)))
    counts = np.diff(graph.offsets)[rows]
    claims = np.repeat(graph.offsets[rows] - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
    return set(np.unique(records[claims]).tolist())


def check_marking(graph: Graph, allowed: str | None = None, behind: Behind = (), *, whole: bool = False) -> str:
    """The marking of what leaves, if `allowed` covers it; see `strictest`.

    Where nothing is said, what the lens keeps is allowed, and without that what is CLEAR or not marked.

    Raises
    ------
    BadQuestion
        What would be shown is marked more strictly.
    """
    order, found = schema().tlp, strictest(graph, behind, whole=whole)
    allowed = word(allowed or graph.lens.tlp or order[0], order, "TLP marking")
    if found and order.index(found) > order.index(allowed):
        raise BadQuestion(
            f"this shows records marked TLP:{found}; ask for --tlp {found} if its readers may see that, "
            f"or leave them out with --tlp {order[order.index(found) - 1]}"
        )
    return found


def in_words(tlp: str) -> str:
    """A marking as it is written on what it marks."""
    return f"TLP:{tlp}" if tlp else UNMARKED
