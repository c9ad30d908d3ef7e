"""The case as an analyst scripts it: every question of `isthmus.queries` as a method."""

from __future__ import annotations

import inspect
import sys
import weakref
from functools import partial
from importlib import import_module, util
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from isthmus.graph.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

_CLOCKS = ("valid", "known_by", "holders", "published_by", "recorded_by", "min_grade", "ties")


class Place(type(Path())):  # type: ignore[misc]  # a class of its own for each system
    """Where a case file lies; called, it asks `isthmus.queries.path`: both are `case.path` to an analyst."""

    case: Case

    def __call__(self, source: str, target: str, **options: Any) -> Any:
        """How two entities of the case are joined."""
        from isthmus.queries.path import path

        return ask(self.case, path, source, target, **options)


class AnalystCase(Case):
    """`case.cross_border(min_grade="C3")` asks `isthmus.queries.cross_border` of `case.graph(min_grade="C3")`.

    A question to the record, such as `find`, gets the case itself.
    """

    @property
    def path(self) -> Place:
        """Where the file lies; `case.path("A", "B")` asks how two are joined."""
        place = Place(self._place)
        place.case = self
        return place

    @path.setter
    def path(self, path: Path) -> None:
        self._place = path

    def __getattr__(self, name: str) -> Callable[..., Finding]:
        """The question `name`.

        Raises
        ------
        AttributeError
            No query is so called.
        """
        if name.startswith("_") or util.find_spec(f"isthmus.queries.{name}") is None:
            raise AttributeError(f"a case has no {name!r}; `dir(case)` lists the questions")
        question = getattr(import_module(f"isthmus.queries.{name}"), name)
        return partial(ask, self, question)

    def __dir__(self) -> list[str]:
        """Its own names and the questions."""
        from isthmus import queries

        return [*super().__dir__(), *(module.name for module in iter_modules(queries.__path__) if not module.ispkg)]


def ask(case: Case, question: Callable[..., Any], *arguments: object, **options: Any) -> Any:
    """Put a question to a case: the clocks choose the graph, the rest goes to the question."""
    parameters = list(inspect.signature(question).parameters)
    if parameters[0] == "case":
        return _shown(question(case, *arguments, **options), case.graph)
    own = set(parameters[1:])
    clocks = {name: options.pop(name) for name in _CLOCKS if name in options and name not in own}
    graph = case.graph(**clocks)
    return _shown(question(graph, *arguments, **options), lambda: graph)


_graphs: dict[int, Callable[[], Graph]] = {}


def _shown(answer: Any, graph: Callable[[], Graph]) -> Any:
    """The answer; a running notebook learns to show it, past the guard of the graph it was asked of."""
    if "IPython" in sys.modules:
        from isthmus.views.notebook import register

        _graphs[id(answer)] = graph
        weakref.finalize(answer, _graphs.pop, id(answer), None)
        register(lambda finding: _graphs[id(finding)]() if id(finding) in _graphs else None)
    return answer
