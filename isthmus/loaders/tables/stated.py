"""What this source's `source.yml` states besides what any may."""

from __future__ import annotations

from isthmus.graph.typed import Typed
from isthmus.loaders.stated import Stated


class Sheet(Typed, frozen=True):
    """The columns of a sheet, and those it must have."""

    required: list[str]
    columns: list[str]


class Own(Stated, frozen=True, kw_only=True):
    """The sheets, and the columns at the end of each."""

    evidence: list[str]
    sheets: dict[str, Sheet]
