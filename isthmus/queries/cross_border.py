"""Who connects what across a border: five kinds of link, each with its rule and what it does not know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from isthmus.graph.columns import iso_dates
from isthmus.graph.dates import parse
from isthmus.graph.errors import BadQuestion
from isthmus.graph.finding import Finding
from isthmus.graph.schema import schema
from isthmus.queries.support import CountrySets, Support, ordered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.graph import CountryRule, Graph
    from isthmus.graph.people import People

Kind = Literal["pair", "abroad", "remote", "span", "cell"]
RULES: dict[str, str] = {
    "pair": "two people tied, their countries disjoint or partly shared",
    "abroad": "a person with a part in an event, or in a cell, in a country not theirs",
    "remote": "a person who directs, supplies or finances from one country, where they certainly or possibly were at the "
    "time, what happens in another",
    "span": "a person with a part in events in two countries or more; arrests, stops and trials do not count",
    "cell": "a cell, network or organisation that operates in two countries or more",
}
COLUMNS = ["kind", "subject", "status", "countries", "tie", "object", "object_status", "object_countries", "overlap",
           "first", "last", "grade", "origins", "source", "subject_id", "object_id"]  # fmt: skip
_CELLS = ("Cell", "Network", "Organisation")
_IN_CELL = ("member_of", "leader_of", "directed", "supplied", "financed", "facilitated")
Rows = tuple[pd.DataFrame, list[list[int]]]


def cross_border(
    graph: Graph,
    *,
    kinds: Sequence[Kind] | None = None,
    country_rule: CountryRule = "citizenship",
    overlap: Literal["disjoint", "partly"] = "partly",
    between: Sequence[str] | None = None,
    person: str | None = None,
) -> Finding:
    """Cross-border links of a graph, one row each.

    `kinds` are those of `RULES`, all by default. A person's countries follow `country_rule`. Only disjoint pairs
    count as across a border; those that share some country stand beside them unless `overlap` is "disjoint".
    `between` keeps links that touch all of these countries, `person` those of one person. An unknown country is
    never a border: such ties are counted in `left_out`.

    Raises
    ------
    BadQuestion, NoSuchEntity, AmbiguousName
        A kind or rule that does not exist; a person who is not found.
    """
    for kind in kinds or ():
        if kind not in RULES:
            raise BadQuestion(f"{kind!r} is no kind of cross-border link; choose from {', '.join(RULES)}")
    asked = list(kinds or RULES)
    countries = CountrySets(graph.countries(country_rule))
    support = Support(graph)
    left_out: dict[str, int] = dict(graph.left_out)
    parts = [_MAKERS[kind](graph, countries, support, left_out) for kind in asked]
    rows = pd.concat([part[0] for part in parts], ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    groups = [group for part in parts for group in part[1]]
    keep = _kept(rows, overlap, between, str(graph.ids[graph.index(person)]) if person else None)
    rows, groups = (
        rows.loc[keep].reset_index(drop=True),
        [group for group, kept in zip(groups, keep, strict=True) if kept],
    )
    rows["source"] = support.pointers([group[0] for group in groups])
    counts = Counter(zip(rows["kind"].tolist(), rows["overlap"].tolist(), strict=True))
    return Finding(
        name="cross-border",
        table=rows[COLUMNS],
        method=". ".join(f"{kind}: {RULES[kind]}" for kind in asked) + f". A person's countries by {country_rule}.",
        parameters={
            "kinds": asked, "country_rule": country_rule, "overlap": overlap, "between": list(between or []),
            "person": person, **graph.arguments,
        },
        claims=support.claim_ids(groups),
        robustness={f"{kind} {word}".strip(): count for (kind, word), count in counts.items()},
        caveats=(
            "The sources cover France and Belgium best: few links of a country may mean few sources.",
            "A tie says what its source says; it is no finding of guilt.",
        ),
        left_out=left_out,
        sentence="{subject} ({status}; {countries}) {tie} {object} ({object_status}; {object_countries})\n"
        "{overlap} · {first} to {last} · {grade}, origins {origins} · {source}",
        heading="kind",
    )  # fmt: skip


def _kept(rows: pd.DataFrame, overlap: str, between: Sequence[str] | None, person: str | None) -> NDArray[np.bool_]:
    keep = pd.Series(True, index=rows.index)
    if overlap == "disjoint":
        keep &= rows["overlap"] != "partly shared"
    if person is not None:
        keep &= (rows["subject_id"] == person) | (rows["object_id"] == person)
    for code in between or ():
        sides = zip(rows["countries"].tolist(), rows["object_countries"].tolist(), strict=True)
        keep &= np.array([code in (*left.split("/"), *right.split("/")) for left, right in sides], dtype=bool)
    return keep.to_numpy(dtype=bool)


def _frame(kind: str, support: Support, subject: Any, target: Any, **columns: Any) -> pd.DataFrame:
    ids = support.graph.ids
    subject, target = np.asarray(subject, dtype=np.int64), np.asarray(target, dtype=np.int64)
    return pd.DataFrame(
        {
            "kind": kind, "subject": support.labels[subject], "status": support.status[subject],
            "object": support.labels[target], "object_status": support.status[target],
            "subject_id": ids[subject], "object_id": ids[target], "source": "", **columns,
        }
    )  # fmt: skip


def _pair(graph: Graph, countries: CountrySets, support: Support, left_out: dict[str, int]) -> Rows:
    people = graph.people()
    left, right = people.positions[people.source], people.positions[people.target]
    words = countries.overlap(left, right)
    _count(left_out, "pairs in the same country", int((words == "same").sum()))
    _count(left_out, "pairs with a country unknown", int((words == "unknown").sum()))
    at = np.flatnonzero((words == "disjoint") | (words == "partly shared"))
    chance = graph.statements["probability"].to_numpy()
    groups = _behind(people, at, chance)
    rows = _frame(
        "pair", support, left[at], right[at],
        countries=countries.text(left[at]), object_countries=countries.text(right[at]), overlap=words[at],
        tie=_tie_words(graph, people.basis_weight[at] > 0, groups), **_evidence(graph, [group[0] for group in groups]),
    )  # fmt: skip
    rows["first"], rows["last"] = iso_dates(people.first[at]), iso_dates(people.last[at])
    return ordered(rows, groups, ["overlap", "subject_id", "object_id"])


def _behind(people: People, pairs: NDArray[np.int64], chance: NDArray[np.float64]) -> list[list[int]]:
    """Statements behind each pair, the best evidenced first."""
    starts, ends = people.offsets[pairs].tolist(), people.offsets[pairs + 1].tolist()
    behind, sure = people.behind.tolist(), chance.tolist()
    found = []
    for start, end in zip(starts, ends, strict=True):
        rows = {row for both in behind[start:end] for row in both if row >= 0}
        found.append(sorted(rows, key=lambda row: (-sure[row], row)) if len(rows) > 1 else list(rows))
    return found


def _tie_words(graph: Graph, bases: NDArray[np.bool_], groups: list[list[int]]) -> list[str]:
    """Ties stated between two people, else what they share."""
    names = graph.statements["property"].tolist()
    between = (graph.kinds[graph.statements["value_at"].to_numpy()] == "Person").tolist()
    shared = [name for name in schema().bases if name not in ("direct", "kin")]
    columns = [at for at, name in enumerate(schema().bases) if name in shared]
    direct = {name for name, declared in schema().ties.items() if "basis" in declared}
    words = []
    for has, group in zip(bases[:, columns].tolist(), groups, strict=True):
        stated = sorted({names[row] for row in group if between[row] and names[row] in direct})
        words.append(", ".join([*stated, *(name for name, there in zip(shared, has, strict=True) if there)]))
    return words


def _evidence(graph: Graph, rows: Sequence[int]) -> dict[str, object]:
    chosen = graph.statements.iloc[list(rows)]
    return {name: chosen[name].to_numpy() for name in ("first", "last", "grade", "origins")}


def _parts_in(graph: Graph, cross: Sequence[str], target_kinds: Sequence[str]) -> pd.DataFrame:
    """Ties of people to events, and to cells, that make them part of what happens there."""
    ties, kinds = graph.ties, graph.kinds
    how = ties["kind"].map({kind: declared.get("cross") for kind, declared in schema().ties.items()})
    target = kinds[ties["target"].to_numpy()]
    in_event = (target == "Event") & how.isin(cross)
    in_cell = np.isin(target, [kind for kind in target_kinds if kind in _CELLS]) & ties["kind"].isin(_IN_CELL)
    if "part" not in cross:
        in_cell &= how.isin(cross)
    wanted = (in_event if "Event" in target_kinds else False) | in_cell
    found: pd.DataFrame = ties[wanted & (kinds[ties["source"].to_numpy()] == "Person")]
    return found


def _abroad(graph: Graph, countries: CountrySets, support: Support, left_out: dict[str, int]) -> Rows:
    ties = _parts_in(graph, ("part", "remote"), ("Event", "Cell", "Network"))
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    words = countries.overlap(source, target)
    _count(left_out, "parts in events or cells with a country unknown", int((words == "unknown").sum()))
    at = np.flatnonzero(words == "disjoint")
    rows = _of_ties("abroad", support, ties.iloc[at])
    rows["countries"], rows["object_countries"] = countries.text(source[at]), countries.text(target[at])
    rows["overlap"] = "disjoint"
    groups = [[int(row)] for row in ties["statement"].to_numpy()[at]]
    return ordered(rows, groups, ["subject_id", "first", "object_id"])


def _of_ties(kind: str, support: Support, ties: pd.DataFrame) -> pd.DataFrame:
    return _frame(
        kind, support, ties["source"], ties["target"], tie=ties["kind"].to_numpy(),
        **{name: ties[name].to_numpy() for name in ("first", "last", "grade", "origins")},
    )  # fmt: skip


def _remote(graph: Graph, countries: CountrySets, support: Support, left_out: dict[str, int]) -> Rows:
    """Where the director was, by dated presence that overlaps the tie's time."""
    ties = _parts_in(graph, ("remote",), ("Event", "Cell", "Network"))
    stays = graph.ties[graph.ties["kind"].isin(["located_in", "entered"])]
    stays = stays[(graph.kinds[stays["target"].to_numpy()] == "Country") & (stays["first"] != "")]
    by_person = dict(list(stays.groupby("source")))
    kept, origins, certain, groups, unknown = [], [], [], [], 0
    ends = zip(*(ties[name].tolist() for name in ("source", "target", "intervals", "statement")), strict=True)
    for at, (person, target, intervals, statement) in enumerate(ends):
        there, own = countries.sets[target], by_person.get(person)
        if own is None or not there:
            unknown += 1
            continue
        away = own.loc[[str(graph.ids[place]) not in there for place in own["target"]]]
        met = [_together(intervals, str(stay)) for stay in away["intervals"]]
        away, met = away.loc[[word != "not" for word in met]], [word for word in met if word != "not"]
        if met:
            kept.append(at)
            origins.append("/".join(sorted({str(graph.ids[place]) for place in away["target"]})))
            certain.append("there certainly" if "certainly" in met else "there possibly")
            groups.append([statement, *away["statement"].tolist()])
    _count(left_out, "directed, supplied or financed: where the person was is not known", unknown)
    chosen = ties.iloc[kept]
    rows = _of_ties("remote", support, chosen)
    rows["countries"], rows["object_countries"] = origins, countries.text(chosen["target"].to_numpy())
    rows["overlap"] = certain
    return ordered(rows, groups, ["overlap", "subject_id", "first", "object_id"])


