"""Who may be shown by name, and what stands in their place otherwise. Every way out passes here.

A person is named whose status is one of those that `schema.yml` marks `named`; anyone else appears by role and
country. A minor or a victim is never named, whatever else is claimed.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from isthmus.graph.disclosure.redactor import Redactor, hidden
from isthmus.graph.errors import BadQuestion
from isthmus.graph.record.rows import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.graph import Graph

NEVER_NAMED = frozenset({"minor", "victim"})
_redactors: WeakKeyDictionary[Graph, Redactor] = WeakKeyDictionary()


def statuses(graph: Graph) -> list[list[tuple[str, int]]]:
    """Status codes of each entity with the row of their statement, the best evidenced first."""
    found: list[list[tuple[str, int]]] = [[] for _ in graph.ids]
    rows = graph.values("status").sort_values("probability", ascending=False, kind="stable")
    for at, code, row in zip(rows["subject"], rows["value"], rows["statement"], strict=True):
        found[at].append((code, int(row)))
    return found


def status_text(codes: list[tuple[str, int]]) -> str:
    """Legal status as it stands beside a name: an acquittal first, then what is weightiest."""
    known = [code for code, _ in codes]
    order = list(schema().statuses)
    acquitted = [code for code in known if schema().statuses.get(code, {}).get("ranked") is False]
    rest = sorted({code for code in known if code not in acquitted}, key=lambda c: order.index(c) if c in order else 99)
    return ", ".join([*acquitted, *rest[:2]]) or "no status"


def may_name(graph: Graph) -> NDArray[np.bool_]:
    """Whether each entity may be shown by name; what is no person always may."""
    return graph.shown["named"]


def ranked(graph: Graph) -> NDArray[np.bool_]:
    """Whether each entity may stand in a ranking: not the acquitted, nor those whom only co-presence ties."""
    return graph.shown["ranked"]


def shown(graph: Graph) -> Columns:
    """See `Graph.shown`: what the statuses of each entity let be shown of it."""
    known, declared, person = statuses(graph), schema().statuses, graph.of_kind("Person")
    words = [{code for code, _ in codes} for codes in known]
    named, fit = ~person, ~_only_present(graph)
    status = np.where(person, status_text([]), "").astype(object)
    for at, codes in enumerate(words):
        if codes and person[at]:
            named[at] = not codes & NEVER_NAMED and any(declared.get(code, {}).get("named") for code in codes)
            status[at] = status_text(known[at])
        if any(declared.get(code, {}).get("ranked") is False for code in codes):
            fit[at] = False
    return {"label": _labels(graph, named), "status": status, "named": named, "ranked": fit}


def _only_present(graph: Graph) -> NDArray[np.bool_]:
    bases = {kind: declared.get("basis") or declared.get("joins") for kind, declared in schema().ties.items()}
    tied, firm = np.zeros(len(graph.ids), dtype=bool), np.zeros(len(graph.ids), dtype=bool)
    present = [kind for kind, basis in bases.items() if basis in schema().co_presence]
    apart = [kind for kind, basis in bases.items() if basis and basis not in schema().co_presence]
    for mask, kinds in ((tied, [*present, *apart]), (firm, apart)):
        for ends in graph.ends_of(kinds):
            mask[ends] = True
    return graph.of_kind("Person") & tied & ~firm


def _labels(graph: Graph, named: NDArray[np.bool_]) -> NDArray[np.object_]:
    """What may be shown for each entity: its name, or role and country with a number."""
    found: NDArray[np.object_] = graph.names.copy()
    unnamed = np.flatnonzero(~named)
    if not len(unnamed):
        return found
    roles = {int(at): str(value) for at, value in zip(*_columns(graph, "role"), strict=True)}
    countries = graph.countries("either")
    for at, number in zip(unnamed.tolist(), _numbers(graph, unnamed), strict=True):
        where = "/".join(sorted(countries[at])) or "country unknown"
        found[at] = f"{roles.get(at, 'role unknown')}, {where} [{number}]"
    return found


def _columns(graph: Graph, name: str) -> tuple[Any, Any]:
    rows = graph.values(name).sort_values("probability", kind="stable")
    return rows["subject"], rows["value"]


def _numbers(graph: Graph, unnamed: NDArray[np.int64]) -> list[str]:
    """Numbers that do not give away the order of names, and stay as long as the people do."""
    secret, ids = graph.case.id, graph.ids[unnamed].tolist()
    order = sorted(range(len(unnamed)), key=lambda at: digest(secret, ids[at]))
    taken, numbers = set(graph.ids.tolist()), [""] * len(unnamed)
    free = (number for number in (f"P{count:03d}" for count in itertools.count(1)) if number not in taken)
    for at, number in zip(order, free, strict=False):
        numbers[at] = number
    return numbers


def redactor(graph: Graph) -> Redactor:
    """The redactor of a graph, made once."""
    if graph not in _redactors:
        _redactors[graph] = Redactor(graph.kept("redactor", lambda: hidden(graph)))
    return _redactors[graph]


def shown_ids(graph: Graph) -> list[str]:
    """Ids as every face shows them, by position, each once: the number of those who may not be named."""
    guard, used = redactor(graph), set()
    found = []
    for identity in graph.ids.tolist():
        shown = text = guard.text(str(identity))
        count = itertools.count(2)
        while shown in used:  # two ids that differ in a hidden name alone
            shown = f"{text}-{next(count)}"
        used.add(shown)
        found.append(shown)
    return found


def redact(value: Any, graph: Graph) -> Any:
    """`value` with the ids, names and aliases of those who may not be named replaced."""
    return redactor(graph).value(value)


def strictest(graph: Graph) -> str:
    """The strictest TLP marking of the records that a graph shows; CLEAR where none is marked."""
    marked = {row[0] for row in graph.case.connection.execute("SELECT DISTINCT tlp FROM marking")}
    order = schema().tlp
    return max(marked, key=order.index, default=order[0])


def check_marking(graph: Graph, allowed: str) -> str:
    """The marking of an output, if `allowed` covers it.

    Raises
    ------
    BadQuestion
        What would be shown is marked more strictly.
    """
    order, found = schema().tlp, strictest(graph)
    if allowed not in order:
        raise BadQuestion(f"{allowed!r} is no TLP marking; choose one of {', '.join(order)}")
    if order.index(found) > order.index(allowed):
        raise BadQuestion(f"this shows records marked TLP:{found}; ask for --tlp {found} if its readers may see that")
    return found
