"""How much is declared, how much the rule fills, and of what countries and in what languages the sources speak."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from isthmus.queries.sharing.rules import Ledger
    from isthmus.queries.sharing.setting import Setting


def declared(book: Ledger) -> dict[str, str]:
    """Shares of facts, people and countries with a declared holding, and with any once the rule has spoken."""
    facts = book.facts
    own = book.rows[book.rows["rule"] == "declared"]
    found = {}
    for name, rows in (("declared", own), (f"declared and {book.rule}", book.rows)):
        if name != "declared" and book.rule == "declared":
            continue
        held = np.zeros(len(facts), dtype=bool)
        held[rows["fact"].to_numpy(dtype=np.int64)] = True
        ties = facts.target >= 0
        fact, who = facts.about
        people = len(set(who[held[fact]].tolist()))
        everyone = int((facts.graph.kinds == "Person").sum())
        found[name] = (
            f"{int(held.sum())} of {len(facts)} facts, {int((held & ties).sum())} of {int(ties.sum())} ties, "
            f"{people} of {everyone} people, {rows['country'].nunique()} countries"
        )
    return found


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def sources(setting: Setting) -> list[dict[str, object]]:
    """For each party: facts on its nationals, residents and territory, the sources behind them, their languages."""
    graph, facts = setting.graph, setting.facts
    places = [a | b for a, b in zip(graph.countries("either"), graph.countries("activity"), strict=True)]
    language = dict(graph.case.connection.execute("SELECT id, language FROM source").fetchall())
    of_claim = graph._claims["source"].to_numpy(dtype=object)
    rows = []
    for party in setting.parties:
        about = np.array([party in countries for countries in places], dtype=bool)
        mine = about[facts.subject] | (about[facts.target] & (facts.target >= 0))
        behind = [row for row in facts.row[mine].tolist() if row >= 0]
        used = {str(s) for row in behind for s in of_claim[graph.offsets[row] : graph.offsets[row + 1]]}
        spoken = Counter(language.get(source) or "unknown" for source in used)
        rows.append(
            {"country": party, "facts": len(behind), "sources": len(used),
             "languages": ", ".join(f"{word} {count}" for word, count in sorted(spoken.items(), key=_most))}
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-int(str(row["facts"])), str(row["country"])))
