"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from msgspec import field

from isthmus.loaders.stated import Stated


class Own(Stated, frozen=True, kw_only=True):
    """Marks put to labels, the word in the names of files of attributes, and labels put right."""

    marks: str = ""
    attributes: str
    corrections: dict[str, str] = field(default_factory=dict)
