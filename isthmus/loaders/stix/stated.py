"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.graph.typed import Typed
from isthmus.loaders.stated import Stated


class Relationship(Typed, frozen=True):
    """The tie that a relationship is; `back`: it runs from target to source."""

    tie: str
    role: str = ""
    back: bool = False


class Own(Stated, frozen=True, kw_only=True):
    """What becomes of the standard's words."""

    identity_classes: dict[str, str]
    resource_levels: dict[str, str]
    types: dict[str, str]
    technical: tuple[str, ...]
    relationships: dict[str, Relationship]
    confidence: tuple[tuple[int, str], ...]
    tlp: dict[str, str]
    tlp_words: dict[str, str]
