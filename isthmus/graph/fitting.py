"""What does not fit together in a claim: its property, and the kinds of what stands at its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.countries import country_name
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from isthmus.graph.record.rows import Claim


def misfits(claim: Claim, kinds: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a claim about entities of these kinds, in sentences; an id that `kinds` lacks is an orphan."""
    if schema().is_tie(claim.property):
        yield from _ends(claim, kinds)
    elif claim.property != "kind":
        yield from _subject(claim, kinds)


def _subject(claim: Claim, kinds: Mapping[str, str]) -> Iterator[str]:
    allowed = allowed_at(claim.property, "from")
    kind = _kind(claim.subject, kinds)
    if not kind:
        yield f"orphan: nothing says what {claim.subject!r} is; correct it, or say what it is in a sheet"
    elif kind not in allowed:
        yield f"{claim.property} is said of {_list(allowed)}; {claim.subject!r} is {_a(kind)}"


def _ends(claim: Claim, kinds: Mapping[str, str]) -> Iterator[str]:
    if claim.subject == claim.value:
        yield f"self-loop: {claim.subject!r} is tied to itself; name the other end"
        return
    declared = schema().ties[claim.property]
    for end, allowed in ((claim.subject, declared.sources), (claim.value, declared.targets)):
        kind = _kind(end, kinds)
        if not kind:
            yield f"orphan: nothing says what {end!r} is; correct it, or say what it is in a sheet"
        elif kind not in allowed:
            said = f"{claim.property} joins {_list(declared.sources)} to {_list(declared.targets)}"
            yield f"{said}; {end!r} is {_a(kind)}"


def allowed_at(name: str, end: str) -> list[str]:
    """Kinds that may stand at the end `from` or `to` of a property; of a literal, at its subject."""
    allowed = schema().ties[name].targets if end == "to" else schema().subjects(name)
    return list(allowed or schema().kinds)


def _kind(identity: str, kinds: Mapping[str, str]) -> str:
    return kinds.get(identity) or ("Country" if country_name(identity) != identity else "")


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AEIOU" else f"a {kind}"


def _list(words: Sequence[str]) -> str:
    return " or ".join(words) if len(words) < 4 else f"{', '.join(words[:2])} and others"
