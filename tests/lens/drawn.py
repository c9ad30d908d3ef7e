"""Drawn cases: a handful of people, events, cells, things and places, and what sources of several years say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from isthmus.graph.record.rows import Assessment, Claim, Holding, Judgement, Record, SourceRow, pack
from tests.graph.make import KINDS
from tests.lens.cutting import Asked

if TYPE_CHECKING:
    from isthmus.graph.record.rows import Row

DAYS = [
    "2013",
    "2014",
    "2014-06",
    "2015",
    "2015-01-07",
    "2015-11",
    "2015-11-12",
    "2015-11-13",
    "2016",
    "2016-03-22",
    "2018",
]
DATES = ["", *DAYS, "2014/", "2014/..", "../2015", "/2016", "2014/2016", "2015-11-13/2016-03", "2015~", "201X",
         "2014/[2016..]"]  # fmt: skip
PUBLISHED = ["", "2014", "2015", "2015-01-20", "2015-11", "2015-11-12", "2015-11-14", "2016-04", "2017", "2022-06-29"]
COUNTRIES = ["BE", "FR", "TR"]
PEOPLE, EVENTS = ["p1", "p2", "p3"], ["e1", "e2"]
LITERALS = {
    "p": {"name": ["Abu"], "alias": ["Ab"], "birth": ["1987"], "gender": ["male"], "role": ["driver"], "city": ["Paris"],
          "status": ["arrested", "convicted", "acquitted", "killed"], "intends": ["harm"]},
    "e": {"name": ["Abattack"], "event_kind": ["attack", "plot", "arrest"], "date": DAYS[3:], "killed": ["3..3"],
          "city": ["Paris"], "direction": ["directed"], "coordinates": ["48.8,2.3"]},
    "c": {"name": ["Abcell"], "group_type": ["cell"]},
    "o": {"object_kind": ["telephone"], "city": ["Paris"]},
    "l": {"city": ["Paris"], "coordinates": ["50.8,4.3"]},
}  # fmt: skip
TIES = {
    ("p", "p"): ["met", "sibling_of", "partner_of", "recruited"],
    ("p", "e"): ["took_part_in", "directed", "supplied", "arrested_in", "tried_in", "killed_in"],
    ("p", "c"): ["member_of", "leader_of"], ("p", "o"): ["used"], ("p", "l"): ["visited", "born_in"],
    ("p", "C"): ["citizen_of", "resident_of", "entered"], ("e", "C"): ["occurred_in", "targets"],
    ("e", "l"): ["occurred_in"], ("e", "e"): ["foiled_by", "part_of"], ("c", "C"): ["operates_in"],
    ("c", "e"): ["carried_out"], ("l", "C"): ["located_in"], ("l", "l"): ["part_of"], ("o", "C"): ["located_in"],
}  # fmt: skip
IDS = {"p": PEOPLE, "e": EVENTS, "c": ["c1"], "o": ["o1"], "l": ["l1", "l2"], "C": COUNTRIES}
QUALIFIERS = [{}, {"role": "driver"}, {"note": "known from 2022"}, {"end_bound": "death", "role": "cook"}]


@st.composite
def facts(draw: st.DrawFn) -> tuple[str, str, str]:
    """Subject, property and value of what a source may say."""
    if draw(st.booleans()):
        kind = draw(st.sampled_from(sorted(LITERALS)))
        name = draw(st.sampled_from(sorted(LITERALS[kind])))
        return draw(st.sampled_from(IDS[kind])), name, draw(st.sampled_from(LITERALS[kind][name]))
    here, there = draw(st.sampled_from(sorted(TIES)))
    subject = draw(st.sampled_from(IDS[here]))
    value = draw(st.sampled_from([one for one in IDS[there] if one != subject]))
    return subject, draw(st.sampled_from(TIES[here, there])), value


@st.composite
def records(draw: st.DrawFn) -> list[Row]:
    """Rows of a case."""
    made: list[Row] = []
    said: list[tuple[str, str, str]] = []
    for number in range(draw(st.integers(1, 4))):
        source, published = f"s{number}", draw(st.sampled_from(PUBLISHED))
        record = Record(source, "row", published=published)
        made += [SourceRow(source, published=published, derived_from=draw(st.sampled_from(["", "own", "s0"]))), record]
        made.append(Assessment("source", source, draw(st.sampled_from("ABDF")), "test"))
        told = draw(st.lists(facts(), min_size=1, max_size=8))
        said += told
        for one in sorted(
            {end for fact in told for end in (fact[0], fact[2]) if end[:1] in KINDS and end[1:].isdigit()}
        ):
            made.append(Claim(record.id, one, "kind", KINDS[one[0]]))
        for subject, name, value in told:
            valid = "" if name in ("date", "name") else draw(st.sampled_from(DATES))
            polarity = draw(st.sampled_from(["affirmed"] * 5 + ["denied"]))
            made.append(
                Claim(record.id, subject, name, value, valid, polarity, pack(draw(st.sampled_from(QUALIFIERS))))
            )
    return [*made, *draw(_holdings(said)), *draw(_judgements())]


@st.composite
def _holdings(draw: st.DrawFn, said: list[tuple[str, str, str]]) -> list[Row]:
    record = Record("inquiry", "row", published="2019")
    held = draw(st.lists(st.sampled_from(said), max_size=4))
    states = st.sampled_from(["held", "held", "not held"])
    return [SourceRow("inquiry", published="2019"), record, *(
        Holding(*fact, draw(st.sampled_from(COUNTRIES)), record.id, valid=draw(st.sampled_from(["", *DAYS])), state=draw(states))
        for fact in held
    )]  # fmt: skip


@st.composite
def _judgements(draw: st.DrawFn) -> list[Row]:
    known = draw(st.lists(st.sampled_from(["", "2015", "2016-03", '{"FR":"2015-06","BE":"2016"}']), max_size=1))
    return [Judgement("p1", "p2", "same", "analyst", "2020-01-01", known_from) for known_from in known]


@st.composite
def lenses(draw: st.DrawFn) -> Asked:
    """A lens with one clock or more."""
    days = st.sampled_from(DAYS)
    parts = draw(st.sets(st.sampled_from(["valid", "known_by", "published_by"]), min_size=1, max_size=2))
    return Asked.at({part: draw(days) for part in sorted(parts)}, draw(st.sets(st.sampled_from(COUNTRIES))))
