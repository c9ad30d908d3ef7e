"""The analyst's own hand: claims, corrections and retractions, each with its reason, checked as a file is.

Nothing is edited: a correction is a new claim and the retraction of the old one, a retraction is a claim of the
analyst's own record, and `undo` takes back what was done last.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from isthmus.graph.acts.own import Act, desk, outcome, record_of, source_of, write_own
from isthmus.graph.acts.whom import by_id, whom
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.fitting import allowed_at, misfits
from isthmus.graph.given import day
from isthmus.graph.record import history
from isthmus.graph.record.rows import Assessment, Claim, Record, pack
from isthmus.graph.schema import schema
from isthmus.graph.values import checker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus.graph.given import Day
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.rows import Row

SHORTEST = 6  # digits of a claim's id that are taken for the whole
_LISTED = 5  # candidates that a refusal names


def add(
    file: CaseFile, subject: str, name: str, value: str, *, why: str, by: str = "", valid: Day = "", grade: str = "",
    denied: bool = False, qualifiers: Mapping[str, str] | None = None, new: bool = False,
) -> Act:  # fmt: skip
    """A claim of the analyst's own; its id, and about whom it is. `grade` is a credibility 1-6.

    `subject`, and `value` where the property is a tie, are an id or any spelling of a name in the case; with `new` they
    may be ids that the case does not have. `by` is the login name where it is empty.

    Raises
    ------
    NoSuchEntity, AmbiguousName
        Nothing, or several things, are so called, and `new` is not said.
    BadQuestion, BadRow, UnknownWord
        No reason; a property, code, qualifier, date or country that is none; a kind of thing that the property does
        not allow; a credibility that is none.
    """
    graph = desk(file)
    record = record_of(by, why)
    claim, said = _checked(graph, record, (subject, name, value, day(valid), denied), dict(qualifiers or {}), new=new)
    rows: list[Row] = [record, claim]
    if grade:
        rows.append(_credibility(claim.id, grade, by, why))
    return outcome(write_own(file, by, rows), claim.id, said)


def retract(file: CaseFile, claim: str, *, why: str, by: str = "") -> Act:
    """Take a claim out of every graph from now on; the id of the retraction, and what was taken back.

    Raises
    ------
    NoSuchEntity, BadQuestion
        No claim begins with that id, or several do, or it is too short to tell; no reason; taken back already.
    """
    graph, old = desk(file), claim_at(file, claim)
    record = record_of(by, why)
    taken = _retraction(file, record, old, why)
    write_own(file, by, [record, taken])
    return Act(taken.id, f"{in_words(graph, old)} (claim {old.id})")


def correct(
    file: CaseFile, claim: str, value: str, *, why: str, by: str = "", valid: Day | None = None, new: bool = False
) -> Act:
    """Put a new value, and date if given, in the place of a claim; the id of the new claim. Checked as in `add`."""
    graph, old = desk(file), claim_at(file, claim)
    record = record_of(by, why)
    said = (old.subject, old.property, value, old.valid if valid is None else day(valid), old.polarity == "denied")
    made, words = _checked(graph, record, said, json.loads(old.qualifiers or "{}"), new=new, corrects=True)
    report = write_own(file, by, [record, made, _retraction(file, record, old, why)])
    return outcome(report, made.id, f"{words}, in the place of {in_words(graph, old)} (claim {old.id})")


def in_words(graph: Graph, claim: Claim) -> str:
    """A claim as it may be shown: whom it is about, and what it says of them."""
    ends = [claim.subject, claim.value] if schema().is_tie(claim.property) else [claim.subject]
    subject, *others = (by_id(graph, end).says for end in ends)
    value = others[0] if others else claim.value
    denied = "not " if claim.polarity == "denied" else ""
    when = f" [{claim.valid}]" if claim.valid else ""
    return f"{subject}: {denied}{claim.property} {value}{when}"


def _checked(
    graph: Graph, record: Record, said: tuple[str, str, str, str, bool], qualifiers: dict[str, str], *, new: bool,
    corrects: bool = False,
) -> tuple[Claim, str]:  # fmt: skip
    """The claim that is meant, once everything in it is found and fits, and how it reads."""
    subject, name, value, valid, denied = said
    check, tie = checker(name), schema().is_tie(name)
    of = allowed_at(name, "from")
    about = by_id(graph, subject) if corrects else whom(graph, subject, new=new, kinds=of)
    other = whom(graph, value, new=new, kinds=allowed_at(name, "to")) if tie else None
    target = other.id if other else value.strip()
    if name == "retracts":
        raise BadQuestion("a claim is taken back with retract")
    if not target:
        raise BadQuestion(f"{name} lacks its value")
    if check is not None:
        check(target)
    for key in qualifiers:
        if key not in schema().allowed_qualifiers(name):
            known = ", ".join(sorted(schema().allowed_qualifiers(name)))
            raise BadQuestion(f"{key!r} qualifies no {name}; {known} do")
    claim = Claim(record.id, about.id, name, target, valid, "denied" if denied else "affirmed", pack(qualifiers))
    _fits(graph, claim, {end.id: end.kind for end in (about, other) if end})
    when, no = f" [{valid}]" if valid else "", "not " if denied else ""
    return claim, f"{about.says}: {no}{name} {other.says if other else target}{when}"


def _fits(graph: Graph, claim: Claim, kinds: dict[str, str]) -> None:
    """Raise `BadQuestion` where kinds do not fit. What is new is of the kind that the property allows, if that is one."""
    for end, identity in (("from", claim.subject), ("to", claim.value)):
        if kinds.get(identity) == "" and claim.property != "kind":
            allowed = allowed_at(claim.property, end)
            if len(allowed) != 1:
                raise BadQuestion(
                    f"{identity!r} is new: say first what it is, isthmus add {identity!r} kind Person --new"
                )
            kinds[identity] = allowed[0]
    for message in misfits(claim, kinds):
        raise BadQuestion(message)
    if schema().is_tie(claim.property) and graph.same.get(claim.subject, 1) == graph.same.get(claim.value, 2):
        both = f"{claim.subject!r} and {claim.value!r}"
        raise BadQuestion(f"{both} are judged to be one; a tie needs another at its other end")


def _credibility(claim: str, grade: str, by: str, why: str) -> Assessment:
    if grade not in schema().grades.credibility:
        raise BadQuestion(f"{grade!r} is no credibility; write a digit 1-6")
    return Assessment("claim", claim, grade, source_of(by).publisher, datetime.now(UTC).date().isoformat(), why)


def _retraction(file: CaseFile, record: Record, old: Claim, why: str) -> Claim:
    """The claim that takes `old` back."""
    by: dict[str, str] = {}
    for identity, target in history.retractions(file):
        if identity not in by:  # a retraction that is taken back takes nothing back
            by[target] = identity
    if old.id in by:
        raise BadQuestion(f"claim {old.id} is taken back already, by {by[old.id]}; retract that to bring it back")
    return Claim(record.id, old.subject, "retracts", old.id, qualifiers=pack({"why": why}))


def claim_at(file: CaseFile, claim: str) -> Claim:
    """The current claim whose id begins so.

    Raises
    ------
    NoSuchEntity, BadQuestion
        None does, or several, or fewer digits are given than tell one from another; the message has those that do.
    """
    text = claim.strip().lower()
    found = history.claims_beginning(file, text, _LISTED + 1)
    if history.is_source(file, claim):
        raise BadQuestion(f"{claim!r} is a source; isthmus withdraw {claim} takes it back with all that rests on it")
    if not found:
        raise NoSuchEntity(f"no claim in force has the id {claim!r}; `isthmus show NAME --json` lists them")
    if len(text) < SHORTEST or len(found) > 1:
        graph = desk(file)
        listed = "; ".join(f"{one.id[:12]} {in_words(graph, one)}" for one in found[:_LISTED])
        more = " and more" if len(found) > _LISTED else ""
        short = f"{claim!r} is too short to take for a claim; give {SHORTEST} digits or more"
        several = f"several claims begin with {claim!r}; give more of the id"
        raise BadQuestion(f"{short if len(text) < SHORTEST else several}. So begin: {listed}{more}")
    return found[0]
