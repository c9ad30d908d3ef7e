"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from msgspec import field

from isthmus.graph.typed import Typed
from isthmus.loaders.stated import Publisher, Stated


class Relation(Typed, frozen=True):
    """How a layer is read whose name fits the pattern `name`."""

    name: str
    tie: str | None = None
    role: str = ""
    skip: str = ""
    codes: str = ""


class Code(Typed, frozen=True):
    """The tie that a value stands for, or why its row is passed over."""

    tie: str = ""
    role: str = ""
    skip: str = ""


class Known(Typed, frozen=True):
    """A network, known by what its layers are called; nothing is stated of any other."""

    layers: str = ""
    id: str = ""
    title: str = ""
    publisher: Publisher | str = ""
    licence: str = ""
    kinds: tuple[str, ...] = ()
    kind_of: dict[str, str] = field(default_factory=dict)
    event_kind: str = "other"
    tie: str = ""
    valid: str = ""
    membership: str = ""
    strength: dict[str, str] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    underscores: bool = False


class Own(Stated, frozen=True, kw_only=True):
    """Relations and codes by name, and the networks that are known."""

    collection: Publisher
    relations: tuple[Relation, ...]
    codes: dict[str, dict[str, Code | str]]
    networks: tuple[Known, ...]
