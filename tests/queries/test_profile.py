"""profile: on graphs worked out on paper, against NetworkX, and against what publications print."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from click.testing import CliRunner

from isthmus.case import Case
from isthmus.graph.errors import BadQuestion
from isthmus.loaders import run
from isthmus.queries.profile import profile
from tests.queries.small import graph

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

NEAR = 1e-9
PEOPLE = dict.fromkeys("abcdefgh", "Person")
# Two triangles joined by one tie; g tied to nobody; h only to an event.
TIES = [("a", "linked_to", "b"), ("b", "linked_to", "c"), ("a", "linked_to", "c"), ("c", "recruited", "d"),
        ("d", "linked_to", "e"), ("e", "linked_to", "f"), ("d", "linked_to", "f")]  # fmt: skip


def values(finding: Finding) -> dict[str, Any]:
    return dict(zip(finding.table["measure"], finding.table["value"], strict=True))


def test_two_triangles_on_paper(case: Case) -> None:
    found = values(profile(graph(case, PEOPLE, TIES)))
    # 8 people, 7 ties. Distances among the six: 7 pairs at 1, 4 at 2, 4 at 3. Paths of two ties: 4 at a, b, e, f
    # together, 3 at c and at d each; 6 of these 10 closed. Louvain finds the triangles: 6/7 - 2 (7/14)^2 = 5/14.
    assert found["nodes"], found["ties"] == (8, 7)
    assert (found["components"], found["isolates"], found["largest_component"]) == (3, 2, 6)
    assert found["diameter"] == 3
    assert found["mean_distance"] == pytest.approx((7 + 8 + 12) / 15)
    assert found["density"] == pytest.approx(7 / 28)
    assert found["mean_degree"] == pytest.approx(14 / 8)
    assert found["transitivity"] == pytest.approx(0.6)
    assert found["global_efficiency"] == pytest.approx((7 + 4 / 2 + 4 / 3) / 28)
    assert found["secrecy"] == pytest.approx(1 - (8 + 14) / 64)
    assert found["modularity"] == pytest.approx(5 / 14)
    assert found["directed_ties"] == 1


def test_the_claims_behind_the_ties_are_listed_once(case: Case) -> None:
    finding = profile(graph(case, PEOPLE, TIES))
    listed = dict(zip(finding.table["measure"], finding.claims, strict=True))
    ties = {row.id for row in case.rows("claims") if row.property in {"linked_to", "recruited"}}
    assert set(listed["ties"]) == ties
    assert not any(ids for name, ids in listed.items() if name != "ties")


def test_rows_are_those_of_the_design_first(case: Case) -> None:
    names = list(profile(graph(case, PEOPLE, TIES)).table["measure"])
    assert {"nodes", "ties", "components", "isolates", "diameter", "density", "mean_degree", "transitivity",
            "global_efficiency", "secrecy", "modularity"} <= set(names)  # fmt: skip
    assert len(names) == len(set(names))


def test_a_shared_event_joins_people_unless_a_basis_is_asked_for(case: Case) -> None:
    ties = [("a", "took_part_in", "e1"), ("b", "took_part_in", "e1"), ("c", "linked_to", "a")]
    made = graph(case, {**dict.fromkeys("abc", "Person"), "e1": "Event"}, ties)
    assert values(profile(made))["ties"] == 2
    assert values(profile(made, bases=["direct"]))["ties"] == 1


def test_other_kinds_are_measured_as_they_are_tied(case: Case) -> None:
    kinds = {"x": "Organisation", "y": "Organisation", "z": "Organisation", "p": "Person"}
    made = graph(
        case, kinds, [("x", "linked_to", "y"), ("y", "linked_to", "x"), ("y", "preceded", "z"), ("p", "member_of", "x")]
    )
    finding = profile(made, kinds=["Organisation"])
    found = values(finding)
    assert (found["nodes"], found["ties"], found["directed_ties"]) == (3, 2, 1)
    assert finding.left_out["ties to entities of other kinds"] == 1
    assert any("1 of 2 ties have a direction" in text for text in finding.caveats)


def test_two_modes_are_counted_by_mode(case: Case) -> None:
    kinds = {"a": "Person", "b": "Person", "c": "Person", "e1": "Event", "e2": "Event"}
    ties = [("a", "took_part_in", "e1"), ("b", "took_part_in", "e1"), ("b", "took_part_in", "e2")]
    finding = profile(graph(case, kinds, ties), kinds=["Person", "Event"])
    found = values(finding)
    assert (found["nodes_Person"], found["nodes_Event"]) == (3, 2)
    assert found["two_mode_density"] == pytest.approx(3 / 6)
    assert found["mean_degree_Event"] == pytest.approx(1.5)
    assert found["directed_ties"] == 0  # from person to event is no direction between like and like
    assert any("transitivity is 0" in text for text in finding.caveats)


def test_kinds_of_one_side_are_no_pairs(case: Case) -> None:
    """Two organisations; a country and a place are both on the other side, and no pair of theirs could be tied."""
    kinds = {"x": "Organisation", "y": "Organisation", "FR": "Country", "t": "Place", "u": "Place"}
    ties = [("x", "operates_in", "FR"), ("x", "located_in", "t"), ("y", "located_in", "u")]
    finding = profile(graph(case, kinds, ties), kinds=["Organisation", "Country", "Place"])
    assert values(finding)["two_mode_density"] == pytest.approx(3 / (2 * 3))
    assert any("two-mode density those of" in text for text in finding.caveats)


def test_three_kinds_tied_all_round_are_not_two_modes(case: Case) -> None:
    kinds = {"a": "Person", "e": "Event", "t": "Place"}
    ties = [("a", "took_part_in", "e"), ("e", "occurred_in", "t"), ("a", "visited", "t")]
    finding = profile(graph(case, kinds, ties), kinds=list(kinds.values()))
    assert "two_mode_density" not in values(finding)
    assert values(finding)["transitivity"] == 1
    assert not any("transitivity is 0" in text for text in finding.caveats)


def test_sides_of_kinds_that_nothing_joins_are_not_guessed(case: Case) -> None:
    kinds = {"a": "Person", "e": "Event", "x": "Organisation", "t": "Place"}
    finding = profile(
        graph(case, kinds, [("a", "took_part_in", "e"), ("x", "located_in", "t")]), kinds=list(kinds.values())
    )
    assert values(finding)["nodes_Place"] == 1
    assert "two_mode_density" not in values(finding)


def test_nothing_to_measure_says_what_there_is(case: Case) -> None:
    finding = profile(graph(case, {"x": "Organisation"}, []))
    found = values(finding)
    assert found["nodes"] == found["ties"] == found["components"] == 0
    assert found["density"] is None
    assert any("Organisation 1; ask with --kinds" in text for text in finding.caveats)
    assert finding.to_dict()["rows"]


@pytest.mark.parametrize(
    ("options", "says"),
    [({"kinds": ["Persons"]}, "choose from Person, Cell"), ({"bases": ["kinship"]}, "choose from direct"),
     ({"kinds": ["Person"], "bases": ["kin"]}, "leave out either")],
)  # fmt: skip
def test_a_question_at_fault_is_refused(case: Case, options: dict[str, list[str]], says: str) -> None:
    with pytest.raises(BadQuestion, match=says):
        profile(graph(case, PEOPLE, TIES), **options)  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_profile(case: Case) -> None:
    made = graph(case, PEOPLE, TIES)
    assert profile(made, seed=7).to_dict() == profile(made, seed=7).to_dict()


@pytest.mark.parametrize("seed", range(3))
def test_networkx_gives_the_same_numbers(case: Case, seed: int) -> None:
    made = nx.gnp_random_graph(40, 0.06, seed=seed)
    kinds = {f"p{node:02}": "Person" for node in made}
    found = values(profile(graph(case, kinds, [(f"p{a:02}", "linked_to", f"p{b:02}") for a, b in made.edges()])))
    agrees(found, made)


def agrees(found: dict[str, Any], made: nx.Graph[Any]) -> None:
    """Hold a profile to NetworkX's own measures."""
    largest = made.subgraph(max(nx.connected_components(made), key=len))
    n, m = made.number_of_nodes(), made.number_of_edges()
    assert (found["nodes"], found["ties"]) == (n, m)
    assert found["components"] == nx.number_connected_components(made)
    assert found["isolates"] == nx.number_of_isolates(made)
    assert found["diameter"] == nx.diameter(largest)
    assert found["density"] == pytest.approx(nx.density(made), abs=NEAR)
    assert found["mean_degree"] == pytest.approx(2 * m / n, abs=NEAR)
    assert found["transitivity"] == pytest.approx(nx.transitivity(made), abs=NEAR)
    assert found["global_efficiency"] == pytest.approx(nx.global_efficiency(made), abs=NEAR)
    assert found["secrecy"] == pytest.approx(1 - (n + 2 * m) / n**2, abs=NEAR)
    assert found["degree_assortativity"] == pytest.approx(nx.degree_assortativity_coefficient(made), abs=NEAR)
    best = max(
        nx.community.modularity(made, nx.community.louvain_communities(made, seed=seed)) for seed in range(1, 11)
    )
    assert found["modularity"] == pytest.approx(best, abs=0.02)  # a heuristic, which the order of nodes sways


