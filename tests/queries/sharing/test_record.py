from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from isthmus.graph.dates import iso
from isthmus.graph.record.rows import Claim, Record, SourceRow, pack
from isthmus.queries.sharing.power import Plan, detect
from isthmus.queries.sharing.record import documented
from isthmus.queries.sharing.replay import interval, replay, sign_flips
from tests.queries.sharing.hand import RECORD, held, load

if TYPE_CHECKING:
    from isthmus.case import Case

ROOT = Path(__file__).parents[3]
STATED = {"failure": "f1", "holder": "DE", "needed_by": "FR", "known": "2015-03", "outcome_date": "2015-11-13",
          "category": "not shared"}  # fmt: skip


def tell(case: Case, subject: str = "p1", **changed: str) -> None:
    load(case, ["p1 citizen_of FR", "e1 date 2015"], [])
    claim = Claim(RECORD.id, subject, "exchange_outcome", "attack", qualifiers=pack({**STATED, **changed}))
    case.load([claim], source="s")


@pytest.mark.parametrize(
    ("changed", "sort"),
    [({}, "eligible"),
     ({"category": "unclear", "shared": "2015-04"}, "eligible"),
     ({"shared": "2015-04"}, "shared, not acted on"),
     ({"category": "shared, not acted on"}, "shared, not acted on"),
     ({"category": "shared too late", "shared": "2015-11-13"}, "eligible"),
     ({"needed_by": "DE"}, "internal"),
     ({"known": "2016"}, "known too late"),
     ({"category": "success"}, "positive control"),
     ({"subject": "e1"}, "names no one")],
)  # fmt: skip
def test_a_case_is_sorted_by_what_it_says(case: Case, changed: dict[str, str], sort: str) -> None:
    tell(case, **changed)
    (found,) = documented(case.graph)
    assert found.sort == sort


def test_a_case_is_replayed_from_the_eve_or_from_the_day_on_which_it_was_known(case: Case) -> None:
    tell(case)
    assert iso(documented(case.graph)[0].day) == "2015-11-12"


def test_a_case_known_on_the_day_itself_is_replayed_from_that_day(case: Case) -> None:
    tell(case, known="2015-11-13")
    assert iso(documented(case.graph)[0].day) == "2015-11-13"


def test_foresight_leaves_out_the_row_and_what_rests_only_on_its_sources(case: Case) -> None:
    facts = ["p1 citizen_of FR", "p1 radicalised yes", "p1 intends harm", "p2 citizen_of BE"]
    load(case, facts, [held("p1 intends harm", "BE", "2015-01")])
    inquiry = Record("inquiry", "row 1")
    own = held("p1 radicalised yes", "DE", "2015-03")._replace(record=inquiry.id, group="f1")
    claim = Claim(inquiry.id, "p1", "exchange_outcome", "attack", qualifiers=pack(STATED))
    further = Claim(inquiry.id, "p1", "suspected_of", "travel")
    known = held("p1 suspected_of travel", "DE", "2015-03")._replace(record=inquiry.id)
    case.load([SourceRow("inquiry"), inquiry, claim, further, own, known], source="inquiry")
    (found,) = documented(case.graph)
    (run,) = replay(case.file, found, ["declared"])
    assert run.mechanism_hindsight == 1.0  # DE holds two facts on p1, BE one
    assert run.foresight_hindsight == pytest.approx(1 / 2)  # BE keeps its fact; DE alone is left
    assert "nothing says that DE held" in run.lesson_hindsight


def test_an_interval_over_equal_values_has_no_width() -> None:
    assert interval(np.array([0.5, 0.5, 0.5])) == (0.5, 0.5)


def test_sign_flips_of_three_equal_gains() -> None:
    assert sign_flips(np.array([1.0, 1.0, 1.0, 0.0])) == pytest.approx(2 / 8)
    assert sign_flips(np.zeros(3)) == 1.0


def test_a_larger_hidden_channel_is_found_more_often() -> None:
    found = [detect(Plan(size=size), draws=40).first for size in (2, 5, 20)]
    assert found[0] < found[1] < found[2]
    assert found[2] > 0.95


def test_missing_facts_and_a_wrong_rule_hide_the_channel() -> None:
    assert detect(Plan(missing=0.8), draws=40).first < detect(Plan(), draws=40).first
    assert detect(Plan(wrong=0.8), draws=40).first < detect(Plan(), draws=40).first


def test_the_page_is_what_its_script_writes(shipped: Case) -> None:
    spec = importlib.util.spec_from_file_location("sharing_record", ROOT / "bench" / "sharing_record.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = (ROOT / "docs" / "sharing-gap.md").read_text(encoding="utf-8")
    assert script.page(shipped) == written, "run python bench/sharing_record.py"
