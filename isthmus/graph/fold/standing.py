"""Legal status of each entity, and what follows from it: who may be named, who may stand in a ranking.

A person is named whose status is one of those that `schema.yml` marks `named`; anyone else appears by role and
country. A minor or a victim is never named, whatever else is claimed.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.declarations import Status
from isthmus.graph.record.rows import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.folded import Folded


def statuses(graph: Folded) -> list[list[tuple[str, int]]]:
    """Status codes of each entity with the row of their statement, the best evidenced first."""
    found: list[list[tuple[str, int]]] = [[] for _ in graph.ids]
    rows, table = graph.rows_of("status"), graph.statement_table
    rows = rows[np.argsort(-table["probability"][rows], kind="stable")]
    for at, code, row in zip(table["subject"][rows].tolist(), table.at("value", rows), rows.tolist(), strict=True):
        found[at].append((code, row))
    return found


def status_text(codes: list[tuple[str, int]]) -> str:
    """Legal status as it stands beside a name: an acquittal first, then what is weightiest."""
    known = [code for code, _ in codes]
    order = list(schema().statuses)
    acquitted = [code for code in known if not _status(code).ranked]
    rest = sorted({code for code in known if code not in acquitted}, key=lambda c: order.index(c) if c in order else 99)
    return ", ".join([*acquitted, *rest[:2]]) or "no status"


def _status(code: str) -> Status:
    """What is declared of a status; one of a hand that was not checked lets no one be named."""
    return schema().statuses.get(code) or Status(named=False)


def shown(graph: Folded) -> Columns:
    """See `Graph.shown`: what the statuses of each entity let be shown of it."""
    known, person = statuses(graph), graph.of_kind("Person")
    words = [{code for code, _ in codes} for codes in known]
    named, fit = ~person, ~_only_present(graph)
    status = np.where(person, status_text([]), "").astype(object)
    for at, codes in enumerate(words):
        if codes and person[at]:
            named[at] = not codes & schema().never_named and any(_status(code).named for code in codes)
            status[at] = status_text(known[at])
        if not all(_status(code).ranked for code in codes):
            fit[at] = False
    return {"label": _labels(graph, named), "status": status, "named": named, "ranked": fit}


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
        numbers[at] = number
    return numbers
