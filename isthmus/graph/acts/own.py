"""What an analyst writes rests on: their own source, a record of the moment, and a reason."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadQuestion
from isthmus.graph.graph import Graph
from isthmus.graph.lens import Lens
from isthmus.graph.record.force import ANALYST
from isthmus.graph.record.rows import Record, SourceRow
from isthmus.graph.record.writing import write

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row
    from isthmus.graph.record.writing import Also, LoadReport


class Act(NamedTuple):
    """What an analyst did: the id of what was written, or "", and what was found and done, in words."""

    id: str
    says: str


def desk(file: CaseFile) -> Graph:
    """The case as it is now, whole: where an analyst's words are looked up."""
    return Graph.of(file, Lens.of())


def moment() -> str:
    """Now, in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def source_of(by: str) -> SourceRow:
    """The source that stands for an analyst's own word; `by` is a name, the login name where it is empty."""
    name = by or getpass.getuser()
    return SourceRow(f"analyst:{name}", title=f"Analyst {name}", publisher=name, derived_from="")


def reason(why: str) -> str:
    """The reason of an act.

    Raises
    ------
    BadQuestion
        There is none.
    """
    if not why.strip():
        raise BadQuestion("a reason is missing; add --why TEXT")
    return why


def record_of(by: str, why: str) -> Record:
    """A record of the analyst's own, of this moment."""
    now = moment()
    return Record(source_of(by).id, now, pointer=f"entered {now}", published="", text=reason(why))


def write_own(
    file: CaseFile, by: str, rows: list[Row], *, loader: str = ANALYST, also: Also | None = None
) -> LoadReport:
    """Write what an analyst says into a case, in one transaction."""
    source = source_of(by)
    return write(file, [source, *rows] if rows else [], source=source.id, loader=loader, also=also)


def outcome(report: LoadReport, identity: str, said: str) -> Act:
    """The act, in words; where the door kept someone out by it, those of the door alone, which name no one."""
    kept = [entry.says() for entry in report.door.decided]
    return Act("", "; ".join(kept)) if kept else Act(identity, said)
