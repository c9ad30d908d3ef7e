"""No text of an answer, a page or an export names a year later than the lens.

Allowed are what `_hindsight` and `recorded` say they are, what a source is called, when and by whom it was published,
and the literature of a method: see docs/decisions/0027. This is of what was known; of what was so then (`valid`), as it is
known today, no day may begin later.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.dates import MAX_DAY, parse
from isthmus.graph.errors import IsthmusError
from isthmus.graph.record import reading
from isthmus.views.export import export
from isthmus.views.findings import asked
from isthmus.views.picture import picture
from tests.lens.asking import asking, counted, questions, through
from tests.lens.cutting import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.case import Case
    from tests.lens.asking import Question

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DIGEST = re.compile("[0-9a-f]{24}")
ALLOWED = {"literature", "method", "published", "publisher"}
SPANS = {"clock published_by", "clock recorded_by", "last load"}  # rows of `info`: of sources, and of this case
LENSES = [
    Asked(known_by="2015-11-12", holders=("FR",)),
    Asked(published_by="2015-11-12"),
]


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text with the names of the cells that it stands in."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in ALLOWED and not str(name).endswith("_hindsight") and not str(name).startswith("recorded"):
                yield f"{path} name", str(name)
                yield from texts(one, f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one, path)
    elif isinstance(value, str):
        yield path, value


class Later:
    """What in a text is a year after `last`, beside what is said of a source."""

    def __init__(self, case: Case, last: int) -> None:
        self.last = last
        told = reading.publications(case.file).items()
        known = {part for one, (title, _, _, locator) in told for part in (one, title, locator) if YEAR.search(part)}
        self.sources = sorted(known, key=len, reverse=True)

    def __call__(self, text: str) -> list[str]:
        if not self._years(text) or DIGEST.fullmatch(text):
            return []
        for source in self.sources:
            text = text.replace(source, "")
        return self._years(text)

    def _years(self, text: str) -> list[str]:
        return [year for year in YEAR.findall(text) if int(year) > self.last]


def others(case: Case) -> Iterator[tuple[str, Question]]:
    """Questions that have no like in a case that is cut."""
    yield "info", asking("info")
    if case.lens.known_by:
        for table in ("people", "ladder", "facts"):
            yield f"knowable, {table}", asking("knowable", table=table)


def _found(value: Any, later: Later) -> set[tuple[str, str]]:
    return {(path, text[:200]) for path, text in texts(value) if later(text)}


@pytest.mark.parametrize("lens", LENSES, ids=str)
def test_no_answer_names_a_later_year(shipped: Case, lens: Asked) -> None:
    seen, later = through(shipped, lens), Later(shipped, 2015)
    found = {}
    for name, question in [*questions(seen), *counted(seen), *others(seen)]:
        try:
            answer = question(seen).to_dict()
        except IsthmusError as error:
            answer = {"error": str(error)}
        if name == "info":
            answer["rows"] = [row for row in answer["rows"] if row["measure"] not in SPANS]
        if too_late := _found(answer, later):
            found[name] = too_late
    assert not found


@pytest.mark.parametrize("lens", LENSES, ids=str)
def test_no_page_names_a_later_year(shipped: Case, lens: Asked) -> None:
    graph = through(shipped, lens).graph
    parts = picture(graph, findings=asked(graph))
    assert not _found(json.loads(json.dumps(parts, default=str)), Later(shipped, 2015))


@pytest.mark.parametrize("lens", LENSES, ids=str)
@pytest.mark.parametrize("form", ["graphml", "neo4j-import"])
def test_no_export_names_a_later_year(shipped: Case, lens: Asked, form: str, tmp_path: Path) -> None:
    later = Later(shipped, 2015)
    written = export(through(shipped, lens).graph, form, tmp_path / "out", desk=True)
    assert not [(path.name, cell[:300]) for path in written for cell in cells(path) if later(cell)]


def cells(path: Path) -> Iterator[str]:
    """The texts of a file that was written, but those of a publication."""
    with path.open(encoding="utf-8", newline="") as stream:
        if path.suffix != ".csv":
            yield from stream
        elif not path.name.startswith("nodes-Source"):
            for row in csv.DictReader(stream):
                named = ((name.partition(":")[0], text) for name, text in row.items())  # a number of a row has none
                yield from (text for name, text in named if name and name not in ALLOWED)


@pytest.mark.parametrize("lens", [*LENSES, Asked(valid="2014"), Asked(valid="2015-12")], ids=str)
def test_nothing_in_view_begins_later(shipped: Case, lens: Asked) -> None:
    table = through(shipped, lens).graph.statement_table
    until = parse(lens.valid or lens.known_by or lens.published_by).last
    assert table["first_day"].max() <= until
    if not lens.valid:
        ends = table["last_day"]
        assert date.fromordinal(int(ends[ends < MAX_DAY].max())).year <= date.fromordinal(until).year  # some day of it
