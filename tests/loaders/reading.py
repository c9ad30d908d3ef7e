"""Short words for what tests of loaders do again and again."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.graph.acts.deciding import admit
from isthmus.graph.record import book
from isthmus.graph.record.age import HELD
from isthmus.graph.record.rows import Claim
from isthmus.graph.schema import schema
from isthmus.loaders import run

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.loaders import Loaded

FIXTURES = Path(__file__).parent.parent / "fixtures"


def load(case: Case, name: str, *paths: Path | str, **options: str) -> Loaded:
    """Load invented files, which are smaller than any real list; a relative path is one of the source's fixtures."""
    places = [FIXTURES / name / path for path in paths]
    return run(name, places, case.file, options={"any_count": "yes"} | options)


def run_admitting(case: Case, name: str, path: Path, *, held: int) -> Loaded:
    """Load a real file, let in as many as the door holds back, and load it again."""
    run(name, [path], case.file)
    entries = book.entries(case.file)
    assert [entry.verdict for entry in entries] == [HELD] * held
    for entry in entries:
        admit(case.file, entry.handle, why="looked up: of age")
    return run(name, [path], case.file)


def claims(case: Case, subject: str = "", prop: str = "") -> list[Claim]:
    """Current claims of a subject, a property or both."""
    wanted = {"c.subject": subject, "c.property": prop}
    given = [column for column, text in wanted.items() if text]
    query = (
        "SELECT r.id, c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers FROM claim c "
        "JOIN record r ON r.num = c.record WHERE r.current" + "".join(f" AND {column} = ?" for column in given)
    )
    return [Claim(*row) for row in case.file.connection.execute(query, [wanted[column] for column in given])]


def values(case: Case, subject: str, prop: str) -> set[str]:
    """What is claimed of a subject."""
    return {row.value for row in claims(case, subject, prop)}


def dated(case: Case, subject: str, prop: str) -> set[tuple[str, str]]:
    """What is claimed of a subject, with its date."""
    return {(row.value, row.valid) for row in claims(case, subject, prop)}


def said(claim: Claim) -> dict[str, str]:
    """A claim's qualifiers."""
    found: dict[str, str] = json.loads(claim.qualifiers or "{}")
    return found


def kinds(case: Case) -> dict[str, int]:
    """Entities by kind."""
    return dict(Counter(kind for _, kind in {(row.subject, row.value) for row in claims(case, prop="kind")}))


def ties(case: Case) -> dict[str, int]:
    """Ties by kind, each counted once however many claims state it."""
    found = {(row.subject, row.property, row.value) for row in claims(case) if schema().is_tie(row.property)}
    return dict(Counter(prop for _, prop, _ in found))


def grades(case: Case) -> dict[str, str]:
    """Credibility by claim id."""
    return {row.id: row.grade for row in case.rows("assessments") if row.target == "claim"}


def adds_up(loaded: Loaded) -> bool:
    """Whether every row read was loaded, set aside or skipped."""
    tally = loaded.tally
    return tally.read == tally.loaded + tally.quarantined + tally.skipped
