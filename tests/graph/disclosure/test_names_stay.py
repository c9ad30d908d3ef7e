"""Names stay where they may: on the analyst's own desk, whoever's list they stand in, and in what comes back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.record import book
from isthmus.graph.record.handles import is_handle
from isthmus.loaders import run
from isthmus.views.export import export
from tests.cli.run import isthmus

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.graph.graph import Graph

CONTACTS = "source,target,tie,date\nSalah Abdeslam,Karim Benali,communicated_with,2015-04-03\nKarim Benali,Omar Idrissi,met,2015-06\n"


def _named(graph: Graph) -> set[str]:
    return {str(name) for name in graph.names[graph.of_kind("Person")]}


def test_a_contact_list_shows_its_names_on_the_desk_and_takes_none_from_others(
    shipped: Case, shipped_path: Path, tmp_path: Path
) -> None:
    """A list that names somebody whom the case names too, under another id and without a status."""
    path, sheet = tmp_path / "own.case", tmp_path / "contacts.csv"
    shutil.copy(shipped_path, path)
    sheet.write_text(CONTACTS, encoding="utf-8")
    loaded = isthmus("load", "edges", sheet, "--case", path)
    assert loaded.returncode == 0, loaded.stderr
    with Case.open(path) as case:
        assert {"Karim Benali", "Omar Idrissi"} <= _named(case.graph)
        shown = isthmus("show", "Karim Benali", "--case", path)
        assert "Salah Abdeslam" in shown.stdout
        assert "Omar Idrissi" in shown.stdout
        before, after = released_graph(shipped.graph), released_graph(case.graph)
        assert _named(before) <= _named(after)
        events = {str(name) for name in before.names[before.of_kind("Event")]}
        assert events <= {str(name) for name in after.names}
        assert not {"Karim Benali", "Omar Idrissi"} & _named(after)


def test_the_cases_own_export_comes_back_with_the_names_of_all_who_had_them(shipped: Case, tmp_path: Path) -> None:
    (out,) = export(shipped.graph, "graphml", tmp_path / "own.graphml")
    with Case.create(tmp_path / "again.case") as again:
        run("matrix", [out], again.file, options={"any_count": "yes"})
        assert book.entries(again.file) == []
        left = released_graph(shipped.graph)
        had = {name for name in _named(left) if "[P-" not in name and not is_handle(name)}
        assert len(had) > 150
        assert had <= _named(again.graph)


@pytest.mark.external
def test_everybody_of_a_published_network_but_its_minor_has_a_name_on_the_desk(case: Case, external: Path) -> None:
    run("nov13", [external / "nov13"], case.file)
    people = case.graph.ids[case.graph.of_kind("Person")].tolist()
    assert [one for one in people if is_handle(one)] == [entry.handle for entry in book.entries(case.file)]
    assert len(_named(case.graph)) >= len(people) - 1 == 90
