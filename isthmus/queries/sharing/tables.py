"""The tables that `gap` can show, each with the facts behind its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.finding import of_records
from isthmus.queries.sharing import coverage
from isthmus.queries.sharing.credit_shares import standing
from isthmus.queries.sharing.exchanges import Exchanges, best_set, greedy
from isthmus.queries.sharing.ranking import places
from isthmus.queries.sharing.spread import reciprocal, side_by_side
from isthmus.queries.sharing.want_parts import parts
from isthmus.queries.sharing.wording import Words, since

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from isthmus.queries.finding import Columns
    from isthmus.queries.sharing.setting import Setting
    from isthmus.queries.sharing.toward import Toward

    Bools = NDArray[np.bool_]
    Table = tuple[Columns, list[list[int]]]

EXCHANGES = ["rank", "from", "to", "gain", "balanced", "reciprocal", "hits", "declared", "exclusive", "yield",
             "people"]  # fmt: skip
OF_PAIRS = 7  # of these columns, the first that also stand beside pairs
STATEMENTS = ["from", "to", "fact", "held_since", "rule", "body", "exclusive"]


def place(first: int, last: int) -> str:
    """A rank, or the ranks that equals share."""
    return str(first) if first == last else f"{first}-{last}"


def exchanges(setting: Setting, _words: Words, _seed: int) -> Table:
    """Exchanges that are not zero, the largest gain first."""
    found, rows, behind = Exchanges(setting), [], []
    gain, expected = found.gain, reciprocal(found.gain)
    off = ~np.eye(len(gain), dtype=bool)
    first, last = (np.zeros_like(gain) for _ in range(2))
    if off.any():
        first[off], last[off] = places(gain[off].astype(float))
    own = np.zeros(len(setting.facts), dtype=bool)
    own[setting.ledger.declared["fact"]] = True
    for a, b in sorted(np.argwhere(gain > 0).tolist(), key=lambda at: (-gain[at[0], at[1]], at)):
        facts = np.flatnonzero(setting.held[:, a] & setting.needed[:, b])
        rows.append(
            {"rank": place(int(first[a, b]), int(last[a, b])), "from": setting.parties[a], "to": setting.parties[b],
             "gain": int(gain[a, b]), "balanced": float(found.balanced[a, b]), "reciprocal": float(expected[a, b]),
             "hits": found.hit_share(a, b), **({} if found.of_pairs else _beside(found, a, b, facts, own))}
        )  # fmt: skip
        behind.append(facts.tolist())
    return of_records(EXCHANGES[:OF_PAIRS] if found.of_pairs else EXCHANGES, rows), behind


def _beside(found: Exchanges, giver: int, receiver: int, facts: NDArray[np.int64], own: Bools) -> dict[str, object]:
    """What stands beside a gain that is counted in facts."""
    return {
        "declared": int(own[facts].sum()), "exclusive": int(found.exclusive[giver, receiver]),
        "yield": len(facts) / max(1, int(found.handed[giver, receiver])),
        "people": found.setting.facts.people_in(facts),
    }  # fmt: skip


def statements(setting: Setting, words: Words, _seed: int) -> Table:
    """Every exchange opened into its facts."""
    found, rows, behind = Exchanges(setting), [], []
    alone = setting.held.sum(axis=1) == 1
    days = setting.ledger.since(setting.parties)
    told = {(int(f), c): (r, b) for f, c, r, b in zip(*(setting.ledger.rows[name][::-1] for name in
            ("fact", "country", "rule", "body")), strict=True)}  # fmt: skip
    for a, b in sorted(np.argwhere(found.facts > 0).tolist(), key=lambda at: (-found.facts[at[0], at[1]], at)):
        for fact in np.flatnonzero(setting.held[:, a] & setting.needed[:, b]).tolist():
            rule, body = told.get((fact, setting.parties[a]), ("", ""))
            rows.append(
                {"from": setting.parties[a], "to": setting.parties[b], "fact": words.fact(fact),
                 "held_since": since(int(days[fact, a])), "rule": rule, "body": words.body(body),
                 "exclusive": bool(alone[fact])}
            )  # fmt: skip
            behind.append([fact])
    return of_records(STATEMENTS, rows), behind


def four_parts(setting: Setting, _words: Words, _seed: int) -> Table:
    """One row a value."""
    rows = [
        {"value": part.value, "seen by one": part.one, "only by pooling": part.pooling, "by nobody": part.nobody,
         "rule silent": part.silent, "all": part.all, "counted in": "pairs" if part.value == "pairs" else "wants"}
        for part in parts(setting)
    ]  # fmt: skip
    return of_records(list(rows[0]) if rows else [], rows), [[] for _ in rows]


def credit(setting: Setting, _words: Words, seed: int) -> Table:
    """Shapley value beside the share of holdings."""
    found = standing(setting, seed=seed)
    total = max(float(found.credit.value.sum()), 1e-12)
    rows = [
        {"country": party, "credit": float(found.credit.value[at]), "error": float(found.credit.error[at]),
         "rank": place(round(found.credit.rank_low[at]), round(found.credit.rank_high[at])),
         "credit_share": float(found.credit.value[at] / total), "holdings_share": float(found.share[at]),
         "unit": found.unit}
        for at, party in enumerate(setting.parties) if found.credit.value[at] > 0 or found.share[at] > 0
    ]  # fmt: skip
    rows.sort(key=lambda row: (-float(str(row["credit"])), str(row["country"])))
    names = ["country", "credit", "error", "rank", "credit_share", "holdings_share", "unit"]
    return of_records(names, rows), [[] for _ in rows]


def interaction(setting: Setting, _words: Words, seed: int) -> Table:
    """Pairs of parties that need each other (above 0) or hold the same (below 0)."""
    found = standing(setting, seed=seed).interaction
    rows = []
    if found is not None:
        rows = [
            {"first": setting.parties[a], "second": setting.parties[b], "interaction": float(found[a, b])}
            for a, b in np.argwhere(np.triu(np.abs(found) > 1e-9, 1)).tolist()
        ]
    rows.sort(key=lambda row: -abs(float(str(row["interaction"]))))
    return of_records(["first", "second", "interaction"], rows), [[] for _ in rows]


def matrix(setting: Setting, _words: Words, _seed: int) -> Table:
    """Giver × receiver, with only the parties that give or receive."""
    gain = Exchanges(setting).gain
    used = np.flatnonzero((gain.sum(axis=0) + gain.sum(axis=1)) > 0).tolist()
    rows = [{"from": setting.parties[a], **{setting.parties[b]: int(gain[a, b]) for b in used}} for a in used]
    return of_records(["from", *(setting.parties[b] for b in used)], rows), [[] for _ in rows]


def rules(setting: Setting, _words: Words, seed: int) -> Table:
    """Every rule side by side."""
    rows = [vars(outcome) for outcome in side_by_side(setting, seed=seed, draws=20)]
    return of_records(list(rows[0]) if rows else [], rows), [[] for _ in rows]


def covered(setting: Setting, _words: Words, _seed: int) -> Table:
    """Sources by country and language."""
    rows = coverage.sources(setting)
    return of_records(["country", "facts", "sources", "languages"], rows), [[] for _ in rows]


def steps(setting: Setting, most: int) -> Table:
    """The greedy list of exchanges, with what each adds to the earlier ones and, to 12 parties, the best set."""
    found, rows, behind, total = Exchanges(setting), [], [], 0
    exact = best_set(found, most)
    chosen = set(exact[1]) if exact else set()
    for number, (a, b, gain) in enumerate(greedy(found, most), start=1):
        total += gain
        facts = np.flatnonzero(setting.held[:, a] & setting.needed[:, b]).tolist()
        rows.append(
            {"step": number, "from": setting.parties[a], "to": setting.parties[b], "adds": gain, "together": total,
             "in_best_set": "" if exact is None else "yes" if (a, b) in chosen else "no",
             "people": setting.facts.people_in(np.array(facts, dtype=np.int64))}
        )  # fmt: skip
        behind.append(facts)
    return of_records(["step", "from", "to", "adds", "together", "in_best_set", "people"], rows), behind


def asked(found: Toward, words: Words) -> Table:
    """Whom to ask, best first, with what each held and since when."""
    setting, rows, behind = found.setting, [], []
    days = setting.ledger.since(setting.parties)
    alone = setting.held.sum(axis=1) == 1
    for party, first, last, expected in zip(*found.order(), strict=True):
        own = np.flatnonzero(found.own_facts[:, party])
        near = np.flatnonzero(found.near_facts[:, party])
        if not len(own) and not len(near):
            continue
        held = np.append(own, near)
        rows.append(
            {"rank": place(int(first), int(last)), "ask": setting.parties[party], "on_it": len(own),
             "near_it": len(near), "exclusive": int(alone[held].sum()), "since": since(int(days[held, party].min())),
             "yield": len(held) / max(1, int(setting.held[:, party].sum())), "reciprocal": float(expected),
             "what": "; ".join(f"{words.brief(f, found.aim)} ({since(int(days[f, party]))})" for f in held[:3].tolist())}
        )  # fmt: skip
        behind.append(held.tolist())
    names = ["rank", "ask", "on_it", "near_it", "exclusive", "since", "yield", "reciprocal", "what"]
    return of_records(names, rows), behind


TABLES: dict[str, Callable[[Setting, Words, int], Table]] = {
    "exchanges": exchanges,
    "statements": statements,
    "parts": four_parts,
    "credit": credit,
    "interaction": interaction,
    "matrix": matrix,
    "rules": rules,
    "coverage": covered,
}

BESIDE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "exchanges": (("from", "to"), ("gain", "exclusive", "people")),
    "parts": (("value",), ("only by pooling", "by nobody", "all")),
    "credit": (("country",), ("credit",)),
    "interaction": (("first", "second"), ("interaction",)),
    "coverage": (("country",), ("facts", "sources")),
    "asked": (("ask",), ("on_it", "near_it", "exclusive")),
}
"""What makes a row of a table, and which of its columns the record as it is now has beside them."""
