"""Folds the claims of a case into the columns of a graph."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph import dates, grading
from isthmus.graph.columns import Evidence, evidence, spans
from isthmus.graph.countries import country_name
from isthmus.graph.errors import BadQuestion
from isthmus.graph.graph import Graph
from isthmus.graph.holdings import held_statements, read_holdings
from isthmus.graph.identity import merged
from isthmus.graph.origins import origins_of
from isthmus.graph.schema import nearest, schema

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
    left_out: dict[str, int] = {}
    claims = _read(case, arguments, left_out)
    holdings = read_holdings(case, arguments.recorded_by)
    claims = _filter(claims, holdings, arguments, left_out)
    if same is None:
        same = merged(case, arguments.recorded_by, arguments.known_by, arguments.holders)
    is_tie = claims["property"].isin(schema().ties.keys())
    if same:
        claims["subject"] = claims["subject"].map(same).fillna(claims["subject"])
        claims.loc[is_tie, "value"] = claims["value"].map(same).fillna(claims["value"])
    entities, position = _entities(claims, is_tie, left_out)
    claims["subject_at"] = position.reindex(claims["subject"]).to_numpy()
    claims["value_at"] = np.where(is_tie, position.reindex(claims["value"]).to_numpy(), -1)
    lost = claims["subject_at"].isna() | claims["value_at"].isna()
    if lost.any():
        left_out["claims on an entity without a kind"] = int(lost.sum())
        claims = claims[~lost]
    claims = _by_statement(claims.astype({"subject_at": "int32", "value_at": "int32"}))
    statements, offsets = _statements(claims, origins_of(case))
    return Graph(case, arguments.stated(), entities, statements, claims, offsets, holdings, left_out, same)


def _read(case: Case, arguments: Arguments, left_out: dict[str, int]) -> pd.DataFrame:
    current = "r.current"
    parameters: tuple[str, ...] = ()
    if arguments.recorded_by:
        until = dates.iso(dates.day(arguments.recorded_by)) + "T~"
        current = (
            "(SELECT what FROM record_change h JOIN load l ON l.num = h.load WHERE h.record = r.num AND l.at <= ? "
            "ORDER BY l.num DESC LIMIT 1) IN ('added', 'restored') AND c.load IN (SELECT num FROM load WHERE at <= ?)"
        )
        parameters = (until, until)
    cursor = case.connection.execute(
        "SELECT c.num, c.record, r.source, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers, "
        f"r.published FROM claim c JOIN record r ON r.num = c.record WHERE {current} ORDER BY c.num",
        parameters,
    )
    names = ["num", "record", "source", "subject", "property", "value", "valid", "polarity", "qualifiers", "published"]
    rows = cursor.fetchall()
    columns = zip(*rows, strict=True) if rows else [[] for _ in names]
    claims = pd.DataFrame(
        {name: np.array(column, dtype=np.int64 if name in ("num", "record") else object)
         for name, column in zip(names, columns, strict=True)}
    )  # fmt: skip
    claims["grade"] = _grades(case, claims)
    taken_back = claims["property"] == "retracts"
    if taken_back.any():
        gone = _retracted(case, claims[taken_back])
        left_out["retracted claims"] = len(gone)
        claims = claims[~(taken_back | claims["num"].isin(gone))].reset_index(drop=True)
    return claims


def _retracted(case: Case, retractions: pd.DataFrame) -> set[int]:
    """Claims taken back. A retraction that a later one takes back takes nothing back itself."""
    wanted = sorted(set(retractions["value"]))
    marks = ", ".join("?" * len(wanted))
    nums = dict(case.connection.execute(f"SELECT id, num FROM claim WHERE id IN ({marks})", wanted).fetchall())
    gone: set[int] = set()
    for num, target in sorted(zip(retractions["num"], retractions["value"], strict=True), reverse=True):
        if num not in gone and target in nums:
            gone.add(nums[target])
    return gone - set(retractions["num"])


def _grades(case: Case, claims: pd.DataFrame) -> NDArray[np.object_]:
    """Reliability of the source with credibility of the claim; the latest assessment of each counts."""
    reliability = dict(
        case.connection.execute("SELECT source, grade FROM source_assessment ORDER BY at, load, rowid").fetchall()
    )
    letters = [reliability.get(source, "F") for source in claims["source"]]
    credibility = dict(
        case.connection.execute("SELECT claim, grade FROM claim_assessment ORDER BY at, load").fetchall()
    )
    digits = [credibility.get(num, "6") for num in claims["num"].tolist()]
    return np.array([letter + digit for letter, digit in zip(letters, digits, strict=True)], dtype=object)


def _filter(
    claims: pd.DataFrame, holdings: pd.DataFrame, arguments: Arguments, left_out: dict[str, int]
) -> pd.DataFrame:
    naming = claims["property"].isin(_NAMING).to_numpy()
    keep = np.ones(len(claims), dtype=bool)

    def drop(passes: NDArray[np.bool_], reason: str) -> None:
        gone = keep & ~passes
        if gone.any():
            left_out[reason] = int(gone.sum())
        np.logical_and(keep, passes, out=keep)

    if arguments.min_grade:
        least = arguments.min_grade
        fits = {grade: grading.passes(grade, least) for grade in claims["grade"].unique()}
        drop(naming | claims["grade"].map(fits).to_numpy(dtype=bool), f"claims graded below {least} or ungraded")
    if arguments.published_by:
        until = dates.day(arguments.published_by)
        drop(_published(claims, until), f"claims published after {arguments.published_by} or at an unknown date")
    if arguments.known_by:
        held = held_statements(holdings, dates.day(arguments.known_by), arguments.holders)
        key = claims["subject"] + "\x1f" + claims["property"] + "\x1f" + claims["value"]
        drop(naming | key.isin(held).to_numpy(), f"claims not held by {arguments.known_by}, or held by no one declared")
    if arguments.valid:
        asked = dates.parse(arguments.valid)
        first, last, undated = spans(claims["valid"])
        drop(
            undated | naming | ((last >= asked.first) & (first <= asked.last)), f"claims not valid in {arguments.valid}"
        )
    if arguments.ties:
        of_graph = ~claims["property"].isin(schema().ties.keys()) | claims["property"].isin(arguments.ties)
        country = claims["property"].map(lambda name: "country" in schema().ties.get(name, {}))
        drop((of_graph | country).to_numpy(dtype=bool), "ties of other kinds")
    return claims[keep].reset_index(drop=True)


def _published(claims: pd.DataFrame, until: int) -> NDArray[np.bool_]:
    _, last, undated = spans(claims["published"])
    return (last <= until) & ~undated


def _entities(
    claims: pd.DataFrame, is_tie: pd.Series[bool], left_out: dict[str, int]
) -> tuple[pd.DataFrame, pd.Series[int]]:
    """One row an entity, in order of id: its kind, and the best graded of its names."""
    order = claims["grade"].map(grading.rank)
    affirmed = claims[claims["polarity"] == "affirmed"].assign(order=order)
    best = affirmed[affirmed["property"].isin(["kind", "name"])].sort_values(["order", "num"], kind="stable")
    kinds = best[best["property"] == "kind"].drop_duplicates("subject").set_index("subject")["value"]
    names = best[best["property"] == "name"].drop_duplicates("subject").set_index("subject")["value"]
    inferred = _inferred_kinds(claims, is_tie, kinds)
    if inferred:
        kinds = pd.concat([kinds, pd.Series(inferred)])
        countries = sum(kind == "Country" for kind in inferred.values())
        if len(inferred) > countries:
            left_out["entities whose kind is inferred from a tie"] = len(inferred) - countries
    ids = np.array(sorted(kinds.index), dtype=object)
    entities = pd.DataFrame({"id": ids, "kind": kinds.reindex(ids).to_numpy(dtype=object)})
    own = [country_name(identity) if kind == "Country" else identity for identity, kind in entities.to_numpy().tolist()]
    entities["name"] = names.reindex(ids).fillna(pd.Series(own, index=ids)).to_numpy(dtype=object)
    return entities, pd.Series(np.arange(len(ids)), index=ids)


def _inferred_kinds(claims: pd.DataFrame, is_tie: pd.Series[bool], known: pd.Series[str]) -> dict[str, str]:
    """Countries need no claim of their kind; another end of a tie has it where only one kind can stand there."""
    found: dict[str, str] = {}
    for end, side, rows in (("to", "value", claims[is_tie]), ("from", "subject", claims)):
        unknown = rows.loc[~rows[side].isin(known.index), [side, "property"]].drop_duplicates()
        for identity, name in zip(unknown[side], unknown["property"], strict=True):
            declared = schema().declared(name)
            allowed = declared.get(end) or declared.get("of", []) if end == "from" else declared["to"]
            if "Country" in allowed and country_name(identity) != identity:
                found[identity] = "Country"
            elif len(allowed) == 1 and identity not in found:
                found[identity] = allowed[0]
    return found


def _by_statement(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims in the order of their statements, with the statement's row."""
    property_code, _ = pd.factorize(claims["property"], sort=True)
    value_code, _ = pd.factorize(claims["value"])
    subject = claims["subject_at"].to_numpy(dtype=np.int64)
    key = (subject * (property_code.max(initial=0) + 1) + property_code) * (value_code.max(initial=0) + 1) + value_code
    order = np.lexsort((claims["num"].to_numpy(), claims["value"].to_numpy().astype(str), property_code, subject)) if (
        len(claims) < 20_000
    ) else np.argsort(key, kind="stable")  # fmt: skip
    key = key[order]
    claims = claims.iloc[order].reset_index(drop=True)
    claims["statement"] = np.cumsum(np.concatenate([[False], key[1:] != key[:-1]])) if len(key) else key
    return claims


