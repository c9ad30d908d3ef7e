"""What two editions of a source did to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from isthmus.graph.errors import BadDate
from isthmus.graph.record.rows import Claim, Record, Row, SourceRow
from isthmus.queries.changes import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.case import Case

FIRST, SECOND, THIRD = "2016-01-01T00:00:00", "2016-07-01T00:00:00", "2017-01-01T00:00:00"


def edition(**people: tuple[str, str]) -> Iterator[Row]:
    yield SourceRow("list")
    for key, (name, status) in people.items():
        record = Record("list", key, text=name + status)
        yield record
        for word, value in (("kind", "Person"), ("name", name), ("status", status)):
            yield Claim(record.id, key, word, value)


@pytest.fixture
def two(case: Case) -> Case:
    """An edition, and a second one: `a` the same, `b` changed, `c` and `m` gone, `d` new."""
    first = edition(a=("Anna", "listed"), b=("Bert", "listed"), c=("Carl", "listed"), m=("Max", "reported killed"))
    case.load(first, source="list", complete=True, at=FIRST)
    second = edition(a=("Anna", "listed"), b=("Bert", "released"), d=("Dora", "listed"))
    case.load(second, source="list", complete=True, at=SECOND)
    return case


def rows(case: Case, **options: object) -> list[tuple[Any, ...]]:
    table = changes(case.file, **options).table  # type: ignore[arg-type]
    return [tuple(row) for row in table[["what", "record", "difference"]].itertuples(index=False)]


def test_what_changed_what_went_and_how_many_came(two: Case) -> None:
    assert rows(two, since="2016-07") == [
        ("load", "1 added, 1 changed, 2 withdrawn, 0 restored", []),
        ("changed", "b", ["- b status listed", "+ b status released"]),
        ("withdrawn", "c", ["- c kind Person", "- c name Carl", "- c status listed"]),
        ("withdrawn", "m", ["- m kind Person", "- m name Max", "- m status reported killed"]),
    ]


def test_each_row_names_the_claims_behind_it(two: Case) -> None:
    finding = changes(two.file, since="2016-07")
    known = {row[0] for row in two.file.connection.execute("SELECT id FROM claim")}
    assert [len(ids) for ids in finding.claims] == [0, 6, 3, 3]
    assert all(set(ids) <= known for ids in finding.claims)


def test_added_lists_each(two: Case) -> None:
    new = ("added", "d", ["+ d kind Person", "+ d name Dora", "+ d status listed"])
    assert new in rows(two, since="2016-07", added=True)
    assert len(rows(two, added=True)) == 1 + 4 + 1 + 4


def test_without_since_every_load_is_told_oldest_first(two: Case) -> None:
    assert list(changes(two.file).table["at"]) == [FIRST, *[SECOND] * 4]


def test_a_record_that_comes_back_is_restored(two: Case) -> None:
    third = edition(a=("Anna", "listed"), b=("Bert", "listed"), c=("Carl", "listed"), d=("Dora", "listed"))
    two.load(third, source="list", complete=True, at=THIRD)
    assert [row[:2] for row in rows(two, since="2017")] == [
        ("load", "0 added, 1 changed, 0 withdrawn, 1 restored"),
        ("changed", "b"),
        ("restored", "c"),
    ]


def test_records_that_share_a_key_are_compared_together(case: Case) -> None:
    def entry(*aliases: str) -> Iterator[Row]:
        yield SourceRow("list")
        for alias in aliases:
            record = Record("list", "x", text=alias)
            yield from (record, Claim(record.id, "x", "alias", alias))

    case.load(entry("A", "B", "C"), source="list", at=FIRST)
    case.load(entry("A", "D"), source="list", at=SECOND)
    case.load(entry("A"), source="list", at=THIRD)
    assert rows(case, since="2016-07") == [
        ("load", "0 added, 1 changed, 0 withdrawn, 0 restored", []),
        ("changed", "x", ["- x alias B", "- x alias C", "+ x alias D"]),
        ("load", "0 added, 0 changed, 1 withdrawn, 0 restored", []),
        ("withdrawn", "x", ["- x alias D"]),
    ]


def test_what_a_damaged_file_says_alike_is_no_difference(case: Case) -> None:
    for text, qualifiers, at in (("one", "", FIRST), ("two", '{"recovered":"yes"}', SECOND)):
        record = Record("list", "a", text=text)
        claim = Claim(record.id, "a", "name", "Anna", qualifiers=qualifiers)
        case.load([SourceRow("list"), record, claim], source="list", at=at)
    assert rows(case, since="2016-07")[1:] == [("changed", "a", ["another pointer or text, the same claims"])]


def test_long_texts_are_cut_to_where_they_part(case: Case) -> None:
    for end, at in (("old end", FIRST), ("new end", SECOND)):
        record = Record("list", "a", text=end)
        case.load([SourceRow("list"), record, Claim(record.id, "a", "note", "word " * 100 + end)], source="list", at=at)
    _, (_, _, difference) = rows(case, since="2016-07")
    assert [text.endswith(end) for text, end in zip(difference, ("old end", "new end"), strict=True)] == [True, True]
    assert all(text[:10] == f"{sign} a note …" for text, sign in zip(difference, "-+", strict=True))


def test_nothing_changed_and_no_date(case: Case) -> None:
    assert rows(case) == []
    with pytest.raises(BadDate):
        changes(case.file, since="yesterday")