def _together(one: str, other: str) -> str:
    """Whether two things held at the same time: certainly if what is sure of each overlaps. Texts as in `intervals`."""
    best = "not"
    for left in map(parse, one.split(";")):
        for right in map(parse, other.split(";")):
            if max(left.start_hi, right.start_hi) <= min(left.end_lo, right.end_lo):
                return "certainly"
            if max(left.first, right.first) <= min(left.last, right.last):
                best = "possibly"
    return best


def _span(graph: Graph, countries: CountrySets, support: Support, left_out: dict[str, int]) -> Rows:
    ties = _parts_in(graph, ("part", "remote"), ("Event",))
    known = ties[countries.known(ties["target"].to_numpy())]
    _count(left_out, "parts in events whose country is unknown", len(ties) - len(known))
    frames, groups = [], []
    for person, rows in known.groupby("source"):
        there = sorted({code for target in rows["target"] for code in countries.sets[int(target)]})
        if len(there) > 1:
            best = rows.sort_values("probability", ascending=False).iloc[0]
            events = rows["target"].nunique()
            frames.append(
                _frame(
                    "span", support, [person], [person], countries=countries.text(np.array([person])),
                    tie=", ".join(sorted(rows["kind"].unique())), object_countries="/".join(there), overlap="",
                    first=min((text for text in rows["first"] if text), default=""), last=max(rows["last"]),
                    grade=best["grade"], origins=best["origins"],
                ).assign(object=f"{events} events in {len(there)} countries", object_status="")
            )  # fmt: skip
            groups.append([int(best["statement"]), *(int(r) for r in rows["statement"] if r != best["statement"])])
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)
    return ordered(frame, groups, ["subject_id"])


