"""Columns derived from the claims of each statement: dates, grade, chance, origins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from isthmus.graph import grading
from isthmus.graph.dates import ALWAYS, MAX_DAY, MIN_DAY, iso, parse
from isthmus.graph.fold.table import Coded, coded, numbered, objects

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.fold.origins import Origins


Columns = dict[str, Any]  # name -> numpy array or coded texts, all of one length


def take(columns: Columns, chosen: NDArray[Any]) -> Columns:
    """Those rows of every column: a mask, or positions in the wanted order."""
    rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
    return {name: column.take(rows) if isinstance(column, Coded) else column[rows] for name, column in columns.items()}


class Evidence(NamedTuple):
    """One entry a statement. Days are proleptic ordinals; texts are ISO dates, "" where a bound is unknown."""

    first_day: NDArray[np.int64]
    last_day: NDArray[np.int64]
    first: Coded
    last: Coded
    intervals: Coded
    grade: Coded
    probability: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    origins: NDArray[np.int64]
    origins_known: NDArray[np.bool_]
    affirmed: NDArray[np.int64]
    denied: NDArray[np.int64]


def spans(texts: Coded) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Outer bounds of each date, and which are undated."""
    parsed = [parse(text) for text in texts.distinct]
    first = np.array([span.first for span in parsed], dtype=np.int64)
    last = np.array([span.last for span in parsed], dtype=np.int64)
    undated = np.array([span == ALWAYS for span in parsed], dtype=bool)
    return first[texts.codes], last[texts.codes], undated[texts.codes]


def evidence(claims: Columns, offsets: NDArray[np.int64], origins: Origins) -> Evidence:
    """Columns of the statements whose claims lie at `offsets`."""
    starts = offsets[:-1]
    if not len(starts):
        none, nothing = np.zeros(0), coded(np.zeros(0, dtype=object))
        whole = none.astype(np.int64)
        return Evidence(whole, whole, nothing, nothing, nothing, nothing, none, none, none, whole,
                        none.astype(bool), whole, whole)  # fmt: skip
    first, last, undated = spans(claims["valid"])
    first_day = np.minimum.reduceat(np.where(undated, MAX_DAY, first), starts)
    last_day = np.maximum.reduceat(np.where(undated, MIN_DAY, last), starts)
    never = first_day > last_day
    first_day, last_day = np.where(never, MIN_DAY, first_day), np.where(never, MAX_DAY, last_day)
    affirmed = claims["polarity"].among({"affirmed"})
    yes = np.add.reduceat(affirmed.astype(np.int64), starts)
    chance, low, high, count, known = _joined(claims, offsets, affirmed, origins)
    return Evidence(
        first_day, last_day, iso_codes(first_day), iso_codes(last_day), _intervals(claims["valid"], offsets),
        _best_grade(claims["grade"], starts, count, known), chance, low, high, count, known, yes,
        np.diff(offsets) - yes,
    )  # fmt: skip


def iso_dates(days: NDArray[np.int64]) -> NDArray[np.object_]:
    """ISO forms of ordinal days; "" for open ends."""
    return iso_codes(days).texts()


def iso_codes(days: NDArray[np.int64]) -> Coded:
    """The same as codes."""
    codes, distinct = numbered(days)
    return coded(objects(iso(int(day)) for day in distinct)).take(codes)  # both open ends are one text


def _intervals(valid: Coded, offsets: NDArray[np.int64]) -> Coded:
    """The dates as the sources give them, each once, joined by ";"."""
    codes = valid.codes[offsets[:-1]]
    places = {text: place for place, text in enumerate(valid.distinct)}
    for row in np.flatnonzero(np.diff(offsets) > 1):
        among = valid.texts(slice(offsets[row], offsets[row + 1]))
        codes[row] = places.setdefault(";".join(sorted({text for text in among if text})), len(places))
    return Coded(codes, objects(places))


def _best_grade(
    grades: Coded, starts: NDArray[np.int64], origins: NDArray[np.int64], known: NDArray[np.bool_]
) -> Coded:
    """Strongest grade of the claims. "Confirmed" (1) needs two independent, known origins."""
    best = np.minimum.reduceat(grades.of(grading.rank, np.int64), starts)
    words = objects(f"{letter}{digit}" for digit in "123456" for letter in "ABCDEF")
    unconfirmed = (best < 6) & ~((origins >= 2) & known)
    return Coded(np.where(unconfirmed, best + 6, best).astype(np.int32), words)


def _joined(
    claims: Columns, offsets: NDArray[np.int64], affirmed: NDArray[np.bool_], origins: Origins
) -> tuple[Any, Any, Any, Any, Any]:
    """Noisy-or over independent origins: p = 1 - prod(1 - max over the origin's claims); and how many origins.

    Only affirming claims count; a statement that is only denied has chance 0.
    """
    statement = claims["statement"]
    origin, known = origins.columns(claims["source"], statement)
    table = claims["grade"].of(grading.probability, np.float64)
    table = np.where(affirmed[:, None], table, 0.0)
    order = np.lexsort((origin, statement))
    pair_starts = _starts(statement[order], origin[order])
    best = np.maximum.reduceat(table[order], pair_starts, axis=0)
    rows = statement[order][pair_starts]
    firsts = _starts(rows)
    joined = 1.0 - np.multiply.reduceat(1.0 - best, firsts, axis=0)
    counted = np.add.reduceat((best[:, 0] > 0).astype(np.int64), firsts)
    return joined[:, 0], joined[:, 1], joined[:, 2], counted, np.logical_and.reduceat(known, offsets[:-1])


def _starts(*keys: NDArray[np.int64]) -> NDArray[np.int64]:
    change = np.zeros(len(keys[0]), dtype=bool)
    change[0] = True
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(change)
