"""What was knowable on a day, to whom, and how many days before it mattered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph.countries import countries
from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.given import day, word
from isthmus.graph.schema import schema
from isthmus.queries.finding import Finding
from isthmus.queries.sharing import coverage
from isthmus.queries.sharing.caveats import caveats
from isthmus.queries.sharing.ladder import ladder
from isthmus.queries.sharing.rules import RULES, UPPER_BOUND
from isthmus.queries.sharing.setting import graph_at, setting
from isthmus.queries.sharing.spread import missing_people
from isthmus.queries.sharing.toward import near, with_parts
from isthmus.queries.sharing.warning import NEVER, Firsts, first_chain, first_concern, next_events
from isthmus.queries.sharing.wording import Words, since

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.given import Day, Texts
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
    from isthmus.queries.sharing.rules import Rule
    from isthmus.queries.sharing.setting import Setting

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

PEOPLE = ["person", "concern_since", "anyone_since", "delay_days", "facts", "in_countries", "acted_on", "next_event",
          "event_date", "warning_days", "says", "timing"]  # fmt: skip
CHAIN = ["chain_since", "chain_anyone"]
TABLES = ("people", "ladder", "facts")
RUNG = "{country} [{since}] ({body}) {how} ({from}) · {used} · {rule}"
SENTENCES = {
    "people": "{person}: {says} · facts {facts} · {in_countries}\n{timing}",
    "ladder": RUNG,
    "facts": RUNG,
}


def knowable(
    case_file: CaseFile,
    date: Day,
    *,
    holders: Texts | None = None,
    toward: str | None = None,
    rule: Rule = "arresting",
    q: float = 0.5,
    within: int = 2,
    table: str = "people",
    recorded_by: Day | None = None,
    min_grade: str | None = None,
    tlp: str | None = None,
    seed: int = 1,
) -> Finding:
    """What `holders` could see on `date` with what they held then, whenever it became public.

    One row a person of concern to them, or with `toward` each person on or near that aim (a person, an event, a
    country), seen or not. concern_since is the day from which a concern stood for the holders, anyone_since for all
    parties together; delay_days the difference; warning_days from the former to the next event in which the record
    gives the person a part. Identities are those known to the holders by then. `table` "ladder" lists who held which
    fact when, and whether it was acted on; "facts" the holders' facts. No `holders` means all together.

    Raises
    ------
    BadQuestion, BadDate, NoSuchEntity, AmbiguousName
        A holder that is no country, a table that does not exist, a date that is none, an aim that is not found.
    """
    who = countries(holders)
    graph = graph_at(case_file, date, who, recorded_by=recorded_by, min_grade=min_grade, tlp=tlp)
    return knowable_of(graph, date, holders=who, toward=toward, rule=rule, q=q, within=within, table=table, seed=seed)


def knowable_of(
    graph: Graph,
    date: Day,
    *,
    holders: Texts | None = None,
    toward: str | None = None,
    rule: Rule = "arresting",
    q: float = 0.5,
    within: int = 2,
    table: str = "people",
    seed: int = 1,
) -> Finding:
    """The same of a graph that `sharing.setting.graph_at` made for the date and the holders."""
    table, date = word(table, TABLES, "table", harmless=True), day(date)
    seen = setting(graph, rule=rule, q=q, known_by=date, within=within, values=("concern", "presence"), seed=seed)
    named = countries(holders)
    who = named or seen.parties
    words = Words(seen.facts)
    own = _own(seen, who)
    people, aims = _people(seen, own, toward)
    firsts = first_concern(seen, who)
    if table == "people":
        chain = first_chain(seen, who, aims) if aims is not None else None
        rows, behind = _rows(seen, words, who, people, firsts, chain)
    else:
        facts = _facts(seen, own if table == "facts" else _in_time(seen), people)
        rows, behind = ladder(seen.ledger, words, [[fact] for fact in facts])
        if table == "facts":
            keep = rows["country"].isin(list(who)).to_numpy() if len(rows) else np.zeros(0, dtype=bool)
            rows, behind = rows[keep].reset_index(drop=True), [b for b, k in zip(behind, keep, strict=True) if k]
    return Finding(
        name="knowable",
        table=rows,
        method=f"What {'/'.join(who) if named else 'all parties together'} held by {date}, declared and by rule "
        f"{rule}, whenever it became public; identities as known then. A concern is a fact on status, membership, "
        "direction or travel. The next event is the record's, which nobody had then: it dates the warning only.",
        parameters={
            **coverage.declared(seen.ledger), "date": date, "holders": list(named), "toward": toward,
            "rule": rule, "within": within, "table": table, **graph.arguments,
        },
        claims=words.claims(behind),
        robustness={**_under(seen, who, q, seed), **missing_people(seen, own, seed=seed)},
        caveats=(
            *caveats(seen),
            "A day that a source gives as a month or a year counts from its last day.",
        ),
        left_out=_left_out(seen, who, firsts, own),
        seed=seed,
        sentence=SENTENCES[table],
        heading="" if table == "people" else "fact",
    )  # fmt: skip


def _own(seen: Setting, who: tuple[str, ...]) -> Bools:
    return np.asarray(seen.ledger.held(who, seen.day).any(axis=1), dtype=bool)


def _in_time(seen: Setting) -> Bools:
    """Facts that may have begun by the day, other than what a person is by birth or kin."""
    day = MAX_DAY if seen.day is None else seen.day
    return (seen.facts.first <= day) & ~np.isin(seen.facts.words, sorted(schema().ageless))


def _people(seen: Setting, own: Bools, toward: str | None) -> tuple[list[int], Bools | None]:
    """Whom the rows are about: those of concern to the holders, or those on and near the aim."""
    if toward is None:
        fact, who = seen.facts.about
        return sorted(set(who[(own & seen.counted)[fact]].tolist())), None
    aims = with_parts(seen.facts, seen.graph.index(toward))
    reached = near(seen, aims, later=True)
    return np.flatnonzero(reached).tolist(), reached if not (aims & reached).any() else aims


def _rows(
    seen: Setting, words: Words, who: tuple[str, ...], people: list[int], firsts: Firsts, chain: Firsts | None
) -> tuple[pd.DataFrame, list[list[int]]]:
    fact, about = seen.facts.about
    events, own = next_events(seen), _own(seen, who) & seen.counted
    silent = seen.ledger.silent()
    day = MAX_DAY if seen.day is None else seen.day
    rows, behind = [], []
    for person in sorted(people, key=lambda at: (firsts.holders[at], firsts.anyone[at], str(seen.graph.ids[at]))):
        every = fact[about == person]
        mine = every[own[every]]
        when, anyone = int(firsts.holders[person]), int(firsts.anyone[person])
        acted = _acted(seen, who, mine)
        event = events.get(person)
        date = int(seen.facts.days[0][event]) if event is not None else None
        rows.append(
            {"person": words.entity(person), "concern_since": _day(when), "anyone_since": _day(anyone),
             "delay_days": when - anyone if max(when, anyone) < MAX_DAY else None, "facts": len(mine),
             "in_countries": " ".join(_where(seen, mine)), "acted_on": acted,
             "next_event": words.entity(event) if event is not None else "", "event_date": since(date) if date else "",
             "warning_days": date - when if date and when <= day else None,
             "says": _says(when, anyone, day, acted, bool(silent[every].all())),
             **({} if chain is None else _linked(chain, person))}
        )  # fmt: skip
        rows[-1]["timing"] = _timing(rows[-1])
        behind.append(mine.tolist())
    return pd.DataFrame(rows, columns=PEOPLE if chain is None else [*PEOPLE, *CHAIN], dtype=object), behind


def _timing(row: dict[str, object]) -> str:
    """The days of a row in words; what is not known is left out."""
    said = [f"since {row['concern_since']}"] if row["concern_since"] else []
    if row["anyone_since"]:
        earlier = f", {row['delay_days']} days earlier" if row["delay_days"] else ""
        said.append(f"anyone since {row['anyone_since']}{earlier}")
    if row["warning_days"] is not None:
        said.append(f"{row['warning_days']} days before {row['next_event']} ({row['event_date']})")
    elif row["next_event"]:
        said.append(f"then {row['next_event']} ({row['event_date']})")
    return "; ".join(said)


def _linked(chain: Firsts, person: int) -> dict[str, object]:
    days = (int(chain.holders[person]), int(chain.anyone[person]))
    return {name: "on the aim" if day == 0 else _day(day) for name, day in zip(CHAIN, days, strict=True)}


def _day(day: int) -> str:
    return "" if day >= NEVER else since(day)


def _says(when: int, anyone: int, day: int, acted: str, silent: bool) -> str:
    """Whether what was missing was sharing or action."""
    if when <= day:
        return "held; acted on" if acted == "acted on" else f"held; {acted}"
    if anyone <= day:
        return "held by others only: a gap in sharing"
    if when == MAX_DAY or anyone == MAX_DAY:
        return "held, day not stated"
    if when < NEVER or anyone < NEVER:
        return "held only later"
    return "rule silent" if silent else "held by nobody"


def _acted(seen: Setting, who: tuple[str, ...], facts: Ints) -> str:
    rows = seen.ledger.rows
    mine = rows[rows["fact"].isin(facts.tolist()) & rows["country"].isin(list(who))]
    used = set(mine["used"])
    return next((word for word in ("acted on", "not acted on") if word in used), "action not stated")


def _where(seen: Setting, facts: Ints) -> list[str]:
    from isthmus.queries.sharing.worth import items

    found, shown = items(seen.facts, ["presence"])
    return sorted({found[at][2] for fact, at in shown.tolist() if fact in set(facts.tolist())})


def _facts(seen: Setting, mask: Bools, people: list[int]) -> list[int]:
    fact, about = seen.facts.about
    wanted = np.unique(fact[np.isin(about, people) & mask[fact]])
    return [int(f) for f in wanted]


def _under(seen: Setting, who: tuple[str, ...], q: float, seed: int) -> dict[str, Any]:
    """People of concern that the holders, and that anyone, could see under each rule."""
    found = {}
    for rule in RULES:
        other = seen if rule == seen.ledger.rule else seen.under(rule, q=q, seed=seed)
        firsts = first_concern(other, who)
        day = seen.day if seen.day is not None else MIN_DAY
        mine, all_of_them = int((firsts.holders <= day).sum()), int((firsts.anyone <= day).sum())
        name = f"{rule} (upper bound)" if rule == UPPER_BOUND else rule
        found[f"rule {name}"] = f"{mine} people of concern to them, {all_of_them} to anyone"
    return found


def _left_out(seen: Setting, who: tuple[str, ...], firsts: Firsts, own: Bools) -> dict[str, int]:
    day = seen.day if seen.day is not None else MAX_DAY
    others = int(((firsts.anyone <= day) & (firsts.holders > day)).sum())
    undated = int(np.count_nonzero(seen.ledger.since(who) == MAX_DAY))
    found = {"people of concern that only others could see": others, "holdings of a day that is not stated": undated,
             "facts that the holders did not hold": int((seen.counted & ~own).sum())}  # fmt: skip
    return {**seen.graph.left_out, **{name: count for name, count in found.items() if count}}
