"""Who may be shown by name, and what stands in their place otherwise. Every way out passes here.

A person is named whose status is one of those that `schema.yml` marks `named`; anyone else appears by role and
country. A minor or a victim is never named, whatever else is claimed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from isthmus.graph.errors import BadQuestion
from isthmus.graph.names import plain
from isthmus.graph.records import digest
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.graph import Graph

NEVER_NAMED = frozenset({"minor", "victim"})
_DIGEST = re.compile(r"[0-9a-f]{24}")  # the id of a claim or record: no name
_KEPT = 100_000  # texts whose redacted form is remembered
_WORD = re.compile(r"\w[\w'’.:-]*\w|\w")
_LONGEST = 7  # words in a name that is looked for in a text
_STEM = 4  # first letters by which a first name is known before its surname
_SHORT = 5  # a surname shorter than this is looked for only with its first name
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
    named = np.ones(len(graph.ids), dtype=bool)
    declared = schema().statuses
    person = graph.kinds == "Person"
    for at, codes in enumerate(statuses(graph)):
        if person[at]:
            words = {code for code, _ in codes}
            named[at] = not words & NEVER_NAMED and any(declared.get(word, {}).get("named") for word in words)
    return named


def ranked(graph: Graph) -> NDArray[np.bool_]:
    """Whether each entity may stand in a ranking: not the acquitted, nor those whom only co-presence ties."""
    out = np.ones(len(graph.ids), dtype=bool)
    for at, codes in enumerate(statuses(graph)):
        if any(schema().statuses.get(code, {}).get("ranked") is False for code, _ in codes):
            out[at] = False
    passes: NDArray[np.bool_] = out & ~_only_present(graph)
    return passes


def _only_present(graph: Graph) -> NDArray[np.bool_]:
    bases = {kind: declared.get("basis") or declared.get("joins") for kind, declared in schema().ties.items()}
    basis = graph.ties["kind"].map(bases)
    counts = basis.notna()
    apart = counts & ~basis.isin(schema().co_presence)
    tied, firm = np.zeros(len(graph.ids), dtype=bool), np.zeros(len(graph.ids), dtype=bool)
    for mask, rows in ((tied, counts), (firm, apart)):
        mask[graph.ties.loc[rows, "source"].to_numpy()] = True
        mask[graph.ties.loc[rows, "target"].to_numpy()] = True
    found: NDArray[np.bool_] = (graph.kinds == "Person") & tied & ~firm
    return found


def labels(graph: Graph) -> NDArray[np.object_]:
    """What may be shown for each entity: its name, or role and country with a number."""
    named = may_name(graph)
    shown: NDArray[np.object_] = graph.names.copy()
    hidden = np.flatnonzero(~named)
    if not len(hidden):
        return shown
    roles = {int(at): str(value) for at, value in zip(*_columns(graph, "role"), strict=True)}
    countries = graph.countries("either")
    for at, number in zip(hidden, _numbers(graph, hidden), strict=True):
        where = "/".join(sorted(countries[at])) or "country unknown"
        shown[at] = f"{roles.get(int(at), 'role unknown')}, {where} [{number}]"
    return shown


def _columns(graph: Graph, name: str) -> tuple[Any, Any]:
    rows = graph.values(name).sort_values("probability", kind="stable")
    return rows["subject"], rows["value"]


def _numbers(graph: Graph, hidden: NDArray[np.int64]) -> list[str]:
    """Numbers that do not give away the order of names, and stay as long as the people do."""
    secret, ids = graph.case.id, graph.ids[hidden].tolist()
    order = sorted(range(len(hidden)), key=lambda at: digest(secret, ids[at]))
    numbers = [""] * len(hidden)
    for number, at in enumerate(order, start=1):
        numbers[at] = f"P{number:03d}"
    return numbers


class Redactor:
    """Replaces the ids, names and aliases of those who may not be named, also within texts."""

    def __init__(self, graph: Graph) -> None:
        named = may_name(graph)
        hidden = np.flatnonzero(~named)
        shown = labels(graph)
        self.exact: dict[str, str] = {}
        self.phrases: dict[str, str] = {}
        self._done: dict[str, str] = {}  # most texts of a table come many times
        self.given: dict[str, set[str]] = {}  # surname -> beginnings of the names that stand before it
        for at in hidden:
            number = str(shown[at]).rpartition("[")[2].rstrip("]")
            self.exact[str(graph.ids[at])] = number
            self.phrases[str(graph.ids[at]).casefold()] = number
        if self.exact:
            self._add_names(graph, named, shown)

    def _add_names(self, graph: Graph, named: NDArray[np.bool_], shown: NDArray[np.object_]) -> None:
        public = {word for at in np.flatnonzero(named) for word in plain(str(graph.names[at])).split()}
        for prop in ("name", "alias"):
            rows = graph.values(prop)
            for at, name in zip(rows["subject"], rows["value"], strict=True):
                if not named[at]:
                    self.exact[name] = str(shown[at])
                    self._phrase(name, str(shown[at]), public)

    def _phrase(self, name: str, label: str, public: set[str]) -> None:
        words = plain(name).split()
        if len(words) > 1:
            self.phrases[" ".join(words)] = label
            if len(words[-1]) >= _SHORT and words[-1] not in public:
                self.phrases.setdefault(words[-1], label)
                self.given.setdefault(words[-1], set()).update(word[:_STEM] for word in words[:-1])
        elif words and words[0] not in public and len(words[0]) >= _SHORT:
            self.phrases.setdefault(words[0], label)

    def text(self, text: str) -> str:
        """`text` with every such name replaced."""
        if not self.exact:
            return text
        whole = self.exact.get(text)
        if whole is not None:
            return whole
        if _DIGEST.fullmatch(text):
            return text
        known = self._done.get(text)
        if known is None:
            if len(self._done) >= _KEPT:
                self._done.clear()
            known = self._done[text] = self._replaced(text)
        return known

    def _replaced(self, text: str) -> str:
        found = [(word.start(), word.end()) for word in _WORD.finditer(text)]
        out, done, at = [], 0, 0
        while at < len(found):
            for length in range(min(_LONGEST, len(found) - at), 0, -1):
                start, end = found[at][0], found[at + length - 1][1]
                piece = text[start:end]
                label = self.phrases.get(piece.casefold()) or self.phrases.get(plain(piece))
                if label is not None:
                    start = self._with_given(text, found, at, self.given.get(plain(piece), set()))
                    out += [text[done : max(start, done)], label]
                    done = end
                    at += length - 1
                    break
            at += 1
        return "".join([*out, text[done:]])

    def _with_given(self, text: str, found: list[tuple[int, int]], at: int, given: set[str]) -> int:
        """Where the name begins whose surname stands at word `at`, in whatever spelling its first names are."""
        while at > 0 and plain(text[slice(*found[at - 1])])[:_STEM] in given:
            at -= 1
        return found[at][0]

    def value(self, value: Any) -> Any:
        """`value` with every text in it redacted: lists, tuples, sets and dictionaries too."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.value(key): self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return type(value)(self.value(item) for item in value)
        return value


def redactor(graph: Graph) -> Redactor:
    """The redactor of a graph, made once."""
    if graph not in _redactors:
        _redactors[graph] = Redactor(graph)
    return _redactors[graph]


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
