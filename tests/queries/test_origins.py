from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.origins import Origins
from isthmus.graph.record.rows import Claim, Record, SourceRow
from isthmus.queries.origins import joined, origins
from tests.queries import small

if TYPE_CHECKING:
    from isthmus.case import Case

PEOPLE = {"ann": "Person", "ben": "Person"}
TEXT = (
    "Police in Athens said on Saturday that the two men had met twice in the autumn and that a telephone was seized "
    "in the flat where one of them had stayed before he left for the north"
)


def test_copies_of_one_wire_are_one_origin(case: Case) -> None:
    ties = [("ann", "met", "ben", "B1", source) for source in ("wire", "paper", "site")]
    graph = small.graph(case, PEOPLE, ties, derived_from={"paper": "wire", "site": "paper"})
    row = origins(graph).table.to_dict("records")[0]
    assert (row["sources"], row["origins"], row["bound"], row["confirmed"]) == (3, 1, "", "no")
    assert row["grade"] == "B2"  # "confirmed" is refused
    assert row["which"] == "paper = site = wire"


def test_two_declared_origins_confirm_and_an_undeclared_one_does_not(case: Case) -> None:
    ties = [("ann", "met", "ben", "B1", "wire"), ("ann", "met", "ben", "B1", "court")]
    row = origins(small.graph(case, PEOPLE, ties)).table.to_dict("records")[0]
    assert (row["origins"], row["bound"], row["confirmed"], row["grade"]) == (2, "", "yes", "B1")
    case.load([SourceRow("blog"), *_report("blog", "other words")], source="blog")
    row = origins(case.graph).table.to_dict("records")[0]
    assert (row["origins"], row["bound"], row["confirmed"]) == (3, "at most", "no")


def _report(source: str, text: str, published: str = "2015-11-21") -> tuple[Record, Claim]:
    record = Record(source, f"{source} report", published=published, text=text)
    return record, Claim(record.id, "ann", "met", "ben")


def test_the_same_words_within_three_days_are_one_origin(case: Case) -> None:
    small.graph(case, PEOPLE, [])
    for source, text, day in (("a", TEXT, "2015-11-21"), ("b", f"{TEXT} again", "2015-11-22"), ("c", TEXT, "2016-01")):
        case.load([SourceRow(source, derived_from="own"), *_report(source, text, day)], source=source)
    found = origins(case.graph)
    row = found.table.to_dict("records")[0]
    assert row["which"] == "c | a = b" or row["which"] == "a = b | c"
    assert row["origins"] == 2
    assert [line["other"] for line in found.robustness["near-identical texts"]] == ["b"]
    assert origins(case.graph, alike=1.0).table["origins"].tolist() == [3]


def test_a_copy_never_raises_a_grade_or_a_chance(case: Case) -> None:
    ties = [("ann", "met", "ben", "C3", "wire")]
    before = small.graph(case, PEOPLE, ties, derived_from={"paper": "wire"}).ties.iloc[0]
    after = small.graph(case, PEOPLE, [*ties, (*ties[0][:4], "paper")], derived_from={"paper": "wire"}).ties.iloc[0]
    assert (after["grade"], after["probability"], after["origins"]) == (before["grade"], before["probability"], 1)
    assert after["affirmed"] == 2


@pytest.mark.parametrize("seed", range(20))
def test_random_report_trees(seed: int) -> None:
    """Reports that derive from one or two earlier ones: the groups are the components of sharing a root."""
    random = np.random.default_rng(seed)
    derived: dict[str, str] = {}
    roots: dict[str, frozenset[str]] = {}
    for number in range(14):
        name = f"s{number:02d}"
        parents = [f"s{at:02d}" for at in random.choice(number, min(number, int(random.integers(0, 3))), replace=False)]
        derived[name] = ";".join(parents) or "own"
        roots[name] = frozenset().union(*(roots[parent] for parent in parents)) or frozenset({name})
    known = Origins(derived)
    assert {name: known.roots(name)[0] for name in derived} == roots
    groups = joined([(name, roots[name]) for name in derived], set())
    where = {name: at for at, group in enumerate(groups) for name in group}
    assert sorted(where) == sorted(derived)
    for one, other in combinations(derived, 2):
        if roots[one] & roots[other]:
            assert where[one] == where[other]
    for left, right in combinations(groups, 2):
        assert not any(roots[one] & roots[other] for one in left for other in right)


def test_of_one_entity_and_what_cannot_be_asked(case: Case) -> None:
    graph = small.graph(case, PEOPLE | {"cem": "Person"}, [("ann", "met", "ben"), ("ben", "met", "cem")])
    assert origins(graph, "ann").table["object_id"].tolist() == ["ben"]
    assert len(origins(graph, top=1).table) == 1
    with pytest.raises(BadQuestion, match="share"):
        origins(graph, alike=0)


def test_an_empty_case(case: Case) -> None:
    assert origins(case.graph).table.empty