def _cell(graph: Graph, countries: CountrySets, support: Support, left_out: dict[str, int]) -> Rows:
    at = np.flatnonzero(np.isin(graph.kinds, _CELLS))
    ties = graph.ties[graph.ties["kind"].isin(["operates_in", "based_in"])]
    _count(left_out, "cells whose countries are unknown", int((~countries.known(at)).sum()))
    several = [int(i) for i in at if len(countries.sets[int(i)]) > 1]
    frames, groups = [], []
    for cell in several:
        rows = ties[ties["source"] == cell].sort_values("probability", ascending=False)
        best = rows.iloc[0]
        frames.append(
            _frame(
                "cell", support, [cell], [cell], countries=countries.text(np.array([cell])),
                tie=", ".join(sorted(rows["kind"].unique())), object_countries=countries.text(np.array([cell])),
                overlap="", first=min((text for text in rows["first"] if text), default=""), last=max(rows["last"]),
                grade=best["grade"], origins=best["origins"],
            ).assign(object=f"{len(countries.sets[cell])} countries", object_status="")
        )  # fmt: skip
        groups.append([int(row) for row in rows["statement"]])
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)
    return ordered(frame, groups, ["subject_id"])


def _count(left_out: dict[str, int], reason: str, count: int) -> None:
    if count:
        left_out[reason] = count


_MAKERS: dict[str, Callable[[Graph, CountrySets, Support, dict[str, int]], Rows]] = {
    "pair": _pair,
    "abroad": _abroad,
    "remote": _remote,
    "span": _span,
    "cell": _cell,
}
