"""Folds the claims of a case into the columns of a graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph import dates, grading
from isthmus.graph.countries import country_name
from isthmus.graph.fold import kept
from isthmus.graph.fold.columns import Columns, evidence, spans, take
from isthmus.graph.fold.folded import Folded
from isthmus.graph.fold.holdings import held_statements, read_holdings
from isthmus.graph.fold.identity import resolved
from isthmus.graph.fold.moments import by_event, event_dates
from isthmus.graph.fold.origins import origins_of
from isthmus.graph.fold.table import Coded, Table, coded, objects
from isthmus.graph.record import markings, reading
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from isthmus.graph.fold.origins import Origins
    from isthmus.graph.lens import Lens
    from isthmus.graph.record.file import CaseFile

_LETTERS, _DIGITS = "ABCDEF", "123456"


def fold(file: CaseFile, lens: Lens, *, same: dict[str, str] | None = None) -> Folded:
    """The claims of a case, seen through a lens; `same` replaces the identities that it would give."""
    with file.snapshot():  # what is kept under a state is of that state
        place = kept.entry(file, lens.stated()) if same is None else None
        tables, said = kept.part(place, "graph", lambda: _folded(file, lens, same))
    return Folded(
        file, lens, tables["entities"], tables["statements"], tables["claims"], tables["offsets"]["offset"],
        said["left_out"], said["same"], place,
    )  # fmt: skip


def _folded(file: CaseFile, lens: Lens, same: dict[str, str] | None) -> tuple[dict[str, Table], dict[str, Any]]:
    left_out = markings.left_out(file, lens.tlp)
    claims = _filter(file, _read(file, lens, left_out), lens, left_out)
    if same is None:
        identity = resolved(file, lens.recorded_by, lens.known_by, lens.holders)
        same = identity.same
        if identity.apart:
            left_out["judgements that would join what is judged different"] = len(identity.apart)
    is_tie = claims["property"].among(schema().ties)
    if same:
        claims["subject"] = _as_one(claims["subject"], same, np.ones(len(is_tie), dtype=bool))
        claims["value"] = _as_one(claims["value"], same, is_tie)
    entities = _entities(claims, is_tie, left_out)
    at = {identity: position for position, identity in enumerate(entities["id"].tolist())}
    subject = claims["subject"].of(lambda text: at.get(text, -2), np.int32)
    value = np.where(is_tie, claims["value"].of(lambda text: at.get(text, -2), np.int32), np.int32(-1))
    claims |= {"subject_at": subject, "value_at": value}
    lost = (subject == -2) | (value == -2)
    if lost.any():
        left_out["claims on an entity without a kind"] = int(lost.sum())
        claims = take(claims, ~lost)
    claims = _by_statement(claims)
    statements, offsets = _statements(claims, origins_of(file))
    events = np.isin(entities["kind"], ["Event"])
    statements = by_event(statements, event_dates(statements, events))
    columns = {"entities": entities, "statements": statements, "claims": claims, "offsets": {"offset": offsets}}
    return {name: Table(made) for name, made in columns.items()}, {"left_out": left_out, "same": same}


def _as_one(ids: Coded, same: dict[str, str], where: NDArray[np.bool_]) -> Coded:
    """Ids with each that is judged the same as another replaced by the one that stands for both."""
    places = {text: place for place, text in enumerate(ids.distinct.tolist())}
    to = [places.setdefault(same.get(text, text), len(places)) for text in ids.distinct.tolist()]
    codes = np.where(where, np.array(to, dtype=np.int32)[ids.codes], ids.codes)
    return Coded(codes, objects(places))


def _read(file: CaseFile, lens: Lens, left_out: dict[str, int]) -> Columns:
    rows = reading.claims(file, lens.recorded_by, lens.tlp)
    claims = _columns(rows, ("num", "record"), ("subject", "property", "value", "valid", "polarity", "qualifiers"))
    claims |= _of_records(file, claims["record"])
    claims["grade"] = _grades(file, claims, lens.recorded_by)
    if lens.recorded_by and (derived := reading.derived(file)):
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


def _filter(file: CaseFile, claims: Columns, lens: Lens, left_out: dict[str, int]) -> Columns:
    naming = claims["property"].among(schema().naming)
    keep = np.ones(len(naming), dtype=bool)

    def drop(passes: NDArray[np.bool_], reason: str) -> None:
        gone = keep & ~passes
        if gone.any():
            left_out[reason] = int(gone.sum())
        np.logical_and(keep, passes, out=keep)

    if lens.min_grade:
        least = lens.min_grade
        fits = claims["grade"].of(lambda grade: grading.passes(grade, least), bool)
        drop(naming | fits, f"claims graded below {least} or ungraded")
    if lens.published_by:
        _, last, undated = spans(claims["published"])
        out = (last <= dates.day(lens.published_by)) & ~undated
        drop(out, f"claims published after {lens.published_by} or at an unknown date")
    if lens.known_by:
        holdings = read_holdings(file, lens.recorded_by, lens.tlp)
        held = held_statements(holdings, dates.day(lens.known_by), lens.holders)
        drop(naming | _are(claims, held), f"claims not held by {lens.known_by}, or held by no one declared")
    if lens.valid:
        asked = dates.parse(lens.valid)
        first, last, undated = spans(claims["valid"])
        overlap = (last >= asked.first) & (first <= asked.last)
        drop(undated | naming | overlap, f"claims not valid in {lens.valid}")
    if lens.ties:
        kind = claims["property"]
        other = kind.among(schema().ties) & ~kind.among(schema().placing.union(lens.ties))
        drop(~other, "ties of other kinds")
    return take(claims, keep)


def _are(claims: Columns, statements: set[str]) -> NDArray[np.bool_]:
    """Which claims make one of these statements, given as subject, property and value joined by U+001F."""
    subject, name, value = (claims[part].texts() for part in ("subject", "property", "value"))
    return np.fromiter(
        ("\x1f".join(parts) in statements for parts in zip(subject, name, value, strict=True)), bool, len(name)
    )


def _entities(claims: Columns, is_tie: NDArray[np.bool_], left_out: dict[str, int]) -> Columns:
    """One row an entity, in order of id: its kind, and the best graded of its names."""
    kinds, names = (_best(claims, name) for name in ("kind", "name"))
    inferred = _inferred_kinds(claims, is_tie, kinds)
    guessed = sum(kind != "Country" for kind in inferred.values())
    if guessed:
        left_out["entities whose kind is inferred from a tie"] = guessed
    kinds |= inferred
    ids = sorted(kinds)
    described = _described(claims, [i for i in ids if kinds[i] == "Event" and i not in names])
    shown = [names.get(i) or described.get(i) or (country_name(i) if kinds[i] == "Country" else i) for i in ids]
    return {
        "id": np.array(ids, dtype=object),
        "kind": np.array([kinds[identity] for identity in ids], dtype=object),
        "name": np.array(shown, dtype=object),
    }


def _described(claims: Columns, events: list[str]) -> dict[str, str]:
    """What stands for the name of an event that no source names: its kind, town and date."""
    if not events:
        return {}
    attack, kind, city, date = (_best(claims, name) for name in ("attack_type", "event_kind", "city", "date"))
    return {
        event: ", ".join(
            filter(None, [attack.get(event) or kind.get(event) or "event", city.get(event), date.get(event)])
        )
        for event in events
        if event in date or event in city
    }


def _best(claims: Columns, name: str) -> dict[str, str]:
    """Best graded affirmed value of a property for each subject; among equals the first recorded."""
    rows = np.flatnonzero(claims["property"].among({name}) & claims["polarity"].among({"affirmed"}))
    worst_first = np.lexsort((rows, claims["grade"].of(grading.rank, np.int64)[rows]))[::-1]
    subject, value = (claims[part].texts(rows[worst_first]) for part in ("subject", "value"))
    return dict(zip(subject.tolist(), value.tolist(), strict=True))


def _inferred_kinds(claims: Columns, is_tie: NDArray[np.bool_], known: dict[str, str]) -> dict[str, str]:
    """Countries need no claim of their kind; another end of a tie has it where only one kind can stand there."""
    found: dict[str, str] = {}
    for end, side, rows in (("to", "value", take(claims, is_tie)), ("from", "subject", claims)):
        unknown = set(rows[side].used()) - known.keys()
        if not unknown:
            continue
        chosen = take(rows, rows[side].among(unknown))
        pairs = np.unique(np.stack([chosen[side].codes, chosen["property"].codes]), axis=1)
        for identity, name in sorted((chosen[side].distinct[i], chosen["property"].distinct[p]) for i, p in pairs.T):
            allowed = schema().ties[name].targets if end == "to" else schema().subjects(name)
            if "Country" in allowed and country_name(identity) != identity:
                found[identity] = "Country"
            elif len(allowed) == 1 and identity not in found:
                found[identity] = allowed[0]
    return found


def _by_statement(claims: Columns) -> Columns:
    """Claims in the order of subject, property, value and num, with their statement's row."""
    keys = [claims["subject_at"], *(_ranks(claims[part])[claims[part].codes] for part in ("property", "value"))]
    order = np.lexsort(keys[::-1])  # claims come in the order of num, and those of one statement stay so
    keys = [column[order] for column in keys]
    claims = take(claims, order)
    new = np.zeros(len(order), dtype=bool)
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    claims["statement"] = np.cumsum(new)
    return claims


