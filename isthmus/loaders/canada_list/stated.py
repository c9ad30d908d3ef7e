"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Listing


class Own(Listing, frozen=True, kw_only=True):
    """Who of the entries is a person, and what stands for no summary."""

    people: tuple[str, ...]
    no_summary: tuple[str, ...]
