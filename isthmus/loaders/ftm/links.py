"""What joins two entities, and what is said of one in an entity of its own: sanctions, papers, offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadRow
from isthmus.loaders.ftm.stated import Edge, Own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isthmus.loaders.ftm.line import Line


def edge(line: Line, first: str, second: str) -> None:
    """A tie from each entity under property `first` to each under `second`."""
    stated = line.source.stated(Own).edges[line.schema]
    role = line.one("role") or line.one("relationship") or stated.role
    _ties(line, first, second, stated.tie, role=role)


def family(line: Line, first: str, second: str) -> None:
    """Kin; a relationship the table does not know is kept as the role of a `relative_of`."""
    word = line.one("relationship").lower()
    stated = line.source.stated(Own).family.get(word, Edge("relative_of"))
    ends = (second, first) if stated.back else (first, second)
    _ties(line, *ends, stated.tie, role=word)


def occupancy(line: Line, posts: Mapping[str, str]) -> bool:
    """An office held: the role of its holder, under the post's name if the file has it. False where it names no post."""
    valid, status = line.interval(), line.one("status")
    holders, held = line.other(line.take("holder")), line.take("post")
    if not holders:
        raise BadRow("the occupancy lacks its holder")
    if not held:
        line.source.skip(line.source.where, "Occupancy: the file does not say of what office")
        return False
    for holder in holders:
        for post in held:
            if post in posts:
                line.claim("role", posts[post], valid, subject=holder, **_given(note=status))
            else:
                line.claim("attribute", post, valid, subject=holder, **_given(name="office", note=status))
    return True


def sanction(line: Line) -> None:
    """A designation of each entity that is sanctioned."""
    valid = line.interval()
    listed = line.one("listingDate")
    by = line.one("authority") or line.one("country") or line.record.source
    programme, reference = line.one("program"), line.one("unscId") or line.one("authorityId")
    why, entities = line.one("reason") or line.one("summary"), line.other(line.take("entity"))
    if not entities:
        raise BadRow("the sanction names no entity")
    for entity in entities:
        line.claim(
            "designation", by, valid or (f"{listed[:10]}/" if listed else ""), subject=entity,
            **_given(programme=programme, reference=reference, note=why),
        )  # fmt: skip


def paper(line: Line) -> None:
    """A passport or other document of its holder."""
    numbers = line.take("number") + line.take("passportNumber")
    scheme, note = line.one("type") or line.schema, line.one("country")
    holders = line.other(line.take("holder"))
    if not holders or not numbers:
        raise BadRow("the document lacks its holder or its number")
    for holder in holders:
        for number in dict.fromkeys(numbers):
            line.claim("identifier", number, subject=holder, **_given(scheme=scheme, note=note))


def _ties(line: Line, first: str, second: str, tie: str, role: str) -> None:
    valid = line.interval()
    note = line.one("summary") or line.one("description")
    starts, ends = line.other(line.take(first)), line.other(line.take(second))
    if not starts or not ends:
        raise BadRow(f"the {line.schema} lacks its {second if starts else first}")
    for start in starts:
        for end in ends:
            line.claim(tie, end, valid, subject=start, **_given(role=role, note=note))


def _given(**qualifiers: str) -> dict[str, str]:
    return {key: text for key, text in qualifiers.items() if text}
