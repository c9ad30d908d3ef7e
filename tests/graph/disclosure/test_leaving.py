"""What leaves is made of the release; a desk copy says that it is one, and the log tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.disclosure import leaving
from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.record import log
from tests.cli.run import isthmus
from tests.graph.disclosure.bytes import unpacked, within
from tests.graph.disclosure.test_release import CANARY, OTHER, names_of, rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers import Server

FORMS = ("neo4j-import", "graphml")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Case.create(tmp_path / "own.case") as made:
        made.load(rows(), source="s")
    return tmp_path / "own.case"


def leaves(path: Path, *words: str, out: Path) -> bytes:
    done = isthmus("--case", path, *words, "--out", out)
    assert done.returncode == 0, done.stderr
    return b"\0".join(unpacked(out))


@pytest.mark.parametrize("form", FORMS)
def test_an_export_names_nobody_without_a_basis(
    unreleased: Case, unreleased_path: Path, tmp_path: Path, form: str
) -> None:
    hidden = set().union(*bases_of(unreleased.file).unnamed.values())
    data = leaves(unreleased_path, "export", form, out=tmp_path / "out")
    assert within(data, names_of(unreleased, hidden)) == {}
    assert b"Abdelhamid Abaaoud" in data


@pytest.mark.parametrize("form", FORMS)
def test_a_desk_copy_has_all_names_and_says_so(path: Path, tmp_path: Path, form: str) -> None:
    released = leaves(path, "export", form, out=tmp_path / "released")
    copy = leaves(path, "export", form, "--desk", out=tmp_path / "copy")
    assert within(released, [CANARY]) == {}
    assert OTHER.encode() in released
    assert within(copy, [CANARY])
    assert b"desk copy, 1 person without a basis" in copy
    assert b"desk copy" not in released
    with Case.open(path) as case:
        told = [(line.act, line.facts) for line in log.lines(case.file)][1:]
    assert told == [("export", {"form": form}), ("desk-copy", {"form": form, "people": 1})]


def test_a_release_is_made_once_for_a_state_of_the_case(path: Path) -> None:
    with Case.open(path) as case:
        first, second = (leaving.released_graph(case.graph).file.path for _ in range(2))
        assert first == second
        case.basis("zq", "the court's own list")
        with Case(leaving.released_graph(case.graph).file) as made:
            assert made.file.path != first
            assert made.file.id == case.file.id
            assert "zq" in made.graph.ids


def test_who_was_acquitted_is_not_named_where_the_acquittal_is_out_of_view(tmp_path: Path) -> None:
    from isthmus.graph.record.rows import Assessment, Claim, Record, SourceRow

    with Case.create(tmp_path / "a.case") as case:
        record = Record("s", "1")
        case.load([
            SourceRow("s", title="court", published="2020"), Assessment("source", "s", "A", "t"), record,
            Claim(record.id, "x", "kind", "Person"), Claim(record.id, "x", "name", CANARY),
            Claim(record.id, "x", "citizen_of", "TN"), Claim(record.id, "x", "member_of", "c", "2015"),
            Claim(record.id, "x", "status", "charged", "2016"), Claim(record.id, "x", "status", "acquitted", "2019"),
        ], source="s")  # fmt: skip
        now, then = (leaving.released_graph(seen.graph) for seen in (case, case.through(valid="2017")))
        assert CANARY in now.names.tolist()
        assert CANARY not in then.names.tolist()


def test_the_command_writes_a_case_and_lists_who_loses_the_name(path: Path, tmp_path: Path) -> None:
    listed = isthmus("--case", path, "release", "--check")
    assert "zq: arrested" in listed.stdout
    assert "lose them: 1" in listed.stdout
    done = isthmus("--case", path, "release", tmp_path / "out.case")
    assert done.returncode == 0, done.stderr
    assert within(b"\0".join(unpacked(tmp_path / "out.case")), [CANARY]) == {}
    assert isthmus("--case", path, "basis", "zq", "court records").returncode == 0
    assert "zq:" not in isthmus("--case", path, "release", "--check").stdout
    with Case.open(path) as case:
        assert [line.act for line in log.lines(case.file)] == ["load", "release", "basis"]


@pytest.mark.neo4j
def test_a_server_holds_no_name_of_who_has_no_basis(
    unreleased: Case, unreleased_path: Path, neo4j_server: Server
) -> None:
    hidden = names_of(unreleased, set().union(*bases_of(unreleased.file).unnamed.values()))
    for options, there in (((), False), (("--desk",), True)):
        done = isthmus("--case", unreleased_path, "publish", neo4j_server.url, *options)
        assert done.returncode == 0, done.stderr
        with neo4j_server.driver() as driver:
            nodes = driver.execute_query("MATCH (n) RETURN properties(n) AS p").records
            ties = driver.execute_query("MATCH ()-[t]->() RETURN properties(t) AS p").records
        data = "\n".join(str(row["p"]) for row in [*nodes, *ties]).encode()
        assert b"Abdelhamid Abaaoud" in data
        assert bool(within(data, hidden)) == there
        assert ("desk copy, 14 people without a basis" in done.stdout) == there
