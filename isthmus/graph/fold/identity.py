"""Which ids are one entity: judgements, read at a point in time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from isthmus.graph import dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.record.file import CaseFile


def merged(
    file: CaseFile,
    recorded_by: str | None = None,
    known_by: str | None = None,
    holders: Iterable[str] | None = None,
) -> dict[str, str]:
    """Each id that is judged the same as another, and the one id that stands for them all.

    The latest judgement of a pair counts. With `known_by` only those count that were known by then, to one of
    `holders` where holders were told at different times.
    """
    until = dates.iso(dates.day(recorded_by)) + "T~" if recorded_by else "9"
    latest: dict[tuple[str, str], tuple[str, str]] = {}
    rows = file.connection.execute(
        "SELECT j.left, j.right, j.verdict, j.known_from FROM judgement j JOIN load l ON l.num = j.load "
        "WHERE l.at <= ? ORDER BY j.judged_at, j.num",
        (until,),
    )
    for left, right, verdict, known_from in rows:
        latest[min(left, right), max(left, right)] = (verdict, known_from)
    parent: dict[str, str] = {}

    def root(identity: str) -> str:
        while parent.get(identity, identity) != identity:
            identity = parent[identity]
        return identity

    for (left, right), (verdict, known_from) in sorted(latest.items()):
        if verdict == "same" and _known(known_from, known_by, holders):
            first, second = sorted((root(left), root(right)))
            parent[second] = first
            parent.setdefault(first, first)
    return {identity: root(identity) for identity in parent}


def _known(known_from: str, known_by: str | None, holders: Iterable[str] | None) -> bool:
    if known_by is None or not known_from:
        return True
    day = dates.day(known_by)
    if not known_from.startswith("{"):
        return dates.parse(known_from).start_hi <= day
    told: dict[str, str] = json.loads(known_from)
    return any(dates.parse(told[holder]).start_hi <= day for holder in (holders or told) if holder in told)
