"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Columnar


class Own(Columnar, frozen=True, kw_only=True):
    """Events by their publisher's types; `forces` and `crowd` are patterns of actors' names."""

    sub_event_types: dict[str, dict[str, str]]
    forces: str
    crowd: str
    ignored: tuple[str, ...]
