"""Rankings of other publishers' networks, loaded as a user would, against what others computed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.loaders import run
from isthmus.queries.profile import profile
from isthmus.queries.rank import rank

if TYPE_CHECKING:
    from isthmus.case import Case

pytestmark = pytest.mark.external
REFERENCE = Path(__file__).parents[1] / "fixtures" / "reference_measures.json"


@pytest.mark.parametrize(
    ("measure", "call"),
    [("strength", "strength(g, weights=w)"), ("betweenness", "betweenness(g, weights=1/w, normalized=TRUE)"),
     ("eigenvector", "eigen_centrality(g, weights=w)$vector, length 1"), ("constraint", "constraint(g, weights=w)")],
)  # fmt: skip
def test_koschade_by_the_weights_of_the_file(external: Path, case: Case, measure: str, call: str) -> None:
    run("layered", [external / "koschade_ji_bali_2002"], case.file)
    found = rank(case.graph, measure, top=0, draws=2, levels=[0.1]).table
    listed = json.loads(REFERENCE.read_text("utf-8"))["values"]
    told = next(one["value"] for one in listed if (one["network"], one["call"]) == ("koschade, weights", call))
    labels = sorted(str(identity).split(":")[1] for identity in found["id"])
    values = {f"n{labels.index(str(identity).split(':')[1]) + 1}": value
              for identity, value in zip(found["id"], found["value"], strict=True)}  # fmt: skip
    assert values == pytest.approx(told, abs=2e-6)


def test_madrid_by_the_weights_of_the_file(external: Path, case: Case) -> None:
    """M. Franceschet (University of Udine): mean strength 8.812 over the 64 who have ties, the highest 43."""
    folder = external / "rodriguez_madrid_2004"
    run("layered", [folder / "madrid_v2_nodes.csv", folder / "madrid_v2_edges.csv"], case.file)
    found = rank(case.graph, "strength", top=0, draws=2, levels=[0.1]).table
    assert (len(found), found["value"].max()) == (64, 43)
    assert found["value"].mean() == pytest.approx(8.812, abs=0.001)


def test_allegiances_count_pairs_across(external: Path, case: Case) -> None:
    """46 ties of 45 organisations to 20 countries and places: the publisher's 47 x 20 has a man among the first."""
    run("layered", [external / "is_allegiances_2mode"], case.file)
    found = profile(case.graph, kinds=["Organisation", "Country", "Place"]).table
    values = dict(zip(found["measure"], found["value"], strict=True))
    assert values["ties"] == 46
    assert values["two_mode_density"] == pytest.approx(46 / (45 * 20))
