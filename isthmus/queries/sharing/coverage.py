"""How much is declared, how much the rule fills, and of what countries and in what languages the sources speak."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.record import reading

if TYPE_CHECKING:
    from isthmus.queries.sharing.rules import Ledger
    from isthmus.queries.sharing.setting import Setting

FEW = 20


def declared(book: Ledger) -> dict[str, str]:
    """Shares of facts, people and countries with a declared holding, and with any once the rule has spoken."""
    facts = book.facts
    found = {}
    for name, rows in (("declared", book.declared), (f"declared and {book.rule}", book.rows)):
        if name != "declared" and book.rule == "declared":
            continue
        held = np.zeros(len(facts), dtype=bool)
        held[rows["fact"]] = True
        ties = facts.target >= 0
        fact, who = facts.about
        people = len(set(who[held[fact]].tolist()))
        everyone = int((facts.graph.kinds == "Person").sum())
        found[name] = (
            f"{int(held.sum())} of {len(facts)} facts, {int((held & ties).sum())} of {int(ties.sum())} ties, "
            f"{people} of {everyone} people, {len(rows.coded('country').used())} countries"
        )
    return found


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def sources(setting: Setting) -> list[dict[str, object]]:
    """For each party: facts on its nationals, residents and territory, the sources behind them, their languages."""
    graph, facts = setting.graph, setting.facts
    places = [a | b for a, b in zip(graph.countries("either"), graph.countries("activity"), strict=True)]
    language = reading.languages(graph.file)
    source = graph.claim_table.coded("source")
    statement = graph.claim_table["statement"]
    rows = []
    for party in setting.parties:
        about = np.array([party in countries for countries in places], dtype=bool)
        mine = about[facts.subject] | (about[facts.target] & (facts.target >= 0))
        behind = facts.row[mine & (facts.row >= 0)]
        chosen = np.zeros(len(graph.statement_table), dtype=bool)
        chosen[behind] = True
        used = sorted(source.used(chosen[statement]))
        spoken = Counter(language.get(source) or "unknown" for source in used)
        rows.append(
            {"country": party, "facts": len(behind), "sources": len(used),
             "languages": ", ".join(f"{word} {count}" for word, count in sorted(spoken.items(), key=_most))}
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-int(str(row["facts"])), str(row["country"])))


def stated(setting: Setting) -> dict[str, object]:
    """Coverage as it stands beside every ranking of countries: the fullest in words, all of them as rows."""
    rows = sources(setting)
    most = "; ".join(
        f"{r['country']} {r['facts']} facts from {r['sources']} sources ({r['languages']})" for r in rows[:3]
    )
    few = [str(row["country"]) for row in rows if int(str(row["facts"])) < FEW]
    return {
        "coverage, the fullest": most,
        f"coverage under {FEW} facts": ", ".join(few) or "no country",
        "coverage of each country": rows,
    }