def test_the_command_prints_rows(case: Case) -> None:
    from isthmus.cli import cli

    graph(case, PEOPLE, TIES)
    done = CliRunner().invoke(cli, ["profile", "--case", str(case.file.path), "--json", "--kinds", "Person"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["columns"] == ["measure", "value"]
    assert {"measure": "ties", "value": 7} in told["rows"]


# --- other publishers' networks ----------------------------------------------------------------------------------


def loaded(case: Case, source: str, *paths: Path, **options: str) -> Graph:
    run(source, paths, case.file, options=options)
    return case.graph


def undirected(pairs: Iterable[tuple[str, str]]) -> nx.Graph[Any]:
    made: nx.Graph[Any] = nx.Graph()
    for a, b in pairs:
        made.add_nodes_from((a, b))
        if a != b:
            made.add_edge(a, b)
    return made


@pytest.mark.external
@pytest.mark.parametrize(
    ("name", "nodes", "ties"),
    # A. Gutfraind & M. Genkin (2017), Social Networks 51: 178-188, publish three definitions of a tie: 197, 163 and 274
    # rows. One of the 274 ties a person to himself, so that 273 are ties.
    [("ise_terrorNetwork", 77, 197), ("ise_terrorNetworkLimited", 71, 163), ("ise_terrorNetworkExtended", 77, 273)],
)
def test_nov13s_three_networks(external: Path, case: Case, name: str, nodes: int, ties: int) -> None:
    path = external / "nov13" / f"{name}.csv"
    found = values(profile(loaded(case, "edges", path)))
    assert (found["nodes"], found["ties"], found["isolates"]) == (nodes, ties, 0)
    with path.open(encoding="cp1252", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    assert len(rows) == ties + (name.endswith("Extended"))
    agrees(found, undirected((row[0], row[1]) for row in rows))


@pytest.mark.external
def test_krebs_associates(external: Path, case: Case) -> None:
    """Da Cunha et al. (2020), Scientific Reports 10: 73, table 1, print for 9/11: N 61, E 199, D 0.05, Q 0.64, A -0.16.

    E counts the matrix's cells, one of them on the diagonal: without direction there are 131 ties. So their density
    is 199 / (61 * 60). N and Q come out as printed; assortativity without direction is -0.14.
    """
    path = external / "krebs_911" / "ucinet_9_11_HIJACKERS_ASSOCIATES.csv"
    finding = profile(loaded(case, "matrix", path))
    found = values(finding)
    assert (found["nodes"], found["ties"], found["components"]) == (61, 131, 1)
    assert found["modularity"] == pytest.approx(0.64, abs=0.005)
    assert round(199 / (61 * 60), 2) == 0.05
    assert found["degree_assortativity"] == pytest.approx(-0.14, abs=0.005)
    assert any("131 of 131 ties have a direction" in text for text in finding.caveats)


@pytest.mark.external
def test_krebs_prior_contacts(external: Path, case: Case) -> None:
    """V. Krebs (2002), Connections 24(3): 43-52, prints a mean path of 4.75 among the 19 by trusted prior contacts.

    The published matrix, read without direction, gives 3.51: the figure of the article is of another drawing of the
    ties, or a misprint.
    """
    path = external / "krebs_911" / "ucinet_9_11_HIJACKERS_PRIORCONTACTS.csv"
    found = values(profile(loaded(case, "matrix", path)))
    assert (found["nodes"], found["ties"]) == (19, 27)
    assert found["mean_distance"] == pytest.approx(3.51, abs=0.005)


@pytest.mark.external
def test_krebs_first_monday(external: Path, case: Case) -> None:
    """V. Krebs (2002), First Monday 7(4), figure 4: 62 people. Latora, Nicosia & Russo (2017) print 34 and 93 of theirs."""
    path = external / "krebs_911" / "firstmonday_fig4_62_edges.csv"
    found = values(profile(loaded(case, "edges", path)))
    with path.open(encoding="utf-8", newline="") as stream:
        agrees(found, undirected((row[0], row[1]) for row in csv.reader(stream)))
    with Case.create(case.file.path.with_name("latora.case")) as other:
        latora = values(profile(loaded(other, "edges", external / "krebs_911" / "latora_terrorists.net")))
    assert (found["nodes"], latora["nodes"], latora["ties"]) == (62, 34, 93)


@pytest.mark.external
def test_rodriguez(external: Path, case: Case) -> None:
    """KONECT, train bombing: 64 nodes and 243 ties, without the people who are tied to nobody.

    M. Franceschet (University of Udine, the same network): mean strength 8.812 over the 64, the highest 43.
    """
    made = loaded(case, "layered", external / "rodriguez_madrid_2004" / "madrid_v2_nodes.csv",
                  external / "rodriguez_madrid_2004" / "madrid_v2_edges.csv")  # fmt: skip
    found = values(profile(made))
    assert (found["nodes"], found["ties"], found["isolates"], found["components"]) == (70, 243, 6, 7)
    assert found["largest_component"] == 64
    strength: dict[str, int] = {}
    for claim in case.rows("claims"):
        if claim.property == "linked_to":
            for end in (claim.subject, claim.value):
                strength[end] = strength.get(end, 0) + int(json.loads(claim.qualifiers)["weight"])
    assert sum(strength.values()) / len(strength) == pytest.approx(8.812, abs=0.0006)
    assert max(strength.values()) == 43


@pytest.mark.external
@pytest.mark.parametrize(
    ("folder", "kinds", "nodes", "ties"),
    # Sizes as the manual of the R package networkdata prints them; where it prints another, the comment says so.
    [
        ("koschade_ji_bali_2002", None, 17, 63),
        ("jjatt_bali_2002", None, 27, 158),
        ("jjatt_madrid_2004", None, 54, 226),  # the manual has 55 people, the file 54
        ("jjatt_alqaeda_1993_2003", None, 271, 756),  # the manual has 272, the file 271
        ("bbc_islamic_state_group", None, 56, 33),  # Scientific Reports 10: 73 prints 56 and 30
        ("kenya_tanzania_1998_2mode", ["Person", "Event"], 18 + 25, 65),
        ("abu_sayyaf_kidnappings_2mode", ["Person", "Event"], 246 + 105, 402),
        ("baad_organisations", ["Organisation"], 394, 4545),  # 395 organisations in the manual's text, 394 in its size
        ("is_allegiances_2mode", ["Organisation", "Country"], 45 + 16, 41),  # without a man and four places of no state
        ("global_suicide_attack_network", ["Organisation", "Person"], 80, 107),
    ],
)
def test_networks_of_the_covert_collection(
    external: Path, case: Case, folder: str, kinds: list[str] | None, nodes: int, ties: int
) -> None:
    found = values(profile(loaded(case, "layered", external / folder), kinds=kinds))
    assert (found["nodes"], found["ties"]) == (nodes, ties)
    assert found["mean_degree"] == pytest.approx(2 * ties / nodes, abs=NEAR)
