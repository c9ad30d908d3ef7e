"""Bases that an analyst declared: people who may be named in what leaves, and sources whose word is enough for it.

A basis is kept with the load that declared it, as a mark is (see `markings`): taken back, it is read no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from isthmus.graph.record.force import in_force

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile

What = Literal["people", "sources"]


def declared(file: CaseFile, what: What) -> frozenset[str]:
    """Ids of the people, or of the sources, for which a basis is declared and stands."""
    asked = (
        f"SELECT DISTINCT e.value FROM load l, json_each(l.counts, '$.basis.{what}') e "
        f"WHERE {in_force(file.connection, 'l.num')}"
    )
    return frozenset(str(identity) for (identity,) in file.connection.execute(asked))


def of_load(file: CaseFile, load: int) -> tuple[str, ...]:
    """What a load declared a basis for; none where it declared none."""
    asked = (
        "SELECT e.value FROM load l, json_each(l.counts, '$.basis.people') e WHERE l.num = ? "
        "UNION ALL SELECT e.value FROM load l, json_each(l.counts, '$.basis.sources') e WHERE l.num = ?"
    )
    return tuple(str(identity) for (identity,) in file.connection.execute(asked, (load, load)))
