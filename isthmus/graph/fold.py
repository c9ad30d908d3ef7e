"""Folds the claims of a case into the columns of a graph."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph import dates, grading, kept
from isthmus.graph.columns import Columns, among, evidence, spans, take
from isthmus.graph.countries import country_name
from isthmus.graph.errors import BadQuestion
from isthmus.graph.graph import Graph
from isthmus.graph.holdings import held_statements, read_holdings
from isthmus.graph.identity import merged
from isthmus.graph.origins import origins_of
from isthmus.graph.schema import nearest, schema
from isthmus.graph.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from isthmus.graph.case import Case
    from isthmus.graph.origins import Origins

# What names a thing is kept when only held statements are asked for; it says nothing of what it did.
_NAMING = ("kind", "name", "alias", "status", "event_kind", "date")


@dataclass(frozen=True)
class Arguments:
    """What a fold was asked: the four clocks, the least grade, the kinds of tie."""

    valid: str | None = None
    known_by: str | None = None
    holders: tuple[str, ...] | None = None
    published_by: str | None = None
    recorded_by: str | None = None
    min_grade: str | None = None
    ties: tuple[str, ...] | None = None

    @classmethod
    def of(
        cls,
        valid: str | None,
        known_by: str | None,
        holders: Sequence[str] | None,
        published_by: str | None,
        recorded_by: str | None,
        min_grade: str | None,
        ties: Sequence[str] | None,
    ) -> Arguments:
        """Checked arguments; see `Case.graph`."""
        for text in (valid, known_by, published_by, recorded_by):
            dates.parse(text or "")
        if holders and not known_by:
            raise BadQuestion("holders are asked for without a date; add known_by, such as 2015-11-12")
        for kind in ties or ():
            if not schema().is_tie(kind):
                raise BadQuestion(f"{kind!r} is no kind of tie; did you mean {nearest(kind, schema().ties)!r}?")
        if min_grade:
            grading.check(min_grade)
        return cls(
            valid, known_by, tuple(holders) if holders else None, published_by, recorded_by, min_grade,
            tuple(ties) if ties else None,
        )  # fmt: skip

    def stated(self) -> dict[str, Any]:
        """Those that were given."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def fold(case: Case, arguments: Arguments, *, same: dict[str, str] | None = None) -> Graph:
    """The graph of the claims that `arguments` let through; `same` replaces the identities they would give."""
    place = kept.entry(case, arguments.stated()) if same is None else None
    tables, said = kept.part(place, "graph", lambda: _folded(case, arguments, same))
    return Graph(case, arguments.stated(), tables, said["left_out"], said["same"], place)


def _folded(case: Case, arguments: Arguments, same: dict[str, str] | None) -> tuple[dict[str, Table], dict[str, Any]]:
    left_out: dict[str, int] = {}
    claims = _filter(case, _read(case, arguments, left_out), arguments, left_out)
    if same is None:
        same = merged(case, arguments.recorded_by, arguments.known_by, arguments.holders)
    is_tie = among(claims["property"], schema().ties)
    if same:
        claims["subject"] = np.array([same.get(text, text) for text in claims["subject"]], dtype=object)
        pairs = zip(claims["value"], is_tie, strict=True)
        claims["value"] = np.array([same.get(text, text) if tie else text for text, tie in pairs], dtype=object)
    entities = _entities(claims, is_tie, left_out)
    at = {identity: position for position, identity in enumerate(entities["id"])}
    subject = np.array([at.get(text, -2) for text in claims["subject"]], dtype=np.int32)
    value = np.full(len(subject), -1, dtype=np.int32)
    value[is_tie] = [at.get(text, -2) for text in claims["value"][is_tie]]
    claims |= {"subject_at": subject, "value_at": value}
    lost = (subject == -2) | (value == -2)
    if lost.any():
        left_out["claims on an entity without a kind"] = int(lost.sum())
        claims = take(claims, ~lost)
    claims = _by_statement(claims)
    statements, offsets = _statements(claims, origins_of(case))
    columns = {"entities": entities, "statements": statements, "claims": claims, "offsets": {"offset": offsets}}
    return {name: Table(made) for name, made in columns.items()}, {"left_out": left_out, "same": same}


