"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.graph.typed import Typed
from isthmus.loaders.stated import Stated


class Standing(Typed, frozen=True):
    """The legal status that a word of the publisher's stands for."""

    status: str
    detail: str = ""


class Own(Stated, frozen=True, kw_only=True):
    """What becomes of the publisher's words."""

    status: dict[str, Standing]
    of_age: int
    citizenship: dict[str, str]
    names: dict[str, str]
    no_reference: tuple[str, ...]
    dates: dict[str, str | int]
    labels: dict[str, str]
    kind_of: dict[str, str]
    plots: tuple[str, ...]
    activities: dict[str, str]
    not_a_basis: tuple[str, ...]
    links: dict[str, tuple[str, ...]]
    doubt: tuple[str, ...]
