"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Columnar


class Own(Columnar, frozen=True, kw_only=True):
    """What becomes of the columns."""

    ideologies: dict[str, str]
    groups: tuple[str, ...]
    unknown: tuple[str, ...]
    coded: tuple[str, ...]
    kept: tuple[str, ...]
