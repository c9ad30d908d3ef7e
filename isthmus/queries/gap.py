"""What no single country could see, and which exchange would have shown what to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.countries import country
from isthmus.graph.given import word
from isthmus.queries.finding import Finding
from isthmus.queries.sharing import coverage, spread, tables
from isthmus.queries.sharing.caveats import caveats
from isthmus.queries.sharing.chains import chains, saturation
from isthmus.queries.sharing.exchanges import Exchanges, best_set
from isthmus.queries.sharing.hindsight import SAYS, aim, alone, as_now, beside, holds_back
from isthmus.queries.sharing.rules import RULES, UPPER_BOUND
from isthmus.queries.sharing.setting import setting
from isthmus.queries.sharing.toward import toward as whom_to_ask
from isthmus.queries.sharing.wording import Words
from isthmus.queries.sharing.worth import DEFAULT

if TYPE_CHECKING:
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Texts
    from isthmus.graph.graph import Graph
    from isthmus.graph.lens import Lens
    from isthmus.queries.finding import Columns
    from isthmus.queries.sharing.rules import Rule
    from isthmus.queries.sharing.setting import Setting

LITERATURE = (
    "Shapley 1953, Contributions to the Theory of Games II: 307-317",
    "Grabisch and Roubens 1999, International Journal of Game Theory 28: 547-565",
    "Lindelauf, Hamers and Husslage 2013, European Journal of Operational Research 229: 230-238",
    "McSherry and Najork 2008, ECIR, LNCS 4956: 414-421",
)
MOST_EXACT = 12
ASK = (
    "{rank}: ask {ask} ({on_it} facts on it, {near_it} near it, {exclusive} held by no one else; since {since}; "
    "reciprocal rank {reciprocal}; yield {yield})\n{what}"
)
OPENED = "{from} to {to}: {fact} [since {held_since}] {rule} ({body})"


def gap(
    graph: Graph,
    *,
    rule: Rule = "arresting",
    q: float = 0.5,
    value: Texts = DEFAULT,
    need: str = "interest",
    within: int = 2,
    toward: str | None = None,
    needer: str | None = None,
    among: Texts | None = None,
    exchanges: int = 0,
    table: str = "exchanges",
    hindsight: bool = False,
    country_rule: CountryRule = "citizenship",
    seed: int = 1,
) -> Finding:
    """The sharing gap of a case under a named rule of holding, with every other rule beside it.

    An exchange a → b counts the facts that bear on `value`, that a holds, b does not, and that are on someone b would
    want to know of (its nationals, residents, people it holds, threats on its territory; `need` "all" lifts this).
    `toward` ranks whom to ask about a person, an event or a country, `needer` being the country that asks.
    `exchanges` lists so many exchanges, each chosen for what it adds to the earlier ones. `table` is one of
    `sharing.tables.TABLES`. Holdings count that began by the lens's `known_by`. What the record as it is now has on the
    same rows stands in columns that end in `_hindsight`; with `hindsight` the rows are those of that second look.
    `q` serves the rule each-side. `within` is the number of steps for chains and for `toward`.

    Raises
    ------
    BadQuestion, BadDate, NoSuchEntity, AmbiguousName
        An option that does not exist, or an aim that is not in view.
    """
    table, day = word(table, tables.TABLES, "table", harmless=True), graph.lens.known_by
    asked = _Asked(
        toward, country(needer) if needer is not None else None, exchanges, table, q, seed,
        {"rule": rule, "q": q, "seed": seed, "known_by": day, "among": among, "values": value, "need": need,
         "within": within, "country_rule": country_rule},
    )  # fmt: skip
    now = as_now(graph.file, graph.lens) if hindsight or holds_back(graph.lens) else None
    if hindsight and now is not None:
        return alone(_finding(now, graph.lens, asked))
    finding = _finding(graph, graph.lens, asked)
    keys, columns = tables.BESIDE.get(asked.what, ((), ()))
    if now is None or not keys or not set(columns) <= set(finding.columns):
        return finding
    later = setting(now, **asked.options)
    second, _, _ = _rows(later, Words(later.facts), asked)
    return replace(finding, table=beside(finding.by_column(), second, keys, columns), caveats=(*finding.caveats, SAYS))


@dataclass(frozen=True)
class _Asked:
    """What was asked: toward whom, by whom, how many exchanges, which table; and the options of the setting."""

    toward: str | None
    needer: str | None
    exchanges: int
    table: str
    q: float
    seed: int
    options: dict[str, Any]

    @property
    def what(self) -> str:
        """Which table there is in the end."""
        return "asked" if self.toward else "steps" if self.exchanges else self.table


def _rows(seen: Setting, words: Words, asked: _Asked) -> tuple[Columns, list[list[int]], dict[str, Any]]:
    if asked.toward:
        return _toward(seen, words, asked)
    if asked.exchanges:
        return *tables.steps(seen, asked.exchanges), {}
    return *tables.TABLES[asked.table](seen, words, asked.seed), {}


def _finding(graph: Graph, lens: Lens, asked: _Asked) -> Finding:
    """One look, at one graph."""
    seen = setting(graph, **asked.options)
    words = Words(seen.facts)
    rows, behind, robustness = _rows(seen, words, asked)
    if not asked.toward:
        robustness = _steps(seen, asked) if asked.exchanges else _spread(seen, asked.seed)
    robustness |= coverage.stated(seen)
    reached = saturation(chains(seen), seen.within)
    robustness[f"pairs within {seen.within} steps"] = f"{reached:.0%} of all connected pairs across a border"
    rule = seen.ledger.rule
    return Finding(
        name="gap",
        table=rows,
        method=_method(seen, asked),
        parameters={
            **coverage.declared(seen.ledger), "rule": rule, "q": asked.q if rule == "each-side" else None,
            "value": list(seen.values), "need": seen.need, "within": seen.within, "toward": asked.toward,
            "needer": asked.needer, "parties": list(seen.parties), "exchanges": asked.exchanges or None,
            **lens.stated(), "country_rule": seen.country_rule,
            "table": None if asked.toward or asked.exchanges else asked.table,
        },
        claims=words.claims(behind),
        literature=LITERATURE,
        robustness=robustness,
        caveats=caveats(seen, reached),
        left_out=_left_out(seen, asked),
        seed=asked.seed,
        sentence={"asked": ASK, "statements": OPENED}.get(asked.what, ""),
    )  # fmt: skip


def _left_out(seen: Setting, asked: _Asked) -> dict[str, int]:
    found = dict(seen.graph.left_out)
    if seen.facts.unknown_subjects:
        found["held things on what the case does not know"] = seen.facts.unknown_subjects
    if seen.day is not None:
        found |= _undated(seen)
    if not asked.toward and "pairs" not in seen.values:
        found = {reason: count for reason, count in seen.unseen().items() if count} | found
    return found


def _method(seen: Setting, asked: _Asked) -> str:
    rule, table = f"Holdings: declared, and by rule {seen.ledger.rule}. ", asked.table
    if asked.toward:
        return rule + (
            "Holders ranked by facts on the aim that the needer lacks; among equals, by facts on people within "
            f"{seen.within} steps of it. Equals share their ranks; reciprocal is the expected reciprocal rank."
        )
    if asked.exchanges:
        return rule + "Greedy list: each exchange adds most to the earlier ones; the exact best set to 12 parties."
    if table in ("exchanges", "statements", "matrix"):
        unit = "pairs across a border" if seen.values == ("pairs",) else f"facts on {' and '.join(seen.values)}"
        return rule + (
            f"An exchange counts {unit} that one holds, the other lacks and would want to know. exclusive: no third "
            "country has it. yield: relevant facts over all that would be handed over. balanced: gain over the square "
            "root of both holdings. hits: share found by comparing pseudonyms alone."
        )
    return rule + {
        "parts": "Of every want (one country, one item): seen by itself, only by exchange, by nobody, rule silent.",
        "credit": "Shapley value of what all see together, beside the share of holdings, which it mostly repeats.",
        "interaction": "Pairwise interaction index; exact where enumeration is possible.",
        "rules": "Each rule on the same facts; each-side as means over draws.",
        "coverage": "Facts on each country's nationals, residents and territory; sources behind them.",
    }.get(table, "")


def _spread(seen: Setting, seed: int) -> dict[str, Any]:
    outcomes = spread.side_by_side(seen, seed=seed)
    found = Exchanges(seen)
    parties = len(seen.parties)
    return {
        "exchanges that are not zero": f"{int((found.gain > 0).sum())} of {parties * (parties - 1)}",
        "over rules": spread.rule_of_first(outcomes, seen.ledger.rule),
        **{f"rule {outcome.rule}": outcome.text for outcome in outcomes},
        **spread.missing(found, seed=seed),
    }


def _steps(seen: Setting, asked: _Asked) -> dict[str, Any]:
    exact = best_set(Exchanges(seen), asked.exchanges)
    if exact is None:
        best = f"not enumerated: {len(seen.parties)} parties, {MOST_EXACT} at most; name some with --among"
    else:
        pairs = ", ".join(spread.pair(seen, a, b) for a, b in exact[1])
        best = f"{exact[0]} by {pairs}"
    return {"best set": best, **_spread(seen, asked.seed)}


def _toward(seen: Setting, words: Words, asked: _Asked) -> tuple[Columns, list[list[int]], dict[str, Any]]:
    at = aim(seen.graph, str(asked.toward))
    found = whom_to_ask(seen, at, asked.needer)
    rows, behind = tables.asked(found, words)
    robustness: dict[str, Any] = {}
    for rule in RULES:
        under = seen if rule == seen.ledger.rule else seen.under(rule, q=asked.q, seed=asked.seed)
        other = whom_to_ask(under, at, asked.needer)
        order, _, last, _ = other.order()
        best = [seen.parties[p] for p in order[: int(last[0])]] if len(order) and other.score.max() > 0 else []
        name = f"{rule} (upper bound)" if rule == UPPER_BOUND else rule
        robustness[f"rule {name}"] = f"ask {' or '.join(best[:5])} first" if best else "nobody holds anything on it"
    return rows, behind, {**robustness, **spread.missing_toward(found, seed=asked.seed)}


def _undated(seen: Setting) -> dict[str, int]:
    from isthmus.graph.dates import MAX_DAY

    since = seen.ledger.since(seen.parties)
    undated = int(np.count_nonzero(since == MAX_DAY))
    return {"holdings of a day that is not stated": undated} if undated else {}
