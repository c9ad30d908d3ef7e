"""Real networks: what comes out of each folder, counted apart from the loader with the csv module alone.

The files are other publishers' and not carried with the project; ISTHMUS_EXTERNAL names the folder that holds them.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.record import book
from isthmus.graph.record.handles import handle
from isthmus.loaders import run
from isthmus.loaders.recognise import recognise
from tests.loaders.networks import read

if TYPE_CHECKING:
    from pathlib import Path

    from isthmus.case import Case

pytestmark = pytest.mark.external


class Expected(NamedTuple):
    """Entities and ties of a folder, and how they were worked out."""

    folder: str
    kinds: dict[str, int]
    ties: dict[str, int]
    why: str


LAYERED = [
    Expected(
        "abu_sayyaf_kidnappings_2mode", {"Person": 246, "Event": 105}, {"took_part_in": 402},
        "Gerdes, Ringler & Autin (2014): 246 people by 105 events; 402 rows, no pair twice",
    ),
    Expected(
        "baad_organisations", {"Organisation": 394}, {"linked_to": 4545, "operates_in": 394},
        "Asal & Rethemeyer (2008): 394 organisations by 65 territories, all states; 4,939 rows of co-location, 394 of "
        "them an organisation with itself; 394 rows of organisation and territory",
    ),
    Expected(
        "bbc_islamic_state_group", {"Person": 56}, {"friend_of": 12, "relative_of": 6, "linked_to": 15},
        "BBC: 56 people; one relation a layer, 12 + 6 + 15 rows",
    ),
    Expected(
        "global_suicide_attack_network", {"Organisation": 75, "Person": 5}, {"linked_to": 107},
        "Acosta & Childs (2013): 80 labels in 17 years, five of them unaffiliated individuals; 258 rows, 50 a node with "
        "itself, 208 over 107 pairs",
    ),
    Expected(
        "is_allegiances_2mode", {"Organisation": 45, "Person": 1, "Place": 4}, {"operates_in": 41, "located_in": 6},
        "47 groups by 20 countries: 46 labels (one stands twice), one of them a man; of the countries Northern Mali, "
        "Sahara, Chechnya and `Afghanistan Pakistan` are no states; 47 rows, of which 5 groups lie in those four (two "
        "in the last), and the man's",
    ),
    Expected(
        "jjatt_alqaeda_1993_2003", {"Person": 271},
        {"took_part_with": 756, "relative_of": 3, "cousin_of": 3, "sibling_of": 4, "partner_of": 2},
        "271 people (the manual says 272); 756 pairs over the operations' layers; kinship by layer 0 to 5: none 4, "
        "in-laws 2, cousins 3, siblings 4, parent and child 1, married 2",
    ),
    Expected(
        "jjatt_australian_embassy_2004", {"Person": 27}, {"linked_to": 112, "cousin_of": 1, "sibling_of": 1, "partner_of": 1},
        "112 pairs over 11 periods; kinship codes 2, 3 and 5 once each; codes of periods and operations are no ties",
    ),
    Expected("jjatt_bali_2002", {"Person": 27}, {"linked_to": 158}, "158 pairs over 11 periods, 580 rows"),
    Expected(
        "jjatt_madrid_2004", {"Person": 54}, {"linked_to": 226, "sibling_of": 3, "cousin_of": 1, "partner_of": 1, "relative_of": 3},
        "54 people (the manual says 55); 226 pairs over 21 periods; kinship codes 1, 2, 3, 5: 3, 1, 3, 1; 116 unknown",
    ),
    Expected(
        "jjatt_philippines_bombing", {"Person": 16}, {"linked_to": 69, "sibling_of": 4, "relative_of": 2},
        "69 pairs over 11 periods; kinship codes 1 twice and 3 four times",
    ),
    Expected(
        "kenya_tanzania_1998_2mode", {"Person": 18, "Event": 25}, {"took_part_in": 65},
        "Gerdes (2014): 18 people by 25 tasks; 65 rows",
    ),
    Expected("koschade_ji_bali_2002", {"Person": 17}, {"communicated_with": 63}, "Koschade (2006): 17 people, 63 pairs"),
    Expected(
        "rodriguez_madrid_2004", {"Person": 140}, {"linked_to": 486},
        "two copies of one network of 70 people, which stay two until judged one; in the first each of 243 ties stands twice",
    ),
]  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("expected", LAYERED, ids=lambda expected: expected.folder)
def test_layered(external: Path, expected: Expected) -> None:
    folder = external / expected.folder
    found = read("layered", folder)
    assert found.kinds == expected.kinds
    assert found.ties == expected.ties
    files = [path for path in folder.glob("*.csv") if path.stem.endswith(("nodes", "edges", "layers"))]
    assert found.tally.read == sum(len(rows(path)) for path in files)
    assert not found.tally.quarantined
    assert recognise([folder])[0][0] == "layered"


ONE_RELATION = [
    "abu_sayyaf_kidnappings_2mode", "global_suicide_attack_network", "jjatt_alqaeda_1993_2003", "jjatt_bali_2002",
    "jjatt_australian_embassy_2004", "jjatt_madrid_2004", "jjatt_philippines_bombing", "kenya_tanzania_1998_2mode",
    "koschade_ji_bali_2002",
]  # fmt: skip


@pytest.mark.parametrize("folder", ONE_RELATION)
def test_layered_pairs_are_those_of_the_file(external: Path, folder: str) -> None:
    """The very pairs of labels, without the layers that hold codes and without a node's tie to itself."""
    codes = ("OPERATION_ID", "TIE_YEAR", "TIE_EXTINGUISH", "KINSHIP")
    pairs = {
        frozenset((row["source"], row["target"]))
        for row in rows(external / folder / "edges.csv")
        if not any(code in row["layer"] for code in codes) and row["source"] != row["target"]
    }
    kin = {"sibling_of", "cousin_of", "partner_of", "relative_of"}
    found = read("layered", external / folder).pairs
    assert {frozenset(end.split(":", 1)[1] for end in ends) for kind, *ends in found if kind not in kin} == pairs


