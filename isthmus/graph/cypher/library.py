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
from typing import Any

from isthmus.graph.errors import BadQuestion
from isthmus.graph.schema import nearest

_FIELD = re.compile(r"^(name|question|parameter|columns|not shown):\s*(.*)$")
_PARAMETER = re.compile(r"^(\w+)\s+(text|entity|date|since|until|number|list|whole)(?:\s*=\s*(\S+))?\s*(.*)$")
_REQUIRED = object()


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query. Without a default it must be given."""

    name: str
    type: str  # text, entity (id or name), date (a day), since (its first day), until (its last), whole (number),
    # number, list (texts joined by commas)
    default: Any
    says: str

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is _REQUIRED

    def read(self, text: str) -> Any:
        """The value that a text stands for.

        Raises
        ------
        BadQuestion
            It is not of the parameter's type.
        """
        try:
            if self.type == "whole":
                return int(text)
            if self.type == "number":
                return float(text)
        except ValueError:
            raise BadQuestion(f"{self.name}={text!r} is no {self.type} number") from None
        if self.type == "list":
            return [word.strip() for word in text.split(",") if word.strip()]
        return _day(self.name, text, self.type) if self.type in ("date", "since", "until") else text


@dataclass(frozen=True)
class NamedQuery:
    """A query of the library."""

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    not_shown: str
    text: str

    def bind(self, given: dict[str, str]) -> dict[str, Any]:
        """Values of all parameters, from the texts that were given and the defaults.

        Raises
        ------
        BadQuestion
            A parameter is unknown, missing, or not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                told = f"did you mean {nearest(name, known)!r}?" if known else "it takes none"
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
        raise BadQuestion(
            f"no query is called {name!r}; did you mean {nearest(name, library())!r}? See `isthmus queries`"
        )
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


def _day(name: str, text: str, bound: str) -> str:
    """ISO day of an EDTF date: its first for `since`, its last for `until`; open ends give the empty text."""
    from isthmus.graph.dates import iso, parse
    from isthmus.graph.errors import BadDate

    try:
        span = parse(text)
    except BadDate as error:
        raise BadQuestion(f"{name}: {error}") from None
    if bound == "date" and span.first != span.last:
        raise BadQuestion(f"{name}={text!r} is no single day; write one, such as {name}=2015-11-13")
    return iso(span.first if bound == "since" else span.last)
