"""The table of invented people, at release: who keeps the name, and who stands by a handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.disclosure.release import released
from isthmus.graph.record.handles import handle
from isthmus.graph.record.rows import Assessment, Claim, Record, SourceRow
from tests.graph.disclosure.bytes import unpacked, within
from tests.graph.record.test_door import CASES, NAME, one

if TYPE_CHECKING:
    from pathlib import Path

WHO = "zubayr-quintus"
AT_DESK = [name for name, case in CASES.items() if case["desk"] == "name"]


@pytest.mark.parametrize("name", AT_DESK)
def test_who_is_named_at_the_desk_is_named_or_not_at_release(tmp_path: Path, name: str) -> None:
    with Case.create(tmp_path / "own.case") as case:
        case.load(one(CASES[name]), source="s")
        more(case, name)
        assert NAME in case.graph.names
        who = handle(case.file, WHO)
        with Case(released(case.file, tmp_path / "out.case")) as out:
            ids, status = out.graph.ids.tolist(), dict(zip(out.graph.ids, out.graph.shown["status"], strict=True))
            named = any(row.value == NAME and row.subject == WHO for row in out.rows("claims"))
    wanted = CASES[name]["release"]
    assert named == wanted.startswith("name")
    assert (who in ids) == (wanted == "pseudonym")
    if wanted == "name with the acquittal":
        assert status[WHO].startswith("acquitted")
    found = within(b"\0".join(unpacked(tmp_path / "out.case")), [NAME, WHO])
    assert bool(found) == (named or name == "namesake of a named person")


def more(case: Case, name: str) -> None:
    """What a case of the table has beside one person with one status."""
    if "acquitted" in name:
        record = Record("appeal", "1", published="2020")
        case.load([
            SourceRow("appeal", title="Court of appeal", published="2020"), Assessment("source", "appeal", "A", "t"), record,
            Claim(record.id, WHO, "status", "acquitted", "2019-06"),
        ], source="appeal")  # fmt: skip
    if "basis" in CASES[name]["grade_of_source"]:
        case.basis("s", "court records")
    if name.startswith(("namesake", "merged")):
        record = Record("court", "1", published="2016")
        case.load([
            SourceRow("court", title="A court", published="2016"), Assessment("source", "court", "A", "t"), record,
            Claim(record.id, "other", "kind", "Person"), Claim(record.id, "other", "name", NAME),
            Claim(record.id, "other", "status", "convicted", "2016"),
        ], source="court")  # fmt: skip
    if name.startswith("merged"):
        case.same("other", WHO, why="one man")
        case.undo()
        case.same(WHO, "other", why="one man")
