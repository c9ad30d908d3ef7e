"""The desk: a case as an analyst holds it, with every question of `isthmus.queries` as a method."""

from __future__ import annotations

import inspect
import sys
import weakref
from functools import partial
from importlib import import_module, util
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Self, TypeVar

from isthmus.graph.acts import basing, claims, judging, marking, taking_back, withdrawing
from isthmus.graph.lens import Lens
from isthmus.graph.record import reading
from isthmus.graph.record.file import CaseFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    import pandas as pd

    from isthmus.graph.given import Day, Texts
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row
    from isthmus.graph.record.writing import LoadReport
    from isthmus.queries.finding import Finding


P = ParamSpec("P")
R = TypeVar("R")


class Act(Generic[P, R]):
    """An act of `graph.acts` as a method: done to the case's own file, with the same words."""

    def __init__(self, function: Callable[Concatenate[CaseFile, P], R]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, case: Case, owner: type[Case]) -> Callable[P, R]:
        """The act, of this case."""
        return partial(self.function, case.file)


class Case:
    """An open case. Close it, or use it in a `with` block; `file` is its case file.

    `case.through(min_grade="C3").cross_border()` asks `isthmus.queries.cross_border` of the graph of the claims graded so.
    A question to the record, such as `find`, gets the case file itself. What an analyst writes is checked and can be
    undone.
    """

    add = Act(claims.add)
    correct = Act(claims.correct)
    retract = Act(claims.retract)
    same = Act(judging.same)
    different = Act(judging.different)
    withdraw = Act(withdrawing.withdraw)
    mark = Act(marking.mark)
    basis = Act(basing.basis)
    undo = Act(taking_back.undo)

    def __init__(self, file: CaseFile, lens: Lens | None = None) -> None:
        self.file = file
        self.lens = lens or Lens()
        self._folded: tuple[object, Graph] | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Its file and its lens, for pickling: the graph is folded again where it is taken out."""
        return type(self), (self.file, self.lens)

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """A new, empty case at `path`.

        Raises
        ------
        BadCase
            Something is there already, or the folder cannot be written.
        """
        return cls(CaseFile.create(path))

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The case at `path`.

        Raises
        ------
        BadCase
            No file, no case, a version this release does not know, or locked by another program.
        """
        return cls(CaseFile.open(path))

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self.file.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def load(
        self, rows: Iterable[Row], *, source: str, loader: str = "", complete: bool = False, at: str | None = None
    ) -> LoadReport:
        """Add `rows` in one transaction: all of them or, if anything goes wrong, none. See `record.writing.write`."""
        from isthmus.graph.record.writing import write

        return write(self.file, rows, source=source, loader=loader, complete=complete, at=at)

    def rows(self, table: str) -> Iterator[Any]:
        """Current rows of one of `record.rows.TABLES`, in a fixed order."""
        return reading.rows(self.file, table)

    def through(
        self,
        *,
        valid: Day | None = None,
        known_by: Day | None = None,
        holders: Texts | None = None,
        published_by: Day | None = None,
        recorded_by: Day | None = None,
        min_grade: str | None = None,
        ties: Texts | None = None,
        tlp: str | None = None,
    ) -> Self:
        """The same case file, looked at through a lens; see `graph.lens.Lens` for what each part means.

        The parts are put to those that this case is looked at through already; of a part given twice the later counts.

        Raises
        ------
        BadDate, BadQuestion
            A part cannot be read, or `holders` comes without `known_by`.
        """
        given = {
            "valid": valid, "known_by": known_by, "holders": holders, "published_by": published_by,
            "recorded_by": recorded_by, "min_grade": min_grade, "ties": ties, "tlp": tlp,
        }  # fmt: skip
        parts = self.lens.stated() | {name: part for name, part in given.items() if part is not None}
        return type(self)(self.file, Lens.of(**parts))

    def first_days(self) -> dict[str, pd.DataFrame]:
        """From which day on each thing is in view, to the public and to each country: see `graph.fold.first_days`."""
        from isthmus.graph.fold.first_days import tables

        return tables(self.file, self.lens)

    @property
    def graph(self) -> Graph:
        """The claims, folded into a graph through the lens; folded again once the case file has changed."""
        from isthmus.graph.graph import Graph

        with self.file.snapshot():
            state = (self.file.version, self.file.state)
            if self._folded is None or self._folded[0] != state:
                self._folded = state, Graph.of(self.file, self.lens)
            return self._folded[1]

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
    """Put a question to a case: the parts of a lens choose the graph, the rest goes to the question."""
    parameters = list(inspect.signature(question).parameters)
    if parameters[0] == "case_file":
        through = {name: options.pop(name) for name in Lens.PARTS if name in options}
        case = case.through(**through) if through else case
        answer = question(case.file, *arguments, lens=case.lens, **options)
        return _shown(
            answer, lambda: case.graph, lambda left: question(left.file, *arguments, lens=left.lens, **options)
        )
    own = set(parameters[1:])
    through = {name: options.pop(name) for name in Lens.PARTS if name in options and name not in own}
    graph = (case.through(**through) if through else case).graph
    answer = question(graph, *arguments, **options)
    return _shown(answer, lambda: graph, lambda left: question(left, *arguments, **options))


_again: dict[int, Callable[[], tuple[Finding, Graph] | None]] = {}


def _shown(answer: Any, graph: Callable[[], Graph], again: Callable[[Graph], Any]) -> Any:
    """The answer; a running notebook learns to show it as it may leave: asked again of the release."""
    if "IPython" in sys.modules:
        from isthmus.views.notebook import register

        _again[id(answer)] = partial(_as_it_may_leave, graph, again)
        weakref.finalize(answer, _again.pop, id(answer), None)
        register(lambda finding: _again[id(finding)]() if id(finding) in _again else None)
    return answer


def _as_it_may_leave(graph: Callable[[], Graph], again: Callable[[Graph], Any]) -> tuple[Finding, Graph] | None:
    """The answer of the release, and its graph; None where nobody is so called in it as was asked about."""
    from isthmus.graph.disclosure.leaving import released_graph
    from isthmus.graph.errors import AmbiguousName, NoSuchEntity

    left = released_graph(graph())
    try:
        return again(left), left
    except (NoSuchEntity, AmbiguousName):
        return None
