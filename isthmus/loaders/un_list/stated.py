"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.loaders.stated import Listing


class Own(Listing, frozen=True, kw_only=True):
    """A list of sanctions."""
