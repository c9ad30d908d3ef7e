"""The library of named queries: one file a question, its head a comment that says what it asks and gives.

A head reads, each line after `//`: `name:`, `question:`, `parameter: NAME TYPE = DEFAULT  what it is`, `columns:`
and `not shown:`. Lines that begin with neither continue the line before.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from isthmus.graph.countries import country
from isthmus.graph.country_rules import COUNTRY_RULES
from isthmus.graph.dates import iso, parse
from isthmus.graph.errors import BadDate, BadQuestion
from isthmus.graph.given import day, names, texts, word
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELD = re.compile(r"^(name|question|parameter|columns|not shown):\s*(.*)$")
_TYPES = "text|list|entity|country|country_rule|event_kind|date|since|until|number|whole"
_PARAMETER = re.compile(rf"^(\w+)\s+({_TYPES})\b(?:\s*=\s*(\S+))?\s*(.*)$")
_REQUIRED = object()


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query. Without a default it must be given."""

    name: str
    type: str  # text, list (of texts), entity (id or name), country, country_rule, event_kind, date (a day), since (its
    # first day), until (its last), whole (number), number
    default: Any
    says: str

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is _REQUIRED

    def read(self, given: Any) -> Any:
        """The value that a text, or what Python has in its place, stands for.

        Raises
        ------
        BadQuestion
            It is not of the parameter's type.
        """
        if given == self.default:
            return given
        try:
            return _READERS[self.type](given)
        except (BadDate, BadQuestion) as error:
            raise BadQuestion(f"{self.name}: {error}") from None
        except (TypeError, ValueError):
            raise BadQuestion(f"{self.name}={given!r} is no {self.type} number") from None


@dataclass(frozen=True)
class NamedQuery:
    """A query of the library."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    not_shown: str
    text: str

    def bind(self, given: dict[str, Any]) -> dict[str, Any]:
        """Values of all parameters, from what was given and the defaults.

        Raises
        ------
        BadQuestion
            A parameter is unknown, missing, or not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                told = suggestion(name, known) if known else "it takes none"
                raise BadQuestion(f"{self.name} has no parameter {name!r}; {told}")
        missing = [name for name, parameter in known.items() if parameter.required and name not in given]
        if missing:
            raise BadQuestion(f"{self.name} wants {', '.join(f'{name}=VALUE' for name in missing)}")
        return {
            name: parameter.read(given[name]) if name in given else parameter.default
            for name, parameter in known.items()
        }

    def described(self) -> dict[str, Any]:
        """What `queries --json` says of it."""
        return {
            "name": self.name,
            "question": self.question,
            "parameters": [
                {"name": p.name, "type": p.type, "default": None if p.required else p.default,
                 "required": p.required, "says": p.says}
                for p in self.parameters
            ],
            "columns": list(self.columns),
            "not_shown": self.not_shown,
        }  # fmt: skip


@cache
def library() -> dict[str, NamedQuery]:
    """Every named query, by name."""
    folder = files("isthmus.queries").joinpath("cypher")
    found = [read(entry.read_text(encoding="utf-8")) for entry in folder.iterdir() if entry.name.endswith(".cypher")]
    return {query.name: query for query in sorted(found, key=lambda query: query.name)}


def named(name: str) -> NamedQuery:
    """The query of that name; "-" and "_" are one.

    Raises
    ------
    BadQuestion
        There is none; the message has the nearest.
    """
    found = library().get(name.replace("-", "_"))
    if found is None:
        raise BadQuestion(f"no query is called {name!r}; {suggestion(name, library())} (`isthmus queries` lists them)")
    return found


def read(text: str) -> NamedQuery:
    """A query from the text of its file."""
    head: list[list[str]] = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        said = line[2:].strip()
        field = _FIELD.match(said)
        if field:
            head.append([field.group(1), field.group(2)])
        elif head:
            head[-1][1] = f"{head[-1][1]} {said}".strip()
    single = dict(head)
    parameters = tuple(_parameter(said) for field_name, said in head if field_name == "parameter")
    columns = tuple(word.strip() for word in single["columns"].split(","))
    return NamedQuery(single["name"], single["question"], parameters, columns, single.get("not shown", ""), text)


def _parameter(said: str) -> Parameter:
    found = _PARAMETER.match(said)
    if found is None:
        raise BadQuestion(f"{said!r} is no line of a parameter: NAME TYPE = DEFAULT  what it is")
    name, kind, default, says = found.groups()
    return Parameter(name, kind, _REQUIRED if default is None else json.loads(default), says)


def _day(given: Any) -> str:
    """ISO day of a date that is one day."""
    span = parse(day(given))
    if span.first != span.last:
        raise BadQuestion(f"{given!r} is no single day; write one, such as 2015-11-13")
    return iso(span.last)


def _whole(given: Any) -> int:
    """A whole number. Raises `ValueError` for 2.5, which `int` would cut."""
    if float(given) != int(float(given)):
        raise ValueError(given)
    return int(float(given))


def _text(given: Any) -> str:
    found = names(given)
    if len(found) != 1:
        raise BadQuestion(f"{given!r}: give one text")
    return found[0]


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
    "list": lambda given: list(texts(given)),
    "entity": _text,
    "country": country,
    "country_rule": lambda given: word(given, COUNTRY_RULES, "country rule", harmless=True),
    "event_kind": lambda given: word(given, schema().codes["event_kinds"], "kind of event"),
    "date": _day,
    "since": lambda given: iso(parse(day(given)).first),  # open ends give the empty text
    "until": lambda given: iso(parse(day(given)).last),
    "number": float,
    "whole": _whole,
}
