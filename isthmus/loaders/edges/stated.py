"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Stated


class Own(Stated, frozen=True, kw_only=True):
    """Headers by which columns are recognised, and words for what stands in them."""

    columns: dict[str, list[str]]
    ends: dict[str, list[str]]
    nodes: dict[str, list[str]]
