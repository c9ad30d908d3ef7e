"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.graph.typed import Typed
from isthmus.loaders.stated import Stated


class Edge(Typed, frozen=True):
    """The tie that an edge or a relationship is; `back`: it runs from the second to the first."""

    tie: str
    role: str = ""
    back: bool = False


class Own(Stated, frozen=True, kw_only=True):
    """What becomes of each schema and property."""

    kinds: dict[str, str]
    company_fields: tuple[str, ...]
    event_kinds: dict[str, str]
    object_kinds: dict[str, str]
    edges: dict[str, Edge]
    family: dict[str, Edge]
    statuses: dict[str, str]
    texts: dict[str, tuple[str, ...]]
    identifiers: tuple[str, ...]
    attributes: tuple[str, ...]
    ignore: tuple[str, ...]
