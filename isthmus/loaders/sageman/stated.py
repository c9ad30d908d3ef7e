"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Stated


class Own(Stated, frozen=True, kw_only=True):
    """Columns, what stands for nothing in them, and patterns of names."""

    attributes: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    no_name: str
    kunya: str
    coded: tuple[str, ...]
