"""Faults that only show when the rows of a source are seen together: orphans, self-loops, duplicates, wrong ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.countries import country_name
from isthmus.graph.record.rows import Claim
from isthmus.graph.schema import nearest, schema
from isthmus.loaders.source import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from isthmus.graph.record.rows import Row
    from isthmus.loaders.source import Source


def check_rows(source: Source, rows: Iterable[Row]) -> list[Fault]:
    """Faults among the claims of one source, each with the place of the row it comes from."""
    kinds: dict[str, str] = {}
    claims: list[Claim] = []
    first: dict[str, str] = {}
    faults: list[Fault] = []
    for row in rows:
        if not isinstance(row, Claim):
            continue
        where = source.places.get(row.record, source.where)
        if row.id in first:
            faults.append(Fault(where, _said(row), f"duplicate: the same claim stands at {first[row.id]}"))
            continue
        first[row.id] = where
        if row.property == "kind":
            kinds.setdefault(row.subject, row.value)
        else:
            claims.append(row)
    for claim in claims:
        found = _ends(claim, kinds) if schema().is_tie(claim.property) else _subject(claim, kinds)
        faults += [Fault(first[claim.id], _said(claim), message) for message in found]
    return faults


def _subject(claim: Claim, kinds: dict[str, str]) -> Iterator[str]:
    """What is wrong with the subject of a literal."""
    allowed = schema().properties[claim.property].get("of", list(schema().kinds))
    kind = kinds.get(claim.subject) or ("Country" if _is_country(claim.subject) else "")
    if not kind:
        yield f"orphan: nothing says what {claim.subject!r} is; did you mean {nearest(claim.subject, kinds)!r}?"
    elif kind not in allowed:
        yield f"{claim.property} is said of {_list(allowed)}; {claim.subject!r} is a {kind}"


def _ends(claim: Claim, kinds: dict[str, str]) -> Iterator[str]:
    """What is wrong with the two ends of a tie."""
    if claim.subject == claim.value:
        yield f"self-loop: {claim.subject!r} is tied to itself; name the other end"
        return
    declared = schema().ties[claim.property]
    for end, allowed in ((claim.subject, declared["from"]), (claim.value, declared["to"])):
        kind = kinds.get(end) or ("Country" if _is_country(end) else "")
        if not kind:
            yield f"orphan: nothing says what {end!r} is; did you mean {nearest(end, kinds)!r}?"
        elif kind not in allowed:
            yield f"{claim.property} joins {_list(declared['from'])} to {_list(declared['to'])}; {end!r} is a {kind}"


def _is_country(text: str) -> bool:
    return country_name(text) != text


def _list(words: list[str]) -> str:
    return " or ".join(words) if len(words) < 4 else f"{', '.join(words[:2])} and others"


def _said(claim: Claim) -> str:
    return f"{claim.subject} {claim.property} {claim.value}"
