"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Wide


class Own(Wide, frozen=True, kw_only=True):
    """What stands for no country, group or city."""

    not_countries: tuple[str, ...]
    no_group: tuple[str, ...]
    generic_group: str
    no_city: tuple[str, ...]
