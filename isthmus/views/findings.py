"""The findings that go into a page."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word
from isthmus.graph.suggestion import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

_TRUTHS = ("yes", "true", "1", "no", "false", "0")
DEFAULT = ("cross-border", "layers", "gap", "gap table=matrix")


def asked(graph: Graph, questions: Sequence[str] = ()) -> list[Finding]:
    """The findings of these questions, such as `layers` or `gap table=matrix`; the usual ones if none is named.

    Each is asked through the lens of the graph.

    Raises
    ------
    BadQuestion
        There is no such question or option, or it needs more than a case.
    """
    return [_ask(graph, question) for question in questions or DEFAULT]


def _ask(graph: Graph, text: str) -> Finding:
    name, *pairs = text.split()
    question = _question(name)
    parameters = inspect.signature(question).parameters
    first, *rest = parameters.values()
    options = dict(_option(text, pair, parameters) for pair in pairs)
    missing = [one.name for one in rest if one.default is one.empty and one.name not in options]
    if first.name not in ("graph", "case_file") or missing:
        raise BadQuestion(f"{name!r} also needs {', '.join(missing) or first.name}: write it as {name} key=value")
    if first.name == "graph":
        return _finding(question(graph, **options), name)
    return _finding(question(graph.file, lens=graph.lens, **options), name)


def _finding(answer: object, name: str) -> Finding:
    from isthmus.queries.finding import Finding

    if not isinstance(answer, Finding):
        raise BadQuestion(f"{name!r} gives no table of its own; choose a command that prints rows")
    return answer


def _question(name: str) -> Callable[..., Any]:
    from isthmus import queries

    called = name.replace("-", "_")
    known = [module.name for module in iter_modules(queries.__path__) if not module.ispkg]
    if called not in known:
        raise BadQuestion(f"{name!r} is no finding; {suggestion(called, known)}")
    question: Callable[..., Any] | None = getattr(import_module(f"isthmus.queries.{called}"), called, None)
    if question is None:
        raise BadQuestion(f"{name!r} is no question of its own; choose a command that prints rows")
    return question


def _option(text: str, pair: str, parameters: Any) -> tuple[str, Any]:
    key, sign, value = pair.partition("=")
    key = key.replace("-", "_")
    own = [name for name in list(parameters)[1:] if name != "lens"]
    if not sign or key not in own:
        raise BadQuestion(f"{text!r}: {pair!r} is none of its options ({', '.join(own)})")
    kind = str(parameters[key].annotation).removesuffix(" | None")
    if kind == "bool":
        return key, word(value, _TRUTHS, f"answer to {key}") in _TRUTHS[:3]
    if kind in ("int", "float"):
        try:
            return key, int(value) if kind == "int" else float(value)
        except ValueError as error:
            raise BadQuestion(f"{text!r}: {key} is a number, not {value!r}") from error
    return key, value
