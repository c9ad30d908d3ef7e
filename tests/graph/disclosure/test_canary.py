"""A canary without a basis, planted in every text of every row that a loader made, is in nothing that leaves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.case import Case
from isthmus.graph.record.rows import TABLES, Claim, Record, pack
from isthmus.graph.schema import schema
from tests.graph.disclosure.bytes import within
from tests.graph.disclosure.test_release import CANARY, bytes_of
from tests.loaders.reading import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.record.rows import Row

FILES = {
    "acled": ["acled_invented.csv"], "canada_list": ["cluster.json"], "eu_list": ["full.csv"], "ftm": ["entities.ftm.json"],
    "foreign_fighters": ["icsr_invented.csv"], "gtd": ["globalterrorism_invented.csv"], "matrix": ["invented.gml"],
    "nov13": ["."], "ucdp": ["."], "pirus": ["."], "sageman": ["."], "stix": ["."], "un_list": ["first.xml"], "ofac": ["."],
    "ofsi": ["."], "layered": ["."],
}  # fmt: skip
TEXTS = {
    "sources": ("title", "publisher", "locator", "licence", "extent_seen"), "records": ("native_key", "pointer", "text"),
    "claims": (), "assessments": ("by", "why"), "holdings": ("body", "group", "note"), "judgements": ("by", "why"),
    "markings": (),
}  # fmt: skip


def planted(case: Case) -> Iterator[Row]:
    """The rows of a case, each text with the canary at its end; and who is so called."""
    ids: dict[str, str] = {}
    for table in TABLES:
        for row in case.rows(table):
            fields = {name: f"{getattr(row, name)} {CANARY}".strip() for name in TEXTS[table]}
            fields |= {name: ids[getattr(row, name)] for name in ("record", "id") if getattr(row, name, "") in ids}
            if isinstance(row, Claim):
                fields |= _in_claim(row)
            made: Any = row._replace(**fields)
            if isinstance(row, Claim | Record):
                ids[row.id] = made.id
            yield made
    record = Record(next(case.rows("sources")).id, "canary")
    yield record
    for name, value in (("kind", "Person"), ("name", CANARY), ("status", "arrested")):
        yield Claim(record.id, "zq", name, value)


def _in_claim(row: Claim) -> dict[str, str]:
    declared = schema().properties.get(row.property)
    text = declared is not None and declared.type == "text" and not declared.names and row.property != "retracts"
    told: dict[str, str] = json.loads(row.qualifiers or "{}")
    fits = {name: f"{told.get(name, '')} {CANARY}".strip() for name in {*told, "note"} - {"words"}}
    return {"value": f"{row.value} {CANARY}" if text else row.value, "qualifiers": pack(told | fits)}


@pytest.mark.parametrize("name", list(FILES))
def test_it_stays_in(tmp_path: Path, name: str) -> None:
    with Case.create(tmp_path / "loaded.case") as loaded, Case.create(tmp_path / "planted.case") as case:
        load(loaded, name, *FILES[name], quarantine_share="1")
        case.load(planted(loaded), source="s")
        assert CANARY in {row.value for row in case.rows("claims")}
        assert within(bytes_of(case, tmp_path), [CANARY]) == {}
        case.basis("zq", "to see that it would be found")
    with Case.open(tmp_path / "planted.case") as case:
        (tmp_path / "released.case").unlink()
        assert within(bytes_of(case, tmp_path), [CANARY])
