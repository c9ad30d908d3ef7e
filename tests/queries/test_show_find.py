from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.errors import AmbiguousName, BadQuestion, NoSuchEntity
from isthmus.graph.graph import Graph
from isthmus.graph.lens import Lens
from isthmus.graph.record.handles import handle
from isthmus.queries.find import find
from isthmus.queries.info import info
from isthmus.queries.show import show
from tests.graph.make import rows

if TYPE_CHECKING:
    from isthmus.case import Case


def test_the_dossier_of_abaaoud(shipped_graph: Graph) -> None:
    table = show(shipped_graph, "Abaaoud").table
    aliases = table[table["says"] == "alias"]
    assert aliases["note"].str.contains("script Arab").any()
    assert aliases["note"].str.contains("script Latn").any()
    status = table[(table["says"] == "status") & (table["value"] == "killed")].iloc[0]
    assert status["when"].startswith("2015-11-18")
    assert status["source"]
    directed = " ".join(table[table["section"] == "direction"]["value"])
    assert "Villejuif" in directed
    assert "Thalys" in directed
    assert "Ghlam" in directed
    assert table[table["section"] == "presence"]["value"].tolist()[0] == "Greece"
    assert (table["section"] == "not known").any()
    assert (table["section"] == "who held it").any()


def test_each_change_of_status_is_a_line_with_its_day_grade_and_source(case: Case) -> None:
    case.load(
        rows("p1 name Anton", "p1 status convicted 2017-05/.. detail=first-instance", source="paper"), source="paper"
    )
    case.load(
        rows("p1 status convicted 2018-09-28/..", "p1 status acquitted 2019-03-01/.. detail=appeal", "p1 status arrested",
             "p1 status charged polarity=denied", source="court", reliability="A"), source="court",
    )  # fmt: skip
    table = show(Graph.of(case.file, Lens()), "p1").table
    told = table[table["section"] == "status"][["value", "when", "grade", "source", "note"]]
    assert told.to_numpy().tolist() == [
        ["convicted", "2017-05", "B2", "paper", "detail first-instance"],
        ["convicted", "2018-09-28", "A2", "court", ""],
        ["acquitted", "2019-03-01", "A2", "court", "detail appeal"],
        ["arrested", "", "A2", "court", ""],
        ["charged", "", "A2", "court", "denied"],
    ]


def test_a_change_without_a_day_stands_by_the_publication_that_tells_of_it(shipped_graph: Graph) -> None:
    table = show(shipped_graph, "jawad-bendaoud").table
    told = table[table["section"] == "status"]["value"].tolist()
    assert told == ["arrested", "acquitted", "convicted"]


def test_a_wrong_belief_stands_among_the_contradictions(shipped_graph: Graph) -> None:
    table = show(shipped_graph, "abdelhamid-abaaoud").table
    contradicted = table[table["section"] == "contradicted"]
    assert contradicted["says"].str.contains("believed by FR").any()


@pytest.mark.parametrize(
    "name", ["abdelhamid-abaaoud", "Abdelhamid ABAAOUD", "Abaaoud", "abdel-hamid abaaoud", "عبد الحميد أباعود"]
)
def test_any_spelling_finds_him(shipped_graph: Graph, name: str) -> None:
    assert shipped_graph.ids[shipped_graph.index(name)] == "abdelhamid-abaaoud"


def test_an_ambiguous_name_lists_the_candidates(shipped_graph: Graph) -> None:
    with pytest.raises(AmbiguousName, match=r"salah-abdeslam.*|brahim-abdeslam.*"):
        shipped_graph.index("Abdeslam")


def test_an_unknown_name_has_a_next_step(shipped_graph: Graph) -> None:
    with pytest.raises(NoSuchEntity, match="isthmus find"):
        shipped_graph.index("Zxcvbnm")


def test_by_whom_one_is_wanted_is_status_and_where_one_was_is_presence(case: Case) -> None:
    case.load(
        rows("p1 kind Person", "p1 wanted_by BE", "p1 entered TR", "p1 citizen_of FR", "p1 supplied e1"), source="s"
    )
    table = show(case.graph, "p1").table.set_index("says")["section"]
    assert table["wanted_by"] == "status"
    assert table["entered"] == "presence"
    assert table["citizen_of"] == "countries"
    assert table["supplied"] == "direction"


def test_contradictions_are_said(case: Case) -> None:
    case.load(rows("p1 birth 1985", "p1 met p2", source="a"), source="a")
    case.load(rows("p1 birth 1987", "p1 met p2 polarity=denied", source="b"), source="b")
    table = show(case.graph, "p1").table
    said = dict(
        zip(
            table[table["section"] == "contradicted"]["says"],
            table[table["section"] == "contradicted"]["note"],
            strict=True,
        )
    )
    assert said["birth"] == "2 values, one can be so"
    assert said["met"] == "1 affirm, 1 deny"


def test_find_folds_spellings_and_falls_back_to_near_names(shipped_graph: Graph) -> None:
    assert find(shipped_graph, "khazani").table["id"].tolist()[0] == "ayoub-el-khazzani"
    assert "abdelhamid-abaaoud" in find(shipped_graph, "abou omar al-soussi").table["id"].tolist()
    assert find(shipped_graph, "Abdelhamid Abaoud", kind="Person").table["id"].tolist()[0] == "abdelhamid-abaaoud"
    with pytest.raises(BadQuestion, match="nothing to search"):
        find(shipped_graph, "??")


def test_info_counts_and_cites(shipped: Case) -> None:
    counts = dict(zip(info(shipped.graph).table["measure"], info(shipped.graph).table["value"], strict=True))
    assert counts["claim rows"] > 5000
    assert counts["Person entities"] > 150
    sources = info(shipped.graph, sources=True)
    assert "CC BY" in " ".join(sources.caveats)
    assert (sources.table["reliability"] != "").all()


def test_the_desk_shows_who_has_no_basis_by_name_and_status(case: Case) -> None:
    case.load(rows("p1 name Zacharias", "p1 status arrested", "p1 alias Zorro", "p1 birth 1990"), source="s")
    assert show(case.graph, "Zorro").name == "show: Zacharias (arrested)"
    assert find(case.graph, "zacharias").table.iloc[0][["name", "status", "id"]].tolist() == [
        "Zacharias",
        "arrested",
        "p1",
    ]


def test_a_handle_finds_whom_it_stands_for_on_the_desk_and_in_a_release(case: Case) -> None:
    case.load(rows("p1 name Zacharias", "p1 status arrested", "p1 citizen_of FR"), source="s")
    who = handle(case.file, "p1")
    assert show(case.graph, who).name == "show: Zacharias (arrested)"
    assert show(released_graph(case.graph), who).name == f"show: role unknown, FR [{who}] (arrested)"
