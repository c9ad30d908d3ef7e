"""Who could see a chain: the smallest coalitions, and which country or body has the only copy of a hop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph import dates
from isthmus.graph.dates import MAX_DAY
from isthmus.graph.given import day_or_none, word
from isthmus.queries.finding import Finding, of_records
from isthmus.queries.sharing.caveats import NOT_SHOWN
from isthmus.queries.sharing.facts import Facts
from isthmus.queries.sharing.hitting import minimal_coalitions
from isthmus.queries.sharing.rules import RULES, Ledger, Rule, ledger
from isthmus.queries.sharing.wording import Words, since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.graph.given import Day
    from isthmus.graph.graph import Graph
    from isthmus.queries.sharing.hitting import Hop

    Ways = list[list[list[int]]]  # hops, ways, facts

COLUMNS = ["hop", "fact", "holders", "first_held", "bodies", "only_copy"]
MOST_SHOWN = 5


def who_could_see(
    graph: Graph,
    path_statements: Sequence[int | Sequence[int | Sequence[int]]],
    *,
    rule: Rule = "arresting",
    q: float = 0.5,
    known_by: Day | None = None,
    seed: int = 1,
) -> Finding:
    """The smallest coalitions of countries that could see a chain, hop by hop.

    Each hop is a row of `graph.statements`, or a list of ways of which one is enough: a row, or the rows that the way
    rests on together (the two memberships of a shared cell, as `People.behind` gives them). The table has one row a
    fact; the coalitions under every rule are in `robustness`, those under `rule` in `parameters`. With `known_by`,
    holdings count that certainly stood by then; undated ones do not.

    Raises
    ------
    BadQuestion
        A rule that does not exist, or more than 10,000 smallest coalitions.
    """
    facts = Facts.of(graph)
    book, words = ledger(facts, rule, q=q, seed=seed), Words(facts)
    hops = _ways(facts, path_statements)
    rule, known_by = word(rule, RULES, "rule of holding", harmless=True), day_or_none(known_by)
    day = MAX_DAY if known_by is None else min(dates.day(known_by), MAX_DAY - 1)
    rows, behind = _rows(book, words, hops, day)
    under = {name: _coalitions(book if name == rule else ledger(facts, name, q=q, seed=seed), hops, day)
             for name in RULES}  # fmt: skip
    return Finding(
        name="who-could-see",
        table=of_records(COLUMNS, rows),
        method=f"Smallest sets of countries that hold every hop (minimal hitting sets), by rule {rule} with declared "
        "holdings. A hop through a shared cell or event rests on both memberships, which two parties may pool.",
        parameters={"rule": rule, "q": q, "known_by": known_by, "coalitions": _named(under[rule])},
        claims=words.claims(behind),
        literature=("Berge 1989, Hypergraphs, chapter 2",),
        robustness={f"coalitions by {name}": _named(found) or ["nobody could"] for name, found in under.items()},
        caveats=("Rule nationality is an upper bound and no finding.", *NOT_SHOWN),
        left_out=dict(graph.left_out),
        seed=seed,
        sentence="hop {hop}: {fact}\nheld by {holders} [{first_held}] · {bodies} · only copy: {only_copy}",
    )


def hops_of(graph: Graph, path: Finding) -> list[list[int]]:
    """Hops of the first path that `queries.path` gives: each as every affirmed statement between its two ends."""
    ties, rows = graph.tie_table, path.rows()
    hops: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["path"] == rows[0]["path"]:
            hops.setdefault(row["hop"], row)
    statements = []
    for hop in hops.values():
        a, b = graph.index(hop["from_id"]), graph.index(hop["to_id"])
        between = ((ties["source"] == a) & (ties["target"] == b)) | ((ties["source"] == b) & (ties["target"] == a))
        statements.append(ties["statement"][between].tolist())
    return statements


def _ways(facts: Facts, path: Sequence[int | Sequence[int | Sequence[int]]]) -> Ways:
    hops: Ways = []
    for hop in path:
        ways = [hop] if isinstance(hop, (int, np.integer)) else list(hop)
        rows = [[int(way)] if isinstance(way, (int, np.integer)) else [int(r) for r in way if r >= 0] for way in ways]
        hops.append([[int(facts.of_statement[row]) for row in way] for way in rows])
    return hops


def _holders(book: Ledger, fact: int, day: int, bodies: Words | None = None) -> dict[str, int]:
    """Countries (or country and body) that hold a fact by a day, with the first day."""
    if fact < 0:
        return {}
    rows = np.flatnonzero((book.rows["fact"] == fact) & (book.rows["since"] <= day))
    found: dict[str, int] = {}
    for country, body, start in zip(*(book.rows.at(name, rows) for name in ("country", "body", "since")), strict=True):
        name = f"{country}: {bodies.body(str(body))}" if bodies is not None and body else str(country)
        found[name] = min(found.get(name, int(start)), int(start))
    return found


def _coalitions(book: Ledger, hops: Ways, day: int) -> list[frozenset[str]]:
    needed: list[Hop] = [[[_holders(book, fact, day) for fact in way] for way in hop] for hop in hops]
    return minimal_coalitions(needed)


def _rows(book: Ledger, words: Words, hops: Ways, day: int) -> tuple[list[dict[str, object]], list[list[int]]]:
    rows: list[dict[str, object]] = []
    behind: list[list[int]] = []
    for number, hop in enumerate(hops, start=1):
        for fact in dict.fromkeys(fact for way in hop for fact in way if fact >= 0):
            holders, bodies = _holders(book, fact, day), _holders(book, fact, day, words)
            alone = next(iter(bodies)) if len(bodies) == 1 else next(iter(holders)) if len(holders) == 1 else ""
            named = sorted(name for name in bodies if ": " in name)
            rows.append(
                {"hop": number, "fact": words.fact(fact), "holders": " ".join(sorted(holders)) or "nobody",
                 "first_held": since(min(holders.values())) if holders else "", "bodies": "; ".join(named),
                 "only_copy": alone}
            )  # fmt: skip
            behind.append([fact])
    return rows, behind


def _named(coalitions: list[frozenset[str]]) -> list[str]:
    more = [f"and {len(coalitions) - MOST_SHOWN} more"] if len(coalitions) > MOST_SHOWN else []
    return [" + ".join(sorted(found)) or "no hop" for found in coalitions[:MOST_SHOWN]] + more
