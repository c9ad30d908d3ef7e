from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from isthmus.queries.measures import network
from isthmus.queries.measures.crossing import country_sets
from isthmus.queries.measures.roles import BETWEEN, ROLES, between_groups, brokerage

if TYPE_CHECKING:
    from pathlib import Path


def of(*codes: str) -> list[frozenset[str]]:
    return [frozenset(code.split("/")) - {""} for code in codes]


@pytest.mark.parametrize(
    ("codes", "role"),
    [
        (("BE", "BE", "BE"), "internal broker"),
        (("BE", "FR", "BE"), "outside broker"),
        (("BE", "FR", "FR"), "gatekeeper"),
        (("BE", "BE", "FR"), "representative"),
        (("BE", "FR", "MA"), "liaison"),
        (("BE", "BE/MA", "MA"), "joint member"),
    ],
)
def test_each_role_on_a_path_of_three(codes: tuple[str, ...], role: str) -> None:
    sets = country_sets(of(*codes))
    counts = brokerage(network(3, [0, 1], [1, 2]), sets.of, sets.apart)
    mirrored = {"gatekeeper", "representative"}
    for name in ROLES:
        expected = 2 if name == role and role not in mirrored else 1 if role in mirrored and name in mirrored else 0
        assert counts[name].tolist() == [0, expected, 0]


def test_a_tie_closes_a_pair_and_an_unknown_country_counts_for_nothing() -> None:
    sets = country_sets(of("BE", "FR", "MA", ""))
    assert not between_groups(network(4, [0, 1, 0, 1], [1, 2, 2, 3]), sets.of, sets.apart).any()


def test_equals_looking_at_every_triple(monkeypatch: pytest.MonkeyPatch) -> None:
    from isthmus.queries.measures import roles

    random = np.random.default_rng(1)
    reference: nx.Graph[int] = nx.gnm_random_graph(25, 70, seed=1)
    codes = [frozenset(random.choice(["BE", "FR", "MA", "DZ"], size, replace=False).tolist())
             for size in random.integers(0, 3, 25)]  # fmt: skip
    sets = country_sets(codes)
    pairs = np.array(reference.edges)
    made = network(25, pairs[:, 0], pairs[:, 1])
    counts = brokerage(made, sets.of, sets.apart)
    expected = {role: np.zeros(25) for role in ROLES}
    for b in reference:
        for a in reference[b]:
            for c in reference[b]:
                if a != c and not reference.has_edge(a, c) and codes[a] and codes[b] and codes[c]:
                    left, right, ends = (
                        bool(x & y) for x, y in ((codes[a], codes[b]), (codes[b], codes[c]), (codes[a], codes[c]))
                    )
                    if left and right:
                        role = "internal broker" if ends else "joint member"
                    elif left != right:
                        role = "representative" if left else "gatekeeper"
                    else:
                        role = "outside broker" if ends else "liaison"
                    expected[role][b] += 1
    for role in ROLES:
        assert counts[role].tolist() == expected[role].tolist()
    assert (
        between_groups(made, sets.of, sets.apart).tolist()
        == np.sum([expected[role] for role in BETWEEN], axis=0).tolist()
    )
    monkeypatch.setattr(roles, "_AT_ONCE", 5)
    again = brokerage(made, sets.of, sets.apart)
    assert all((again[role] == counts[role]).all() for role in ROLES)


@pytest.mark.external
def test_nov13_open_triads_by_nationality(external: Path) -> None:
    """Gutfraind & Genkin (2017), extended network: counts that a second program gave on the same files."""
    folder = external / "nov13"
    with (folder / "nodes.csv").open(encoding="utf-8") as nodes:
        citizenship = {row["name"]: row["citizenship"] for row in csv.DictReader(nodes)}
    citizenship["Abderamane Ameroud"] = "Algeria"
    with (folder / "ise_terrorNetworkExtended.csv").open(encoding="latin-1") as ties:
        pairs = sorted(
            {tuple(sorted((row["n1"], row["n2"]))) for row in csv.DictReader(ties) if row["n1"] != row["n2"]}
        )
    names = sorted({name for pair in pairs for name in pair})
    sets = country_sets([frozenset({citizenship[name]} - {"", "NA", "unknown"}) for name in names])
    source, target = ([names.index(pair[end]) for pair in pairs] for end in (0, 1))
    counts = brokerage(network(len(names), source, target), sets.of, sets.apart)
    found = {role: int(values.sum()) for role, values in counts.items()}
    assert found == {
        "liaison": 774, "gatekeeper": 658, "representative": 658, "outside broker": 400, "internal broker": 376,
        "joint member": 0,
    }  # fmt: skip
