"""An analyst's marking of a record or a source by TLP 2.0: only ever stricter, undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.acts.own import Act, reason, write_own
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.given import word
from isthmus.graph.record import history, markings
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport

SHORTEST = 6  # digits of an id that are taken for the whole


def mark(file: CaseFile, what: str, tlp: str, *, why: str, by: str = "") -> Act:
    """Mark a record (its id, that of a claim of it, or six of the first digits) or a source, with all its records.

    A source's mark holds for the records that come of it later too. It can only be made stricter: TLP lets none but the
    one who marked a thing allow more. `undo` takes back a mark of one's own.

    Raises
    ------
    NoSuchEntity, BadQuestion
        Nothing has that id, or several records; no reason; no such marking, or one that is not stricter.
    """
    label, why = word(tlp, schema().tlp, "TLP marking"), reason(why)
    if history.is_source(file, what):
        name, target, before = "source", what, markings.labels_of_source(file, what)
    else:
        name, target = "record", _record(file, what)
        before = markings.labels_of(file, target)
    _check_stricter(f"{name} {target}", label, before)

    def keep(report: LoadReport) -> None:
        report.kept |= {"marks": {name: target, "tlp": label}, "why": why}

    write_own(file, by, [], also=keep)
    return Act(target, f"{name} {target} is marked TLP:{label}")


def _record(file: CaseFile, digits: str) -> str:
    text = digits.strip().lower()
    found = markings.records_beginning(file, text, 2) if len(text) >= SHORTEST else []
    if len(found) > 1:
        raise BadQuestion(f"several records begin with {digits!r}; give more of the id")
    if not found:
        raise NoSuchEntity(
            f"no source, record or claim in force has the id {digits!r}; give {SHORTEST} of its digits or more. "
            "`isthmus sources` lists sources, `isthmus show NAME --json` claims"
        )
    return found[0]


def _check_stricter(what: str, label: str, before: list[str]) -> None:
    order = schema().tlp
    now = max(before, key=order.index, default=None)
    if now is not None and order.index(label) <= order.index(now):
        raise BadQuestion(
            f"{what} is marked TLP:{now} already, and only who marked it so may allow more; isthmus undo takes back "
            "a mark of your own"
        )
