"""Whether the rows of a case may be passed on, by the terms of the sources they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record import reading
from isthmus.loaders import sources

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile


def withheld(file: CaseFile) -> list[str]:
    """Sources in the case whose terms, by their `source.yml`, forbid passing their rows on."""
    known = sources()
    loaders = dict.fromkeys(source.partition(":")[0] for source in reading.sources_with_records(file))
    return [name for name in loaders if known.get(name, {}).get("redistribute") is False]
