"""A cell that names no country is set aside with its reason; the person or event of its row stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.loaders import run
from isthmus.queries.cross_border import cross_border

if TYPE_CHECKING:
    from isthmus.case import Case
    from isthmus.loaders.tally import Tally

FIELD = Path(__file__).parent


def told(case: Case, slug: str) -> tuple[dict[str, str], Tally]:
    """Citizenships and scenes of all that was loaded, joined by "/", and the books."""
    tally = run("tables", [FIELD / slug], case.file).tally
    graph = case.graph
    codes = graph.countries()
    rows = zip(graph.ids.tolist(), graph.kinds.tolist(), codes, strict=True)
    return {identity: "/".join(sorted(found)) for identity, kind, found in rows if kind != "Country"}, tally


def test_na_makes_nobody_a_namibian(case: Case) -> None:
    found, tally = told(case, "country_missing")
    assert found == {"r1": "", "r2": "", "r3": "DE", "r4": ""}
    assert (tally.quarantined, tally.cells) == (0, 4)  # three nationalities and a residence
    assert any("Namibia's code and a sign for what is missing" in notice for notice in tally.notices)
    assert not len(cross_border(case.graph, kinds=["pair"]).table)


def test_words_of_an_analyst_in_brussels_or_berlin(case: Case) -> None:
    found, tally = told(case, "country_words")
    assert found == {
        "q1": "BE", "q2": "MA", "q3": "DE", "q4": "DZ/FR", "q5": "", "q6": "XK", "q7": "", "q8": "TR", "q9": "SS",
        "q10": "GB", "q11": "YD", "q12": "", "q13": "",
    }  # fmt: skip
    assert (tally.quarantined, tally.cells) == (0, 4)  # stateless, unknown, 276 and CT: told, and nobody is lost


def test_an_event_in_a_place_that_is_no_country_is_kept_where_it_lies(case: Case) -> None:
    found, tally = told(case, "country_disputed")
    assert found == dict.fromkeys(["e-abk", "e-che", "e-crimea", "e-nc", "e-sol"], "")
    assert (tally.quarantined, tally.cells) == (0, 5)
    assert len(case.graph.values("coordinates")) == 5
