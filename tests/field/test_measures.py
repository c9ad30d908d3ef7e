"""Small lists of ties, loaded and measured as a user would; the right values are worked out on paper or NetworkX's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from isthmus.graph.errors import BadInput
from isthmus.loaders import run
from isthmus.queries.rank import rank

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from isthmus.loaders.tally import Tally

HERE = Path(__file__).parent


def loaded(case: Case, path: str, **options: str) -> tuple[Graph, Tally]:
    done = run("edges", [HERE / path], case.file, options=options)
    return case.graph, done.tally


def ranked(graph: Graph, measure: str, *, unweighted: bool = False) -> dict[str, float]:
    """Each person's value by the file's label; ties by both."""
    table = rank(graph, measure, top=0, draws=2, levels=[0.1], unweighted=unweighted).table
    ends = [column for column in ("id", "other_id") if column in table]
    labels = [" ".join(identity.split(":")[1] for identity in row) for row in table[ends].to_numpy()]
    return dict(zip(labels, table["value"].tolist(), strict=True))


def told(graph: Graph, measure: str, *, unweighted: bool = False) -> str:
    finding = rank(graph, measure, draws=2, levels=[0.1], unweighted=unweighted)
    return " ".join([finding.method, *finding.caveats])


def test_weights_of_the_file_are_strengths(case: Case) -> None:
    graph, _ = loaded(case, "measures/data/weights.csv")
    assert ranked(graph, "strength") == {"u": 10, "v": 10, "w": 3, "x": 1}
    assert ranked(graph, "pagerank")["u"] == pytest.approx(0.370, abs=0.0005)
    assert ranked(graph, "pagerank")["w"] == pytest.approx(0.174, abs=0.0005)
    # u - w is as long as v - w, and u - v a ninth of that: all shortest paths to x run through w
    assert ranked(graph, "betweenness") == {"u": 0, "v": 0, "w": pytest.approx(2 / 3, abs=1e-6), "x": 0}
    reference: nx.Graph[str] = nx.Graph()
    reference.add_weighted_edges_from([("u", "v", 9), ("u", "w", 1), ("v", "w", 1), ("w", "x", 1)])
    assert ranked(graph, "constraint") == pytest.approx(nx.constraint(reference, weight="weight"), abs=1e-6)
    assert ranked(graph, "eigenvector") == pytest.approx(
        nx.eigenvector_centrality_numpy(reference, weight="weight"), abs=1e-6
    )


def test_the_method_says_which_weights_were_read(case: Case) -> None:
    graph, tally = loaded(case, "measures/data/weights.csv")
    assert any("weight 'weight'" in notice for notice in tally.notices)
    assert "those that sources state, for 4 of 4 ties" in told(graph, "strength")
    assert "1/w long" in told(graph, "betweenness")
    assert "the weights that sources state are not read" in told(graph, "closeness")
    assert "Every tie weighs 1, as asked" in told(graph, "strength", unweighted=True)


def test_weights_are_left_out_when_asked(case: Case) -> None:
    graph, _ = loaded(case, "measures/data/weights.csv")
    assert ranked(graph, "strength", unweighted=True) == {"u": 2, "v": 2, "w": 3, "x": 1}
    reference: nx.Graph[str] = nx.Graph([("u", "v"), ("u", "w"), ("v", "w"), ("w", "x")])
    assert ranked(graph, "pagerank", unweighted=True) == pytest.approx(nx.pagerank(reference), abs=1e-6)
    found = rank(graph, "strength", over_bases=True, unweighted=True, draws=2, levels=[0.1])
    assert found.table["id"].tolist()[0].endswith(":w")
    assert rank(graph, "strength", over_bases=True, draws=2, levels=[0.1]).table["id"].tolist()[0].endswith(":u")


def test_no_weight_is_said_too(case: Case) -> None:
    graph, _ = loaded(case, "measures/data/star.csv")
    assert "No source states a weight" in told(graph, "strength")
    assert ranked(graph, "strength") == ranked(graph, "strength", unweighted=True) == {"hub": 3, "a": 1, "b": 1, "c": 1}


def test_every_tie_of_a_star_is_a_bridge(case: Case) -> None:
    graph, _ = loaded(case, "measures/data/star.csv")
    assert set(ranked(graph, "bridges").values()) == {1}


def test_equal_components_share_the_eigenvector(case: Case) -> None:
    graph, _ = loaded(case, "measures/data/two_triangles.csv")
    assert ranked(graph, "eigenvector") == pytest.approx(dict.fromkeys(["a1", "a2", "a3", "b1", "b2", "b3"], 6**-0.5))
    assert "outside" not in told(graph, "eigenvector")


def test_components_apart(case: Case) -> None:
    graph, _ = loaded(case, "disconnected/data/edges.csv")
    between = ranked(graph, "betweenness")
    assert sorted(between.values(), reverse=True)[:5] == pytest.approx([6 / 45, 4 / 45, 4 / 45, 1 / 45, 0], abs=1e-6)
    assert between == ranked(graph, "betweenness", unweighted=True)
    close = ranked(graph, "closeness")
    assert sorted(close.values(), reverse=True)[:2] == pytest.approx([0.357143, 0.3125], abs=1e-6)
    reference: nx.Graph[str] = nx.Graph(
        [("A1", "A2"), ("A2", "A3"), ("A3", "A4"), ("A2", "A4"), ("B1", "B2"), ("C1", "C2"), ("C2", "C3"), ("A4", "A5"),
         ("A5", "A6")]
    )  # fmt: skip
    assert close == pytest.approx(nx.closeness_centrality(reference), abs=1e-6)
    assert ranked(graph, "strength") == {
        "A1": 1, "A2": 3, "A3": 2, "A4": 7, "A5": 10, "A6": 5, "B1": 1, "B2": 1, "C1": 1, "C2": 2, "C3": 1
    }  # fmt: skip
    leading = ranked(graph, "eigenvector")
    assert {name for name, value in leading.items() if value == 0} == {"B1", "B2", "C1", "C2", "C3"}
    assert "5 of the people who have ties stand outside the component" in told(graph, "eigenvector")


def test_one_contact_has_no_clustering(case: Case) -> None:
    graph, _ = loaded(case, "disconnected/data/edges.csv")
    found = rank(graph, "clustering", top=0, draws=5, levels=[0.1])
    values = dict(zip((identity.split(":")[1] for identity in found.table["id"]), found.table["value"], strict=True))
    alone = {name for name, value in values.items() if np.isnan(value)}
    assert alone == {"A1", "A6", "B1", "B2", "C1", "C3"}
    assert {values["A5"], values["C2"]} == {0}
    assert found.left_out["people not ranked: one contact, who makes no pair of contacts"] == 6
    rows = [row for row in found.to_dict()["rows"] if row["value"] is None]
    assert (len(rows), {row["rank"] for row in rows}) == (6, {None})
    assert len(rank(graph, "clustering", draws=5, levels=[0.1]).table) == 5


def test_odd_weights_are_told(case: Case) -> None:
    graph, tally = loaded(case, "weights_odd/data/edges.csv")
    assert any("weight 'abc' is no number" in notice for notice in tally.notices)
    assert any("weight 0: no tie" in notice for notice in tally.notices)
    people = graph.people()
    assert (len(people.positions), len(people.source)) == (4, 2)
    assert ranked(graph, "strength") == {"Alfa": 2, "Bravo": 1, "Delta": 1}
    assert rank(graph, "strength", draws=2).left_out["people not ranked: no tie to another"] == 1
    assert "and which weigh 1: 1." in told(graph, "strength")


def test_a_third_column_of_numbers_is_a_weight(case: Case) -> None:
    graph, tally = loaded(case, "edgelist_weight_noheader/data/B.edges")
    assert any("weight" in notice for notice in tally.notices)
    assert ranked(graph, "strength") == {"Alfa": 12, "Bravo": 19, "Charlie": 19, "Delta": 12}


def test_a_first_line_of_kinds_is_a_header(case: Case) -> None:
    graph, tally = loaded(case, "measures/data/two_mode.csv")
    assert (tally.read, tally.loaded) == (5, 5)
    assert any("source 'person', target 'event', source_kind 'Person'" in notice for notice in tally.notices)
    assert sorted(graph.kinds.tolist()) == ["Event"] * 2 + ["Person"] * 4
    assert set(ranked(graph, "degree")) == {"p1", "p2", "p3", "p4"}


@pytest.mark.parametrize(
    ("head", "kinds"),
    [("suspect,attack", {"Person", "Event"}), ("member,cell", {"Person", "Cell"}), ("Attack;Person", {"Event", "Person"}),
     ("individual,organisation,weight", {"Person", "Organisation"})],
)  # fmt: skip
def test_words_for_kinds_are_a_header(case: Case, tmp_path: Path, head: str, kinds: set[str]) -> None:
    path, more = tmp_path / "ties.csv", ",2" * (head.count(",") - 1)
    path.write_text("\n".join([head, f"a,x{more}", f"b,x{more}"]).replace(",", ";" if ";" in head else ","), "utf-8")
    assert run("edges", [path], case.file).tally.loaded == 2
    assert set(case.graph.kinds.tolist()) == kinds


def test_the_users_kinds_go_before_those_of_the_header(case: Case) -> None:
    graph, _ = loaded(case, "measures/data/two_mode.csv", kinds="Person,Cell")
    assert set(graph.kinds.tolist()) == {"Person", "Cell"}


def test_one_word_for_a_kind_in_the_first_line_is_asked_about(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("person,friend\na,b\nb,c\n", "utf-8")
    with pytest.raises(BadInput, match="may be a header or a tie"):
        run("edges", [path], case.file)
