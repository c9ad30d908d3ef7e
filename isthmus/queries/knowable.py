"""What was knowable on a day, to whom, and how many days before it mattered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import word
from isthmus.graph.lens import Lens
from isthmus.graph.schema import schema
from isthmus.queries.finding import Finding, of_records
from isthmus.queries.sharing import coverage
from isthmus.queries.sharing.caveats import caveats
from isthmus.queries.sharing.hindsight import SAYS, SUFFIX, aim, alone, as_now
from isthmus.queries.sharing.ladder import ladder
from isthmus.queries.sharing.rules import RULES, UPPER_BOUND
from isthmus.queries.sharing.setting import setting
from isthmus.queries.sharing.spread import missing_people
from isthmus.queries.sharing.toward import near, with_parts
from isthmus.queries.sharing.warning import NEVER, Firsts, first_chain, first_concern, next_events
from isthmus.queries.sharing.wording import Words, since

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from isthmus.graph.given import Day, Texts
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Columns
    from isthmus.queries.sharing.rules import Rule
    from isthmus.queries.sharing.setting import Setting

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

PEOPLE = ["person", "concern_since", "facts", "in_countries", "acted_on", "says"]
CHAIN = ["chain_since"]
LATER = ["concern_since", "anyone_since", "delay_days", "facts", "in_countries", "acted_on", "next_event", "event_date",
         "warning_days", "says", "timing"]  # fmt: skip
LATER_CHAIN = ["chain_since", "chain_anyone"]
TABLES = ("people", "ladder", "facts")
RUNG = "{country} [{since}] ({body}) {how} ({from}) · {used} · {rule}"
SENTENCES = {
    "people": "{person}: {says} since {concern_since} · facts {facts} · {in_countries}\n"
    "in hindsight {says_hindsight}; {timing_hindsight}",
    "ladder": RUNG,
    "facts": RUNG,
}
HINDSIGHT = "{person}: {says} · facts {facts} · {in_countries}\n{timing}"


def knowable(
    graph: Graph,
    date: Day | None = None,
    *,
    holders: Texts | None = None,
    toward: str | None = None,
    rule: Rule = "arresting",
    q: float = 0.5,
    within: int = 2,
    table: str = "people",
    hindsight: bool = False,
    seed: int = 1,
) -> Finding:
    """What `holders` could see on `date` with what was known by then, whenever it became public.

    `date` and `holders` are the lens's `known_by` and `holders`; given here they count. One row a person of concern to
    the holders, or with `toward` each person on or near that aim (a person, an event, a country), seen or not.
    concern_since is the day from which a concern stood for the holders. The record as it is now stands in columns that
    end in `_hindsight`: anyone_since is the day for all parties together, delay_days the difference, warning_days from
    concern_since to the next event in which the record gives the person a part. With `hindsight` the rows too are
    those of the record as it is now. `table` "ladder" lists who held which fact when, and whether it was acted on;
    "facts" the holders' facts. No `holders` means all together.

    Raises
    ------
    BadQuestion, BadDate, NoSuchEntity, AmbiguousName
        No date; a holder that is no country, a table that does not exist, an aim that is not in view.
    """
    graph = _seen_from(graph, date, holders)
    asked = _Asked(toward, word(table, TABLES, "table", harmless=True),
                   {"rule": rule, "q": q, "within": within, "seed": seed})  # fmt: skip
    now = as_now(graph.file, graph.lens) if hindsight or table == "people" else None
    if hindsight and now is not None:
        return alone(_finding(_Look.of(now, graph.lens, asked), None))
    later = None if now is None else _Look.of(now, graph.lens, replace(asked, toward=None))
    return _finding(_Look.of(graph, graph.lens, asked), later)


@dataclass(frozen=True)
class _Asked:
    """What was asked: toward whom, which table, and the options of the setting."""

    toward: str | None
    table: str
    options: dict[str, Any]


@dataclass(frozen=True)
class _Look:
    """One look, at one graph: from which day a concern stood about whom, and what comes next."""

    seen: Setting
    who: tuple[str, ...]
    lens: Lens
    asked: _Asked

    @classmethod
    def of(cls, graph: Graph, lens: Lens, asked: _Asked) -> _Look:
        seen = setting(graph, known_by=lens.known_by, values=("concern", "presence"), **asked.options)
        return cls(seen, lens.holders or seen.parties, lens, asked)

    @cached_property
    def words(self) -> Words:
        return Words(self.seen.facts)

    @cached_property
    def own(self) -> Bools:
        """Facts that the holders held by the day."""
        return np.asarray(self.seen.ledger.held(self.who, self.seen.day).any(axis=1), dtype=bool)

    @cached_property
    def people(self) -> tuple[list[int], Bools | None]:
        """Whom the rows are about, and the aims where they are not people themselves."""
        return _people(self.seen, self.own, self.asked.toward)

    @cached_property
    def firsts(self) -> Firsts:
        return first_concern(self.seen, self.who)

    @cached_property
    def chain(self) -> Firsts | None:
        """First days of a chain to the aims."""
        aims = self.people[1]
        return None if aims is None else first_chain(self.seen, self.who, aims)

    @cached_property
    def silent(self) -> Bools:
        """Facts of which neither a declaration nor the rule says anything."""
        return self.seen.ledger.silent()

    @cached_property
    def events(self) -> dict[int, int]:
        return next_events(self.seen)

    @property
    def day(self) -> int:
        return MAX_DAY if self.seen.day is None else self.seen.day


def _seen_from(graph: Graph, date: Day | None, holders: Texts | None) -> Graph:
    """The graph through a lens of this day and these holders, where it is not yet."""
    given = {"known_by": date, "holders": holders or None}
    lens = Lens.of(**(graph.lens.stated() | {name: part for name, part in given.items() if part is not None}))
    if not lens.known_by:
        raise BadQuestion("what was knowable is asked of a day, such as 2015-11-12")
    return graph if lens == graph.lens else type(graph).of(graph.file, lens)


def _finding(look: _Look, later: _Look | None) -> Finding:
    """The table of one look, of the people with what `later` says of them beside it."""
    asked, seen, lens = look.asked, look.seen, look.lens
    if asked.table == "people":
        rows, behind = _rows(look, later)
    else:
        people, _ = look.people
        facts = _facts(seen, look.own if asked.table == "facts" else _in_time(seen), people)
        rows, behind = ladder(seen.ledger, look.words, [[fact] for fact in facts])
        if asked.table == "facts":
            keep = [at for at, country in enumerate(rows["country"]) if country in look.who]
            rows, behind = (
                {name: [cells[at] for at in keep] for name, cells in rows.items()},
                [behind[at] for at in keep],
            )
    rule, q, seed = seen.ledger.rule, asked.options["q"], asked.options["seed"]
    return Finding(
        name="knowable",
        table=rows,
        method=f"What {'/'.join(lens.holders) if lens.holders else 'all parties together'} held by {lens.known_by}, "
        f"declared and by rule {rule}, whenever it became public; identities as known then. A concern is a fact on "
        "status, membership, direction or travel.",
        parameters={
            **coverage.declared(seen.ledger), "date": lens.known_by, **lens.stated(), "holders": list(lens.holders or ()),
            "toward": asked.toward, "rule": rule, "within": seen.within, "table": asked.table,
        },
        claims=look.words.claims(behind),
        robustness={**_under(look, q, seed), **missing_people(seen, look.own, seed=seed)},
        caveats=(
            *caveats(seen),
            "A day that a source gives as a month or a year counts from its last day.",
            *((SAYS,) if later else ()),
        ),
        left_out=_left_out(look),
        seed=seed,
        sentence=HINDSIGHT if asked.table == "people" and later is None else SENTENCES[asked.table],
        heading="" if asked.table == "people" else "fact",
    )  # fmt: skip


def _in_time(seen: Setting) -> Bools:
    """Facts that may have begun by the day, other than what a person is by birth or kin."""
    day = MAX_DAY if seen.day is None else seen.day
    return (seen.facts.first <= day) & ~np.isin(seen.facts.words, sorted(schema().ageless))


def _people(seen: Setting, own: Bools, toward: str | None) -> tuple[list[int], Bools | None]:
    """Whom the rows are about: those of concern to the holders, or those on and near the aim."""
    if toward is None:
        fact, who = seen.facts.about
        return sorted(set(who[(own & seen.counted)[fact]].tolist())), None
    aims = with_parts(seen.facts, aim(seen.graph, toward))
    reached = near(seen, aims, later=True)
    return np.flatnonzero(reached).tolist(), reached if not (aims & reached).any() else aims


def _rows(look: _Look, later: _Look | None) -> tuple[Columns, list[list[int]]]:
    """A row a person, the longest known first; without a second look, all that one look can tell."""
    people, aims = look.people
    columns = [*PEOPLE, *(CHAIN if aims is not None else ())]
    if later is None:
        columns = ["person", *LATER, *(LATER_CHAIN if aims is not None else ())]
    others = {} if later is None else {name: at for at, name in enumerate(later.seen.graph.ids.tolist())}
    beside = [f"{name}{SUFFIX}" for name in LATER] if later else []
    rows, behind = [], []
    firsts, ids = look.firsts, look.seen.graph.ids
    for person in sorted(people, key=lambda at: (firsts.holders[at], str(ids[at]))):
        row, facts = _row(look, person)
        if later is not None:
            row["says"] = row["says_alone"]
            told, _ = _row(later, others[str(ids[person])])
            row |= {f"{name}{SUFFIX}": told[name] for name in LATER}
        rows.append(row)
        behind.append(facts)
    return of_records([*columns, *beside], rows), behind


def _row(look: _Look, person: int) -> tuple[dict[str, object], list[int]]:
    """All that one look tells of a person, and the facts behind it."""
    seen = look.seen
    fact, about = seen.facts.about
    every = fact[about == person]
    mine = every[(look.own & seen.counted)[every]]
    when, anyone = int(look.firsts.holders[person]), int(look.firsts.anyone[person])
    acted, silent = _acted(seen, look.who, mine), bool(look.silent[every].all())
    event = look.events.get(person)
    date = int(seen.facts.days[0][event]) if event is not None else None
    row: dict[str, object] = {
        "person": look.words.entity(person), "concern_since": _day(when), "anyone_since": _day(anyone),
        "delay_days": when - anyone if max(when, anyone) < MAX_DAY else None, "facts": len(mine),
        "in_countries": " ".join(_where(seen, mine)), "acted_on": acted,
        "next_event": look.words.entity(event) if event is not None else "", "event_date": since(date) if date else "",
        "warning_days": date - when if date and when <= look.day else None,
        "says": _says(when, anyone, look.day, acted, silent), "says_alone": _says(when, when, look.day, acted, silent),
        **({} if look.chain is None else _linked(look.chain, person)),
    }  # fmt: skip
    return row | {"timing": _timing(row)}, mine.tolist()


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
    return {name: "on the aim" if day == 0 else _day(day) for name, day in zip(LATER_CHAIN, days, strict=True)}


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
    used = set(rows.at("used", np.isin(rows["fact"], facts) & rows.coded("country").among(who)))
    return next((word for word in ("acted on", "not acted on") if word in used), "action not stated")


def _where(seen: Setting, facts: Ints) -> list[str]:
    from isthmus.queries.sharing.worth import items

    found, shown = items(seen.facts, ["presence"])
    return sorted({found[at][2] for fact, at in shown.tolist() if fact in set(facts.tolist())})


def _facts(seen: Setting, mask: Bools, people: list[int]) -> list[int]:
    fact, about = seen.facts.about
    wanted = np.unique(fact[np.isin(about, people) & mask[fact]])
    return [int(f) for f in wanted]


def _under(look: _Look, q: float, seed: int) -> dict[str, Any]:
    """People of concern that the holders, and that anyone, could see under each rule."""
    found, seen = {}, look.seen
    for rule in RULES:
        firsts = look.firsts if rule == seen.ledger.rule else first_concern(seen.under(rule, q=q, seed=seed), look.who)
        day = seen.day if seen.day is not None else MIN_DAY
        mine, all_of_them = int((firsts.holders <= day).sum()), int((firsts.anyone <= day).sum())
        name = f"{rule} (upper bound)" if rule == UPPER_BOUND else rule
        found[f"rule {name}"] = f"{mine} people of concern to them, {all_of_them} to anyone"
    return found


def _left_out(look: _Look) -> dict[str, int]:
    firsts, seen = look.firsts, look.seen
    others = int(((firsts.anyone <= look.day) & (firsts.holders > look.day)).sum())
    undated = int(np.count_nonzero(seen.ledger.since(look.who) == MAX_DAY))
    found = {"people of concern that only others could see": others, "holdings of a day that is not stated": undated,
             "facts that the holders did not hold": int((seen.counted & ~look.own).sum())}  # fmt: skip
    return {**seen.graph.left_out, **{name: count for name, count in found.items() if count}}