def _read(case: Case, arguments: Arguments, left_out: dict[str, int]) -> Columns:
    current = "r.current"
    parameters: tuple[str, ...] = ()
    if arguments.recorded_by:
        until = dates.iso(dates.day(arguments.recorded_by)) + "T~"
        current = (
            "(SELECT what FROM record_change h JOIN load l ON l.num = h.load WHERE h.record = r.num AND l.at <= ? "
            "ORDER BY l.num DESC LIMIT 1) IN ('added', 'restored') AND c.load IN (SELECT num FROM load WHERE at <= ?)"
        )
        parameters = (until, until)
    rows = case.connection.execute(
        "SELECT c.num, c.record, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers "
        f"FROM claim c JOIN record r ON r.num = c.record WHERE {current} ORDER BY c.num",
        parameters,
    ).fetchall()
    names = ("num", "record", "subject", "property", "value", "valid", "polarity", "qualifiers")
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    claims: Columns = {
        name: np.array(column, dtype=np.int64 if name in ("num", "record") else object)
        for name, column in zip(names, columns, strict=True)
    }
    claims |= _of_records(case, claims["record"])
    claims["grade"] = _grades(case, claims)
    taken_back = claims["property"] == "retracts"
    if taken_back.any():
        gone = _retracted(case, take(claims, taken_back))
        left_out["retracted claims"] = len(gone)
        claims = take(claims, ~(taken_back | np.isin(claims["num"], list(gone))))
    return claims


def _of_records(case: Case, record: NDArray[np.int64]) -> Columns:
    """Source and date of publication of each claim's record: read once a record, not once a claim."""
    rows = case.connection.execute("SELECT num, source, published FROM record ORDER BY num").fetchall()
    nums, sources, published = zip(*rows, strict=True) if rows else ((), (), ())
    at = np.searchsorted(np.array(nums, dtype=np.int64), record)
    return {"source": np.array(sources, dtype=object)[at], "published": np.array(published, dtype=object)[at]}


def _retracted(case: Case, retractions: Columns) -> set[int]:
    """Claims taken back. A retraction that a later one takes back takes nothing back itself."""
    wanted = sorted(set(retractions["value"]))
    marks = ", ".join("?" * len(wanted))
    nums = dict(case.connection.execute(f"SELECT id, num FROM claim WHERE id IN ({marks})", wanted).fetchall())
    own = retractions["num"].tolist()
    gone: set[int] = set()
    for num, target in sorted(zip(own, retractions["value"], strict=True), reverse=True):
        if num not in gone and target in nums:
            gone.add(nums[target])
    return gone - set(own)


def _grades(case: Case, claims: Columns) -> NDArray[np.object_]:
    """Reliability of the source with credibility of the claim; the latest assessment of each counts."""
    reliability = dict(
        case.connection.execute("SELECT source, grade FROM source_assessment ORDER BY at, load, rowid").fetchall()
    )
    credibility = dict(
        case.connection.execute("SELECT claim, grade FROM claim_assessment ORDER BY at, load").fetchall()
    )
    letters = [reliability.get(source, "F") for source in claims["source"]]
    digits = [credibility.get(num, "6") for num in claims["num"].tolist()] if credibility else ["6"] * len(letters)
    return np.array([letter + digit for letter, digit in zip(letters, digits, strict=True)], dtype=object)


