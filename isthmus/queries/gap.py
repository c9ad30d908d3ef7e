"""What no single country could see, and which exchange would have shown what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.countries import country
from isthmus.graph.given import day_or_none, word
from isthmus.queries.finding import Finding
from isthmus.queries.sharing import coverage, spread, tables
from isthmus.queries.sharing.caveats import caveats
from isthmus.queries.sharing.chains import chains, saturation
from isthmus.queries.sharing.exchanges import Exchanges, best_set
from isthmus.queries.sharing.rules import RULES, UPPER_BOUND
from isthmus.queries.sharing.setting import graph_at, setting
from isthmus.queries.sharing.toward import toward as whom_to_ask
from isthmus.queries.sharing.wording import Words
from isthmus.queries.sharing.worth import DEFAULT

if TYPE_CHECKING:
    from isthmus.graph.country_rules import CountryRule
    from isthmus.graph.given import Day, Texts
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
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
    case_file: CaseFile,
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
    known_by: Day | None = None,
    published_by: Day | None = None,
    recorded_by: Day | None = None,
    min_grade: str | None = None,
    tlp: str | None = None,
    country_rule: CountryRule = "citizenship",
    seed: int = 1,
) -> Finding:
    """The sharing gap of a case under a named rule of holding, with every other rule beside it.

    An exchange a → b counts the facts that bear on `value`, that a holds, b does not, and that are on someone b would
    want to know of (its nationals, residents, people it holds, threats on its territory; `need` "all" lifts this).
    `toward` ranks whom to ask about a person, an event or a country, `needer` being the country that asks.
    `exchanges` lists so many exchanges, each chosen for what it adds to the earlier ones. `table` is one of
    `sharing.tables.TABLES`. `known_by` is the day from which the case is seen: what was held then, whenever it became
    public. `q` serves the rule each-side. `within` is the number of steps for chains and for `toward`.

    Raises
    ------
    BadQuestion, BadDate, NoSuchEntity, AmbiguousName
        An option that does not exist, or an aim that is not found.
    """
    graph = graph_at(
        case_file, known_by, published_by=published_by, recorded_by=recorded_by, min_grade=min_grade, tlp=tlp
    )
    return gap_of(
        graph, rule=rule, q=q, value=value, need=need, within=within, toward=toward, needer=needer, among=among,
        exchanges=exchanges, table=table, known_by=known_by, country_rule=country_rule, seed=seed,
    )  # fmt: skip


def gap_of(
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
    known_by: Day | None = None,
    country_rule: CountryRule = "citizenship",
    seed: int = 1,
) -> Finding:
    """The same of a graph that `sharing.setting.graph_at` made."""
    table, known_by = word(table, tables.TABLES, "table", harmless=True), day_or_none(known_by)
    seen = setting(
        graph, rule=rule, q=q, seed=seed, known_by=known_by, among=among, values=value, need=need, within=within,
        country_rule=country_rule,
    )  # fmt: skip
    words = Words(seen.facts)
    asks = country(needer) if needer is not None else None
    robustness: dict[str, Any] = {}
    if toward:
        rows, behind, robustness = _toward(seen, words, toward, asks, q, seed)
    elif exchanges:
        rows, behind = tables.steps(seen, exchanges)
        robustness = _steps(seen, exchanges, seed)
    else:
        rows, behind = tables.TABLES[table](seen, words, seed)
        robustness = _spread(seen, seed)
    robustness |= coverage.stated(seen)
    reached = saturation(chains(seen), within)
    robustness[f"pairs within {within} steps"] = f"{reached:.0%} of all connected pairs across a border"
    left_out = dict(graph.left_out)
    if seen.facts.unknown_subjects:
        left_out["held things on what the case does not know"] = seen.facts.unknown_subjects
    if known_by:
        left_out |= _undated(seen)
    if not toward and "pairs" not in seen.values:
        left_out = {reason: count for reason, count in seen.unseen().items() if count} | left_out
    return Finding(
        name="gap",
        table=rows,
        method=_method(seen, toward, exchanges, table),
        parameters={
            **coverage.declared(seen.ledger), "rule": rule, "q": q if rule == "each-side" else None,
            "value": list(seen.values), "need": need, "within": within, "toward": toward, "needer": asks,
            "parties": list(seen.parties), "exchanges": exchanges or None, "known_by": known_by,
            **graph.arguments, "country_rule": country_rule, "table": None if toward or exchanges else table,
        },
        claims=words.claims(behind),
        literature=LITERATURE,
        robustness=robustness,
        caveats=caveats(seen, reached),
        left_out=left_out,
        seed=seed,
        sentence=ASK if toward else OPENED if table == "statements" and not exchanges else "",
    )  # fmt: skip


def _method(seen: Setting, toward: str | None, exchanges: int, table: str) -> str:
    rule = f"Holdings: declared, and by rule {seen.ledger.rule}. "
    if toward:
        return rule + (
            "Holders ranked by facts on the aim that the needer lacks; among equals, by facts on people within "
            f"{seen.within} steps of it. Equals share their ranks; reciprocal is the expected reciprocal rank."
        )
    if exchanges:
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


def _steps(seen: Setting, most: int, seed: int) -> dict[str, Any]:
    exact = best_set(Exchanges(seen), most)
    if exact is None:
        best = f"not enumerated: {len(seen.parties)} parties, {MOST_EXACT} at most; name some with --among"
    else:
        pairs = ", ".join(spread.pair(seen, a, b) for a, b in exact[1])
        best = f"{exact[0]} by {pairs}"
    return {"best set": best, **_spread(seen, seed)}


def _toward(
    seen: Setting, words: Words, aim: str, needer: str | None, q: float, seed: int
) -> tuple[Any, list[list[int]], dict[str, Any]]:
    at = seen.graph.index(aim)
    found = whom_to_ask(seen, at, needer)
    rows, behind = tables.asked(found, words)
    robustness: dict[str, Any] = {}
    for rule in RULES:
        other = found if rule == seen.ledger.rule else whom_to_ask(seen.under(rule, q=q, seed=seed), at, needer)
        order, _, last, _ = other.order()
        best = [seen.parties[p] for p in order[: int(last[0])]] if len(order) and other.score.max() > 0 else []
        name = f"{rule} (upper bound)" if rule == UPPER_BOUND else rule
        robustness[f"rule {name}"] = f"ask {' or '.join(best[:5])} first" if best else "nobody holds anything on it"
    return rows, behind, {**robustness, **spread.missing_toward(found, seed=seed)}


def _undated(seen: Setting) -> dict[str, int]:
    from isthmus.graph.dates import MAX_DAY

    since = seen.ledger.since(seen.parties)
    undated = int(np.count_nonzero(since == MAX_DAY))
    return {"holdings of a day that is not stated": undated} if undated else {}
