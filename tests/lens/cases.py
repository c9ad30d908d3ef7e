"""Cases made of tables of texts, whole or cut, and what is asked of them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from isthmus.case import Case
from isthmus.graph.dates import MAX_DAY, parse
from isthmus.graph.fold import status
from isthmus.graph.record.door import Door, Stood
from isthmus.graph.record.rows import TABLES, Claim, Record
from isthmus.graph.schema import schema
from tests.lens.cutting import Asked, Cut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from isthmus.graph.fold.folded import Folded
    from isthmus.graph.fold.status import Change
    from tests.lens.cutting import Row, Tables

SOURCE = "tables"


def tables_of(case: Case) -> Tables:
    """The rows of a case as texts by column; those that other rows name have their `id`."""
    return {
        table: [{**row._asdict(), **({"id": row.id} if isinstance(row, (Claim, Record)) else {})} for row in case.rows(table)]
        for table in TABLES
    }  # fmt: skip


def filled(path: Path, tables: Tables, *, like: Case | None = None) -> Case:
    """A new case of these rows; what is made of a case's own secret comes out as in `like`.

    They came through its door, which decides on the whole record whose name comes in, and go through no other.
    """
    case = Case.create(path)
    if like is not None:
        with case.file.connection as connection:
            for name, text in (("id", like.file.id), ("key", like.file.key.hex())):
                connection.execute("UPDATE meta SET value = ? WHERE key = ?", (text, name))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Door, "stand", lambda *_: Stood())
        case.load([made for table in TABLES for made in _made(table, tables)], source=SOURCE)
    return case


def _made(table: str, tables: Tables) -> Iterator[Any]:
    now = {row["id"]: _row("claims", row).id for row in tables["claims"]} if table == "assessments" else {}
    for row in tables[table]:
        yield _row(table, row | {"id": now.get(row["id"], row["id"])} if table == "assessments" else row)


def _row(table: str, row: Row) -> Any:
    return TABLES[table](**{name: row[name] for name in TABLES[table]._fields})


@contextmanager
def cut(
    path: Path, whole: Case, tables: Tables, asked: Asked, patch: pytest.MonkeyPatch, *, certain: bool = False
) -> Iterator[Case]:
    """The case of `tables` cut to a lens, as a file of its own.

    Two rules are no matter of rows. Who may be named or ranked is decided on the whole record before any lens, so that
    it is looked up there. And a status whose day no source tells is in view, and stands once it was published.
    """
    by = parse(asked.valid).last if asked.valid else MAX_DAY
    record = dict(zip(whole.graph.ids.tolist(), status.changes(whole.graph), strict=True))

    def on_record(graph: Folded) -> list[list[Change]]:
        return [record.get(whole.graph.same.get(identity, identity), []) for identity in graph.ids.tolist()]

    rest = Cut(tables, asked, set(schema().ties), certain=certain).tables
    with filled(path, rest, like=whole) as case, patch.context() as within:
        within.setattr(status, "on_record", on_record)
        within.setattr(status, "known", lambda _, told: [one for one in told if one.first > 1 or one.last <= by])
        yield case


def said(case: Case) -> dict[str, Any]:
    """All that a graph says: entities with their status, and statements with their dates and evidence."""
    graph = case.graph
    shown = zip(graph.ids, graph.kinds, graph.names, graph.shown["status"], graph.shown["named"], strict=True)
    return {"entities": [tuple(map(str, row)) for row in shown], "statements": _statements(graph)}


def _statements(graph: Any) -> dict[tuple[str, str, str], Any]:
    table = graph.statement_table
    columns = ("intervals", "first", "last", "grade", "origins", "origins_known", "affirmed", "denied", "role")
    ids, count = graph.ids, len(table["subject"])
    others = [table[name].tolist() for name in columns]
    chances = [table[name].round(12).tolist() for name in ("probability", "low", "high")]
    at = range(count)
    subjects, names, values = ids[table["subject"]].tolist(), table["property"].tolist(), table["value"].tolist()
    return {(subjects[i], names[i], values[i]): [column[i] for column in (*others, *chances)] for i in at}
