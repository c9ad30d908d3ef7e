"""Whom an analyst means: an id or a name of the case, or one that is said to be new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.countries import country, country_name
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.record.handles import is_handle
from isthmus.graph.values import is_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from isthmus.graph.graph import Graph


class Whom(NamedTuple):
    """An entity that was meant: its id, its kind ("" where it is new), and how it may be shown."""

    id: str
    kind: str
    says: str


def whom(graph: Graph, text: str, *, new: bool = False, kinds: Collection[str] = ()) -> Whom:
    """The entity of the case that `text` names, by id or any spelling; where `kinds` lets it, a country.

    With `new`, what nothing in the case is called is a new id. An id that is judged the same as another stays itself.

    Raises
    ------
    NoSuchEntity, AmbiguousName, BadQuestion
        Nothing or several things are so called; a country is asked for, and it is none.
    """
    text = text.strip()
    code = _country(text) if "Country" in kinds else None
    place = Whom(code, "Country", f"{country_name(code)} (Country; id {code})") if code else None
    try:
        found = _known(graph, text)
    except NoSuchEntity as missing:
        if place is None:
            return _new(text, missing, new=new, kinds=kinds)
        return place
    return place if place and found.kind not in kinds else found


def _country(text: str) -> str | None:
    try:
        return country(text)
    except BadQuestion:
        return None


def by_id(graph: Graph, identity: str) -> Whom:
    """The entity with just this id, in the graph or not."""
    if graph.place(graph.same.get(identity, identity)) is not None:
        return _known(graph, identity)
    name = country_name(identity)
    kind = "" if name == identity else "Country"
    return Whom(identity, kind, f"{name} (Country; id {identity})" if kind else identity)


def _new(text: str, missing: NoSuchEntity, *, new: bool, kinds: Collection[str]) -> Whom:
    if set(kinds) == {"Country"}:
        raise BadQuestion(f"{text!r} names no country; write its code, such as BE") from missing
    if is_handle(text):
        raise NoSuchEntity(f"{text!r} is a handle, which stands for nobody in this case, and no id") from missing
    if not new:
        raise NoSuchEntity(f"{missing}; --new says that a new one is meant") from missing
    if not is_id(text):
        raise BadQuestion(f"{text[:60]!r} cannot be an id; choose a short one")
    return Whom(text, "", f"{text} (new)")


def _known(graph: Graph, text: str) -> Whom:
    at = graph.index(text)
    identity = text if text in graph.same else str(graph.ids[at])
    label, kind, status = (str(column[at]) for column in (graph.shown["label"], graph.kinds, graph.shown["status"]))
    described = f"{kind}; {status}" if status else kind
    return Whom(identity, kind, f"{label} ({described}; id {identity})")
