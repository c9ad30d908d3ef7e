"""Hand-drawn cases with holdings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.record.rows import Holding, Record
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case

RECORD = Record("s", "row")


def held(
    fact: str,
    country: str,
    since: str = "",
    *,
    state: str = "held",
    body: str = "",
    used: str = "unknown",
    source: str = "",
) -> Holding:
    """A holding of the fact `subject property value`."""
    subject, name, value = fact.split()
    return Holding(subject, name, value, country, RECORD.id, body=body, valid=since, how="collected", state=state,
                   used=used, from_country=source)  # fmt: skip


def load(case: Case, facts: list[str], holdings: list[Holding]) -> Case:
    """The case with these facts, all claimed, and these holdings."""
    case.load([*rows(*facts), *holdings], source="s")
    return case


# Two stars: p1 of FR with p2, p3; p4 of BE with p5, p6; one tie joins p1 and p4.
STARS = [
    *(f"p{n} citizen_of FR" for n in (1, 2, 3)), *(f"p{n} citizen_of BE" for n in (4, 5, 6)),
    "p1 friend_of p2", "p1 friend_of p3", "p4 friend_of p5", "p4 friend_of p6", "p1 friend_of p4",
    *(f"p{n} status convicted" for n in range(1, 7)),
]  # fmt: skip
STAR_HOLDINGS = [
    held("p1 friend_of p2", "FR", "2015"), held("p1 friend_of p3", "FR", "2015"),
    held("p4 friend_of p5", "BE", "2015"), held("p4 friend_of p6", "BE", "2015"),
]  # fmt: skip