def _ranks(texts: Coded) -> NDArray[np.int64]:
    """The place of each distinct text in their order."""
    order = np.argsort(texts.distinct, kind="stable")
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order))
    return found


def _statements(claims: Columns, origins: Origins) -> tuple[Columns, NDArray[np.int64]]:
    """One row a statement, and where its claims begin and end."""
    starts = np.unique(claims["statement"], return_index=True)[1].astype(np.int64)
    offsets = np.append(starts, len(claims["statement"])).astype(np.int64)
    first = take({name: claims[name] for name in ("subject_at", "property", "value", "value_at")}, starts)
    columns: Columns = {
        "subject": first["subject_at"], "property": first["property"], "value": first["value"],
        "value_at": first["value_at"], **evidence(claims, offsets, origins)._asdict(),
        "role": _roles(claims, len(starts)),
    }  # fmt: skip
    return columns, offsets


def _roles(claims: Columns, length: int) -> NDArray[np.object_]:
    roles = np.full(length, "", dtype=object)
    stated = claims["qualifiers"].of(lambda text: json.loads(text).get("role", "") if '"role"' in text else "", object)
    for at in np.flatnonzero(stated != ""):
        row, role = claims["statement"][at], stated[at]
        if role not in roles[row].split("; "):
            roles[row] = f"{roles[row]}; {role}" if roles[row] else role
    return roles
