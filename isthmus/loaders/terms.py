"""Whether the rows of a case may be passed on, by the terms of the sources they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record import reading
from isthmus.loaders import sources

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph


def withheld(graph: Graph, *, whole: bool = False) -> list[str]:
    """Sources in view, or with `whole` in any current record, whose terms (`source.yml`) forbid passing rows on."""
    known = sources()
    used = set(graph.claim_table.coded("source").used())
    if whole:
        used.update(reading.sources_with_records(graph.file))
    loaders = dict.fromkeys(str(source).partition(":")[0] for source in sorted(used))
    return [name for name in loaders if name in known and known[name].redistribute is False]