def _filter(case: Case, claims: Columns, arguments: Arguments, left_out: dict[str, int]) -> Columns:
    naming = among(claims["property"], _NAMING)
    keep = np.ones(len(naming), dtype=bool)

    def drop(passes: NDArray[np.bool_], reason: str) -> None:
        gone = keep & ~passes
        if gone.any():
            left_out[reason] = int(gone.sum())
        np.logical_and(keep, passes, out=keep)

    if arguments.min_grade:
        least = arguments.min_grade
        fits = [grade for grade in set(claims["grade"]) if grading.passes(grade, least)]
        drop(naming | among(claims["grade"], fits), f"claims graded below {least} or ungraded")
    if arguments.published_by:
        _, last, undated = spans(claims["published"])
        out = (last <= dates.day(arguments.published_by)) & ~undated
        drop(out, f"claims published after {arguments.published_by} or at an unknown date")
    if arguments.known_by:
        holdings = read_holdings(case, arguments.recorded_by)
        held = held_statements(holdings, dates.day(arguments.known_by), arguments.holders)
        key = claims["subject"] + "\x1f" + claims["property"] + "\x1f" + claims["value"]
        drop(naming | among(key, held), f"claims not held by {arguments.known_by}, or held by no one declared")
    if arguments.valid:
        asked = dates.parse(arguments.valid)
        first, last, undated = spans(claims["valid"])
        overlap = (last >= asked.first) & (first <= asked.last)
        drop(undated | naming | overlap, f"claims not valid in {arguments.valid}")
    if arguments.ties:
        placing = [kind for kind, declared in schema().ties.items() if "country" in declared]
        other = among(claims["property"], schema().ties) & ~among(claims["property"], [*arguments.ties, *placing])
        drop(~other, "ties of other kinds")
    return take(claims, keep)


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
    rows = np.flatnonzero((claims["property"] == name) & (claims["polarity"] == "affirmed"))
    ranks = {grade: grading.rank(grade) for grade in set(claims["grade"][rows])}
    order = np.array([ranks[grade] for grade in claims["grade"][rows]], dtype=np.int64)
    worst_first = np.lexsort((rows, order))[::-1]
    return dict(zip(claims["subject"][rows[worst_first]], claims["value"][rows[worst_first]], strict=True))


def _inferred_kinds(claims: Columns, is_tie: NDArray[np.bool_], known: dict[str, str]) -> dict[str, str]:
    """Countries need no claim of their kind; another end of a tie has it where only one kind can stand there."""
    found: dict[str, str] = {}
    for end, side, rows in (("to", "value", take(claims, is_tie)), ("from", "subject", claims)):
        unknown = set(rows[side]) - known.keys()
        if not unknown:
            continue
        chosen = take(rows, among(rows[side], unknown))
        for identity, name in sorted(set(zip(chosen[side], chosen["property"], strict=True))):
            declared = schema().declared(name)
            allowed = declared.get(end) or declared.get("of", [])
            if "Country" in allowed and country_name(identity) != identity:
                found[identity] = "Country"
            elif len(allowed) == 1 and identity not in found:
                found[identity] = allowed[0]
    return found


def _by_statement(claims: Columns) -> Columns:
    """Claims in the order of subject, property, value and num, with their statement's row."""
    property_code, _ = pd.factorize(claims["property"], sort=True)
    value_code, _ = pd.factorize(claims["value"], sort=True)
    order = np.lexsort((claims["num"], value_code, property_code, claims["subject_at"]))
    keys = [column[order] for column in (claims["subject_at"], property_code, value_code)]
    claims = take(claims, order)
    new = np.zeros(len(order), dtype=bool)
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    claims["statement"] = np.cumsum(new)
    return claims


def _statements(claims: Columns, origins: Origins) -> tuple[Columns, NDArray[np.int64]]:
    """One row a statement, and where its claims begin and end."""
    starts = np.unique(claims["statement"], return_index=True)[1].astype(np.int64)
    offsets = np.append(starts, len(claims["statement"])).astype(np.int64)
    columns: Columns = {
        "subject": claims["subject_at"][starts],
        "property": claims["property"][starts],
        "value": claims["value"][starts],
        "value_at": claims["value_at"][starts],
        **evidence(claims, offsets, origins)._asdict(),
        "role": _roles(claims, len(starts)),
    }
    return columns, offsets


def _roles(claims: Columns, length: int) -> NDArray[np.object_]:
    roles = np.full(length, "", dtype=object)
    packed = [at for at, text in enumerate(claims["qualifiers"]) if '"role"' in text]
    for at in packed:
        row, role = claims["statement"][at], json.loads(claims["qualifiers"][at]).get("role", "")
        if role and role not in roles[row].split("; "):
            roles[row] = f"{roles[row]}; {role}" if roles[row] else role
    return roles