@pytest.mark.parametrize("folder", ["jjatt_madrid_2004", "jjatt_australian_embassy_2004", "jjatt_philippines_bombing"])
def test_no_tie_is_lost_with_the_codes(external: Path, folder: str) -> None:
    """Every pair of the layers of codes is one that a period dates: to pass them over loses no tie."""
    by_layer: dict[bool, set[frozenset[str]]] = {True: set(), False: set()}
    for row in rows(external / folder / "edges.csv"):
        if "KINSHIP" not in row["layer"]:
            coded = any(code in row["layer"] for code in ("OPERATION_ID", "TIE_YEAR", "TIE_EXTINGUISH"))
            by_layer[coded].add(frozenset((row["source"], row["target"])))
    assert by_layer[True] == by_layer[False]


def test_what_a_spreadsheet_ate_is_put_right(external: Path) -> None:
    names = set(read("layered", external / "baad_organisations").values("name"))
    assert {"15 May", "21 June", "1920 Revolution Brigades"} <= names
    assert not {"15-May", "21-Jun"} & names


def test_krebs_associates(external: Path) -> None:
    """61 rows and columns, 199 cells: one on the diagonal; the rest, 64 of them without a mirror, make it directed.

    `Tarek Maaroufi` stands for two rows, and stays two; the table of attributes misspells one of the two.
    """
    folder = external / "krebs_911"
    with (folder / "ucinet_9_11_HIJACKERS_ASSOCIATES.csv").open(encoding="utf-8-sig", newline="") as stream:
        table = [row[1:] for row in csv.reader(stream)][1:]
    cells = {(i, j) for i, row in enumerate(table) for j, cell in enumerate(row) if cell not in {"0", ""}}
    assert len(cells) == 199
    assert sum((j, i) not in cells for i, j in cells) == 64
    names = ("ucinet_9_11_HIJACKERS_ASSOCIATES.csv", "ucinet_9_11_HIJACKERS_ATTR.csv")
    found = read("matrix", *(folder / name for name in names))
    assert found.kinds == {"Person": 61}
    assert found.ties == {"tied_to": 198}
    assert len({frozenset((a, b)) for _, a, b in found.pairs}) == 131
    assert found.values("name").count("Tarek Maaroufi") == 2
    assert len(found.values("attribute")) == 61 * 3
    assert "Salem Alhazmi" in found.values("name")


