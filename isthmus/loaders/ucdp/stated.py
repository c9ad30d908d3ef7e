"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Columnar


class Own(Columnar, frozen=True, kw_only=True):
    """What names no group, and the columns passed over."""

    civilians: tuple[str, ...]
    ignored_events: tuple[str, ...]
    ignored_dyads: tuple[str, ...]
