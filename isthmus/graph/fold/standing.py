"""Legal status of each entity, what stands for it where it has no name, and who may stand in a ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.fold import status
from isthmus.graph.record.handles import handle, is_handle
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.folded import Folded


def shown(graph: Folded) -> Columns:
    """See `Graph.shown`: what the statuses of each entity let be shown of it.

    Status is that of the lens; who may be ranked is decided on the whole record, so that no date unlocks it. A name is not
    shown of who has none but a handle, of who was acquitted at last where the acquittal is not in view, and of a minor or
    a victim whom an earlier release let in.
    """
    person = graph.of_kind("Person")
    named, fit = ~person, ~_only_present(graph)
    words = np.where(person, status.status_text([]), "").astype(object)
    for at, (changed, record) in enumerate(zip(status.changes(graph), status.on_record(graph), strict=True)):
        seen = status.known(graph, changed)
        if person[at]:
            never = schema().never_named.intersection(change.code for change in record)
            nameless = is_handle(str(graph.names[at]))
            named[at] = not (never or nameless) and status.with_acquittal(record, seen)
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
    """What is shown for each entity: its name, or role and country with a handle."""
    found: NDArray[np.object_] = graph.names.copy()
    unnamed = np.flatnonzero(~named).tolist()
    if unnamed:
        roles = {at: value for at, value, _ in graph.said("role", by_chance=True)}
        countries = graph.countries("either")
        for at in unnamed:
            where = "/".join(sorted(countries[at])) or "country unknown"
            found[at] = f"{roles.get(at, 'role unknown')}, {where} [{handle(graph.file, str(graph.ids[at]))}]"
    return found
