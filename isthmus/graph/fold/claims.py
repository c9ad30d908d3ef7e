"""The claims of a case as columns, as the case said them by a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.fold.columns import Columns, take
from isthmus.graph.fold.table import Coded, coded, objects
from isthmus.graph.record import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from isthmus.graph.record.file import CaseFile

_LETTERS, _DIGITS = "ABCDEF", "123456"


def read(file: CaseFile, recorded_by: str | None, tlp: str | None, left_out: dict[str, int]) -> Columns:
    """Number, record, subject, property, value, valid, polarity, qualifiers, source, published and grade of each claim.

    In the order recorded, but for what was taken back; `left_out` counts that.
    """
    rows = reading.claims(file, recorded_by, tlp)
    claims = _columns(rows, ("num", "record"), ("subject", "property", "value", "valid", "polarity", "qualifiers"))
    claims |= _of_records(file, claims["record"])
    claims["grade"] = _grades(file, claims, recorded_by)
    if recorded_by and (derived := reading.derived(file)):
        left_out["sources whose derivation is that known now, since the case keeps no older one"] = derived
    taken_back = claims["property"].among({"retracts"})
    if taken_back.any():
        gone = _retracted(file, take(claims, taken_back))
        left_out["retracted claims"] = len(gone)
        claims = take(claims, ~(taken_back | np.isin(claims["num"], list(gone))))
    return claims


def _columns(rows: list[Any], numbers: Sequence[str], texts: Sequence[str]) -> Columns:
    """Columns of rows that have some numbers and then some texts."""
    columns = zip(*rows, strict=True) if rows else iter([()] * (len(numbers) + len(texts)))
    made: Columns = {name: np.array(next(columns), dtype=np.int64) for name in numbers}
    return made | {name: coded(objects(next(columns))) for name in texts}


def _of_records(file: CaseFile, record: NDArray[np.int64]) -> Columns:
    """Source and date of publication of each claim's record: read once a record, not once a claim."""
    rows = reading.publication_of_records(file)
    records = _columns(rows, ["num"], ["source", "published"])
    at = np.searchsorted(records.pop("num"), record)
    return take(records, at)


def _retracted(file: CaseFile, retractions: Columns) -> set[int]:
    """Claims taken back. A retraction that a later one takes back takes nothing back itself."""
    nums = reading.claim_numbers(file, sorted(retractions["value"].used()))
    own = retractions["num"].tolist()
    gone: set[int] = set()
    for num, target in sorted(zip(own, retractions["value"].texts(), strict=True), reverse=True):
        if num not in gone and target in nums:
            gone.add(nums[target])
    return gone - set(own)


def _grades(file: CaseFile, claims: Columns, recorded_by: str | None) -> Coded:
    """Reliability of the source with credibility of the claim; the latest assessment of each counts."""
    reliability, credibility = reading.grades(file, recorded_by)
    letters = claims["source"].of(lambda source: _LETTERS.index(reliability.get(source, "F")), np.int32)
    digits = np.full(len(letters), _DIGITS.index("6"), dtype=np.int32)
    if credibility:
        nums, grades = (
            np.array([*credibility], dtype=np.int64),
            [_DIGITS.index(grade) for grade in credibility.values()],
        )
        judged = np.isin(nums, claims["num"])
        digits[np.searchsorted(claims["num"], nums[judged])] = np.array(grades, dtype=np.int32)[judged]
    words = objects(letter + digit for letter in _LETTERS for digit in _DIGITS)
    return Coded(letters * len(_DIGITS) + digits, words)


def as_one(ids: Coded, same: dict[str, str], where: NDArray[np.bool_]) -> Coded:
    """Ids with each that is judged the same as another replaced by the one that stands for both."""
    places = {text: place for place, text in enumerate(ids.distinct.tolist())}
    to = [places.setdefault(same.get(text, text), len(places)) for text in ids.distinct.tolist()]
    codes = np.where(where, np.array(to, dtype=np.int32)[ids.codes], ids.codes)
    return Coded(codes, objects(places))
