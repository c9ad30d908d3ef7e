from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.graph.errors import BadQuestion
from isthmus.queries.brokers import brokers
from tests.queries import small

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.graph.graph import Graph

# A star: the Belgian hub b with a Belgian, a French and a Moroccan contact; the Moroccan m joins b with the French x
COUNTRY = {"a": "BE", "b": "BE", "f": "FR", "m": "MA", "x": "FR", "out": "FR"}
TIES = [(name, "citizen_of", code) for name, code in COUNTRY.items()] + [
    ("b", "met", "a"), ("b", "met", "f"), ("b", "met", "m"), ("m", "met", "x"), ("out", "met", "b"), ("out", "met", "x"),
    ("nobody", "met", "b"),
]  # fmt: skip


@pytest.fixture
def drawn(case: Case) -> Graph:
    return small.graph(case, dict.fromkeys([*COUNTRY, "nobody"], "Person"), TIES, status={"out": "acquitted"})


def test_roles_on_paper(drawn: Graph) -> None:
    found = brokers(drawn, draws=20)
    rows = {row["id"]: row for row in found.table.to_dict("records")}
    # b's contacts a, f, m, out: open pairs af, am, aout (gatekeeper each), fm, mout (liaison), fout (outside broker)
    roles = ("gatekeeper", "representative", "liaison", "outside broker", "internal broker", "pairs")
    assert [rows["b"][name] for name in roles] == [3, 3, 4, 2, 0, 12]
    assert [rows["m"][name] for name in roles] == [0, 0, 2, 0, 0, 2]
    assert [rows["x"][name] for name in roles] == [1, 1, 0, 0, 0, 2]
    assert list(rows) == ["b", "m", "x"]  # the acquitted brokers too, and is not ranked
    assert found.left_out["people whose country is unknown"] == 1
    assert found.robustness["word"]
    assert all(found.claims)


def test_one_role(drawn: Graph) -> None:
    found = brokers(drawn, role="outside broker", draws=5)
    assert found.table["id"].tolist() == ["b"]
    assert found.table["pairs"].tolist() == [2]
    with pytest.raises(BadQuestion, match="no role"):
        brokers(drawn, role="boss")


def test_an_empty_case(case: Case) -> None:
    assert brokers(case.graph).table.empty
