"""A view from a day equals that of a case physically cut at that day: nothing later leaks in."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import Phase, example, given
from hypothesis import strategies as st

from isthmus.case import Case
from isthmus.graph import dates
from isthmus.graph.fold.identity import deciding
from isthmus.graph.lens import Lens
from isthmus.graph.record.judgements import standing
from isthmus.graph.record.rows import Claim, Holding, Judgement, Record, Row, SourceRow
from isthmus.queries.knowable import knowable
from isthmus.queries.sharing.hindsight import as_now
from isthmus.queries.sharing.setting import setting
from tests.drawing import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.graph import Graph
    from isthmus.queries.sharing.rules import Rule

    Key = tuple[str, str, str]

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # it takes minutes
PEOPLE = ["p1", "p2", "p3", "p4"]
# What tells one thing from another stays: of an event its kind, day and scene.
NAMING = {"kind", "name", "event_kind", "date", "occurred_in"}
COUNTRIES = ["FR", "BE", "DE"]
DAYS = ["2015-01-10", "2015-03", "2015-06-01", "2015", "2015-09-20", "2016-02-02", ""]
PERSON = st.sampled_from(PEOPLE)
TIE = st.one_of(
    st.tuples(PERSON, st.sampled_from(["friend_of", "met", "linked_to"]), PERSON),
    st.tuples(PERSON, st.sampled_from(["took_part_in", "arrested_in", "planned"]), st.sampled_from(["e1", "e2"])),
    st.tuples(PERSON, st.just("radicalised"), st.just("yes")),
    st.tuples(PERSON, st.just("citizen_of"), st.sampled_from(COUNTRIES)),
)
FACTS = st.lists(st.tuples(TIE, st.sampled_from(DAYS)), min_size=3, max_size=12)
HELD = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(COUNTRIES), st.sampled_from(DAYS), st.booleans()), max_size=10
)
JUDGED = st.lists(
    st.tuples(PERSON, PERSON, st.sampled_from(["same", "different"]), st.sampled_from([*COUNTRIES, "all", "none"]),
              st.sampled_from([d for d in DAYS if d])),
    max_size=3,
)  # fmt: skip


def first_edition(facts: list[tuple[Key, str]]) -> Iterator[Row]:
    yield SourceRow("s", derived_from="own")
    for at, ((subject, name, value), valid) in enumerate(facts):
        record = Record("s", f"fact {at}")
        yield record
        yield Claim(record.id, subject, name, value, valid)
    base = Record("s", "base")
    yield base
    for person in PEOPLE:
        yield Claim(base.id, person, "kind", "Person")
    for event, day, country in (("e1", "2015-03-05", "FR"), ("e2", "2015-09-01", "BE")):
        yield Claim(base.id, event, "kind", "Event")
        yield Claim(base.id, event, "date", day)
        yield Claim(base.id, event, "occurred_in", country)


def corrections(facts: list[tuple[Key, str]], changed: int, taken_back: int) -> Iterator[Row]:
    """A later edition says another date for one fact; an analyst takes another back."""
    (subject, name, value), _ = facts[changed % len(facts)]
    record = Record("s", f"fact {changed % len(facts)}", text="corrected")
    yield record
    yield Claim(record.id, subject, name, value, "2015-05-05")
    (subject, name, value), valid = facts[taken_back % len(facts)]
    old = Claim(Record("s", f"fact {taken_back % len(facts)}").id, subject, name, value, valid)
    note = Record("s", "note")
    yield note
    yield Claim(note.id, subject, "retracts", old.id)


def holdings(facts: list[tuple[Key, str]], chosen: list[tuple[int, str, str, bool]]) -> Iterator[Row]:
    record = Record("s", "inquiry")
    yield record
    for at, country, day, known in chosen:
        (subject, name, value), _ = facts[at % len(facts)]
        since, state = (day, "held") if known else (f"../{day or '2015-12'}", "not held")
        yield Holding(subject, name, value, country, record.id, valid=since, state=state)


def judgements(judged: list[tuple[str, str, str, str, str]]) -> Iterator[Row]:
    for at, (left, right, verdict, who, day) in enumerate(judged):
        known = "" if who == "none" else day if who == "all" else json.dumps({who: day})
        if left != right:
            yield Judgement(left, right, verdict, "test", f"2020-01-0{at + 1}", known)


def visible(graph: Graph, rule: Rule, holders: tuple[str, ...], day: str) -> set[Key]:
    seen = setting(graph, rule=rule, q=1.0, known_by=day)
    held = seen.ledger.held(holders, seen.day)
    return {key for key, at in seen.facts.keys.items() if held[at].any()}


def cut(case: Case, into: Path, kept: set[Key], holders: tuple[str, ...], day: str) -> Case:
    """A case that has only what the holders held by the day, and the judgements that they knew by then."""
    until = dates.day(day)
    same = as_now(case.file, Lens.of(known_by=day, holders=holders)).same
    taken_back = {row.value for row in case.rows("claims") if row.property == "retracts"}

    def stays(row: Claim) -> bool:
        key = (same.get(row.subject, row.subject), row.property, same.get(row.value, row.value))
        return row.property in NAMING or row.property == "retracts" or row.id in taken_back or key in kept

    made = Case.create(into)
    rows: list[Row] = [*case.rows("sources"), *case.rows("records")]
    rows += [row for row in case.rows("claims") if stays(row)]
    for row in case.rows("holdings"):
        by_then = row.valid and dates.parse(row.valid).start_hi <= until
        if row.country in holders and (row.state == "not held" or by_then):
            rows.append(row)
    for row, _ in deciding(standing(case.file.connection)):  # what decides a pair, with when it was known
        known = json.loads(row.known_from) if row.known_from.startswith("{") else dict.fromkeys(holders, row.known_from)
        if any(not known[h] or dates.parse(known[h]).start_hi <= until for h in holders if h in known):
            rows.append(row._replace(known_from=""))
    made.load(rows, source="s")
    return made


NOT_TOLD_OF_THE_ARREST = example(
    [(("p4", "citizen_of", "FR"), "2015-01-10"), (("p4", "arrested_in", "e2"), "2015-06-01")],
    [(1, "BE", "2015", False)], [], 0, 0, "arresting", ("BE",), "2015-09-01",
)  # fmt: skip

# One record has Belgium hold an arrest since March, another not before the year is out: the rule waits until then, so
# that a case cut in September shows Belgium more in January, and is looked at on the day of the cut.
TOLD_OF_THE_ARREST_AND_NOT = example(
    [(("p1", "radicalised", "yes"), "2015-01-10"), (("p1", "took_part_in", "e1"), "2015-01-10"),
     (("p4", "arrested_in", "e2"), "2015-03"), (("p1", "arrested_in", "e2"), "2015-01-10"),
     (("p2", "radicalised", "yes"), "2015-01-10"), (("p4", "met", "p4"), "2015")],
    [(2, "DE", "2015-03", False), (7, "FR", "", False), (5, "BE", "2016-02-02", False), (9, "DE", "2015-09-20", False),
     (11, "DE", "2015-09-20", False), (9, "BE", "2015", False), (3, "BE", "2015-03", False), (5, "DE", "2015", True),
     (9, "BE", "2015-03", True), (1, "FR", "2015", True)],
    [("p4", "p2", "different", "FR", "2015-01-10"), ("p2", "p4", "different", "FR", "2015-06-01"),
     ("p3", "p2", "same", "all", "2015-03")],
    10, 8, "arresting", ("BE",), "2015-09-01",
)  # fmt: skip


@NOT_TOLD_OF_THE_ARREST
@TOLD_OF_THE_ARREST_AND_NOT
@drawn(25, phases=WITHOUT_SHRINKING)
@given(
    FACTS, HELD, JUDGED, st.integers(0, 11), st.integers(0, 11), st.sampled_from(["declared", "arresting"]),
    st.sampled_from([("FR",), ("BE",), ("FR", "BE"), ("DE",)]),
    st.sampled_from(["2015-01-10", "2015-03-31", "2015-09-01", "2015-12-31", "2016-03-01"]),
)  # fmt: skip
def test_a_view_at_a_day_is_that_of_a_case_cut_there(
    facts: list[tuple[Key, str]],
    held: list[tuple[int, str, str, bool]],
    judged: list[tuple[str, str, str, str, str]],
    changed: int,
    taken_back: int,
    rule: Rule,
    holders: tuple[str, ...],
    day: str,
) -> None:
    with TemporaryDirectory() as folder, Case.create(Path(folder) / "whole.case") as case:
        case.load(first_edition(facts), source="s")
        case.load([*corrections(facts, changed, taken_back), *holdings(facts, held), *judgements(judged)], source="s")
        whole = as_now(case.file, Lens.of(known_by=day, holders=holders))
        seen = visible(whole, rule, holders, day)
        with cut(case, Path(folder) / "cut.case", seen, holders, day) as small:
            later = as_now(small.file, Lens())
            assert visible(later, rule, holders, day) == seen
            # What was declared stands still once the case is cut; under a rule a declared ignorance may yet run out.
            assert rule != "declared" or visible(later, rule, holders, "2020-01-01") == seen
            now = knowable(case.graph, day, holders=holders, rule=rule, hindsight=True).table
            then = knowable(small.graph, day, holders=holders, rule=rule, hindsight=True).table
            columns = [f"{name}_hindsight" for name in ("concern_since", "facts", "in_countries", "acted_on")]
            assert now[columns].to_dict("records") == then[columns].to_dict("records")


@drawn(10, phases=WITHOUT_SHRINKING)
@given(FACTS, HELD)
def test_later_days_show_no_less(facts: list[tuple[Key, str]], held: list[tuple[int, str, str, bool]]) -> None:
    with TemporaryDirectory() as folder, Case.create(Path(folder) / "whole.case") as case:
        case.load([*first_edition(facts), *holdings(facts, held)], source="s")
        views = [
            visible(as_now(case.file, Lens.of(known_by=d)), "arresting", ("FR", "BE"), d)
            for d in ("2015-01-31", "2015-06-30", "2016-12-31")
        ]
        assert views[0] <= views[1] <= views[2]