def test_krebs_prior_contacts(external: Path) -> None:
    """19 people; 48 cells over 27 pairs, of which 21 have their mirror."""
    found = read("matrix", external / "krebs_911" / "ucinet_9_11_HIJACKERS_PRIORCONTACTS.csv")
    assert (found.kinds, found.ties) == ({"Person": 19}, {"tied_to": 48})
    assert len({frozenset((a, b)) for _, a, b in found.pairs}) == 27


def test_krebs_lists(external: Path) -> None:
    """First Monday's figure 4: 62 people, 153 ties. SNABook: 69 and 159 (382 lines, many both ways). Latora: 34 and 93."""
    found = read("edges", external / "krebs_911", mapping="krebs_911")
    people = Counter(row.subject.split(":")[0] for row in found.claims if row.property == "kind")
    ties = Counter(a.split(":")[0] for _, a, _ in found.pairs)
    assert people == {"krebs_firstmonday": 62, "krebs_snabook": 69, "krebs_latora": 34}
    assert ties == {"krebs_firstmonday": 153, "krebs_snabook": 159, "krebs_latora": 93}
    # The flight or group of each of 62 and of 19 people.
    assert len(found.values("attribute")) == 62 + 19
    assert not found.tally.quarantined


def test_krebs_and_bbc_as_json_lines(external: Path) -> None:
    """60 people (the two Tarek Maaroufi are one here) and 122 pairs; 56 and 33, each tie told both ways."""
    krebs = read("edges", external / "krebs_911" / "roxanne_911_hijackers.ndjson")
    assert (krebs.kinds, krebs.ties) == ({"Person": 60}, {"linked_to": 122})
    bbc = read("edges", external / "bbc_islamic_state_group" / "roxanne_bbc_islam_groups.ndjson")
    assert (bbc.kinds, bbc.ties) == ({"Person": 56}, {"linked_to": 33})
    lines = [
        json.loads(line)
        for line in (external / "bbc_islamic_state_group" / "roxanne_bbc_islam_groups.ndjson").read_text().splitlines()
        if line.startswith("{")
    ]
    assert len({frozenset((line["source"], line["target"])) for line in lines if line["type"] == "edge"}) == 33


def test_travel_patterns(external: Path) -> None:
    """19 people, 48 towns, 364 stays over 162 pairs of person and town; all but the one whose state is its own name
    lie in a state; Excel's day 36679 is 2 June 2000.
    """
    folder = external / "travel_patterns_911"
    stays = {(row["Actor"], row["POI"]) for row in rows(folder / "Routes.csv")}
    found = read("edges", folder, mapping="travel_patterns_911")
    assert found.kinds == {"Person": 19, "Place": 48}
    assert found.ties == {"visited": len(stays), "located_in": 47}
    assert len(stays) == 162
    assert sum(row.property == "citizen_of" for row in found.claims) == 19
    assert sum(row.property == "visited" for row in found.claims) == len(rows(folder / "Routes.csv")) == 364
    first = next(row for row in found.claims if row.property == "visited")
    assert (first.subject, first.valid) == ("travel_patterns_911:1", "2000-06-02/2000-06-03")
    assert not found.tally.quarantined
    contacts = read("matrix", folder / "SocialContactMatrix.csv", id="travel_patterns_911")
    assert contacts.ties == {"tied_to": 48}
    assert {row.subject for row in contacts.claims} <= {row.subject for row in found.claims}  # the same people


NOV13_TIES = {
    "took_part_in": 89, "member_of": 1, "present_at": 58, "located_in": 37, "linked_to": 52, "sibling_of": 9,
    "cousin_of": 5, "friend_of": 6, "recruited": 10, "partner_of": 1, "imprisoned_with": 1, "travelled_with": 1,
    "arrested_with": 1, "financed": 1,
}  # fmt: skip


