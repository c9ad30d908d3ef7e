"""A view: the whole record through a lens, made of its columns without folding anew.

What lost none of its claims is as it was; only statements that lost some, or whose event lost a date, get their
evidence anew. A column is made when it is first asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.countries import country_name
from isthmus.graph.dates import MAX_DAY
from isthmus.graph.fold import clipping
from isthmus.graph.fold.columns import evidence
from isthmus.graph.fold.entities import best, described
from isthmus.graph.fold.folded import Folded
from isthmus.graph.fold.moments import by_event, event_dates
from isthmus.graph.fold.origins import origins_of
from isthmus.graph.fold.passing import Passing
from isthmus.graph.fold.statements import roles
from isthmus.graph.fold.table import Coded, Table, coded, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from isthmus.graph.fold.columns import Columns
    from isthmus.graph.fold.passing import Ground
    from isthmus.graph.lens import Lens

    Bools = NDArray[np.bool_]
    Rows = NDArray[np.int64]

_PLACES = ("subject", "value_at")


def through(ground: Ground, lens: Lens) -> Folded:
    """A whole record, folded, through a lens whose `recorded_by` and `tlp` it was folded by."""
    return _View(ground, Passing(ground, lens)).folded(lens)


class _View:
    def __init__(self, ground: Ground, passing: Passing) -> None:
        self.ground, self.whole, self.passing = ground, ground.whole, passing
        starts = self.whole.offsets[:-1]
        keep = passing.keep
        self.counts = np.add.reduceat(keep, starts, dtype=np.int64) if len(starts) else np.zeros(0, dtype=np.int64)
        self.rows = np.flatnonzero(self.counts)
        table = self.whole.statement_table
        self.ends = {name: table[name][self.rows] for name in _PLACES}
        there = np.zeros(len(self.whole.ids), dtype=bool)
        there[self.ends["subject"]] = True
        value = self.ends["value_at"]
        there[value[value >= 0]] = True
        self.there = np.flatnonzero(there)
        self.place = np.full(len(there) + 1, -1, dtype=np.int32)  # the last is that of a literal
        self.place[self.there] = np.arange(len(self.there), dtype=np.int32)

    def folded(self, lens: Lens) -> Folded:
        entities = self.whole.entity_table
        names: dict[str, Callable[[], Any]] = {
            "id": lambda: entities["id"][self.there],
            "kind": lambda: entities.coded("kind").take(self.there),
            "name": self._names,
        }
        return Folded(
            self.whole.file, lens, Table(names), Table(self._statements()), Table(self._claims()),
            Table({"offset": lambda: np.append(0, np.cumsum(self.counts[self.rows])).astype(np.int64)}),
            self.whole.left_out | self.passing.left_out, self.whole.same, None,
        )  # fmt: skip

    # --- claims

    @cached_property
    def kept(self) -> Rows:
        """Rows of the claims in view."""
        return np.flatnonzero(self.passing.keep)

    @cached_property
    def ended_later(self) -> Rows:
        """Places in `kept` of the claims that tell of an end after the day that is asked about."""
        if self.passing.day == MAX_DAY:
            return np.zeros(0, dtype=np.int64)
        last = self.ground.days["last"][self.kept]
        return np.flatnonzero(self.ground.ended[self.kept] & (last > self.passing.day) & (last < MAX_DAY))

    @cached_property
    def remarked_later(self) -> Rows:
        """Places in `kept` of the claims with a remark of a source that was not public by that day."""
        return np.flatnonzero(self.ground.remarked[self.kept] & ~self.passing.public[self.kept])

    def _claims(self) -> dict[str, Callable[[], Any]]:
        table = self.whole.claim_table

        def column(name: str) -> Any:
            stored = table.stored(name)
            return stored.take(self.kept) if isinstance(stored, Coded) else stored[self.kept]

        made: dict[str, Callable[[], Any]] = {name: _later(column, name) for name in table.names}
        made["subject_at"] = lambda: self.place[column("subject_at")]
        made["value_at"] = lambda: self.place[column("value_at")]
        made["statement"] = lambda: np.repeat(np.arange(len(self.rows)), self.counts[self.rows])
        day = self.passing.day
        made["valid"] = lambda: _read(column("valid"), self.ended_later, lambda text: clipping.valid(text, day))
        made["qualifiers"] = lambda: _read(column("qualifiers"), self.remarked_later, clipping.without_remarks)
        return made

    # --- statements

    @cached_property
    def changed(self) -> Rows:
        """Places in `rows` of the statements that differ from those of the whole record."""
        sizes = np.diff(self.whole.offsets)[self.rows]
        differ = self.counts[self.rows] != sizes
        later = self.ground.statement[self.kept[self.ended_later]]
        differ[np.searchsorted(self.rows, later)] = True
        lost = self._events_with_other_dates
        if lost.any():
            value = self.ends["value_at"]
            differ |= lost[self.ends["subject"]] | (lost[value] & (value >= 0))
        return np.flatnonzero(differ)

    @cached_property
    def _events_with_other_dates(self) -> Bools:
        found = np.zeros(len(self.whole.ids), dtype=bool)
        dates = self.ground.dates
        found[dates.event[~self.passing.keep[dates.row]]] = True
        return found

    @cached_property
    def _anew(self) -> Columns:
        """The columns of `changed`, from the claims in view."""
        inside = np.zeros(len(self.whole.offsets) - 1, dtype=bool)
        inside[self.rows[self.changed]] = True
        table = Table(self._claims())
        rows = np.flatnonzero(inside[self.ground.statement[self.kept]])
        names = ("valid", "polarity", "grade", "source", "qualifiers")
        claims: Columns = {name: table.coded(name).take(rows).compact() for name in names}
        counts = self.counts[self.rows[self.changed]]
        claims["statement"] = np.repeat(np.arange(len(counts)), counts)
        offsets = np.append(0, np.cumsum(counts)).astype(np.int64)
        whole = self.whole.statement_table
        at = self.rows[self.changed]
        columns: Columns = {
            **{name: whole[name][at] for name in _PLACES},
            "property": whole.coded("property").take(at).compact(),
            **evidence(claims, offsets, origins_of(self.whole.file))._asdict(),
            "role": roles(claims, len(counts)),
        }
        return by_event(columns, self._dates_at(columns))

    def _dates_at(self, columns: Columns) -> NDArray[np.object_]:
        """The dates in view of the events at the ends of these statements."""
        near = np.zeros(len(self.whole.ids), dtype=bool)
        near[columns["subject"]] = True
        near[columns["value_at"][columns["value_at"] >= 0]] = True
        near &= self.ground.events
        dates = self.ground.dates
        row = np.unique(self.ground.statement[dates.row[self.passing.keep[dates.row] & near[dates.event]]])
        table = self.whole.statement_table
        told: Columns = {name: table.coded(name).take(row).compact() for name in ("property", "value")}
        told |= {"subject": table["subject"][row], "affirmed": np.ones(len(row), dtype=np.int64)}
        return event_dates(told, near)

    def _statements(self) -> dict[str, Callable[[], Any]]:
        table = self.whole.statement_table

        def column(name: str) -> Any:
            stored = table.stored(name)
            found = stored.take(self.rows) if isinstance(stored, Coded) else stored[self.rows]
            if name in ("property", "value") or not len(self.changed):
                return found
            return _patched(found, self.changed, self._anew[name])

        made: dict[str, Callable[[], Any]] = {name: _later(column, name) for name in table.names}
        made |= {name: _later(lambda name: self.place[self.ends[name]], name) for name in _PLACES}
        return made | {"affirmed": lambda: self._affirmed, "denied": lambda: self.counts[self.rows] - self._affirmed}

    @cached_property
    def _affirmed(self) -> Rows:
        """How many claims in view affirm each statement."""
        yes = self.passing.keep & self.ground.affirming
        return np.add.reduceat(yes, self.whole.offsets[:-1], dtype=np.int64)[self.rows] if len(self.rows) else self.rows

    # --- entities

    def _names(self) -> NDArray[np.object_]:
        """Names as in the whole record, but where one of an entity's names is not in view, and of events without one:
        what stands for their name is made of what is in view.
        """
        names: NDArray[np.object_] = self.whole.names[self.there]
        named = np.zeros(len(self.whole.ids), dtype=bool)
        named[self.ground.subject[self.ground.name_rows]] = True
        anew = self.ground.events & ~named
        rows = self.ground.name_rows
        anew[self.ground.subject[rows[~self.passing.keep[rows]]]] = True
        at = np.flatnonzero(anew[self.there])
        if len(at):
            ids = self.whole.ids[self.there[at]].tolist()
            claims = self._table(("subject", "property", "value", "polarity", "grade"))
            named_so, described_so = best(claims, "name"), described(claims, ids)
            names[at] = [named_so.get(one) or described_so.get(one) or country_name(one) for one in ids]
        return names

    def _table(self, names: Iterable[str]) -> Columns:
        table = Table(self._claims())
        return {"num": table["num"], **{name: table.coded(name) for name in names}}


def _read(column: Coded, at: Rows, read: Callable[[str], str]) -> Coded:
    """The column with what `read` makes of the texts at some places."""
    if not len(at):
        return column
    patched: Coded = _patched(column, at, coded(objects(read(text) for text in column.texts(at).tolist())))
    return patched


def _later(make: Callable[[str], Any], name: str) -> Callable[[], Any]:
    return lambda: make(name)


def _patched(column: Any, at: Rows, by: Any) -> Any:
    """The column with other entries at some places."""
    if not isinstance(column, Coded):
        found = column.copy()
        found[at] = by
        return found
    by = coded(by)
    every = coded(np.append(column.distinct, by.distinct))  # a text of both is one
    codes = column.codes.copy()
    codes[at] = by.codes + len(column.distinct)
    return Coded(every.codes[codes], every.distinct)
