"""Judging by hand whether two entities are one, held against what is judged already."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from isthmus.graph.acts.own import Act, desk, moment, outcome, reason, source_of, write_own
from isthmus.graph.acts.whom import whom
from isthmus.graph.countries import country
from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.identity import Identity, deciding
from isthmus.graph.given import day
from isthmus.graph.record import reading
from isthmus.graph.record.rows import Judgement
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from isthmus.graph.acts.whom import Whom
    from isthmus.graph.given import Day
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport


def same(
    file: CaseFile, left: str, right: str, *, why: str, by: str = "", known_from: Day = "", new: bool = False
) -> Act:
    """Judge that two entities are one. It takes the place of what was judged of these two before, until undone.

    `known_from` is an EDTF date, or JSON {country: date} where holders were told at different times; always, if empty.

    Raises
    ------
    NoSuchEntity, AmbiguousName
        Nothing, or several things, are so called, and `new` is not said.
    BadQuestion
        Another judgement keeps them apart, by however long a chain, which the message shows; they are of different
        kinds, or one id; no reason.
    """
    return _judge(file, left, right, "same", by=by, why=why, known_from=known_from, new=new)


def different(
    file: CaseFile, left: str, right: str, *, why: str, by: str = "", known_from: Day = "", new: bool = False
) -> Act:
    """Judge that two entities are two, whatever is joined later; see `same`.

    Raises
    ------
    BadQuestion
        As in `same`, or others join the two, which the message shows.
    """
    return _judge(file, left, right, "different", by=by, why=why, known_from=known_from, new=new)


def _judge(
    file: CaseFile, left: str, right: str, verdict: str, *, by: str, why: str, known_from: Day, new: bool
) -> Act:  # fmt: skip
    graph = desk(file)
    ends = whom(graph, left, new=new), whom(graph, right, new=new)
    _comparable(graph, *ends)
    known = _known_from(known_from)
    first, second = sorted(end.id for end in ends)
    row = Judgement(first, second, verdict, source_of(by).publisher, moment(), known, reason(why))
    before = [one for one in reading.judgements(file) if one.pair == (first, second)]

    def hold(report: LoadReport) -> None:
        others = [one for one in reading.judgements(file) if one.load != report.load]
        _hold(Identity(deciding(others)), row)

    report = write_own(file, by, [row], also=hold)
    said = [f"{ends[0].says} and {ends[1].says}: {verdict}"]
    said += [f"this takes the place of {one}" for one in before]
    said += list(_within(graph, first, second)) if verdict == "same" else []
    return outcome(report, "", "\n".join(said))


def _comparable(graph: Graph, left: Whom, right: Whom) -> None:
    if left.id == right.id:
        joined = sorted(one for one, root in graph.same.items() if root == graph.same.get(left.id))
        ids = f", judged to be one with {', '.join(joined)}" if joined else ""
        raise BadQuestion(f"both are {left.id!r}{ids}; name two ids")
    kinds = {left.kind, right.kind} - {""}
    if len(kinds) > 1 and not kinds <= set(schema().kind_sets.groups):
        raise BadQuestion(f"{left.says} and {right.says} are of different kinds: they are two without being judged so")


def _known_from(given: Day) -> str:
    """A date, or dates by country as JSON, once every one is read."""
    if not isinstance(given, str) or not given.startswith("{"):
        return day(given)
    told: dict[str, str] = json.loads(given)
    return json.dumps({country(code): day(date) for code, date in told.items()}, sort_keys=True)


def _hold(others: Identity, row: Judgement) -> None:
    """Raise `BadQuestion` with the chain of judgements that stands against this one."""
    joins = row.verdict == "same"
    against = others.chain(row.left, row.right) if joins else others.path(row.left, row.right)
    if against:
        chain = "; ".join(map(str, against))
        verb = "keeps them apart" if joins else "joins them"
        said = f"{row.left} and {row.right} can't be judged {row.verdict}: this {verb}: {chain}. Judge one of these anew first"
        raise BadQuestion(said)


def _within(graph: Graph, left: str, right: str) -> list[str]:
    """Ties between two that are now within one."""
    ids, found = graph.ids, []
    roots = {graph.same.get(one, one) for one in (left, right)}
    for source, kind, target in zip(graph.ties["source"], graph.ties["kind"], graph.ties["target"], strict=True):
        if {str(ids[source]), str(ids[target])} == roots and schema().is_tie(kind):
            found.append(f"a tie between them is now within one: {ids[source]} {kind} {ids[target]}")
    return found
