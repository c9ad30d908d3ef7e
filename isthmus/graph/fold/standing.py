"""Legal status of each entity, and what follows from it: who may be named, who may stand in a ranking.

A person is named whose record has a status that `schema.yml` marks `named`, and nothing that lifts it; anyone else
appears by role and country. A minor or a victim is never named, whatever else is claimed.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.fold import status
from isthmus.graph.record.handles import is_handle
from isthmus.graph.record.rows import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.folded import Folded


def shown(graph: Folded) -> Columns:
    """See `Graph.shown`: what the statuses of each entity let be shown of it.

    Status is that of the lens; who may be named or ranked is decided on the whole record, so that no date unlocks it.
    """
    person = graph.of_kind("Person")
    named, fit = ~person, ~_only_present(graph)
    words = np.where(person, status.status_text([]), "").astype(object)
    for at, (changed, record) in enumerate(zip(status.changes(graph), status.on_record(graph), strict=True)):
        seen = status.known(graph, changed)
        if person[at]:
            named[at] = status.may_be_named(record, seen) and not is_handle(str(graph.ids[at]))
            words[at] = status.status_text(change.code for change in status.standing(seen))
        fit[at] &= status.may_be_ranked(record, seen)
    return {"label": _labels(graph, named), "status": words, "named": named, "ranked": fit}


def _only_present(graph: Folded) -> NDArray[np.bool_]:
    bases = {kind: declared.basis or declared.joins for kind, declared in schema().ties.items()}
    tied, firm = np.zeros(len(graph.ids), dtype=bool), np.zeros(len(graph.ids), dtype=bool)
    present = [kind for kind, basis in bases.items() if basis in schema().co_presence]
    apart = [kind for kind, basis in bases.items() if basis and basis not in schema().co_presence]
    for mask, kinds in ((tied, [*present, *apart]), (firm, apart)):
        for ends in graph.ends_of(kinds):
            mask[ends] = True
    return graph.of_kind("Person") & tied & ~firm


def _labels(graph: Folded, named: NDArray[np.bool_]) -> NDArray[np.object_]:
    """What may be shown for each entity: its name, or role and country with a number."""
    found: NDArray[np.object_] = graph.names.copy()
    unnamed = np.flatnonzero(~named)
    if not len(unnamed):
        return found
    roles = {at: value for at, value, _ in graph.said("role", by_chance=True)}
    countries = graph.countries("either")
    for at, number in zip(unnamed.tolist(), _numbers(graph, unnamed), strict=True):
        where = "/".join(sorted(countries[at])) or "country unknown"
        found[at] = f"{roles.get(at, 'role unknown')}, {where} [{number}]"
    return found


def _numbers(graph: Folded, unnamed: NDArray[np.int64]) -> list[str]:
    """Numbers that do not give away the order of names, and stay as long as the people do."""
    secret, ids = graph.file.id, graph.ids[unnamed].tolist()
    order = sorted(range(len(unnamed)), key=lambda at: digest(secret, ids[at]))
    taken, numbers = set(graph.ids.tolist()), [""] * len(unnamed)
    free = (number for number in (f"P{count:03d}" for count in itertools.count(1)) if number not in taken)
    for at, number in zip(order, free, strict=False):
        numbers[at] = ids[at] if is_handle(ids[at]) else number
    return numbers
