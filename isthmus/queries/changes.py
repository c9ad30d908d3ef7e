"""What loads did to a case: records added, changed, withdrawn and restored, and what each said before and after."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, groupby, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph import dates
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import day
from isthmus.graph.lens import Lens
from isthmus.graph.record import history, recorded
from isthmus.graph.record.markings import left_out
from isthmus.queries.finding import Finding, columned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.given import Day
    from isthmus.graph.record.file import CaseFile

WHATS = ("added", "changed", "withdrawn", "restored")
COLUMNS = ["at", "what", "source", "record", "pointer", "difference", "load"]
_LONG = 160  # signs of a statement shown; its claim has the rest
_QUALIFIER = re.compile(r'^\{"recovered":"yes"\}$|,"recovered":"yes"|"recovered":"yes",')


class _Key(NamedTuple):
    """What one load did to the records of one native key."""

    load: int
    at: str
    source: str
    key: str
    pointer: str
    gone: tuple[int, ...]  # superseded, withdrawn
    came: tuple[int, ...]  # added, restored
    what: str


def changes(case_file: CaseFile, *, since: Day = "", added: bool = False, lens: Lens | None = None) -> Finding:
    """What each load did, oldest first: a row with its counts, then one for each native key that isn't just new.

    A key is changed if some of its records came and others went; `difference` lists what only the old ones say (`-`)
    and what only the new ones say (`+`). That a damaged file was read is no difference. A key that lost records and
    got none is withdrawn. A source is regraded whose reliability a load changed. `added` lists new keys too. `since` is an EDTF date: loads from its first day on (UTC).
    Of the lens, `recorded_by` leaves out later loads, and `tlp` records marked more strictly.

    Raises
    ------
    BadDate
        `since` is no date.
    BadQuestion
        Another part of a lens is given: a load did what it did, whatever the records say.
    """
    lens = lens or Lens()
    _refuse(lens)
    since = day(since)
    since_day = dates.iso(dates.parse(since).first) if since else ""
    tlp, until = lens.tlp, recorded.moment(lens.recorded_by)
    found = (one for one in _keys(case_file, since_day, tlp) if one.at <= until)
    rows: list[tuple[Any, ...]] = []
    behind: list[tuple[str, ...]] = []
    graded = [row for row in _regraded(case_file, since_day, tlp) if row[0] <= until]
    for (load, at, source), group in groupby(found, lambda one: one[:3]):
        while graded and graded[0][-1] < load:
            rows.append(graded.pop(0))
            behind.append(())
        keys = list(group)
        count = Counter(one.what for one in keys)
        told = ", ".join(f"{count[what]:,} {what}" for what in WHATS)
        rows.append((at, "load", source, told, "", [], load))
        behind.append(())
        for one in keys:
            if added or one.what != "added":
                difference, claims = _difference(case_file, one)
                rows.append((at, one.what, source, one.key, one.pointer, difference, load))
                behind.append(claims)
    return Finding(
        name="changes",
        table=columned(COLUMNS, [*rows, *graded]),
        method="A new edition's record supersedes those with the same source and native key; a record missing from a "
        "complete edition is withdrawn, and so is what an analyst withdraws. Nothing is deleted: --recorded-by shows the "
        "case as it was.",
        parameters={"since": since, "added": added, **lens.stated()},
        left_out=left_out(case_file, tlp),
        claims=(*behind, *(() for _ in graded)),
        sentence="{what}: {source} {record} ({pointer})\n{difference}",
        heading="at",
    )


WHY_NOT = (
    "what a load did is told whatever the records say of then; ask it of loads (recorded_by, since) and markings (tlp)"
)
ASKED_OF = frozenset({"recorded_by", "tlp"})
"""The parts of a lens that make sense of loads."""


def _refuse(lens: Lens) -> None:
    if others := lens.stated().keys() - ASKED_OF:
        raise BadQuestion(f"changes takes no {' or '.join(sorted(others))}: {WHY_NOT}")


def _keys(case_file: CaseFile, since: str, tlp: str | None) -> Iterator[_Key]:
    for (load, at, source, key), group in groupby(history.record_changes(case_file, since, tlp), lambda row: row[:4]):
        members = list(group)
        gone = tuple(row[5] for row in members if row[4] in {"superseded", "withdrawn"})
        came = tuple(row[5] for row in members if row[4] in {"added", "restored"})
        fresh = "restored" if all(row[4] == "restored" for row in members) else "added"
        what = fresh if not gone else "changed" if came else "withdrawn"
        yield _Key(load, at, source, key, members[-1][6], gone, came, what)


def _regraded(case_file: CaseFile, since: str, tlp: str | None) -> list[tuple[Any, ...]]:
    """A row for each source whose reliability a load changed, oldest first."""
    return [
        (at, "regraded", source, "", "", [f"- reliability {old or 'none'}", f"+ reliability {new or 'none'}"], load)
        for at, load, source, old, new in history.regradings(case_file, since, tlp)
    ]


def _difference(case_file: CaseFile, one: _Key) -> tuple[list[str], tuple[str, ...]]:
    """What only one side says, and the claims of both sides."""
    before, after = _said(case_file, one.gone), _said(case_file, one.came)
    gone, new = _apart([text for text in before if text not in after], [text for text in after if text not in before])
    shown = [*(f"- {text}" for text in gone), *(f"+ {text}" for text in new)]
    claims = tuple(dict.fromkeys([*before.values(), *after.values()]))
    return shown or ["another pointer or text, the same claims"], claims


def _said(case_file: CaseFile, records: tuple[int, ...]) -> dict[str, str]:
    """What records say, each with a claim's id."""
    said = {}
    for row in chain.from_iterable(history.said(case_file, record) for record in records):
        subject, name, value, valid, polarity, qualifiers, identity = row
        more = [valid, "" if polarity == "affirmed" else polarity, _QUALIFIER.sub("", qualifiers)]
        said[" ".join(part for part in (subject, name, value, *more) if part)] = identity
    return said


def _apart(gone: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The same statements, long ones cut to where they part from the one in their place."""
    starts = [Counter(" ".join(text.split(" ", 2)[:2]) for text in texts) for texts in (gone, new)]

    def cut(text: str, others: list[str]) -> str:
        if len(text) <= _LONG:
            return text
        said = " ".join(text.split(" ", 2)[:2])
        other = next((one for one in others if one.startswith(f"{said} ")), "")
        if [count[said] for count in starts] != [1, 1]:
            return f"{text[:_LONG]}…"
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
        start = max(same - 30, len(said) + 1)
        before, after = "…" if start > len(said) + 1 else "", "…" if start + _LONG < len(text) else ""
        return f"{said} {before}{text[start : start + _LONG]}{after}"

    return [cut(text, new) for text in gone], [cut(text, gone) for text in new]
