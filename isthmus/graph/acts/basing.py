"""An analyst's basis for naming a person, or for taking a source's word for it, in what leaves the case; undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.acts.own import Act, desk, reason, write_own
from isthmus.graph.acts.whom import whom
from isthmus.graph.errors import BadQuestion
from isthmus.graph.record import bases, history

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport


def basis(file: CaseFile, what: str, why: str, *, by: str = "") -> Act:
    """Answer for it that a person may be named in what leaves, or whoever has a status by the word of a source.

    Nobody is named so who is a minor or a victim. `undo` takes a basis of one's own back.

    Raises
    ------
    NoSuchEntity, AmbiguousName, BadQuestion
        Nothing or several things are so called, or what is no person; no reason; it is declared already.
    """
    why = reason(why)
    kind: bases.What = "sources" if history.is_source(file, what) else "people"
    target, says = (what, f"source {what}") if kind == "sources" else _person(file, what)
    if target in bases.declared(file, kind):
        raise BadQuestion(f"a basis is declared for {says} already")

    def keep(report: LoadReport) -> None:
        report.kept |= {"basis": {"people": [], "sources": [], kind: [target]}, "why": why}

    write_own(file, by, [], also=keep)
    named = f"whoever has a status that is a basis by {says}" if kind == "sources" else says
    return Act(target, f"{named} may be named in what leaves the case")


def _person(file: CaseFile, text: str) -> tuple[str, str]:
    graph = desk(file)
    found = whom(graph, text)
    if found.kind != "Person":
        raise BadQuestion(f"{found.says} is no person: what is no person is named")
    return found.id, found.says