def _statements(claims: pd.DataFrame, origins: Origins) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """One row a statement, and where its claims begin and end."""
    row = claims["statement"].to_numpy(dtype=np.int64)
    starts = np.flatnonzero(np.concatenate([[True], row[1:] != row[:-1]])) if len(row) else np.zeros(0, np.int64)
    offsets = np.append(starts, len(row)).astype(np.int64)
    first = claims.iloc[starts]
    frame = pd.DataFrame(
        {
            "subject": first["subject_at"].to_numpy(),
            "property": first["property"].to_numpy(dtype=object),
            "value": first["value"].to_numpy(dtype=object),
            "value_at": first["value_at"].to_numpy(),
        }
    )
    found: Evidence = evidence(claims, offsets, origins)
    for name, column in found._asdict().items():
        frame[name] = column
    frame["role"] = _roles(claims, len(frame))
    return frame, offsets


def _roles(claims: pd.DataFrame, length: int) -> NDArray[np.object_]:
    roles = np.full(length, "", dtype=object)
    packed = claims[claims["qualifiers"].str.contains('"role"', regex=False)] if len(claims) else claims
    for row, text in zip(packed["statement"], packed["qualifiers"], strict=True):
        role = json.loads(text).get("role", "")
        if role and role not in roles[row].split("; "):
            roles[row] = f"{roles[row]}; {role}" if roles[row] else role
    return roles
