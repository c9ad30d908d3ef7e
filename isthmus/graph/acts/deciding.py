"""An analyst's decisions at the door: to let in who is held back, and to take someone out for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.acts.own import Act, desk, reason, write_own
from isthmus.graph.errors import NoSuchEntity
from isthmus.graph.record import book
from isthmus.graph.record.door import Door

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport

ADMIT, FORGET = "admit", "forget"


def admit(file: CaseFile, handle: str, *, why: str, by: str = "") -> Act:
    """Let in who is held back under a handle: the next load of the same rows takes them with the name.

    The decision is about what those rows say of the age; where others say something else, it is asked for again.

    Raises
    ------
    NoSuchEntity, BadQuestion
        Nobody at the door has that handle; or who has it is a minor or a victim; no reason.
    """
    entry, why = book.find(file, handle), reason(why)

    def keep(report: LoadReport) -> None:
        book.admit(file, entry, why)
        report.kept |= {"admits": entry.handle}

    write_own(file, by, [], loader=ADMIT, also=keep)
    return Act(entry.handle, f"{entry.handle} is let in; load the same files again, and the name comes with them")


def forget(file: CaseFile, name: str, *, because: str, by: str = "") -> Act:
    """Take someone out for good: all that identifies the person, with every trace; a later load is stopped.

    The person stays under a handle, with ties and events. What was published or sent before is not called back.

    Raises
    ------
    NoSuchEntity, AmbiguousName
        Nobody is so called, or several are.
    BadQuestion
        No reason.
    """
    because, graph = reason(because), desk(file)
    at = graph.index(name)
    if str(graph.kinds[at]) != "Person":
        raise NoSuchEntity(f"{name!r} is no person; withdraw takes back a load or a source")
    root = str(graph.ids[at])
    ids = {root, *(one for one, other in graph.same.items() if other == root)}

    def keep(report: LoadReport) -> None:
        report.door = Door(file, report.load).take_out(ids, because)
        report.kept |= {"forgets": len(ids)}

    report = write_own(file, by, [], loader=FORGET, also=keep)
    shown = report.door.entries[0].handle
    traces = "" if report.door.wiped else "; another program has the case open: close it and run `isthmus door`"
    return Act(shown, f"taken out for good, and stays as {shown}{traces}")
