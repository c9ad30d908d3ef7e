"""Who may be shown by name, and what stands in their place otherwise. Every way out passes here.

A person is named whose record has a status that `schema.yml` marks `named`, and nothing that lifts it; anyone else
appears by role and country. A minor or a victim is never named, whatever else is claimed.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from isthmus.graph.disclosure.redactor import Redactor, hidden
from isthmus.graph.fold.status import on_record
from isthmus.graph.fold.table import Table
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

_redactors: WeakKeyDictionary[Graph, Redactor] = WeakKeyDictionary()
_desks: WeakKeyDictionary[Graph, Redactor] = WeakKeyDictionary()


def may_name(graph: Graph) -> NDArray[np.bool_]:
    """Whether each entity may be shown by name; what is no person always may."""
    return graph.shown["named"]


def ranked(graph: Graph) -> NDArray[np.bool_]:
    """Whether each entity may stand in a ranking: not the acquitted, nor those whom only co-presence ties."""
    return graph.shown["ranked"]


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


def desk_redactor(graph: Graph) -> Redactor:
    """What the analyst's own desk leaves out: those who are never named, a minor or a victim."""
    if graph not in _desks:
        never = np.zeros(len(graph.ids), dtype=bool)
        for at, record in enumerate(on_record(graph)):
            never[at] = any(change.code in schema().never_named for change in record)
        _desks[graph] = Redactor(Table(hidden(graph, ~never)))
    return _desks[graph]


def at_desk(graph: Graph, text: str) -> str:
    """`text` as an analyst is answered who writes into the case: only who is never named is left out."""
    return desk_redactor(graph).text(text)


def redact(value: Any, graph: Graph) -> Any:
    """`value` with the ids, names and aliases of those who may not be named replaced."""
    return redactor(graph).value(value)


_OURS = ("finding", "method", "literature", "columns", "caveats")  # texts of this program; a label in them has passed


def redacted(finding: dict[str, Any], graph: Graph) -> dict[str, Any]:
    """A finding as plain values (`Finding.to_dict`), past the guard: what it tells of the case, not the words for it."""
    guard = redactor(graph)
    return {name: value if name in _OURS else guard.value(value) for name, value in finding.items()}
