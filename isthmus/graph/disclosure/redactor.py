"""Replaces the ids, names and aliases of those who may not be named, also within texts."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.fold.table import objects
from isthmus.graph.names import plain
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.table import Table
    from isthmus.graph.graph import Graph

_DIGEST = re.compile(r"[0-9a-f]{24}")  # the id of a claim or record: no name
_NUMBERED = re.compile(r"(.*) (\[P\d+\])", re.DOTALL)  # as the guard shows those whom it hides
_KEPT = 100_000  # texts whose redacted form is remembered
_WORD = re.compile(r"\w[\w'’.:-]*\w|\w")
_LONGEST = 7  # words in a name that is looked for in a text
_STEM = 4  # first letters by which a first name is known before its surname
_SHORT = 5  # a surname shorter than this is looked for only with its first name


class Redactor:
    """Made of what is hidden in a graph.

    `ids` and `phrases` are looked for within texts too, in lower case and in plain spelling; `exact` are whole texts.
    """

    def __init__(self, hidden: Table) -> None:
        self._table = hidden
        self.ids: dict[str, str] = _pairs(hidden, "id", "number")
        self.exact: dict[str, str] = _pairs(hidden, "exact", "exact_shown")
        self._done: dict[str, str] = {}  # most texts of a table come many times

    @cached_property
    def phrases(self) -> dict[str, str]:
        """What is looked for within texts, in plain spelling, and what stands for it."""
        return _pairs(self._table, "phrase", "phrase_shown")

    @cached_property
    def given(self) -> dict[str, set[str]]:
        """Beginnings of the names that stand before a surname."""
        found: dict[str, set[str]] = {}
        for surname, start in zip(self._table["surname"].tolist(), self._table["given"].tolist(), strict=True):
            found.setdefault(surname, set()).add(start)
        return found

    @cached_property
    def _first(self) -> frozenset[str]:
        """Words with which an id or phrase of several words begins."""
        return frozenset(self._table["first"])

    def text(self, text: str) -> str:
        """`text` with every such name replaced."""
        if not (self.ids or self.exact):
            return text
        whole = self.exact.get(text) or self.ids.get(text.casefold())
        if whole is not None:
            return whole
        numbered = _NUMBERED.fullmatch(text)
        if numbered:
            return f"{self.text(numbered[1])} {numbered[2]}"
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
        if not any(self._begins(sign) for start, end in found for sign in _beginnings(text[start:end])):
            return text
        out, done, at = [], 0, 0
        while at < len(found):
            for length in range(min(_LONGEST, len(found) - at), 0, -1):
                start, end = found[at][0], found[at + length - 1][1]
                piece = text[start:end]
                label = self.ids.get(piece.casefold()) or self.phrases.get(plain(piece))
                if label is not None:
                    start = self._with_given(text, found, at, plain(piece))
                    out += [text[done : max(start, done)], label]
                    done = end
                    at += length - 1
                    break
            at += 1
        return "".join([*out, text[done:]])

    def _begins(self, word: str) -> bool:
        return word in self.ids or word in self.phrases or word in self._first

    def _with_given(self, text: str, found: list[tuple[int, int]], at: int, surname: str) -> int:
        """Where the name begins whose `surname` stands at word `at`, in whatever spelling its first names are."""
        while at > 0 and plain(text[slice(*found[at - 1])])[:_STEM] in self.given.get(surname, ()):
            at -= 1
        return found[at][0]

    def value(self, value: Any, *, keys: bool = False) -> Any:
        """`value` with every text in it redacted: lists, tuples, sets and dictionaries too.

        The keys of a dictionary are words of this program (columns, parameters) and stay, unless `keys` says that they
        are data.
        """
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.value(key) if keys else key: self.value(item, keys=keys) for key, item in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return type(value)(self.value(item, keys=keys) for item in value)
        return value


@lru_cache(_KEPT)
def _beginnings(word: str) -> tuple[str, str]:
    """A word as an id may begin with it, and as a plain phrase may."""
    if word.isascii() and word.isalnum():
        return word.lower(), ""
    return word.casefold(), next(iter(plain(word).split()), "")


def _pairs(table: Table, keys: str, values: str) -> dict[str, str]:
    return dict(zip(table[keys].tolist(), table[values].tolist(), strict=True))


def hidden(graph: Graph, named: NDArray[np.bool_] | None = None) -> Columns:
    """What a redactor of this graph is made of; `named` says who may be, those that `Graph.shown` names if not given."""
    return _Hidden(graph, graph.shown["named"] if named is None else named).columns()


class _Hidden:
    """Collects what may not be shown. An id or name that is a word of the vocabulary tells of no one, and stays."""

    def __init__(self, graph: Graph, named: NDArray[np.bool_]) -> None:
        self.ids: dict[str, str] = {}
        self.exact: dict[str, str] = {}
        self.phrases: dict[str, str] = {}
        self.given: dict[str, set[str]] = {}
        shown = graph.shown["label"]
        for at in np.flatnonzero(~named).tolist():
            identity, number = str(graph.ids[at]), str(shown[at]).rpartition("[")[2].rstrip("]")
            if identity.casefold() not in schema().words:
                self.ids[identity.casefold()] = number
        self.ids |= {
            one.casefold(): self.ids[root.casefold()] for one, root in graph.same.items() if root.casefold() in self.ids
        }
        public = {word for at in np.flatnonzero(named) for word in plain(str(graph.names[at])).split()}
        for prop in schema().names if not named.all() else ():
            for at, name, _ in graph.said(prop):
                if not named[at] and name.casefold() not in schema().words:
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

    def columns(self) -> Columns:
        """The same as columns, for keeping."""
        given = [(surname, start) for surname, starts in self.given.items() for start in sorted(starts)]
        lists: dict[str, Iterable[str]] = {
            "id": self.ids, "number": self.ids.values(), "exact": self.exact, "exact_shown": self.exact.values(),
            "phrase": self.phrases, "phrase_shown": self.phrases.values(), "first": sorted(self._first()),
            "surname": (surname for surname, _ in given), "given": (start for _, start in given),
        }  # fmt: skip
        return {name: objects(texts) for name, texts in lists.items()}

    def _first(self) -> set[str]:
        found = {phrase.partition(" ")[0] for phrase in self.phrases if " " in phrase}
        for identity in self.ids:
            word = _WORD.search(identity)
            if word and word.group() != identity:
                found.add(word.group())
        return found
