"""The loaders' ground: files in any packing, rows that add up, quarantine, expected counts, the vocabulary."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from isthmus.graph import values
from isthmus.graph.errors import BadDate, BadInput, BadRow, UnknownWord
from isthmus.graph.record.rows import AFFIRMED, Claim, Record, Row
from isthmus.loaders import opening, sources
from isthmus.loaders.source import Progress, Source
from isthmus.loaders.stated import UNTOLD, Publisher, Stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SHEET = "id,name\np1,Anna\np2,Bert\n"


def reader(path: Path, **given: object) -> Source:
    return Source("test", [path], replace(UNTOLD, quarantine=0.5), **given)  # type: ignore[arg-type]


def maker(source: Source) -> Callable[[dict[str, str]], Iterator[Row]]:
    def make(row: dict[str, str]) -> Iterator[Row]:
        record = source.record(row["id"])
        yield record
        yield source.claim(record, row["id"], "kind", "Person")
        yield source.claim(record, row["id"], "name", row["name"])

    return make


def load(source: Source, path: Path) -> list[Row]:
    return list(source.watch(source.each(source.csv_rows(path), maker(source))))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, bz2.compress])
def test_a_file_is_read_in_any_packing(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = write(tmp_path / "people.csv", pack(SHEET.encode()))
    rows = load(reader(path), path)
    assert [row.value for row in rows if isinstance(row, Claim)] == ["Person", "Anna", "Person", "Bert"]


def test_a_zip_archive_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b/two.csv", SHEET)
        archive.writestr("one.csv", SHEET)
        archive.writestr("read.me", "no")
    assert [found.name for found in reader(path).files("*.csv")] == ["two.csv", "one.csv"]
    assert reader(path).open(path / "one.csv").read() == SHEET.encode()


def test_a_folder_is_looked_into_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden.csv", "note.txt"):
        write(tmp_path / name, b"x")
    assert [found.name for found in reader(tmp_path).files("*.csv")] == ["a.csv", "b.csv"]


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "RATIO_FROM", 1000)
    path = write(tmp_path / "bomb.csv.gz", gzip.compress(b"0" * 5_000_000, mtime=0))
    with pytest.raises(BadInput, match="unpacks to"):
        reader(path).open(path).read()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (gzip.compress(SHEET.encode(), mtime=0)[:-12], "damaged"),
        (b"id,name\n\x00\x01\x02", "not a text|zero bytes"),
        (b"id,id\np1,a\n", "stands twice"),
    ],
)
def test_a_bad_file_is_one_sentence_with_its_name(tmp_path: Path, content: bytes, said: str) -> None:
    path = write(tmp_path / "bad.csv", content)
    with pytest.raises(BadInput, match=said) as caught:
        load(reader(path), path)
    assert "bad.csv" in str(caught.value)


def test_a_missing_file_and_a_folder_in_place_of_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        opening.open_binary(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="is a folder"):
        opening.open_binary(tmp_path)


def test_header_names_the_missing_the_unknown_and_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", SHEET.encode())
    with pytest.raises(BadInput, match="'nam' is missing; is 'name' it"):
        list(reader(path).csv_rows(path, required=["nam"]))
    with pytest.raises(BadInput, match="unknown column 'name'; did you mean 'names'"):
        list(reader(path).csv_rows(path, known=["id", "names"]))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiter_and_line_end_are_found(tmp_path: Path, end: str, sign: str) -> None:
    path = write(tmp_path / "people.csv", SHEET.replace(",", sign).replace("\n", end).encode("utf-8-sig"))
    assert [(row["id"], row["name"], row["__line__"]) for row in reader(path).csv_rows(path)] == [
        ("p1", "Anna", "2"),
        ("p2", "Bert", "3"),
    ]


def test_rows_read_are_loaded_set_aside_or_skipped(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", b'id,name\np1,Anna\n,no key\n\np3\np4,"Dora\n')
    kept = tmp_path / "aside.jsonl"
    source = Source("test", [path], replace(UNTOLD, quarantine=1.0), quarantine_path=kept)
    load(source, path)
    tally = source.tally
    assert (tally.read, tally.loaded, tally.quarantined, tally.skipped) == (5, 1, 3, 1)
    assert tally.skips == {"blank line": 1}
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert [line["where"] for line in lines] == ["people.csv:3", "people.csv:5", "people.csv:6"]
    assert lines[0]["reason"] == "the row has no key of its own"
    assert "no key" not in lines[0].values()  # the row itself is not copied: it never passed the door


def test_a_row_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", b"id,name\np1,Anna\np2,\n")
    rows = load(reader(path), path)
    assert {row.native_key for row in rows if isinstance(row, Record)} == {"p1"}


def test_more_rows_aside_than_the_share_allows_stops_the_load(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", b"id,name\np1,Anna\n,x\n,y\n")
    with pytest.raises(BadInput, match="2 of 3 rows cannot be used, more than 50%"):
        load(reader(path), path)
    rows = load(reader(path, options={"quarantine_share": "0.9"}), path)
    assert sum(isinstance(row, Record) for row in rows) == 1


def test_counts_outside_what_is_expected_are_refused_unless_told_otherwise(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", SHEET.encode())
    meta = replace(UNTOLD, expect={"Person": (5, 9)})
    with pytest.raises(BadInput, match="2 Person, where 5 to 9 are expected"):
        load(Source("test", [path], meta), path)
    assert len(load(Source("test", [path], meta, {"any_count": "yes"}), path)) == 6


def test_books_that_do_not_add_up_are_an_error(tmp_path: Path) -> None:
    source = reader(write(tmp_path / "people.csv", SHEET.encode()))
    source.count("people.csv:2")
    with pytest.raises(AssertionError, match="1 rows read, but 0 loaded"):
        list(source.watch([]))


def test_an_unknown_word_stops_the_run_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", SHEET.encode())
    source = reader(path)

    def make(row: dict[str, str]) -> Iterator[Row]:
        record = source.record(row["id"])
        yield source.claim(record, row["id"], "kind", "Persn")

    with pytest.raises(UnknownWord, match=r"people\.csv:2: kind 'Persn'.*choose from Body, Cell"):
        list(source.each(source.csv_rows(path), make))


def test_what_no_one_took_out_is_reported(tmp_path: Path) -> None:
    source = reader(write(tmp_path / "people.csv", SHEET.encode()))
    for _ in range(3):
        source.expect_empty({"id": "", "name": "x", "colour": "y", "__line__": "4"}, ignore={"colour"})
    assert source.tally.unread == {"name": 3}


def test_progress_tells_rows_and_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", b"id,name\n" + b"p1,Anna\n" * 3000)
    told: list[Progress] = []
    load(reader(path, progress=told.append), path)
    assert told[-1].rows == 3000
    assert told[-1].share == 1.0
    assert all(0 <= one.share <= 1 for one in told)


@pytest.mark.parametrize(
    ("name", "value", "valid", "error"),
    [
        ("membr_of", "x", "", UnknownWord),
        ("event_kind", "atack", "", UnknownWord),
        ("killed", "9..3", "", BadRow),
        ("killed", "many", "", BadRow),
        ("coordinates", "91,0", "", BadRow),
        ("coordinates", "nan,0", "", BadRow),
        ("birth", "1987-13", "", BadDate),
        ("name", "x", "2016/2015", BadDate),
        ("name", "", "", BadRow),
    ],
)
def test_a_claim_keeps_to_the_vocabulary(name: str, value: str, valid: str, error: type[Exception]) -> None:
    source = Source("test", [])
    with pytest.raises(error):
        source.claim(source.record("1"), "x", name, value, valid)


def test_qualifiers_and_polarity_are_checked_too() -> None:
    source = Source("test", [])
    record = source.record("1")
    assert source.claim(record, "x", "alias", "y", script="Arab").qualifiers == '{"script":"Arab"}'
    assert source.claim(record, "x", "name", "y").polarity == AFFIRMED
    with pytest.raises(UnknownWord, match="qualifier 'scrpt' of alias; did you mean 'script'"):
        source.claim(record, "x", "alias", "y", scrpt="Arab")
    with pytest.raises(UnknownWord, match="polarity"):
        source.claim(record, "x", "name", "y", "", "maybe")


@pytest.mark.parametrize(
    ("low", "high", "value"), [("3", "3", "3"), ("3", "5", "3..5"), ("", "5", "..5"), ("3", "", "3.."), ("", "", "")]
)
def test_ranges(low: str, high: str, value: str) -> None:
    assert values.span(low, high) == value


def test_licence_and_citation_travel_with_the_source() -> None:
    meta = Stated(title="T", licence="CC BY 4.0", attribution="A. Author", publisher=Publisher("P"), files=())
    row = Source("test", [], meta).row()
    assert (row.licence, row.publisher) == ("CC BY 4.0; to be cited: A. Author", "P")
    assert Source("test", [], replace(UNTOLD, licence="CC0")).row().licence == "CC0"


def test_every_source_states_title_licence_and_loader() -> None:
    assert "tables" in sources()
    for name, meta in sources().items():
        assert meta.title, name
        assert meta.licence, name
