"""Taking a load back: `undo` and `withdraw` write a load that undoes another, in one transaction; in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.acts.claims import in_words
from isthmus.graph.acts.own import Act, desk, source_of, write_own
from isthmus.graph.errors import NoSuchEntity
from isthmus.graph.record import bases, history, markings, reading
from isthmus.graph.record.force import ANALYST
from isthmus.graph.record.reversing import reverse

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile

UNDO, WITHDRAW = "undo", "withdraw"


def undo(file: CaseFile, *, by: str = "", why: str = "undone") -> Act:
    """Take back the analyst's last act that is in force: a claim, retraction, judgement or withdrawal; in words.

    Raises
    ------
    NoSuchEntity
        There is nothing to undo.
    """
    source = source_of(by)
    last = history.last_load_of(file, source.id, (ANALYST, WITHDRAW))
    if last is None:
        raise NoSuchEntity(f"{source.publisher!r} has done nothing in this case that could be undone")
    return take_back(file, last, by=by, why=why, loader=UNDO)


def take_back(file: CaseFile, load: int, *, by: str, why: str, loader: str) -> Act:
    """Undo a load as if it had never been; what was undone, in words."""
    graph = desk(file)
    said = _said(file, graph, load)
    stood = {one.row for one in reading.judgements(file)}
    write_own(file, by, [], loader=loader, also=lambda report: reverse(file, report, load, why))
    back = [one for one in reading.judgements(file) if one.row not in stood]
    said += [f"{one} stands again" for one in back]
    return Act("", "; ".join(said))


def _said(file: CaseFile, graph: Graph, load: int) -> list[str]:
    """What a load brought, in words; where it is long, how much."""
    loader, source, kept = history.load_told(file, load)
    if loader in (UNDO, WITHDRAW):
        return [f"{loader} by {source.removeprefix('analyst:')}" + (f" of {kept}" if kept else f" (load {load})")]
    if loader != ANALYST:
        return [f"load {load} of {source}"]
    if marked := markings.mark_of_load(file, load):
        return [f"{marked[0]} marked TLP:{marked[1]}"]
    if based := bases.of_load(file, load):
        return [f"basis for {one}" for one in based]
    said = [in_words(graph, claim) for claim in history.claims_of_load(file, load)]
    return [*said, *(" ".join(row) for row in history.judged_by_load(file, load))]