def test_nov13(external: Path) -> None:
    """91 people; 22 attacks and 12 activities less one organisation; 12 sites and 3 quarters.

    93 INVOLVED_IN: 1 in an organisation, 3 with a family that is no group (linked_to), 89 others. 99 PRESENT_IN: 40 in
    countries over 37 pairs, 59 at sites over 58. 82 LINKED_TO over 81 pairs, two of them two ties (brother, recruited).
    """
    folder = external / "nov13"
    relations = rows(folder / "relationships.csv")
    found = read("nov13", folder)
    assert found.kinds == {"Person": 91, "Event": 33, "Organisation": 1, "Place": 15}
    assert found.ties == NOV13_TIES
    assert sum(row.property == "citizen_of" for row in {*found.claims}) >= 77
    countries = {row["var"] for row in rows(folder / "nodes.csv") if row["label"] == "Country"}
    present = [row for row in relations if row["type"] == "PRESENT_IN"]
    assert len({(row["source"], row["target"]) for row in present if row["target"] in countries}) == 37
    assert len({(row["source"], row["target"]) for row in present if row["target"] not in countries}) == 58
    assert found.tally.read == len(relations) + len(rows(folder / "nodes.csv")) + len(rows(folder / "references.csv"))
    assert not found.tally.quarantined


def test_nov13_has_a_press_report_behind_every_relation(external: Path) -> None:
    """One claim for each reference of each relation; TODO is no reference."""
    folder = external / "nov13"
    found = read("nov13", folder)
    sources = {record.id: record.source for record in found.records}
    behind = {sources[record.id] for record in found.records if record.pointer.startswith("relationships.csv")}
    wanted = {f"nov13:{ref}" for row in rows(folder / "relationships.csv") for ref in row["refs"].split("|")}
    assert behind == (wanted - {"nov13:TODO"}) | {"nov13"}
    assert len(found.sources) == 1 + 133 + 3  # the data set, those listed, and three used without being listed


def test_nov13_names_no_one_whom_its_statuses_do_not_let_be_named(external: Path, case: Case) -> None:
    """Arrested, dead without more, wanted without a warrant, free, and one aged 13: none of the 91 has a basis."""
    run("nov13", [external / "nov13"], case.file)
    graph = case.graph
    people = graph.kinds == "Person"
    assert people.sum() == 91
    assert len(bases_of(case.file).unnamed) == 91
    codes = Counter(graph.values("status")["value"])
    assert codes == {"arrested": 53, "dead": 20, "at large": 16, "released": 2, "minor": 1}
    names = {row["name"] for row in rows(external / "nov13" / "nodes.csv") if row["label"] == "Person"}
    left = released_graph(graph)
    assert not names & set(left.entities["label"])


def test_nov13s_own_projection_lies_within_ours(external: Path, case: Case) -> None:
    """All 273 pairs that the authors derive between people are tied in ours, on whatever basis.

    Theirs has one name spelt otherwise than in their table of people, and one person tied to himself. A minor stands in
    ours under a handle.
    """
    folder = external / "nov13"
    run("nov13", [folder], case.file)
    people = case.graph.people()
    ours = {frozenset((people.ids[a], people.ids[b])) for a, b in zip(people.source, people.target, strict=True)}
    keys = {row["name"]: f"nov13:{row['var']}" for row in rows(folder / "nodes.csv")}
    kept_out = [entry.handle for entry in book.entries(case.file)]
    assert len(kept_out) == 1
    keys |= {name: shown for name, key in keys.items() if (shown := handle(case.file, key)) in kept_out}
    keys["Abderamane Ameroud"] = keys["Abderahmane Ameroud"]
    with (folder / "ise_networkTieDetails.csv").open(encoding="cp1252", newline="") as stream:
        theirs = {frozenset((keys[row["n1"]], keys[row["n2"]])) for row in csv.DictReader(stream)}
    pairs = {pair for pair in theirs if len(pair) == 2}
    assert len(pairs) == 273
    assert pairs <= ours
