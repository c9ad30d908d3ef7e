"""What each line of a page rests on: statements, claims, sources and holdings, by column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from isthmus.graph.record import reading
from isthmus.graph.schema import schema
from isthmus.views.spans import open_day

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph

Columns = dict[str, list[Any]]


def statement_columns(graph: Graph, named: list[int]) -> Columns:
    """Every statement; `start` has one more entry than rows: claims start[i] up to start[i + 1] say it.

    The value of a tie is its other end, which the tie has, and that of a name the label, which the node has; names of
    people who may not be named are left empty.
    """
    rows, names = graph.statements, graph.names
    values, spellings = [], frozenset(schema().names)
    ends, subjects = rows["value_at"].tolist(), rows["subject"].tolist()
    for value, prop, end, subject in zip(rows["value"], rows["property"], ends, subjects, strict=True):
        told = prop == "name" and value == names[subject]
        hidden = end >= 0 or told or (prop in spellings and not named[subject])
        values.append("" if hidden else str(value))
    return {
        "subject": subjects,
        "property": [str(prop) for prop in rows["property"]],
        "value": values,
        "start": graph.offsets.tolist() or [0],
    }


def claim_columns(graph: Graph) -> tuple[Columns, Columns, list[dict[str, str]]]:
    """Every claim used, in the order of the statements; the records they come from; the sources of these."""
    claims = graph.claims
    read = reading.pointers(graph.file)
    records, numbers = _codes(claims["record_num"].tolist())
    first = claims.drop_duplicates("record_num")
    sources, keys = _codes(first["source"].tolist())
    known = reading.publications(graph.file)
    columns: Columns = {
        "record": records,
        "valid": [str(text) for text in claims["valid"]],
        "grade": [str(text) for text in claims["grade"]],
        "denied": [int(polarity == "denied") for polarity in claims["polarity"]],
        "note": [_note(text) for text in claims["qualifiers"]],
    }
    places: Columns = {
        "source": sources,
        "pointer": [str(read.get(number, "")) for number in numbers],
        "published": [str(text) for text in first["published"]],
    }
    return columns, places, [_source(known, key) for key in keys]


def _codes(values: list[Any]) -> tuple[list[int], list[Any]]:
    place: dict[Any, int] = {}
    return [place.setdefault(value, len(place)) for value in values], list(place)


def _note(qualifiers: str) -> str:
    if not qualifiers:
        return ""
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in json.loads(qualifiers).items())


def _source(known: dict[str, tuple[str, str, str, str]], key: str) -> dict[str, str]:
    row = known.get(key, (key, "", "", ""))
    return dict(zip(("title", "publisher", "published", "locator"), map(str, row), strict=True))


def holding_columns(graph: Graph) -> Columns:
    """Who held which of the statements shown, and since when."""
    rows = graph.holdings[graph.holdings["statement"] >= 0]
    # A holding that several sources tell is as many rows.
    rows = rows.drop_duplicates(
        ["statement", "country", "body", "how", "from_country", "state", "used", "start", "end"]
    )
    names = dict(zip(graph.ids, graph.entities["label"], strict=True))
    rows = rows.assign(body=[names.get(body, body) for body in rows["body"]])
    texts = {"country": "country", "body": "body", "how": "how", "from": "from_country", "state": "state", "used": "used",
             "group": "group"}  # fmt: skip
    return {
        "statement": rows["statement"].tolist(),
        **{name: [str(value) for value in rows[column]] for name, column in texts.items()},
        "start": [open_day(day) for day in rows["start"].tolist()],
        "end": [open_day(day) for day in rows["end"].tolist()],
    }
