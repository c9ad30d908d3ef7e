"""Legal status: each change with the day it came, and what stands after the last of them.

A change is in view like any claim, through the lens of the graph. Of those in view the latest by its date stands: an
acquittal on appeal after a conviction, a conviction on appeal after an acquittal.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY, day, parse
from isthmus.graph.declarations import Status
from isthmus.graph.fold.folding import fold
from isthmus.graph.lens import Lens
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.fold.folded import Folded

UNKNOWN = "status not known"


class Change(NamedTuple):
    """That a person came to have a status, on some day from `first` to `last` (proleptic ordinals, both inclusive).

    `row` is that of its statement, `claims` are the rows of the claims that tell of this change.
    """

    code: str
    first: int
    last: int
    row: int
    claims: tuple[int, ...]


def changes(graph: Folded) -> list[list[Change]]:
    """The changes of each entity that are in view, by position, in order of their days.

    A change that no date tells came on any day up to the publication that tells of it.
    """
    days: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
    for row, claim, valid, published in _told(graph):
        first, last = _day(valid, published)
        days[row, first, last if first > MIN_DAY else MIN_DAY].append((last, claim))
    found: list[list[Change]] = [[] for _ in graph.ids]
    rows = np.array([row for row, *_ in days], dtype=np.int64)
    subject, code = (graph.statement_table.at(name, rows).tolist() for name in ("subject", "value"))
    for at, word, (row, first, _), told in zip(subject, code, days, days.values(), strict=True):
        claims = tuple(claim for _, claim in told)
        found[at].append(Change(word, first, min(last for last, _ in told), row, claims))
    for several in found:
        several.sort(key=lambda change: (change.last, change.first, -weight(change.code), change.code))
    return found


def _told(graph: Folded) -> Iterable[tuple[int, int, str, str]]:
    """Statement, row, date and publication of each claim that affirms a status."""
    table = graph.claim_table
    affirmed = table.coded("polarity").among({"affirmed"})
    claims = np.flatnonzero(affirmed & np.isin(table["statement"], graph.rows_of("status")))
    texts = (table.at(name, claims).tolist() for name in ("valid", "published"))
    return zip(table["statement"][claims].tolist(), claims.tolist(), *texts, strict=True)


def _day(valid: str, published: str) -> tuple[int, int]:
    """First and last day on which what is valid so can have come; without a first it came before it was told."""
    span = parse(valid)
    return span.start_lo, (span.start_hi if valid and span.start_hi > MIN_DAY else parse(published).last)


def standing(changed: Sequence[Change]) -> list[Change]:
    """Those after which no other certainly came, and the last verdict, and death.

    Where dates do not say which came last, a verdict and death come after all else; of two verdicts both stand.
    """
    latest = max((change.first for change in changed), default=MIN_DAY)
    judged = max((change.first for change in changed if declared(change.code).verdict), default=MIN_DAY)
    closed = max((change.last for change in changed if _closes(change)), default=MIN_DAY - 1)
    return [
        change
        for change in changed
        if (_closes(change) and (declared(change.code).died or change.last >= judged))
        or (not _closes(change) and change.last >= latest and change.first > closed)
    ]


def _closes(change: Change) -> bool:
    """Whether it is a verdict or death, which what comes after it does not undo."""
    return declared(change.code).verdict or declared(change.code).died


def known(graph: Folded, changed: Sequence[Change]) -> list[Change]:
    """Those that had come by the time that is asked about; one whose day no source tells may have come after it."""
    by = day(graph.lens.valid) if graph.lens.valid else MAX_DAY
    return [change for change in changed if change.first > MIN_DAY or change.last <= by]


def status_text(codes: Iterable[str]) -> str:
    """Legal status as it stands beside a name: an acquittal first, then what is weightiest."""
    known = sorted(set(codes), key=weight)
    acquitted = [code for code in known if not declared(code).ranked]
    rest = [code for code in known if code not in acquitted]
    return ", ".join([*acquitted, *rest[:2]]) or UNKNOWN


def declared(code: str) -> Status:
    """What is declared of a status; one of a hand that was not checked lets no one be named."""
    return schema().statuses.get(code) or Status(named=False)


def weight(code: str) -> int:
    """Place in the order of the vocabulary, the weightiest first."""
    order = list(schema().statuses)
    return order.index(code) if code in order else len(order)


def on_record(graph: Folded) -> list[list[Change]]:
    """The changes of each entity as the whole record tells them, before any lens; their rows are not this graph's."""
    if not graph.lens.stated():
        return changes(graph)
    whole = fold(graph.file, Lens())
    told = changes(whole)
    places = (whole.place(whole.same.get(identity, identity)) for identity in graph.ids.tolist())
    return [[] if place is None else told[place] for place in places]


def may_be_ranked(record: Sequence[Change], seen: Sequence[Change]) -> bool:
    """Whether neither the whole record nor what is seen of it ends with an acquittal."""
    return all(declared(change.code).ranked for change in (*standing(record), *standing(seen)))


def with_acquittal(record: Sequence[Change], seen: Sequence[Change]) -> bool:
    """Whether an acquittal with which the `record` ends stands at the end of what is `seen` too."""
    acquitted = {change.code for change in standing(record) if not declared(change.code).ranked}
    return acquitted <= {change.code for change in standing(seen)}


def lifted(basis: Change, record: Sequence[Change]) -> bool:
    """Whether a later change takes the basis away, as a release without a verdict does a charge."""
    return any(basis.code in declared(other.code).lifts and other.last >= basis.first for other in record)


def looked_into(graph: Folded) -> NDArray[np.bool_]:
    """Entities that ever had, as far as is in view, a status that puts a person in the spotlight."""
    lit = schema().looked_into
    return np.array([any(change.code in lit for change in changed) for changed in changes(graph)], dtype=bool)
