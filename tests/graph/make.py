"""Small cases for tests: a claim in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.rows import Assessment, Claim, Record, SourceRow, pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.record.rows import Row

KINDS = {"p": "Person", "e": "Event", "c": "Cell", "n": "Network", "o": "Object", "l": "Place"}


def rows(
    *facts: str, source: str = "s", published: str = "", derived_from: str = "own", reliability: str = "B"
) -> Iterator[Row]:
    """Rows of facts written `subject property value [valid] [credibility=2] [key=text]`.

    The first letter of an id says its kind: p1 is a person, e1 an event; capitals are countries.
    """
    yield SourceRow(source, title=source, published=published, derived_from=derived_from)
    yield Assessment("source", source, reliability, "test")
    record = Record(source, "row", published=published)
    yield record
    seen: set[str] = set()
    for fact in facts:
        subject, name, value, *rest = fact.split()
        for identity in (subject, value):
            if identity[:1] in KINDS and identity[1:].isdigit() and identity not in seen:
                seen.add(identity)
                yield Claim(record.id, identity, "kind", KINDS[identity[0]])
        options = dict(part.split("=", 1) for part in rest if "=" in part)
        valid = next((part for part in rest if "=" not in part), "")
        credibility = options.pop("credibility", "2")
        polarity = options.pop("polarity", "affirmed")
        claim = Claim(record.id, subject, name, value, valid, polarity, pack(options))
        yield claim
        yield Assessment("claim", claim.id, credibility, "test")
