"""The analyst's own hand: claims, corrections, retractions and judgements, each with its reason.

Nothing is edited: a correction is a new claim and the retraction of the old one, a retraction is a claim of the
analyst's own record, and both can be taken back in turn.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.record.rows import Assessment, Claim, Judgement, Record, SourceRow, pack
from isthmus.graph.record.writing import write
from isthmus.graph.schema import schema
from isthmus.graph.suggestion import choices, suggestion

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row
    from isthmus.graph.record.writing import LoadReport


def add(
    file: CaseFile, subject: str, name: str, value: str, *, by: str, why: str, valid: str = "", grade: str = "",
    denied: bool = False, qualifiers: dict[str, str] | None = None,
) -> str:  # fmt: skip
    """A claim of the analyst's own; its id. `grade` is a credibility 1-6.

    Raises
    ------
    BadQuestion, UnknownWord
        No reason, a property or code that is not declared, or a credibility that is none.
    """
    record = _record(by, why)
    claim = _claim(record, subject, name, value, valid, denied, qualifiers or {})
    rows: list[Row] = [record, claim]
    if grade:
        rows.append(_credibility(claim.id, grade, by, why))
    _load(file, by, rows)
    return claim.id


def retract(file: CaseFile, claim: str, *, by: str, why: str) -> str:
    """Take a claim out of every graph from now on; the id of the retraction.

    Raises
    ------
    NoSuchEntity, BadQuestion
        No claim begins with that id, or several do; no reason.
    """
    old = _find(file, claim)
    record = _record(by, why)
    taken = Claim(record.id, old[1], "retracts", old[0], qualifiers=pack({"why": why}))
    _load(file, by, [record, taken])
    return taken.id


def correct(file: CaseFile, claim: str, value: str, *, by: str, why: str, valid: str | None = None) -> str:
    """Put a new value, and date if given, in the place of a claim; the id of the new claim."""
    old = _find(file, claim)
    record = _record(by, why)
    new = _claim(record, old[1], old[2], value, old[4] if valid is None else valid, old[5] == "denied",
                 json.loads(old[6]) if old[6] else {})  # fmt: skip
    taken = Claim(record.id, old[1], "retracts", old[0], qualifiers=pack({"why": why}))
    _load(file, by, [record, new, taken])
    return new.id


def judge(
    file: CaseFile, left: str, right: str, verdict: str, *, by: str, why: str, known_from: str = ""
) -> LoadReport:
    """Say whether two entities are the same, different, or undecided."""
    if left == right:
        raise BadQuestion(f"{left!r} and {right!r} are one id already; name two")
    _reason(why)
    moment = datetime.now(UTC).isoformat(timespec="microseconds")
    first, second = sorted((left, right))
    return _load(file, by, [Judgement(first, second, verdict, by, moment, known_from, why)])


def undo(file: CaseFile, *, by: str, why: str = "undone") -> str:
    """Take back the analyst's last act, a claim, retraction or judgement; what was undone, in words.

    Raises
    ------
    NoSuchEntity
        There is nothing to undo.
    """
    source = _source(by).id
    last = file.connection.execute(
        "SELECT num FROM load WHERE source = ? AND loader <> 'undo' AND num NOT IN "
        "(SELECT CAST(json_extract(counts, '$.undoes') AS INTEGER) FROM load WHERE loader = 'undo') "
        "ORDER BY num DESC LIMIT 1",
        (source,),
    ).fetchone()
    if last is None:
        raise NoSuchEntity(f"{by!r} has done nothing in this case that could be undone")
    return _undo_load(file, int(last[0]), by, why)


def _undo_load(file: CaseFile, load: int, by: str, why: str) -> str:
    record = _record(by, why)
    rows: list[Row] = [record]
    said = []
    for identity, subject, name, value in file.connection.execute(
        "SELECT id, subject, property, value FROM claim WHERE load = ?", (load,)
    ):
        rows.append(Claim(record.id, subject, "retracts", identity, qualifiers=pack({"why": why})))
        said.append(f"{subject} {name} {value}")
    moment = datetime.now(UTC).isoformat(timespec="microseconds")
    for left, right in file.connection.execute("SELECT left, right FROM judgement WHERE load = ?", (load,)).fetchall():
        rows.append(Judgement(left, right, "undecided", by, moment, "", why))
        said.append(f"{left} and {right}")
    report = write(file, rows, source=_source(by).id, loader="undo")
    file.connection.execute(
        "UPDATE load SET counts = json_set(counts, '$.undoes', ?) WHERE num = ?", (load, report.load)
    )
    return "; ".join(said)


def _claim(
    record: Record, subject: str, name: str, value: str, valid: str, denied: bool, qualifiers: dict[str, str]
) -> Claim:
    declared = schema().properties.get(name)
    codes = schema().codes.get(declared.codes if declared else "")
    if codes is not None and value not in codes:
        raise BadQuestion(f"{value!r} is no {name}; {choices(codes)}")
    if name == "kind" and value not in schema().kinds:
        raise BadQuestion(f"{value!r} is no kind; {choices(schema().kinds)}")
    for key in qualifiers:
        if key not in schema().allowed_qualifiers(name):
            known = schema().allowed_qualifiers(name)
            raise BadQuestion(f"{key!r} qualifies no {name}; {suggestion(key, known)}")
    return Claim(record.id, subject, name, value, valid, "denied" if denied else "affirmed", pack(qualifiers))


def _credibility(claim: str, grade: str, by: str, why: str) -> Assessment:
    if grade not in tuple("123456"):
        raise BadQuestion(f"{grade!r} is no credibility; write a digit 1-6")
    return Assessment("claim", claim, grade, by, datetime.now(UTC).date().isoformat(), why)


def claim_at(file: CaseFile, claim: str) -> Claim:
    """The claim whose id begins so; its `record` is not read."""
    return Claim("", *_find(file, claim)[1:])


def _find(file: CaseFile, claim: str) -> tuple[str, str, str, str, str, str, str]:
    found = file.connection.execute(
        "SELECT id, subject, property, value, valid, polarity, qualifiers FROM claim WHERE id >= ? AND id < ? LIMIT 2",
        (claim, claim + "g"),
    ).fetchall()
    if not found:
        raise NoSuchEntity(f"no claim has the id {claim!r}; `isthmus show NAME --json` lists them")
    if len(found) > 1:
        raise BadQuestion(f"several claims begin with {claim!r}; give more of the id")
    identity, subject, name, value, valid, polarity, qualifiers = found[0]
    return identity, subject, name, value, valid, polarity, qualifiers


def _source(by: str) -> SourceRow:
    return SourceRow(f"analyst:{by}", title=f"Analyst {by}", publisher=by, derived_from="")


def _reason(why: str) -> None:
    if not why.strip():
        raise BadQuestion("a reason is missing; add --why TEXT")


def _record(by: str, why: str) -> Record:
    _reason(why)
    moment = datetime.now(UTC).isoformat(timespec="microseconds")
    return Record(f"analyst:{by}", moment, pointer=f"entered {moment}", published="", text=why)


def _load(file: CaseFile, by: str, rows: list[Row]) -> LoadReport:
    return write(file, [_source(by), *rows], source=_source(by).id, loader="analyst")
